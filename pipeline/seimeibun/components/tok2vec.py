"""GiNZA's token vectors, in NumPy: the numbers of the ``tok2vec`` component, several times sooner.

Two things make the difference. The embedding of a word depends on the word alone, so it is computed once a
type. And the eight convolutions run on OpenBLAS in buffers that stay, not through a general matrix kernel
with a fresh allocation a layer.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple

import numpy as np
from spacy.language import Language
from spacy.tokens import Doc
from spacy.util import minibatch

Array = np.ndarray[Any, Any]

WIDTH = 256
PIECES = 3  # of a maxout unit
PAD = (
    8  # zero rows between documents: as many as there are layers, so that no document sees another
)
TYPES = 50_000  # word types kept, 1 kB each; beyond that the table starts anew
TOKENS = 4_000  # a batch; the buffers grow with it (10 kB a token)


class UnknownModelError(ValueError):
    """The installed model is not built as the fast path expects."""


class _Layer(NamedTuple):
    weights: Array  # (3 * WIDTH inputs, PIECES * WIDTH outputs), a piece's outputs side by side
    bias: Array
    gain: Array
    shift: Array


class NumpyTok2Vec:
    """Sets ``Doc.tensor`` as the ``tok2vec`` component ``stock`` would; its listeners read it there."""

    def __init__(self, stock: Any) -> None:
        self._embed = stock.model.get_ref("embed")
        self._layers = [_read_layer(node) for node in _residuals(stock.model.get_ref("encode"))]
        if len(self._layers) != PAD:
            message = f"{len(self._layers)} convolutions; the fast path is written for {PAD}"
            raise UnknownModelError(message)
        self._row_of: dict[int, int] = {}
        self._table = np.zeros((1, WIDTH), np.float32)
        self._buffers: dict[str, Array] = {}

    def __call__(self, doc: Doc) -> Doc:
        return next(iter(self.pipe([doc])))

    def pipe(self, stream: Iterable[Doc], *, batch_size: int = 32) -> Iterator[Doc]:
        for docs in minibatch(stream, batch_size):
            for batch in by_tokens(docs, TOKENS):
                self.set_vectors(batch)
            yield from docs

    def set_vectors(self, docs: Sequence[Doc]) -> None:
        """Compute the vectors of ``docs`` at once."""
        lengths = [len(doc) for doc in docs]
        if not any(lengths):
            return
        vectors = self._encode(self._rows(docs), lengths)
        start = 0
        for doc, length in zip(docs, lengths, strict=True):
            doc.tensor = vectors[start : start + length]
            start += length

    def _rows(self, docs: Sequence[Doc]) -> Array:
        """Return the rows of the table that hold the tokens' embeddings; new types are added."""
        keys = np.concatenate([doc.to_array("ORTH") for doc in docs if len(doc)]).tolist()
        if len(self._row_of) > TYPES:
            self._row_of.clear()
            self._table = self._table[:1]
        new = [key for key in dict.fromkeys(keys) if key not in self._row_of]
        if new:
            vocab = docs[0].vocab
            words = Doc(vocab, words=[vocab.strings[key] for key in new])
            first = len(self._table)
            self._row_of.update(zip(new, range(first, first + len(new)), strict=True))
            self._table = np.concatenate([self._table, self._embed.predict([words])[0]])
        return np.array([self._row_of[key] for key in keys])

    def _encode(self, rows: Array, lengths: Sequence[int]) -> Array:
        places = _places(lengths)
        size = int(sum(lengths)) + PAD * (len(lengths) + 1)
        state = self._buffer("state", size + 2, WIDTH)
        state[:] = 0
        state[1 + places] = self._table[rows]
        window = self._buffer("window", size, 3 * WIDTH)
        product = self._buffer("product", size, PIECES * WIDTH)
        for layer in self._layers:
            for offset in range(3):
                window[:, offset * WIDTH : (offset + 1) * WIDTH] = state[offset : offset + size]
            np.dot(window, layer.weights, out=product)
            np.add(product, layer.bias, out=product)
            state[1:-1] += _normalised(_maxout(product), layer)
        vectors: Array = state[1 + places]
        return vectors

    def _buffer(self, name: str, rows: int, columns: int) -> Array:
        buffer = self._buffers.get(name)
        if buffer is None or len(buffer) < rows:
            buffer = self._buffers[name] = np.empty((rows, columns), np.float32)
        return buffer[:rows]


def by_tokens(docs: Sequence[Doc], limit: int) -> Iterator[list[Doc]]:
    """Yield runs of ``docs`` of at most ``limit`` tokens together, or of one longer document."""
    batch: list[Doc] = []
    size = 0
    for doc in docs:
        if batch and size + len(doc) > limit:
            yield batch
            batch, size = [], 0
        batch.append(doc)
        size += len(doc)
    if batch:
        yield batch


def _places(lengths: Sequence[int]) -> Array:
    """Return the row of each token among the padded rows."""
    starts = np.cumsum([PAD, *(length + PAD for length in lengths[:-1])])
    pairs = zip(starts, lengths, strict=True)
    return np.concatenate([np.arange(start, start + length) for start, length in pairs])


def _maxout(product: Array) -> Array:
    best = np.maximum(product[:, :WIDTH], product[:, WIDTH : 2 * WIDTH])
    return np.maximum(best, product[:, 2 * WIDTH :], out=best)


def _normalised(values: Array, layer: _Layer) -> Array:
    """Normalise each row, as thinc's ``LayerNorm`` does."""
    values -= values.mean(axis=1, keepdims=True)
    variance = np.einsum("ij,ij->i", values, values)[:, None] / np.float32(WIDTH) + np.float32(1e-8)
    values *= variance ** np.float32(-0.5)
    values *= layer.gain
    values += layer.shift
    return values


def _residuals(encode: Any) -> list[Any]:
    return [
        node
        for node in encode.walk()
        if node.name.startswith("residual") and ">>residual" not in node.name
    ]


def _read_layer(residual: Any) -> _Layer:
    maxout = next((node for node in residual.walk() if node.name == "maxout"), None)
    norm = next((node for node in residual.walk() if node.name == "layernorm"), None)
    if maxout is None or norm is None:
        message = f"a convolution without maxout or layer norm: {residual.name}"
        raise UnknownModelError(message)
    weights = maxout.get_param("W")
    if weights.shape != (WIDTH, PIECES, 3 * WIDTH):
        message = f"maxout of shape {weights.shape}; expected {(WIDTH, PIECES, 3 * WIDTH)}"
        raise UnknownModelError(message)
    by_piece = weights.transpose(1, 0, 2).reshape(PIECES * WIDTH, 3 * WIDTH)
    return _Layer(
        np.ascontiguousarray(by_piece.T),
        np.ascontiguousarray(maxout.get_param("b").T.reshape(-1)),
        norm.get_param("G"),
        norm.get_param("b"),
    )


@Language.factory("seimeibun_tok2vec", assigns=["doc.tensor"], default_config={"stock": "tok2vec"})
def make_tok2vec(nlp: Language, name: str, stock: str) -> NumpyTok2Vec:  # noqa: ARG001
    return NumpyTok2Vec(nlp.get_pipe(stock))
