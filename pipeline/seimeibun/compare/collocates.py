"""Collocates: what stands in the same sentence as a word, and in which group more often."""

from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from seimeibun.compare import measures
from seimeibun.compare.groups import NONE, Groups
from seimeibun.compare.texts import texts
from seimeibun.compare.units import Occurrences


class Sentences:
    """Which terms stand in which sentences of the groups: each pair once."""

    def __init__(self, found: Occurrences, groups: Groups) -> None:
        self.found, self.groups = found, groups
        size = max(len(found.terms), 1)
        group = groups.of_doc[found.doc]
        inside = group != NONE
        pairs = np.unique(found.sent[inside] * size + found.term[inside])
        self.sent, self.term = np.divmod(pairs, size)
        of_sent = np.full(int(self.sent.max(initial=-1)) + 1, NONE)
        of_sent[found.sent[inside]] = group[inside]
        self.group = of_sent[self.sent]
        self.total = np.bincount(of_sent[of_sent != NONE], minlength=len(groups))
        cells = np.bincount(self.group * size + self.term, minlength=len(groups) * size)
        self.count = cells.reshape(len(groups), size)

    def collocates(self, node: int, *, min_count: int = 2) -> pd.DataFrame:
        """Return the terms in the sentences of the term ``node``, one row a group, zeros included.

        ``rate`` is the share of the node's sentences that have the collocate, with its exact interval;
        ``g2`` and ``log_dice`` = 14 + log2(2 f_xy / (f_x + f_y)) (Rychlý 2008) count sentences.
        """
        with_node = np.zeros(int(self.sent.max(initial=-1)) + 1, dtype=bool)
        with_node[self.sent[self.term == node]] = True
        together = with_node[self.sent] & (self.term != node)
        size = len(self.found.terms)
        term, group = self.term[together], self.group[together]
        terms = np.flatnonzero(np.bincount(term, minlength=size) >= min_count)
        n = len(self.groups)
        cell = np.bincount(group * size + term, minlength=n * size)
        both = cell.reshape(n, size)[:, terms]
        x, total = self.count[:, [node]], self.total[:, None]
        y = self.count[:, terms]
        g2 = measures.g2(both, y - both, np.maximum(x, 1), np.maximum(total - x, 1))
        order = np.lexsort((np.arange(len(terms)), -g2.max(axis=0, initial=-np.inf)))
        with np.errstate(divide="ignore", invalid="ignore"):
            dice = np.where(both > 0, 14 + np.log2(2 * both / (x + y)), np.nan)
            rate = np.where(x > 0, both / x, np.nan)
        different, of, at = measures.distinct(both.ravel(), np.broadcast_to(x, both.shape).ravel())
        bounds = measures.share_interval(different, of)
        low, high = (bound[at].reshape(both.shape) for bound in bounds)

        row = np.repeat(np.arange(len(terms)), n)

        def long(values: NDArray[Any]) -> NDArray[Any]:
            """Return groups x terms as one row a term and group."""
            return np.asarray(np.broadcast_to(values, both.shape)[:, order].T.ravel())

        return pd.DataFrame(
            {
                "node": self.found.terms[node],
                "collocate": texts(self.found.terms[terms[order]], row),
                "layer": texts(self.found.layer[terms[order]], row),
                "group": texts(self.groups.labels, np.tile(np.arange(n), len(terms))),
                "sentences": long(total),
                "with_node": long(x),
                "with_collocate": long(y),
                "both": long(both),
                "rate": long(rate),
                "rate_lo": long(low),
                "rate_hi": long(high),
                "g2": long(g2),
                "log_dice": long(dice),
            }
        )


def cooccurrence(
    found: Occurrences, terms: np.ndarray, groups: Groups, *, min_sentences: int = 3
) -> pd.DataFrame:
    """Return the pairs of ``terms`` that share at least ``min_sentences`` sentences, counted by group."""
    from scipy import sparse

    inside = np.isin(found.term, terms) & (groups.of_doc[found.doc] != NONE)
    term = np.searchsorted(terms, found.term[inside])
    sentences, sent = np.unique(found.sent[inside], return_inverse=True)
    group = np.zeros(len(sentences), dtype=np.int64)
    group[sent] = groups.of_doc[found.doc[inside]]
    ones = np.ones(len(term), dtype=np.int64)
    table = sparse.csr_array((ones, (sent, term)), shape=(len(sentences), len(terms)))
    table = (table > 0).astype(np.int64).tocsr()
    together = sparse.triu(table.T @ table, k=1).tocoo()
    frequency = np.asarray(table.sum(axis=0)).ravel()
    kept = together.data >= min_sentences
    left, right = together.coords[0][kept], together.coords[1][kept]
    both = together.data[kept]
    columns: dict[str, object] = {
        "term": found.terms[terms[left]],
        "other": found.terms[terms[right]],
        "both": both,
        "log_dice": 14 + np.log2(2 * both / (frequency[left] + frequency[right])),
    }
    for number, label in enumerate(groups.labels):
        part = table[group == number]
        shared = (part.T @ part).tocsr()
        columns[f"both_{label}"] = np.asarray(shared[left, right]).ravel() if len(left) else []
    df = pd.DataFrame(columns)
    return df.sort_values(
        ["log_dice", "term", "other"], ascending=[False, True, True], ignore_index=True
    )
