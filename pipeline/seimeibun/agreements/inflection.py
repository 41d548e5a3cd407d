"""What follows a predicate's stem: negation, voice, tense, and how its clause goes on."""

from dataclasses import dataclass

from seimeibun.agreements.words import Words
from seimeibun.analysis import Token

AUXILIARY_VERBS = frozenset(
    [
        "おる",
        "為る",
        "出来る",
        "致す",
        "為さる",
        "居る",
        "有る",
        "行く",
        "来る",
        "得る",
        "参る",
        "頂く",
        "貰う",
        "下さる",
        "仕舞う",
        "置く",
        "続ける",
        "始める",
        "御座る",
        "申し上げる",
        "願う",
        "合う",
        "呉れる",
    ]
)
BEING = frozenset({"有る", "御座る", "ない", "無い"})
NEGATIONS = frozenset({"ない", "ず", "ぬ", "無い", "まい", "ん", "ざる"})
PASSIVES = frozenset({"れる", "られる"})
MODALS = {"べし": "べき", "たい": "たい", "う": "う", "う-助動詞": "う"}
BOUND = ("動詞-非自立可能", "形容詞-非自立可能")
# those of the auxiliary verbs that follow a stem without て
AFTER_STEM = frozenset(
    ["為る", "得る", "居る", "有る", "続ける", "始める", "合う", "致す", "出来る", "下さる"]
)
AFTER_TE = frozenset({"居る", "成る", "無い", "ない"})  # して|は|いない, して|は|ならない
PLAIN = "終止形-一般"


@dataclass(frozen=True, slots=True)
class Tail:
    """The inflection after a stem. ``end`` is the first token after it."""

    end: int
    stem_end: int  # after the passive auxiliary, if one follows: 考え|られ
    negative: bool
    passive: bool
    past: bool
    modal: str  # べき, たい, だろう … "" plain
    final: str  # inflection of the last word: 終止形-一般, 連用形-一般 …
    te: bool  # ends in て


def read_tail(words: Words, start: int) -> Tail:
    """Read the inflection from token ``start`` on: し|て|い|ない, られ|た, せ|ざる|を|得|ない."""
    reader = _Reader(words, start, start, start)
    while reader.i < words.last and reader.reads_on():
        pass
    return reader.tail()


@dataclass(slots=True)
class _Reader:
    """What was read of an inflection, from the token ``start`` up to the token ``i``."""

    words: Words
    start: int
    i: int
    stem_end: int
    negations: int = 0
    passive: bool = False
    past: bool = False
    modal: str = ""
    final: str = ""
    te: bool = False

    def tail(self) -> Tail:
        denied = self.negations % 2 == 1
        return Tail(
            self.i, self.stem_end, denied, self.passive, self.past, self.modal, self.final, self.te
        )

    def reads_on(self) -> bool:
        """Read a word, or a construction of several; tell whether the inflection may go on after it."""
        words, i = self.words, self.i
        token, begun = words.tokens[i], i > self.start
        if begun and token.text == "な" and words.surface(i + 1) in {"かつ", "かっ"}:
            self.negations += 1
            return self._is_at(i + 2)  # 至らなかつた: old spelling of なかった
        if token.tag.startswith("助動詞") and not _is_copula_of_noun(words, i, self.start):
            self._count(token)
            return self._takes(token)
        if token.tag.startswith(BOUND) and (not begun or self.te or token.norm in AUXILIARY_VERBS):
            if begun and not self.te and token.norm not in AFTER_STEM:
                return False
            self.negations += token.norm == "無い"
            return self._takes(token)
        if token.text in {"て", "で"} and token.tag.startswith("助詞-接続助詞"):
            return self._reads_te()
        if token.text == "ば" and words.norm(i + 1) == "成る":
            return self._is_forbidden(i + 1)
        if _parts_negation(words, i) or (begun and words.slice(i - 1, i + 1) == "ざるを"):
            self.i += 1  # 受け入れ|は|しない; せざる|を|得ない: two negations, none left
            return True
        if begun and self._reads_construction():
            return True
        if begun and token.text == "に" and _reaches(words, i):
            self.i += words.norm(i + 1) != "至る"
            self.i += 1  # 合意を見る|に至った
            return self._takes(token)
        reached = token.norm == "至る" and words.surface(i - 1) in {"に", "は", "も"}
        return self._takes(token) if not begun or reached else False

    def _is_at(self, i: int, final: str | None = None) -> bool:
        self.i, self.te = i, False
        self.final = self.final if final is None else final
        return True

    def _takes(self, token: Token) -> bool:
        return self._is_at(self.i + 1, token.inflection.rpartition(";")[2])

    def _count(self, auxiliary: Token) -> None:
        if auxiliary.norm in NEGATIONS and "仮定形" not in auxiliary.inflection:
            self.negations += 1
        if auxiliary.norm in PASSIVES:
            self.passive = True
            # GiNZA's られる is one token in the plain form; the stem of it is られ
            self.stem_end = self.i + 1
        self.past = self.past or auxiliary.norm == "た"
        self.modal = MODALS.get(auxiliary.norm, self.modal)

    def _reads_te(self) -> bool:
        self.i, self.te, self.final = self.i + 1, True, "連用形-テ"
        if self.words.surface(self.i) in {"は", "も"} and self.words.norm(self.i + 1) in AFTER_TE:
            self.i += 1
            if self.words.norm(self.i) == "成る":
                return self._is_forbidden(self.i)
        return True

    def _is_forbidden(self, i: int) -> bool:
        """Read してはならない, しなければならない: what must not or must be is laid down, not denied."""
        self.negations, self.modal = 0, "べき"
        self._is_at(_after_naranai(self.words, i), PLAIN)
        return False

    def _reads_construction(self) -> bool:
        words, i = self.words, self.i
        if (step := _modal_noun(words, i)) is not None:
            negations, after = step
            self.negations += negations
            last = words.tokens[after - 1].inflection.rpartition(";")[2]
            return self._is_at(after, last if last.startswith("連用形") else PLAIN)
        if words.slice(i, i + 2) == "光栄を" and words.norm(i + 2) == "有する":
            return self._is_at(i + 3, PLAIN)  # 確認する光栄を有します: exchanged notes
        if (ability := _ability(words, i)) is not None:
            return self._is_at(
                ability
            )  # 見ることができなかった: the verb after it carries the rest
        if self.modal == "たい" and (wish := _wish(words, i)) is not None:
            return self._is_at(wish, PLAIN)
        return False


def _parts_negation(words: Words, i: int) -> bool:
    """Tell whether は or も stands between a stem and its negation: 受け入れ|は|しない."""
    return (
        words.surface(i) in {"は", "も"}
        and words.norm(i + 1) in {"為る", "出来る"}
        and words.norm(i + 2) in NEGATIONS
    )


def _reaches(words: Words, i: int) -> bool:
    """Tell whether 至る follows: 合意を見る|に至った, 約束する|には至らなかった."""
    after = i + 2 if words.surface(i + 1) in {"は", "も"} else i + 1
    return words.norm(after) == "至る"


def _modal_noun(words: Words, i: int) -> tuple[int, int] | None:
    """Read 〜するものである, 〜するものとする, 〜した次第です, 〜するものではない: negations, and the token after."""
    if words.surface(i) not in {"もの", "次第", "わけ", "の", "ん"}:
        return None
    if words.surface(i) == "もの" and words.surface(i + 1) == "と" and words.is_suru(i + 2):
        return 0, i + 3  # 支持する|ものとする
    if not words.surface(i + 1).startswith(("で", "だ")):
        return None
    goes_on = words.surface(i + 2) in {"は", "も"} or words.norm(i + 2) in BEING
    if words.surface(i + 1) == "で" and not goes_on:
        return None  # 歓迎したので、: a reason
    negative, j = 0, i + 1
    while j < words.last and (
        words.tag(j).startswith(("助動詞", "動詞-非自立可能", "形容詞-非自立可能", "動詞-一般"))
        or words.surface(j) in {"は", "で"}
    ):
        if words.tag(j).startswith("動詞") and words.norm(j) not in {"有る", "御座る"}:
            break
        negative += words.norm(j) in NEGATIONS
        j += 1
    return negative, j


def _ability(words: Words, i: int) -> int | None:
    """Read 〜することができる: the token of できる."""
    if words.surface(i) == "こと" and words.surface(i + 1) in {"が", "は", "も"}:
        return i + 2 if words.norm(i + 2) == "出来る" else None
    return None


def _wish(words: Words, i: int) -> int | None:
    """Read 〜したい|と思います, 〜したい|と存じます: the token after it."""
    if words.surface(i) != "と" or words.norm(i + 1) not in {"思う", "存ずる", "存じる", "考える"}:
        return None
    j = i + 2
    while j < words.last and (
        words.tag(j).startswith(("助動詞", "動詞-非自立可能")) or words.surface(j) == "て"
    ):
        j += 1
    return j


def _is_copula_of_noun(words: Words, i: int, start: int) -> bool:
    return i == start and words.norm(i) in {"だ", "です"}


def _after_naranai(words: Words, i: int) -> int:
    i += 1
    while i < words.last and words.tag(i).startswith("助動詞"):
        i += 1
    return i
