"""GiNZA's dependencies: the steps of the ``parser`` component, taken where they cost less.

The stock component steps through its texts without the interpreter lock, and takes the lock for each of 46
actions at each token to ask whether the action is valid. Stepped from Python, which holds the lock anyway,
the same code asks for nothing. What is known of a token before the first step takes 12 kB each.
"""

from collections.abc import Iterable, Iterator, Sequence
from math import inf
from types import SimpleNamespace
from typing import Any

import numpy as np
from spacy.language import Language
from spacy.ml.parser_model import ParserStepModel
from spacy.tokens import Doc
from spacy.util import minibatch

from seimeibun.components.arrays import Array, scratch
from seimeibun.components.errors import UnknownModelError
from seimeibun.components.margins import NEAR, note_margin
from seimeibun.components.tok2vec import by_tokens

TOKENS = 6_000  # parsed side by side; the more, the fewer steps


class SteppedParser:
    """Sets heads and dependency labels as the component ``stock`` would; reads ``Doc.tensor``."""

    def __init__(self, stock: Any) -> None:
        model = stock.model
        linear = next((n for n in model.get_ref("tok2vec").walk() if n.name == "linear"), None)
        settings = (
            stock.cfg["beam_width"],
            model.attrs["has_upper"],
            model.attrs["unseen_classes"],
        )
        if linear is None or settings != (1, True, set()):
            message = f"beam, upper layer and unseen classes are {settings}; the fast path knows (1, True, set())"
            raise UnknownModelError(message)
        self._stock = stock
        self._names = [stock.moves.get_class_name(move) for move in range(stock.moves.n_moves)]
        self._arcless = [
            move for move, name in enumerate(self._names) if name[:2] not in {"L-", "R-"}
        ]
        self._project = np.ascontiguousarray(linear.get_param("W").T)
        self._project_bias = linear.get_param("b")
        self._read_lower(model.get_ref("lower"))
        self._upper = np.ascontiguousarray(model.get_ref("upper").get_param("W").T)
        self._upper_bias = model.get_ref("upper").get_param("b")

    def _read_lower(self, lower: Any) -> None:
        weights = lower.get_param("W").swapaxes(1, 2)  # features, pieces, units, inputs
        self._shape = weights.shape[:-1]
        self._lower = np.ascontiguousarray(weights.reshape(-1, weights.shape[-1]).T)
        self._lower_bias = lower.get_param("b").T.reshape(-1)
        self._missing = lower.get_param("pad")[0].swapaxes(1, 2).reshape(-1)
        self._features = np.arange(self._shape[0])
        # Which tokens a state looks at, spaCy says in a method of its step model, which asks only how many.
        self._places = SimpleNamespace(state2vec=SimpleNamespace(nF=self._shape[0]))

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
        known = self._known(docs)
        states = self._stock.moves.init_batch(docs)
        running = [state for state in states if not state.is_final()]
        while running:
            tokens = ParserStepModel.get_token_ids(self._places, running)
            scores = self._scores(known[tokens + 1, self._features].sum(axis=1))
            self._note_near_ties(running, scores)
            running = self._stock.transition_states(running, scores)
        self._stock.set_annotations(docs, states)

    def _known(self, docs: Sequence[Doc]) -> Array:
        """Return what each token, in each place that a state looks at, adds; the first row is for no token."""
        vectors = np.concatenate([doc.tensor for doc in docs if len(doc)])
        size = len(vectors) + 1
        (known,) = scratch((size, len(self._missing)))
        known[0] = self._missing
        np.dot(vectors @ self._project + self._project_bias, self._lower, out=known[1:])
        return known.reshape(size, len(self._features), -1)

    def _scores(self, hidden: Array) -> Array:
        hidden += self._lower_bias
        pieces = hidden.reshape(-1, *self._shape[1:])
        best = np.maximum(pieces[:, 0], pieces[:, 1])
        for piece in range(2, pieces.shape[1]):
            np.maximum(best, pieces[:, piece], out=best)
        scores: Array = best @ self._upper + self._upper_bias
        return scores

    def _note_near_ties(self, states: Sequence[Any], scores: Array) -> None:
        """Note how far the decisions of a step were from the next best, where that may be near.

        Actions that draw an arc are all valid or none is. So the best two valid actions follow at most
        those without an arc, which may not be valid, or are two of those.
        """
        leading = np.sort(scores, axis=1)[:, -2 - len(self._arcless) :]
        arcless = np.sort(scores[:, self._arcless], axis=1)
        closest = np.minimum(_closest(leading), _closest(arcless))
        for row in np.flatnonzero(closest < NEAR).tolist():
            note_margin(states[row].doc, self._margin(states[row], scores[row]))

    def _margin(self, state: Any, scores: Array) -> float:
        """Return by how much the best valid action leads the next."""
        # By its number: a name would be looked for among all actions.
        best_first = np.argsort(-scores).tolist()
        valid = (move for move in best_first if self._stock.moves.is_valid(state, move))
        best, second = next(valid), next(valid, None)
        return inf if second is None else float(scores[best] - scores[second])


def _closest(ordered: Array) -> Array:
    """Return, for each row of rising scores, the smallest difference of two neighbours."""
    smallest: Array = (ordered[:, 1:] - ordered[:, :-1]).min(axis=1)
    return smallest


@Language.factory(
    "seimeibun_parser",
    assigns=["token.dep", "token.head", "token.is_sent_start", "doc.sents"],
    default_config={"stock": "parser"},
)
def make_parser(nlp: Language, name: str, stock: str) -> SteppedParser:  # noqa: ARG001
    return SteppedParser(nlp.get_pipe(stock))
