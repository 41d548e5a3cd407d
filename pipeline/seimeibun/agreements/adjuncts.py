"""What stands at the left edge of a complement and does not belong to it: addressee, basis, purpose, setting."""

import re

from seimeibun.agreements import lexicon
from seimeibun.agreements.case_marking import Complement
from seimeibun.agreements.clauses import PARTICLE_VERBS, closes_clause
from seimeibun.agreements.phrases import phrase_before, starts_with_actor
from seimeibun.agreements.relatives import links_on, modifies_on
from seimeibun.agreements.segments import after_commas
from seimeibun.agreements.times import start_of_time
from seimeibun.agreements.words import COMMAS, LIST_CONJUNCTIONS, Words


def peel_target(
    words: Words, start: int, span: Complement, *, promised: bool = False, asked: bool = False
) -> tuple[int, tuple[int, int] | None]:
    """Leave out an addressee that opens the segment: X国に対し、…; 先方に、…; 首相を訪問に招待."""
    for i in range(start, span.end):
        if words.depth(i):
            continue
        if words.surface(i) == "に" and words.is_case(i):
            phrase = phrase_before(words, i)
            if phrase is None and asked and words.slice(i, i + 2) == "に対し":
                after = i + 3 if words.surface(i + 2) == "て" else i + 2
                if words.slice(start, i) in {"これ", "それ", "右"}:
                    return after_commas(words, after), None  # これに対し|善処を要望
                whole = words.surface(after) in COMMAS
                return (after_commas(words, after), (start, i)) if whole else (start, None)
            if phrase is None or phrase.start != start:
                return start, None
            after = i + 1
            answered = words.surface(after) == "対し"
            if answered:
                after += 2 if words.surface(after + 1) == "て" else 1
                if words.is_case(after, "も"):
                    return start, None  # いかなる国に対しても利用を認めない: part of the clause
            if promised and words.surface(after) not in COMMAS:
                return start, None  # 基金に(対し)百万ドルを拠出すること: part of the promise
            if not answered and (
                (
                    words.surface(after) not in COMMAS
                    and not _has_direct_object(words, after, span.end, span.marker)
                )
                or words.tag(after).startswith(("動詞", "助詞"))
                or words.is_suru(after + 1)
            ):
                return start, None
            inner = (j for j in range(after, span.end) if not words.depth(j))
            if not answered and any(words.is_case(j, "が") for j in inner):
                return start, None  # 途上国に期間が与えられる限り: no addressee of the act
            return after_commas(words, after), (phrase.start, phrase.end)
        nominal = not any(_is_verbal(words, j) for j in range(i + 1, span.end))
        if words.is_case(i, "を") and span.marker == "に" and (asked or nominal):
            phrase = phrase_before(words, i)
            when = _after_convenience(words, i + 1, span.end) if asked else i + 1
            if phrase and phrase.start == start and phrase.kind in INVITED:
                return after_commas(words, when), (phrase.start, phrase.end)
            return start, None
        if words.tag(i).startswith(("動詞", "助動詞")) or (
            words.is_case(i) and words.surface(i) not in {"の", "と", "や"}
        ):
            return start, None
    return start, None


CONVENIENT = frozenset({"時期", "機会", "時", "折"})


def _after_convenience(words: Words, start: int, end: int) -> int:
    """Leave out when a guest may come: 首相を|双方に都合の良い時期に|カナダに招待."""
    for i in range(end - 1, start, -1):
        when = words.is_case(i, "に") and words.surface(i - 1) in CONVENIENT
        if when or words.slice(i - 2, i + 1) == "として":  # 国賓として|日本に招待
            return after_commas(words, i + 1)
    return start


def _is_verbal(words: Words, i: int) -> bool:
    return words.tag(i).startswith(("動詞", "助動詞"))


INVITED = frozenset({"office", "person", "name", "state"})


def _has_direct_object(words: Words, start: int, end: int, marker: str) -> bool:  # noqa: ARG001
    return marker in {"を", "旨", "よう", "と", "旨を"} and start < end


def peel(
    words: Words, start: int, end: int, *, clausal: bool, event: bool = False
) -> tuple[int, str, str, tuple[int, int] | None]:
    """Leave out adjuncts with a comma at the left edge; return the new start and what was left out.

    ``event``: the act is about something that happened, and what it concerns belongs to it.
    """
    basis, purpose, target = [], [], None
    while True:
        comma = _next_comma(words, start, end)
        if comma is None:
            break
        comma = _after_list(words, start, comma, end)
        if (companion := _companion(words, start, comma)) is not None:
            target = companion
            start = after_commas(words, comma + 1)
            continue
        kind = _adjunct_kind(words, start, comma)
        if clausal and kind in {"setting", ""} and PAST_MEETING.search(words.slice(start, comma)):
            kind = "frame"
        if not kind or (clausal and (kind == "setting" or (kind == "matter" and event))):
            break
        text = words.slice(start, comma)
        if kind == "target":
            phrase = _addressee(words, start, comma)
            if phrase is None:
                break
            target = phrase
        elif kind == "purpose":
            purpose.append(text)
        else:
            basis.append(text)
        start = after_commas(words, comma + 1)
    return start, "、".join(basis), "、".join(purpose), target


# where something was said, not where it is to be done: 昨年の第四回対話において、
PAST_MEETING = re.compile(
    r"^(?:昨|先|前回|去る|同[年月日]).{0,60}(?:会合|会議|会談|対話|サミット|総会|フォーラム|協議|討論)"
    r"(?:の場|の席|の際)?(?:において|で|に|にて)$"
    r"|(?:閣議|閣僚会議)(?:において|で|にて)$"  # where governments decide
)


def _companion(words: Words, start: int, comma: int) -> tuple[int, int] | None:
    """Return with whom it is done: 外務大臣と、|国際問題につき意見を交換; 先方とは、|枠につき意見が一致."""
    if words.is_case(comma - 1, "は") and words.is_case(comma - 2, "と"):
        phrase = phrase_before(words, comma - 2)
        return (start, phrase.end) if phrase is not None and phrase.start == start else None
    if not words.is_case(comma - 1, "と"):
        return None
    phrase = phrase_before(words, comma - 1)
    if phrase is None or phrase.start != start or phrase.kind not in {"office", "person", "side"}:
        return None
    return phrase.start, phrase.end


def after_partner(words: Words, start: int, end: int) -> tuple[int, tuple[int, int] | None]:
    """Leave out with whom it is signed: 韓国と|協定に署名; but 日本と|韓国の協定に署名."""
    for i in range(start + 1, end - 1):
        if words.depth(i) or not words.is_case(i):
            continue
        if words.surface(i) != "と" or starts_with_actor(words, i + 1):
            return start, None
        phrase = phrase_before(words, i)
        if phrase is None or phrase.start != start or words.is_case(i + 1):
            return start, None
        if closes_clause(words, i + 1, end):
            return start, None  # 韓国と|結んだ協定を承認
        return after_commas(words, i + 1), (phrase.start, phrase.end)
    return start, None


def _next_comma(words: Words, start: int, end: int) -> int | None:
    return next(
        (i for i in range(start, end) if words.surface(i) in COMMAS and not words.depth(i)), None
    )


def _after_list(words: Words, start: int, comma: int, end: int) -> int:
    """Return the comma after an adjunct that begins with a list: 干ばつ、洪水及び疫病に備えるため|、."""
    if any(words.tag(i).endswith("副詞可能") for i in range(start, comma)):
        return comma  # 今後とも、|原則に基づき、
    later: int | None = comma
    while later is not None:
        if _adjunct_kind(words, start, later) in {"purpose", "basis"}:
            return later
        if not words.is_noun(later - 1) or _is_time(words, later - 1):
            return comma
        later = _next_comma(words, later + 1, end)
    return comma


def _adjunct_kind(words: Words, start: int, comma: int) -> str:
    """Name the adjunct that ends at ``comma``, "" where the chunk is part of the object."""
    text = words.slice(start, comma)
    if SAID_TO_BE.search(text):
        return "basis"  # 財政を圧迫しているとして、: a reason given
    for i in range(start, comma):
        if (
            words.depth(i) == 0
            and words.surface(i) == "が"
            and words.tag(i).startswith("助詞-格助詞")
            and not _is_relative(words, i, comma)
            and not GIVEN.search(text)
        ):
            return ""  # the clause has its own subject: it is what the act is about
    if _is_time(words, comma - 1):
        return "setting"
    if words.is_case(comma - 1, "に") and start_of_time(words, comma - 1) == start:
        return "setting"  # 会議の最終日に、
    ending = lexicon.longest_end(text, lexicon.adjuncts())
    if ending in {"とともに", "と共に"} and _follows_verb(words, comma, len(ending)):
        return ""  # 用地を確保する|とともに、費用を負担する
    if ending:
        return lexicon.adjuncts()[ending]
    # a clause in the 連用形 before a chunk that is an adjunct: …を強化し、…を促進するため、
    if words.tokens[comma - 1].norm == "為る" and "連用形" in words.tokens[comma - 1].inflection:
        later = _next_comma(words, comma + 1, words.last)
        if later is not None and comma + 1 < later:
            following = words.slice(comma + 1, later)
            kind = lexicon.adjuncts().get(lexicon.longest_end(following, lexicon.adjuncts()), "")
            return kind if kind == "purpose" else ""
    return ""


def _follows_verb(words: Words, end: int, length: int) -> bool:
    """Tell whether the word before the last ``length`` signs is a verb."""
    edge = words.tokens[end - 1].end - length
    before = next((i for i in range(end - 1, words.first, -1) if words.tokens[i].end <= edge), -1)
    return before >= 0 and _is_verbal(words, before)


# a fact on which the act is founded, with a subject of its own: 承認が得られた|ことを受け、
GIVEN = re.compile(r"こと(?:を(?:受け|踏まえ)て?|に(?:鑑み|かんがみ|基づき|照らし|伴い)|から)$")
SAID_TO_BE = re.compile(r"(?:る|た|ない|だ|う|く|す|つ|ぬ|む|ぶ|ぐ|い)として$")


def _is_relative(words: Words, subject: int, comma: int) -> bool:
    """Tell whether a が-phrase stands in a relative clause inside the adjunct: 両国が共存する|構想に向け."""
    for i in range(subject + 1, comma - 1):
        token = words.tokens[i]
        if words.depth(i) or not token.tag.startswith(("動詞", "形容詞", "助動詞")):
            continue
        finite = "連体形" in token.inflection or "終止形" in token.inflection
        after = words.tag(i + 1)
        noun = (
            after.startswith(("名詞", "代名詞", "接頭辞", "連体詞"))
            and words.norm(i + 1) not in FORMAL
        )
        if finite and (noun or words.slice(i + 1, i + 3).startswith(("との", "という"))):
            return True
    return False


FORMAL = frozenset({"為", "事", "こと", "物", "旨", "際", "上", "中", "様", "ため"})


def _is_time(words: Words, last: int) -> bool:
    """Tell whether a chunk ends as a date: 平成十年十一月十三日、; 中間年に当たる本年、."""
    if words.depth(last):
        return False
    text = words.surface(last)
    return text in {
        "本年",
        "昨年",
        "明年",
        "来年",
        "本日",
        "同日",
        "今年",
        "今般",
        "先月",
        "同年",
    } or (text in {"日", "月", "年"} and words.tag(last - 1).startswith("名詞-数詞"))


FRAMES = ("では", "においては", "にあっては")


def after_frame(words: Words, start: int, end: int) -> int:
    """Leave out where a noun was spoken of, and all before it: …第九回会合では、|市場アクセス."""
    for comma in range(end - 1, start, -1):
        if words.depth(comma) or words.surface(comma) not in COMMAS:
            continue
        chunk = words.slice(start, comma)
        later = any(_is_verbal(words, i) for i in range(comma + 1, end))
        if chunk.endswith(FRAMES) and words.is_case(comma - 1, "は"):
            return after_commas(words, comma + 1)
        together = chunk.endswith(("とともに", "と共に")) and _follows_verb(words, comma, 4)
        if together and not later:
            return after_commas(words, comma + 1)  # 作業部会を設けるとともに、|対象の拡大
    return start


def after_linked_clause(words: Words, start: int, end: int) -> int:
    """Leave out another clause before a bare noun: 事実を受けとめ、|痛切な反省を述べた."""
    for comma in range(end - 1, start, -1):
        if words.depth(comma) or words.surface(comma) not in COMMAS:
            continue
        verb = comma - 2 if words.surface(comma - 1) == "て" else comma - 1
        linked = words.tag(verb).startswith("動詞") and "連用形" in words.tokens[verb].inflection
        if not linked or words.norm(verb) in PARTICLE_VERBS:
            continue
        if _has_object(words, start, verb):
            inside = closes_clause(words, comma + 1, end)  # 昨年発効し、|今も効力を持つ条約
            return start if inside else after_commas(words, comma + 1)
        # 立場に隔たりがあり、|共同声明の採択には至らず
        if not any(words.tag(i).startswith(PREDICATIVE) for i in range(comma, end)):
            return after_commas(words, comma + 1)
    return start


def _has_object(words: Words, start: int, verb: int) -> bool:
    return any(words.is_case(i, "を") and not words.depth(i) for i in range(start, verb))


PREDICATIVE = ("動詞", "助動詞", "形容詞")


def after_answer(words: Words, start: int, end: int) -> int:
    """Leave out an adverb before これ: 喜んで|これを受け入れた."""
    if words.surface(end - 1) not in {"これ", "それ"}:
        return start
    if end - start > 4 and words.surface(end - 2) != "て":
        return start  # 通常の訓練であるとして|これに反論
    return end - 1


OCCASIONS = frozenset({"機会", "際", "折", "場"})


def after_occasion(words: Words, start: int, end: int) -> int:
    """Leave out when it was done, before a described noun: 本会合の機会に|附属書に掲げる覚書|が署名された.

    The occasion of what is past is that of the description: 会合の機会に採択された文書|が公表された.
    """
    for i in range(start + 1, end - 1):
        if words.is_case(i, "に") and words.surface(i - 1) in OCCASIONS:
            told = any(words.norm(j) == "た" for j in range(i + 1, end))
            return start if told else after_commas(words, i + 1)
        if not words.is_noun(i - 1) and not words.is_case(i - 1, "の"):
            return start
    return start


GLADLY = ("喜んで", "快く", "謹んで", "進んで")


def after_gladly(words: Words, start: int, end: int) -> int:
    """Leave out how willingly it is done, before a noun: 喜んで|この招請を受諾した."""
    for length in (1, 2):
        if words.slice(start, start + length) in GLADLY and start + length < end:
            within = closes_clause(words, start + length, end)  # 進んで参加する国
            return start if within else after_commas(words, start + length)
    return start


def after_here(words: Words, start: int, end: int) -> int:
    """Leave out that it is done by these words: |ここに|行動計画を採択する."""
    here = words.slice(start, start + 2) == "ここに" and start + 2 < end
    return after_commas(words, start + 2) if here else start


SO_FAR = (
    "これまで",
    "今日まで",
    "従来から",
    "かねてから",
    "かねてより",
    "一貫して",
    "長年にわたり",
    "長らく",
    "現時点では",
    "現段階では",
)


def after_so_far(words: Words, start: int, end: int) -> int:
    """Leave out since when it is done, before a noun: これまで|改革を一貫して支持してきた."""
    if any(_is_verbal(words, i) for i in range(start + 3, end)):
        return start  # これまで両国が築いてきた関係
    for length in (4, 3, 2, 1):
        if words.slice(start, start + length) in SO_FAR and start + length < end:
            rest = words.surface(start + length)
            return start if rest in {"の", "に"} else after_commas(words, start + length)
    return start


def after_means(words: Words, start: int, end: int) -> int:
    """Leave out place, language and means before what is signed: 日本語により|本書二通."""
    for i in range(end - 2, start - 1, -1):
        if words.depth(i):
            continue
        if words.surface(i) == "より" and words.surface(i - 1) == "に":
            return after_commas(words, i + 1)
        if words.is_case(i, "で", "にて") and words.surface(i + 1) != "の":
            return after_commas(words, i + 1)
        if words.tag(i).startswith(("動詞", "助動詞")) or words.is_case(i, "を", "が", "は"):
            return start
    return start


def _addressee(words: Words, start: int, comma: int) -> tuple[int, int] | None:
    for i in range(start, comma):
        if words.surface(i) == "に" and words.surface(i + 1) == "対し":
            phrase = phrase_before(words, i)
            return (phrase.start, phrase.end) if phrase else None
    return None


def after_place(words: Words, start: int, end: int) -> int:
    """Leave out places and means before a noun object: 東京で|協定に署名, 英語で|2通."""
    edge = start
    for i in range(start, end - 1):
        if words.depth(i):
            continue
        if words.surface(i) in LIST_CONJUNCTIONS:
            return start  # 戦略及び5年間で43兆円の整備: the second of two objects
        if words.tag(i).startswith(("動詞", "形容詞")) and words.norm(i) not in {"於く", "おく"}:
            return start  # a place inside a clause belongs to the clause
        if words.is_case(i) and (
            (
                words.surface(i) in {"で", "にて"}
                and words.surface(i + 1) not in {"の", "は", "も"}
                and words.surface(i + 2) not in {"予定", "済み", "中"}
            )
            or (words.surface(i) == "て" and words.surface(i - 1) == "おい")
        ):
            edge = i + 1
    while words.surface(edge) in COMMAS:
        edge += 1
    return edge


def after_setting(words: Words, end: int) -> int:
    """Return where the noun phrase before ``end`` begins, settings (…において) left out."""
    for i in range(end - 1, words.first, -1):
        if words.depth(i):
            continue
        surface = words.surface(i)
        if surface in COMMAS:
            return i + 1
        if (
            surface in {"は", "が", "で", "に", "を", "て"}
            and words.is_case(i)
            and not links_on(words, i)
            and words.surface(i - 1) not in {"又", "若しく"}
            and not closes_clause(words, i + 1, end)
            and not modifies_on(words, i)
        ):
            return i + 1
    return words.first
