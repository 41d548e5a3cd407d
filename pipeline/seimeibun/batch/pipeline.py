"""The pipeline of this process, and of those forked from it: loaded once."""

from functools import cache

from spacy.language import Language

from seimeibun.annotation import load


@cache
def pipeline() -> Language:
    """Return the pipeline with its own options; whoever wants others loads one of their own."""
    return load()
