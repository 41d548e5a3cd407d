"""The words of one sentence: tokens with bracket depth, and the small steps that rules take over them."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from seimeibun.agreements import lexicon
from seimeibun.analysis import Token

OPEN, CLOSE = "(（「『【〔[〈《", ")）」』】〕]〉》"
COMMAS = frozenset({"、", "，"})
PARENTHESES = frozenset("(（")  # those that open
NOUNISH = ("名詞", "代名詞", "接尾辞-名詞的", "接頭辞", "記号")
JOINTS = frozenset(
    {"・", "及び", "および", "並びに", "ならびに", "と"}
)  # of two nouns with one verb
LIST_CONJUNCTIONS = frozenset({"及び", "および", "並びに", "ならびに", "又は", "または", "そして"})


@dataclass(frozen=True, eq=False)
class Words:
    """Tokens ``first``–``last`` (half-open) of an analysis: one sentence.

    Indices that its methods take and return are token indices of the whole analysis.
    """

    tokens: Sequence[Token]
    first: int
    last: int
    text: str  # of the whole analysis
    actor_ends: frozenset[int] = frozenset()  # code points where a name that can act ends

    @cached_property
    def _depths(self) -> list[int]:
        depths, depth = [], 0
        for i in range(self.first, self.last):
            text = self.tokens[i].text
            if text in CLOSE:
                depth = max(0, depth - 1)
            depths.append(depth)
            if text in OPEN:
                depth += 1
        # a bracket that is never closed must not hide the rest of the sentence
        return depths if depth == 0 else [0] * len(depths)

    @cached_property
    def _partners(self) -> dict[int, int]:
        partners, stack = {}, []
        for i in range(self.first, self.last):
            text = self.tokens[i].text
            if text in OPEN:
                stack.append(i)
            elif text in CLOSE and stack:
                partners[i] = stack.pop()
                partners[partners[i]] = i
        return partners

    def depth(self, i: int) -> int:
        """Return how many brackets or quotes stand open at token ``i``."""
        return self._depths[i - self.first]

    def partner(self, i: int) -> int | None:
        """Return the other bracket of the bracket ``i``."""
        return self._partners.get(i)

    def token(self, i: int) -> Token | None:
        return self.tokens[i] if self.first <= i < self.last else None

    def surface(self, i: int) -> str:
        return self.tokens[i].text if self.first <= i < self.last else ""

    def norm(self, i: int) -> str:
        return self.tokens[i].norm if self.first <= i < self.last else ""

    def tag(self, i: int) -> str:
        return self.tokens[i].tag if self.first <= i < self.last else ""

    def slice(self, start: int, end: int) -> str:
        """Return the text of the tokens ``start``–``end``, as far as they are in the sentence."""
        start, end = max(start, self.first), min(end, self.last)
        if start >= end:
            return ""
        return self.text[self.tokens[start].start : self.tokens[end - 1].end]

    def is_noun(self, i: int) -> bool:
        return self.tag(i).startswith(NOUNISH)

    def is_case(self, i: int, *surfaces: str) -> bool:
        """Tell whether ``i`` is a particle, one of ``surfaces`` if any are given."""
        return self.tag(i).startswith("助詞") and (not surfaces or self.surface(i) in surfaces)

    def is_suru(self, i: int) -> bool:
        return self.norm(i) in SURU and self.tag(i).startswith("動詞")

    def ends_here(self, i: int) -> bool:
        """Tell whether the sentence is over at ``i`` (end, 。, closing bracket at the end)."""
        return (
            i >= self.last
            or self.surface(i) in {"。", "！", "．", "\n"}
            or not self.surface(i).strip()
        )

    def skip_adverbs_left(self, i: int) -> int:
        """Return the token before ``i`` that is no adverb (the を of を改めて高く|評価)."""
        i -= 1
        while i >= self.first:
            step = self._adverb_left(i)
            if not step:
                return i
            i -= step
        return i

    def _adverb_left(self, i: int) -> int:
        """Return how many tokens that end at ``i`` are one adverb."""
        known = lexicon.adverbials()
        for length in (4, 3, 2, 1):
            if i - length + 1 >= self.first and self.slice(i - length + 1, i + 1) in known:
                return length
        tag, surface = self.tag(i), self.surface(i)
        if tag.startswith(("副詞", "接頭辞")) and surface != "よう":
            return 1
        if tag.startswith("形容詞") and "連用形" in self.tokens[i].inflection:
            return 1
        if surface in TODAY and (self.is_case(i - 1) or self.surface(i - 1) in COMMAS):
            return 1
        if tag.endswith("副詞可能") and surface not in PLACES and self.is_case(i - 1, "を", "に"):
            return 1  # 引き上げることを|最近|発表
        if surface == "に" and tag.startswith("助動詞"):
            if self._is_attribute(i - 1) and self.surface(i - 1) not in NO_MANNER:
                return 2
            if self.tag(i - 1).startswith("接尾辞-形状詞的"):
                return 3
        return 0

    def skip_modifiers_left(self, i: int) -> int:
        """Return the token before ``i`` that is no bare attribute (深い|懸念, 率直な|意見交換)."""
        i = self.skip_adverbs_left(i)
        while i > self.first:
            tag, inflection = self.tag(i), self.tokens[i].inflection
            if reserve := self._reserve_left(i):
                i -= reserve
            elif self.surface(i) == "ぬ" and self.tag(i - 1).startswith("動詞"):
                i -= 2  # 変わら|ぬ支持
            elif (
                tag.startswith("形容詞")
                and "連体形" in inflection
                and (not self.is_case(i - 1, "が") or self.surface(i - 2).endswith(DOERS))
                and (not self.is_case(i - 1, "も") or self.surface(i - 2) in BEFORE_MO)
            ):
                i -= 1
            elif self.surface(i) in {"な", "なる"} and self._is_attribute(i - 1):
                i -= 3 if self.tag(i - 1).startswith("接尾辞") else 2
            elif self.surface(i) in {"かつ", "且つ"} and self._is_attribute(i - 1):
                i -= 2  # 率直|かつ|有益な意見交換
            elif tag.startswith("連体詞") and self.surface(i) not in POINTING:
                i -= 1
            elif reach := self._phrase_left(i):
                i -= reach
            else:
                return i
            i = self.skip_adverbs_left(i + 1)
        return i

    def _phrase_left(self, i: int) -> int:
        """Return how many tokens that end at ``i`` are an attribute of several: 心からの, 一貫した."""
        known = lexicon.attributes()
        lengths = (n for n in (4, 3, 2) if i - n + 1 >= self.first)
        return next((n for n in lengths if self.slice(i - n + 1, i + 1) in known), 0)

    def _reserve_left(self, i: int) -> int:
        """Return how many tokens that end at ``i`` say "without reserve": 隔意|なき, 忌憚|の|ない."""
        if self.surface(i) not in {"なき", "ない"}:
            return 0
        return next((n for n in (1, 2) if self.surface(i - n) in RESERVE), -1) + 1

    def _is_attribute(self, i: int) -> bool:
        return self.tag(i).startswith(("形状詞", "接尾辞-形状詞的")) or self.tag(i).endswith(
            "形状詞可能"
        )

    def skip_adverbs_right(self, i: int, *, limit: int = 5) -> int:
        """Return the first token from ``i`` on that is no adverb, at most ``limit`` tokens away."""
        stop = min(self.last, i + limit)
        j = i
        while j < stop:
            for length in (4, 3, 2, 1):
                end = j + length
                if end <= self.last and self._adverb_left(end - 1) == length:
                    break
            else:
                return j
            j += length
        return j

    def has_clause_before(self, i: int) -> bool:
        """Tell whether a clause, not a bare noun, modifies the noun ``i``."""
        before = self.token(i - 1)
        if before is None:
            return False
        if self.slice(max(i - 2, self.first), i).endswith(("との", "という")):
            return True
        return before.tag.startswith(("動詞", "助動詞", "形容詞")) and (
            "連体形" in before.inflection or "終止形" in before.inflection
        )

    def pairs(self) -> list[tuple[Token, Token]]:
        return list(pairwise(self.tokens[self.first : self.last]))


BEFORE_MO = frozenset({"て", "対し", "に", "へ", "と"})  # 試みに|も|強い反対; but 何より|も強い
DOERS = ("国民", "政府", "側", "各国")  # 国民|が|強い願望を有する; but 結び付き|が|強い国
RESERVE = frozenset({"隔意", "忌憚", "腹蔵", "遠慮", "隔て"})
NO_MANNER = frozenset({"よう", "こと", "もの"})
TODAY = frozenset(
    [
        "本日",
        "昨日",
        "同日",
        "今般",
        "今回",
        "今次",
        "先般",
        "先日",
        "先月",
        "昨年",
        "本年",
        "今年",
        "今月",
        "同時",
        "昨秋",
        "今夏",
        "このたび",
    ]
)
# nouns of place and relation that Sudachi also lets stand as adverbs
PLACES = frozenset(["双方", "以下", "以上", "ため", "とき", "ところ", "前", "後", "中", "間", "上", "下", "際", "一部", "多く", "全て", "すべて"])  # fmt: skip
POINTING = frozenset({"この", "その", "当該", "同", "本", "かかる", "そのような", "こうした"})
# 御理解いただく and 御説明くださる are done by somebody else: not among these
SURU = frozenset({"為る", "致す", "為さる", "出来る", "申し上げる", "申上げる"})
