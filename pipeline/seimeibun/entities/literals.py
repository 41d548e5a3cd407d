"""Names that the gazetteer knows, where the tokens agree that they are names."""

import re
from bisect import bisect_left

from seimeibun.analysis import Analysis
from seimeibun.entities.mention import Mention, Rank
from seimeibun.found import Found
from seimeibun.gazetteer import find_countries, find_names

_KANJI = re.compile(r"[一-鿿々]")
_LONG = 4  # a kanji name of so many signs is itself, wherever the tokenizer cut
_ONE_CHARACTER = "gazetteer/country-compounds"


def literal_mentions(analysis: Analysis, text: str) -> list[Mention]:
    """Return the gazetteer's names in ``text``, nested ones too."""
    known = [found for found in find_names(text) if _fits(found, analysis, text)]
    short = [found for found in find_countries(text) if found.rule == _ONE_CHARACTER]
    return [
        Mention(
            found.start,
            found.end,
            found.label,
            found.rule,
            canonical=found.facts.get("canonical", ""),
            entity_id=found.value,
            iso3=found.facts.get("iso3", ""),
            source="gazetteer",
            rank=Rank.LITERAL,
        )
        for found in (*known, *short)
    ]


def _fits(found: Found, analysis: Analysis, text: str) -> bool:
    """Tell whether a short kanji name keeps to token edges: no 京都 in 東京都, no 日本 in 日本語."""
    surface = text[found.start : found.end]
    if len(surface) >= _LONG:
        return True
    starts = not _KANJI.match(surface[0]) or _is_edge(analysis.token_starts, found.start)
    ends = not _KANJI.match(surface[-1]) or _is_edge(analysis.token_ends, found.end)
    return starts and ends


def _is_edge(edges: list[int], position: int) -> bool:
    index = bisect_left(edges, position)
    return index < len(edges) and edges[index] == position
