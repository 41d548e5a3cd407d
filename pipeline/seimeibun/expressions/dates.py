"""Temporal expressions of a Japanese text: where they stand and what they mean.

One pass collects candidates (points, durations, recurring times, clock times), one joins points into
ranges and lists, one gives them values in the order of the text, for antecedents lie before.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta

from seimeibun.expressions import calendars
from seimeibun.expressions.anniversaries import anniversary_year
from seimeibun.expressions.antecedents import Antecedent, Antecedents
from seimeibun.expressions.chain_values import note_chain, resolve_chain
from seimeibun.expressions.clock_times import ClockTime
from seimeibun.expressions.date_candidates import Candidate, candidates
from seimeibun.expressions.date_chains import Chain, chained
from seimeibun.expressions.date_expression import DateExpression
from seimeibun.expressions.date_values import Value
from seimeibun.expressions.date_words import Modifier, modifier_after, modifier_before
from seimeibun.expressions.durations import Duration
from seimeibun.expressions.points import Point
from seimeibun.expressions.recurrences import Recurrence
from seimeibun.width import fold_width

__all__ = ["DateExpression", "find_dates"]

_SINCE_DETACHED = re.compile(r"の[^。、\nはがをにで]{1,15}?以[来降]")
# 2019年度から3年間: it begins then, and does not stay open
_FOR_SOME_TIME = re.compile(
    r"から、?[0-9一二三四五六七八九十]{1,3}(?:年|か年|[かカヵヶ箇]月|月|週|日)間"
)
_AFTER_EVENT = re.compile(r"(?:後|から|より|以降|以来|して|の日|時点|[のて]ち)、?\Z")
_BETWEEN_DAY_AND_TIME = re.compile(r"(?:の|、| |[朝昼晩夜]|\([^()\n]{1,8}\)){0,3}")
_AND_ALSO = re.compile(r"(?:、|・|と|及び|並びに|又は)の?")
NOON = 12  # the hour
_HOUR_OF = re.compile("T([0-9]{2})")  # in EDTF
_OPENED = {
    "end": calendars.since,
    "start": calendars.until,
    "before": calendars.before,
    "after": calendars.after,
}


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
    for part in chained(folded, list(candidates(folded, document.year if document else 0))):
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


def _expression(
    text: str,
    part: Candidate | Chain,
    antecedents: Antecedents,
    before: list[DateExpression],
) -> DateExpression:
    if isinstance(part, Chain):
        return _calendar_expression(text, part, antecedents, before)
    if isinstance(part, Duration):
        return _duration_expression(text, part, antecedents)
    if isinstance(part, Recurrence):
        return _recurrence_expression(text, part)
    if isinstance(part, Point):
        chain = Chain((part,), "point", part.end)
        return _calendar_expression(text, chain, antecedents, before)
    return _clock_expression(text, part, antecedents, before)


def _calendar_expression(
    text: str, chain: Chain, antecedents: Antecedents, before: list[DateExpression]
) -> DateExpression:
    if again := _recurring_again(text, chain, before):
        return again
    value = resolve_chain(chain, antecedents)
    single = chain.kind in {"point", "pair"}
    modifier = _modifier(text, chain) if single else _modifier_after_range(text, chain.end)
    note_chain(chain, value, antecedents, closed=not (modifier and modifier.opens))
    several = not single or chain.points[0].is_several
    return _dated(chain, "RANGE" if several else "DATE", value, modifier)


def _recurring_again(
    text: str, chain: Chain, before: list[DateExpression]
) -> DateExpression | None:
    """Return the 7月 of 毎年1月及び7月, which recurs too."""
    point = chain.points[0]
    if chain.kind != "point" or not before or before[-1].label != "SET" or not before[-1].edtf:
        return None
    if len(point.months) != 1 or len(point.days) > 1 or point.has_year or point.prefix:
        return None
    if point.part or not _AND_ALSO.fullmatch(text, before[-1].end, chain.start):
        return None
    month = f"XXXX-{point.months[0]:02d}"
    return replace(
        before[-1],
        start=chain.start,
        end=chain.end,
        edtf=f"{month}-{point.days[0]:02d}" if point.days else month,
    )


def _modifier_after_range(text: str, end: int) -> Modifier | None:
    """Return 頃 behind a range; the まで that closes it says nothing more."""
    modifier = modifier_after(text, end, "point")
    return modifier if modifier and modifier.mod == "APPROX" else None


def _modifier(text: str, chain: Chain) -> Modifier | None:
    deictic = chain.points[-1].deictic is not None
    applies = ("point", "deictic") if deictic else ("point",)
    found = modifier_after(text, chain.end, *applies) or modifier_before(text, chain.start, "point")
    if found is None and _SINCE_DETACHED.match(text, chain.end):
        return Modifier("以来", "SINCE", "end")
    if found is not None and _FOR_SOME_TIME.match(text, chain.end):
        return None
    return found


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


def _clock_expression(
    text: str,
    found: ClockTime,
    antecedents: Antecedents,
    before: list[DateExpression],
) -> DateExpression:
    """Return a clock time on the day named before it in its sentence."""
    if again := _same_day_as(text, found, antecedents, before):
        return again
    day: Antecedent | None = antecedents.latest("day", found.start)
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


def _same_day_as(
    text: str, found: ClockTime, antecedents: Antecedents, before: list[DateExpression]
) -> DateExpression | None:
    """Return 同7時20分: on the day, and in the half of it, of the time named before in the sentence."""
    if not text.startswith("同", found.start - 1):
        return None
    start, _ = antecedents.sentence_around(found.start)
    times = [one for one in before if one.granularity == "time" and one.start >= start]
    if not times or not times[-1].end_date:
        return None
    earlier, day = times[-1], times[-1].end_date
    hour = found.hour
    if not found.half_day and hour < NOON <= int(_HOUR_OF.findall(earlier.edtf + "T00")[0]):
        hour += NOON
    return DateExpression(
        found.start - 1,
        found.end,
        "TIME",
        edtf=f"{day}T{hour:02d}:{found.minute:02d}:00",
        start_date=day,
        end_date=day,
        granularity="time",
        anchor=day,
        anchor_source="antecedent",
        rule="date/clock",
    )
