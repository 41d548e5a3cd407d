"""Sequences of words within a sentence, punctuation not crossed."""

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from seimeibun.compare.compounds import join
from seimeibun.compare.words import Words

Ints = NDArray[np.int64]


def starts(breaks: NDArray[np.bool_], n: int) -> Ints:
    """Return where ``n`` words follow each other without a break."""
    if len(breaks) < n:
        return np.zeros(0, dtype=np.int64)
    run = np.cumsum(breaks)
    return np.flatnonzero(run[n - 1 :] == run[: len(run) - n + 1])


def codes(words: NDArray[np.object_]) -> Ints:
    return np.asarray(pd.factorize(words)[0].astype(np.int64))


def longer(shorter: Ints, word: Ints, n: int) -> Ints:
    """Return a code for the ``n`` words from each position, given those for ``n`` - 1 words.

    Positions too near the end get the codes of what is left and are not used.
    """
    following = np.concatenate([word[n - 1 :], np.full(min(n - 1, len(word)), -1)])
    pairs = shorter * (word.max(initial=0) + 2) + following + 1
    return np.asarray(pd.factorize(pairs)[0].astype(np.int64))


def ngram_spans(words: Words, n: int) -> tuple[Ints, Ints, NDArray[np.object_]]:
    """Return first word, word behind the last, and text of each sequence of ``n`` words."""
    word = codes(words.surface)
    code = word
    for size in range(2, n + 1):
        code = longer(code, word, size)
    first = starts(words.breaks, n)
    return first, first + n, texts(words.surface, code[first], first, n)


def texts(surface: NDArray[np.object_], code: Ints, first: Ints, n: int) -> NDArray[np.object_]:
    """Return the text of each sequence; every different one is put together once."""
    at, _ = pd.factorize(code)
    # codes are numbered as they come: a new one is higher than all before
    example = np.flatnonzero(np.diff(np.maximum.accumulate(at), prepend=-1))
    unique = [join(surface[first[row] : first[row] + n].tolist()) for row in example]
    return np.array(unique or [""], dtype=object)[at] if len(code) else np.zeros(0, dtype=object)
