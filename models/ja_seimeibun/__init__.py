"""GiNZA with layers for Japanese diplomatic statements; ``spacy.load("ja_seimeibun")``."""

from pathlib import Path
from typing import Any

from spacy.language import Language

from seimeibun.loading import load_model, model_meta

__version__: str = model_meta(Path(__file__).parent)["version"]


def load(**overrides: Any) -> Language:
    """Load the pipeline; takes what :func:`spacy.load` takes."""
    return load_model(Path(__file__).parent, **overrides)
