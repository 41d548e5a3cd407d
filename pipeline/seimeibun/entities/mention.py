"""A candidate mention, before it is decided which of them stand."""

from dataclasses import dataclass, replace
from enum import IntEnum


class Rank(IntEnum):
    """Who wins where two mentions cross: the higher."""

    MODEL = 0
    COMPOUND = 1
    LITERAL = 2
    OFFICE = 3
    TITLE = 4
    QUOTED = 5
    ALIAS = 6


@dataclass(frozen=True, slots=True)
class Mention:
    """A stretch of text that may name an entity."""

    start: int
    end: int
    label: str
    rule: str
    canonical: str = ""
    entity_id: str = ""
    iso3: str = ""
    source: str = "rule"
    rank: Rank = Rank.COMPOUND
    alias_of: tuple[str, ...] = ()  # keys of the antecedents, at the definition of an alias
    alias: bool = False  # a short form that the text defines, here or earlier

    @property
    def span(self) -> tuple[int, int]:
        return self.start, self.end

    @property
    def key(self) -> str:
        return f"{self.start}-{self.end}:{self.label}"

    def covers(self, other: "Mention") -> bool:
        """Tell whether ``other`` lies inside, both edges included."""
        return self.start <= other.start and other.end <= self.end

    def crosses(self, other: "Mention") -> bool:
        """Tell whether the two overlap without one covering the other."""
        overlap = self.start < other.end and other.start < self.end
        return overlap and not self.covers(other) and not other.covers(self)

    def with_span(self, start: int, end: int) -> "Mention":
        return replace(self, start=start, end=end)
