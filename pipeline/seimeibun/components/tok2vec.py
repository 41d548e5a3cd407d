"""GiNZA's token vectors, in NumPy: the numbers of the ``tok2vec`` component, several times sooner.

The embedding of a word depends on the word alone, so it is computed once a type; the convolutions are those
of ``convolution``. Where a text repeats itself, so do its vectors, which are computed once.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import numpy as np
from spacy.language import Language
from spacy.tokens import Doc
from spacy.util import minibatch
from thinc.api import NumpyOps

from seimeibun.components.arrays import Array
from seimeibun.components.convolution import (
    WIDTH,
    Convolution,
    WordConvolution,
    read_layer,
    rows_of,
    state_of,
)
from seimeibun.components.errors import UnknownModelError

# Zero rows between documents: as many as there are layers, so that no document sees another.
PAD = 8
TYPES = 50_000  # word types kept, 1 kB each; beyond that the table starts anew
TOKENS = 4_000  # a batch, 2 kB a token
WORTHWHILE = 0.6  # share of different places up to which repeated ones are looked for

_LEXICAL = frozenset({"ORTH", "LOWER", "SHAPE", "PREFIX", "SUFFIX"})


class NumpyTok2Vec:
    """Sets ``Doc.tensor`` as the ``tok2vec`` component ``stock`` would; its listeners read it there."""

    def __init__(self, stock: Any) -> None:
        self._embed = on_openblas(_of_words_alone(stock.model.get_ref("embed")))
        layers = [read_layer(node) for node in _residuals(stock.model.get_ref("encode"))]
        if len(layers) != PAD:
            message = f"{len(layers)} convolutions; the fast path is written for {PAD}"
            raise UnknownModelError(message)
        self._first = WordConvolution(layers[0])
        self._later = [Convolution(layer) for layer in layers[1:]]
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
        # Row 0 of the table is that of no word, and of these types too, since no text fills all rows.
        types, numbers = np.unique(words[kept], return_inverse=True)
        state, result = state_of(len(kept)), state_of(len(kept))
        self._first(numbers, self._table[types], state)
        for layer in self._later:
            layer(state, result)
            state, result = result, state
        return rows_of(state, like[places])


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

    >>> kept, like = _told_apart(np.array([0] * 8 + [5, 6] * 100 + [0] * 8))
    >>> len(kept), len(set(like[50:150].tolist()))
    (50, 2)
    """
    everywhere = np.arange(len(words))
    label, width = np.unique(words, return_inverse=True)[1], 1
    while width < 2 * PAD:
        label, width = _paired(label[:-width], label[width:]), 2 * width
        if label.max() > WORTHWHILE * len(label):
            return everywhere, everywhere
    label = _paired(label[:-1], words[2 * PAD :])  # one more: the place itself
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


@Language.factory("seimeibun_tok2vec", assigns=["doc.tensor"], default_config={"stock": "tok2vec"})
def make_tok2vec(nlp: Language, name: str, stock: str) -> NumpyTok2Vec:  # noqa: ARG001
    return NumpyTok2Vec(nlp.get_pipe(stock))
