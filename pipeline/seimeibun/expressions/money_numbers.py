"""The numbers of a text as amounts: their values, and the currency that stands behind or before each."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from seimeibun.expressions.currencies import Currency, currency_after, currency_before, subunits
from seimeibun.expressions.numerals import ARABIC, KANJI_DIGIT, LARGE_UNIT, parse_numeral

_SCALES = {"trillion": 12, "billion": 9, "million": 6, "thousand": 3, "bn": 9, "mn": 6}
_SCALES |= {"m": 6, "k": 3}  # only behind a sign: $5m
UNITS = "十百千万萬億兆京"
# Not inside a number: no digit, and no sign that groups digits, may stand before the first one.
_LEFT = rf"(?<![0-9〇○◯零一二三四五六七八九{UNITS}数何幾])(?<![0-9〇○◯一二三四五六七八九{UNITS}][,.、・])"
_RUN = (
    rf"[数何幾]?(?>{ARABIC}|{KANJI_DIGIT}{{1,3}}(?:、{KANJI_DIGIT}{{3}}){{1,8}}+(?!{KANJI_DIGIT})"
    rf"|[〇○◯零一二三四五六七八九壱弐参拾{UNITS}]|(?<=[〇○◯一二三四五六七八九十])・(?={KANJI_DIGIT})"
    rf"|[数余](?=[{UNITS}])| (?={LARGE_UNIT})|(?<=[万億兆京]) (?=[0-9])){{1,40}}+"
)
_SCALE = rf" ?(?P<scale>{'|'.join(_SCALES)})(?![A-Za-z])"
_NUMBER = re.compile(rf"{_LEFT}(?P<run>{_RUN})(?:{_SCALE})?", re.IGNORECASE)
_NOT_BEFORE = re.compile(
    rf"(?:第|分の|[A-Za-z]|[0-9]:|[/.△▲±]|マイナス|[^\n\s] ?[−–-]|[0-9]{{1,3}} "
    rf"|[0-9{KANJI_DIGIT[1:-1]}] ?[,.、]\s|[万億兆京]\s)\Z"
)
_LIST_NUMBER = re.compile(rf"^ ?[0-9{KANJI_DIGIT[1:-1]}十]{{1,3}}[.、]\s\Z", re.MULTILINE)
# 一、五〇〇億円 and 1.500億円 at the beginning of a line may be item 1 and 500億円.
_ITEM = re.compile(rf"[^,.、]{{1,3}}[、.][^,.、{UNITS}]{{3}}(?![^{UNITS}])")
_NOT_TOLD = re.compile("[数何幾]")
_COUNT_OF = re.compile("[複件人総多回点口]")  # 件数10億円
_FORMAL = re.compile("[壱弐参拾]")
_BLANK = re.compile(r"0[0-9]|[〇○◯零](?!・)|0$")
_AND_MORE = re.compile("余り?")
FROM_TO = re.compile(r" ?(?:[～〜~–—―−‐-]|から|ないし|乃至|to) ?")
LARGE = re.compile(LARGE_UNIT)
_KANJI = re.compile("[一-龥々]")


@dataclass(frozen=True, slots=True)
class MoneyNumber:
    """A number in the text, its currency if it has one. ``value`` is None where it cannot be read."""

    start: int
    end: int
    numeral: str
    value: Decimal | None
    currency: Currency | None = None
    sign_before: bool = False
    several: bool = False  # 数十億, 何千万
    and_more: bool = False  # 二十余億


def money_numbers(text: str) -> Iterator[MoneyNumber]:
    position = end = 0
    while match := _NUMBER.search(text, position):
        number = _with_currency(text, _number(text, match), after=end)
        yield number
        end = number.end
        position = max(end, match.end("run"))


def _number(text: str, match: re.Match[str]) -> MoneyNumber:
    run = match["run"]
    plain = run.replace(" ", "")
    before = text[max(0, match.start() - 1) : match.start()]
    several = _NOT_TOLD.search(plain) is not None and not _COUNT_OF.match(before)
    and_more = "余" in plain
    value = None if several else parse_numeral(plain.replace("余", ""))
    if _BLANK.match(plain) or (_FORMAL.search(plain) and _KANJI.match(before)):
        value = None  # ○億円, 007, 持参百万円
    if before in {"", "\n"} and _ITEM.match(plain):
        value = None
    end = match.end("run")
    if value is not None and match["scale"]:
        value, end = without_fraction(value.scaleb(_SCALES[match["scale"].lower()])), match.end()
    return MoneyNumber(match.start(), end, plain, value, several=several, and_more=and_more)


def without_fraction(value: Decimal) -> Decimal:
    return value.quantize(Decimal(1)) if value == value.to_integral_value() else value


def _with_currency(text: str, number: MoneyNumber, *, after: int) -> MoneyNumber:
    """Return the number with its currency, whose letters then belong to the span.

    ``after`` is where the number before it ended: a dash between the two is a range, not a minus.
    """
    sign = currency_before(text, number.start)
    word = _currency_word(text, number)
    if sign and word and sign[0].code != word[0].code:
        return replace(number, value=None)
    start = sign[1] if sign else number.start
    if word:
        number = replace(number, end=word[1])
    currency = (word or sign or (None,))[0]
    in_range = FROM_TO.fullmatch(text, after, start) is not None
    if currency is None:
        certain = in_range or _is_certain(text, number)
        return number if certain else replace(number, value=None)
    number = replace(number, start=start, currency=currency, sign_before=bool(sign) and not word)
    if not _is_money(text, number, currency, in_range=in_range):
        return replace(number, value=None, several=False, currency=None)
    return _with_subunit(text, number, currency)


def _currency_word(text: str, number: MoneyNumber) -> tuple[Currency, int] | None:
    if _is_mark(text, number):
        return None
    more = _AND_MORE.match(text, number.end)
    for position in (number.end, more.end() if more else -1):
        for gap in (0, 1):
            if position >= 0 and text[position : position + gap] in ("", " "):
                found = currency_after(text, position + gap)
                if found:
                    return found
    return None


def _is_mark(text: str, number: MoneyNumber) -> bool:
    """Tell whether the number counts the paragraph, whose text begins with a currency: 2 円借款."""
    return (
        text[max(0, number.start - 1) : number.start] in {"", "\n"}
        and text.startswith(" ", number.end)
        and not text[number.end + 1 : number.end + 2].isascii()
        and not LARGE.search(number.numeral)
        and len(number.numeral) < 3
    )


def _is_money(text: str, number: MoneyNumber, currency: Currency, *, in_range: bool) -> bool:
    if currency.not_numeral and re.fullmatch(currency.not_numeral, number.numeral):
        return False
    if currency.not_next and re.compile(currency.not_next).match(text, number.end):
        return False
    if number.value is not None and number.value < currency.least:
        return False
    return in_range or _is_certain(text, number)


def _is_certain(text: str, number: MoneyNumber) -> bool:
    """Tell whether what stands before leaves the number certain.

    A paragraph number before a sum with 億 (1 500億円) does, as do several letters (ODA10億円): nobody
    groups digits, or names things, so.
    """
    match = _NOT_BEFORE.search(text, max(0, number.start - 6), number.start)
    if match is None or _LIST_NUMBER.search(text, max(0, number.start - 6), number.start):
        return True
    before = match.group()
    letters = text[max(0, number.start - 3) : number.start]
    named = len(letters) == 3 and letters.isascii() and letters.isalpha()
    numbered = before[-1] == " " and before[:-1].isdecimal()
    return bool(LARGE.search(number.numeral)) and (numbered or named)


def _with_subunit(text: str, number: MoneyNumber, currency: Currency) -> MoneyNumber:
    """Take the 25銭 of 151円25銭 in."""
    while match := _NUMBER.match(text, number.end):
        unit = next(
            (s for s in subunits().values() if text.startswith(s.name, match.end("run"))), None
        )
        if unit is None or currency.code not in unit.currencies:
            return number
        part = parse_numeral(match["run"])
        if part is None or number.value is None or part * unit.factor >= 1:
            return replace(number, value=None)
        end = match.end("run") + len(unit.name)
        number = replace(number, end=end, value=number.value + part * unit.factor)
    return number
