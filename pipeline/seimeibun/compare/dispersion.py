"""How evenly a term is spread over the parts (paragraphs or documents) of a corpus."""

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

Floats = NDArray[np.float64]


def total(counts: sparse.csr_array) -> Floats:
    """Return the frequency of each term (column)."""
    return np.asarray(counts.sum(axis=0), dtype=np.float64).ravel()


def parts_with(counts: sparse.csr_array) -> NDArray[np.int64]:
    """Return the range: in how many parts each term occurs."""
    return np.bincount(counts.indices[counts.data > 0], minlength=counts.shape[1])


def dp(counts: sparse.csr_array, sizes: Floats) -> Floats:
    """Return the deviation of proportions, 0 even to 1 clumped (Gries 2008); nan for terms that are absent.

    ``counts`` is parts x terms, ``sizes`` the words of each part.
    """
    frequency = total(counts)
    part, term = counts.tocoo().coords
    share = sizes / sizes.sum()
    # A part without the term adds its share s; so the sum is 1 plus what the parts with it change.
    change = np.abs(counts.data / frequency[term] - share[part]) - share[part]
    found = np.bincount(term, weights=change, minlength=counts.shape[1])
    return np.where(frequency > 0, np.maximum(0.5 * (1 + found), 0.0), np.nan)


def dp_norm(dp_values: Floats, sizes: Floats) -> Floats:
    """Return DP divided by its maximum (Lijffijt and Gries 2012); nan with a single part."""
    highest = 1 - (sizes / sizes.sum()).min()
    return dp_values / highest if highest > 0 else np.full(len(dp_values), np.nan)


def juilland_d(counts: sparse.csr_array, sizes: Floats) -> Floats:
    """Return Juilland's D on rates, 1 even to 0 clumped (Gries 2019); nan with fewer than 3 parts."""
    n = len(sizes)
    if n < 3:
        return np.full(counts.shape[1], np.nan)
    part, term = counts.tocoo().coords
    rates = counts.data / sizes[part]
    mean = np.bincount(term, weights=rates, minlength=counts.shape[1]) / n
    squares = np.bincount(term, weights=rates**2, minlength=counts.shape[1]) / n
    with np.errstate(divide="ignore", invalid="ignore"):
        d = 1 - np.sqrt(np.maximum(squares - mean**2, 0)) / mean / np.sqrt(n - 1)
    return np.where(mean > 0, np.maximum(d, 0.0), np.nan)
