"""A statement as a spaCy ``Doc``, made from the tables; no model is loaded."""

from collections import defaultdict

from spacy.tokens import Doc
from spacy.tokens import Span as DocSpan
from spacy.util import filter_spans
from spacy.vocab import Vocab

from seimeibun.export.dataset import Document, Span
from seimeibun.export.outcome import LeftOut
from seimeibun.export.pieces import UNALIGNED, Alignment, Piece, left_out, words
from seimeibun.tables.schema import LAYER_NAMES

GROUPS = {layer: group for group, layer in LAYER_NAMES.items()}


def to_doc(document: Document, vocab: Vocab) -> tuple[Doc, list[LeftOut]]:
    """Return a ``Doc`` whose text is that of the statement, and the spans that it cannot hold.

    White space between tokens is a token of its own, but for a single blank. Span groups are named as
    in the pipeline (``entities``, ``dates`` …); ``kb_id_`` is the value, ``id_`` the rule. ``doc.ents``
    are the longest spans of the entity layer that do not overlap.
    """
    parts = words(document)
    doc = Doc(vocab, **_columns(document, parts))
    doc.user_data["._.", "doc_id", None, None] = document.doc_id  # as doc._.doc_id keeps it
    doc.user_data["._.", "date", None, None] = document.meta["date"]
    missing = _set_spans(doc, document, Alignment([(part.start, part.end) for part in parts]))
    return doc, missing


def _columns(document: Document, parts: list[Piece]) -> dict[str, list[object]]:
    text = document.text
    rows = [part.token.row if part.token else {} for part in parts]
    nexts = [part.start for part in parts[1:]] + [len(text)]
    return {
        "words": [text[part.start : part.end] for part in parts],
        "spaces": [start > part.end for part, start in zip(parts, nexts, strict=True)],
        "tags": [row.get("xpos", "") for row in rows],
        "pos": [row.get("upos", "SPACE") for row in rows],
        "morphs": [row.get("feats", "") for row in rows],
        "lemmas": [row.get("lemma") or text[p.start : p.end] for row, p in zip(rows, parts, strict=True)],
        "heads": list(_heads(parts)),
        "deps": [row.get("dep_rel", "dep") or "dep" for row in rows],
    }  # fmt: skip


def _heads(parts: list[Piece]) -> list[int]:
    """Return the head of each part; one between tokens hangs from its neighbour, so that no sentence ends."""
    numbers = {part.token.number: number for number, part in enumerate(parts) if part.token}
    return [
        numbers.get(part.token.row["head_token_id"], number)
        if part.token
        else (number - 1 if number else min(1, len(parts) - 1))
        for number, part in enumerate(parts)
    ]


def _set_spans(doc: Doc, document: Document, alignment: Alignment) -> list[LeftOut]:
    groups: dict[str, list[DocSpan]] = defaultdict(list)
    missing = []
    for span in document.spans:
        found = alignment.units(span.start, span.end)
        if found is None:
            missing.append(left_out(document, span, UNALIGNED))
        else:
            groups[span.layer].append(_doc_span(doc, span, *found))
    for layer, group in GROUPS.items():
        doc.spans[group] = groups[layer]
    doc.ents = filter_spans(groups["entity"])
    return missing


def _doc_span(doc: Doc, span: Span, first: int, last: int) -> DocSpan:
    return DocSpan(
        doc, first, last + 1, label=span.label, kb_id=span.value, span_id=span.row["rule"]
    )
