"""Amounts of one number and of two: 10億円, 50～60億円, 100億ドル以上200億ドル以下."""

import re
from collections.abc import Iterator
from decimal import Decimal

from seimeibun.expressions.currencies import Currency
from seimeibun.expressions.money_expression import MoneyExpression
from seimeibun.expressions.money_numbers import FROM_TO, LARGE, UNITS, MoneyNumber, without_fraction
from seimeibun.expressions.numerals import parse_numeral

_BY = re.compile("の?(?:増|減|多|少|上積|積み増|上乗|引き)")  # 10億円から5億円増: not up to 5億円
_OVER_UNDER = re.compile(r"(?:以上|超|を超え)(?:、)?")
_UNDER = re.compile("以下|未満|以内")
_UNITS_LAST = re.compile(rf"[{UNITS}]+\Z")
_DOWN_TO_10000 = re.compile("[万萬][^億兆京]*\\Z|[億兆京]\\Z")
_SMALL_LAST = re.compile("[千百十]$")


def joined(text: str, numbers: list[MoneyNumber]) -> Iterator[MoneyExpression]:
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


def _point(number: MoneyNumber) -> list[MoneyExpression]:
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


def _range(text: str, first: MoneyNumber, second: MoneyNumber) -> list[MoneyExpression] | None:
    """Return the range that two neighbours make, [] where they make one that cannot be read.

    None: they have nothing to do with each other.
    """
    between = text[first.end : second.start]
    if _OVER_UNDER.fullmatch(between):
        return _over_under(text, first, second)
    if not FROM_TO.fullmatch(between):
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


def _separate(first: MoneyNumber, second: MoneyNumber) -> list[MoneyExpression]:
    return _point(first) + _point(second)


def _stand_alone(first: MoneyNumber, second: MoneyNumber, between: str) -> bool:
    """Tell whether two numbers are certain though they make no range: 200億円から100億円に減らす."""
    return (first.currency is not None and second.currency is not None) or (
        between == "から" and first.currency is None and not first.several
    )


def _over_under(text: str, first: MoneyNumber, second: MoneyNumber) -> list[MoneyExpression] | None:
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


def _shared(first: MoneyNumber, second: MoneyNumber) -> Decimal | None:
    """Return the value of the 50 in 50～60億円, None where its unit is not certain."""
    if first.value is None or second.value is None:
        return None
    if LARGE.search(first.numeral):
        # 1億5,000～2億円: five thousand, or five thousand 万?
        return first.value if _DOWN_TO_10000.search(first.numeral) else None
    units = _UNITS_LAST.search(second.numeral)
    if units is None:
        return _scaled_like(first, second)
    if re.search(f"[{UNITS}]|^$", second.numeral[: units.start()]):
        return None
    own = _SMALL_LAST.search(first.numeral) is not None
    shared = parse_numeral(
        first.numeral + (re.sub("[千百十]", "", units.group()) if own else units.group())
    )
    if shared is not None and shared < second.value:
        return shared
    return first.value if second.value <= 1000 * first.value else None


def _scaled_like(first: MoneyNumber, second: MoneyNumber) -> Decimal | None:
    """Return the 3 of $3-5 million in millions; 10 of 10～20円 as it stands."""
    plain = parse_numeral(second.numeral)
    if not plain or second.value is None or first.value is None:
        return None
    if first.value != parse_numeral(first.numeral):
        return first.value  # $3 million-5 million
    return without_fraction(first.value * (second.value / plain))
