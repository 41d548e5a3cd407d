"""A decision of a reviewer: one event, one line of a log."""

import re
import secrets
import time
from datetime import UTC, datetime
from typing import Annotated, Any, Literal, Self
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator

from seimeibun.tables.schema import LABELS

Op = Literal[
    "accept", "reject", "relabel", "adjust", "add", "remove", "set_value", "comment", "flag",
    "unflag", "undo", "doc_done", "doc_reopen",
]  # fmt: skip
EDITS = frozenset({"accept", "reject", "relabel", "adjust", "add", "remove", "set_value"})
CONTEXT = 20  # code points kept on each side of a span, to find it again in another edition
REVIEWER = re.compile(r"[\w-]{1,40}")
_SPAN_ID = re.compile(
    r"(?P<doc>.+)#(?P<layer>\w+):(?P<start>\d+)-(?P<end>\d+):(?P<label>\w+)", re.DOTALL
)

Offset = Annotated[int, Field(ge=0)]
Sha256 = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
Stamp = Annotated[str, StringConstraints(pattern=r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$")]


class _Strict(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)


class Place(_Strict):
    """A span as it stood when the decision was made; offsets into the text of ``text_sha256``."""

    layer: str
    label: str
    start: Offset
    end: Offset

    @model_validator(mode="after")
    def _not_empty(self) -> Self:
        if self.start >= self.end:
            message = f"a span must not be empty or negative; found {self.start}–{self.end}"
            raise ValueError(message)
        return self


class Change(_Strict):
    """What a decision makes of the span; None leaves as it is. ``quote`` are the new characters."""

    layer: str | None = None
    label: str | None = None
    start: Offset | None = None
    end: Offset | None = None
    quote: str | None = None


class Event(_Strict):
    """One decision. ``before`` is the span that it is about, ``after`` what it makes of it.

    ``attrs`` holds new values by column (``set_value``), the certified layers (``doc_done``) and
    ``batch``, which ties decisions that were one for the reviewer. ``ms`` is how long it took.
    """

    v: Literal[1] = 1
    event_id: str
    ts: Stamp
    reviewer: str
    doc_id: str
    text_sha256: Sha256
    run_id: str = ""
    op: Op
    span_id: str = ""
    before: Place | None = None
    after: Change | None = None
    attrs: dict[str, str] = Field(default_factory=dict)
    quote: str = ""
    prefix: str = ""
    suffix: str = ""
    comment: str | None = None
    target: str | None = None  # the event that an undo takes back
    ms: Offset | None = None
    blind: bool = False

    @model_validator(mode="after")
    def _complete(self) -> Self:
        try:
            UUID(self.event_id)
        except ValueError:
            message = f"event_id is {self.event_id!r}; it must be a UUID"
            raise ValueError(message) from None
        if not REVIEWER.fullmatch(self.reviewer):
            message = f"reviewer is {self.reviewer!r}; it must be up to 40 letters, digits, _ or -"
            raise ValueError(message)
        if missing := [name for name in _NEEDS[self.op] if not _has(self, name)]:
            message = f"{self.op} without {', '.join(missing)}"
            raise ValueError(message)
        return self

    @property
    def layer(self) -> str:
        """The layer of the span; "" for a decision about the document."""
        if self.before is not None:
            return self.before.layer
        return (self.after.layer if self.after else None) or ""

    def to_line(self) -> bytes:
        """Return the line of the log, line end included; what says nothing is left out."""
        text = self.model_dump_json(exclude_defaults=True, exclude={"v"})
        return f'{{"v":1,{text[1:]}\n'.encode()

    @classmethod
    def from_line(cls, line: bytes) -> "Event":
        return cls.model_validate_json(line)


_ABOUT = ("span_id", "before", "quote")
_NEEDS: dict[str, tuple[str, ...]] = {
    "accept": _ABOUT,
    "reject": _ABOUT,
    "relabel": (*_ABOUT, "after.label"),
    "adjust": (*_ABOUT, "after.start", "after.end", "after.quote"),
    "add": ("span_id", "after.layer", "after.label", "after.start", "after.end", "quote"),
    "remove": _ABOUT,
    "set_value": (*_ABOUT, "attrs"),
    "comment": (*_ABOUT, "comment"),
    "flag": _ABOUT,
    "unflag": _ABOUT,
    "undo": ("target",),
    "doc_done": ("attrs.layers",),
    "doc_reopen": ("attrs.layers",),
}


def _has(event: Event, path: str) -> bool:
    name, _, inner = path.partition(".")
    value: Any = getattr(event, name)
    if inner:
        value = value.get(inner) if isinstance(value, dict) else getattr(value, inner, None)
    return value is not None and value != "" and value != {}


def label_complaint(layer: str, label: str) -> str:
    """Return why ``label`` cannot stand in ``layer``; "" if it can.

    >>> label_complaint("entity", "国")
    '国 is no label of the layer entity; its labels are PERSON, POSITION, COUNTRY, REGION, CITY, …'
    """
    if layer not in LABELS:
        return f"{layer or 'nothing'} is no layer; the layers are {', '.join(LABELS)}"
    labels = LABELS[layer]
    if label in labels:
        return ""
    shown = ", ".join(labels[:5]) + (", …" if len(labels) > 5 else "")
    return f"{label or 'nothing'} is no label of the layer {layer}; its labels are {shown}"


def make_span_id(doc_id: str, layer: str, label: str, start: int, end: int) -> str:
    return f"{doc_id}#{layer}:{start}-{end}:{label}"


def parse_span_id(span_id: str) -> Place:
    """Return the place that a span id names.

    >>> parse_span_id("2019_a#entity:0-3:COUNTRY").label
    'COUNTRY'
    """
    found = _SPAN_ID.fullmatch(span_id)
    if found is None:
        message = f"{span_id!r} is no span id; one is like 2019_japan-laos#entity:0-3:COUNTRY"
        raise ValueError(message)
    return Place(
        layer=found["layer"], label=found["label"], start=int(found["start"]), end=int(found["end"])
    )


def new_event_id() -> str:
    """Return a UUID of version 7: in the order of time."""
    stamp = time.time_ns() // 1_000_000
    number = stamp << 80 | 7 << 76 | secrets.randbits(12) << 64 | 2 << 62 | secrets.randbits(62)
    return str(UUID(int=number))


def now() -> str:
    return datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
