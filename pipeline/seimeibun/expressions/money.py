"""Amounts of money: number and currency, with the bounds and modifiers that stand around them.

The way: numbers are found and valued, each looks for its currency (behind it, or as a sign before it),
neighbours that make one range are joined, the words around are read. A number that cannot be read with
certainty gives no amount at all: a missing amount is seen, a wrong one is not.
"""

from collections.abc import Iterable
from dataclasses import replace

from seimeibun.expressions.currencies import currency_of_state
from seimeibun.expressions.money_expression import MoneyExpression
from seimeibun.expressions.money_modifiers import with_modifiers
from seimeibun.expressions.money_numbers import money_numbers
from seimeibun.expressions.money_ranges import joined
from seimeibun.width import fold_width

__all__ = ["MoneyExpression", "find_money", "in_states"]


def find_money(text: str) -> list[MoneyExpression]:
    """Find the amounts of money in ``text``; offsets are code points into it.

    >>> [(m.amount_min, m.currency, m.mod) for m in find_money("総額約36億ドルを拠出した。")]
    [(Decimal('3600000000'), 'USD', 'APPROX')]
    """
    folded = fold_width(text)
    return [with_modifiers(folded, money) for money in joined(folded, list(money_numbers(folded)))]


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
