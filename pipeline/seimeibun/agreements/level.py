"""Whether an act stands in the main clause, and in what form its clause goes on."""

from dataclasses import dataclass

from seimeibun.agreements.inflection import Tail
from seimeibun.agreements.words import PARENTHESES, Words

MAIN, EMBED, NOMINAL = "MAIN", "EMBED", "NOMINAL"
SAYING = frozenset(
    [
        "述べる",
        "言う",
        "語る",
        "表明",
        "発言",
        "強調",
        "指摘",
        "伝える",
        "伝達",
        "説明",
        "回答",
        "答える",
        "応ずる",
        "応じる",
        "明らか",
        "主張",
        "発表",
        "宣言",
        "通報",
        "報告",
        "力説",
        "申し述べる",
        "断言",
        "明言",
        "言明",
        "付け加える",
        "訴える",
        "約束",
        "誓約",
        "確約",
        "確認",
        "要請",
        "提案",
        "紹介",
        "示す",
        "応える",
    ]
)


@dataclass(frozen=True, slots=True)
class Position:
    """``form``: MAIN RENYO TOMO TSUTSU COMP ADN QUOTE NOMI; ``reported``: 〜する旨述べた, 〜と述べた."""

    level: str
    form: str
    reported: bool = False


def position_of(words: Words, tail: Tail) -> Position:
    """Say how the clause of a predicate goes on after its inflection ``tail``."""
    i = _after_remark(words, tail.end)
    surface, after = words.surface(i), words.slice(i, min(i + 4, words.last))
    if words.ends_here(i):
        return Position(MAIN, "MAIN")
    if after.startswith("にとど"):
        return Position(MAIN, "RENYO")  # 検討中である旨述べる|にとどめ
    if after.startswith(("ところ、", "ところ，")) and tail.past:
        return Position(MAIN, "RENYO")  # 提案した|ところ、
    if after.startswith(SINCE) and tail.te:
        return Position(EMBED, "ADN")  # 宣言して|以来: when, not what
    if after.startswith(("とともに", "と共に", "ともに", "と同時に", "とも")):
        return Position(MAIN, "TOMO")
    if surface in {"つつ", "ながら"}:
        return Position(MAIN, "TSUTSU")
    if after.startswith(UE):
        return Position(MAIN, "UE")
    if surface in {"が", "けれども", "けれど", "し", "ものの"} and words.tag(i).startswith(
        "助詞-接続"
    ):
        return Position(MAIN, "RENYO")
    if after.startswith(("ものの", "のに対し")):
        return Position(MAIN, "RENYO")
    if after.startswith(ASIDE) and not words.is_case(i + 1, "を", "が", "の"):
        return Position(MAIN, "RENYO")
    if after.startswith(("との", "という", "といった")):
        return Position(EMBED, "QUOTE", reported=_noun_reports(words, i))
    if surface == "と" or surface == "旨":
        return Position(EMBED, "QUOTE", reported=surface == "旨" or _is_said(words, i + 1))
    if "連用形" in tail.final:
        return Position(MAIN, "RENYO")
    if surface in {"か", "かどうか"}:
        return Position(EMBED, "QUOTE")
    if surface in {"、", "，"}:
        # a finite form before a comma modifies what follows: 東京で採択された、海洋に関する宣言
        return Position(EMBED, "ADN")
    if words.norm(i) in {"事", "こと", "の", "物"} or surface in {"こと", "の"}:
        return Position(EMBED, "COMP", reported=_is_reported_koto(words, i))
    if after.startswith(("よう", "様")):
        return Position(EMBED, "YOU")
    return Position(EMBED, "ADN")


def _after_remark(words: Words, i: int) -> int:
    """Step over the end of a quotation, and over what is remarked in brackets: 署名した|(別添1参照)."""
    while words.surface(i) in CLOSING and words.depth(i) == 0:
        i += 1
    partner = words.partner(i) if words.surface(i) in PARENTHESES else None
    return i if partner is None else _after_remark(words, partner + 1)


CLOSING = frozenset("」』")
SINCE = ("以来", "以降", "以後", "から、", "から，", "まもなく", "間もなく")
UE = ("上で", "うえで", "上、", "上に")
ASIDE = ("ほか", "他、", "一方", "反面", "中で、")


def _is_said(words: Words, i: int) -> bool:
    """Tell whether a verb of saying follows 〜と within a few words."""
    return any(
        words.norm(j) in SAYING or words.surface(j) in SAYING
        for j in range(i, min(i + 6, words.last))
    )


def _noun_reports(words: Words, i: int) -> bool:
    text = words.slice(i, min(i + 7, words.last))
    return any(
        noun in text
        for noun in ("発言", "説明", "言及", "回答", "指摘", "意見", "表明", "立場", "考え")
    )


def _is_reported_koto(words: Words, i: int) -> bool:
    """Tell whether こと is what is said: 支持することを表明した."""
    return words.surface(i + 1) == "を" and _is_said(words, i + 2)
