"""What a layer finds: a stretch of text, its type, its value, the rule that spoke."""

from bisect import bisect_left
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Found:
    """A stretch of text that a layer speaks about.

    ``start`` and ``end`` are half-open code points into the text that was searched. ``value`` is the
    normalised value as a string (EDTF, ``JPY 42000000000``, an entity id, a category); ``facts`` holds
    the further columns of the layer's table, by column name, as strings ("" is unknown).
    """

    start: int
    end: int
    label: str
    value: str = ""
    rule: str = ""
    facts: Mapping[str, str] = field(default_factory=dict, hash=False)

    def __post_init__(self) -> None:
        if not 0 <= self.start < self.end:
            message = f"a span must not be empty or negative: {self.start}-{self.end} {self.label}"
            raise ValueError(message)

    @property
    def key(self) -> str:
        """``start-end:label``, unique within a layer of a document."""
        return f"{self.start}-{self.end}:{self.label}"

    def shifted(self, by: int) -> "Found":
        """Return the same, ``by`` code points further on."""
        return Found(self.start + by, self.end + by, self.label, self.value, self.rule, self.facts)


def longest(found: Iterable[Found]) -> list[Found]:
    """Keep, of spans that overlap, the longest (then the first); return them in text order."""
    kept: list[Found] = []
    starts: list[int] = []
    for span in sorted(found, key=lambda span: (span.start - span.end, span.start)):
        place = bisect_left(starts, span.start)
        before_ends = place == 0 or kept[place - 1].end <= span.start
        after_begins = place == len(kept) or span.end <= starts[place]
        if before_ends and after_begins:
            kept.insert(place, span)
            starts.insert(place, span.start)
    return kept
