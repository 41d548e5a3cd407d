"""What normalisation changed: the forms as published behind each term, by group."""

import numpy as np
import pandas as pd

from seimeibun.compare.groups import NONE, Groups
from seimeibun.compare.units import Occurrences
from seimeibun.compare.words import Text


def normalisation_audit(text: Text, found: Occurrences, groups: Groups) -> pd.DataFrame:
    """Return one row a form and group for every term that has several forms or another than its own.

    ``published`` is the form in the text, wraps removed and nothing else; ``merged`` tells whether the
    term's count would differ without normalisation.
    """
    pieces = text.dataset["tokens"]["token"].to_numpy(dtype=object)
    published = pieces[found.first].copy()
    for i in np.flatnonzero(found.last - found.first > 1):
        published[i] = "".join(pieces[found.first[i] : found.last[i]])
    df = pd.DataFrame(
        {
            "term": found.terms[found.term],
            "published": published,
            "group": groups.of_doc[found.doc],
        }
    )
    df = df[(df["group"] != NONE) & ~df["term"].str.startswith("<")]
    counted = (
        df.groupby(["term", "published", "group"], sort=True).size().rename("count").reset_index()
    )
    forms = counted.groupby("term")["published"].transform("nunique")
    changed = counted[(forms > 1) | (counted["published"] != counted["term"])].copy()
    changed["forms"] = forms[changed.index]
    changed["merged"] = changed["forms"] > 1
    changed["group"] = np.array(groups.labels, dtype=object)[changed["group"]]
    changed.insert(1, "unit", found.unit)
    return changed.reset_index(drop=True)
