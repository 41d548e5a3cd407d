"""What an export wrote and what it had to leave out."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple


class LeftOut(NamedTuple):
    """A span or relation that the format cannot carry; ``name`` is its span_id or both of its spans."""

    doc_id: str
    kind: str
    name: str
    text: str
    reason: str


@dataclass(slots=True)
class Outcome:
    """Counts of what was written, and the list of what was not."""

    files: list[Path] = field(default_factory=list)
    documents: int = 0
    spans: int = 0
    relations: int = 0
    left_out: list[LeftOut] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
