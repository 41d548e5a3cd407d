"""A ``Doc`` as the plain :class:`~seimeibun.analysis.Analysis` that entity and agreement rules read."""

from typing import Any

from spacy.tokens import Doc

from seimeibun.analysis import Analysis
from seimeibun.components.extensions import STATEMENT, date_of, parties_of
from seimeibun.components.layers import LAYERS, read_layer
from seimeibun.components.reading import folded_text, tokens_of
from seimeibun.found import Found
from seimeibun.statement.sentences import sentence_spans


def analysis_of(doc: Doc) -> Analysis:
    """Return tokens, sentences, paragraphs and the layers found so far; the text is width-folded."""
    text = folded_text(doc)
    structure = doc.user_data.get(STATEMENT)
    return Analysis(
        text=text,
        tokens=tokens_of(doc),
        sentences=_spans(structure["sentences"]) if structure else tuple(sentence_spans(text)),
        paragraphs=_spans(structure["paragraphs"]) if structure else tuple(_lines(text)),
        model_entities=tuple(
            Found(ent.start_char, ent.end_char, ent.label_, rule="model") for ent in doc.ents
        ),
        layers={name: tuple(read_layer(doc, name)) for name in LAYERS if name in doc.spans},
        date=date_of(doc),
        parties=parties_of(doc),
        organizations=_organizations(structure["parties"]) if structure else (),
    )


def _organizations(rows: list[dict[str, Any]]) -> tuple[str, ...]:
    return tuple(row["name"] for row in rows if not row["iso3"])


def _spans(rows: list[dict[str, Any]]) -> tuple[tuple[int, int], ...]:
    return tuple((row["start"], row["end"]) for row in rows)


def _lines(text: str) -> list[tuple[int, int]]:
    spans, start = [], 0
    for line in text.split("\n"):
        if line.strip():
            spans.append((start, start + len(line)))
        start += len(line) + 1
    return spans
