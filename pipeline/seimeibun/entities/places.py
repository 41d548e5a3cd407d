"""Places named by construction: ナリン川, ノイバイ国際空港, ビシュケク-オシュ道路."""

import re
from collections.abc import Iterable, Iterator
from functools import cache

from seimeibun.analysis import Token
from seimeibun.entities.mention import Mention, Rank
from seimeibun.entities.reading import JOINERS, Reading
from seimeibun.entities.vocabulary import (
    MAX_HEAD,
    alternation,
    heads_ending,
    label_of_place,
    places,
    words,
)
from seimeibun.gazetteer import Name, names

_KATAKANA = re.compile(r"[ァ-ヺー]{2,}$")
_KATAKANA_SIGN = re.compile(r"[ァ-ヺー]")
_TOWN = re.compile(r"[ァ-ヺー]{2,}(?=[A-Z]?[一-鿿]|・ダム)")
# 福岡県太宰府市: prefecture and town in one token
_TOWN_OF = re.compile(
    r"(?P<region>[一-鿿]{2,3}[都道府県])(?P<town>[一-鿿ぁ-んァ-ヺー]{1,6}[市町村])"
)
# a province named by where it lies: 北部州, 北西部州, 中央州
_PROVINCE = re.compile(
    r"(?<![一-鿿々])(?:[東西南北]{1,2}|中|北中|南中)部州|(?<![一-鿿々])(?:中央|沿岸)州(?=[のにでをはが、。])"
)
_NEVER_FIRST = "ーァィゥェォッャュョン"
_SUBDIVISIONS = ("州", "県", "省", "郡", "市", "町", "村")
_ROAD = re.compile(r"(?:国道|州道|県道|高速道路)[0-9〇一二三四五六七八九十百]+号線?")
# a feature that is one token of the tokenizer; 川 and 山 end the names of towns as well (加古川, 和歌山)
_FEATURES = frozenset(
    {"湾", "海峡", "海", "湖", "岬", "島", "諸島", "列島", "半島", "山脈", "盆地", "空港", "港"}
)
_OF_FORCES = frozenset({"基地", "分屯基地", "駐屯地", "飛行場"})
_PARTS_OF_REGIONS = frozenset({"州", "県", "準州", "郡"})  # コルドファン|州
_BEARING = re.compile(r"(?<![一-鿿々])[東西南北]{1,2}\Z")  # 東|セピック州
# ナムグム|第一|水力発電所, タンジュン・ジャティ|B|石炭火力発電所
_COUNT = re.compile(r"(?:第?[0-9〇一二三四五六七八九十]{1,2}|(?<=[ァ-ヺー])[A-Z])\Z")
_MOST_BETWEEN = 3  # words
_LONGEST_COUNT = 4  # signs
_OF_TWO = re.compile(
    r"(?:第[0-9〇一二三四五六七八九十]{1,2})?(?P<one>日本|中国|韓国|[ァ-ヺー]{2,10}+)[・=＝](?P<other>日本|[ァ-ヺー]{2,10}+)"
    r"(?:友好大?橋|鉄道|道路)(?![一-鿿])"
)
_CAMP = re.compile(r"(?<![ァ-ヺー・一-鿿])キャンプ・[ァ-ヺー]{3,}+(?!・)")
_STATES = frozenset({"COUNTRY", "REGION", "NATIONALITY"})
_FIRST_NAME = re.compile(r"(?<![ァ-ヺー・])(?:[ァ-ヺー]{2,}・){1,3}\Z")
_LONGEST_FIRST = 24  # signs
_TOWN_WORD = re.compile(r"[ァ-ヺー]{3,}(?:・[ァ-ヺー]+)*")
_IN_A_PLACE = re.compile(
    r"に(?:お(?:いて|ける|きまして)|て|総?領事|事務所|到着|在住|派遣|向|ある|所在)|で(?!あ|は|な|も)|を(?:訪|視察|経由|出発)"
    r"|から|へ|との間|及び|並びに|市内|市長|近郊|周辺|の(?:復興|市|港|総領事|事務所)"
)
# ジョン・スミス・|カンザス州知事: the words before are a person
_GOVERNED = re.compile(r"[ァ-ヺー・]+[州県省郡市町村](?:知事|副知事|市?長|首相|議員|議長|代表)")
_OF_NATION = frozenset({"大学", "標準軌"})
_OF_FORM = frozenset({"共和国"})
_SHORTEST = 2  # signs of a token that can be name and noun: 豪州 is no name of a 州
_HELD = re.compile(r"で(?:開催|開か|行わ)")
# a word that says that a town follows: 国境の町|ゴリス, 港町|ムトワラ
_CALLED_TOWN = re.compile(
    r"(?:(?:の|る|た|な)(?:町|街|村|集落|都市)|首都|旧都|古都|州都|県都|港町|(?:港湾|主要|中核|国境|地方|工業|商業|学園|衛星)都市|(?:姉妹|友好)都市(?:である|の))"
    r"(?P<name>[ァ-ヺー]{2,}+(?:・[ァ-ヺー]{2,}+){0,3}+)(?=[、。及並並とやにのでをがは「(・近郊周辺郊外南北東西中市付空港]|から|まで|へ)"
)


@cache
def _article() -> re.Pattern[str]:
    return re.compile(rf"(?<![ァ-ヺー・])(?:{alternation(words('article'))})・\Z")


@cache
def _venue() -> re.Pattern[str]:
    name = (
        rf"(?:(?:{alternation(words('article'))})・)?[ァ-ヺー]{{3,}}+(?:・[ァ-ヺー]{{2,}}+){{0,9}}+"
    )
    return re.compile(
        rf"(?<![ァ-ヺー])(?P<name>{name})(?:\([^()]{{2,12}}\))?"
        r"(?:において|におきまして|にて|で(?:開催|開か|行わ|実施|署名|会談|会合|採択|調印)|(?P<via>を経由|経由で))"
    )


def place_mentions(reading: Reading) -> list[Mention]:
    """Return places that a proper name and a place noun make."""
    found: dict[int, Mention] = {}
    signs = _last_signs()
    for token in reading.tokens[1:]:
        end = token.end
        if reading.text[end - 1] not in signs or not (noun := _noun_ending(reading, end)):
            continue
        place = found.get(end - len(noun)) or _across(found, reading, end, noun)  # ナリン川|橋梁
        if place and place.label == "REGION" and places()[noun].named_after == "ends":
            continue  # マニラ首都圏|環状鉄道 is described, not named
        start = place.start if place else _name_start(reading, end - len(noun), noun)
        if start is not None and not (noun in _OF_FORM and _ends_state(reading, end)):
            found[end] = Mention(start, end, places()[noun].label, f"place/{noun}")
            if place and place.label == found[end].label:
                del found[place.end]  # 海峡横断鉄道|トンネル is one work
    named = [*found.values(), *_whole_tokens(reading)]
    return [
        *(mention for place in named for mention in _state_apart(reading, place)),
        *_towns(reading, found.values()),
        *_numbered_roads(reading),
        *_works_of_two(reading),
        *_camps(reading),
        *_provinces(reading),
        *_venues(reading),
        *_called_towns(reading),
        *_dictionary_towns(reading),
    ]


def _across(found: dict[int, Mention], reading: Reading, end: int, noun: str) -> Mention | None:
    """Return the place before the words that may stand in between: ムンバイ湾|横断|道路."""
    begin = end - len(noun)
    between = (word for word in places()[noun].between if reading.text.endswith(word, 0, begin))
    return next((found[begin - len(w)] for w in between if begin - len(w) in found), None)


def _whole_tokens(reading: Reading) -> Iterator[Mention]:
    """Yield the subdivisions that are one token of the tokenizer: プーリア州, 福岡県太宰府市."""
    for token in reading.tokens:
        if "固有名詞" not in token.tag:
            continue
        if noun := _feature(token):
            yield Mention(token.start, token.end, places()[noun].label, f"place/{noun}")
        if "地名" not in token.tag or not token.text.endswith(_SUBDIVISIONS):
            continue
        if parts := _TOWN_OF.fullmatch(token.text):
            middle = token.start + parts.end("region")
            yield Mention(token.start, middle, "REGION", "place/prefecture", rank=Rank.LITERAL)
            yield Mention(middle, token.end, "CITY", "place/town-of", rank=Rank.LITERAL)
        elif len(token.text) > _SHORTEST and not any(
            literal.start == token.start and literal.label != "CITY"
            for literal in reading.literals_ending.get(token.end, ())
        ):
            label = places()[token.text[-1]].label
            yield Mention(token.start, token.end, label, f"place/{token.text[-1]}")


def _feature(token: Token) -> str:
    """Return the noun that a token ends with if it names a feature: 陸奥|湾, 佐賀|空港."""
    for length in (3, 2, 1):
        noun = token.text[-length:]
        if noun in _FEATURES and len(token.text) >= length + _SHORTEST:
            tag = "固有名詞" if places()[noun].label == "FACILITY" else "地名"
            return noun if tag in token.tag and "人名" not in token.tag else ""
    return ""


def _state_apart(reading: Reading, place: Mention) -> list[Mention]:
    """Return the place, and the state that the same word begins with: ミャンマー|ラカイン州."""
    text = reading.text[place.start : place.end]
    state = _state_within(text) if place.label == "REGION" else None
    if state is None:
        return [place]
    middle = place.start + len(state.surface)
    country = Mention(
        place.start,
        middle,
        "COUNTRY",
        state.rule,
        canonical=state.canonical,
        entity_id=state.entity_id,
        iso3=state.iso3,
        source="gazetteer",
        rank=Rank.LITERAL,
    )
    return [place.with_span(middle, place.end), country]


def _state_within(text: str) -> Name | None:
    for length in range(len(text) - _SHORTEST - 1, 1, -1):
        for name in names().get(text[:length], ()):
            cut = text[length] in _NEVER_FIRST  # カタル|ーニャ州
            if name.label == "COUNTRY" and _KATAKANA.search(text, 0, length + 2) and not cut:
                return name
    return None


def _provinces(reading: Reading) -> Iterator[Mention]:
    for match in _PROVINCE.finditer(reading.text):
        if match.start() in reading.first_token and match.end() in reading.last_token:
            yield Mention(match.start(), match.end(), "REGION", "place/province")


def _venues(reading: Reading) -> Iterator[Mention]:
    """Yield a place that no list has, where the text says that something was held there."""
    for match in _venue().finditer(reading.text):
        start, end = match.span("name")
        if reading.literals_in(start, end) or end not in reading.last_token:
            continue
        if start not in reading.first_token:
            continue
        held = _HELD.search(match.group()) and reading.text[start - 1 : start] in {
            "が",
            "を",
            "は",
            "も",
            "、",
        }
        via = match["via"] and _may_be_named(reading, start, end)
        if not held and not via and not _is_place_before(reading, start):
            continue
        if heads_ending(match["name"]) or match["name"] in words("common-katakana"):
            continue
        yield Mention(start, end, "CITY", "place/venue")


def _may_be_named(reading: Reading, start: int, end: int) -> bool:
    """Tell whether the katakana is a name: アル・ムカッラー, not クラウド."""
    return "・" in reading.text[start:end] or any(
        "固有名詞" in reading.tokens[index].tag for index in reading.analysis.tokens_in(start, end)
    )


def _called_towns(reading: Reading) -> Iterator[Mention]:
    """Yield a town that no list has, where the word before it says that it is one."""
    for match in _CALLED_TOWN.finditer(reading.text):
        start, end = match.span("name")
        if end not in reading.last_token or reading.literals_in(start, end):
            continue
        if heads_ending(match["name"]) or match["name"] in words("common-katakana"):
            continue
        yield Mention(start, end, "CITY", "place/called-town")


def _dictionary_towns(reading: Reading) -> Iterator[Mention]:
    """Yield the places in katakana that only the tokenizer's dictionary has: ハミルトン|への攻撃."""
    for token in reading.tokens:
        if not token.tag.startswith("名詞-固有名詞-地名-一般"):
            continue
        before = reading.text[token.start - 1 : token.start] if token.start else ""
        alone = not _KATAKANA_SIGN.match(before) and before not in JOINERS
        named = _TOWN_WORD.fullmatch(token.text) and token.text not in words("common-katakana")
        if not (named and alone and _IN_A_PLACE.match(reading.text, token.end)):
            continue
        if not reading.literals_in(token.start, token.end):
            yield Mention(token.start, token.end, "CITY", "place/dictionary", rank=Rank.MODEL)


def _is_place_before(reading: Reading, start: int) -> bool:
    """Tell whether a date, a state or a region leads to the place: 7月1日、…, イタリアの…, プーリア州…."""
    before = start
    while before and reading.text[before - 1] in "、のに・":
        before -= 1
    if any(end == before for _, end, _ in reading.dates) and before < start:
        return True
    return any(
        literal.label in {"COUNTRY", "REGION"}
        for literal in reading.literals_ending.get(before, ())
    ) or any(
        reading.tokens[index].text.endswith(_SUBDIVISIONS) and "地名" in reading.tokens[index].tag
        for index in [reading.last_token.get(before)]
        if index is not None
    )


def _towns(reading: Reading, found: Iterable[Mention]) -> Iterator[Mention]:
    """Yield the place that a works is named after: オルカリア|地熱発電所."""
    for place in found:
        name = _TOWN.match(reading.text, place.start, place.end)
        if (
            _may_bear_town(place)
            and name
            and name.end() in reading.last_token
            and not names_feature(reading, name.end())
        ):
            yield Mention(name.start(), name.end(), "CITY", "place/town", rank=Rank.COMPOUND)


def _may_bear_town(place: Mention) -> bool:
    noun = places()[place.rule.removeprefix("place/")]
    return noun.label == "FACILITY" and noun.named_after in {"", "state"}


def names_feature(reading: Reading, end: int) -> bool:
    """Tell whether what ends here names a river, island or province, no town: ラム|川水力発電所."""
    return any(
        label_of_place(reading.text[end : end + length]) in {"LOCATION", "REGION"}
        for length in (1, 2, 3)
        if end + length in reading.last_token
    )


def _works_of_two(reading: Reading) -> Iterator[Mention]:
    """Yield the works that are named after two states: 日本・パラオ友好橋, ジブチ・エチオピア鉄道."""
    for match in _OF_TWO.finditer(reading.text):
        states = [_ends_state(reading, match.end(side)) for side in ("one", "other")]
        if all(states) and match.start() in reading.first_token:
            yield Mention(match.start(), match.end(), "FACILITY", "place/works-of-two")


def _camps(reading: Reading) -> Iterator[Mention]:
    """Yield the camps of forces: キャンプ・フォスター."""
    for match in _CAMP.finditer(reading.text):
        if match.start() in reading.first_token and match.end() in reading.last_token:
            yield Mention(*match.span(), "FACILITY", "place/camp", rank=Rank.LITERAL)


def _numbered_roads(reading: Reading) -> Iterator[Mention]:
    for match in _ROAD.finditer(reading.text):
        yield Mention(match.start(), match.end(), "FACILITY", "place/numbered-road")


def _noun_ending(reading: Reading, end: int) -> str:
    """Return the longest place noun that ends at ``end`` and begins with a token."""
    known = places()
    for length in range(min(end, MAX_HEAD), 0, -1):
        noun = reading.text[end - length : end]
        if noun in known and end - length in reading.first_token:
            return noun
    return ""


@cache
def _last_signs() -> frozenset[str]:
    return frozenset(noun[-1] for noun in places())


def _name_start(reading: Reading, noun_start: int, noun: str) -> int | None:
    name_end, between = _end_of_name(reading, noun_start, noun)
    is_line = places()[noun].named_after == "ends"
    known = [
        m
        for m in reading.literals_ending.get(name_end, ())
        if m.label in {"LOCATION", "CITY", "FACILITY"}
    ]
    if known:
        start = min(literal.start for literal in known)
        if places()[noun].label in {"FACILITY", "LOCATION"}:
            start = _from_first_name(reading, start, noun)
        else:
            start = _from_bearing(reading, start)
        return _from_other_end(reading, start) if is_line else start
    if _KATAKANA.fullmatch(noun) and reading.text.endswith("・", 0, name_end):
        name_end -= 1  # カホフカ・ダム
    index = reading.last_token.get(name_end)
    line = reading.last_token.get(noun_start)
    if line is not None and is_line and reading.tokens[line].text in words("direction"):
        return reading.tokens[line].start
    if index is None or not _is_name(reading, index):
        return None
    first = index
    while first > 0 and reading.tokens[first - 1].end == reading.tokens[first].start:
        before = first - 1
        if _is_name(reading, before):
            first = before
        elif reading.tokens[before].text in JOINERS and before and _is_place(reading, before - 1):
            first = before - 1
        else:
            break
    start = _from_first_name(reading, reading.tokens[first].start, noun)
    if state := _state_at(reading, start, name_end):
        # フィンランド|湾, ラオス|国立大学附属病院, ケニア|標準軌鉄道
        named = places()[noun].named_after == "state" or not _OF_NATION.isdisjoint(between)
        return start if named or (state == "REGION" and noun in _PARTS_OF_REGIONS) else None
    return _after_state(reading, start, name_end)


def _end_of_name(reading: Reading, noun_start: int, noun: str) -> tuple[int, list[str]]:
    """Return where the name before the noun ends, and the words that stand in between."""
    end, found = noun_start, list[str]()
    allowed = sorted(places()[noun].between, key=len, reverse=True)
    while len(found) < _MOST_BETWEEN:
        word = next((w for w in allowed if reading.text.endswith(w, 0, end)), "")
        if not word and places()[noun].label == "FACILITY":
            count = _COUNT.search(reading.text, max(0, end - _LONGEST_COUNT), end)
            word = count.group() if count else ""
        if not word or end - len(word) not in reading.last_token:
            break
        end -= len(word)
        found.append(word)
    return end, found


def _from_first_name(reading: Reading, start: int, noun: str) -> int:
    """Take in an article, or what comes before the last part of a namesake: ラ・|ゴメラ島, キング・|ハーリド国際空港."""
    if article := _article().search(reading.text, max(0, start - _LONGEST_FIRST), start):
        return article.start() if article.start() in reading.first_token else start
    if places()[noun].named_after == "ends":
        return start
    before = _FIRST_NAME.search(reading.text, max(0, start - _LONGEST_FIRST), start)
    governed = _GOVERNED.match(reading.text, start)
    if before is None or governed or before.start() not in reading.first_token:
        return _from_forces(reading, start) if noun in _OF_FORCES else _from_bearing(reading, start)
    parts = before.group().count("・")  # リオ・グランデ・ド・|スル州, but サンパウロ・|パラナ州
    inside = reading.literals_in(before.start(), start)
    if any(literal.label != "CITY" or parts == 1 for literal in inside):
        return start
    return _from_bearing(reading, before.start())


def _from_bearing(reading: Reading, start: int) -> int:
    """Take in where a province lies: 東|セピック州."""
    if not _KATAKANA_SIGN.match(reading.text, start):
        return start
    bearing = _BEARING.search(reading.text, max(0, start - 3), start)
    return bearing.start() if bearing and bearing.start() in reading.first_token else start


def _from_forces(reading: Reading, start: int) -> int:
    """Take in whose base it is: 航空自衛隊|経ヶ岬分屯基地."""
    return min(
        (m.start for m in reading.literals_ending.get(start, ()) if _holds_base(reading, m)),
        default=start,
    )


def _holds_base(reading: Reading, force: Mention) -> bool:
    return reading.text.endswith("自衛隊", force.start, force.end)


def _from_other_end(reading: Reading, start: int) -> int:
    """Take in the town at the other end of a line: チョットグラム・|コックスバザール幹線道路."""
    if reading.text[start - 1 : start] not in {"・", "-", "－", "―"}:
        return start
    return min(
        (m.start for m in reading.literals_ending.get(start - 1, ()) if m.label == "CITY"),
        default=start,
    )


def _is_name(reading: Reading, index: int) -> bool:
    token = reading.tokens[index]
    return "固有名詞" in token.tag or (
        token.tag.startswith("名詞")
        and bool(_KATAKANA.fullmatch(token.text))
        and len(token.text) > 1
        and not (token.text in words("common-katakana") and "地名" not in token.tag)
    )


def _is_place(reading: Reading, index: int) -> bool:
    token = reading.tokens[index]
    if any(m.label in _STATES for m in reading.literals_ending.get(token.end, ())):
        return False  # 欧州・|大西洋
    return "地名" in token.tag or any(
        literal.label in {"CITY", "LOCATION"}
        for literal in reading.literals_ending.get(token.end, ())
    )


def _ends_state(reading: Reading, end: int) -> bool:
    return any(m.label == "COUNTRY" for m in reading.literals_ending.get(end, ()))


def _state_at(reading: Reading, start: int, end: int) -> str:
    """Return the label of the state or region that ends at ``end``, "" without one."""
    return next(
        (
            literal.label
            for literal in reading.literals_ending.get(end, ())
            if literal.start <= start and literal.label in _STATES
        ),
        "",
    )


def _after_state(reading: Reading, start: int, end: int) -> int:
    """Cut a state in front of the name: ベトナム|ノイバイ国際空港."""
    cut = max(
        (
            m.end
            for m in reading.literals_starting.get(start, ())
            if m.label == "COUNTRY" and m.end < end
        ),
        default=start,
    )
    return cut if cut in reading.first_token else start
