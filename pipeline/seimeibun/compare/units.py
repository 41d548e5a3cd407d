"""What is counted: words in four forms, compounds, n-grams, formulae, entities, acts.

Each unit turns a text into occurrences. Words, compounds and n-grams divide it: their counts add up to the
total that rates and tests refer to. Entities, acts and formulae are picked out of it; theirs refer to words.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from seimeibun.compare import layers
from seimeibun.compare.compounds import compound_runs, join_words
from seimeibun.compare.dataset import ABSENT
from seimeibun.compare.errors import CompareError
from seimeibun.compare.formulae import formula_spans
from seimeibun.compare.ngrams import ngram_spans
from seimeibun.compare.words import REJECTED, Text, token_range

Ints = NDArray[np.int64]


@dataclass(frozen=True)
class Occurrences:
    """Where the terms of a unit stand, in the order of the text.

    ``term`` is an index into ``terms``, which are sorted; ``layer`` has the layer of each term. ``first``
    and ``last`` are rows of the token table (half-open); ``span_id`` is "" for what is no annotation.
    ``population`` holds the row of the paragraph of everything that the unit's total counts.
    """

    unit: str
    terms: NDArray[np.object_]
    layer: NDArray[np.object_]
    term: Ints
    doc: Ints
    para: Ints
    sent: Ints
    start: Ints
    end: Ints
    first: Ints
    last: Ints
    span_id: NDArray[np.object_]
    status: NDArray[np.object_]
    population: Ints
    divides: bool  # whether the counts add up to the total

    def __len__(self) -> int:
        return len(self.term)


def unit_names() -> list[str]:
    return [*_UNITS, "ngram:N"]


def occurrences(text: Text, unit: str) -> Occurrences:
    """Return the occurrences of ``unit``: one of :func:`unit_names`; ``ngram:3`` are sequences of 3 words."""
    name, _, size = unit.partition(":")
    if name == "ngram":
        if size and not (size.isdecimal() and 2 <= int(size) <= 9):
            message = f"unit {unit!r}: n-grams have 2 to 9 words, such as ngram:3"
            raise CompareError(message)
        return _ngrams(text, int(size or 2), unit)
    if unit not in _UNITS:
        message = f"no unit {unit!r}; there are {', '.join(unit_names())}"
        raise CompareError(message)
    return _UNITS[unit](text, unit)


def _form(text: Text, unit: str) -> Occurrences:
    words = text.words
    at = np.arange(len(words))
    return of_words(text, unit, getattr(words, unit), at, at + 1, words.para)


def _compounds(text: Text, unit: str) -> Occurrences:
    words = text.words
    first, last = compound_runs(words)
    return of_words(text, unit, join_words(words.norm, first, last), first, last, words.para[first])


def _ngrams(text: Text, n: int, unit: str) -> Occurrences:
    words = text.words
    first, last, terms = ngram_spans(words, n)
    return of_words(text, unit, terms, first, last, words.para[first])


def _formulae(text: Text, unit: str) -> Occurrences:
    words = text.words
    first, last, terms = formula_spans(words)
    return of_words(text, unit, terms, first, last, words.para, divides=False)


def of_words(
    text: Text,
    unit: str,
    terms: NDArray[np.object_],
    first: Ints,
    last: Ints,
    population: Ints,
    *,
    divides: bool = True,
) -> Occurrences:
    words = text.words
    codes, names = _codes(terms)
    of_surfaces = unit in {"surface", "formula"} or unit.startswith("ngram")
    surfaces = terms if of_surfaces else join_words(words.surface, first, last)
    kinds = layers.word_layers(words, first, last, terms, surfaces)
    return Occurrences(
        unit=unit,
        terms=names,
        layer=_majority(codes, kinds, len(names)),
        term=codes,
        doc=words.doc[first],
        para=words.para[first],
        sent=words.sent[first],
        start=words.start[first],
        end=words.end[last - 1],
        first=words.first[first],
        last=words.last[last - 1],
        span_id=np.full(len(codes), "", dtype=object),
        status=np.full(len(codes), "", dtype=object),
        population=population,
        divides=divides,
    )


def _codes(terms: NDArray[np.object_]) -> tuple[Ints, NDArray[np.object_]]:
    codes, names = pd.factorize(terms)
    names = np.asarray(names, dtype=object)
    order = np.argsort(names.astype(str), kind="stable") if len(names) else np.zeros(0, dtype=int)
    rank = np.empty(len(names), dtype=np.int64)
    rank[order] = np.arange(len(names))
    return rank[codes] if len(codes) else codes.astype(np.int64), names[order]


def _majority(codes: Ints, kinds: Ints, size: int) -> NDArray[np.object_]:
    """Return the layer in which each term stands most often; of two the one named first."""
    table = np.zeros((size, len(layers.LAYERS)), dtype=np.int64)
    np.add.at(table, (codes, kinds), 1)
    return np.asarray(np.array(layers.LAYERS, dtype=object)[table.argmax(axis=1)])


def _entities(text: Text, unit: str) -> Occurrences:
    """Count mentions by entity, so that 日本 and 日本国 are one; the term is its name."""
    spans = text.dataset["annotations"]
    rows = np.flatnonzero((spans["layer"] == "entity").to_numpy() & ~text.rejected("annotations"))
    entities = text.dataset["entities"].set_index("entity_id")["canonical"]
    chosen = spans.iloc[rows]
    canonical = chosen["entity_id"].map(entities).fillna("").to_numpy(dtype=object)
    names = np.where(canonical != "", canonical, chosen["text"].to_numpy(dtype=object))
    if "PERSON" in text.mask:
        names = np.where((chosen["label"] == "PERSON").to_numpy(), "<人名>", names)
    kinds = chosen["label"].to_numpy(dtype=object)
    return _of_spans(text, unit, "annotations", rows, names, kinds)


def _acts(column: str) -> Callable[[Text, str], Occurrences]:
    def count(text: Text, unit: str) -> Occurrences:
        acts = text.dataset["agreements"]
        values = acts[column].to_numpy(dtype=object).astype(str)
        if column == "lemma":  # 表明 (THANK) and 表明 (STATE) are two acts
            values = np.char.add(np.char.add(values, "/"), acts["category"].to_numpy(dtype=str))
        values = np.where((values == "") | (values == "-1"), "(不明)", values).astype(object)
        kinds = acts["category"].to_numpy(dtype=object)
        return _of_spans(text, unit, "agreements", np.arange(len(acts)), values, kinds)

    return count


def _of_spans(
    text: Text,
    unit: str,
    table: str,
    rows: Ints,
    terms: NDArray[np.object_],
    kinds: NDArray[np.object_],
) -> Occurrences:
    spans = text.dataset[table].iloc[rows]
    sent = text.sent_of(table)[rows]
    para = np.where(sent >= 0, text.sent_para[sent], ABSENT)
    status = _status(text, spans)
    kept = (para >= 0) & (status != REJECTED)
    spans, rows, sent, para = spans[kept], rows[kept], sent[kept], para[kept]
    terms, kinds, status = terms[kept], kinds[kept], status[kept]
    doc = text.doc_of(table)[rows]
    start, end = spans["start"].to_numpy(), spans["end"].to_numpy()
    order = np.lexsort((-end, start, doc))
    codes, names = _codes(terms)
    first, last = token_range(token_keys(text), doc, start, end)
    by_term = pd.Series(kinds).groupby(codes).agg(lambda k: k.value_counts().sort_index().idxmax())
    return Occurrences(
        unit=unit,
        terms=names,
        layer=by_term.sort_index().to_numpy(dtype=object),
        term=codes[order],
        doc=doc[order],
        para=para[order],
        sent=sent[order],
        start=start[order],
        end=end[order],
        first=first[order],
        last=last[order],
        span_id=spans["span_id"].to_numpy(dtype=object)[order],
        status=status[order],
        population=text.words.para,
        divides=False,
    )


def _status(text: Text, spans: pd.DataFrame) -> NDArray[np.object_]:
    if "status" in spans.columns:
        return np.asarray(spans["status"].to_numpy(dtype=object))
    review = text.dataset["annotations"].set_index("span_id")["status"]
    return np.asarray(spans["span_id"].map(review).fillna("pending").to_numpy(dtype=object))


def token_keys(text: Text) -> tuple[Ints, Ints]:
    tokens = text.dataset["tokens"]
    doc = text.doc_of("tokens") << 32
    return doc + tokens["start"].to_numpy(), doc + tokens["end"].to_numpy()


_UNITS: dict[str, Callable[[Text, str], Occurrences]] = {
    "compound": _compounds,
    "norm": _form,
    "lemma": _form,
    "surface": _form,
    "entity": _entities,
    "formula": _formulae,
    "act": _acts("category"),
    "act_lemma": _acts("lemma"),
    "act_actor": _acts("actor_resolved"),
    "act_level": _acts("commitment_level"),
}
