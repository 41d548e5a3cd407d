"""What a chain of points means: 11月3日から5日, 19日及び20日, 平成24年度(2012年度)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from dateutil.relativedelta import relativedelta

from seimeibun.expressions import calendars
from seimeibun.expressions.antecedents import Antecedents
from seimeibun.expressions.calendars import Period
from seimeibun.expressions.date_chains import Chain
from seimeibun.expressions.date_values import (
    UNKNOWN,
    Value,
    adjacent,
    listing,
    noted,
    resolve,
)
from seimeibun.expressions.points import Point


def resolve_chain(chain: Chain, antecedents: Antecedents) -> Value:
    """Return the meaning of ``chain``; each of its points is an antecedent for the next."""
    values: list[Value] = []
    for point in chain.points:
        value = resolve(point, antecedents)
        if values and chain.kind == "range":
            value = _rolled(point, value, values[0], antecedents)
        values.append(value)
        if chain.kind not in {"point", "pair"} and (found := noted(point, value, closed=True)):
            antecedents.note(found)
    return _joined(chain, values, antecedents)


def note_chain(chain: Chain, value: Value, antecedents: Antecedents, *, closed: bool) -> None:
    """Let what follows lean on ``chain``; ``closed`` is False for a deadline or a start."""
    found = noted(chain.points[-1], value, closed=closed)
    if found and not _leans_on_the_document(chain.points[-1], value):
        two_days = found.two_days or _is_two_days(chain, value)
        antecedents.note(replace(found, end=chain.end, two_days=two_days))


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


def _leans_on_the_document(point: Point, value: Value) -> bool:
    """前年比 counts from the document's year each time, not from the last 前年."""
    deictic = point.deictic
    return bool(deictic and deictic.base == "either" and value.source == "document")


def _is_two_days(chain: Chain, value: Value) -> bool:
    period = value.period
    if period is None or period.first is None or period.last is None:
        return False
    count = sum(len(point.days) for point in chain.points)
    return (chain.kind == "list" and count == 2) or (period.last - period.first).days == 1
