"""The layer ``agreements``."""

from spacy.language import Language
from spacy.tokens import Doc

from seimeibun.agreements.find import find_acts
from seimeibun.components.analysis import analysis_of
from seimeibun.components.layer import Layer
from seimeibun.found import Found


def acts_in(doc: Doc) -> list[Found]:
    """Return the agreement acts of ``doc``; the value is the category, the facts are the columns."""
    return find_acts(analysis_of(doc))


@Language.factory("seimeibun_agreements", assigns=["doc.spans"])
def make_agreements(nlp: Language, name: str) -> Layer:  # noqa: ARG001
    return Layer("agreements", acts_in)
