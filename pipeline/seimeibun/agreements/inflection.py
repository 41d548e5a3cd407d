"""What follows a predicate's stem: negation, voice, tense, and how its clause goes on."""

from dataclasses import dataclass

from seimeibun.agreements.words import Words

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
    i, negations, passive, past, modal, final, te = start, 0, False, False, "", "", False
    stem_end = start
    while i < words.last:
        token = words.tokens[i]
        tag, norm = token.tag, token.norm
        if i > start and token.text == "な" and words.surface(i + 1) in {"かつ", "かっ"}:
            negations, i, te = negations + 1, i + 2, False  # 至らなかつた: old spelling of なかった
            continue
        if tag.startswith("助動詞") and not _is_copula_of_noun(words, i, start):
            if norm in NEGATIONS and "仮定形" not in token.inflection:
                negations += 1
            if norm in PASSIVES:
                passive = True
                # GiNZA's られる is one token in the plain form; the stem of it is られ
                stem_end = i + 1
            past = past or norm == "た"
            modal = _modal(norm) or modal
        elif tag.startswith(("動詞-非自立可能", "形容詞-非自立可能")) and (
            i == start or te or norm in AUXILIARY_VERBS
        ):
            if (
                i > start
                and not te
                and norm
                not in {
                    "為る",
                    "得る",
                    "居る",
                    "有る",
                    "続ける",
                    "始める",
                    "合う",
                    "致す",
                    "出来る",
                    "下さる",
                }
            ):
                break
            if norm == "無い":
                negations += 1
        elif token.text in {"て", "で"} and tag.startswith("助詞-接続助詞"):
            te, final = True, "連用形-テ"
            i += 1
            if words.surface(i) in {"は", "も"} and words.norm(i + 1) in {
                "居る",
                "成る",
                "無い",
                "ない",
            }:
                i += 1
                if words.norm(i) == "成る":  # してはならない: forbidden, not denied
                    return Tail(
                        _after_naranai(words, i),
                        stem_end,
                        False,
                        passive,
                        past,
                        "べき",
                        "終止形-一般",
                        False,
                    )
            continue
        elif token.text == "ば" and words.norm(i + 1) == "成る":
            return Tail(
                _after_naranai(words, i + 1),
                stem_end,
                False,
                passive,
                past,
                "べき",
                "終止形-一般",
                False,
            )
        elif (
            token.text in {"は", "も"}
            and words.norm(i + 1) in {"為る", "出来る"}
            and words.norm(i + 2) in NEGATIONS
        ):
            i += 1
            continue
        elif token.text == "を" and i > start and words.surface(i - 1) == "ざる":
            i += 1  # せざるを得ない: two negations, none left
            continue
        elif i > start and (step := _modal_noun(words, i)):
            negative, i = step
            negations += negative
            last = words.tokens[i - 1].inflection.rpartition(";")[2]
            te, final = False, last if last.startswith("連用形") else "終止形-一般"
            continue
        elif i > start and words.slice(i, i + 2) == "光栄を" and words.norm(i + 2) == "有する":
            i, te, final = i + 3, False, "終止形-一般"  # 確認する光栄を有します: exchanged notes
            continue
        elif i > start and (ability := _ability(words, i)):
            i = ability  # 見ることができなかった: the verb after it carries the rest
            te = False
            continue
        elif modal == "たい" and (wish := _wish(words, i)):
            i, te, final = wish, False, "終止形-一般"
            continue
        elif token.text == "に" and i > start and _reaches(words, i):
            i += words.norm(i + 1) != "至る"
            i += 1  # 合意を見るに至った
        elif i == start or (token.norm == "至る" and words.surface(i - 1) in {"に", "は", "も"}):
            pass
        else:
            break
        te = False
        final = token.inflection.rpartition(";")[2]
        i += 1
    return Tail(i, stem_end, negations % 2 == 1, passive, past, modal, final, te)


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


def _modal(norm: str) -> str:
    return {"べし": "べき", "たい": "たい", "う": "う", "う-助動詞": "う"}.get(norm, "")
