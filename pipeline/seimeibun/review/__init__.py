"""Reviewing: decisions in an append-only log, applied to the dataset; agreement, candidates, a widget.

Reads the dataset, never a model. A decision is a line of ``OUT/review/<doc_id>.<reviewer>.jsonl``; what it
means for the tables is computed from the log whenever :func:`apply` is called.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from seimeibun.review.applying import apply
    from seimeibun.review.session import Session
    from seimeibun.review.sheet import export_sheet
    from seimeibun.review.sheet_import import import_sheet
    from seimeibun.review.widget.widget import ReviewWidget

__all__ = ["ReviewWidget", "Session", "apply", "export_sheet", "import_sheet"]

# The widget needs the extra `review`; the log and the commands do without.
_HOME = {
    "ReviewWidget": "seimeibun.review.widget.widget",
    "Session": "seimeibun.review.session",
    "apply": "seimeibun.review.applying",
    "export_sheet": "seimeibun.review.sheet",
    "import_sheet": "seimeibun.review.sheet_import",
}


def __getattr__(name: str) -> Any:
    if name not in _HOME:
        message = f"module 'seimeibun.review' has no attribute {name!r}; it has {__all__}"
        raise AttributeError(message)
    return getattr(import_module(_HOME[name]), name)
