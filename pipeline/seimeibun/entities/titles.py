"""Legal titles without quotation marks: where …に関する…協定 begins."""

import re

from seimeibun.entities.reading import CLOSING, JOINERS, QUOTES, Reading
from seimeibun.entities.vocabulary import heads_ending, words, works

_OPENERS = {
    "TREATY": re.compile(
        r"(?:に関する|に関しての|についての|のための|に係る|との間の|の間の|との|を改正する|を修正する|を補足する)$"
    ),
    "ORGANIZATION": re.compile(r"(?:に関する|のための)$"),
    "EVENT": re.compile(r"(?:に関する|のための)$"),
    "PROGRAM": re.compile(r"(?:に関する|のための|」(?:に向けた|を目指す))$"),
}
_LINKS = re.compile(
    r"(?:に関する|に関連する|に関しての|についての|のための|に係る|に対する|に(?:居住|在留|滞在|所在|駐留)する|に対して|を有する|との間の|との間における|間の|における|に際する"
    r"|に向けた|に基づく|による|との|を改正する|を修正する|を補足する|その他の|への|的な|な|の|と|及び|および|並びに|ならびに|又は|若しくは|及びその)$"
)
_COORDINATORS = re.compile(r"(?:と|及び|および|並びに|ならびに|又は|若しくは)$")
_ALIAS_OF = re.compile(r"」の$")
_TOPIC_OF_ALIAS = re.compile(r"(?:における|に関する|のための)$")
# A clause, not part of a title, ends with these before 及び (会合の開催及び …に関する覚書).
_DONE = re.compile(
    r"(?:開催|署名|実施|発効|締結|設置|発足|成果|進展|歓迎|採択|訪問|開始|交渉|調整|結果)$"
)
_BACK_REFERENCE = re.compile(
    r"^(?:右|左|上記|下記|前記|前項|標記|本件|当該|期間|双方|両国|両国間|両者|両首脳|両大臣|二国間|我が国|わが国|同国|本年|昨年|今年|今次|今回|同年)(?:の|における|での|に(?:関する|係る)?)"
)
_LEADING_LINK = re.compile(r"^(?:及び|および|並びに|ならびに|又は|と|の|な|による|における|・)+")
_ONE_SIDED = re.compile(r"(?:との(?:間の)?|の間の)$")
_PARTIES = re.compile(r".(?:と|及び|並びに|、|・).+(?:との|の間の)")
_BETWEEN = re.compile(r"と?の間の")
_CLAUSE_END = re.compile(r"[、。はがを]")
# 投資の自由化、促進及び保護に関する|協定
_LISTED_TOPIC = re.compile(
    r"[^、。はがを「」]{2,30}(?:、[^、。はがを「」]{2,20})+(?:及び|並びに)[^、。はがを「」]{1,30}(?:に関する|のための)"
)
_LIST_GOES_ON = re.compile(r"[^、。はがを「」]{2,20}(?:、[^、。はがを「」]{2,20})*(?:及び|並びに)")
_AND = re.compile(r"(?:と|及び|、)$")
_LONGEST = 160
_WINDOW = 12


def title_start(reading: Reading, start: int, label: str, *, named: bool) -> int | None:
    """Return where the title begins whose last compound begins at ``start``; None if there is none."""
    if label == "PROGRAM":
        start = _before_duration(reading, start)
    before = reading.text[max(0, start - _WINDOW) : start]
    if label == "TREATY" and before.endswith("分野における"):
        return _run_before(reading, start - len("における"))  # 観光|分野における|協力覚書
    if label != "EVENT" and _ALIAS_OF.search(before):
        return _start_before_alias(reading, start)
    link = _OPENERS[label].search(before)
    if not link or (label != "TREATY" and not named and "」" not in link.group()):
        return None
    parties = _parties_start(reading, start)
    known = any(literal.label == label for literal in reading.literals_starting.get(start, ()))
    if known and parties is None:
        return None
    begin = _walk(reading, start)
    if parties is not None and parties < begin:
        begin = _walk(reading, parties)
    if parties is not None:
        begin = _from_first_topic(reading, begin, start)
    begin = _without_lead(reading, begin, start)
    if _ONE_SIDED.search(before) and not _PARTIES.search(reading.text, begin, start):
        return None
    return begin if begin < start else None


def _before_duration(reading: Reading, position: int) -> int:
    """Return where a duration begins that ends at ``position``: …に向けた|10年|イニシアティブ."""
    return next((start for start, end, _ in reading.dates if end == position), position)


def _parties_start(reading: Reading, start: int) -> int | None:
    """Return where the parties begin in 日本国と…との間の…できる…に関する共同声明."""
    between = _BETWEEN.search(reading.text, max(0, start - _LONGEST), start)
    if not between:
        return None
    topic = (reading.text, between.end(), start)
    if _CLAUSE_END.search(*topic) and not _LISTED_TOPIC.fullmatch(*topic):
        return None
    end = between.start()
    begin = _party_before(reading, end)
    if begin is None:
        return None
    while (separator := _AND.search(reading.text, max(0, begin - 3), begin)) and (
        before := _party_before(reading, separator.start())
    ) is not None:
        begin = before
    return begin


def _party_before(reading: Reading, end: int) -> int | None:
    """Return the start of the state, or its government, that ends at ``end``."""
    if reading.text.endswith("政府", 0, end):
        end -= len("政府")
    states = [
        m.start
        for m in reading.literals_ending.get(end, ())
        if m.label in {"COUNTRY", "ORGANIZATION"}
    ]
    return min(states, default=None)


def _start_before_alias(reading: Reading, start: int) -> int | None:
    """農業分野における「対話」のロードマップ begins with its field."""
    opening = reading.partner.get(start - 2)
    if opening is None or start - opening > 30:
        return None
    if reading.text.endswith(works(), opening, start - 2):
        return None  # 「ナカラ回廊」の|総合開発計画: of works, no alias
    link = _TOPIC_OF_ALIAS.search(reading.text[max(0, opening - _WINDOW) : opening])
    if not link:
        return opening
    topic = _run_before(reading, opening - len(link.group()))
    return opening if topic is None else topic


def _walk(reading: Reading, start: int) -> int:
    """Go left over nouns and the words that link them in titles."""
    position, floor = start, max(0, start - _LONGEST)
    while position > floor:
        link = _LINKS.search(reading.text[max(0, position - _WINDOW) : position])
        if link or _joins_qualities(reading, position):
            before = position - (len(link.group()) if link else 1)
            if link and link.group() == "的な" and position - 1 in reading.last_token:
                before = position - 1  # 戦略的|な, of two tokens
            run = _run_before(reading, before)
            if run is None or (
                link and _COORDINATORS.search(link.group()) and _is_sibling(reading, run, before)
            ):
                return position
            position = run
            continue
        run = _run_before(reading, position)
        if run is None or run >= position:
            return position
        position = run
    return position


def _from_first_topic(reading: Reading, begin: int, start: int) -> int:
    """Take in the topics listed before the last two: 投資の自由化、|促進及び保護に関する日本国と…."""
    while reading.text[begin - 1 : begin] == "、" and _LIST_GOES_ON.match(
        reading.text, begin, start
    ):
        run = _run_before(reading, begin - 1)
        if run is None or _is_sibling(reading, run, begin - 1):
            break
        begin = _walk(reading, run)
    return begin


def _joins_qualities(reading: Reading, position: int) -> bool:
    """Tell whether で joins two qualities: 健全で|強靱な海洋."""
    index = reading.last_token.get(position)
    if not index or reading.tokens[index].text != "で":
        return False
    return "形状詞" in reading.tokens[index - 1].tag


def _run_before(reading: Reading, position: int) -> int | None:
    """Return the start of the nouns, joiners and brackets that end at ``position``."""
    begin = position
    while begin > 0:
        index = reading.last_token.get(begin)
        if index is None:
            break
        token = reading.tokens[index]
        if token.text[-1] in CLOSING:
            opening = reading.partner.get(token.end - 1)
            if opening is None or (reading.text[opening] in QUOTES and begin != position):
                break
            begin = opening
        elif _may_stand_in_title(reading, index) or (token.text in JOINERS and begin != position):
            begin = token.start
        else:
            break
    return begin if begin < position else None


def _may_stand_in_title(reading: Reading, index: int) -> bool:
    return reading.is_noun[index] or reading.tokens[index].text in {"間", "内", "ため", "等"}


def _is_sibling(reading: Reading, start: int, end: int) -> bool:
    """Tell whether what stands before と or 及び is something else beside the title."""
    text = reading.text[start:end]
    if text[-1] in CLOSING or _DONE.search(text):
        return True
    return any(head.label in {"TREATY", "EVENT"} for head in heads_ending(text))


def _without_lead(reading: Reading, begin: int, start: int) -> int:
    """Cut dates, 両国の, 及び and modifiers from the front."""
    moved = True
    while moved and begin < start:
        moved = False
        text = reading.text[begin:start]
        if match := (_BACK_REFERENCE.match(text) or _LEADING_LINK.match(text)):
            begin, moved = begin + match.end(), True
        elif (date := reading.date_at(begin)) and date[0] < start:
            begin, moved = date[0], True
        else:
            index = reading.first_token.get(begin)
            if index is not None and reading.tokens[index].text in words("left"):
                begin, moved = reading.tokens[index].end, True
    return begin
