"""Temporal expressions of a Japanese text: where they stand and what they mean.

One pass collects candidates (points, durations, recurring times, clock times), one joins points into
ranges and lists, one gives them values in the order of the text, for antecedents lie before.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

from dateutil.relativedelta import relativedelta

from seimeibun.expressions import calendars
from seimeibun.expressions.anniversaries import anniversary_year
from seimeibun.expressions.antecedents import Antecedent, Antecedents
from seimeibun.expressions.calendars import Period
from seimeibun.expressions.clock_times import ClockTime, read_clock_time, span_of_times
from seimeibun.expressions.date_expression import DateExpression
from seimeibun.expressions.date_patterns import START, compiled
from seimeibun.expressions.date_values import (
    UNKNOWN,
    Value,
    adjacent,
    listing,
    noted,
    resolve,
)
from seimeibun.expressions.date_words import (
    Modifier,
    idiom_pattern,
    modifier_after,
    modifier_before,
    parts,
)
from seimeibun.expressions.durations import Duration, read_duration
from seimeibun.expressions.points import Point, read_point
from seimeibun.expressions.recurrences import Recurrence, read_recurrence
from seimeibun.statement.width import fold_width

_TO = re.compile(r" ?(?:から、?|より、?|[-‐‑–—―−－ー～〜~]|ないし|乃至) ?")
_AND = re.compile(r" ?(?:、|,|・|と|及び|および|並びに|ならびに|又は|または|や|、及び|、並びに) ?")
_JUN = re.compile(r"(?:から|、|及び|及び|[～〜~-])(?P<jun>中旬|下旬)")
_NOW = re.compile(r"から(?:現在|今日|こんにち)(?=まで|に至る|にかけ)")
_COUNTER_BEFORE = frozenset("第数何幾")
_SINCE_DETACHED = re.compile(r"の[^。、\nはがをにで]{1,15}?以[来降]")
_SERIAL = re.compile(r"(?:^|\n)\s*[0-9]{1,2}[.]\Z")
__all__ = ["DateExpression", "find_dates"]

LONGEST_GAP = 4  # characters between the ends of a range


@dataclass(frozen=True, slots=True)
class Chain:
    """Points that make one expression: a range, a list of days, a wareki–western pair."""

    points: tuple[Point, ...]
    kind: str  # point range list pair now
    end: int

    @property
    def start(self) -> int:
        return self.points[0].start


Candidate = Point | Duration | Recurrence | ClockTime


def find_dates(text: str, *, document_date: str = "") -> list[DateExpression]:
    """Return the temporal expressions of ``text`` in its order.

    ``document_date`` (ISO) is what 本年 and 昨日 count from; without it they stay without a value,
    unless an antecedent in the text gives one.

    >>> [(d.label, d.edtf, d.mod) for d in find_dates("令和6年5月1日に署名し、同年末までに実施する。")]
    [('DATE', '2024-05-01', ''), ('DATE', '../2024', 'END')]
    """
    folded = fold_width(text)
    document = _document_date(document_date)
    antecedents = Antecedents(folded, document)
    found: list[DateExpression] = []
    for part in _chained(folded, list(_candidates(folded, document.year if document else 0))):
        found.append(_expression(folded, part, antecedents, found))
    return found


def _document_date(written: str) -> date | None:
    try:
        return date.fromisoformat(written) if written else None
    except ValueError:
        message = (
            f"document_date is {written!r}; it must be an ISO date such as 2025-12-20, or empty"
        )
        raise ValueError(message) from None


# Candidates


def _candidates(text: str, document_year: int) -> Iterator[Candidate]:
    """Yield, from left to right, the longest reading at each place where one can begin."""
    position, start, idiom = 0, compiled(START), idiom_pattern()
    while match := start.search(text, position):
        begin = match.start()
        if phrase := idiom.match(text, begin):
            position = phrase.end()
            continue
        found = (
            None
            if match["numeral"] and _inside_number(text, begin)
            else _read(text, begin, document_year)
        )
        if found:
            yield found
        position = found.end if found else begin + 1


def _read(text: str, begin: int, document_year: int) -> Candidate | None:
    readings = (
        read_recurrence(text, begin),
        read_point(text, begin, document_year=document_year),
        read_duration(text, begin),
        read_clock_time(text, begin),
    )
    return max((found for found in readings if found), key=lambda found: found.end, default=None)


def _inside_number(text: str, begin: int) -> bool:
    """Whether the numeral at ``begin`` continues something: 1,200年, 第3日, A/66/290, G20日."""
    before = text[max(0, begin - 1) : begin]
    if not before:
        return False
    if before in _COUNTER_BEFORE or (before.isascii() and (before.isalpha() or before in "/+")):
        return True
    if before in ".,-" and text[max(0, begin - 2) : begin - 1].isdigit():
        return not (before == "." and _SERIAL.search(text[max(0, begin - 6) : begin]))
    return False


# Ranges, lists, pairs


def _chained(text: str, candidates: list[Candidate]) -> Iterator[Candidate | Chain]:
    """Yield the candidates, points joined where the text joins them."""
    index = 0
    while index < len(candidates):
        first = candidates[index]
        index += 1
        following = candidates[index] if index < len(candidates) else None
        if isinstance(first, ClockTime) and isinstance(following, ClockTime):
            if _TO.fullmatch(text, first.end, following.start):
                first, index = span_of_times(first, following), index + 1
            yield first
            continue
        if not isinstance(first, Point):
            yield first
            continue
        chain = Chain((first,), "point", first.end)
        while index < len(candidates):
            following = candidates[index]
            longer = _extended(text, chain, following) if isinstance(following, Point) else None
            if longer is None:
                break
            chain, index = longer, index + 1
        now = _NOW.match(text, chain.end)
        if now and chain.kind == "point":
            chain = Chain(chain.points, "now", now.end())
        jun = _JUN.match(text, chain.end)
        if jun and chain.kind == "point" and first.part and first.part.kind == "jun":
            later = replace(first, start=jun.start("jun"), end=jun.end(), part=parts()[jun["jun"]])
            chain = Chain((first, later), "range", jun.end())
        yield chain


def _extended(text: str, chain: Chain, following: Point) -> Chain | None:
    last, gap = chain.points[-1], text[chain.end : following.start]
    if len(gap) > LONGEST_GAP or chain.kind in {"range", "pair"}:
        return None
    points = (*chain.points, following)
    if gap == "(" and text.startswith(")", following.end) and _is_pair(last, following):
        return Chain(points, "pair", following.end + 1) if chain.kind == "point" else None
    if _TO.fullmatch(gap) and _can_close(last, following, gap, text):
        return Chain(points, "range", following.end) if chain.kind == "point" else None
    if _AND.fullmatch(gap) and last.days and _is_bare_day(following):
        return Chain(points, "list", following.end)
    return None


def _is_pair(last: Point, following: Point) -> bool:
    """Whether the bracketed point repeats the one before it in the other calendar."""
    return (
        bool(last.years and following.years)
        and bool(last.era) != bool(following.era)
        and last.unit == following.unit
    )


def _is_bare_day(point: Point) -> bool:
    return bool(point.days) and not (point.months or point.has_year or point.prefix)


def _can_close(first: Point, last: Point, gap: str, text: str) -> bool:
    if gap.strip().startswith("より") and not text.startswith("まで", last.end):
        return False
    if _is_bare_day(last):
        return bool(first.days) or first.unit == "day"
    return True


# Values


def _expression(
    text: str,
    part: Candidate | Chain,
    antecedents: Antecedents,
    before: list[DateExpression],
) -> DateExpression:
    if isinstance(part, Chain):
        return _calendar_expression(text, part, antecedents)
    if isinstance(part, Duration):
        return _duration_expression(text, part, antecedents)
    if isinstance(part, Recurrence):
        return _recurrence_expression(text, part)
    if isinstance(part, Point):
        return _calendar_expression(text, Chain((part,), "point", part.end), antecedents)
    return _clock_expression(text, part, antecedents, before)


def _calendar_expression(text: str, chain: Chain, antecedents: Antecedents) -> DateExpression:
    values: list[Value] = []
    for point in chain.points:
        value = resolve(point, antecedents)
        if values and chain.kind == "range":
            value = _rolled(point, value, values[0], antecedents)
        values.append(value)
        if chain.kind not in {"point", "pair"} and (found := noted(point, value, closed=True)):
            antecedents.note(found)
    value = _joined(chain, values, antecedents)
    single = chain.kind in {"point", "pair"}
    modifier = _modifier(text, chain) if single else modifier_after_range(text, chain.end)
    listed = single and (len(chain.points[0].days) > 1 or _is_several(chain.points[0]))
    found = noted(chain.points[-1], value, closed=not (modifier and modifier.opens))
    if found and not _leans_on_the_document(chain.points[-1], value):
        antecedents.note(
            replace(found, end=chain.end, two_days=found.two_days or _is_two_days(chain, value))
        )
    label = "DATE" if single and not listed else "RANGE"
    return _dated(chain, label, value, modifier)


def _leans_on_the_document(point: Point, value: Value) -> bool:
    """前年比 counts from the document's year each time, not from the last 前年."""
    deictic = point.deictic
    return bool(deictic and deictic.base == "either" and value.source == "document")


def _is_several(point: Point) -> bool:
    numbers = (point.months, point.years, point.centuries)
    if point.deictic and point.deictic.unit == "two_days":
        return True
    return any(len(each) > 1 for each in numbers)


def _is_two_days(chain: Chain, value: Value) -> bool:
    period = value.period
    if period is None or period.first is None or period.last is None:
        return False
    count = sum(len(point.days) for point in chain.points)
    return (chain.kind == "list" and count == 2) or (period.last - period.first).days == 1


def modifier_after_range(text: str, end: int) -> Modifier | None:
    """Return 頃 behind a range; the まで that closes it says nothing more."""
    modifier = modifier_after(text, end, "point")
    return modifier if modifier and modifier.mod == "APPROX" else None


def _rolled(point: Point, value: Value, first: Value, antecedents: Antecedents) -> Value:
    """Return the end of a range past the turn of its year or month: 12月30日から1月2日."""
    start, end = first.period, value.period
    if not (start and end and start.first and end.last) or start.first <= end.last:
        return value
    if point.has_year or point.prefix:
        return value
    if point.months:
        later = replace(point, years=(end.last.year + 1,))
    else:
        following = end.last.replace(day=1) + relativedelta(months=1)
        later = replace(point, years=(following.year,), months=(following.month,))
    return replace(resolve(later, antecedents), source=value.source, anchor=value.anchor)


def _joined(chain: Chain, values: list[Value], antecedents: Antecedents) -> Value:
    if chain.kind == "point":
        return values[0]
    if chain.kind == "pair":
        return _paired(values)
    if chain.kind == "now":
        now = antecedents.document
        values = [values[0], Value(calendars.on(now), "document") if now else UNKNOWN]
    periods = [value.period for value in values]
    known = [period for period in periods if period]
    if len(known) < len(periods):
        return replace(UNKNOWN, anchor=next((v.anchor for v in values if not v.period), ""))
    members = [calendars.on(day) for day in _days(chain, values)] if chain.kind == "list" else known
    joined = (
        listing(members)
        if chain.kind == "list" and not adjacent(members)
        else calendars.join(known[0], known[-1])
    )
    source = next((v.source for v in values if v.source != "antecedent"), values[0].source)
    source = values[0].source if values[0].source != "explicit" else source
    if chain.kind == "now":
        source = values[0].source
    last = values[-1]
    return Value(
        joined,
        source if joined else "none",
        values[0].anchor or ("" if source == "explicit" else last.anchor),
        last.mod,
        last.member or last.period,
    )


def _days(chain: Chain, values: list[Value]) -> list[date]:
    """Return the listed days one by one: 19、20日及び23日."""
    days = []
    for point, value in zip(chain.points, values, strict=True):
        period = value.period
        if period is None or period.first is None or period.last is None:
            continue
        if len(point.days) > 1 and point.listed:
            days += [period.first, period.last] if len(point.days) == 2 else _each(period, point)
        else:
            days += [period.first] if period.first == period.last else [period.first, period.last]
    return days


def _each(period: Period, point: Point) -> list[date]:
    start = period.first
    return (
        [start.replace(day=day) for day in point.days if start and day >= start.day]
        if start
        else []
    )


def _paired(values: list[Value]) -> Value:
    first, second = values
    same = first.period and second.period and first.period.edtf == second.period.edtf
    if same:
        return first
    written = [value.period.edtf if value.period else "?" for value in values]
    return Value(None, "none", "≠".join(written))


def _modifier(text: str, chain: Chain) -> Modifier | None:
    deictic = chain.points[-1].deictic is not None
    applies = ("point", "deictic") if deictic else ("point",)
    found = modifier_after(text, chain.end, *applies) or modifier_before(text, chain.start, "point")
    if found is None and _SINCE_DETACHED.match(text, chain.end):
        return Modifier("以来", "SINCE", "end")
    return found


_OPENED = {
    "end": calendars.since,
    "start": calendars.until,
    "before": calendars.before,
    "after": calendars.after,
}


def _opens(modifier: Modifier, value: Value) -> bool:
    """Whether the boundary is the period's own.

    今世紀半ばまで does not reach the century's end, and 21世紀まで may mean its beginning.
    """
    if modifier.opens == "start" and value.period:
        return value.mod not in {"MID", "START"} and value.period.granularity != "century"
    return bool(modifier.opens)


def _dated(chain: Chain, label: str, value: Value, modifier: Modifier | None) -> DateExpression:
    period = value.period
    if period and modifier and _opens(modifier, value) and period.first and period.last:
        period = _OPENED[modifier.opens](period)
    point = chain.points[0]
    granularity = period.granularity if period else "range" if label == "RANGE" else point.unit
    return DateExpression(
        chain.start,
        chain.end,
        label,
        edtf=period.edtf if period else "",
        start_date=_iso(period.first) if period else "",
        end_date=_iso(period.last) if period else "",
        granularity="range" if label == "RANGE" else _granularity(granularity),
        mod=value.mod or (modifier.mod if modifier else ""),
        anchor=value.anchor,
        anchor_source=value.source,
        rule=f"date/{chain.kind}/{'era' if point.era else _granularity(point.unit)}",
    )


def _granularity(unit: str) -> str:
    if unit.startswith("season"):
        return "season"
    return {"week": "range", "two_days": "range"}.get(unit, unit)


def _iso(day: date | None) -> str:
    return day.isoformat() if day else ""


_AFTER_EVENT = re.compile(r"(?:後|から|より|以降|以来|して|の日|時点|[のて]ち)、?\Z")


def _duration_expression(text: str, found: Duration, antecedents: Antecedents) -> DateExpression:
    modifier = modifier_after(text, found.end, "duration") or modifier_before(
        text, found.start, "duration"
    )
    expression = DateExpression(
        found.start,
        found.end,
        "DURATION",
        duration=found.iso,
        mod=modifier.mod if modifier else "MORE_THAN" if found.more else "",
        anchor_source="none",
        rule="date/duration",
    )
    if found.anniversary:
        return anniversary_year(text, found, expression, antecedents)
    direction = found.direction
    if not direction and modifier and modifier.surface == "以内":
        before = text[max(0, found.start - 4) : found.start]
        direction = "" if _AFTER_EVENT.search(before) else "forward"
    if not direction or found.delta is None or antecedents.document is None:
        return expression
    return _anchored(expression, found, direction, antecedents.document)


def _anchored(
    expression: DateExpression, found: Duration, direction: str, document: date
) -> DateExpression:
    """Lay a duration on the calendar: 今後5年間 begins at the document's date, 過去20年間 ends there."""
    if found.delta is None:
        return expression
    try:
        other = document + found.delta if direction == "forward" else document - found.delta
    except (OverflowError, ValueError):  # before the year 1 or after 9999
        return expression
    first, last = sorted((document, other))
    period = calendars.days(first, last)
    return replace(
        expression,
        edtf=period.edtf,
        start_date=first.isoformat(),
        end_date=last.isoformat(),
        anchor=document.isoformat(),
        anchor_source="document",
    )


def _recurrence_expression(text: str, found: Recurrence) -> DateExpression:
    modifier = modifier_after(text, found.end, "set") or modifier_before(text, found.start, "set")
    return DateExpression(
        found.start,
        found.end,
        "SET",
        edtf=found.edtf,
        duration=found.iso,
        mod=modifier.mod if modifier else "EACH" if found.each else "",
        freq=found.freq,
        anchor_source="explicit",
        rule="date/recurrence",
    )


_BETWEEN_DAY_AND_TIME = re.compile(r"(?:の|、| |[朝昼晩夜]|\([^()\n]{1,8}\)){0,3}")


def _clock_expression(
    text: str,
    found: ClockTime,
    antecedents: Antecedents,
    before: list[DateExpression],
) -> DateExpression:
    """Return a clock time on the day named before it in its sentence."""
    day: Antecedent | None = antecedents.latest("day")
    if day and not antecedents.in_sentence(day, found.start):
        day = None
    beside = before and before[-1].label == "DATE" and before[-1].granularity == "day"
    attached = bool(beside and _BETWEEN_DAY_AND_TIME.fullmatch(text, before[-1].end, found.start))
    expression = DateExpression(
        found.start,
        found.end,
        "RANGE" if found.until else "TIME",
        granularity="time",
        anchor_source="none",
        rule="date/clock",
    )
    if day is None:
        return expression
    iso, last = day.last.isoformat(), day.last + timedelta(days=found.until_next_day)
    # EDTF has no interval of clock times: a span of times is given by its days.
    days = iso if last == day.last else f"{iso}/{last.isoformat()}"
    return replace(
        expression,
        edtf=days if found.until else f"{iso}T{found.iso}",
        start_date=iso,
        end_date=last.isoformat(),
        anchor=iso,
        anchor_source="explicit" if attached else "antecedent",
    )
