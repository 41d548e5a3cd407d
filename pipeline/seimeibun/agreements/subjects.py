"""Who could be the doer in a sentence: topics, が-subjects, から- and によって-phrases, 〜の間で."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum

from seimeibun.agreements.phrases import Phrase, phrase_before
from seimeibun.agreements.words import Words


class Role(Enum):
    TOPIC = "は"
    SUBJECT = "が"
    FROM = "から"
    AGENT = "によって"
    AMONG = "の間で"


@dataclass(frozen=True, slots=True)
class Subject:
    """A phrase that may do something, and the token after its particle(s)."""

    phrase: Phrase
    role: Role
    after: int
    pause: bool  # a comma follows


def find_subjects(words: Words) -> list[Subject]:
    """Return the possible doers of a sentence outside brackets and quotes, in text order."""
    found = sorted(_subjects(words), key=lambda subject: subject.phrase.start)
    if any(subject.role in {Role.TOPIC, Role.FROM} for subject in found):
        found = [subject for subject in found if not _stands_for(words, subject)]
    else:
        headline = _headline_topic(words)
        found[:0] = [headline] if headline else []
    return found


# Words that can mark a doer; whether they do, ``_reading`` says.
MARKS = frozenset({"は", "も", "が", "から", "より", "て", "間"})
BY = frozenset({"よる", "因る"})


def _subjects(words: Words) -> Iterator[Subject]:
    for i in range(words.first + 1, words.last):
        token = words.tokens[i]
        if token.text not in MARKS and token.norm not in BY:
            continue
        if words.depth(i) or not token.tag.startswith(
            ("助詞", "動詞", "名詞-普通名詞-副詞可能", "接尾辞")
        ):
            continue
        reading = _reading(words, i)
        if reading is None:
            continue
        end, role, after = reading
        phrase = phrase_before(words, end)
        if phrase is not None and not (role is Role.AMONG and _is_partner(words, phrase)):
            yield Subject(phrase, role, after, words.surface(after) in {"、", "，"})


def _is_partner(words: Words, phrase: Phrase) -> bool:
    """Tell with whom (ソ連|との間で) from who among themselves (両国の間で, 日本と米国との間で)."""
    if words.surface(phrase.end) not in {"と", "との"}:
        return False
    text = words.slice(phrase.start, phrase.end)
    return phrase.kind != "side" and not any(
        mark in text for mark in ("と", "及び", "並びに", "・", "、", "両", "各")
    )


def _reading(words: Words, i: int) -> tuple[int, Role, int] | None:
    """Return where the phrase before particle ``i`` ends, its role, and where the particle ends."""
    text, before = words.surface(i), words.surface(i - 1)
    if text in {"は", "も"} and words.is_case(i):
        return _topic(words, i)
    if text == "が" and words.tag(i).startswith("助詞-格助詞"):
        return i, Role.SUBJECT, i + 1
    if text in {"から", "より"} and words.tag(i).startswith("助詞-格助詞"):
        if words.surface(i + 1) in {"は", "も"}:
            return i, Role.FROM, i + 2
        return i, Role.FROM, i + 1
    if before == "に" and words.norm(i) in BY and text not in {"よる", "よれ"}:
        after = i + 2 if words.surface(i + 1) == "て" else i + 1
        return i - 1, Role.AGENT, after
    if (
        text == "て"
        and words.slice(i - 2, i) == "とし"
        and words.surface(i + 1) not in {"は", "も"}
    ):
        return _standing_for(words, i)
    if text == "間" and words.surface(i + 1) in {"で", "に", "では"}:
        return _among(words, i)
    return None


def _stands_for(words: Words, subject: Subject) -> bool:
    return subject.role is Role.SUBJECT and words.surface(subject.phrase.end) == "と"


def _standing_for(words: Words, i: int) -> tuple[int, Role, int] | None:
    """Read 日本政府として: who acts, where the sentence names nobody else."""
    official = words.surface(i - 3) in {"政府", "国", "側"} or words.tag(i - 3).endswith("地名-国")
    return (i - 2, Role.SUBJECT, i + 1) if official else None


def _among(words: Words, i: int) -> tuple[int, Role, int] | None:
    """Read 両国の間で, 両国の間において; not 国民の間での交流."""
    end, after = i, i + 2
    while words.surface(end - 1) in {"の", "と", "との"}:
        end -= 1
    if words.slice(i + 2, i + 4) == "おいて":
        after = i + 4
    elif words.surface(i + 1) == "に" and words.surface(i + 2) in EXISTING:
        return None  # 両国の間に|存在する諸問題
    if words.surface(after) == "の":
        return None
    return end, Role.AMONG, after + (words.surface(after) in {"は", "も"})


EXISTING = frozenset({"存在", "ある", "在る", "横たわる", "残る", "残さ"})


def _topic(words: Words, i: int) -> tuple[int, Role, int] | None:
    before = words.surface(i - 1)
    if before in {"て", "も"} and words.surface(i - 2) == "し" and words.surface(i - 3) == "と":
        return i - 3, Role.TOPIC, i + 1  # 日本としては
    if before == "いずれ" and words.surface(i) == "も":
        return None
    if before in {"から", "より"}:
        return None  # read at から itself
    if words.surface(i) == "も" and not (words.is_noun(i - 1) or before in {")", "）", "と"}):
        return None
    if before == "と" and (words.surface(i) == "も" or _closes_pair(words, i - 1)):
        return i - 1, Role.TOPIC, i + 1
    return i, Role.TOPIC, i + 1


def _closes_pair(words: Words, second: int) -> bool:
    """Tell whether this と follows the second of two: 甲国と乙国|とは; not 先方|とは, with whom it is done."""
    phrase = phrase_before(words, second)
    if phrase is None:
        return False
    return any(words.is_case(i, "と") for i in range(phrase.start + 1, phrase.end))


def _headline_topic(words: Words) -> Subject | None:
    """Read a headline's topic, before a comma or a gap (両首脳、協力の拡大で一致)."""
    i = words.first
    while (
        i < words.last
        and i - words.first < 10
        and (words.is_noun(i) or words.surface(i) in {"の", "・"})
    ):
        i += 1
        gap = i < words.last and words.tokens[i].start > words.tokens[i - 1].end
        if gap or words.surface(i) in {"、", "，"}:
            phrase = phrase_before(words, i)
            return Subject(phrase, Role.TOPIC, i, True) if phrase else None
    return None
