"""Many analysed pieces of a text as one ``Doc``.

A statement is analysed in pieces (lines, bounded runs of sentences) so that time and memory stay linear;
its reader sees one ``Doc``. ``Doc.from_docs`` would drop GiNZA's 文節, and can put nothing but a space
between pieces.
"""

from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

import numpy as np
from spacy.attrs import (
    DEP,
    ENT_IOB,
    ENT_KB_ID,
    ENT_TYPE,
    HEAD,
    LEMMA,
    MORPH,
    NORM,
    ORTH,
    POS,
    SPACY,
    TAG,
)
from spacy.tokens import Doc
from spacy.vocab import Vocab

from seimeibun.components.arrays import Array
from seimeibun.components.reading import Strings

_ATTRS = [
    ORTH, SPACY, LEMMA, NORM, TAG, POS, MORPH, DEP, HEAD, ENT_IOB, ENT_TYPE, ENT_KB_ID,
]  # fmt: skip
_PER_TOKEN = ("bunsetu_bi_labels", "bunsetu_position_types", "sub_tokens")  # lists along the tokens
_INDICES = ("bunsetu_heads", "clause_heads")  # lists of token indices
_SPACE_POS = 103  # spacy.symbols.SPACE; stated in numbers because arrays hold numbers


class Piece(NamedTuple):
    """An analysed piece, and the white space that stands after it in the text ("" for none)."""

    doc: Doc
    after: str


def join(vocab: Vocab, pieces: Iterable[Piece]) -> Doc:
    """Return one ``Doc`` with every annotation of the ``pieces``, in their order.

    White space between pieces that is not a single space becomes a token of its own, attached to the
    sentence before it.
    """
    words: list[str] = []
    spaces: list[bool] = []
    arrays: list[Array] = []
    user_data: dict[str, Any] = {}
    string = Strings(vocab.strings)
    for doc, after in pieces:
        offset = len(words)
        _join_user_data(user_data, doc, offset)
        array = doc.to_array(_ATTRS).reshape(len(doc), len(_ATTRS))
        words.extend(string[key] for key in array[:, 0].tolist())
        spaces.extend(array[:, 1].astype(bool).tolist())
        arrays.append(array[:, 2:])
        if after == " " and len(doc) and not spaces[-1]:
            spaces[-1] = True
        elif after:
            words.append(after)
            spaces.append(False)
            arrays.append(_blank(vocab, doc, after))
            _pad_user_data(user_data, len(words))
    joined = Doc(vocab, words=words, spaces=spaces)
    del spaces, string
    if words:
        joined.from_array(_ATTRS[2:], np.concatenate(arrays))
    joined.user_data.update(user_data)
    return joined


def _blank(vocab: Vocab, doc: Doc, text: str) -> Array:
    """Return the row of a white-space token that hangs on the root of the last sentence of ``doc``."""
    row = dict.fromkeys(_ATTRS[2:], 0)
    row[LEMMA] = row[NORM] = vocab.strings.add(text)
    row[TAG] = vocab.strings.add("空白")
    row[POS] = _SPACE_POS
    row[MORPH] = vocab.morphology.add("")
    row[ENT_IOB] = 2
    if len(doc):
        row[DEP] = vocab.strings.add("dep")
        row[HEAD] = _root(doc) - len(doc)
    values = [row[attr] for attr in _ATTRS[2:]]
    return np.array([value % 2**64 for value in values], dtype=np.uint64).reshape(1, -1)


def _root(doc: Doc) -> int:
    token = doc[len(doc) - 1]
    while token.head.i != token.i:
        token = token.head
    return int(token.i)


def _join_user_data(joined: dict[str, Any], doc: Doc, offset: int) -> None:
    for key in _PER_TOKEN:
        if key in doc.user_data:
            joined.setdefault(key, []).extend(doc.user_data[key])
    for key in _INDICES:
        if key in doc.user_data:
            joined.setdefault(key, []).extend(_shifted(doc.user_data[key], offset))
    if "clauses" in doc.user_data:
        clauses = doc.user_data["clauses"].items()
        moved = {head + offset: _shifted(members, offset) for head, members in clauses}
        joined.setdefault("clauses", {}).update(moved)


def _pad_user_data(joined: dict[str, Any], length: int) -> None:
    """Give a white-space token its place in the lists along the tokens."""
    fillers = {"bunsetu_bi_labels": "I", "bunsetu_position_types": "CONT", "sub_tokens": None}
    for key in _PER_TOKEN:
        if key in joined:
            joined[key].extend([fillers[key]] * (length - len(joined[key])))
    if "clause_heads" in joined:
        heads = joined["clause_heads"]
        heads.extend([heads[-1] if heads else length - 1] * (length - len(heads)))


def _shifted(indices: Sequence[int], by: int) -> list[int]:
    return [index + by for index in indices]
