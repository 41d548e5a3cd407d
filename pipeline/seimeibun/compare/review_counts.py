"""Do findings stand on reviewed annotations? Counts of accepted ones only, beside those of all."""

import numpy as np
import pandas as pd

from seimeibun.compare import measures
from seimeibun.compare.groups import NONE, Groups
from seimeibun.compare.units import Occurrences

ACCEPTED = "accepted"


def accepted_counts(found: Occurrences, groups: Groups, df: pd.DataFrame) -> pd.DataFrame:
    """Return counts of accepted annotations for each row, and whether the sign of the difference survives.

    Without a single accepted annotation there is nothing to say, and no column.
    """
    accepted = (found.status == ACCEPTED) & (groups.of_doc[found.doc] != NONE)
    if not accepted.any():
        return pd.DataFrame(index=df.index)
    table = np.zeros((2, len(found.terms)), dtype=np.int64)
    np.add.at(table, (groups.of_doc[found.doc[accepted]], found.term[accepted]), 1)
    a, b = table[:, pd.Index(found.terms).get_indexer(pd.Index(df["term"]))]
    before = np.sign(df["g2"].to_numpy())
    after = measures.sign(a, b, df["n_target"], df["n_reference"])
    return pd.DataFrame(
        {
            "count_target_accepted": a,
            "count_reference_accepted": b,
            "sign_survives": before == after,
        }
    )
