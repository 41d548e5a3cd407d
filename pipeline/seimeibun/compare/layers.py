"""What kind of word a term is: each layer of vocabulary has its own list of keywords.

In diplomatic statements the strongest keywords of a document are those who speak (双方, 各国外務大臣); what the
statement is about comes below. So the layers are told apart, by occurrence, and a term belongs to the layer
in which it stands most often.
"""

import re
from collections.abc import Callable
from functools import cache

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from seimeibun.compare.words import Words
from seimeibun.rules import read_table

TOPIC, ENTITY, ACTOR, ACT, DATE_NUMBER, PROCEDURAL, FUNCTION = (
    "topic", "entity", "actor", "act", "date_number", "procedural", "function",
)  # fmt: skip
LAYERS = (TOPIC, ENTITY, ACTOR, ACT, DATE_NUMBER, PROCEDURAL, FUNCTION)
LAYERS_JA = {
    TOPIC: "主題", ENTITY: "固有表現", ACTOR: "主体の定型", ACT: "合意等の行為語", DATE_NUMBER: "日付・数",
    PROCEDURAL: "手続きの語・副詞", FUNCTION: "機能語",
}  # fmt: skip
_FUNCTION = re.compile(
    r"助詞|助動詞|接続詞|連体詞|代名詞|感動詞|非自立可能|^形状詞-助動詞語幹|^接尾辞-形容詞的"
)
_ADVERB = re.compile(r"^副詞")
_DIGIT = re.compile(r"\d")


@cache
def procedural_words() -> frozenset[str]:
    rows = read_table("procedural_words.tsv", ("word", "kind", "example"))
    return frozenset(row["word"] for row in rows)


@cache
def actor_words() -> frozenset[str]:
    rows = read_table("actor_aliases.tsv", ("alias", "meaning", "example"))
    return frozenset(row["alias"] for row in rows)


def _each(values: NDArray[np.object_], test: Callable[[str], object]) -> NDArray[np.bool_]:
    """Apply a test to every different value once."""
    codes, unique = pd.factorize(values)
    found = np.array([bool(test(value)) for value in unique], dtype=np.bool_)
    return found[codes] if len(values) else np.zeros(0, dtype=bool)


def word_layers(
    words: Words,
    first: NDArray[np.int64],
    last: NDArray[np.int64],
    terms: NDArray[np.object_],
    surfaces: NDArray[np.object_],
) -> NDArray[np.int64]:
    """Return the layer (an index of :data:`LAYERS`) of units made of the words ``first`` to before ``last``."""
    length = np.maximum(last - first, 1)

    def share(flags: NDArray[np.bool_]) -> NDArray[np.float64]:
        sizes = np.where(flags, words.end - words.start, 0)
        sums = np.concatenate([[0], np.cumsum(sizes)])
        widths = np.concatenate([[0], np.cumsum(words.end - words.start)])
        span = np.maximum(widths[last] - widths[first], 1)
        return np.asarray((sums[last] - sums[first]) / span)

    single = length == 1
    person = words.mask[first] == "<人名>"
    masked = (words.mask[first] != "") & single
    adverb = single & (_each(words.xpos[first], _ADVERB.search) | (words.upos[first] == "ADV"))
    function = single & (
        _each(words.xpos[first], _FUNCTION.search)
        | np.isin(
            words.upos[first], ["ADP", "AUX", "SCONJ", "CCONJ", "PART", "DET", "PRON", "INTJ"]
        )
    )
    alias = _each(terms, actor_words().__contains__) | _each(surfaces, actor_words().__contains__)
    acting = share(words.in_act) > 0
    conditions = [
        masked & ~person,
        alias,
        (share(words.in_entity) > 0.5) | (masked & person),
        function & ~acting,
        acting,
        adverb | (single & _each(words.norm[first], procedural_words().__contains__)),
        _each(terms, _DIGIT.search),
        share(words.in_actor) == 1,
    ]
    layers = [DATE_NUMBER, ACTOR, ENTITY, FUNCTION, ACT, PROCEDURAL, DATE_NUMBER, ACTOR]
    return np.select(conditions, [LAYERS.index(layer) for layer in layers], LAYERS.index(TOPIC))
