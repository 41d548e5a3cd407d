"""Durations as written (3年半, 今後5年間, 数十年, 四半世紀) and their ISO 8601 values."""

from __future__ import annotations

import re
from dataclasses import dataclass

from dateutil.relativedelta import relativedelta

from seimeibun.expressions.date_patterns import (
    ANNIVERSARY,
    DURATION,
    DURATION_RANGE,
    ELIDED_LIST,
    compiled,
)
from seimeibun.expressions.date_words import Unit, directions, units
from seimeibun.expressions.numerals import parse_numeral
from seimeibun.expressions.points import COUNTED, COUNTED_BEFORE

_LEXICAL = re.compile(r"[度代生次目債物号式級組版型齢少長玉忌輩賀制寿功末初頭始期]|代わり|越し")
_CUE_AFTER = re.compile(
    r" ?(?:以内|以上|以下|余|ぶり|未満|足らず|程度|ほど|近く|に(?:わた|亘|渡)|(?:を|が)経|の(?:期間|猶予|間(?!に合))|連続"
    r"|前(?!後|半|期)|後(?!半|期))"
)
_SOME = re.compile(r"[一二三四五六七八九]、[一二三四五六七八九](?:日|週)")
_BEFORE_A_DAY = frozenset({"この", "来る", "来たる", "きたる", "去る", "新たな"})  # 来る20日
# 2年から3年に延長する: what it was, and what it will be
_CHANGED = re.compile(r"(?:へ|に)(?:延|短|縮|拡|増|引|伸|改|変更|倍)")
_HALVES = {"Y": ("M", 6), "M": ("D", 15), "D": ("TH", 12), "TH": ("TM", 30), "TM": ("TS", 30)}
_ARGUMENT = {"Y": "years", "M": "months", "W": "weeks", "D": "days"}
_SEVERAL = re.compile(r"(?P<known>[一二三四五六七八九十百千]*)数(?P<scale>[十百千]?)")
MOST_DAYS_OF_MONTH = 31


@dataclass(frozen=True, slots=True)
class Duration:
    """A duration as written; ``direction`` is forward or backward where the words say so."""

    start: int
    end: int
    iso: str
    direction: str = ""
    delta: relativedelta | None = None  # None where it cannot be added to a date: 数年, 3～5年
    anniversary: int = 0
    more: bool = False  # 二十余年


def read_duration(text: str, start: int) -> Duration | None:
    """Return the duration or 周年 that begins at ``start``."""
    anniversary = compiled(ANNIVERSARY).match(text, start)
    if anniversary:
        count = parse_numeral(anniversary["anniversary"])
        if count is None or count < 1:
            return None
        return Duration(start, anniversary.end(), f"P{count:f}Y", anniversary=int(count))
    for pattern in (DURATION_RANGE, DURATION):
        match = compiled(pattern).match(text, start)
        if match and _counts_time(match, text) and (iso := iso_duration(match)):
            direction = directions().get(match["direction"] or "", "")
            more = match["low"].endswith("余")
            return Duration(
                start, match.end(), iso, direction=direction, delta=_delta(iso), more=more
            )
    return None


def _counts_time(match: re.Match[str], text: str) -> bool:
    unit, after = units()[match["unit"]], text[match.end() : match.end() + 8]
    group = match.groupdict()
    if group.get("high") and (not _is_span_of_counts(match) or _CHANGED.match(after)):
        return False
    if not match["span"] and _LEXICAL.match(after) and unit.surface.endswith(("年", "月", "時間")):
        return False
    number = parse_numeral(group.get("high") or group["low"])
    if unit.surface == "年" and not match["span"] and number is not None and number >= 1000:
        return bool(COUNTED.match(after)) or match["low"] in {"千", "二千", "三千"}
    if unit.surface == "世紀":
        counted = match["low"] in {"半", "四半", "数", "一", "1"} or group.get("half")  # 四世紀半
        return bool(counted) or bool(COUNTED.match(after))
    if not unit.needs_cue or match["span"] or _SOME.match(match.group()):
        return True
    if _CUE_AFTER.match(after) or COUNTED_BEFORE.search(
        text[max(0, match.start() - 4) : match.start()]
    ):
        return True
    if unit.designator == "D":
        directed = match["direction"] is not None and match["direction"] not in _BEFORE_A_DAY
        return (
            directed or "数" in match["low"] or (number is not None and number > MOST_DAYS_OF_MONTH)
        )
    return False


def _is_span_of_counts(match: re.Match[str]) -> bool:
    """Whether two counts are one span (2、3年, 5年から10年), not neighbours (1951年から55年)."""
    low, high = parse_numeral(match["low"]), parse_numeral(match["high"])
    if low is None or high is None or not low < high or low >= 100:
        return False
    if match["low_unit"]:
        return units()[match["low_unit"]].designator == units()[match["unit"]].designator
    return high - low <= 2 or not re.search(ELIDED_LIST, match.group())


def iso_duration(match: re.Match[str]) -> str:
    """Return the ISO 8601 duration; of a range both, joined by a slash; "" where a number is none.

    Uncertain digits are X, as in TIMEX3: 数十年 is PXXY.
    """
    if match.groupdict().get("high"):
        pair = [iso_of(match[name], units()[match["unit"]], half=False) for name in ("low", "high")]
        return "/".join(pair) if all(pair) else ""
    unit = units()[match["unit"]]
    whole = iso_of(match["low"], unit, half=bool(match["half"]))
    if not match["second"] or not whole:
        return whole
    smaller = units()[match["second_unit"]]
    order = ["Y", "M", "W", "D", "TH", "TM", "TS"]
    if order.index(smaller.designator) <= order.index(unit.designator):
        return ""
    rest = iso_of(match["second"], smaller, half=bool(match["second_half"]))
    return (
        whole + (rest.removeprefix("PT") if "T" in whole else rest.removeprefix("P"))
        if rest
        else ""
    )


def iso_of(number: str, unit: Unit, *, half: bool) -> str:
    """Return one count of a unit: 3, 年 is P3Y; with ``half`` 3年半, P3Y6M; "" where it is none."""
    if number == "半" and unit.designator == "Y" and unit.factor == 1:
        return "P6M"
    if number in {"半", "四半"}:
        return f"P{unit.factor // (2 if number == '半' else 4)}Y"
    number = number.removesuffix("余").removesuffix("有")
    if half and unit.factor > 1 and "数" not in number:
        whole = parse_numeral(number)
        return f"P{(whole * 2 + 1) * unit.factor / 2:f}Y" if whole else ""
    digits = _several(number) if "数" in number else _exact(number, unit.factor)
    if not digits:
        return ""
    rest = ""
    if half and unit.factor == 1 and unit.designator in _HALVES:
        smaller, count = _HALVES[unit.designator]
        rest = f"{'' if unit.designator.startswith('T') or not smaller.startswith('T') else 'T'}{count}{smaller.removeprefix('T')}"
    elif half:
        return ""
    clock = "T" if unit.designator.startswith("T") else ""
    return f"P{clock}{digits}{unit.designator.removeprefix('T')}{rest}"


def _exact(number: str, factor: int) -> str:
    value = parse_numeral(number)
    return "" if not value else f"{(value * factor).normalize():f}"


def _several(number: str) -> str:
    """Return 数 as X: 数年 X, 数十年 XX, 十数年 1X, 千数百年 1XXX."""
    match = _SEVERAL.fullmatch(number)
    if match is None:
        return ""
    digits = "X" * (1 + {"": 0, "十": 1, "百": 2, "千": 3}[match["scale"]])
    if not match["known"]:
        return digits
    known = parse_numeral(match["known"])
    written = f"{known:f}" if known is not None else ""
    return written[: -len(digits)] + digits if len(written) > len(digits) else ""


def _delta(iso: str) -> relativedelta | None:
    """Return a whole-day duration as month arithmetic, None for clock, vague and decimal ones."""
    parts = re.findall(r"([0-9]+)([YMWD])", iso)
    if not parts or "/" in iso or f"P{''.join(number + unit for number, unit in parts)}" != iso:
        return None
    return relativedelta(**{_ARGUMENT[unit]: int(number) for number, unit in parts})
