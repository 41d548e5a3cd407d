"""Offices: 日本国外務大臣, 駐日米国大使, 国連事務総長, トルクメニスタン副首相兼外務大臣."""

import re
from collections.abc import Iterable
from functools import cache

from seimeibun.entities.fields import field_start
from seimeibun.entities.mention import Mention, Rank
from seimeibun.entities.reading import Reading
from seimeibun.entities.vocabulary import alternation, heads_ending, office_pattern, words
from seimeibun.offices import offices

_OWNERS = frozenset({"COUNTRY", "ORGANIZATION", "GOVERNMENT_BODY", "CITY", "REGION", "EVENT"})
_ACCREDITED = re.compile(r"(?:駐|在)(?:[一-龠]|[ァ-ヴー]+)?$")
_BEFORE = re.compile(r"(?:同|両|各|歴代|先代|先々代|当|同国|前記|某)$")
_OWN_STATE = re.compile(
    r"(?<![一-龠ァ-ヴー々])(?:共和国|連邦|王国)$"
)  # the host's, in his own statement
# nouns in katakana that follow an office and are no name: 議長|サマリー, 大臣|レベル
_OF_OFFICE = re.compile(
    r"サマリー|メッセージ|ステートメント|レベル|クラス|ポスト|サミット|スピーチ|ペーパー"
)
_HIRAGANA = re.compile(r"[ぁ-ん]$")  # 三たび内閣総理大臣
_AFTER = re.compile(
    r"(?:兼|閣下|陛下|殿下|夫妻|夫人|御?一行|氏|代行|代理|臨時代理|就任|在任|当時|等|ら|自身|本人|間|側|及び|より|主催|出席|訪問|訪日|来日|招待|歓迎|表明|発言|談話|記者会見|会見|表敬)"
)
_FORMER = re.compile("[前元現新故副]")  # 前首相 may be one token
_REST_OF_LINE = re.compile(r" ?[一-鿿々]{3,5}(?=\s*(?:\n|$|\())")
# a portfolio in katakana that the tokenizer takes for the end of a name: ハルトノ|エネルギー・鉱物資源大臣
_GLUED = re.compile(r"(?<=[ァ-ヺー]{2})(?:エネルギー|デジタル|スポーツ|インフラ)")
_KATAKANA = re.compile(r"[ァ-ヴ]")
_BODIES = frozenset({"ORGANIZATION", "GOVERNMENT_BODY", "EVENT"})
_SIDE = re.compile(r"(?:側(?:から)?は?|からは?)、?\Z")
_LONGEST_SIDE = 5  # signs
_TELLING = 4  # signs of a charge of which no word is listed


def office_mentions(reading: Reading, owners: Iterable[Mention]) -> list[Mention]:
    """Return the offices in the text; ``owners`` are the states and bodies that may stand before one."""
    ending: dict[int, list[Mention]] = {}
    for owner in owners:
        if owner.label in _OWNERS:
            ending.setdefault(owner.end, []).append(owner)
    found = []
    for match in office_pattern().finditer(reading.text):
        start = _start_at_edge(reading, match.start(), match.end(), ending)
        if start is None or not _is_free(reading, match.end()):
            continue
        start = _with_field(reading, start, match.end())
        with_body = start if start in ending else _with_body(reading, start, match.end())
        begin = _with_owner(reading, with_body, ending)
        if (
            begin < with_body
            or (with_body == start and _stands_alone(reading, start, match.end()))
            or _is_of_state(reading, start, match.end(), ending)
            or _is_of_side(reading, with_body, ending)
        ):
            found.append(Mention(begin, match.end(), "POSITION", "office", rank=Rank.OFFICE))
        else:
            found.append(
                Mention(begin, match.end(), "POSITION", "office/needs-holder", rank=Rank.OFFICE)
            )
    return _held_together(reading, found)


def _held_together(reading: Reading, offices: list[Mention]) -> list[Mention]:
    """Join the offices that 兼 links across a state or body: 駐エチオピア大使|兼|アフリカ連合日本政府代表部大使."""
    joined: list[Mention] = []
    for office in offices:
        before = joined[-1] if joined else None
        if before and reading.text[before.end : office.start] == "兼":
            joined[-1] = before.with_span(before.start, office.end)
        else:
            joined.append(office)
    return joined


def _is_of_state(reading: Reading, start: int, end: int, ending: dict[int, list[Mention]]) -> bool:
    """Tell whether の links a bare office to its state: 日本の大臣, タイ及びベトナムの大臣."""
    if reading.text[start - 1 : start] != "の" or reading.text[start:end] not in words("of-state"):
        return False
    return reading.text.endswith("各国", 0, start - 1) or any(
        owner.label == "COUNTRY" for owner in ending.get(start - 1, ())
    )


def _start_at_edge(
    reading: Reading, start: int, end: int, ending: dict[int, list[Mention]]
) -> int | None:
    """Return the first edge of a token or of a state from which the rest is still an office: 米|大統領."""
    for position in range(start, end):
        edge = (
            position in reading.first_token
            or position in ending
            or _FORMER.fullmatch(reading.text, position - 1, position)
            or _GLUED.match(reading.text, position)
        )
        if edge and office_pattern().fullmatch(reading.text, position, end):
            return position
    return None


def _with_field(reading: Reading, start: int, end: int) -> int:
    """Take in the words of a charge that no list has: 牧畜農業|水産大臣, 港湾・海運・水路|大臣."""
    office = reading.text[start:end]
    charged = _charged().search(office)
    if not charged:
        return start
    begin = field_start(reading, start, goes_on=charged.start() > 0)
    told = charged.start() > 0 or start - begin >= _TELLING or "・" in reading.text[begin:start]
    return begin if told else start


def _with_body(reading: Reading, start: int, end: int) -> int:
    """Take in the body that an office heads, where it has no name of its own: 安全保障会議|書記."""
    if not reading.text.endswith(_heads_of_bodies(), start, end):
        return start
    begin = field_start(reading, start)
    heads = heads_ending(reading.text[begin:start])
    return begin if heads and heads[0].label in _BODIES else start


@cache
def _heads_of_bodies() -> tuple[str, ...]:
    return tuple(words("heads-body"))


@cache
def _charged() -> re.Pattern[str]:
    return re.compile(rf"(?<!総理)(?:{alternation(words('charged'))})$")


def _is_of_side(reading: Reading, start: int, ending: dict[int, list[Mention]]) -> bool:
    """Tell whether the side of a state sends the office: 米国側から|通商代表が."""
    side = _SIDE.search(reading.text, max(0, start - _LONGEST_SIDE), start)
    return side is not None and any(
        owner.label in {"COUNTRY", "ORGANIZATION"} for owner in ending.get(side.start(), ())
    )


def _is_free(reading: Reading, end: int) -> bool:
    """Tell whether the office ends here: no 大統領選挙, no 議長国, no 外相会合."""
    if end not in reading.last_token:
        return False
    index = reading.first_token.get(end)
    if index is None or _AFTER.match(reading.text, end):
        return True
    if name_on_rest_of_line(reading, end):
        return True
    token = reading.tokens[index]
    named = "人名" in token.tag or (
        _KATAKANA.match(token.text) and not _OF_OFFICE.match(token.text)
    )
    return not reading.is_noun[index] or bool(named)


def name_on_rest_of_line(reading: Reading, start: int) -> int | None:
    """Return the end of the few kanji that fill the line from ``start``: 日本国外務大臣園山直."""
    name = _REST_OF_LINE.match(reading.text, start)
    if not name or heads_ending(name.group()):
        return None
    tokens = [reading.tokens[index] for index in reading.analysis.tokens_in(start, name.end())]
    return None if any("サ変可能" in token.tag for token in tokens) else name.end()


def _with_owner(reading: Reading, start: int, ending: dict[int, list[Mention]]) -> int:
    """Go left over states and bodies, and over 各国 and 駐日."""
    begin = start
    posted = _ACCREDITED.search(reading.text[max(0, begin - 3) : begin])
    if posted and any(m.label == "COUNTRY" for m in ending.get(begin - len(posted.group()), ())):
        begin -= len(posted.group())  # …共和国駐日特命全権大使
    while owners := [
        m for m in ending.get(begin, ()) if m.label != "CITY" or _is_municipal(reading, start)
    ]:
        begin = min(owner.start for owner in owners)
        begin = _joined_owner(reading, begin, ending)
    begin = _abbreviated_owner(reading, begin, ending) if begin == start else begin
    if begin == start and (own := _OWN_STATE.search(reading.text[max(0, begin - 5) : begin])):
        return begin - len(own.group())
    collective = re.search(
        rf"(?:{alternation(words('collective'))})$", reading.text[max(0, begin - 4) : begin]
    )
    if begin == start and collective:
        return begin - len(collective.group())
    accredited = _ACCREDITED.search(reading.text[max(0, begin - 8) : begin])
    if accredited and begin - len(accredited.group()) in reading.first_token:
        return begin - len(accredited.group())
    return begin


def _joined_owner(reading: Reading, begin: int, ending: dict[int, list[Mention]]) -> int:
    """Take in the first of two bodies with one envoy: 国連・アラブ連盟."""
    if reading.text[begin - 1 : begin] != "・":
        return begin
    bodies = [m.start for m in ending.get(begin - 1, ()) if m.label == "ORGANIZATION"]
    return min(bodies, default=begin)


def _abbreviated_owner(reading: Reading, begin: int, ending: dict[int, list[Mention]]) -> int:
    """Go left over a parenthesis: 東南アジア諸国連合(ASEAN)|事務総長."""
    opening = reading.partner.get(begin - 1)
    if opening is None or reading.text[opening] != "(":
        return begin
    return min(
        (m.start for m in ending.get(opening, ()) if m.label in {"ORGANIZATION", "EVENT"}),
        default=begin,
    )


def _is_municipal(reading: Reading, start: int) -> bool:
    return reading.text.startswith(("市長", "知事", "町長", "村長", "皇太子"), start)


def _stands_alone(reading: Reading, start: int, end: int) -> bool:
    """Tell whether the office is a mention without state or holder: 大統領, 外務大臣, not 大臣."""
    if _BEFORE.search(reading.text[max(0, start - 3) : start]):
        return False
    index = reading.first_token.get(start)
    if index is None:
        return False
    before = reading.tokens[index - 1] if index else None
    if (
        before
        and before.end == start
        and reading.is_noun[index - 1]
        and not _HIRAGANA.search(before.text)
    ):
        return False
    office = reading.text[start:end]
    return offices().get(office, offices().get(_rank().sub("", office), True))


@cache
def _rank() -> re.Pattern[str]:
    return re.compile(rf"^(?:{alternation(words('rank'))})+")
