"""GiNZA's entities, in NumPy: the decisions of the ``ner`` component without its cost.

The stock component asks each of 758 actions at each token whether it is valid, and takes the interpreter
lock for each. Outside an entity the action depends on the token alone, so all tokens are scored at once;
only inside an entity is there anything to do step by step.
"""

from collections.abc import Iterable, Iterator, Sequence
from math import inf
from typing import Any, NamedTuple

import numpy as np
from spacy.language import Language
from spacy.tokens import Doc, Span
from spacy.util import minibatch

from seimeibun.components.arrays import Array
from seimeibun.components.errors import UnknownModelError
from seimeibun.components.margins import best_and_lead, note_margin
from seimeibun.components.tok2vec import by_tokens

# First token of the buffer, first token of the open entity, last token before the buffer.
FEATURES = 3
HIDDEN = 64
PIECES = 2
TOKENS = 4_000  # looked at side by side, 5 kB each
_NEVER = np.float32(-1e30)

_Entity = tuple[int, int, str]  # half-open token indices, label


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
        self._opens = np.array([move.action != "O" for move in self._moves])
        self._begins = np.array([move.action == "B" for move in self._moves])
        self._single = np.array([move.action == "U" for move in self._moves])
        place = {name: i for i, name in enumerate(names)}
        self._inside = {}
        for move in self._moves:
            if move.action == "B":
                pair = [place[f"I-{move.label}"], place[f"L-{move.label}"]]
                self._inside[move.label] = (np.ascontiguousarray(weights[pair].T), bias[pair])

    def __call__(self, doc: Doc) -> Doc:
        return next(iter(self.pipe([doc])))

    def pipe(self, stream: Iterable[Doc], *, batch_size: int = 32) -> Iterator[Doc]:
        for docs in minibatch(stream, batch_size):
            for batch in by_tokens([doc for doc in docs if len(doc)], TOKENS):
                self.recognize(batch)
            yield from docs

    def recognize(self, docs: Sequence[Doc]) -> None:
        """Set the entities of ``docs``, none of them empty."""
        features = self._features(np.concatenate([doc.tensor for doc in docs]))
        last = np.concatenate([_sentence_ends(doc) for doc in docs])
        spaces = np.concatenate([_spaces(doc) for doc in docs])
        best, margins = best_and_lead(self._scores_outside(features, last, spaces))
        found = list(self._entities(features, last, best, margins))
        lengths = [len(doc) for doc in docs]
        starts = np.cumsum([0, *lengths[:-1]])
        closest = np.minimum.reduceat(margins, starts).tolist()
        firsts = np.searchsorted([start for start, _, _ in found], starts).tolist()
        for doc, offset, margin, entities in zip(
            docs, starts.tolist(), closest, _cut(found, firsts), strict=True
        ):
            spans = [Span(doc, a - offset, b - offset, label=name) for a, b, name in entities]
            doc.set_ents(spans, default="outside")
            note_margin(doc, margin)

    def _entities(
        self, features: Array, last: Array, best: Array, margins: Array
    ) -> Iterator[_Entity]:
        """Yield the entities; ``margins`` become those of what was decided."""
        free = 0
        for token in np.flatnonzero(self._opens[best]).tolist():
            if token < free:
                continue
            move, free = self._moves[best[token]], token + 1
            if move.action == "B":
                free, margin = self._end(features, last, token, move.label)
                margins[token] = min(margins[token], margin)
                margins[token + 1 : free] = inf
            yield token, free, move.label

    def _features(self, vectors: Array) -> Array:
        projected = vectors @ self._project + self._project_bias
        features: Array = (projected @ self._lower).reshape(-1, FEATURES, HIDDEN * PIECES)
        return features

    def _scores_outside(self, features: Array, last: Array, spaces: Array) -> Array:
        hidden = features[:, 0] + (self._missing[1] + self._missing[2] + self._lower_bias)
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


def _cut(items: list[_Entity], firsts: list[int]) -> Iterator[list[_Entity]]:
    """Yield the runs of ``items`` that begin at ``firsts``."""
    return (items[first:end] for first, end in zip(firsts, [*firsts[1:], None], strict=True))


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
