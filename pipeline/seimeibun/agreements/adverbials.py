"""What stands between a complement and its act and says when, where or how, stepped over leftwards."""

from seimeibun.agreements.clauses import closes_clause
from seimeibun.agreements.predicates import Predicate
from seimeibun.agreements.times import start_of_time
from seimeibun.agreements.words import COMMAS, Words

EACH = frozenset({"それぞれ", "各々", "おのおの", "共に", "ともに", "相互に", "改めて"})
MANNERS = frozenset({"を代表し", "を込め", "をこめ"})
SPIRIT = (("の", "うち", "に"), ("の", "中", "で"), ("の", "中", "に"), ("の", "なか", "で"))
LONGEST_ADJUNCT = 12  # tokens


def before_when_and_where(words: Words, i: int, predicate: Predicate) -> int:
    """Step over when and where the act is done: 議定書に|来年春に東京で|署名する."""
    while words.is_case(i, "に", "で") and i > words.first:
        when = start_of_time(words, i)
        if when == i and words.is_case(i, "で") and predicate.category != "AGREE":
            when = _start_of_place(words, i)
        if when == i:
            return i
        i = when - 1
        if words.surface(i) in COMMAS and words.is_case(i - 1, "に", "を"):
            i -= 1
    return i


def _start_of_place(words: Words, end: int) -> int:
    """Return the first token of the place named before ``end``, ``end`` for none."""
    start = end
    while start > words.first and words.is_noun(start - 1):
        start -= 1
    named = any("地名" in words.tag(i) for i in range(start, end))
    return start if named else end


def before_manner(words: Words, i: int) -> int:
    """Return the token before a phrase of manner, ``i`` for none: …ことを|満足の意をもって想起."""
    held = words.norm(i - 1) in {"持つ", "以つ", "もつ"}
    if words.surface(i) != "て" or not (held or words.slice(i - 3, i) in MANNERS):
        return i
    particle = i - 2 if words.surface(i - 2) == "を" else i - 3
    if words.surface(particle) == "を":
        i = particle - 1
        while i > words.first and (words.is_noun(i) or words.surface(i) == "の"):
            i -= 1
    return i - 1 if words.surface(i) in COMMAS and words.is_case(i - 1, "を", "に", "へ") else i


def start_of_spirit(words: Words, i: int) -> int | None:
    """Return where it is said in what spirit one talked: 諸問題に関し、|友好的な雰囲気のうちに|意見を交換."""
    end = next((n for n in SPIRIT if words.slice(i + 1 - len(n), i + 1) == "".join(n)), None)
    if end is None:
        return None
    start = i + 1 - len(end)
    while start > words.first and (
        words.is_noun(start - 1)
        or words.tag(start - 1).startswith(("形状詞", "接尾辞", "連体詞", "形容詞"))
        or words.surface(start - 1) in {"な", "かつ", "且つ"}
        or (words.is_case(start - 1, "の") and not words.tag(start - 2).startswith("助詞"))
    ):
        start -= 1
    return start


def is_only_how(words: Words, start: int, predicate: Predicate) -> bool:
    """Tell whether nothing but adverbs stands from ``start`` to the act: 侵略を、|強く|非難."""
    return words.surface(start) in EACH or (
        predicate.typed is None and words.skip_adverbs_left(predicate.left) == start - 1
    )


def object_before_adjunct(words: Words, i: int) -> int | None:
    """Return the を before an adverbial に- or で-phrase: 条約を|早期に締結."""
    for j in range(i - 1, max(words.first, i - LONGEST_ADJUNCT), -1):
        if words.depth(j) == 0 and words.is_case(j):
            if words.surface(j) == "を":
                # 五年を経過した後に|再協議: of another verb
                return None if _has_verb(words, j + 1, i) else j
            if words.surface(j) not in {"の", "に", "で"}:
                return None
        if words.surface(j) in COMMAS and not words.is_case(j - 1, "を"):
            return None  # but 侵略を、|最も強い言葉で|非難
    return None


def _has_verb(words: Words, start: int, end: int) -> bool:
    """Tell whether a verb closes its clause between two tokens; an adjective only describes."""
    return any(
        closes_clause(words, i, i + 1) and not words.tag(i).startswith("形容詞")
        for i in range(start, end)
        if words.surface(i) != "な"
    )
