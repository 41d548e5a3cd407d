"""The tables of the dataset: declared, made from Docs, written and read back.

The package is callable, ``seimeibun.tables(docs)``, which is :func:`seimeibun.tables.build.tables`.
"""

import sys
from collections.abc import Iterable
from types import ModuleType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pandas import DataFrame
    from spacy.tokens import Doc


class _Tables(ModuleType):
    """A module named as the function that its users know (``tables`` is both)."""

    def __call__(self, docs: "Iterable[Doc]") -> "dict[str, DataFrame]":
        from seimeibun.tables.build import tables

        return tables(docs)


sys.modules[__name__].__class__ = _Tables
