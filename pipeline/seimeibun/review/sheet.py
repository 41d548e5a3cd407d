"""Decisions as rows of a review sheet (``seimeibun.export.review_sheet``), and such a sheet written."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from seimeibun.export.review_sheet import (
    ACCEPT,
    ADD,
    ASKED,
    CERTIFIED,
    CORRECT,
    REJECT,
    YES,
    write_sheet,
)
from seimeibun.export.workbook import printable
from seimeibun.review.entries import merge
from seimeibun.review.events import Event
from seimeibun.review.machine import Document, span_of
from seimeibun.review.session import Session
from seimeibun.review.sheet_values import written
from seimeibun.review.state import Item, Span, State, fold
from seimeibun.tables.schema import LABELS

Row = dict[str, str]
RULE = "\n---\n"  # between comments in their cell


@dataclass(frozen=True, slots=True)
class Written:
    """What a sheet holds; ``notes`` say what it could not."""

    documents: int
    spans: int
    decided: int
    notes: list[str]


def export_sheet(
    folder: str | Path,
    path: str | Path,
    *,
    reviewer: str,
    layers: Iterable[str] = tuple(LABELS),
    documents: Iterable[str] | None = None,
) -> Written:
    """Write the spans of a dataset with what ``reviewer`` decided, to go on with in Excel."""
    layers = tuple(layers)
    rows: list[Row] = []
    about: list[Row] = []
    orphans = 0
    with Session(folder, reviewer=reviewer, layers=layers, documents=documents, write=False) as session:  # fmt: skip
        for doc_id in session.doc_ids:
            review = session.peek(doc_id)
            found = sheet_rows(review.document, review.state)
            rows += [row for row in found.values() if row["layer"] in layers]
            about.append(document_row(review.document, review.state, review.events, reviewer))
            orphans += len(review.state.orphans)
    notes = write_sheet(Path(path), rows, about)
    if orphans:
        notes.append(f"{orphans} decisions have no place in the text any more; they stay in the log only")  # fmt: skip
    return Written(len(about), len(rows), sum(row["判定"] != "" for row in rows), notes)


def sheet_rows(document: Document, state: State) -> dict[str, Row]:
    """Return the rows of a document by span id, in the order of the text, cells as a sheet keeps them."""
    entries, gone = merge(document, state)
    found = [(entry.span_id, entry.item, entry.row is None) for entry in entries]
    found += [(item.origin.span_id(document.doc_id), item, True) for item in gone]
    rows = {}
    for span_id, item, is_new in found:
        row = document.spans.get(span_id)
        span = span_of(row) if row else item.origin if item else None
        if span is not None:
            added = is_new and item is not None and item.decision == "accepted"
            cells = given(document, span_id, span) | asked(document, span, item, added=added)
            rows[span_id] = {name: clean(cell) for name, cell in cells.items()}
    order = {span_id: at for at, (span_id, _, _) in enumerate(found)}
    return dict(sorted(rows.items(), key=lambda pair: order[pair[0]]))


def clean(cell: str) -> str:
    """Return a cell as it comes back out of a workbook that somebody saved."""
    return printable(cell).strip()


def given(document: Document, span_id: str, span: Span) -> Row:
    """Return the cells that say what was found: by the machine, or else what was added."""
    row = document.spans.get(span_id)
    return {
        "span_id": span_id,
        "doc_id": document.doc_id,
        "layer": span.layer,
        "label": span.label,
        "text": row["text"] if row else document.quote(span.start, span.end),
        "value": row["value"] if row else "",
        "sentence": row["sentence"] if row else document.sentence_at(span.start).get("text", ""),
    }


def asked(document: Document, origin: Span, item: Item | None, *, added: bool) -> Row:
    """Return the cells that a reviewer fills, as ``item`` fills them."""
    if item is None:
        return dict.fromkeys(ASKED, "")
    span = item.span
    moved = (span.start, span.end) != (origin.start, origin.end)
    values = written(span.layer, item.values)
    corrected = moved or span.label != origin.label or bool(values)
    verdict = {"accepted": CORRECT if corrected else ACCEPT, "rejected": REJECT}.get(item.decision, "")  # fmt: skip
    return {
        "判定": ADD if added else verdict,
        "修正後テキスト": document.quote(span.start, span.end) if moved else "",
        "修正後位置": f"{span.start}-{span.end}" if moved else "",
        "修正後ラベル": span.label if span.label != origin.label else "",
        "修正後の値": values,
        "要確認": YES if item.flagged else "",
        "コメント": RULE.join(item.comments),
    }


def document_row(document: Document, state: State, events: Iterable[Event], reviewer: str) -> Row:
    """Return the row of a document on the sheet 情報."""
    log = list(events)
    return {
        **{name: document.row.get(name, "") for name in ("doc_id", "title", "date", "n_chars")},
        "text_sha256": document.sha256,
        "reviewer": reviewer,
        "run_id": document.run_id,
        "n_events": str(len(log)),
        "last_event": log[-1].event_id if log else "",
        CERTIFIED: certified_cell(state),
    }


def certified_cell(state: State) -> str:
    return ";".join(layer for layer in LABELS if layer in state.certified)


def baseline(document: Document, events: Iterable[Event], about: Mapping[str, str]) -> State | None:
    """Return what was decided when the sheet was written; None if that was in another log."""
    log = list(events)
    number = int(about["n_events"]) if about["n_events"].isdecimal() else -1
    if not 0 <= number <= len(log) or (log[number - 1].event_id if number else "") != about["last_event"]:  # fmt: skip
        return None
    return fold(log[:number], document.text)
