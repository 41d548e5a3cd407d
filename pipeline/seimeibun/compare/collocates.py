"""Collocates: what stands in the same sentence as a word, and in which group more often."""

import numpy as np
import pandas as pd

from seimeibun.compare import measures
from seimeibun.compare.groups import NONE, Groups
from seimeibun.compare.units import Occurrences

EMPTY = (
    "node", "collocate", "layer", "group", "sentences", "with_node", "with_collocate", "both",
    "rate", "rate_lo", "rate_hi", "g2", "log_dice",
)  # fmt: skip


def collocates(
    found: Occurrences, node: int, layer: np.ndarray, groups: Groups, *, min_count: int = 2
) -> pd.DataFrame:
    """Return the terms in the sentences of the term ``node``, one row a group, zeros included.

    ``rate`` is the share of the node's sentences that have the collocate, with its exact interval; ``g2``
    and ``log_dice`` = 14 + log2(2 f_xy / (f_x + f_y)) (Rychlý 2008) count sentences.
    """
    pairs = pd.DataFrame(
        {"sent": found.sent, "term": found.term, "group": groups.of_doc[found.doc]}
    )
    pairs = pairs[pairs["group"] != NONE].drop_duplicates()
    with_node = pairs[pairs["term"] == node]
    together = pairs[pairs["sent"].isin(with_node["sent"]) & (pairs["term"] != node)]
    totals = together["term"].value_counts()
    terms = np.sort(totals.index[totals >= min_count].to_numpy())
    frames = []
    for number, label in enumerate(groups.labels):
        sentences = int(pairs.loc[pairs["group"] == number, "sent"].nunique())
        x = int((with_node["group"] == number).sum())
        y = _count(pairs, number, terms)
        both = _count(together, number, terms)
        low, high = measures.share_interval(both, np.full(len(terms), x))
        with np.errstate(divide="ignore", invalid="ignore"):
            dice = np.where(both > 0, 14 + np.log2(2 * both / (x + y)), np.nan)
            rate = both / x if x else np.full(len(terms), np.nan)
        frames.append(
            pd.DataFrame(
                {
                    "node": found.terms[node],
                    "collocate": found.terms[terms],
                    "layer": layer[terms],
                    "group": label,
                    "sentences": sentences,
                    "with_node": x,
                    "with_collocate": y,
                    "both": both,
                    "rate": rate,
                    "rate_lo": low,
                    "rate_hi": high,
                    "g2": measures.g2(both, y - both, max(x, 1), max(sentences - x, 1)),
                    "log_dice": dice,
                }
            )
        )
    df = pd.concat(frames) if frames else pd.DataFrame(columns=list(EMPTY))
    order = {term: rank for rank, term in enumerate(found.terms[terms])}
    strongest = df.groupby("collocate")["g2"].transform("max")
    return (
        df.assign(_best=-strongest, _order=df["collocate"].map(order))
        .sort_values(["_best", "_order"], kind="stable")
        .drop(columns=["_best", "_order"])
        .reset_index(drop=True)
    )


def _count(pairs: pd.DataFrame, group: int, terms: np.ndarray) -> np.ndarray:
    counts = pairs.loc[pairs["group"] == group, "term"].value_counts()
    return np.asarray(counts.reindex(terms, fill_value=0).to_numpy())


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
