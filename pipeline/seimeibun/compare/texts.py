"""What pandas takes long for: columns of text, made once a different text; tables without their attrs."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from pandas.api.extensions import ExtensionArray


def texts(different: Sequence[str] | NDArray[Any], at: NDArray[Any]) -> ExtensionArray:
    """Return the text that stands at each place of ``at``, as pandas' own type.

    >>> list(texts(["1990-1999", "2000-2009"], np.array([1, 1, 0])))
    ['2000-2009', '2000-2009', '1990-1999']
    """
    return pd.array(np.asarray(different, dtype=object), dtype="str").take(at)


@dataclass(frozen=True, slots=True)
class Chosen:
    """A column of text that is made once its rows are known: which of the ``different`` texts stands ``at`` each place."""

    different: Sequence[str] | NDArray[Any]
    at: NDArray[Any]

    def __getitem__(self, rows: NDArray[Any]) -> "Chosen":
        return Chosen(self.different, self.at[rows])

    def made(self) -> ExtensionArray:
        """Return the column.

        >>> list(Chosen(["甲", "乙", "丙"], np.array([2, 0, 1]))[np.array([0, 1])].made())
        ['丙', '甲']
        """
        if len(self.at) >= len(self.different):
            return texts(self.different, self.at)
        return pd.array(np.asarray(self.different, dtype=object)[self.at], dtype="str")


def bare(df: pd.DataFrame) -> pd.DataFrame:
    """Return a table without its ``attrs``: pandas makes a deep copy of them for every column it hands out."""
    found = df.copy(deep=False)
    found.attrs = {}
    return found


def each_once(values: pd.Series, show: Callable[[Any], Any]) -> list[Any]:
    """Return what ``show`` makes of a column, asking it once for every different value."""
    codes, different = pd.factorize(values, use_na_sentinel=False)
    shown = np.empty(len(different), dtype=object)
    shown[:] = [show(value) for value in np.asarray(different, dtype=object).tolist()]
    return list(shown[codes])
