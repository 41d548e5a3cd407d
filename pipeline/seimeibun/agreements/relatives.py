"""The noun that a relative clause describes: 採択された|東京宣言, 会合で発表した|総額六十億ドルの支援."""

from seimeibun.agreements.clauses import is_particle_like
from seimeibun.agreements.predicates import Predicate
from seimeibun.agreements.words import COMMAS, Words


def modified_noun(words: Words, predicate: Predicate) -> tuple[int, int] | None:
    """Return the noun phrase that a relative clause modifies: 採択された|東京宣言."""
    start = predicate.tail.end
    if words.surface(start) in COMMAS:
        linked = "連用形" in predicate.tail.final
        start = _after_second_verb(words, start + 1) if linked else start + 1
    i = start
    while i < words.last:
        surface = words.surface(i)
        if words.depth(i) == 0 and surface not in OPENING:
            if surface in COMMAS or words.ends_here(i):
                break
            if surface == "の" and words.surface(i + 1) == "ため" and words.surface(i + 2) != "の":
                break  # 先方が要請した橋の建設|のため、
            if surface == "の" and words.surface(i + 1) == "うち":
                break  # 承認された総額|のうち一億ドル
            if surface == "の" and _titled(words, i) and words.surface(i + 1) != "ため":
                break
            if surface == "に" and words.surface(i + 1).startswith("基づ") and _titled(words, i):
                break  # 締結された|交換公文|に基づく円借款
            if (
                words.is_case(i)
                and surface not in {"の", "と", "や"}
                and not (links_on(words, i) and not _is_detached(words, i))
                and not modifies_on(words, i)
            ):
                break
        i += 1
    return (start, _before_definition(words, i)) if i > start else None


def _is_detached(words: Words, particle: int) -> bool:
    """Tell 引下げ|については, which is about the noun, from 引下げ|についての協議, which goes on with it."""
    text = words.slice(particle + 1, min(particle + 5, words.last))
    return text.startswith(("つい", "対し", "関し", "向け")) and not text.startswith(
        ("ついての", "対しての", "関しての", "向けた", "向けての")
    )


def _after_second_verb(words: Words, start: int) -> int:
    """Step over what else the noun is described by: 署名され、|翌年発効した|協定."""
    for i in range(start, words.last - 1):
        token = words.tokens[i]
        if words.depth(i) or not token.tag.startswith(("動詞", "助動詞")):
            continue
        if is_particle_like(words, i):
            continue
        if "連体形" in token.inflection or "終止形" in token.inflection:
            return (
                i + 1 if words.is_noun(i + 1) and words.norm(i + 1) not in {"事", "こと"} else start
            )
    return start


def modifies_on(words: Words, particle: int) -> bool:
    """Tell whether the particle's verb modifies the noun after it: 60億ドル|を超える支援, 3年間|で5千人."""
    if words.surface(particle - 1).endswith("間") and words.tag(particle + 1).startswith(
        "名詞-数詞"
    ):
        return True
    if words.surface(particle) != "を" or _titled(words, particle):
        return False  # 共同声明|で示された原則: the declaration is what was signed
    for i in range(particle + 1, min(particle + 8, words.last - 1)):
        if words.is_case(i, "は", "が") or words.surface(i) in COMMAS:
            return False
        inflection = words.tokens[i].inflection
        if "連体形" in inflection or "終止形" in inflection:
            return words.is_noun(i + 1) and words.norm(i + 1) not in {"事", "こと", "旨", "際"}
    return False


def _before_definition(words: Words, end: int) -> int:
    """Leave out a definition at the end: 「行動計画」|(以下、「計画」という。)."""
    if words.surface(end - 1) in {")", "）"} and (partner := words.partner(end - 1)) is not None:
        return partner if words.surface(partner + 1) == "以下" else end
    return end


def _titled(words: Words, end: int) -> bool:
    """Tell whether a title or an instrument ends before ``end``: 「行動計画」(以下、…)|の下での協力."""
    if words.surface(end - 1) in {")", "）"} and (partner := words.partner(end - 1)) is not None:
        end = partner
    return words.surface(end - 1).endswith((*INSTRUMENTS, "」"))


INSTRUMENTS = (
    "協定", "条約", "宣言", "声明", "覚書", "議定書", "文書", "計画", "決議", "公文", "書簡", "取極", "憲章", "協約",
    "合意", "原則", "予算", "報告書", "指針", "方針", "戦略", "枠組み",
)  # fmt: skip


OPENING = frozenset("「『(（")


def links_on(words: Words, i: int) -> bool:
    """Tell whether a particle is part of a modifier: に関する, における, への, に向けた."""
    following = words.slice(i + 1, min(i + 4, words.last))
    return words.surface(i) in {"に", "へ", "で", "から", "て"} and following.startswith(
        (
            "関する",
            "おける",
            "対する",
            "よる",
            "基づく",
            "向けた",
            "の",
            "つい",
            "向け",
            "係る",
            "かかる",
        )
    )
