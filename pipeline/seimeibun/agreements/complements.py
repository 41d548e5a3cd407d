"""Where the complement of an act ends, and the particle that marks it, read leftwards from the act."""

from bisect import bisect_left
from dataclasses import dataclass

from seimeibun.agreements.clauses import PARTICLE_VERBS, closes_clause, is_particle_like
from seimeibun.agreements.phrases import Phrase, asked_before, phrase_before
from seimeibun.agreements.predicates import Predicate
from seimeibun.agreements.times import start_of_time
from seimeibun.agreements.words import COMMAS, POINTING, Words


@dataclass(frozen=True, slots=True)
class Complement:
    """Token range of an object and what was read on the way."""

    start: int
    end: int
    marker: str
    target: tuple[int, int] | None = None


DIRECT = frozenset({"を", "が", "で", "に", "も", "は", "へ"})


def find_complement(words: Words, predicate: Predicate) -> Complement | None:
    """Find the complement's last token and its particle, read leftwards from the act."""
    typed = predicate.typed or predicate.mwe
    i = (words.skip_modifiers_left if typed else words.skip_adverbs_left)(predicate.left)
    if i < words.first:
        return None
    if typed:
        found = _complement_of_noun(words, i, predicate)
        return found or _own_view(words, predicate)
    i = _before_when_and_where(words, i, predicate)
    addressee = None
    if (asked := asked_before(words, i)) is not None:
        addressee, i = (asked.start, asked.end), asked.start - 1
    elif words.surface(i) == "に" and (phrase := phrase_before(words, i)) is not None:
        before = words.surface(phrase.start - 1)
        invited = predicate.lexeme.lemma in INVITING
        if not invited and (
            before in {"を", "と", "対し", "て", "つい", "よう", "旨", "こと"}
            or words.surface(phrase.start - 1) in COMMAS
        ):
            addressee = (phrase.start, phrase.end)
            i = phrase.start - 1
            i = i - 1 if words.surface(i) in COMMAS else i
    span = _marked(words, i, predicate)
    return span and Complement(span.start, span.end, span.marker, addressee or span.target)


def _before_when_and_where(words: Words, i: int, predicate: Predicate) -> int:
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


def _complement_of_noun(words: Words, i: int, predicate: Predicate) -> Complement | None:
    """Find the complement of 謝意を|表明, 意図を|表明, 期待を|表明, 認識で|一致."""
    target, first = None, i
    if predicate.typed and words.surface(i) in POINTING and not predicate.typed.category:
        return _whole(words, predicate)  # この立場を|共有
    if predicate.typed is None:
        i = _before_when_and_where(words, i, predicate)
    if words.surface(i) == "に" and (phrase := phrase_before(words, i)) is not None:
        # 支援に対し日本政府に謝意: the second に is the addressee's
        before = words.surface(phrase.start - 1)
        if before in {"対し", "て", "を", "、", "，", "つい"} or _particle_end(
            words, phrase.start - 1
        ):
            if _opens_segment(words, phrase.start - 1):
                return None
            target = (phrase.start, phrase.end)
            i = phrase.start - 1
            if words.surface(i) in COMMAS:
                i -= 1
    if (by := _giver_before(words, i, predicate)) is not None:
        i = by.start - 1  # 申出に対し、|各国から|賛同の意が示された
        if words.surface(i) in COMMAS and words.surface(i - 1) not in {"は", "が"}:
            return _marked(words, i, predicate)
        return None
    left = predicate.left
    owner = owner_of_view(words, predicate)
    i = owner.start - 1 if owner else _before_owner(words, i)
    if words.surface(i) in COMMAS:
        return _marked(words, i, predicate)
    if (span := _compound_marked(words, i)) is not None:
        if (said := _said_to(words, span)) is not None:
            return said
        return Complement(span.start, span.end, span.marker, target)
    if i == left - 1 and predicate.typed is None and (compound := _compound_start(words, i)) <= i:
        i = compound - 1  # 電話|会談
        if words.surface(i) in COMMAS:
            return _marked(words, i, predicate)
    elif (
        (i == left - 1 or (i == first and "連体形" in words.tokens[i].inflection))
        and target is None
        and not _is_particle(words, i)
        and words.surface(i) != "旨"
    ):
        # the clause stands directly before its noun: …を継続する|意図; but 一か月にわたる|討議
        if predicate.typed and words.norm(i) == "た" and predicate.category in FELT:
            return _whole(words, predicate)  # 議長が表明した|懸念を共有: somebody else's
        held = predicate.typed is not None or words.norm(i) not in PARTICLE_VERBS
        manner = words.tag(i).startswith("接尾辞") or words.surface(i) == "に"
        manner = manner or (words.tag(i).endswith("副詞可能") and words.surface(i - 1) in COMMAS)
        return Complement(words.first, i + 1, "") if held and not manner else None
    span = _marked(words, i, predicate)
    return span and Complement(span.start, span.end, span.marker, target or span.target)


def _giver_before(words: Words, i: int, predicate: Predicate) -> Phrase | None:
    """Return the から-phrase that ends at ``i``, where it is who does it: |先方からは|謝意の表明があった."""
    if not (predicate.passive or predicate.arises):
        return None
    i -= words.is_case(i, "は", "も")
    return phrase_before(words, i) if words.is_case(i, "から", "より") else None


PEOPLE = ("者", "民", "企業", "機関", "団体", "業界")


def _said_to(words: Words, span: Complement) -> Complement | None:
    """Return the clause, where the noun says to whom it is given: 送金を認める|との企業に対する約束."""
    to_whom = phrase_before(words, span.end) or words.surface(span.end - 1).endswith(PEOPLE)
    if span.marker not in {"に対する", "への"} or not to_whom:
        return None
    start = span.end
    while words.is_noun(start - 1) or (words.is_case(start - 1, "の") and words.is_noun(start - 2)):
        start -= 1
    content = _compound_marked(words, start - 1)
    if (
        content is None
        or content.marker not in {"との", "という"}
        or words.is_noun(content.end - 1)
    ):
        return None
    return Complement(content.start, content.end, content.marker, (start, span.end))


FELT = frozenset({"OBJECT", "SUPPORT", "EVALUATE", "THANK", "WELCOME"})


def _whole(words: Words, predicate: Predicate) -> Complement | None:
    """Return all that stands before the verb's を, the typing noun included."""
    particle = words.skip_adverbs_left(predicate.start)
    return Complement(words.first, particle, "を") if words.is_case(particle, "を") else None


def owner_of_view(words: Words, predicate: Predicate) -> Phrase | None:
    """Return whose views meet: 取り決めることに|両者|の意見の一致をみた, |両首脳|の見解は一致した."""
    if predicate.lexeme.lemma != "一致" or predicate.typed is None:
        return None
    particle = predicate.left - 1
    return phrase_before(words, particle) if words.is_case(particle, "の") else None


def _own_view(words: Words, predicate: Predicate) -> Complement | None:
    """Return the view itself, where no clause says what it is: 政府の見解を|説明した."""
    noun = predicate.typed
    held = noun is not None and (noun.content == "VIEW" or noun.noun == "関心")
    if noun is None or not held or noun.category or predicate.passive:
        return None
    particle = words.skip_adverbs_left(predicate.start)
    owner = predicate.left - 1
    while words.tag(owner).startswith(("形容詞", "形状詞")) or words.surface(owner) == "な":
        owner -= 1  # 企業の|高い|関心
    owned = words.is_case(owner, "の") and words.is_noun(owner - 1)
    if not owned or not words.is_case(particle, "を") or predicate.left > particle:
        return None
    return Complement(words.first, particle, "を")


def _compound_start(words: Words, last: int) -> int:
    """Return the first token of the nouns that run up to ``last``, the one after it for none."""
    first = last + 1
    while words.is_noun(first - 1) and not words.tag(first - 1).endswith("副詞可能"):
        first -= 1
    return first


def _before_owner(words: Words, i: int) -> int:
    """Step over whose stand it is: 目標に対する|我々の|コミットメント."""
    if not words.is_case(i, "の") or (phrase := phrase_before(words, i)) is None:
        return i
    before = phrase.start - 1
    span = _compound_marked(words, before)
    return before if span is not None and span.marker in OF_NOUN else i


OF_NOUN = frozenset({"に対する", "への", "についての", "に関する", "に向けた", "との", "という"})


def _opens_segment(words: Words, i: int) -> bool:
    return words.surface(i) in COMMAS and words.surface(i - 1) in {"は", "が"}


def _is_particle(words: Words, i: int) -> bool:
    return words.tag(i).startswith("助詞") or words.surface(i) in {"て", "し", "つき", "との", "へ"}


def _particle_end(words: Words, i: int) -> bool:
    return words.is_case(i)


COMPOUND = (
    (("に", "対し", "て"), "に対して"),
    (("に", "対し"), "に対し"),
    (("に", "つい", "て"), "について"),
    (("に", "つい", "て", "の"), "についての"),
    (("に", "つい", "て", "は"), "について"),
    (("に", "関し", "て", "は"), "に関して"),
    (("に", "関し", "て"), "に関して"),
    (("に", "関し", "ては"), "に関して"),
    (("に", "つい", "ては"), "について"),
    (("に", "関し"), "に関し"),
    (("に", "関する"), "に関する"),
    (("に", "対する"), "に対する"),
    (("に", "つき"), "につき"),
    (("に", "向け", "た"), "に向けた"),
    (("へ", "向け", "た"), "へ向けた"),
    (("へ", "の"), "への"),
    (("と", "の"), "との"),
    (("との",), "との"),
    (("と", "いう"), "という"),
    (("という",), "という"),
    (("を", "巡り"), "をめぐり"),
    (("を", "めぐり"), "をめぐり"),
    (("の", "ため"), "のため"),
    (("の", "ため", "の"), "のための"),
    (("と", "し", "て"), "として"),
    (("の", "とおり"), "のとおり"),
    (("の", "通り"), "のとおり"),
    (("旨", "を"), "旨を"),
    (("旨", "の"), "旨の"),
    (("旨",), "旨"),
    (("よう", "に"), "よう"),
    (("よう",), "よう"),
)


def _longest_first(marker: tuple[tuple[str, ...], str]) -> int:
    return -len(marker[0])


_COMPOUND_ENDING_IN = {
    end: tuple(sorted((c for c in COMPOUND if c[0][-1] == end), key=_longest_first))
    for end in {parts[-1] for parts, _ in COMPOUND}
}


def _marked(words: Words, i: int, predicate: Predicate) -> Complement | None:
    """Read the particle that ends at token ``i``, and what it marks."""
    if (before := before_manner(words, i)) < i:
        i = before
        if words.surface(i) in COMMAS and words.is_case(i - 1, "を", "に", "へ"):
            i -= 1
    if (span := _compound_marked(words, i)) is not None:
        if span.marker == "のとおり" and words.is_case(span.end - 2, "を"):
            return Complement(words.first, span.end - 2, "を")  # 結果を|次のとおり発表
        if (
            span.marker == "として"
            and (judged := _judged_as(words, span.end, passive=predicate.passive)) is not None
        ):
            if words.surface(span.end - 1) in GROUNDS:
                return None  # 年額を基礎として|協議: how, not what
            return judged
        if span.marker == "として" and predicate.lexeme.lemma in ANSWERS | {"受け入れる"}:
            return _theme_before(words, span) or span
        # 攻撃を、国際法に反するとして|非難
        theme = _theme_before(words, span) if span.marker == "として" else None
        return theme if theme is not None and theme.marker == "を" else span
    if (spirit := _start_of_spirit(words, i)) is not None:
        i = spirit - 1
        if (span := _compound_marked(words, i - (words.surface(i) in COMMAS))) is not None:
            return span
    surface = words.surface(i)
    if surface == "に" and words.surface(i - 1) in AFTERWARDS and words.is_case(i):
        return None  # 五年を経過した|後に|再協議
    if surface in {"で", "に"} and words.surface(i - 1) == "点":
        view = _compound_marked(words, i - 2)
        if view is not None and view.marker == "との":
            return view  # 支援が重要であるとの点で|一致
    if surface in COMMAS:
        if not predicate.mwe and (verb := _linked_verb(words, i)) is not None:
            return _marked(words, words.skip_adverbs_left(verb), predicate)
        span = _compound_marked(words, i - 1)
        if span is not None and span.marker == "として":
            return _marked(words, i - 1, predicate)  # 国際法に反するとして、|強く非難
        if span is None and words.is_case(i - 1, "を") and _is_only_how(words, i + 1, predicate):
            return Complement(words.first, i - 1, "を")  # 拠出することを、|それぞれ約束
        felt = predicate.lexeme.lemma in FELT_TOWARDS and words.surface(i - 2) not in AFTERWARDS
        if span is None and felt and words.is_case(i - 1, "に"):
            return Complement(words.first, i - 1, "に")  # 歓迎に、|心から感謝
        if span is None and predicate.tail.negative and words.is_case(i - 1, "は"):
            return Complement(words.first, i - 1, "は")  # 制裁の解除は、|支持しない
        return span
    if surface == "も" and words.tag(i - 1).endswith("副詞可能"):
        return None
    if surface in {"も", "は"} and words.is_case(i - 1, "に", "へ", "と"):
        i, surface = i - 1, words.surface(i - 1)  # 試みに|も反対する
    if (
        surface in {"に", "で", "も"}
        and words.is_case(i)
        and predicate.lexeme.lemma not in TAKES_NI
        and not (predicate.typed and predicate.left < predicate.start)
    ):
        i = _object_before_adjunct(words, i) or i
        surface = words.surface(i)
    if surface == "の" and words.is_case(i) and predicate.mwe and phrase_before(words, i):
        return None  # 国会の|同意を得る: whose it is
    if surface == "の" and words.is_case(i) and predicate.mwe:
        return Complement(words.first, i, "の")
    if surface == "が" and words.tag(i).startswith("助詞-格助詞") and not _is_undergone(predicate):
        return None  # 先方が|要望した: who does it
    if surface == "で" and predicate.category != "AGREE" and not predicate.typed:
        before = _object_before_adjunct(words, i)  # 事務レベルで|協議, 強い言葉で|非難
        return Complement(words.first, before, "を") if before is not None else None
    if surface in DIRECT | {"と"} and words.tag(i).startswith("助詞"):
        return Complement(words.first, i, surface)
    return None


def _is_only_how(words: Words, start: int, predicate: Predicate) -> bool:
    """Tell whether nothing but adverbs stands from ``start`` to the act: 侵略を、|強く|非難."""
    return words.surface(start) in EACH or (
        predicate.typed is None and words.skip_adverbs_left(predicate.left) == start - 1
    )


AFTERWARDS = frozenset({"後", "際", "前", "折", "機会"})
GROUNDS = frozenset({"基礎", "前提", "基準", "参考", "目途", "目処", "中心"})
EACH = frozenset({"それぞれ", "各々", "おのおの", "共に", "ともに", "相互に", "改めて"})


def _start_of_spirit(words: Words, i: int) -> int | None:
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


SPIRIT = (("の", "うち", "に"), ("の", "中", "で"), ("の", "中", "に"), ("の", "なか", "で"))


def _is_undergone(predicate: Predicate) -> bool:
    return predicate.passive or predicate.arises or bool(predicate.typed or predicate.mwe)


def _judged_as(words: Words, end: int, *, passive: bool) -> Complement | None:
    """Return the を before a judgement: 攻撃を|国際法の違反として非難, |決議に違反するものとして非難."""
    clause = words.tag(end - 2).startswith(("動詞", "助動詞"))
    if not passive and clause and words.norm(end - 1) in {"物", "もの"}:
        return _judged_by_clause(words, end)
    for i in range(end - 1, words.first, -1):
        if words.depth(i):
            continue
        if words.is_case(i, "を"):
            return Complement(words.first, i, "を")
        if words.surface(i) in COMMAS and words.is_case(i - 1, "を"):
            continue  # 事態を、|日本政府として非難
        if passive and words.is_case(i, "は", "が") and words.surface(i - 1) == "こと":
            return Complement(words.first, i, words.surface(i))
        if words.surface(i) in COMMAS and passive and words.is_case(i - 1, "は"):
            continue
        if passive and words.tag(i).startswith(("動詞", "助動詞")):
            continue  # 開放したことは、|安定に資するものとして|歓迎される
        if words.surface(i) in COMMAS or words.tag(i).startswith(("動詞", "助動詞")):
            return None
    return None


def _judged_by_clause(words: Words, end: int) -> Complement | None:
    """Return the を before 平和を損ない決議に違反するものとして; the を of 平和を損なう is of its own verb."""
    for i in range(end - 2, words.first, -1):
        if words.depth(i):
            continue
        if words.is_case(i, "は"):
            return None
        if words.is_case(i, "を"):
            verb = i + 1
            while words.tag(verb).startswith(("副詞", "形状詞", "形容詞")) or words.is_case(
                verb, "に"
            ):
                verb += 1
            inner = words.tag(verb).startswith(("動詞", "助動詞")) or words.is_suru(verb + 1)
            if not inner:
                return Complement(words.first, i, "を")
    return None


def before_manner(words: Words, i: int) -> int:
    """Return the token before a phrase of manner that ends at ``i``, or ``i``: …ことを|満足の意をもって|想起."""
    if words.surface(i) != "て" or not (
        words.norm(i - 1) in {"持つ", "以つ", "もつ"}
        or words.slice(i - 3, i) in {"を代表し", "を込め", "をこめ"}
    ):
        return i
    j = i - 2 if words.surface(i - 2) == "を" else i - 3
    if words.surface(j) != "を":
        return i
    j -= 1
    while j > words.first and (words.is_noun(j) or words.surface(j) == "の"):
        j -= 1
    return j


INVITING = frozenset({"招待", "招請"})  # 首相を|日本に招待
LONGEST_ADJUNCT = 12  # tokens
FELT_TOWARDS = frozenset({"感謝", "満足", "賛同", "賛成", "反対", "抗議", "同意", "留意", "注目"})
TAKES_NI = frozenset(
    [
        "一致",
        "合意",
        "同意",
        "署名",
        "調印",
        "賛同",
        "賛成",
        "反対",
        "抗議",
        "留意",
        "言及",
        "触れる",
        "感謝",
        "満足",
        "コミット",
        "招待",
        "招請",
        "応諾",
        "参加",
        "支持",
        "確信",
        "期待",
        "注目",
        "批判",
        "応じる",
    ]
)


def _linked_verb(words: Words, comma: int) -> int | None:
    """Return the verb of 共に開発し、|支持する: the acts share an object."""
    i = comma - 1
    if "連用形" not in words.tokens[i].inflection or not words.tag(i).startswith("動詞"):
        return None
    return i - 1 if words.is_suru(i) and words.is_noun(i - 1) else i


def _object_before_adjunct(words: Words, i: int) -> int | None:
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


def _compound_marked(words: Words, i: int) -> Complement | None:
    if words.surface(i) == "も" and (span := _compound_marked(words, i - 1)) is not None:
        return span
    for parts, marker in _COMPOUND_ENDING_IN.get(words.surface(i), ()):
        first = i - len(parts) + 1
        if first > words.first and all(
            words.surface(first + k) == part for k, part in enumerate(parts)
        ):
            if words.tag(first - 1).startswith("助詞-準体") and marker.startswith("に対し"):
                return None  # 先方が提案した|のに対し
            return Complement(words.first, first, marker)
    return None


def is_clausal(words: Words, span: Complement, predicate: Predicate) -> bool:
    """Tell whether the object is a clause (…すること, …する意図) rather than a noun."""
    last = span.end - 1
    if words.norm(last) in {"事", "こと", "の"} or words.surface(last) == "こと":
        return True
    if span.marker in {"との", "と", "旨", "旨を", "という", "旨の", "よう"}:
        return not words.is_noun(last)
    if span.marker == "" and (
        predicate.typed is not None or predicate.lexeme.lemma == "こととする"
    ):
        return not words.is_noun(last)
    return False


ANSWERS = frozenset({"賛成", "反対", "賛同", "同意", "支持", "抗議", "反論", "異議"})
ABOUT = frozenset({"について", "に関して", "に関し", "につき", "をめぐり", "を巡り"})


def opening_theme(words: Words, predicate: Predicate) -> Complement | None:
    """Return what the whole sentence is about: |発給枠については、先方が難色を示し、引き続き協議することとなった."""
    for i in range(words.first + 1, predicate.left):
        if words.depth(i):
            continue
        if words.surface(i) in COMMAS:
            theme = _compound_marked(words, i - 1)
            contrasted = words.is_case(i - 1, "は", "も") or words.surface(i - 1) == "ては"
            return theme if theme is not None and contrasted and theme.marker in ABOUT else None
    return None


def _theme_before(words: Words, reason: Complement) -> Complement | None:
    """Return what is answered, where a reason follows: 撤廃については|、調整を要するとして同意しなかった."""
    if not words.tag(reason.end - 1).startswith(("動詞", "助動詞", "形容詞")):
        return None
    for i in range(reason.end - 1, words.first + 1, -1):
        if words.depth(i) or words.surface(i) not in COMMAS:
            continue
        theme = _compound_marked(words, i - 1)
        if theme is not None and theme.marker in ABOUT | {"に対し", "に対して"}:
            return theme
        if words.is_case(i - 1, "は", "を"):
            named = words.is_case(i - 1, "を") or phrase_before(words, i - 1) is None
            return Complement(words.first, i - 1, words.surface(i - 1)) if named else None
    return None


def fronted_theme(words: Words, doer: int, predicate: Predicate) -> Complement | None:
    """Return what is named before who does it: 便数については、|双方は合意に達しなかった."""
    # この提案に対し、|両国は賛成した
    answered = {"に対し", "に対して"} if predicate.lexeme.lemma in ANSWERS else frozenset()
    i = bisect_left(words.tokens, doer, words.first + 1, words.last, key=lambda token: token.start)
    if i == words.last or words.tokens[i].start != doer or words.surface(i - 1) not in COMMAS:
        return None
    theme = _compound_marked(words, i - 2)
    if words.is_case(i - 2, "を"):
        return Complement(words.first, i - 2, "を")  # 攻撃が続いていることを、|我々は非難する
    if theme is None or not (theme.marker in ABOUT or theme.marker in answered):
        return None
    return theme


def theme_of_passive(words: Words, predicate: Predicate) -> Complement | None:
    """Return the topic of a passive, where it is no actor: この議定書は、…で採択された."""
    for i in range(predicate.left - 1, words.first, -1):
        if words.depth(i) == 0 and words.is_case(i, "は", "が") and words.is_noun(i - 1):
            if phrase_before(words, i) is None:
                return Complement(words.first, i, words.surface(i))
            if words.is_case(i, "が") and closes_clause(words, i, predicate.left):
                continue  # 調停案は、|先方が受諾を拒んだため、|採択されなかった
            return None
    return None


def subject_of_passive(words: Words, predicate: Predicate) -> Complement | None:
    """Return the が-phrase of an embedded passive: 交換公文が|本日署名されたこと."""
    for i in range(predicate.left - 1, words.first, -1):
        if words.depth(i):
            continue
        if words.is_case(i, "が"):
            return Complement(words.first, i, "が")
        verbal = words.tag(i).startswith(("動詞", "助動詞")) and not is_particle_like(words, i)
        if verbal or words.surface(i) in COMMAS:
            return None
    return None
