"""The year of an anniversary (周年), where the text settles it."""

from __future__ import annotations

import re
from dataclasses import replace

from seimeibun.expressions import calendars
from seimeibun.expressions.antecedents import Antecedents
from seimeibun.expressions.date_expression import DateExpression
from seimeibun.expressions.durations import Duration

FOUNDING = "(?:創設|創立|設立|樹立|発足|開始|締結|調印|署名|発効|結成|正常化|制定|採択)"
_YEAR = re.compile(r"(?<![0-9])[12][0-9]{3}(?=年)")
_FOUNDING_BEFORE = re.compile(rf"{FOUNDING}(?:の|から|後)?\Z")
_ANOTHER_TIME = re.compile(
    r"[0-9〇一二三四五六七八九十]年(?!間)|[本今昨去来明翌前同]年|に向け|を控え|を迎え[るよ]|[0-9]周年.*周年"
)


def anniversary_year(
    text: str, found: Duration, expression: DateExpression, antecedents: Antecedents
) -> DateExpression:
    """Return ``expression`` with its year where the founding year, or nothing else, stands beside it.

    The document's year is taken where a founding year plus the count makes it, or where the sentence
    names a founding (創設10周年) and no other time; else the year stays open.
    """
    document = antecedents.document
    if document and document.year - found.anniversary in antecedents.founding_years:
        founded = document.year - found.anniversary
        return _in_year(expression, document.year, f"{founded:04d}", "antecedent")
    start, end = antecedents.sentence_around(found.start)
    for year in sorted({int(match) for match in _YEAR.findall(text, start, end)}):
        if year - found.anniversary in antecedents.founding_years:
            return _in_year(expression, year, f"{year - found.anniversary:04d}", "antecedent")
    sentence = text[start : found.start] + "\0" + text[found.end : end]
    if (
        document
        and _FOUNDING_BEFORE.search(text[start : found.start])
        and not _ANOTHER_TIME.search(sentence)
    ):
        return _in_year(expression, document.year, document.isoformat(), "document")
    return expression


def _in_year(expression: DateExpression, year: int, anchor: str, source: str) -> DateExpression:
    period = calendars.year(year)
    if period is None or period.first is None or period.last is None:
        return expression
    return replace(
        expression,
        edtf=period.edtf,
        start_date=period.first.isoformat(),
        end_date=period.last.isoformat(),
        anchor=anchor,
        anchor_source=source,
    )
