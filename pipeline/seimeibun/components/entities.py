"""The layer ``entities``."""

from spacy.language import Language
from spacy.tokens import Doc

from seimeibun.components.analysis import analysis_of
from seimeibun.components.layer import Layer
from seimeibun.entities.find import find_entities
from seimeibun.found import Found


def entities_in(doc: Doc) -> list[Found]:
    return find_entities(analysis_of(doc))


@Language.factory("seimeibun_entities", assigns=["doc.spans"])
def make_entities(nlp: Language, name: str) -> Layer:  # noqa: ARG001
    return Layer("entities", entities_in)
