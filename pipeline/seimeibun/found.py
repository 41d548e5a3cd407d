"""What a layer finds: a stretch of text, its type, its value, the rule that spoke."""

from collections.abc import Mapping
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
