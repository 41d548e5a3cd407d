"""Machine and decisions together: the spans of a document as they stand."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from seimeibun.review.machine import Document, Row, span_of
from seimeibun.review.state import Item, Span, State
from seimeibun.review.values import category_columns, columns, read_values, value_cell


@dataclass(frozen=True, slots=True)
class Entry:
    """A span as a reviewer sees it. ``span_id`` names it in decisions and does not change with them."""

    span_id: str
    span: Span
    row: Row | None  # what the machine said; None for an addition, or where it says so no more
    item: Item | None

    @property
    def status(self) -> str:
        """One of pending, accepted, rejected, flagged; a flag asks for attention whatever was decided."""
        if self.item is None:
            return "pending"
        return "flagged" if self.item.flagged else self.item.decision or "pending"

    @property
    def decided(self) -> bool:
        return bool(self.item and self.item.decision)

    @property
    def rejected(self) -> bool:
        return bool(self.item and self.item.decision == "rejected")


def merge(document: Document, state: State) -> tuple[list[Entry], list[Item]]:
    """Return the spans in the order of the text, and decisions whose span is gone.

    A span that was accepted, changed or added stands even if the machine no longer finds it.
    """
    doc_id = document.doc_id
    items = dict(state.items)
    by_place: dict[str, Item] = {}
    for key, item in items.items():
        if key not in document.spans and not item.removed:
            by_place.setdefault(item.span.span_id(doc_id), item)
    entries: dict[str, Entry] = {}
    used: set[int] = set()
    for span_id, row in document.spans.items():
        own = items.get(span_id) or by_place.get(span_id)
        if own is not None:
            used.add(id(own))
        entries[span_id] = Entry(span_id, own.span if own else span_of(row), row, own)
    standing = {entry.span for entry in entries.values() if not entry.rejected}
    gone = []
    for key, item in items.items():
        if id(item) in used or item.removed:
            continue
        if item.decision == "accepted" and item.span not in standing:
            entries[key] = Entry(key, item.span, None, item)
            standing.add(item.span)
        elif item.decision != "accepted":
            gone.append(item)
    return sorted(entries.values(), key=_order), gone


def _order(entry: Entry) -> tuple[int, int, str, str]:
    return entry.span.start, -entry.span.end, entry.span.layer, entry.span.label


def facts_of(document: Document, entry: Entry) -> dict[str, str]:
    """Return the columns that the layer keeps of the span, with the reviewer's corrections."""
    facts, span, row = machine_facts(document, entry), entry.span, entry.row
    if row is not None and span.label != row["label"]:
        facts |= _of_new_label(document, span)
    if row is not None and (span.start, span.end) != (int(row["start"]), int(row["end"])):
        facts |= _read(document, span)
    if entry.item is not None:
        facts |= entry.item.values
    facts["value"] = value_cell(span.layer, span.label, facts)
    return facts


def machine_facts(document: Document, entry: Entry) -> dict[str, str]:
    """Return the columns as the machine has them; of an addition, what its characters say."""
    if entry.row is not None:
        facts = {**document.facts.get(entry.row["span_id"], {})}
        return {**facts, "value": entry.row["value"]}
    facts = _read(document, entry.span)
    if entry.span.layer == "entity":
        facts["value"] = _entity_id(document, entry.span)
    return facts


def _read(document: Document, span: Span) -> dict[str, str]:
    quote = document.quote(span.start, span.end)
    return read_values(span.layer, span.label, quote, date=document.row.get("date", ""))


def _of_new_label(document: Document, span: Span) -> dict[str, str]:
    """Return what cannot stay as it was under another label: a programme is not called JPN."""
    if span.layer == "agreement":
        return category_columns(span.label)
    return {"value": _entity_id(document, span)} if span.layer == "entity" else {}


def _entity_id(document: Document, span: Span) -> str:
    """Return the entity that the same characters name elsewhere in the document, else one of that name."""
    quote = document.quote(span.start, span.end)
    for row in document.tables["annotations"]:
        if row["layer"] == "entity" and row["label"] == span.label and row["text"] == quote:
            return row["entity_id"]
    return f"{span.label.lower()}/{''.join(quote.split())}"


def editable(document: Document, entry: Entry) -> dict[str, str]:
    """Return the values that a reviewer may correct."""
    facts = facts_of(document, entry)
    return {name: facts.get(name, "") for name in columns(entry.span.layer)}


def pending(entries: Iterable[Entry], layers: Iterable[str]) -> Iterator[Entry]:
    wanted = set(layers)
    return (entry for entry in entries if entry.span.layer in wanted and not entry.decided)
