"""What normalisation changed: the forms as published behind each term, by group."""

import numpy as np
import pandas as pd

from seimeibun.compare.compounds import distinct_runs
from seimeibun.compare.groups import NONE, Groups
from seimeibun.compare.units import Occurrences
from seimeibun.compare.words import Text


def normalisation_audit(text: Text, found: Occurrences, groups: Groups) -> pd.DataFrame:
    """Return one row a form and group for every term that has several forms or another than its own.

    ``published`` is the form in the text, wraps removed and nothing else; ``merged`` tells whether the
    term's count would differ without normalisation.
    """
    pieces, unique = pd.factorize(text.dataset["tokens"]["token"].to_numpy(dtype=object))
    run, example = distinct_runs(pieces, found.first, found.last)
    inside = np.flatnonzero(groups.of_doc[found.doc] != NONE)
    # one number for each form of a term in a group: rows of the table
    keys = found.term[inside] * len(example) + run[inside]
    numbers, counts = np.unique(
        keys * len(groups) + groups.of_doc[found.doc[inside]], return_counts=True
    )
    numbers, group = np.divmod(numbers, max(len(groups), 1))
    term, form = np.divmod(numbers, max(len(example), 1))
    published = ["".join(unique[pieces[found.first[at] : found.last[at]]]) for at in example]
    counted = pd.DataFrame(
        {
            "term": found.terms[term],
            "published": np.array([*published, ""], dtype=object)[form],
            "group": group,
            "count": counts,
        }
    )
    counted = counted[~counted["term"].str.startswith("<")]
    counted = counted.sort_values(["term", "published", "group"], kind="stable", ignore_index=True)
    forms = counted.groupby("term")["published"].transform("nunique")
    changed = counted[(forms > 1) | (counted["published"] != counted["term"])].copy()
    changed["forms"] = forms[changed.index]
    changed["merged"] = changed["forms"] > 1
    changed["group"] = np.array(groups.labels, dtype=object)[changed["group"]]
    changed.insert(1, "unit", found.unit)
    return changed.reset_index(drop=True)
