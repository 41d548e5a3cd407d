"""GiNZA's entities, in NumPy: the decisions of the ``ner`` component without its cost.

The stock component asks each of 758 actions at each token whether it is valid, and takes the interpreter
lock for each. Outside an entity the action depends on the token alone, so all tokens are scored at once;
only inside an entity is there anything to do step by step.
"""

from collections.abc import Iterable, Iterator
from math import inf
from typing import Any, NamedTuple

import numpy as np
from spacy.language import Language
from spacy.tokens import Doc, Span

from seimeibun.components.margins import best_and_lead, note_margin
from seimeibun.components.tok2vec import Array, UnknownModelError

# First token of the buffer, first token of the open entity, last token before the buffer.
FEATURES = 3
HIDDEN = 64
PIECES = 2
_NEVER = np.float32(-1e30)


class _Move(NamedTuple):
    action: str  # B, U or O
    label: str


class NumpyEntityRecognizer:
    """Sets ``Doc.ents`` as the component ``stock`` would; reads ``Doc.tensor``."""

    def __init__(self, stock: Any) -> None:
        model = stock.model
        linear = next((n for n in model.get_ref("tok2vec").walk() if n.name == "linear"), None)
        lower, upper = model.get_ref("lower"), model.get_ref("upper")
        weights = lower.get_param("W")
        if linear is None or weights.shape != (FEATURES, HIDDEN, PIECES, HIDDEN):
            message = f"state of shape {weights.shape}; the fast path knows {(FEATURES, HIDDEN, PIECES, HIDDEN)}"
            raise UnknownModelError(message)
        self._project = np.ascontiguousarray(linear.get_param("W").T)
        self._project_bias = linear.get_param("b")
        self._lower = np.ascontiguousarray(weights.reshape(FEATURES * HIDDEN * PIECES, HIDDEN).T)
        self._lower_bias = lower.get_param("b").reshape(-1)
        self._missing = lower.get_param("pad").reshape(FEATURES, HIDDEN * PIECES)
        self._read_moves(stock, upper)

    def _read_moves(self, stock: Any, upper: Any) -> None:
        names = [stock.moves.get_class_name(i) for i in range(stock.moves.n_moves)]
        outside = [i for i, name in enumerate(names) if name[0] in "BUO" and name != "U-"]
        weights, bias = upper.get_param("W"), upper.get_param("b")
        self._moves = [_Move(names[i][0], names[i][2:]) for i in outside]
        self._outside, self._outside_bias = np.ascontiguousarray(weights[outside].T), bias[outside]
        self._begins = np.array([move.action == "B" for move in self._moves])
        self._single = np.array([move.action == "U" for move in self._moves])
        place = {name: i for i, name in enumerate(names)}
        self._inside = {}
        for move in self._moves:
            if move.action == "B":
                pair = [place[f"I-{move.label}"], place[f"L-{move.label}"]]
                self._inside[move.label] = (np.ascontiguousarray(weights[pair].T), bias[pair])

    def __call__(self, doc: Doc) -> Doc:
        if len(doc):
            spans = [Span(doc, start, end, label=label) for start, end, label in self.entities(doc)]
            doc.set_ents(spans, default="outside")
        return doc

    def pipe(self, stream: Iterable[Doc], *, batch_size: int = 32) -> Iterator[Doc]:  # noqa: ARG002
        return (self(doc) for doc in stream)

    def entities(self, doc: Doc) -> list[tuple[int, int, str]]:
        """Return the entities as half-open token indices and labels."""
        projected = doc.tensor @ self._project + self._project_bias
        features = (projected @ self._lower).reshape(len(doc), FEATURES, HIDDEN * PIECES)
        last = _sentence_ends(doc)
        outside = self._scores_outside(features, last, _spaces(doc))
        best, leads = (array.tolist() for array in best_and_lead(outside))
        found = []
        token, margin = 0, inf
        while token < len(best):
            move, margin = self._moves[best[token]], min(margin, leads[token])
            if move.action == "O":
                token += 1
                continue
            end = token + 1
            if move.action == "B":
                end, lead = self._end(features, last, token, move.label)
                margin = min(margin, lead)
            found.append((token, end, move.label))
            token = end
        note_margin(doc, margin)
        return found

    def _scores_outside(self, features: Array, last: Array, spaces: Array) -> Array:
        hidden = features[:, 0] + self._missing[1] + self._missing[2] + self._lower_bias
        best_pieces = np.maximum(hidden[:, 0::2], hidden[:, 1::2])
        scores: Array = best_pieces @ self._outside + self._outside_bias
        scores[np.ix_(last | spaces, self._begins)] = _NEVER
        scores[np.ix_(spaces, self._single)] = _NEVER
        return scores

    def _end(self, features: Array, last: Array, start: int, label: str) -> tuple[int, float]:
        """Return the token after the entity that begins at ``start``, and the margin of that decision."""
        weights, bias = self._inside[label]
        token, margin = start + 1, inf
        while not last[token]:
            hidden = (
                features[token, 0] + features[start, 1] + features[token - 1, 2] + self._lower_bias
            )
            inside, ends = (np.maximum(hidden[0::2], hidden[1::2]) @ weights + bias).tolist()
            margin = min(margin, abs(ends - inside))
            if ends > inside:
                break
            token += 1
        return token + 1, margin


def _sentence_ends(doc: Doc) -> Array:
    """Return, for each token, whether a sentence or the document ends with it."""
    starts = doc.to_array("SENT_START") == 1
    return np.append(starts[1:], True)


def _spaces(doc: Doc) -> Array:
    spaces: Array = doc.to_array("IS_SPACE").astype(bool)
    return spaces


@Language.factory("seimeibun_ner", assigns=["doc.ents"], default_config={"stock": "ner"})
def make_ner(nlp: Language, name: str, stock: str) -> NumpyEntityRecognizer:  # noqa: ARG001
    return NumpyEntityRecognizer(nlp.get_pipe(stock))
