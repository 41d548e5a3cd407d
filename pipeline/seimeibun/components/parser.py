"""GiNZA's dependencies: the steps of the ``parser`` component, taken where they cost less.

The stock component steps through its texts without the interpreter lock, and takes the lock for each of 46
actions at each token to ask whether the action is valid. Stepped from Python, which holds the lock anyway,
the same code asks for nothing. What is known of a token before the first step (12 kB each) is computed in a
buffer that stays.
"""

from collections.abc import Iterable, Iterator, Sequence
from math import inf
from typing import Any

import numpy as np
from spacy.language import Language
from spacy.ml.tb_framework import TransitionModel
from spacy.tokens import Doc
from spacy.util import minibatch
from thinc.api import Model, NumpyOps

from seimeibun.components.margins import NEAR, note_margin
from seimeibun.components.tok2vec import Array, UnknownModelError, by_tokens, on_openblas

TOKENS = 4_000  # parsed side by side; the more, the fewer steps


class SteppedParser:
    """Sets heads and dependency labels as the component ``stock`` would; reads ``Doc.tensor``."""

    def __init__(self, stock: Any) -> None:
        if stock.cfg["beam_width"] != 1 or not stock.model.attrs["has_upper"]:
            message = "a parser with a beam or without an upper layer; the fast path knows neither"
            raise UnknownModelError(message)
        self._stock = stock
        self._names = [stock.moves.get_class_name(move) for move in range(stock.moves.n_moves)]
        vectors, lower, upper = stock.model.layers
        self._model = TransitionModel(
            _projection(vectors),
            _with_buffer(lower),
            on_openblas(upper),
            stock.model.attrs["resize_output"],
            unseen_classes=stock.model.attrs["unseen_classes"],
        )

    def __call__(self, doc: Doc) -> Doc:
        return next(iter(self.pipe([doc])))

    def pipe(self, stream: Iterable[Doc], *, batch_size: int = 32) -> Iterator[Doc]:
        for docs in minibatch(stream, batch_size):
            for batch in by_tokens(docs, TOKENS):
                self.parse(batch)
            yield from docs

    def parse(self, docs: Sequence[Doc]) -> None:
        """Parse ``docs`` side by side, a step each at a time."""
        if not any(len(doc) for doc in docs):
            return
        model = self._model.predict(docs)
        states = self._stock.moves.init_batch(docs)
        running = [state for state in states if not state.is_final()]
        while running:
            scores = model.predict(running)
            self._note_near_ties(running, scores)
            running = self._stock.transition_states(running, scores)
        self._stock.set_annotations(docs, states)

    def _note_near_ties(self, states: Sequence[Any], scores: Array) -> None:
        gaps = np.diff(np.sort(scores, axis=1), axis=1)
        for row in np.flatnonzero(gaps.min(axis=1) < NEAR).tolist():
            note_margin(states[row].doc, self._margin(states[row], scores[row]))

    def _margin(self, state: Any, scores: Array) -> float:
        """Return by how much the best valid action leads the next."""
        best_first = (int(move) for move in np.argsort(-scores))
        valid = (m for m in best_first if self._stock.moves.is_valid(state, self._names[m]))
        best, second = next(valid), next(valid, None)
        return inf if second is None else float(scores[best] - scores[second])


def _projection(vectors: Any) -> Model[Any, Any]:
    """Return the first layer: ``Doc.tensor`` of all documents, made narrower."""
    linear = next((node for node in vectors.walk() if node.name == "linear"), None)
    if linear is None:
        message = "a parser without a linear layer above tok2vec; the fast path expects one"
        raise UnknownModelError(message)
    weights, bias = np.ascontiguousarray(linear.get_param("W").T), linear.get_param("b")

    def forward(model: Any, docs: Sequence[Doc], is_train: bool) -> tuple[Array, None]:  # noqa: ARG001
        return np.concatenate([doc.tensor for doc in docs if len(doc)]) @ weights + bias, None

    return Model("projection", forward)


def _with_buffer(lower: Any) -> Model[Any, Any]:
    """Return the layer ``lower`` (spaCy's ``PrecomputableAffine``) with an output that stays."""
    weights = lower.get_param("W")
    *shape, _ = weights.shape  # features, units, pieces, inputs
    flat = np.ascontiguousarray(weights.reshape(-1, weights.shape[-1]).T)
    buffer = np.empty((TOKENS + 1, flat.shape[1]), np.float32)

    def forward(model: Any, inputs: Array, is_train: bool) -> tuple[Array, None]:  # noqa: ARG001
        rows = 1 + len(inputs)
        output = buffer[:rows] if rows <= len(buffer) else np.empty((rows, flat.shape[1]), "f")
        output[0] = lower.get_param("pad").reshape(-1)
        np.dot(inputs, flat, out=output[1:])
        return output.reshape(rows, *shape), None

    names = ("W", "b", "pad")
    return Model(
        "precomputable_affine",
        forward,
        dims={name: lower.get_dim(name) for name in ("nO", "nI", "nF", "nP")},
        params={name: lower.get_param(name) for name in names},
        ops=NumpyOps(use_blis=False),
    )


@Language.factory(
    "seimeibun_parser",
    assigns=["token.dep", "token.head", "token.is_sent_start", "doc.sents"],
    default_config={"stock": "parser"},
)
def make_parser(nlp: Language, name: str, stock: str) -> SteppedParser:  # noqa: ARG001
    return SteppedParser(nlp.get_pipe(stock))
