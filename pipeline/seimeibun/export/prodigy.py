"""Prodigy JSON lines, for ``spans.manual`` and ``rel.manual``: a document is a task.

Carried: text, tokens, nested and crossing spans, relations; value, layer, source and rule as further keys,
which Prodigy keeps and does not show. Offsets are code points, ``token_end`` is inclusive, as Prodigy has
it; a CR is a space. Not carried: spans that are not made of whole tokens (listed), and their relations.
"""

from pathlib import Path
from typing import Any

from seimeibun.export.dataset import Dataset, Document, Relation, Span
from seimeibun.export.files import write_text
from seimeibun.export.outcome import LeftOut, Outcome
from seimeibun.export.pieces import UNALIGNED, Alignment, Piece, left_out, words
from seimeibun.export.textual import json_line, plain_newlines
from seimeibun.export.unlinked import dropped, unlinked

Found = dict[str, tuple[Span, int, int]]


def write(dataset: Dataset, path: Path) -> Outcome:
    outcome = Outcome()
    lines = []
    for document in dataset.documents():
        parts = words(document)
        found, missing = _aligned(document, parts)
        kept = [r for r in document.relations if {r.head.span_id, r.dep.span_id} <= found.keys()]
        lines.append(json_line(_task(document, parts, found, kept)))
        outcome.documents += 1
        outcome.spans += len(found)
        outcome.relations += len(kept)
        lost = [relation for relation in document.relations if relation not in kept]
        outcome.left_out += [*missing, *unlinked(document), *dropped(document, lost)]
    outcome.files.append(write_text(path, lines))
    return outcome


def _aligned(document: Document, parts: list[Piece]) -> tuple[Found, list[LeftOut]]:
    alignment = Alignment([(part.start, part.end) for part in parts])
    found, missing = {}, []
    for span in document.spans:
        units = alignment.units(span.start, span.end)
        if units is None:
            missing.append(left_out(document, span, UNALIGNED))
        else:
            found[span.span_id] = (span, *units)
    return found, missing


def _task(
    document: Document, parts: list[Piece], found: Found, relations: list[Relation]
) -> dict[str, Any]:
    text = plain_newlines(document.text)
    nexts = [part.start for part in parts[1:]] + [len(text)]
    return {
        "text": text,
        "tokens": [
            {
                "text": text[part.start : part.end],
                "start": part.start,
                "end": part.end,
                "id": number,
                "ws": start > part.end,
            }
            for number, (part, start) in enumerate(zip(parts, nexts, strict=True))
        ],
        "spans": [_span(*item) for item in found.values()],
        "relations": [_relation(relation, found) for relation in relations],
        "meta": {name: document.meta[name] for name in ("doc_id", "title", "date")},
    }


def _span(span: Span, first: int, last: int) -> dict[str, Any]:
    facts = {name: span.row[name] for name in ("layer", "value", "source", "rule", "span_id")}
    return _ends(span, first, last) | facts


def _relation(relation: Relation, found: Found) -> dict[str, Any]:
    """Return a relation; Prodigy names a span by its last token (``head``, ``child``) and its bounds."""
    head, child = _ends(*found[relation.head.span_id]), _ends(*found[relation.dep.span_id])
    return {
        "head": head["token_end"],
        "child": child["token_end"],
        "head_span": head,
        "child_span": child,
        "label": relation.name,
    }


def _ends(span: Span, first: int, last: int) -> dict[str, Any]:
    return {
        "start": span.start,
        "end": span.end,
        "token_start": first,
        "token_end": last,
        "label": span.label,
    }
