"""How large the groups are and how varied their vocabulary is."""

from collections.abc import Callable

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from seimeibun.compare.counts import Counts
from seimeibun.compare.groups import Groups
from seimeibun.compare.words import Text

WINDOW = 200


def summary(text: Text, counts: Counts, groups: Groups) -> pd.DataFrame:
    """Return one row a group: documents, paragraphs, sentences, words, types and MATTR."""
    words = text.words
    group_of_word = groups.of_doc[words.doc]
    codes = pd.factorize(words.norm)[0]
    table = counts.of_groups(groups)
    totals = counts.group_totals(groups)
    rows = []
    for number, label in enumerate(groups.labels):
        at = group_of_word == number
        docs = np.unique(words.doc[at])
        rows.append(
            {
                "group": label,
                "docs": len(docs),
                "paragraphs": len(np.unique(words.para[at])),
                "sentences": len(np.unique(words.sent[at])),
                "words": int(at.sum()),
                "unit_total": int(totals[number]),
                "types": int((table[number] > 0).sum()),
                "ttr": _ratio(int((table[number] > 0).sum()), int(table[number].sum())),
                "mattr": mattr(codes[at]),
                "first_date": _extreme(text, docs, min),
                "last_date": _extreme(text, docs, max),
            }
        )
    return pd.DataFrame(rows)


def mattr(codes: NDArray[np.int64], window: int = WINDOW) -> float:
    """Return the mean type-token ratio of all windows (Covington and McFall 2010); TTR depends on length.

    nan for a text shorter than the window. Words of a window are new where they did not stand in it before.
    """
    n = len(codes)
    if n < window:
        return float("nan")
    order = np.argsort(codes, kind="stable")
    previous = np.full(n, -n)
    same = codes[order][1:] == codes[order][:-1]
    previous[order[1:][same]] = order[:-1][same]
    # A word counts in those windows that begin behind its previous occurrence and hold it.
    first = np.maximum(previous + 1, np.arange(n) - window + 1).clip(min=0)
    last = np.minimum(np.arange(n), n - window)
    return float(np.maximum(last - first + 1, 0).sum() / (n - window + 1) / window)


def _ratio(part: int, whole: int) -> float:
    return part / whole if whole else float("nan")


def _extreme(text: Text, docs: NDArray[np.int64], choose: Callable[[list[str]], str]) -> str:
    dates = [date for date in text.dataset["documents"]["date"].iloc[docs] if date]
    return choose(dates) if dates else ""
