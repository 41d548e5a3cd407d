"""A layer as a spaCy component: finds, writes one span group, returns the ``Doc``."""

from collections.abc import Callable, Iterable

from spacy.tokens import Doc

from seimeibun.components.layers import write_layer
from seimeibun.found import Found


class Layer:
    """Writes what ``find`` says about a ``Doc`` to the span group ``layer``."""

    def __init__(self, layer: str, find: Callable[[Doc], Iterable[Found]]) -> None:
        self.layer = layer
        self.find = find

    def __call__(self, doc: Doc) -> Doc:
        write_layer(doc, self.layer, self.find(doc))
        return doc
