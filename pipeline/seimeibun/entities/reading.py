"""A text as the entity rules read it: tokens by edge, brackets by partner, literal names by edge."""

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable
from functools import cache, cached_property

from seimeibun.analysis import Analysis, Token
from seimeibun.entities.mention import Mention
from seimeibun.entities.vocabulary import words
from seimeibun.found import Found
from seimeibun.width import fold_width

OPENING = {"「": "」", "『": "』", "“": "”", "(": ")", "〈": "〉", "《": "》", "【": "】"}
CLOSING = {closing: opening for opening, closing in OPENING.items()}
QUOTES = frozenset("「『“")
JOINERS = frozenset("・-+/–—‐−=＝&~〜～ー")
_NOUN_TAGS = ("名詞", "接頭辞", "接尾辞", "記号-文字", "形状詞")
_NO_NOUN_TAGS = ("接尾辞-形容詞的", "接尾辞-動詞的")  # 受け|やすい, 大人|ぶる


class Reading:
    """The text with what the rules ask of it; offsets are code points into ``text``."""

    def __init__(self, analysis: Analysis, literals: Iterable[Mention] = ()) -> None:
        self.analysis = analysis
        self.text = fold_width(analysis.text)
        self.tokens = analysis.tokens
        self.partner = _brackets(self.text)
        self.literals = tuple(literals)

    @cached_property
    def first_token(self) -> dict[int, int]:
        """Token index by start."""
        return {token.start: index for index, token in enumerate(self.tokens)}

    @cached_property
    def last_token(self) -> dict[int, int]:
        """Token index by end."""
        return {token.end: index for index, token in enumerate(self.tokens)}

    @cached_property
    def literals_ending(self) -> dict[int, list[Mention]]:
        found: dict[int, list[Mention]] = defaultdict(list)
        for literal in self.literals:
            found[literal.end].append(literal)
        return found

    @cached_property
    def literals_starting(self) -> dict[int, list[Mention]]:
        found: dict[int, list[Mention]] = defaultdict(list)
        for literal in self.literals:
            found[literal.start].append(literal)
        return found

    @cached_property
    def _literal_starts(self) -> list[int]:
        return sorted(literal.start for literal in self.literals)

    @cached_property
    def _literals_by_start(self) -> list[Mention]:
        return sorted(self.literals, key=lambda literal: literal.start)

    def literals_in(self, start: int, end: int) -> list[Mention]:
        """Return the literal names inside ``start``–``end``."""
        low, high = bisect_left(self._literal_starts, start), bisect_left(self._literal_starts, end)
        return [literal for literal in self._literals_by_start[low:high] if literal.end <= end]

    @cached_property
    def quotes(self) -> list[tuple[int, int]]:
        """The quoted stretches, as the offsets of their signs (the closing one included)."""
        return [
            (start, self.partner[start] + 1)
            for start in sorted(self.partner)
            if self.text[start] in QUOTES
        ]

    @cached_property
    def dates(self) -> list[tuple[int, int, str]]:
        """The dates that an earlier layer found: start, end, granularity."""
        found = self.analysis.layers.get("dates", ())
        return [(item.start, item.end, item.facts.get("granularity", "")) for item in found]

    def date_at(self, start: int) -> tuple[int, str] | None:
        """Return end and granularity of the date that begins at ``start``."""
        low = bisect_left(self.dates, (start, 0, ""))
        for begin, end, granularity in self.dates[low : low + 2]:
            if begin == start:
                return end, granularity
        return None

    @cached_property
    def is_noun(self) -> list[bool]:
        """Per token: whether it may be part of a compound name."""
        ends = words("break")
        states = {  # 中 ends a name unless it is China
            literal.start
            for literal in self.literals
            if literal.label == "COUNTRY" and literal.end - literal.start == 1
        }
        return [
            _is_nominal(token)
            and (
                token.text not in ends
                or token.start in states
                or (token.text == "次" and self._follows_numeral(index))  # 第三|次
            )
            for index, token in enumerate(self.tokens)
        ]

    def _follows_numeral(self, index: int) -> bool:
        before = self.tokens[index - 1] if index else None
        return before is not None and "数詞" in before.tag

    def model_around(self, position: int) -> list[Found]:
        """Return GiNZA's entity at ``position``, if there is one."""
        entities = self.analysis.model_entities
        number = bisect_right(self._model_starts, position) - 1
        return [entities[number]] if number >= 0 and entities[number].end > position else []

    @cached_property
    def _model_starts(self) -> list[int]:
        return [found.start for found in self.analysis.model_entities]

    @cached_property
    def paragraph_starts(self) -> list[int]:
        return [start for start, _ in self.analysis.paragraphs]

    def paragraph_of(self, position: int) -> tuple[int, int]:
        number = bisect_right(self.paragraph_starts, position) - 1
        return self.analysis.paragraphs[max(number, 0)]


def _is_nominal(token: Token) -> bool:
    in_name = token.text == "ヶ"  # 瑞ヶ丘大学, where it is read as the particle が
    return in_name or (_is_of_noun(token.tag) and not token.text.isspace())


@cache
def _is_of_noun(tag: str) -> bool:
    return tag.startswith(_NOUN_TAGS) and not tag.startswith(_NO_NOUN_TAGS)


_BRACKET = re.compile("[" + re.escape("".join([*OPENING, *CLOSING])) + "\n]")


def _brackets(text: str) -> dict[int, int]:
    """Return, for each bracket that has one, the offset of its partner (both ways)."""
    partner: dict[int, int] = {}
    open_brackets: list[int] = []
    for match in _BRACKET.finditer(text):
        sign, position = match.group(), match.start()
        if sign == "\n":
            open_brackets.clear()
        elif sign in OPENING:
            open_brackets.append(position)
        else:
            _close(text, open_brackets, position, partner)
    return partner


def _close(text: str, open_brackets: list[int], position: int, partner: dict[int, int]) -> None:
    wanted = CLOSING[text[position]]
    for depth in range(len(open_brackets) - 1, -1, -1):
        if text[open_brackets[depth]] == wanted:
            start = open_brackets[depth]
            partner[start], partner[position] = position, start
            del open_brackets[depth:]
            return
