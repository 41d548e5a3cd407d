"""The confounding audit: what else differs between the groups than what they are named after."""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from seimeibun.compare.columns import title
from seimeibun.compare.groups import Groups, column
from seimeibun.compare.words import Text

COMPLETE, PARTIAL, NONE, CONSTANT = "complete", "partial", "none", "constant"
CANDIDATES = ("doc_type", "partner", "place", "speaker", "year", "decade")


def audit(text: Text, groups: Groups, against: Sequence[str] = ()) -> pd.DataFrame:
    """Return the cross-table of groups and the values of other columns, with a verdict for each column.

    ``complete``: no value occurs in two groups, so the column explains every difference as well as the
    groups do; ``partial``: it goes with the groups in part (Cramér's V is given); ``none``: it does not;
    ``constant``: it has one value. ``attrs["warnings_ja"]`` and ``["warnings_en"]`` say it in words.
    """
    documents = text.dataset["documents"]
    further = [c for c in documents.columns if c in CANDIDATES]
    columns = [c for c in (against or further) if c != groups.by and not _derived(groups.by, c)]
    inside = groups.of_doc >= 0
    words = np.bincount(text.words.doc, minlength=len(documents))
    rows: list[dict[str, object]] = []
    for name in columns:
        values = column(documents, name)
        verdict, v = _verdict(groups.of_doc[inside], values[inside], len(groups))
        for value in sorted(set(values[inside])):
            for number, label in enumerate(groups.labels):
                at = inside & (values == value) & (groups.of_doc == number)
                rows.append(
                    {
                        "by": groups.by, "against": name, "value": value or "(なし)", "group": label,
                        "docs": int(at.sum()), "words": int(words[at].sum()),
                        "cramers_v": v, "verdict": verdict,
                    }
                )  # fmt: skip
    names = ["by", "against", "value", "group", "docs", "words", "cramers_v", "verdict"]
    df = pd.DataFrame(rows, columns=names)
    df.attrs = _warnings(df, groups)
    return df


def _derived(by: str, other: str) -> bool:
    """Tell whether one of the columns is made of the other."""
    return {by, other} == {"year", "decade"}


def _verdict(group: np.ndarray, values: np.ndarray, size: int) -> tuple[str, float]:
    codes, unique = pd.factorize(values)
    if len(unique) < 2 or not any(unique):
        return CONSTANT, np.nan
    table = np.zeros((size, len(unique)))
    np.add.at(table, (group, codes), 1)
    table = table[table.sum(axis=1) > 0]
    v = _cramers_v(table)
    if ((table > 0).sum(axis=0) <= 1).all():
        return COMPLETE, v
    return (PARTIAL if v >= 0.3 else NONE), v


def _cramers_v(table: np.ndarray) -> float:
    n = table.sum()
    expected = np.outer(table.sum(axis=1), table.sum(axis=0)) / n
    chi2 = ((table - expected) ** 2 / expected).sum()
    least = min(table.shape) - 1
    return float(np.sqrt(chi2 / n / least)) if least else np.nan


def _warnings(df: pd.DataFrame, groups: Groups) -> dict[str, object]:
    found = df[df["verdict"] == COMPLETE]["against"].unique().tolist()
    return {
        "confounded": found,
        "warnings_ja": [
            f"{title(groups.by)}と{title(name)}は完全に交絡しています："
            f"差は{title(name)}の違いとしても同じように説明できます。"
            for name in found
        ],
        "warnings_en": [
            f"{groups.by} and {name} are completely confounded: "
            f"{name} would explain every difference just as well."
            for name in found
        ],
    }
