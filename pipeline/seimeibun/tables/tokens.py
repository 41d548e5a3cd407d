"""The token table, read from a ``Doc`` in arrays: it is the longest of all by far."""

from itertools import accumulate
from typing import Any

from spacy.attrs import DEP, HEAD, IDX, LEMMA, LENGTH, MORPH, NORM, POS, TAG

from seimeibun.components.reading import Strings
from seimeibun.tables.document import Document, published

_ATTRS = (IDX, LENGTH, NORM, LEMMA, POS, TAG, MORPH, DEP, HEAD)
_READING = "Reading="
_NO_FEATURES = {"_": ""}  # spaCy's sign for none


def token_columns(document: Document) -> dict[str, list[Any]]:
    """Return the columns of the document's tokens; white space has no row."""
    doc = document.doc
    array = doc.to_array(_ATTRS).reshape(len(doc), len(_ATTRS))
    idx, length, norm, lemma, pos, tag, morph, dep, _ = array.T.tolist()
    heads = array[:, -1].astype("int64").tolist()  # relative, and negative to the left
    text = document.clean
    rows = [i for i in range(len(doc)) if not text[idx[i] : idx[i] + length[i]].isspace()]
    ids = dict(zip(rows, range(1, len(rows) + 1), strict=True))
    starts = array[rows, 0].astype("int64")
    begins, ends = document.to_sources(starts, starts + array[rows, 1].astype("int64"))
    string = Strings(doc.vocab.strings)
    feats = [_NO_FEATURES.get(feat, feat) for feat in (string[morph[i]] for i in rows)]
    tokens = [
        published(document.source[begin:end], text[idx[i] : idx[i] + length[i]])
        for i, begin, end in zip(rows, begins, ends, strict=True)
    ]
    bunsetu = _bunsetu_numbers(doc.user_data.get("bunsetu_bi_labels"), len(doc))
    return {
        "doc_id": [document.doc_id] * len(rows),
        "token_id": list(ids.values()),
        "sent_no": [document.sentences.number_at(idx[i]) for i in rows],
        "start": begins,
        "end": ends,
        "token": tokens,
        "norm": [string[norm[i]] or token for i, token in zip(rows, tokens, strict=True)],
        "lemma": [string[lemma[i]] for i in rows],
        "reading": [_reading(feat) for feat in feats],
        "upos": [string[pos[i]] for i in rows],
        "xpos": [string[tag[i]] for i in rows],
        "feats": feats,
        "head_token_id": [ids.get(i + heads[i]) if heads[i] else None for i in rows],
        "dep_rel": [string[dep[i]] for i in rows],
        "bunsetu_no": [bunsetu[i] for i in rows],
    }


def _reading(feats: str) -> str:
    _, found, rest = feats.partition(_READING)
    return rest.partition("|")[0] if found else ""


def _bunsetu_numbers(labels: list[str] | None, length: int) -> list[int | None]:
    """Return the number of the 文節 of every token, from GiNZA's B and I labels."""
    if labels is None or len(labels) != length:
        return [None] * length
    return [number or None for number in accumulate(int(label == "B") for label in labels)]
