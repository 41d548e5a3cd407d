"""The spans of a document as the tables show them, with keys, parents and places."""

from collections.abc import Iterable
from dataclasses import dataclass

from seimeibun.components.layers import read_layer
from seimeibun.found import Found
from seimeibun.tables.document import Document
from seimeibun.tables.intervals import Intervals
from seimeibun.tables.schema import LAYER_NAMES


@dataclass(frozen=True, slots=True)
class Mark:
    """A span of a layer. ``found`` has clean offsets; ``start`` and ``end`` are those of the source."""

    layer: str
    found: Found
    start: int
    end: int
    text: str
    span_id: str
    para_no: int | None
    sent_no: int | None
    sentence: str

    @property
    def entity_id(self) -> str:
        """The entity that is mentioned; one without an id of its own is named by type and name."""
        if self.layer != "entity":
            return ""
        facts = self.found.facts
        name = facts.get("canonical") or "".join(self.text.split())
        return facts.get("entity_id") or self.found.value or f"{self.found.label.lower()}/{name}"

    def holds(self, other: "Mark") -> bool:
        """Tell whether ``other`` lies inside this and is smaller."""
        return (
            self.found.start <= other.found.start
            and other.found.end <= self.found.end
            and (self.found.start, self.found.end) != (other.found.start, other.found.end)
        )


def marks(document: Document) -> tuple[dict[str, list[Mark]], int]:
    """Return the spans by layer in key order, and how many were left out since their key stood already."""
    by_layer: dict[str, list[Mark]] = {}
    doubled = 0
    for group, layer in LAYER_NAMES.items():
        found = read_layer(document.doc, group)
        unique = {
            mark.span_id: mark
            for mark in (_mark(document, layer, item) for item in reversed(found))
        }
        doubled += len(found) - len(unique)
        by_layer[layer] = sorted(
            unique.values(), key=lambda mark: (mark.start, mark.end, mark.found.label)
        )
    return dict(sorted(by_layer.items())), doubled


def _mark(document: Document, layer: str, found: Found) -> Mark:
    start, end = document.to_source(found.start, found.end)
    sent_no = document.sentences.number_at(found.start)
    return Mark(
        layer=layer,
        found=found,
        start=start,
        end=end,
        text=document.text(found.start, found.end),
        span_id=f"{document.doc_id}#{layer}:{start}-{end}:{found.label}",
        para_no=document.paragraphs.number_at(found.start),
        sent_no=sent_no,
        sentence=document.sentence_text(sent_no, found.start, found.end),
    )


def parents(layer: Iterable[Mark]) -> dict[str, Mark]:
    """Return, by span id, the smallest mark of the layer that holds each mark."""
    found: dict[str, Mark] = {}
    open_: list[Mark] = []
    for mark in sorted(layer, key=lambda mark: (mark.found.start, -mark.found.end)):
        open_ = [other for other in open_ if other.found.end > mark.found.start]
        around = [other for other in open_ if other.holds(mark)]
        if around:
            found[mark.span_id] = min(around, key=lambda other: other.found.end - other.found.start)
        open_.append(mark)
    return found


def by_place(layer: Iterable[Mark]) -> Intervals[Mark]:
    """Return the marks such that they can be asked for by clean offsets."""
    return Intervals(layer, lambda mark: (mark.found.start, mark.found.end))


def outermost(layer: list[Mark]) -> list[Mark]:
    """Return the marks that no other of them holds."""
    within = parents(layer)
    return [mark for mark in layer if mark.span_id not in within]
