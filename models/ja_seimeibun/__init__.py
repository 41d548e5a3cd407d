"""GiNZA with layers for Japanese diplomatic statements; ``spacy.load("ja_seimeibun")``."""

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from spacy.language import Language

_PACKAGE = Path(__file__).parent
__version__: str = json.loads((_PACKAGE / "meta.json").read_text(encoding="utf-8"))["version"]


def load(**overrides: Any) -> "Language":
    """Load the pipeline; takes what :func:`spacy.load` takes."""
    # The rules are read from this package by functions that need no spaCy: it is imported only here.
    from seimeibun.loading import load_model

    return load_model(_PACKAGE, **overrides)
