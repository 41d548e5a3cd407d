"""The words around an amount: 総額, 約, 以上, 年間. They bound it, or say what it is for each."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache

from seimeibun.expressions.money_expression import MoneyExpression
from seimeibun.expressions.numerals import KANJI_DIGIT
from seimeibun.rules import read_table

_PER_BEFORE = re.compile(
    r"毎(?P<every>[年月日週回])度?|(?P<sum>[年月日])額|(?<![0-9一二三四五六七八九十数何か各])(?P<during>年)(?:間|平均|々|ごとに)|(?<![^、。はがをに(で:\n])(?P<yearly>年)"
    r"|[1一](?P<each>[^\s、。0-9]{1,6}?)(?:当た?り|あたり|につき)の?"
)
_PER_AFTER = re.compile(r"/(?P<unit>[^\s、。0-9/()]{1,4}?)(?![^\s、。0-9/()のをにがとで以])")
# (約67億ドル) between an amount and the word that belongs to it: 1兆円(約67億ドル)以上.
_EQUIVALENT = re.compile(rf" ?\([^()\n、。]{{0,8}}[0-9{KANJI_DIGIT[1:-1]}][^()\n。]{{0,30}}\)")
_WINDOW = 16


@dataclass(frozen=True, slots=True)
class _Modifier:
    id: str
    pattern: re.Pattern[str]
    mod: str
    bound: str
    full: bool


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


def with_modifiers(text: str, money: MoneyExpression) -> MoneyExpression:
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
