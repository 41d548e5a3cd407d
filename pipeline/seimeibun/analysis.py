"""The analysis of a text as plain data: what entity and agreement rules read instead of a spaCy ``Doc``."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple

from seimeibun.found import Found


class Token(NamedTuple):
    """A token; ``start`` and ``end`` are code points into the text, ``head`` is a token index."""

    start: int
    end: int
    text: str
    lemma: str
    norm: str
    tag: str  # UniDic part of speech by Sudachi, 名詞-固有名詞-地名-国
    pos: str  # Universal POS
    dep: str
    head: int
    inflection: str  # サ行変格;連用形-一般, empty where nothing inflects


@dataclass(frozen=True)
class Analysis:
    """A text with its tokens, sentences and paragraphs (half-open code points), and GiNZA's entities.

    ``layers`` holds what earlier components found; ``date`` is the document's date (ISO, "" unknown),
    ``parties`` the ISO 3166-1 alpha-3 codes of the states that speak in it, ``organizations`` the names
    of those that have no code.
    """

    text: str
    tokens: tuple[Token, ...]
    sentences: tuple[tuple[int, int], ...]
    paragraphs: tuple[tuple[int, int], ...]
    model_entities: tuple[Found, ...] = ()
    layers: dict[str, tuple[Found, ...]] = field(default_factory=dict)
    date: str = ""
    parties: tuple[str, ...] = ()
    organizations: tuple[str, ...] = ()

    @cached_property
    def token_starts(self) -> list[int]:
        return [token.start for token in self.tokens]

    @cached_property
    def token_ends(self) -> list[int]:
        return [token.end for token in self.tokens]

    def tokens_in(self, start: int, end: int) -> range:
        """Return the indices of the tokens that overlap ``start``–``end``."""
        return range(bisect_right(self.token_ends, start), bisect_left(self.token_starts, end))

    def aligned(self, start: int, end: int) -> bool:
        """Tell whether ``start`` and ``end`` are token edges."""
        first, last = bisect_left(self.token_starts, start), bisect_left(self.token_ends, end)
        return (
            first < len(self.tokens)
            and self.token_starts[first] == start
            and last < len(self.tokens)
            and self.token_ends[last] == end
        )

    def sentence_of(self, position: int) -> tuple[int, int]:
        """Return the sentence that holds the code point ``position``, else the one before it."""
        number = bisect_right(self.sentences, (position, len(self.text))) - 1
        return self.sentences[max(number, 0)]

    def sentence_tokens(self) -> Iterator[range]:
        """Yield the token indices of each sentence."""
        for start, end in self.sentences:
            yield self.tokens_in(start, end)
