"""Numerals as they stand in Japanese text: Arabic, kanji additive or positional, or a mixture."""

import re
from decimal import Decimal

_DIGITS = {"〇": "0", "○": "0", "零": "0", **{kanji: str(n) for n, kanji in enumerate("一二三四五六七八九", 1)}, "壱": "1", "弐": "2", "参": "3"}
_SMALL = {"十": 10, "拾": 10, "百": 100, "千": 1000}
_LARGE = {"万": 10**4, "億": 10**8, "兆": 10**12, "京": 10**16}
ARABIC = r"(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.[0-9]+)?"
KANJI_DIGIT = "[〇○零一二三四五六七八九]"
INTEGER = rf"(?:[0-9]+|[{''.join(_DIGITS)}{''.join(_SMALL)}{''.join(_LARGE)}]+)"
NUMERAL = rf"(?:(?:{ARABIC}|[{''.join(_DIGITS)}{''.join(_SMALL)}{''.join(_LARGE)}])+)"
_SECTION = re.compile(rf"(?P<number>{ARABIC}|[{''.join(_DIGITS)}{''.join(_SMALL)}]+)?(?P<small>[千百十]?)(?P<large>[万億兆京]?)")


def parse_numeral(text: str) -> Decimal | None:
    """Return the value of a numeral, None where ``text`` is not one.

    >>> [str(parse_numeral(t)) for t in ["1,200", "三十六億", "36億", "2億5千万", "二〇二五", "1.5千億"]]
    ['1200', '3600000000', '3600000000', '250000000', '2025', '150000000000']
    """
    total, last, position = Decimal(0), None, 0
    while position < len(text):
        match = _SECTION.match(text, position)
        if match is None or not match.group():
            return None
        value = _section(match["number"], match["small"])
        scale = _LARGE.get(match["large"], 1)
        if value is None or (last is not None and scale >= last):
            return None
        total, last, position = total + value * scale, scale, match.end()
    return total if text else None


def _section(number: str | None, small: str) -> Decimal | None:
    """Return the value below 万: 2千, 五百, 三十六, 1,200."""
    scale = _SMALL.get(small, 1)
    if number is None:
        return Decimal(scale) if small else None
    if re.fullmatch(ARABIC, number):
        return Decimal(number.replace(",", "")) * scale
    value = _kanji(number)
    return None if value is None else value * scale


def _kanji(text: str) -> Decimal | None:
    if all(sign in _DIGITS for sign in text):
        return Decimal("".join(_DIGITS[sign] for sign in text))
    total, digit, last = 0, None, 10_000
    for sign in text:
        if sign in _DIGITS:
            if digit is not None:
                return None
            digit = int(_DIGITS[sign])
        else:
            scale = _SMALL[sign]
            if scale >= last:
                return None
            total, digit, last = total + (1 if digit is None else digit) * scale, None, scale
    return Decimal(total + (digit or 0))
