"""Compounds: maximal runs of nouns within a 文節, such as 二国間協力 or 互恵的パートナーシップ.

The tokenizer splits them, and then 二, 国 and 間 look like keywords. Prefixes belong to them (再確認 is not
確認), and so do kanji numerals; dates, numbers and persons do not.
"""

import re
from itertools import pairwise

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from seimeibun.compare.words import Words

Ints = NDArray[np.int64]
_NOUN = re.compile(
    r"^名詞-(?!助動詞語幹)|^接頭辞|^接尾辞-名詞的|^接尾辞-形状詞的|^形状詞-(?!助動詞語幹)"
)
_SUFFIX = re.compile(r"^接尾辞")
_LATIN = re.compile(r"[A-Za-z0-9]")


def compound_runs(words: Words) -> tuple[Ints, Ints]:
    """Return the first word of each unit and the one behind its last; what is no noun is a unit of its own."""
    if not len(words):
        return np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int64)
    noun = _matching(words.xpos, _NOUN) & (words.mask == "")
    suffix = _matching(words.xpos, _SUFFIX)
    # 接尾辞 after a masked date (２０１４年 + 度) stays alone; before it stands no noun
    joined = noun[1:] & noun[:-1] & ~words.breaks[1:]
    joined &= (words.bunsetu[1:] == words.bunsetu[:-1]) | suffix[1:]
    # 我が国 is one token in today's spelling and two in that of the 1960s (わが国)
    joined |= (words.norm[:-1] == "我が") & (words.norm[1:] == "国") & ~words.breaks[1:]
    first = np.flatnonzero(np.concatenate([[True], ~joined]))
    return first, np.append(first[1:], len(words))


def join_words(forms: NDArray[np.object_], first: Ints, last: Ints) -> NDArray[np.object_]:
    """Return the words of each unit as one string, Latin words apart.

    >>> join_words(np.array(["再", "確認", "Green", "Port", "計画"], dtype=object), np.array([0, 2]), np.array([2, 5])).tolist()
    ['再確認', 'Green Port計画']
    """
    if not len(first):
        return np.zeros(0, dtype=object)
    ids, examples = distinct_runs(pd.factorize(forms)[0].astype(np.int64), first, last)
    joined = [join(forms[first[at] : last[at]].tolist()) for at in examples]
    return np.array(joined, dtype=object)[ids]


def distinct_runs(codes: Ints, first: Ints, last: Ints) -> tuple[Ints, Ints]:
    """Return a number for each run of ``codes``, equal for equal runs, and an example (index) of each number.

    >>> [part.tolist() for part in distinct_runs(np.array([5, 7, 5, 7, 5]), np.array([0, 2, 4]), np.array([2, 4, 5]))]
    [[0, 0, 1], [0, 2]]
    """
    length = last - first
    ids = codes[first]
    size = int(codes.max()) + 1
    for further in range(1, int(length.max())):
        at = np.flatnonzero(length > further)
        pairs = ids[at] * size + codes[first[at] + further]
        ids[at] = pd.factorize(pairs)[0]
    ids = pd.factorize(ids * (int(length.max()) + 1) + length)[0].astype(np.int64)
    # numbered as they come: a new one is higher than all before
    return ids, np.flatnonzero(np.diff(np.maximum.accumulate(ids), prepend=-1))


def join(forms: list[str]) -> str:
    parts = forms[:1]
    for before, after in pairwise(forms):
        apart = before and after and _LATIN.match(before[-1]) and _LATIN.match(after[0])
        parts.append(f" {after}" if apart else after)
    return "".join(parts)


def _matching(values: NDArray[np.object_], pattern: re.Pattern[str]) -> NDArray[np.bool_]:
    codes, unique = pd.factorize(values)
    return np.asarray(
        np.array([bool(pattern.search(value)) for value in unique], dtype=bool)[codes]
    )
