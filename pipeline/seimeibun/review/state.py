"""What the decisions of a log come to: the fold of its events over a text."""

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, NamedTuple

from seimeibun.review.anchors import find_anchor
from seimeibun.review.events import (
    EDITS,
    Event,
    Place,
    label_complaint,
    make_span_id,
    parse_span_id,
)

BATCH = "batch"  # in attrs: ties events that were one decision
LAYERS = "layers"  # in attrs: what is certified
_STRETCHES = ("actor", "object")


class Span(NamedTuple):
    """A labelled stretch of the text as it is now."""

    layer: str
    label: str
    start: int
    end: int

    def span_id(self, doc_id: str) -> str:
        return make_span_id(doc_id, self.layer, self.label, self.start, self.end)


@dataclass(frozen=True, slots=True)
class Item:
    """A span that was decided upon. ``origin`` is where the machine had it, or where it was added."""

    origin: Span
    span: Span
    decision: str = ""  # accepted, rejected or "" (only remarks so far)
    added: bool = False
    removed: bool = False
    flagged: bool = False
    values: Mapping[str, str] = field(default_factory=dict)
    comments: tuple[str, ...] = ()
    reviewer: str = ""
    blind: bool = False
    events: tuple[str, ...] = ()  # ids of those that made it, none of which is taken back

    @property
    def changed(self) -> bool:
        return self.added or self.span != self.origin or bool(self.values)

    @property
    def empty(self) -> bool:
        """Tell whether nothing is left of the decisions: all was undone or removed."""
        return not (self.decision or self.flagged or self.comments)


@dataclass(frozen=True, slots=True)
class Orphan:
    """A decision that has no place in the text or scheme any more, and why."""

    event: Event
    reason: str


@dataclass(slots=True)
class State:
    """The decisions of one reviewer about one document.

    ``placed`` keeps what was undone or removed too: a later decision may go on from there.
    """

    items: dict[str, Item] = field(default_factory=dict)
    placed: dict[str, Item] = field(default_factory=dict)
    certified: set[str] = field(default_factory=set)  # layers
    orphans: list[Orphan] = field(default_factory=list)
    moved: int = 0  # decisions found again at another place
    effective: list[Event] = field(default_factory=list)

    def digest(self) -> str:
        """Return a hash of all that the state says; equal states have equal ones."""
        data: dict[str, Any] = {
            "items": {key: [*item.origin, *item.span, item.decision, item.added, item.removed,
                            item.flagged, sorted(item.values.items()), item.comments]
                      for key, item in sorted(self.items.items())},
            "certified": sorted(self.certified),
            "orphans": [orphan.event.event_id for orphan in self.orphans],
        }  # fmt: skip
        return hashlib.sha256(json.dumps(data, ensure_ascii=False).encode()).hexdigest()


def text_hash(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def fold(events: Iterable[Event], text: str) -> State:
    """Return the state that ``events`` lead to, over the text as it is now.

    Never fails: a decision that cannot be placed becomes an orphan. The order is that of the log; clocks
    do not matter.
    """
    log = list(events)
    cancelled = _cancelled(log)
    state = State(effective=[event for event in log if event.event_id not in cancelled])
    sha = text_hash(text)
    for event in state.effective:
        if event.span_id:
            _place(state, event, text, same=event.text_sha256 == sha)
    state.items = _not_empty(state)
    state.certified = _certified(log, cancelled)
    return state


def extend(state: State, event: Event, text: str, sha256: str) -> None:
    """Make of the fold of a log that of the same log with ``event`` at its end, which is no undo."""
    state.effective.append(event)
    if event.span_id:
        _place(state, event, text, same=event.text_sha256 == sha256)
        state.items = _not_empty(state)
    layers = set(event.attrs.get(LAYERS, "").split(";"))
    if event.op == "doc_done":
        state.certified = state.certified | layers
    elif event.op == "doc_reopen":
        state.certified = state.certified - layers
    elif event.op in EDITS:
        state.certified = state.certified - {event.layer}


def _not_empty(state: State) -> dict[str, Item]:
    return {key: item for key, item in state.placed.items() if not item.empty}


def _cancelled(log: Sequence[Event]) -> set[str]:
    """Return the events that an undo in force takes back; an undo can itself be taken back."""
    earlier: dict[str, int] = {}
    for number, event in enumerate(log):
        earlier.setdefault(event.event_id, number)
    found: set[str] = set()
    for number in range(len(log) - 1, -1, -1):
        event = log[number]
        target = event.target or ""
        if (
            event.op == "undo"
            and event.event_id not in found
            and earlier.get(target, number) < number
        ):
            found.add(target)
    return found


def _certified(log: Sequence[Event], cancelled: set[str]) -> set[str]:
    """Return the layers whose certificate stands: nothing of the layer was edited after it."""
    place = {event.event_id: number for number, event in enumerate(log)}
    certified: dict[str, int] = {}
    for number, event in enumerate(log):
        if event.event_id in cancelled:
            continue
        if event.op == "doc_done":
            certified |= dict.fromkeys(event.attrs[LAYERS].split(";"), number)
        elif event.op == "doc_reopen":
            for layer in event.attrs[LAYERS].split(";"):
                certified.pop(layer, None)
        elif event.op == "undo":
            root = _root(event, log, place)
            # Taking back what came after the certificate restores what was certified.
            if root is not None and root.op in EDITS:
                since = certified.get(root.layer, number)
                if place[root.event_id] < since:
                    certified.pop(root.layer, None)
        elif event.op in EDITS:
            certified.pop(event.layer, None)
    return set(certified)


def _root(event: Event, log: Sequence[Event], place: Mapping[str, int]) -> Event | None:
    """Return what a chain of undos is about in the end."""
    number = place[event.event_id]
    while event.op == "undo":
        earlier = place.get(event.target or "", number)
        if earlier >= number:
            return None
        number, event = earlier, log[earlier]
    return event


# Placing a decision


def _place(state: State, event: Event, text: str, *, same: bool) -> None:
    try:
        origin, before, after, moved = _anchored(event, text, same=same)
    except _NoPlaceError as error:
        state.orphans.append(Orphan(event, str(error)))
        return
    state.moved += moved
    key = origin.span_id(event.doc_id)
    item = state.placed.get(key) or Item(origin, before, reviewer=event.reviewer)
    state.placed[key] = _decided(item, event, after, text, same=same)


class _NoPlaceError(Exception):
    """Why a decision has no place."""


def _anchored(event: Event, text: str, *, same: bool) -> tuple[Span, Span, Span, bool]:
    """Return origin, span before and span after, in the text as it is now, and whether they moved."""
    try:
        named = parse_span_id(event.span_id)
    except ValueError as error:
        raise _NoPlaceError(str(error)) from None
    before = event.before or named
    for label in {before.label, named.label, (event.after and event.after.label) or before.label}:
        if complaint := label_complaint(before.layer, label):
            raise _NoPlaceError(complaint)
    start, end = before.start, before.end
    if not same or text[start:end] != event.quote:
        start, end = _found(event, before, text, same=same)
    shift = start - before.start
    moved = (start, end) != (before.start, before.end)
    here = Span(before.layer, before.label, start, end)
    if (named.start, named.end) == (before.start, before.end):
        origin = Span(named.layer, named.label, start, end)
    else:
        origin = Span(named.layer, named.label, max(0, named.start + shift), named.end + shift)
    return origin, here, _after(event, before, here, text, shift), moved


def _found(event: Event, before: Place, text: str, *, same: bool) -> tuple[int, int]:
    quote = event.quote
    if same:
        message = f"the log says {quote!r} at {before.start}, the text {text[before.start : before.end]!r}"
        raise _NoPlaceError(message)
    anchor = find_anchor(text, quote, start=before.start, prefix=event.prefix, suffix=event.suffix)
    if anchor is None:
        message = f"{quote!r}, once at {before.start}, is not to be found in the text as it is now"
        raise _NoPlaceError(message)
    return anchor.start, anchor.end


def _after(event: Event, before: Place, here: Span, text: str, shift: int) -> Span:
    change = event.after
    if change is None:
        return here
    label = change.label or here.label
    if event.op != "adjust" or change.start is None or change.end is None:
        return here._replace(label=label)
    start, end = change.start + shift, change.end + shift
    if (here.end - here.start) != (before.end - before.start):
        end = here.end + change.end - before.end
    if not (0 <= start < end <= len(text)) or (
        not shift and text[start:end] != change.quote and here.start == before.start
        and here.end == before.end
    ):  # fmt: skip
        anchor = find_anchor(text, change.quote or "", start=max(0, start))
        if anchor is None:
            message = (
                f"{change.quote!r}, to which the span was moved, is not in the text as it is now"
            )
            raise _NoPlaceError(message)
        start, end = anchor.start, anchor.end
    return Span(here.layer, label, start, end)


def _decided(item: Item, event: Event, after: Span, text: str, *, same: bool) -> Item:
    item = replace(
        item,
        blind=item.blind or event.blind,
        reviewer=event.reviewer,
        events=(*item.events, event.event_id),
    )
    match event.op:
        case "accept":
            return replace(item, decision="accepted", removed=False)
        case "reject":
            return replace(item, decision="rejected")
        case "relabel":
            span = item.span._replace(label=after.label)
            return replace(item, decision="accepted", span=span)
        case "adjust":
            span = item.span._replace(start=after.start, end=after.end)
            return replace(item, decision="accepted", span=span)
        case "add":
            return replace(item, decision="accepted", added=True, removed=False, span=after)
        case "remove":
            return replace(item, decision="", removed=True)
        case "set_value":
            values = {**item.values, **_values(event, text, same=same)}
            return replace(item, decision="accepted", values=values)
        case "comment":
            return replace(item, comments=(*item.comments, event.comment or ""))
        case "flag" | "unflag":
            return replace(item, flagged=event.op == "flag")
    return item


def _values(event: Event, text: str, *, same: bool) -> dict[str, str]:
    """Return the new values; offsets among them move with the text, or are given up."""
    values = {name: value for name, value in event.attrs.items() if name != BATCH}
    if same:
        return values
    for name in _STRETCHES:
        if values.get(f"{name}_start", ""):
            quote = values.get(f"{name}_text", "")
            anchor = find_anchor(text, quote, start=int(values[f"{name}_start"])) if quote else None
            values[f"{name}_start"] = str(anchor.start) if anchor else ""
            values[f"{name}_end"] = str(anchor.end) if anchor else ""
    return values
