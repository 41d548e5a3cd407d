"""Numerals as they stand in Japanese text: Arabic, kanji additive or positional, or a mixture.

A numeral that is not well formed has no value: 二億一兆 (rising units), 1,23 (broken groups), 二5 and
1億20000万 (a part that spills over into the one before it) are None, never something near it.
"""

import re
from decimal import Decimal

_DIGITS = {
    **dict.fromkeys("〇○◯零", "0"),
    **{kanji: str(n) for n, kanji in enumerate("一二三四五六七八九", 1)},
    "壱": "1",
    "弐": "2",
    "参": "3",
}
_SMALL = {"十": 10, "拾": 10, "百": 100, "千": 1000}
_LARGE = {"万": 10**4, "萬": 10**4, "億": 10**8, "兆": 10**12, "京": 10**16}
_DIGIT_SIGNS = "".join(_DIGITS)
_SMALL_SIGNS = "".join(_SMALL)
_LARGE_SIGNS = "".join(_LARGE)

KANJI_DIGIT = "[〇○◯零一二三四五六七八九]"
LARGE_UNIT = f"[{_LARGE_SIGNS}]"
# 、 groups like a comma in vertical texts: 6、500万, 八、〇八二、○○○、○○○. Everything is atomic
# and bounded, so that time stays linear on 200,000 digits or commas in a row.
ARABIC = r"(?>[0-9]{1,3}(?:[,、][0-9]{3}){1,8}+(?![0-9])|[0-9]{1,40}+)(?:\.[0-9]{1,40}+)?"
_POSITIONAL = (
    rf"(?>{KANJI_DIGIT}{{1,3}}(?:、{KANJI_DIGIT}{{3}}){{1,8}}+(?!{KANJI_DIGIT})"
    rf"|{KANJI_DIGIT}{{1,40}}+)"
)
# Neither begins inside a numeral: 2億 is not found in 12億, and a long run is not tried at each digit.
_BEGINNING = rf"(?<![0-9{_DIGIT_SIGNS}{_SMALL_SIGNS}{_LARGE_SIGNS}])"
INTEGER = rf"{_BEGINNING}(?>[0-9]{{1,40}}+|[{_DIGIT_SIGNS}{_SMALL_SIGNS}{_LARGE_SIGNS}]{{1,40}}+)"
NUMERAL = (
    rf"{_BEGINNING}(?>(?>{ARABIC}|{_POSITIONAL}|[{_DIGIT_SIGNS}{_SMALL_SIGNS}{_LARGE_SIGNS}]"
    rf"|(?<=[{_DIGIT_SIGNS}{_SMALL_SIGNS}])・(?={KANJI_DIGIT})){{1,40}}+)"
)
_SECTION = re.compile(rf"([^{_LARGE_SIGNS}]+)([{_LARGE_SIGNS}]?)")
_PART = re.compile(rf"({ARABIC}|[{_DIGIT_SIGNS}、・]+)?([{_SMALL_SIGNS}]?)")
_ARABIC = re.compile(ARABIC)
_GROUPED = re.compile(rf"{_POSITIONAL}")
_BIG_STEPS = {"百万": 10**6, "十億": 10**9}  # 1,234百万円, as in tables of accounts
_IN_MILLIONS = re.compile(rf"({ARABIC})({'|'.join(_BIG_STEPS)})")
_MOST_DIGITS = 24  # within the 28 of Decimal's default context: everything stays exact


def parse_numeral(text: str) -> Decimal | None:
    """Return the value of a numeral, None where ``text`` is not a well-formed one.

    >>> [f"{parse_numeral(t):f}" for t in ["1,200", "三十六億", "36億", "2億5千万", "1.5千億"]]
    ['1200', '3600000000', '3600000000', '250000000', '150000000000']
    >>> [f"{parse_numeral(t):f}" for t in ["二〇二五", "二千五百", "八、〇八二、○○○", "十二・五"]]
    ['2025', '2500', '8082000', '12.5']
    >>> [parse_numeral(t) for t in ["二億一兆", "1,23", "二5", "1億20000万", "万", "1.5億2千万"]]
    [None, None, None, None, None, None]
    """
    if sum(sign.isdigit() or sign in _DIGITS for sign in text) > _MOST_DIGITS:
        return None
    if millions := _IN_MILLIONS.fullmatch(text):
        return _plain(Decimal(re.sub("[,、]", "", millions[1])) * _BIG_STEPS[millions[2]])
    total, last, position = Decimal(0), None, 0
    while position < len(text):
        match = _SECTION.match(text, position)
        value = match and _below_10000(match[1], top=last is None)
        if match is None or value is None:
            return None
        value *= (scale := _LARGE.get(match[2], 1))
        if last is not None and (value >= last or scale >= last or not _whole(total, last)):
            return None
        total, last, position = total + value, scale, match.end()
    return _plain(total) if text and total.adjusted() < _MOST_DIGITS else None


def _plain(value: Decimal) -> Decimal:
    """Drop the zeros that multiplying left behind: 1.5億 is 150000000, not 150000000.0."""
    return value.quantize(Decimal(1)) if value == value.to_integral_value() else value


def _whole(total: Decimal, unit: int) -> bool:
    """Tell whether nothing stands below ``unit``: after 1.5億 no 2千万 can follow."""
    return total % unit == 0


def _below_10000(text: str, *, top: bool) -> Decimal | None:
    """Return the value of what stands before 万, 億 …: 2千500, 五百三十六, 1,200, 一二〇.

    The ``top`` part may be larger than 9999 (12,000億) and have decimals.
    """
    total, last, position = Decimal(0), 10_000, 0
    while position < len(text):
        match = _PART.match(text, position)
        if match is None or not match.group():
            return None
        scale = _SMALL.get(match[2], 1)
        digits = Decimal(1) if match[1] is None else _digits(match[1])
        if digits is None or scale >= last or (position > 0 and digits * scale >= last):
            return None
        if not _whole(total, last if position else 1) or (match[2] and not _single(digits)):
            return None
        total, last, position = total + digits * scale, scale, match.end()
    return total if top or total < 10_000 else None


def _single(digits: Decimal) -> bool:
    """Tell whether 千, 百 or 十 may follow: 2千 and 1.5千 can be written, 12千 and 0千 are not read."""
    return 0 < digits < 10


def _digits(text: str) -> Decimal | None:
    """Return the value of a run of digits: 1,200.5, 二〇二五, 八、〇八二, 三・一四."""
    if _ARABIC.fullmatch(text):
        return Decimal(re.sub("[,、]", "", text))
    whole, point, decimals = text.partition("・")
    if not _GROUPED.fullmatch(whole) or (point and not re.fullmatch(f"{KANJI_DIGIT}+", decimals)):
        return None if not _is_daiji(text) else Decimal(_DIGITS[text])
    plain = whole.replace("、", "") + ("." + decimals if point else "")
    return Decimal("".join(_DIGITS.get(sign, sign) for sign in plain))


def _is_daiji(text: str) -> bool:
    return text in {"壱", "弐", "参"}
