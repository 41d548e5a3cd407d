"""Names built as compounds: the words before a head noun, up to a particle (中央アジア地域情報センター)."""

import re
from dataclasses import dataclass

from seimeibun.entities.mention import Mention
from seimeibun.entities.places import names_feature
from seimeibun.entities.reading import CLOSING, JOINERS, QUOTES, Reading
from seimeibun.entities.titles import title_start
from seimeibun.entities.vocabulary import (
    MAX_HEAD,
    Head,
    ends_some_head,
    heads,
    heads_ending,
    office_pattern,
    portfolio_pattern,
    portfolios,
    words,
)

_MAY_BE_FOLLOWED = frozenset(
    {"EVENT", "TREATY", "ORGANIZATION", "REGION"}
)  # by another head: …条約|検討会議
_NUMBERED = frozenset({"TREATY", "PROGRAM", "CONCEPT", "EVENT"})
_LONGEST_QUOTE = 60
_NUMBER = r"[0-9〇一二三四五六七八九十百]+"
_ORDINAL = re.compile(rf"第{_NUMBER}(?:回|次|期|会期)|[A-Z]+[0-9]+$")
_IN_A_ROW = re.compile(rf"^第{_NUMBER}次{_NUMBER}[箇かカヵヶ]?$")  # 第二次五箇|年計画
_ROW = re.compile(rf"第{_NUMBER}次$")
_UNIT = re.compile(rf"第{_NUMBER}(?!{_NUMBER}|[回次期線陣段者国級])")  # 第三|海兵機動展開部隊
_LEADING_ORDINAL = re.compile(rf"第{_NUMBER}(?:回|次|期|会期)")
_ORDINAL_BEFORE = re.compile(rf"第{_NUMBER}(?:回|次|期)\Z")
_LONGEST_ORDINAL = 8  # signs
_SESSION_OF = re.compile(
    r"」[^「」]*・"
)  # 「…」対話・経済対話 is a meeting of what the quotes name
_COUNTED = re.compile(rf"第{_NUMBER}回")
_OWN_SESSION = re.compile(rf"第?{_NUMBER}回(?:会合|会議|協議|総会|年次会合)")
_COMMITTEES = frozenset({"委員会", "小委員会"})
_OF_TOPIC = ("名詞-普通名詞", "接頭辞", "形状詞")
_SHORTEST_TOPIC = 2  # signs that say which committee it is
_MAY_PRECEDE = re.compile(rf"(?:第{_NUMBER}(?:回|次|期|会期)|{_NUMBER}年)")
_SEASON = re.compile(r"(?:冬季|夏季)\Z")
_DOCUMENT = re.compile(r".*(?:[」』]|契約|合意書|覚書)(?=..)")
_FOREIGN = re.compile(r"(?P<word>[ァ-ヺー]{3,})")
_FOREIGN_WORDS = re.compile(r"[ァ-ヺー]{2,}(?:・[ァ-ヺー]{2,})+")  # オウロ・プレト|議定書
_FOREIGN_FIRM = re.compile(r"(?P<word>[ァ-ヺー・]{3,})[一-鿿]{0,4}")  # ドゥラン鉱業|公社
_BINDS = re.compile(r"(?:に基[づきい]|に従|の下で|の下に|の規定|の発効|が発効|の実施状況)")
_TOWN_WORKS = re.compile(
    r"(?P<town>[ァ-ヺー]{3,})(?:[一-鿿]{0,4}?)(?:発電|送電|ダム|橋|港|空港|道路|鉄道|給水|上水|下水|浄水|灌漑|灌がい|病院|小学校|中学校|養殖|漁港|ガス田|油田|鉱山|天然ガス|炭鉱)"
)
_YEARS_OF_TWO = frozenset({"文化年", "友好年", "観光年", "交流年"})  # 日本・トルコ|文化年
_MUCH = 3  # words, or signs in kanji
_VAGUE_TAGS = ("名詞-数詞", "接頭辞", "形状詞", "接尾辞-形状詞的")
_NUMBERED_PLAN = re.compile(rf"第{_NUMBER}次")
_AIM = re.compile(r"20[0-9]{2}(?![0-9年])")
_YEAR = re.compile(rf"(?:{_NUMBER}|元)年")
# 横浜宣言2033, 決議第2231号, 決議2231(2015): the number belongs to the name.
_NUMBER_OF_NAME = re.compile(
    r"(?:19|20)[0-9]{2}(?![0-9年])|(?<=決議)第?[0-9]{3,4}号?|第?[0-9]{2,4}(?:号|\([0-9]{4}\))|\s?[A-Z]+/(?:[A-Z0-9.\-]+/)*[0-9]+(?:/[0-9]+)*"
)
_ACRONYM = re.compile(r"[A-Z]{2,}|[A-Z][A-Za-z]*[A-Z0-9]")
_WORLD = re.compile(r"^(?:国際|世界|全米|全欧|汎|連邦).+|.*(?:国立|王立|市立|州立|県立)")
_WORLDWIDE = re.compile(r"(?:国際|世界|全世界|地球|特別|ハイレベル)*")
_HOUSED = ("研修所", "訓練所", "試験所", "センター", "学校", "学院")
_BUILT = re.compile(r"の?(?:建設|改修|改築|増築|新築|新設|修復|起工|定礎|落成|竣工)")
_ABBREVIATION = re.compile(r"[A-Za-z0-9+&/\-. ]{2,20}|以下.{1,30}")
_NAMING_LABELS = frozenset(
    {
        "COUNTRY",
        "REGION",
        "CITY",
        "LOCATION",
        "ORGANIZATION",
        "TREATY",
        "PROGRAM",
        "EVENT",
        "FACILITY",
        "PERSON",
    }
)


_KATAKANA = re.compile(r"[ァ-ヺー]+")
_BETWEEN = re.compile(r"(?:と|との)の?間の")
_SAYS_WHICH = len("漁業協定")  # signs: 協定 alone may be any
_JOINT = re.compile(r"(?:及び|並びに|と)$")


@dataclass(frozen=True, slots=True)
class Compound:
    """A run of nouns that ends in a head: ``start``–``end``, the head from ``head_start`` on."""

    start: int
    head_start: int
    end: int
    heads: tuple[Head, ...]

    @property
    def is_bare(self) -> bool:
        return self.start == self.head_start


def compound_mentions(reading: Reading) -> list[Mention]:
    """Return the names that a head noun ends, in text order."""
    found: list[Mention] = []
    instruments: list[Compound] = []
    for last in range(len(reading.tokens)):
        if _may_end(reading, last) and (compound := compound_at(reading, last)):
            found.extend(_judge(reading, compound))
            if compound.heads[0].label == "TREATY" and compound.end - compound.start >= _SAYS_WHICH:
                instruments.append(compound)
    return [*found, *_with_shared_parties(reading, found, instruments)]


def _with_shared_parties(
    reading: Reading, found: list[Mention], instruments: list[Compound]
) -> list[Mention]:
    """Return instruments whose parties the title before them says: …との間の平和条約及び|賠償協定."""
    text = reading.text
    titles = {
        mention.end
        for mention in found
        if mention.label == "TREATY" and _BETWEEN.search(text, mention.start, mention.end)
    }
    if not titles:
        return []
    shared = {
        text[compound.start : compound.end]
        for compound in instruments
        if (joint := _JOINT.search(text, max(0, compound.start - 3), compound.start))
        and joint.start() in titles
    }
    return [
        _mention(compound.start, compound.end, compound.heads[0], text)
        for compound in instruments
        if text[compound.start : compound.end] in shared
    ]


def _may_end(reading: Reading, last: int) -> bool:
    """Tell whether a name may end here: with a noun, or with what is none by itself, the 所 of 研修所."""
    if reading.is_noun[last]:
        return True
    token = reading.tokens[last]
    if not ends_some_head(token.text):
        return False
    group = heads_ending(reading.text[max(0, token.end - MAX_HEAD) : token.end])
    return bool(group) and len(group[0].noun) > len(token.text)


def compound_at(reading: Reading, last: int) -> Compound | None:
    """Return the compound whose head ends with the token ``last``, if a name may end there."""
    end = reading.tokens[last].end
    group = heads_ending(reading.text[max(0, end - MAX_HEAD) : end])
    if not group or not _ends_here(reading, last, group[0].label):
        return None
    first = run_start(reading, last)
    head_start = end - len(group[0].noun)
    if _KATAKANA.fullmatch(group[0].noun) and head_start not in reading.first_token:
        return None  # the デー of ホリデー
    if len(group[0].noun) == 1 and last and "数詞" in reading.tokens[last - 1].tag:
        return None  # 企業十二|社: counted, not named
    start = _trimmed(reading, _after_person(reading, first, last), head_start)
    if start is None or start > head_start:
        return None
    if group[0].needs == "ordinal" and (row := _ROW.search(reading.text, max(0, start - 6), start)):
        start = row.start()  # 第二次|五箇年計画
    start = _at_name_edge(reading, start, head_start)
    if group[0].label == "GOVERNMENT_BODY":
        start = _after_listed(reading, start, head_start)
    elif group[0].noun in words("legal-form"):
        start = _after_document(reading, start, head_start)
    return Compound(start, head_start, end, group)


def _after_person(reading: Reading, first: int, last: int) -> int:
    """Return the token from which a body is named: アグスティン・ロペス|国家投資委員会, …|国防軍司令官."""
    if office_pattern().match(reading.text, reading.tokens[last].end):
        return _after_full_name(reading, first, last)
    for index in range(first + 1, last):
        before = reading.tokens[index - 1].text
        person = _FOREIGN.fullmatch(before) and not _ends_state(
            reading, reading.tokens[index].start
        )
        if reading.tokens[index].text == "国家" and person:
            return index
    return first


def _after_listed(reading: Reading, start: int, head_start: int) -> int:
    """Return where the last of several organs begins: 経済産業省・外務省・|財務省."""
    listed = max(reading.text.rfind(f"{noun}・", start, head_start) for noun in "省庁")
    return start if listed < 0 else listed + len("省・")


def _after_document(reading: Reading, start: int, head_start: int) -> int:
    """Return where a firm begins beside what it signed: 「…覚書」|東亜プラント株式会社, 株主間契約|…."""
    document = _DOCUMENT.match(reading.text, start, head_start)
    return document.end() if document and document.end() in reading.first_token else start


def _after_full_name(reading: Reading, first: int, last: int) -> int:
    """Return the token after a person's name of several parts, ``first`` where none stands."""
    index, parts = first, 0
    while index < last and (
        "人名" in reading.tokens[index].tag or _is_of_foreign_name(reading, index)
    ):
        parts += reading.tokens[index].text != "・"
        index += 1
    return index if parts > 1 else first


def _is_of_foreign_name(reading: Reading, index: int) -> bool:
    token = reading.tokens[index]
    if token.text == "・":
        return True
    listed = token.text in words("common-katakana") or token.text in portfolios()
    names = reading.literals_starting.get(token.start, ())
    known = any(name.end >= token.end and name.label != "PERSON" for name in names)
    return bool(_KATAKANA.fullmatch(token.text)) and not listed and not known


def _at_name_edge(reading: Reading, start: int, head_start: int) -> int:
    """Move into the start of a known name that has a particle inside (…及び北アイルランド連合王国)."""
    for end in range(start + 1, head_start + 1):
        for literal in reading.literals_ending.get(end, ()):
            if literal.start < start:
                return literal.start
    return start


def run_start(reading: Reading, last: int) -> int:
    """Return the token that begins the run of nouns, joiners and quotes ending with ``last``."""
    first = last
    while (before := _token_before(reading, first)) is not None:
        first = before
    return first


def _token_before(reading: Reading, first: int) -> int | None:
    """Return the start of what may precede the token ``first`` in a name; None ends the name."""
    before = first - 1
    tokens = reading.tokens
    if before < 0 or tokens[before].end != tokens[first].start:
        return None
    token = tokens[before]
    if reading.text[tokens[first].start] in QUOTES and token.text not in JOINERS:
        return _ordinal_before(reading, first)  # 第4回|「甲国＋乙国」首脳会合
    if token.text in JOINERS:
        return before if _continues(reading, before) else None
    if reading.is_noun[before] or _is_verb_of_name(reading, before):
        return before
    if token.text[-1] in CLOSING and not _begins_body(reading, first):
        return _bracket_before(reading, token.end - 1)
    return None


def _begins_body(reading: Reading, first: int) -> bool:
    """Tell whether what a body is by law begins a name: 「…合意書」|国立大学法人…."""
    forms = (*words("legal-person"), *words("legal-form"))
    return reading.text.startswith(forms, reading.tokens[first].start)


def _is_verb_of_name(reading: Reading, index: int) -> bool:
    """Tell whether a verb between nouns is one of the nouns: 兵力|引き離し|監視隊."""
    token, tokens = reading.tokens[index], reading.tokens
    verb = token.tag.startswith("動詞-一般") and "連用形" in token.inflection
    joined = index > 0 and tokens[index - 1].end == token.start
    return verb and joined and len(token.text) > 2 and reading.is_noun[index - 1]


def _ordinal_before(reading: Reading, first: int) -> int | None:
    """Return the token that begins the ordinal before the token ``first``, None without one."""
    edge = reading.tokens[first].start
    ordinal = _ORDINAL_BEFORE.search(reading.text, max(0, edge - _LONGEST_ORDINAL), edge)
    return reading.first_token.get(ordinal.start()) if ordinal else None


def _continues(reading: Reading, joiner: int) -> bool:
    """Tell whether a name may go on before the joiner (日本・ …, 「…」対話・ …)."""
    if joiner == 0 or reading.tokens[joiner - 1].end != reading.tokens[joiner].start:
        return False
    return reading.is_noun[joiner - 1] or reading.tokens[joiner - 1].text[-1] in CLOSING


def _bracket_before(reading: Reading, closing: int) -> int | None:
    opening = reading.partner.get(closing)
    if opening is None or closing - opening > _LONGEST_QUOTE:
        return None
    inside = reading.text[opening + 1 : closing]
    if reading.text[opening] in QUOTES:
        return reading.first_token.get(opening) if "。" not in inside else None
    first = reading.first_token.get(opening)
    if first is None or first == 0 or not _ABBREVIATION.fullmatch(inside):
        return None
    before = reading.tokens[first - 1]
    return (
        first
        if before.end == opening and (reading.is_noun[first - 1] or before.text[-1] in CLOSING)
        else None
    )


def _ends_here(reading: Reading, last: int, label: str) -> bool:
    """Tell whether a name can end with the token ``last``: what follows stays outside."""
    following = last + 1
    tokens = reading.tokens
    if following >= len(tokens) or tokens[following].start != tokens[last].end:
        return True
    token = tokens[following]
    if not reading.is_noun[following]:
        return True
    if label in _NUMBERED and _NUMBER_OF_NAME.match(reading.text, tokens[last].end):
        return True
    following_heads = heads().get(token.text, ())
    if following_heads:
        return label in _MAY_BE_FOLLOWED and all(head.label != label for head in following_heads)
    if token.text in words("tail") or "サ変可能" in token.tag or "固有名詞" in token.tag:
        return True
    return token.tag.startswith("接頭辞")


def _trimmed(reading: Reading, first: int, head_start: int) -> int | None:
    """Return where the name begins without modifiers; None if it points back (同決議)."""
    tokens = reading.tokens
    while tokens[first].start < head_start:
        token = tokens[first]
        if token.text in words("anaphor"):
            return None
        date = reading.date_at(token.start)
        if date and date[1] != "year" and date[0] <= head_start:
            first = _token_from(reading, date[0], first)
        elif token.text in words("left") or token.text in JOINERS:
            first += 1
        else:
            return token.start
    return head_start


def _token_from(reading: Reading, position: int, first: int) -> int:
    while first < len(reading.tokens) and reading.tokens[first].start < position:
        first += 1
    return first


def _judge(reading: Reading, compound: Compound) -> list[Mention]:
    """Return the mentions that a compound makes: a session and the body that holds it are two."""
    text = reading.text[compound.start : compound.end]
    common = text in words("never")
    if reading.text.endswith(("その", "同", "この"), 0, compound.start) and _OWN_SESSION.fullmatch(
        text
    ):
        return []  # その|第1回会合: of a body named before
    if _is_known(reading, compound):
        return []
    for head in compound.heads:
        if common and not (head.label == "EVENT" and head.title):
            continue
        start = _start_as(reading, compound, head)
        if start is None:
            continue
        mention = _mention(start, compound.end, head, reading.text)
        inner = [*_body_of_session(reading, compound, head), *_town_of_works(reading, compound)]
        return [mention, *inner]
    return []


def _is_known(reading: Reading, compound: Compound) -> bool:
    """Tell whether the gazetteer has the name, with a stranger before it (a person, not a state)."""
    for literal in reading.literals_ending.get(compound.end, ()):
        before = reading.text[compound.start : literal.start]
        inside = (
            before and literal.start < compound.head_start and literal.start in reading.first_token
        )
        if inside and literal.label == compound.heads[-1].label:
            return not _leads_to(reading, before, literal)
    return False


def _leads_to(reading: Reading, before: str, known: Mention) -> bool:
    """Tell whether a number, a state or a host precedes the name: 2020年|東京|オリンピック競技大会."""
    season = _SEASON.search(before)
    end = known.start - (len(season.group()) if season else 0)
    counted = before[: len(before) - (known.start - end)]
    if not counted or _MAY_PRECEDE.fullmatch(counted) or _ends_state(reading, known.start):
        return True
    return known.label == "EVENT" and any(
        literal.label in {"CITY", "REGION", "COUNTRY"}
        for literal in reading.literals_ending.get(end, ())
    )


def _ends_state(reading: Reading, position: int) -> bool:
    return any(literal.label == "COUNTRY" for literal in reading.literals_ending.get(position, ()))


def _mention(start: int, end: int, head: Head, text: str) -> Mention:
    if head.label in _NUMBERED and (number := _NUMBER_OF_NAME.match(text, end)):
        end = number.end()
    national = head.label == "ORGANIZATION" and text.startswith("国家", start)  # 国家投資委員会
    label = head.label
    if national:
        label = "PROGRAM" if head.noun == "ミッション" else "GOVERNMENT_BODY"  # 国家水素|ミッション
    if label == "ORGANIZATION" and head.noun.endswith(_HOUSED) and _BUILT.match(text, end):
        label = "FACILITY"  # 水産研修所|の建設
    return Mention(start, end, label, f"{head.label.lower()}/{head.noun}")


def _start_as(reading: Reading, compound: Compound, head: Head) -> int | None:
    """Return where the name begins if ``head`` makes one; None if it does not."""
    named = not compound.is_bare and is_named(reading, compound, head)
    # 気候変動に関する政府間パネル: the topic is all that names such a body
    body = head.label == "ORGANIZATION" and reading.text.startswith("政府間", compound.start)
    # 海洋のための国際閣僚会合, …に関する首脳会合: so is such a meeting
    body = body or (head.label == "EVENT" and head.title and _is_of_states(reading, compound))
    if (head.title or body) and (
        start := title_start(reading, compound.start, head.label, named=named or body)
    ) is not None:
        return start
    if compound.is_bare and head.label == "TREATY" and _is_in_force(reading, compound):
        return compound.start
    if named or (head.needs == "bare"):
        return compound.start if named else compound.head_start
    return None


def _is_of_states(reading: Reading, compound: Compound) -> bool:
    """Tell whether nothing but 国際 or 世界 stands before the kind of meeting."""
    modifier = reading.text[compound.start : compound.head_start]
    return compound.is_bare or bool(_WORLDWIDE.fullmatch(modifier))


def _body_of_session(reading: Reading, compound: Compound, head: Head) -> list[Mention]:
    ordinal = _LEADING_ORDINAL.match(reading.text, compound.start)
    if head.label != "EVENT" or not ordinal:
        return []
    body = Compound(ordinal.end(), compound.head_start, compound.end, compound.heads)
    for other in compound.heads:
        if other.label == "ORGANIZATION" and not body.is_bare and is_named(reading, body, other):
            return [_mention(body.start, body.end, other, reading.text)]
    return []


def is_named(reading: Reading, compound: Compound, head: Head) -> bool:
    """Tell whether the words before the head make a name of it."""
    modifier = reading.text[compound.start : compound.head_start]
    if _IN_A_ROW.search(modifier):
        return head.needs == "ordinal"
    if _ORDINAL.search(modifier):
        counted = _COUNTED.match(modifier)  # 第2回|EPA委員会 counts the meetings
        if head.label == "PROGRAM" and head.noun == "計画":
            return _is_numbered_plan(modifier)
        return head.label == "EVENT" or (
            head.label == "TREATY" and head.needs == "name" and not counted
        )
    if head.needs == "numbered":
        return bool(_UNIT.search(modifier))
    if head.needs == "ordinal":
        return bool(_SESSION_OF.search(modifier))
    if modifier[-1] in "」』":
        return True
    if head.needs == "quoted":
        return _is_of_year(reading, compound, head) or (
            head.noun in _YEARS_OF_TWO and _joins_parties(reading, compound)
        )
    if modifier == "南北":  # the two of Korea
        return head.label == "TREATY"
    if head.label == "ORGANIZATION" and modifier.startswith("国家") and len(modifier) > 3:
        return True
    if head.label == "GOVERNMENT_BODY":
        return _names_government_body(reading, compound)
    if head.needs == "world" and (_WORLD.match(modifier) or "名称" in modifier):
        return True
    if head.noun in _COMMITTEES and len(reading.analysis.parties) > 1:
        return _says_topic(reading, compound) or bool(_naming_spans(reading, compound))
    if head.needs == "word":
        return len(modifier) > 2 or _is_whose(reading, compound)
    if head.needs == "long" and _says_much(reading, compound):
        return True
    covered = _naming_spans(reading, compound)
    if head.label == "EVENT" and _YEAR.match(modifier):
        return True
    if head.needs == "topic":
        return (
            bool(covered)
            and (
                _has_topic(compound, covered)
                or _joins_parties(reading, compound)
                or _plans_works(reading, compound)
            )
        ) or bool(_works_town(reading, compound))
    foreign = _FOREIGN_FIRM if head.noun.endswith(("会社", "公社")) else _FOREIGN
    may_be_foreign = head.label == "TREATY" or foreign is _FOREIGN_FIRM
    return bool(covered) or (may_be_foreign and _is_foreign_name(modifier, foreign))


def _is_numbered_plan(modifier: str) -> bool:
    """Tell whether a plan of a row says what it is for: 第三次|国家開発|計画."""
    numbered = _NUMBERED_PLAN.match(modifier)
    return numbered is not None and len(modifier) - numbered.end() >= _MUCH


def _is_whose(reading: Reading, compound: Compound) -> bool:
    """Tell whether the parties or the town alone name it: 日露|行動計画, バリ|行動計画."""
    towns = reading.literals_ending.get(compound.head_start, ())
    return _joins_parties(reading, compound) or any(
        town.start == compound.start and town.label in {"CITY", "LOCATION", "ORGANIZATION"}
        for town in towns  # 丸紅|株式会社 too
    )


def _says_much(reading: Reading, compound: Compound) -> bool:
    """Tell whether three words or more say what it is for: 食料|安全保障|強化|イニシアティブ."""
    inside = reading.analysis.tokens_in(compound.start, compound.head_start)
    tokens = [reading.tokens[index] for index in inside]
    words_of_it = [token for token in tokens if token.text not in JOINERS]
    vague = any(token.tag.startswith(_VAGUE_TAGS) for token in tokens)  # 二国間, 国際的
    return len(words_of_it) >= _MUCH and not vague


def _is_of_year(reading: Reading, compound: Compound, head: Head) -> bool:
    """Tell whether a plan is named by whose it is and the year that it leads to: ケニア・|ビジョン|2030."""
    year = _AIM.match(reading.text, compound.end)
    return bool(year) and head.label == "PROGRAM" and bool(_naming_spans(reading, compound))


def _says_topic(reading: Reading, compound: Compound) -> bool:
    """Tell whether a committee of the parties is known by what it is for: 国境画定|委員会."""
    tokens = [
        reading.tokens[index]
        for index in reading.analysis.tokens_in(compound.start, compound.head_start)
    ]
    if any(not token.tag.startswith(_OF_TOPIC) or "数詞" in token.tag for token in tokens):
        return False
    told = sum(token.end - token.start for token in tokens if token.text not in words("committee"))
    return len(tokens) > 1 and told >= _SHORTEST_TOPIC


def _naming_spans(reading: Reading, compound: Compound) -> list[tuple[int, int]]:
    """Return the stretches before the head that are names, acronyms or quotes."""
    start, end = compound.start, compound.head_start
    spans = [
        literal.span
        for literal in reading.literals_in(start, end)
        if literal.label in _NAMING_LABELS
    ]
    spans += [match.span() for match in _ACRONYM.finditer(reading.text, start, end)]
    spans += [
        (reading.tokens[index].start, reading.tokens[index].end)
        for index in reading.analysis.tokens_in(start, end)
        if "固有名詞" in reading.tokens[index].tag
    ]
    spans += [(s, e) for s, e in reading.quotes if start <= s < end]
    return spans


def _is_foreign_name(modifier: str, pattern: re.Pattern[str]) -> bool:
    """Tell whether a katakana word, not a common noun, names it: マラケシュ|協定, サンラモン|電力会社."""
    if pattern is _FOREIGN and _FOREIGN_WORDS.fullmatch(modifier):
        return words("common-katakana").isdisjoint(modifier.split("・"))
    name = pattern.fullmatch(modifier)
    return name is not None and name["word"] not in words("common-katakana")


def _plans_works(reading: Reading, compound: Compound) -> bool:
    """Tell whether named works stand before the head: シノップ原子力発電所|計画."""
    return any(
        literal.label == "FACILITY" and literal.end == compound.head_start
        for literal in reading.literals_in(compound.start, compound.head_start)
    )


def _works_town(reading: Reading, compound: Compound) -> str:
    """Return the word in katakana before works that a plan is for, "" without: サイヤブリ|水力発電|計画."""
    modifier = reading.text[compound.start : compound.head_start]
    town = _TOWN_WORKS.match(modifier)
    if not town or town["town"] in words("common-katakana"):
        return ""
    end = compound.start + town.end("town")
    return town["town"] if end in reading.last_token and not names_feature(reading, end) else ""


def _town_of_works(reading: Reading, compound: Compound) -> list[Mention]:
    town = _works_town(reading, compound)
    if not town or compound.heads[0].label != "PROGRAM":
        return []
    end = compound.start + len(town)
    return [Mention(compound.start, end, "CITY", "place/town")]


def _is_in_force(reading: Reading, compound: Compound) -> bool:
    """Tell whether an instrument without parties is one that exists: 科学技術協力協定|に基づく委員会."""
    if reading.text.endswith(("この", "その", "右の"), 0, compound.start):
        return False  # この共同宣言|の実施状況
    kind = compound.end - compound.start > len("租税条約") - 1
    return kind and bool(_BINDS.match(reading.text, compound.end))


def _joins_parties(reading: Reading, compound: Compound) -> bool:
    """Tell whether two parties stand before the head: 日本・メルコスール|対話."""
    parties = {
        literal.start
        for literal in reading.literals_in(compound.start, compound.head_start)
        if literal.label in {"COUNTRY", "REGION", "ORGANIZATION"}
    }
    return len(parties) > 1 and min(parties) == compound.start


def _has_topic(compound: Compound, covered: list[tuple[int, int]]) -> bool:
    """Tell whether the words before the head say more than whose it is."""
    named: set[int] = set()
    for start, end in covered:
        named.update(range(start, end))
    rest = [
        position for position in range(compound.start, compound.head_start) if position not in named
    ]
    return len(rest) > 1


def _names_government_body(reading: Reading, compound: Compound) -> bool:
    """Tell whether a state, or a portfolio, stands before 省, 庁 or 政府."""
    start = compound.start
    for literal in sorted(reading.literals_starting.get(start, ()), key=lambda m: -m.end):
        if literal.label in {"COUNTRY", "REGION"} and literal.end <= compound.head_start:
            return True
        if literal.label == "COUNTRY":
            return True
        if literal.label == "GOVERNMENT_BODY" and literal.end < compound.head_start:
            return compound.head_start in reading.first_token  # 外務省|北米局, not 外務省|当局
    modifier = reading.text[start : compound.head_start]
    if modifier.startswith(("在", "駐")):
        return True
    noun = reading.text[compound.head_start : compound.end]
    charged = modifier not in words("any-organ") and portfolio_pattern().fullmatch(modifier)
    return noun in {"省", "庁"} and bool(charged)
