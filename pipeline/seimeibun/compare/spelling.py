"""Spelling that changes under a term: はかる in one group and 図る in the other are one word written twice.

Sudachi's normalisation leaves kana alone where several words sound the same. A term in kana and one with
kanji of the same reading, each more frequent on another side, are therefore pointed out; whether they are
one word, the reader decides.
"""

import re
from collections.abc import Mapping

import numpy as np
import pandas as pd

from seimeibun.compare.units import Occurrences
from seimeibun.compare.words import Text

_KANA = re.compile(r"[ぁ-ゖー]+")
_KANJI = re.compile(r"[一-鿿]")
_TO_KATAKANA = {code: code + 0x60 for code in range(ord("ぁ"), ord("ゖ") + 1)}


def variants(readings: Mapping[str, str], df: pd.DataFrame) -> np.ndarray:
    """Return for each row the tested term of the other side that may be the same word, "" for none."""
    result = np.full(len(df), "", dtype=object)
    term, layer, side = (df[name].to_numpy(dtype=object) for name in ("term", "layer", "side"))
    rows = np.flatnonzero(df["tested"].to_numpy(dtype=bool) & (layer != "function"))
    kanji: dict[tuple[str, str], np.int64] = {}
    for at in rows:
        if _KANJI.search(term[at]) and term[at] in readings:
            kanji.setdefault((readings[term[at]], side[at]), at)
    for at in rows:
        if len(term[at]) < 2 or not _KANA.fullmatch(term[at]):
            continue
        other = {"target": "reference", "reference": "target"}.get(side[at], "")
        match = kanji.get((term[at].translate(_TO_KATAKANA), other))
        if match is not None:
            result[at], result[match] = term[match], term[at]
    return result


def readings(text: Text, found: Occurrences) -> dict[str, str]:
    """Return the reading of terms of one token, from where they stand in their dictionary form."""
    tokens = text.dataset["tokens"]
    single = np.flatnonzero(found.last - found.first == 1)
    rows = found.first[single]
    plain = tokens["token"].to_numpy()[rows] == tokens["lemma"].to_numpy()[rows]
    terms = found.terms[found.term[single[plain]]]
    return dict(zip(terms, tokens["reading"].to_numpy()[rows[plain]], strict=True))
