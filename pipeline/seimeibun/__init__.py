"""Japanese diplomatic statements in, annotated tables out.

>>> import seimeibun
>>> sorted(seimeibun.__all__)
['annotate', 'annotate_texts', 'load', 'read_dataset', 'tables']
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from seimeibun.annotation import annotate, annotate_texts, load
    from seimeibun.tables.build import tables
    from seimeibun.tables.read import read_dataset

__all__ = ["annotate", "annotate_texts", "load", "read_dataset", "tables"]

# spaCy takes a second to import, and `seimeibun --help` does without: names are looked up when they are used.
_HOME = {
    "annotate": "seimeibun.annotation",
    "annotate_texts": "seimeibun.annotation",
    "load": "seimeibun.annotation",
    "read_dataset": "seimeibun.tables.read",
}


def __getattr__(name: str) -> Any:
    if name == "__version__":
        from importlib.metadata import version

        return version("ja-seimeibun")
    if name == "tables":  # a package, and a function: calling the package calls it
        return import_module("seimeibun.tables")
    if name not in _HOME:
        message = f"module 'seimeibun' has no attribute {name!r}; it has {__all__}"
        raise AttributeError(message)
    return getattr(import_module(_HOME[name]), name)


def __dir__() -> list[str]:
    return sorted([*globals(), *__all__])
