"""Counts of a unit, paragraph by paragraph: everything that is measured is computed from them."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from pandas.api.extensions import ExtensionArray
from scipy import sparse

from seimeibun.compare.groups import Groups
from seimeibun.compare.texts import texts
from seimeibun.compare.units import Occurrences

Ints = NDArray[np.int64]


@dataclass(frozen=True)
class Counts:
    """Paragraphs x terms, the total of every paragraph and the document it stands in."""

    occurrences: Occurrences
    matrix: sparse.csr_array
    totals: Ints
    doc: Ints
    n_docs: int

    @property
    def terms(self) -> NDArray[np.object_]:
        return self.occurrences.terms

    @property
    def layer(self) -> NDArray[np.object_]:
        return self.occurrences.layer

    @cached_property
    def term_texts(self) -> ExtensionArray:
        """Return the terms as a column, to take rows from."""
        return texts(self.terms, np.arange(len(self.terms)))

    @cached_property
    def layer_texts(self) -> ExtensionArray:
        at, different = pd.factorize(self.layer)
        return texts(different, at)

    @cached_property
    def frequency(self) -> Ints:
        """Return how often each term occurs in the whole corpus."""
        return np.bincount(self.occurrences.term, minlength=len(self.terms))

    @cached_property
    def of_docs(self) -> sparse.csr_array:
        """Return documents x terms."""
        return (self._documents @ self.matrix).tocsr()

    @cached_property
    def doc_totals(self) -> Ints:
        return np.bincount(self.doc, weights=self.totals, minlength=self.n_docs).astype(np.int64)

    @cached_property
    def _documents(self) -> sparse.csr_array:
        return indicator(self.doc, self.n_docs)

    def of_groups(self, groups: Groups) -> Ints:
        """Return groups x terms."""
        membership = indicator(groups.of_doc, len(groups))
        return np.asarray((membership @ self.of_docs).todense(), dtype=np.int64)

    def group_totals(self, groups: Groups) -> Ints:
        inside = groups.of_doc >= 0
        weights = self.doc_totals[inside]
        return np.bincount(groups.of_doc[inside], weights, minlength=len(groups)).astype(np.int64)

    def para_groups(self, groups: Groups) -> Ints:
        """Return the group of each paragraph."""
        return groups.of_doc[self.doc]


def indicator(group: Ints, size: int) -> sparse.csr_array:
    """Return groups x members with 1 where a member is in a group; -1 is in none."""
    members = np.flatnonzero(group >= 0)
    ones = np.ones(len(members), dtype=np.int64)
    return sparse.csr_array((ones, (group[members], members)), shape=(size, len(group)))


def count(occurrences: Occurrences, para_doc: Ints, n_docs: int) -> Counts:
    """Count ``occurrences``; paragraphs in which nothing stands are left out."""
    used, population = np.unique(occurrences.population, return_inverse=True)
    # A span of nothing but signs may stand in a paragraph without a word; it has no rate.
    known = np.isin(occurrences.para, used)
    row = np.searchsorted(used, occurrences.para[known])
    shape = (len(used), len(occurrences.terms))
    ones = np.ones(len(row), dtype=np.int64)
    matrix = sparse.csr_array((ones, (row, occurrences.term[known])), shape=shape)
    matrix.sum_duplicates()
    return Counts(
        occurrences, matrix, np.bincount(population, minlength=len(used)), para_doc[used], n_docs
    )
