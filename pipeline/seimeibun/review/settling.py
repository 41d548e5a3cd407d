"""Bringing a span to what somebody says it should be, in as few decisions as it takes."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from seimeibun.review.entries import Entry, editable
from seimeibun.review.events import Change, Event
from seimeibun.review.machine import span_of
from seimeibun.review.session import DocumentReview
from seimeibun.review.state import Item, Span
from seimeibun.review.values import check_values, columns


@dataclass(frozen=True, slots=True)
class Wanted:
    """How a span should stand: decided, where, under which label, with which values, and what is said of it."""

    decision: str  # accepted, rejected or ""
    span: Span
    values: Mapping[str, str] = field(default_factory=dict)
    added: bool = False
    flagged: bool = False
    comments: tuple[str, ...] = ()


def settle(review: DocumentReview, span_id: str, origin: Span, wanted: Wanted) -> list[Event]:
    """Write the decisions after which the span ``span_id``, once at ``origin``, stands as ``wanted``.

    Other spans are not looked at: several may be moved through one another. Raises
    :class:`~seimeibun.review.values.RefusalError` for a value that cannot be.
    """
    before = len(review.events)
    item = review.state.items.get(span_id)
    if item is not None and not _leads_to(item, wanted):
        review.withdraw(span_id)
    if wanted.decision:
        _decide(review, span_id, origin, wanted)
    _remark(review, span_id, origin, wanted)
    return list(review.events[before:])


def _leads_to(item: Item, wanted: Wanted) -> bool:
    """Tell whether further decisions reach what is wanted: a corrected value cannot be unsaid by one."""
    if not wanted.decision:
        return not item.decision
    return _own(item).keys() <= wanted.values.keys()


def _own(item: Item) -> dict[str, str]:
    known = columns(item.span.layer)
    return {name: value for name, value in item.values.items() if name in known}


def _entry(review: DocumentReview, span_id: str, origin: Span) -> Entry:
    """Return the span as it stands; one that this run does not have stands where its id says."""
    items, row = review.state.items, review.document.spans.get(span_id)
    item = items.get(span_id)
    if item is None and row is not None:
        item = next(_elsewhere(review, span_id), None)
    span = item.span if item else span_of(row) if row else origin
    return Entry(span_id, span, row, item)


def _elsewhere(review: DocumentReview, span_id: str) -> Iterator[Item]:
    """Yield what was added, or found by another run, and stands where ``span_id`` is now."""
    for key, item in review.state.items.items():
        known = key in review.document.spans or item.removed
        if not known and item.span.span_id(review.doc_id) == span_id:
            yield item


def _decide(review: DocumentReview, span_id: str, origin: Span, wanted: Wanted) -> None:
    entry = _entry(review, span_id, origin)
    new = wanted.added and entry.row is None
    if new and not (entry.item and entry.item.added and entry.decided):
        review.write_addition(span_id, origin)
    entry = _entry(review, span_id, origin)
    if entry.span.label != wanted.span.label:
        review.about("relabel", entry, after=Change(label=wanted.span.label))
    entry = _entry(review, span_id, origin)
    start, end = wanted.span.start, wanted.span.end
    if (entry.span.start, entry.span.end) != (start, end):
        change = Change(start=start, end=end, quote=review.document.text[start:end])
        review.about("adjust", entry, after=change, attrs=review.aligned(start, end))
    _set_values(review, _entry(review, span_id, origin), wanted)
    entry = _entry(review, span_id, origin)
    decision = entry.item.decision if entry.item else ""
    if decision != wanted.decision:
        review.about("reject" if wanted.decision == "rejected" else "accept", entry)


def _set_values(review: DocumentReview, entry: Entry, wanted: Wanted) -> None:
    have = _own(entry.item) if entry.item else {}
    if have == wanted.values:
        return
    merged = check_values(
        entry.span.layer,
        entry.span.label,
        {**editable(review.document, entry), **wanted.values},
        review.document.text,
    )
    known = columns(entry.span.layer)
    said = {n: v for n, v in merged.items() if n in wanted.values or n not in known}
    if have != {name: said[name] for name in wanted.values}:
        review.about("set_value", entry, attrs=said)


def _remark(review: DocumentReview, span_id: str, origin: Span, wanted: Wanted) -> None:
    item = review.state.items.get(span_id)
    have = item.comments if item else ()
    if wanted.comments[: len(have)] != have:
        review.withdraw(span_id, comments=True)
        have = ()
    for comment in wanted.comments[len(have) :]:
        review.about("comment", _entry(review, span_id, origin), comment=comment)
    flagged = bool(item and item.flagged)
    if flagged != wanted.flagged:
        review.about("flag" if wanted.flagged else "unflag", _entry(review, span_id, origin))
