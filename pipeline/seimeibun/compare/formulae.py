"""Formulae: sequences of words that a kind of document repeats, such as の重要性を強調した.

A formula is a sequence of 3 to 6 words that occurs at least 3 times in at least 2 paragraphs, holds at least
one word that is no function word, and is not merely a part of a longer formula that is as frequent.
"""

import re

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from seimeibun.compare import ngrams
from seimeibun.compare.words import Words

Ints = NDArray[np.int64]
LENGTHS = (3, 6)
MIN_COUNT, MIN_PARAGRAPHS = 3, 2
_CONTENT = re.compile(r"^(名詞|動詞-一般|形容詞-一般|形状詞-一般|副詞)")


def formula_spans(
    words: Words,
    *,
    n: tuple[int, int] = LENGTHS,
    min_count: int = MIN_COUNT,
    min_paragraphs: int = MIN_PARAGRAPHS,
) -> tuple[Ints, Ints, NDArray[np.object_]]:
    """Return first word, word behind the last, and text of each occurrence of a formula."""
    word = ngrams.codes(words.surface)
    content = _content(words)
    code = word
    found: list[tuple[Ints, int, Ints]] = []
    for size in range(2, n[1] + 1):
        code = ngrams.longer(code, word, size)
        if size < n[0]:
            continue
        first = ngrams.starts(words.breaks, size)
        first = first[content[first + size] > content[first]] if len(first) else first
        kept = _frequent(code[first], words.para[first], min_count, min_paragraphs)
        found.append((first[kept], size, code[first][kept]))
    return _together(words, _maximal(found, len(words)))


def _content(words: Words) -> Ints:
    """Return how many content words stand before each position."""
    tags, unique = pd.factorize(words.xpos)
    is_content = np.array([bool(_CONTENT.search(tag)) for tag in unique] or [False], dtype=bool)
    flags = is_content[tags] & (words.mask == "") if len(words) else np.zeros(0, dtype=bool)
    return np.concatenate([[0], np.cumsum(flags)])


def _frequent(code: Ints, para: Ints, min_count: int, min_paragraphs: int) -> NDArray[np.bool_]:
    if not len(code):
        return np.zeros(0, dtype=bool)
    at = pd.factorize(code)[0]
    counts = np.bincount(at)
    pairs = pd.unique(at * (int(para.max()) + 1) + para)
    paragraphs = np.bincount(pairs // (int(para.max()) + 1), minlength=len(counts))
    return np.asarray(((counts >= min_count) & (paragraphs >= min_paragraphs))[at])


def _maximal(found: list[tuple[Ints, int, Ints]], size: int) -> list[tuple[Ints, int, Ints]]:
    """Drop the sequences all of whose occurrences stand inside one and the same longer formula's."""
    kept = []
    for number, (first, length, code) in enumerate(found):
        inside = np.zeros(len(first), dtype=bool)
        for longer_first, longer_length, _ in found[number + 1 :]:
            starts = np.zeros(size + 1, dtype=bool)
            starts[longer_first] = True
            for offset in range(longer_length - length + 1):
                at = first - offset
                inside |= (at >= 0) & starts[at]
        free = np.unique(code[~inside])
        is_free = np.isin(code, free)
        kept.append((first[is_free], length, code[is_free]))
    return kept


def _together(
    words: Words, found: list[tuple[Ints, int, Ints]]
) -> tuple[Ints, Ints, NDArray[np.object_]]:
    first = np.concatenate([f for f, _, _ in found] or [np.zeros(0, dtype=np.int64)])
    last = np.concatenate([f + length for f, length, _ in found] or [np.zeros(0, dtype=np.int64)])
    terms = np.concatenate(
        [ngrams.texts(words.surface, code, f, length) for f, length, code in found]
        or [np.zeros(0, dtype=object)]
    )
    order = np.lexsort((-last, first))
    return first[order].astype(np.int64), last[order].astype(np.int64), terms[order]
