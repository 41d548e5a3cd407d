"""GiNZA's parts of speech on arrays: the choices of the ``morphologizer`` component, written at once."""

from collections.abc import Iterable, Iterator
from typing import Any

import numpy as np
from spacy.attrs import MORPH, POS
from spacy.language import Language
from spacy.morphology import Morphology
from spacy.tokens import Doc

from seimeibun.components.errors import UnknownModelError
from seimeibun.components.margins import best_and_lead, note_margin


class ArrayMorphologizer:
    """Sets ``Token.pos`` as the component ``stock`` would; reads ``Doc.tensor``."""

    def __init__(self, stock: Any) -> None:
        softmax = next((node for node in stock.model.walk() if node.name == "softmax"), None)
        if softmax is None or not (stock.cfg["overwrite"] and stock.cfg["extend"]):
            message = "a morphologizer that does not overwrite and extend; the fast path does both"
            raise UnknownModelError(message)
        if any(stock.cfg["labels_morph"].values()):
            message = "a morphologizer with features; the fast path is written for parts of speech"
            raise UnknownModelError(message)
        self._weights = np.ascontiguousarray(softmax.get_param("W").T)
        self._bias = softmax.get_param("b")
        self._pos = np.array([stock.cfg["labels_pos"][label] for label in stock.labels], np.uint64)
        self._features: dict[int, int] = {}

    def __call__(self, doc: Doc) -> Doc:
        if len(doc):
            best, leads = best_and_lead(doc.tensor @ self._weights + self._bias)
            note_margin(doc, leads.min())
            doc.from_array([POS], self._pos[best])
            self._sort_features(doc)
        return doc

    def pipe(self, stream: Iterable[Doc], *, batch_size: int = 32) -> Iterator[Doc]:  # noqa: ARG002
        return (self(doc) for doc in stream)

    def _sort_features(self, doc: Doc) -> None:
        """Leave the features as the stock component does: read and written once more, hence sorted."""
        keys = doc.to_array([MORPH]).reshape(-1).tolist()
        for key in set(keys):
            if key not in self._features:
                features = Morphology.feats_to_dict(doc.vocab.strings[key])
                self._features[key] = doc.vocab.morphology.add(features)
        again = [self._features[key] for key in keys]
        if again != keys:
            doc.from_array([MORPH], np.array(again, np.uint64))


@Language.factory(
    "seimeibun_morphologizer",
    assigns=["token.morph", "token.pos"],
    default_config={"stock": "morphologizer"},
)
def make_morphologizer(nlp: Language, name: str, stock: str) -> ArrayMorphologizer:  # noqa: ARG001
    return ArrayMorphologizer(nlp.get_pipe(stock))
