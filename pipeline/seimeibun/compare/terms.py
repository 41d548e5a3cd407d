"""New, lost and persistent terms: in which groups a term stands, first and last attested when and where."""

import numpy as np
import pandas as pd

from seimeibun.compare import measures
from seimeibun.compare.counts import Counts
from seimeibun.compare.groups import Groups
from seimeibun.compare.texts import texts
from seimeibun.compare.words import Text

NEW, LOST, PERSISTENT, EXCLUSIVE, RECURRENT = "new", "lost", "persistent", "exclusive", "recurrent"


def exclusive_terms(
    text: Text, counts: Counts, groups: Groups, *, min_count: int = 1, ordered: bool = True
) -> pd.DataFrame:
    """Return one row a term with its status in the sequence of ``groups``.

    ``persistent`` stands in all groups, ``new`` only from the last on, ``lost`` in all but the last or
    before it only, ``exclusive`` in one group alone, ``recurrent`` here and there. Where the groups have
    no order (``ordered`` false) nothing is new or lost. ``p_absent`` is the chance to find none in the
    groups without it, were its rate the same everywhere (hypergeometric): absence of a rare term means
    little.
    """
    table = counts.of_groups(groups)
    totals = counts.group_totals(groups)
    present = table > 0
    terms = np.flatnonzero(table.sum(axis=0) >= max(min_count, 1))
    status = _status(present[:, terms], ordered=ordered)
    first, last = present[:, terms].argmax(axis=0), _last(present[:, terms])
    frequency = table[:, terms].sum(axis=0)
    absent = (totals[:, None] * ~present[:, terms]).sum(axis=0)
    df = pd.DataFrame(
        {
            "term": counts.term_texts.take(terms),
            "unit": counts.occurrences.unit,
            "layer": counts.layer_texts.take(terms),
            "status": status,
            "groups": present[:, terms].sum(axis=0),
            "n_groups": len(groups),
            "first_group": texts(groups.labels, first),
            "last_group": texts(groups.labels, last),
            "count": frequency,
            "p_absent": _chance_of_absence(frequency, absent, int(totals.sum())),
        }
    )
    return _attested(df, text, counts, groups, terms).sort_values(
        ["status", "count", "term"], ascending=[True, False, True], kind="stable", ignore_index=True
    )


def _status(present: np.ndarray, *, ordered: bool) -> np.ndarray:
    n = len(present)
    number = present.sum(axis=0)
    first, last = present.argmax(axis=0), _last(present)
    persistent = number == n
    if not ordered:
        return np.select([persistent, number == 1], [PERSISTENT, EXCLUSIVE], RECURRENT).astype(
            object
        )
    return np.select(
        [persistent, first == n - 1, last < n - 1, number == 1],
        [PERSISTENT, NEW, LOST, EXCLUSIVE],
        RECURRENT,
    ).astype(object)


def _last(present: np.ndarray) -> np.ndarray:
    return np.asarray(len(present) - 1 - present[::-1].argmax(axis=0))


def _chance_of_absence(frequency: np.ndarray, absent: np.ndarray, total: int) -> np.ndarray:
    chance = np.ones(len(frequency))
    some = absent > 0
    chance[some] = measures.chance_of_none(frequency[some], absent[some], total)
    chance[~some] = np.nan
    return chance


def _attested(
    df: pd.DataFrame, text: Text, counts: Counts, groups: Groups, terms: np.ndarray
) -> pd.DataFrame:
    """Add date and document of the first and last attestation."""
    found = counts.occurrences
    inside = groups.of_doc[found.doc] >= 0
    documents = text.dataset["documents"]
    date = documents["date"].to_numpy(dtype=object)
    rank = pd.Series(date).rank(method="dense").to_numpy()
    order = np.lexsort((found.start[inside], found.doc[inside], rank[found.doc[inside]]))
    term, doc = found.term[inside][order], found.doc[inside][order]
    numbers, first = np.unique(term, return_index=True)
    last = len(term) - 1 - np.unique(term[::-1], return_index=True)[1]
    at = np.searchsorted(numbers, terms)
    ids = documents["doc_id"].to_numpy(dtype=object)
    for name, rows in (("first", doc[first][at]), ("last", doc[last][at])):
        df[f"{name}_date"], df[f"{name}_doc_id"] = texts(date, rows), texts(ids, rows)
    return df
