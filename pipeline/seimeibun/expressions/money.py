"""Amounts of money: number and currency, with the bounds and modifiers that stand around them.

The way: numbers are found and valued, each looks for its currency (behind it, or as a sign before it),
neighbours that make one range are joined, the words around are read. A number that cannot be read with
certainty gives no amount at all: a missing amount is seen, a wrong one is not.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache

from seimeibun.expressions.currencies import (
    Currency,
    currency_after,
    currency_before,
    currency_of_state,
    subunits,
)
from seimeibun.expressions.numerals import ARABIC, KANJI_DIGIT, LARGE_UNIT, parse_numeral
from seimeibun.rules import read_table
from seimeibun.width import fold_width


@dataclass(frozen=True, slots=True)
class MoneyExpression:
    """An amount as it stands in the text.

    ``start``/``end`` hold number and currency, ``full_start``/``full_end`` also 総額, 約, 以上 and their
    kind. Equal amounts are a point; None is an open side, and both are None for 数十億円. ``currency`` is
    ISO 4217, or "" where only ``currency_candidates`` can be named (ルピー).
    """

    start: int
    end: int
    amount_min: Decimal | None
    amount_max: Decimal | None
    currency: str
    currency_candidates: tuple[str, ...] = ()
    mod: str = ""
    per: str = ""
    full_start: int = 0
    full_end: int = 0
    rule: str = ""


@dataclass(frozen=True, slots=True)
class _Number:
    """A number in the text, its currency if it has one. ``value`` is None where it cannot be read."""

    start: int
    end: int
    numeral: str
    value: Decimal | None
    currency: Currency | None = None
    sign_before: bool = False
    several: bool = False  # 数十億, 何千万
    and_more: bool = False  # 二十余億


@dataclass(frozen=True, slots=True)
class _Modifier:
    id: str
    pattern: re.Pattern[str]
    mod: str
    bound: str
    full: bool


_SCALES = {"trillion": 12, "billion": 9, "million": 6, "thousand": 3, "bn": 9, "mn": 6}
_SCALES |= {"m": 6, "k": 3}  # only behind a sign: $5m
_UNITS = "十百千万萬億兆京"
# Not inside a number: no digit, and no sign that groups digits, may stand before the first one.
_LEFT = rf"(?<![0-9〇○◯零一二三四五六七八九{_UNITS}数何幾])(?<![0-9〇○◯一二三四五六七八九{_UNITS}][,.、・])"
_RUN = (
    rf"[数何幾]?(?>{ARABIC}|{KANJI_DIGIT}{{1,3}}(?:、{KANJI_DIGIT}{{3}}){{1,8}}+(?!{KANJI_DIGIT})"
    rf"|[〇○◯零一二三四五六七八九壱弐参拾{_UNITS}]|(?<=[〇○◯一二三四五六七八九十])・(?={KANJI_DIGIT})"
    rf"|[数余](?=[{_UNITS}])| (?={LARGE_UNIT})|(?<=[万億兆京]) (?=[0-9])){{1,40}}+"
)
_SCALE = rf" ?(?P<scale>{'|'.join(_SCALES)})(?![A-Za-z])"
_NUMBER = re.compile(rf"{_LEFT}(?P<run>{_RUN})(?:{_SCALE})?", re.IGNORECASE)
_NOT_BEFORE = re.compile(
    rf"(?:第|分の|[A-Za-z]|[0-9]:|[/.△▲±]|マイナス|[^\n\s] ?[−–-]|[0-9]{{1,3}} "
    rf"|[0-9{KANJI_DIGIT[1:-1]}] ?[,.、]\s|[万億兆京]\s)\Z"
)
_LIST_NUMBER = re.compile(rf"^ ?[0-9{KANJI_DIGIT[1:-1]}十]{{1,3}}[.、]\s\Z", re.MULTILINE)
# 一、五〇〇億円 and 1.500億円 at the beginning of a line may be item 1 and 500億円.
_ITEM = re.compile(rf"[^,.、]{{1,3}}[、.][^,.、{_UNITS}]{{3}}(?![^{_UNITS}])")
_NOT_TOLD = re.compile("[数何幾]")
_COUNT_OF = re.compile("[複件人総多回点口]")  # 件数10億円
_FORMAL = re.compile("[壱弐参拾]")
_BLANK = re.compile(r"0[0-9]|[〇○◯零](?!・)|0$")
_AND_MORE = re.compile("余り?")
_FROM_TO = re.compile(r" ?(?:[～〜~–—―−‐-]|から|ないし|乃至|to) ?")
_BY = re.compile("の?(?:増|減|多|少|上積|積み増|上乗|引き)")  # 10億円から5億円増: not up to 5億円
_OVER_UNDER = re.compile(r"(?:以上|超|を超え)(?:、)?")
_UNDER = re.compile("以下|未満|以内")
_UNITS_LAST = re.compile(rf"[{_UNITS}]+\Z")
_LARGE = re.compile(LARGE_UNIT)
_KANJI = re.compile("[一-龥々]")
_DOWN_TO_10000 = re.compile("[万萬][^億兆京]*\\Z|[億兆京]\\Z")
_SMALL_LAST = re.compile("[千百十]$")
_PER_BEFORE = re.compile(
    r"毎(?P<every>[年月日週回])度?|(?P<sum>[年月日])額|(?<![0-9一二三四五六七八九十数何か各])(?P<during>年)(?:間|平均|々|ごとに)|(?<![^、。はがをに(で:\n])(?P<yearly>年)"
    r"|[1一](?P<each>[^\s、。0-9]{1,6}?)(?:当た?り|あたり|につき)の?"
)
_PER_AFTER = re.compile(r"/(?P<unit>[^\s、。0-9/()]{1,4}?)(?![^\s、。0-9/()のをにがとで以])")
# (約67億ドル) between an amount and the word that belongs to it: 1兆円(約67億ドル)以上.
_EQUIVALENT = re.compile(rf" ?\([^()\n、。]{{0,8}}[0-9{KANJI_DIGIT[1:-1]}][^()\n。]{{0,30}}\)")
_WINDOW = 16


def find_money(text: str) -> list[MoneyExpression]:
    """Find the amounts of money in ``text``; offsets are code points into it.

    >>> [(m.amount_min, m.currency, m.mod) for m in find_money("総額約36億ドルを拠出した。")]
    [(Decimal('3600000000'), 'USD', 'APPROX')]
    """
    folded = fold_width(text)
    return [_with_modifiers(folded, money) for money in _joined(folded, list(_numbers(folded)))]


# --- numbers and their currencies ------------------------------------------------------------------


def in_states(found: Iterable[MoneyExpression], states: Iterable[str]) -> list[MoneyExpression]:
    """Return the amounts, those of a shared unit with the one currency that the states named leave.

    ``states`` are ISO 3166-1 alpha-3 codes. 8兆ペソ is in Philippine pesos where no other state with pesos
    is named; where two are, or none, only the candidates stay.

    >>> [money.currency for money in in_states(find_money("8兆ペソ"), ["JPN", "PHL"])]
    ['PHP']
    >>> [money.currency for money in in_states(find_money("8兆ペソ"), ["MEX", "PHL"])]
    ['']
    """
    tender = {currency_of_state(state) for state in states} - {""}
    resolved = []
    for money in found:
        left = [code for code in money.currency_candidates if code in tender]
        one = not money.currency and len(left) == 1
        resolved.append(replace(money, currency=left[0]) if one else money)
    return resolved


def _numbers(text: str) -> Iterator[_Number]:
    position = end = 0
    while match := _NUMBER.search(text, position):
        number = _with_currency(text, _number(text, match), after=end)
        yield number
        end = number.end
        position = max(end, match.end("run"))


def _number(text: str, match: re.Match[str]) -> _Number:
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
        value, end = _plain(value.scaleb(_SCALES[match["scale"].lower()])), match.end()
    return _Number(match.start(), end, plain, value, several=several, and_more=and_more)


def _plain(value: Decimal) -> Decimal:
    return value.quantize(Decimal(1)) if value == value.to_integral_value() else value


def _with_currency(text: str, number: _Number, *, after: int) -> _Number:
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
    in_range = _FROM_TO.fullmatch(text, after, start) is not None
    if currency is None:
        certain = in_range or _is_certain(text, number)
        return number if certain else replace(number, value=None)
    number = replace(number, start=start, currency=currency, sign_before=bool(sign) and not word)
    if not _is_money(text, number, currency, in_range=in_range):
        return replace(number, value=None, several=False, currency=None)
    return _with_subunit(text, number, currency)


def _currency_word(text: str, number: _Number) -> tuple[Currency, int] | None:
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


def _is_mark(text: str, number: _Number) -> bool:
    """Tell whether the number counts the paragraph, whose text begins with a currency: 2 円借款."""
    return (
        text[max(0, number.start - 1) : number.start] in {"", "\n"}
        and text.startswith(" ", number.end)
        and not text[number.end + 1 : number.end + 2].isascii()
        and not _LARGE.search(number.numeral)
        and len(number.numeral) < 3
    )


def _is_money(text: str, number: _Number, currency: Currency, *, in_range: bool) -> bool:
    if currency.not_numeral and re.fullmatch(currency.not_numeral, number.numeral):
        return False
    if currency.not_next and re.compile(currency.not_next).match(text, number.end):
        return False
    if number.value is not None and number.value < currency.least:
        return False
    return in_range or _is_certain(text, number)


def _is_certain(text: str, number: _Number) -> bool:
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
    return bool(_LARGE.search(number.numeral)) and (numbered or named)


def _with_subunit(text: str, number: _Number, currency: Currency) -> _Number:
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


# --- ranges ----------------------------------------------------------------------------------------


def _joined(text: str, numbers: list[_Number]) -> Iterator[MoneyExpression]:
    """Yield the amounts, ranges as one; a number that only begins a range is no amount of its own."""
    position = 0
    while position < len(numbers):
        first = numbers[position]
        second = numbers[position + 1] if position + 1 < len(numbers) else None
        position += 1
        if second is not None:
            joined = _range(text, first, second)
            if joined is not None:
                position += 1
                yield from joined
                continue
        yield from _point(first)


def _point(number: _Number) -> list[MoneyExpression]:
    if number.currency is None or (number.value is None and not number.several):
        return []
    mod = "SEVERAL" if number.several else "SLIGHTLY_MORE" if number.and_more else ""
    rule = "money/sign-number" if number.sign_before else "money/number-currency"
    upper = None if number.and_more else number.value
    return [_expression(number.start, number.end, number.value, upper, number.currency, mod, rule)]


def _expression(
    start: int,
    end: int,
    low: Decimal | None,
    high: Decimal | None,
    currency: Currency,
    mod: str,
    rule: str,
) -> MoneyExpression:
    return MoneyExpression(
        start, end, low, high, currency.code, currency.candidates, mod, "", start, end, rule
    )


def _range(text: str, first: _Number, second: _Number) -> list[MoneyExpression] | None:
    """Return the range that two neighbours make, [] where they make one that cannot be read.

    None: they have nothing to do with each other.
    """
    between = text[first.end : second.start]
    if _OVER_UNDER.fullmatch(between):
        return _over_under(text, first, second)
    if not _FROM_TO.fullmatch(between):
        return None
    currency = second.currency or (first.currency if first.sign_before else None)
    if currency is None:
        return None
    if first.currency not in (None, currency):
        return None if between == "から" else _separate(first, second)
    if between == "から" and first.currency is not None and _BY.match(text, second.end):
        return _separate(first, second)
    own = first.currency and (second.currency or not first.sign_before)
    low = first.value if own else _shared(first, second)
    if low is None or second.value is None or low >= second.value:
        return None if _stand_alone(first, second, between) else []
    rule = "money/range" if first.currency == second.currency else "money/range-shared-unit"
    return [_expression(first.start, second.end, low, second.value, currency, "", rule)]


def _separate(first: _Number, second: _Number) -> list[MoneyExpression]:
    return _point(first) + _point(second)


def _stand_alone(first: _Number, second: _Number, between: str) -> bool:
    """Tell whether two numbers are certain though they make no range: 200億円から100億円に減らす."""
    return (first.currency is not None and second.currency is not None) or (
        between == "から" and first.currency is None and not first.several
    )


def _over_under(text: str, first: _Number, second: _Number) -> list[MoneyExpression] | None:
    """Read 100億ドル以上200億ドル以下."""
    under = _UNDER.match(text, second.end)
    if under is None or second.currency is None or first.currency not in (None, second.currency):
        return None
    low = first.value if first.currency else _shared(first, second)
    if low is None or second.value is None or low >= second.value:
        return []
    rule = "money/over-under"
    return [
        _expression(first.start, under.end(), low, second.value, second.currency, "RANGE", rule)
    ]


def _shared(first: _Number, second: _Number) -> Decimal | None:
    """Return the value of the 50 in 50～60億円, None where its unit is not certain."""
    if first.value is None or second.value is None:
        return None
    if _LARGE.search(first.numeral):
        # 1億5,000～2億円: five thousand, or five thousand 万?
        return first.value if _DOWN_TO_10000.search(first.numeral) else None
    units = _UNITS_LAST.search(second.numeral)
    if units is None:
        return _scaled_like(first, second)
    if re.search(f"[{_UNITS}]|^$", second.numeral[: units.start()]):
        return None
    own = _SMALL_LAST.search(first.numeral) is not None
    shared = parse_numeral(
        first.numeral + (re.sub("[千百十]", "", units.group()) if own else units.group())
    )
    if shared is not None and shared < second.value:
        return shared
    return first.value if second.value <= 1000 * first.value else None


def _scaled_like(first: _Number, second: _Number) -> Decimal | None:
    """Return the 3 of $3-5 million in millions; 10 of 10～20円 as it stands."""
    plain = parse_numeral(second.numeral)
    if not plain or second.value is None or first.value is None:
        return None
    if first.value != parse_numeral(first.numeral):
        return first.value  # $3 million-5 million
    return _plain(first.value * (second.value / plain))


# --- the words around ------------------------------------------------------------------------------


@cache
def _modifiers(side: str) -> tuple[_Modifier, ...]:
    columns = ["id", "side", "pattern", "mod", "bound", "full", "examples"]
    return tuple(
        _Modifier(
            row["id"],
            re.compile(f"(?:{row['pattern']}) ?\\Z" if side == "before" else row["pattern"]),
            row["mod"],
            row["bound"],
            row["full"] == "yes",
        )
        for row in read_table("money_modifiers.tsv", columns)
        if row["side"] == side
    )


def _with_modifiers(text: str, money: MoneyExpression) -> MoneyExpression:
    money = replace(money, full_start=money.start, full_end=money.end)
    return _words_before(text, _words_after(text, money))


@cache
def _any_modifier(side: str) -> re.Pattern[str]:
    """Return one pattern for all of a side: most amounts have no modifier, and need but one look."""
    return re.compile("|".join(f"(?:{rule.pattern.pattern})" for rule in _modifiers(side)))


def _words_after(text: str, money: MoneyExpression) -> MoneyExpression:
    position, bounded = money.end, False
    while True:
        aside = _EQUIVALENT.match(text, position)
        begin = aside.end() if aside else position
        if not _any_modifier("after").match(text, begin):
            break
        match, modifier = _longest(
            (rule.pattern.match(text, begin), rule) for rule in _modifiers("after")
        )
        if match is None or modifier is None or (bounded and modifier.mod == "APPROX"):
            break  # 10億円を下らない|規模
        position, bounded = match.end(), bounded or modifier.mod != "APPROX"
        money = replace(_modified(money, modifier), full_end=position)
    per = _PER_AFTER.match(text, position)
    return replace(money, per=per["unit"]) if per else money


def _words_before(text: str, money: MoneyExpression) -> MoneyExpression:
    position = money.start
    while position > 0:
        line = text[max(0, position - _WINDOW) : position]
        match, modifier = None, None
        if _any_modifier("before").search(line):
            match, modifier = _longest(
                (rule.pattern.search(line), rule) for rule in _modifiers("before")
            )
        if match is not None and modifier is not None:
            position -= len(match.group())
            money = _modified(money, modifier)
            money = replace(money, full_start=position) if modifier.full else money
            continue
        per = next((m for m in _PER_BEFORE.finditer(line) if m.end() == len(line)), None)
        if per is None:
            break
        position -= len(per.group())
        money = replace(money, per=money.per or next(filter(None, per.groups())))
    return money


def _longest(
    found: Iterator[tuple[re.Match[str] | None, _Modifier]],
) -> tuple[re.Match[str] | None, _Modifier | None]:
    matches = [(match, rule) for match, rule in found if match]
    return max(matches, key=lambda pair: len(pair[0].group()), default=(None, None))


def _modified(money: MoneyExpression, modifier: _Modifier) -> MoneyExpression:
    """Let a bound win over 約, and the word nearest to the amount over those farther off."""
    if (
        not modifier.mod
        or money.mod not in {"", "APPROX"}
        or (money.mod and modifier.mod == "APPROX")
    ):
        return money
    low = None if modifier.bound == "max" else money.amount_min
    high = None if modifier.bound == "min" else money.amount_max
    return replace(money, mod=modifier.mod, amount_min=low, amount_max=high)
