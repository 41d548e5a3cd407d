"""GiNZA's token vectors, in NumPy: the numbers of the ``tok2vec`` component, several times sooner.

Three things make the difference. The embedding of a word depends on the word alone, so it is computed once a
type; and so does what it adds to the first convolution, for itself and its neighbours, which is computed once
a type and batch. The other seven convolutions run on OpenBLAS, in blocks that fit the processor's cache and
buffers that stay. And in these four neighbouring tokens are convolved together with six products in place of
twelve (Winograd's F(4,3), Lavin and Gray 2016, "Fast Algorithms for Convolutional Neural Networks").
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple

import numpy as np
from spacy.language import Language
from spacy.tokens import Doc
from spacy.util import minibatch
from thinc.api import NumpyOps

Array = np.ndarray[Any, Any]

WIDTH = 256
PIECES = 3  # of a maxout unit
# Zero rows between documents: as many as there are layers, so that no document sees another.
PAD = 8
TYPES = 50_000  # word types kept, 1 kB each; beyond that the table starts anew
TOKENS = 4_000  # a batch, 2 kB a token
WORTHWHILE = 0.6  # share of different places up to which repeated ones are looked for
FOURS = 384  # groups of four rows convolved at once

_LEXICAL = frozenset({"ORTH", "LOWER", "SHAPE", "PREFIX", "SUFFIX"})


class UnknownModelError(ValueError):
    """The installed model is not built as the fast path expects."""


class _Layer(NamedTuple):
    filters: Array  # WIDTH inputs and PIECES * WIDTH outputs each, for the token before, itself, the one after
    bias: Array
    gain: Array
    shift: Array


class NumpyTok2Vec:
    """Sets ``Doc.tensor`` as the ``tok2vec`` component ``stock`` would; its listeners read it there."""

    def __init__(self, stock: Any) -> None:
        self._embed = on_openblas(_of_words_alone(stock.model.get_ref("embed")))
        layers = [_read_layer(node) for node in _residuals(stock.model.get_ref("encode"))]
        if len(layers) != PAD:
            message = f"{len(layers)} convolutions; the fast path is written for {PAD}"
            raise UnknownModelError(message)
        self._first, *later = layers
        self._later = [layer._replace(filters=_six_filters(*layer.filters)) for layer in later]
        self._products = np.empty((6, FOURS, PIECES * WIDTH), np.float32)
        self._best = np.empty((FOURS, WIDTH), np.float32)
        self._added = np.empty((TOKENS + 1, 3, PIECES * WIDTH), np.float32)
        self._forget()

    def _forget(self) -> None:
        """Begin a new table; its first row is that of no word, beside a text."""
        self._row_of: dict[int, int] = {}
        self._table = np.zeros((1_024, WIDTH), np.float32)

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
            self._forget()
        new = [key for key in dict.fromkeys(keys) if key not in self._row_of]
        if new:
            vocab = docs[0].vocab
            words = Doc(vocab, words=[vocab.strings[key] for key in new])
            first = len(self._row_of) + 1
            end = first + len(new)
            if end > len(self._table):
                more = np.zeros((end, WIDTH), np.float32)  # at least doubled
                self._table = np.concatenate([self._table, more])
            self._table[first:end] = self._embed.predict([words])[0]
            self._row_of.update(zip(new, range(first, end), strict=True))
        return np.array([self._row_of[key] for key in keys])

    def _encode(self, rows: Array, lengths: Sequence[int]) -> Array:
        places = _places(lengths)
        words = np.zeros(sum(lengths) + PAD * (len(lengths) + 1), np.intp)
        words[places] = rows
        kept, like = _told_apart(words)
        fours = -(-len(kept) // 4)
        # Row r of the texts is state[r % 4, r // 4], so that every fourth row stands beside the next such;
        # a zero row stands at either end.
        state, result = (np.zeros((4, fours + 1, WIDTH), np.float32) for _ in range(2))
        self._convolve_words(words[kept], state)
        for layer in self._later:
            for run in _runs(fours):
                self._convolve(state, result, layer, run)
            state, result = result, state
        vectors: Array = state[_quartered(1 + like[places])]
        return vectors

    def _convolve_words(self, words: Array, state: Array) -> None:
        """Write to ``state`` what the first layer makes of ``words``, rows of the table."""
        types, numbers = np.unique(words, return_inverse=True)
        embeddings = self._table[types]
        added = self._adding(embeddings).reshape(-1, PIECES * WIDTH)
        fours = state.shape[1] - 1
        # The table's first row is for no word, and the first of the types, since a text begins with such.
        near = np.zeros(4 * fours + 2, np.intp)
        near[1 : len(words) + 1] = numbers
        for run in _runs(fours):
            parts = self._products[:3, : run.stop - run.start]
            for place, after in enumerate(_middle(state)):
                trigrams = [near[place + by :: 4][run] for by in range(3)]
                for by, (part, word) in enumerate(zip(parts, trigrams, strict=True)):
                    added.take(3 * word + by, axis=0, out=part, mode="clip")
                sums = np.add(parts[0], parts[1], out=parts[0])
                sums += parts[2]
                np.add(embeddings[trigrams[1]], self._activated(sums, self._first), out=after[run])

    def _adding(self, embeddings: Array) -> Array:
        """Return what words add to the first layer's sums after, at and before them, as (words, 3, sums)."""
        added = self._added[: len(embeddings)]
        if len(added) < len(embeddings):  # a single text beyond all bounds
            added = np.empty((len(embeddings), 3, PIECES * WIDTH), np.float32)
        for start in range(0, len(embeddings), FOURS):
            some = slice(start, start + FOURS)
            for place, weights in enumerate(self._first.filters):
                added[some, place] = embeddings[some] @ weights
        added[:, 1] += self._first.bias
        return added

    def _convolve(self, state: Array, result: Array, layer: _Layer, run: slice) -> None:
        """Write to ``result`` what ``layer`` makes of ``state``, for the four middle rows of each run of six.

        A run overlaps the next by two rows. Its six rows become six others, each of which is multiplied
        with one filter; four sums of the six products are the outputs (section 4.2 of the paper).
        """
        products = self._products[:, : run.stop - run.start]
        inputs = _six_inputs(state[:, run.start : run.stop + 1])
        for values, weights, product in zip(inputs, layer.filters, products, strict=True):
            np.dot(values, weights, out=product)
        outputs = _four_outputs(products, layer.bias)
        for before, after, sums in zip(_middle(state), _middle(result), outputs, strict=True):
            np.add(before[run], self._activated(sums, layer), out=after[run])

    def _activated(self, sums: Array, layer: _Layer) -> Array:
        """Return the best piece of each unit, normalised; it stands until the next is asked for."""
        best = self._best[: len(sums)]
        _maxout(sums, out=best)
        return _normalised(best, layer)


def _runs(fours: int) -> list[slice]:
    return [slice(start, min(start + FOURS, fours)) for start in range(0, fours, FOURS)]


def _quartered(rows: Array) -> tuple[Array, Array]:
    return rows % 4, rows // 4


def _middle(state: Array) -> tuple[Array, Array, Array, Array]:
    """Return the second to the fifth row of each run of six."""
    return state[1, :-1], state[2, :-1], state[3, :-1], state[0, 1:]


def _six_inputs(rows: Array) -> Iterator[Array]:
    x0, x1, x2, x3 = rows[:, :-1]
    x4, x5 = rows[:2, 1:]
    even, odd = x4 - 4 * x2, x3 - 4 * x1
    near, far = x4 - x2, 2 * (x3 - x1)
    yield near + 4 * (x0 - x2)
    yield even + odd
    yield even - odd
    yield near + far
    yield near - far
    yield x5 - x3 + 4 * (x1 - x3)


def _six_filters(f0: Array, f1: Array, f2: Array) -> Array:
    ends, wide = f0 + f2, f0 + 4 * f2
    six = (
        f0 / 4,
        -(ends + f1) / 6,
        -(ends - f1) / 6,
        (wide + 2 * f1) / 24,
        (wide - 2 * f1) / 24,
        f2,
    )
    return np.stack(six)


def _four_outputs(products: Array, bias: Array) -> Iterator[Array]:
    """Yield the four sums of the six products, with the bias; spends ``products``."""
    p0, p1, p2, p3, p4, p5 = products
    p1 += bias
    ones, fours = p1 + p2, p3 + p4
    p0 += ones
    p0 += fours
    yield p0
    fours *= 4
    ones += fours
    p1 -= p2
    p3 -= p4
    p3 *= 2
    yield p1 + p3
    yield ones
    p3 *= 4
    p1 += p3
    p1 += p5
    yield p1


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


def _told_apart(words: Array) -> tuple[Array, Array]:
    """Return the places to compute, and for each place of ``words`` which of these has its vector.

    A vector depends on the words up to ``PAD`` places away. Where a text repeats itself (an enumeration, a
    form), most places have the same words around them as an earlier one.

    >>> kept, like = _told_apart(np.array([-1] * 8 + [5, 6] * 100 + [-1] * 8))
    >>> len(kept), len(set(like[50:150].tolist()))
    (50, 2)
    """
    everywhere = np.arange(len(words))
    label, width = np.unique(words, return_inverse=True)[1], 1
    while width < 2 * PAD:
        label, width = _paired(label[:-width], label[width:]), 2 * width
        if label.max() > WORTHWHILE * len(label):
            return everywhere, everywhere
    label = _paired(label[:-1], words[2 * PAD :] + 1)  # one more: the place itself
    _, first, label = np.unique(label, return_index=True, return_inverse=True)
    edges = np.bincount(first, minlength=len(words) + 1)
    edges -= np.bincount(first + 2 * PAD + 1, minlength=len(words) + 1)
    is_kept = np.cumsum(edges[:-1]) > 0
    number = np.cumsum(is_kept) - 1
    like = number.copy()
    like[PAD:-PAD] = number[first[label] + PAD]
    return np.flatnonzero(is_kept), like


def _paired(left: Array, right: Array) -> Array:
    """Return numbers that are the same where both ``left`` and ``right`` are."""
    numbers: Array = np.unique(left * (right.max() + 1) + right, return_inverse=True)[1]
    return numbers


def _maxout(products: Array, *, out: Array) -> None:
    np.maximum(products[:, :WIDTH], products[:, WIDTH : 2 * WIDTH], out=out)
    np.maximum(out, products[:, 2 * WIDTH :], out=out)


def _normalised(values: Array, layer: _Layer) -> Array:
    """Normalise each row in place, as thinc's ``LayerNorm`` does."""
    values -= values.mean(axis=1, keepdims=True)
    variance = np.einsum("ij,ij->i", values, values)[:, None] / np.float32(WIDTH)
    variance += np.float32(1e-8)
    values *= variance ** np.float32(-0.5)
    values *= layer.gain
    values += layer.shift
    return values


def on_openblas(model: Any) -> Any:
    """Return a copy of ``model`` that multiplies with NumPy's OpenBLAS, not with spaCy's slower kernel."""
    copy = model.copy()
    for node in copy.walk():
        node.ops = NumpyOps(use_blis=False)
    return copy


def _of_words_alone(embed: Any) -> Any:
    """Return ``embed``, which must see of a token nothing but its word."""
    seen = [
        column
        for node in embed.walk()
        if node.name == "extract_features"
        for column in node.attrs["columns"]
    ]
    if not seen or not set(seen) <= _LEXICAL:
        message = f"an embedding of {seen}; the fast path is written for properties of the word"
        raise UnknownModelError(message)
    return embed


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
    by_piece = weights.transpose(1, 0, 2).reshape(PIECES * WIDTH, 3, WIDTH)
    f0, f1, f2 = (by_piece[:, place].T for place in range(3))
    bias = maxout.get_param("b").T.reshape(-1)
    return _Layer(
        np.stack((f0, f1, f2)),
        np.ascontiguousarray(bias),
        norm.get_param("G"),
        norm.get_param("b"),
    )


@Language.factory("seimeibun_tok2vec", assigns=["doc.tensor"], default_config={"stock": "tok2vec"})
def make_tok2vec(nlp: Language, name: str, stock: str) -> NumpyTok2Vec:  # noqa: ARG001
    return NumpyTok2Vec(nlp.get_pipe(stock))
