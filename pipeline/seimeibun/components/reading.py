"""A ``Doc`` in arrays and plain strings, read once for all components that look at it.

spaCy makes an object a token and looks a string up each time one is asked for; our layers ask for all of
them, several times.
"""

from typing import Any, NamedTuple

import numpy as np
from spacy.attrs import DEP, HEAD, IDX, LEMMA, LENGTH, MORPH, NORM, ORTH, POS, SPACY, TAG
from spacy.strings import StringStore
from spacy.tokens import Doc

from seimeibun.analysis import Token
from seimeibun.width import fold_width

_ATTRS = [ORTH, SPACY, IDX, LENGTH, LEMMA, NORM, TAG, POS, DEP, HEAD, MORPH]
_INFLECTION = "Inflection="
KEPT = 100_000  # tokens: a longer document is read anew by each layer, for the sake of memory


class Strings(dict[int, str]):
    """Strings by their hash, each looked up once."""

    def __init__(self, strings: StringStore) -> None:
        super().__init__({0: ""})
        self._strings = strings

    def __missing__(self, key: int) -> str:
        string: str = self._strings[key]
        self[key] = string
        return string


class _Read(NamedTuple):
    array: "np.ndarray[Any, Any]"
    text: str  # width-folded
    tokens: tuple[Token, ...] | None  # None: not asked for


_last: _Read | None = None


def folded_text(doc: Doc) -> str:
    """Return ``doc.text`` with its width folded, code point for code point."""
    return _read(doc, tokens=False).text


def tokens_of(doc: Doc) -> tuple[Token, ...]:
    return _read(doc, tokens=True).tokens or ()


def _read(doc: Doc, *, tokens: bool) -> _Read:
    """Return what was read last if ``doc`` is still the same to the last attribute, else read it."""
    global _last  # noqa: PLW0603  the layers of a document follow each other
    array = doc.to_array(_ATTRS).reshape(len(doc), len(_ATTRS))
    last = _last
    if last is None or not np.array_equal(last.array, array):
        last = _Read(array, fold_width(doc.text), None)
    if tokens and last.tokens is None:
        last = last._replace(tokens=tuple(_tokens(last, Strings(doc.vocab.strings))))
    _last = last if len(doc) <= KEPT else None
    return last


def _tokens(read: _Read, strings: Strings) -> "map[Token]":
    text, array = read.text, read.array
    _, _, idx, length, lemma, norm, tag, pos, dep, _, morph = array.T.tolist()
    heads = array[:, _ATTRS.index(HEAD)].astype(np.int64) + np.arange(len(array))
    ends = [start + size for start, size in zip(idx, length, strict=True)]
    inflections = {key: _inflection(strings[key]) for key in set(morph)}
    columns = (
        idx,
        ends,
        [text[start:end] for start, end in zip(idx, ends, strict=True)],
        *([strings[key] for key in keys] for keys in (lemma, norm, tag, pos, dep)),
        heads.tolist(),
        [inflections[key] for key in morph],
    )
    return map(Token._make, zip(*columns, strict=True))


def _inflection(features: str) -> str:
    """Return the inflection among ``features`` (``Inflection=サ行変格;連用形-一般|Reading=シ``)."""
    _, found, rest = features.partition(_INFLECTION)
    return rest.partition("|")[0].partition(",")[0] if found else ""
