"""Noun phrases that can act: offices, persons, states, sides, bodies – by word class, not by name."""

import re
from dataclasses import dataclass

from seimeibun.agreements import lexicon
from seimeibun.agreements.words import COMMAS, LIST_CONJUNCTIONS, Words

PLURALS = ("ら", "等", "など", "たち", "達", "各位", "自身", "自ら", "がた", "方", "双方", "共")
JOINING = frozenset({"と", "や"})
INNER_MARKS = frozenset({"・", "-", "=", "＝", "‐", "−", "–", "～", "/", "+"})
CALENDAR = frozenset({"年", "月", "日", "時", "分", "曜日", "年度"})


@dataclass(frozen=True, slots=True)
class Phrase:
    """A noun phrase that can act; token indices ``start``–``end``, ``particle`` the one after it."""

    start: int
    end: int
    particle: int
    kind: str  # office person state side body meeting people name


def actor_kind(words: Words, end: int) -> str:
    """Return what kind of actor the noun that ends before token ``end`` names, "" for none.

    Read from the end of the compound: 欧州連合上級代表 is an office, 島嶼諸国 are states.
    """
    first = end
    while first > words.first and words.is_noun(first - 1) and end - first < 8:
        first -= 1
    if first == end:
        return ""
    for length in (3, 2):
        if words.slice(max(end - length, words.first), end) in lexicon.actor_aliases():
            return "side"  # 我が|方
    if words.surface(end - 1) == "地域" and _are_states(words, end - 1):
        return "state"
    text = words.slice(first, end)
    for plural in PLURALS:
        if text.endswith(plural) and len(text) > len(plural) and text not in lexicon.actor_nouns():
            stripped = text.removesuffix(plural)
            if kind := _kind_of(stripped) or _known(words, end - 1):
                return kind
    return _kind_of(text) or _known(words, end)


def _are_states(words: Words, region: int) -> bool:
    """Tell whether 地域 is one of those that take part like states: 41の国及び|地域."""
    return words.slice(region - 2, region) in {"国及び", "国・", "国および", "国と", "国や"}


def _kind_of(compound: str) -> str:
    nouns = lexicon.actor_nouns()
    for length in range(min(len(compound), 7), 0, -1):
        ending = compound[-length:]
        if ending in nouns:
            kind, not_after = nouns[ending]
            rest = compound[:-length]
            if not any(rest.endswith(word) for word in not_after):
                return kind
    return ""


def _known(words: Words, end: int) -> str:
    """Return "name" where a state, body, office or person known by name ends before ``end``."""
    if end <= words.first:
        return ""
    last = words.tokens[end - 1]
    if last.end in words.actor_ends or last.tag.endswith("地名-国") or "人名" in last.tag:
        return "name"
    return ""


def is_actor_before(words: Words, particle: int) -> bool:
    return phrase_before(words, particle) is not None


def phrase_before(words: Words, particle: int) -> Phrase | None:
    """Return the actor phrase that ends before token ``particle``."""
    end = particle
    while end > words.first:
        text = words.surface(end - 1)
        if text in {")", "）"} and words.partner(end - 1) is not None:
            end = words.partner(end - 1) or words.first
        elif text in {"とも", "共"} and words.is_noun(end - 1) and end - 1 > words.first:
            end -= 1
        elif text in {"いずれ", "それぞれ", "各々"} and words.surface(end - 2) in {"は", "、"}:
            return None
        else:
            break
    if end <= words.first:
        return None
    if words.surface(end - 1) == "」":
        kind = "name" if words.tokens[end - 1].start in words.actor_ends else ""
    elif not words.is_noun(end - 1) and words.surface(end - 1) not in {"など", "ら", "自ら"}:
        return None
    else:
        kind = actor_kind(words, end)
    if not kind:
        return None
    start = _trimmed(words, _left_edge(words, end), end)
    if ABBREVIATED.fullmatch(words.slice(end, particle)):
        end = particle  # 欧州連合(EU)
    if kind == "meeting" and words.slice(start, end).startswith(YET_TO_COME):
        return None
    start = _with_exception(words, start)
    if words.surface(start - 1) in {"、", "，"} and words.surface(start - 2) in WE:
        return Phrase(start - 2, start - 1, particle, "side")  # 我々、G7の首脳は
    return Phrase(start, end, particle, kind)


ABBREVIATED = re.compile(r"[(（][A-Za-zＡ-Ｚａ-ｚ0-9&.-]{2,15}[)）]")
# a meeting that has not been held decides nothing: 次回の会合は、来年東京で開くこととなった
YET_TO_COME = ("次回", "次の", "次期", "来年", "明年", "来月", "来る", "今後", "将来")


def _with_exception(words: Words, start: int) -> int:
    """Take in who is left, and who is left out: |残る|参加国, |甲国を除く|参加国."""
    if words.surface(start - 1) in {"残る", "残り"}:
        return start - 1
    if words.norm(start - 1) == "除く" and words.is_case(start - 2, "を"):
        excepted = phrase_before(words, start - 2)
        return excepted.start if excepted else start
    return start


def asked_before(words: Words, i: int) -> Phrase | None:
    """Return who is addressed up to token ``i``, after what is said: 禁止を|関係各国|に対して要望."""
    last = i - 1 if words.surface(i) == "て" else i
    if words.surface(last) != "対し" or not words.is_case(last - 1, "に"):
        return None
    phrase = phrase_before(words, last - 1)
    return phrase if phrase is not None and words.is_case(phrase.start - 1, "を") else None


WE = frozenset({"我々", "われわれ", "我ら", "私たち", "私達"})


def _left_edge(words: Words, end: int) -> int:
    """Return where the phrase that ends before ``end`` begins."""
    i, conjunction = end - 1, False
    while i >= words.first:
        text = words.surface(i)
        if text in {")", "）", "」", "』"}:
            partner = words.partner(i)
            if partner is None:
                break
            i = partner - 1
            continue
        if not _continues(words, i, conjunction=conjunction):
            break
        conjunction = conjunction or text in LIST_CONJUNCTIONS or text in JOINING or text == "に"
        i -= 1
    return i + 1


def _continues(words: Words, i: int, *, conjunction: bool) -> bool:
    text, tag = words.surface(i), words.tag(i)
    if text in {"全て", "すべて"}:
        return words.surface(i + 1) == "の"
    if words.is_noun(i) or tag.startswith("連体詞") or text in INNER_MARKS or _is_katakana(text):
        return True
    if tag.startswith("接尾辞-形状詞的"):
        return False
    if text == "の":
        before = words.surface(i - 1)
        if before == "か":
            return words.slice(i - 3, i) in HOW_MANY or words.slice(i - 2, i) in HOW_MANY
        return words.is_noun(i - 1) or before in {")", "）", "」", "』", "全て", "すべて"}
    if text == "か":
        return words.surface(i + 1) == "の"
    if text == "に" and words.surface(i - 1) == "並び":
        return words.is_noun(i - 2) or words.surface(i - 2) in {")", "）", "」", "、"}
    if text in LIST_CONJUNCTIONS:
        # 双方は、A及び、日本は: a list has something before its conjunction
        left = i - 2 if words.surface(i - 1) in COMMAS else i - 1
        if words.norm(left) in CLAUSE_NOUNS and words.has_clause_before(left):
            return False  # 甲国が参加した|こと、及び|乙国が支援したこと
        return words.is_noun(left) or words.surface(left) in {")", "）", "」", "ら", "など"}
    if text in JOINING and words.is_case(i):
        return bool(_item_kind(words, i)) and bool(starts_with_actor(words, i + 1))
    if text in {"、", "，"}:
        kind = _item_kind(words, i)
        if not kind or not starts_with_actor(words, i + 1):
            return words.surface(i + 1) in LIST_CONJUNCTIONS and words.is_noun(i - 1)
        return conjunction or kind == "name"
    return text in {"など", "ら"} and words.is_noun(i - 1)


CLAUSE_NOUNS = frozenset({"事", "こと", "旨", "点", "物", "ため", "為"})
HOW_MANY = frozenset(
    ["何人か", "何名か", "幾人か", "何国か", "何者か", "いくつか", "幾つか", "いくらか"]
)


def _is_katakana(text: str) -> bool:
    """Tell a piece of a foreign name from a word: スロー of ウィンスロー is an adjective for Sudachi."""
    return bool(text) and all("ァ" <= sign <= "ヺ" or sign == "ー" for sign in text)


def _item_kind(words: Words, end: int) -> str:
    """Return the kind of the list item that ends before ``end``, brackets after it aside."""
    if words.surface(end - 1) in {")", "）"}:
        end = words.partner(end - 1) or end
    return actor_kind(words, end)


def starts_with_actor(words: Words, start: int) -> bool:
    """Tell whether some noun of the compound or の-phrase at ``start`` is an actor."""
    i = start
    if words.surface(i) in LIST_CONJUNCTIONS:
        i += 1
    limit = min(words.last, i + 14)
    while i < limit and (
        words.is_noun(i)
        or words.surface(i) in INNER_MARKS
        or words.surface(i) == "の"
        or _is_katakana(words.surface(i))
    ):
        i += 1
        if actor_kind(words, i):
            return True
    return False


def _trimmed(words: Words, start: int, end: int) -> int:
    """Leave out a date or an adverbial noun that only stands before the phrase (20日|日本側)."""
    i = start
    while i < end - 1:
        text, tag = words.surface(i), words.tag(i)
        following = words.surface(i + 1)
        if text == "中" and following == "の" and words.tag(i - 1).endswith("サ変可能"):
            start = i = i + 2  # 公式訪問中の|大臣
            continue
        if text in {"公式", "非公式"} or (tag.endswith("サ変可能") and following == "中"):
            i += 1
            continue
        if text in {"(", "（"}:
            partner = words.partner(i)
            if partner is None or partner >= end - 1:
                break
            i = partner + 1  # (拍手)政府は
            continue
        if (
            text in INNER_MARKS
            or text in LIST_CONJUNCTIONS
            or text in {"の", "、"}
            or (
                tag.startswith("名詞-数詞")
                and (
                    following in CALENDAR
                    or words.tag(i + 1).startswith("名詞-数詞")
                    or words.tokens[i].end < words.tokens[i + 1].start  # 2 |カリコム側: a number
                )
            )
            or (text in CALENDAR and i > start)
            or (tag.endswith("副詞可能") and following != "の" and actor_kind(words, i + 1) == "")
            or words.slice(i, i + 1) in lexicon.connectives()
        ):
            i += 1
        elif i + 2 < end and words.slice(i, i + 2) in lexicon.connectives():
            i += 2  # このため|アジア各国は
        else:
            break
    return i if i < end else start
