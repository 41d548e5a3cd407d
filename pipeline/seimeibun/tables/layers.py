"""The tables of the layers: one row a span, from the facts that the layer kept with it."""

import re
from collections.abc import Iterator, Mapping
from decimal import Decimal, InvalidOperation
from typing import Any

from seimeibun.found import Found
from seimeibun.tables.document import Document
from seimeibun.tables.intervals import Intervals
from seimeibun.tables.marks import Mark, by_place, parents
from seimeibun.tables.schema import AGREEMENTS, DATES, MONEY

Row = dict[str, Any]
Marks = Mapping[str, list[Mark]]

_NAMES = {
    "EVENT",
    "TREATY",
    "PROGRAM",
    "CONCEPT",
    "ORGANIZATION",
}  # a date in one is part of the name
_QUOTE_OR_LINE_END = re.compile(r"[「」『』\n]")
_LONGEST_TITLE = 80  # a longer quotation is speech, not a title
_SOURCES = {"gazetteer", "model", "review"}


def annotation_rows(document: Document, marks: Marks) -> Iterator[Row]:
    for layer, found in marks.items():
        parent = parents(found)
        for mark in found:
            around = parent.get(mark.span_id)
            yield {
                **_place(document, mark),
                "year": document.year,
                "para_no": mark.para_no,
                "sent_no": mark.sent_no,
                "layer": layer,
                "label": mark.found.label,
                "value": _value(mark),
                "source": _source(mark.found),
                "rule": mark.found.rule,
                "parent_span_id": around.span_id if around else "",
                "entity_id": mark.entity_id,
                "status": "pending",
                "sentence": mark.sentence,
            }


def date_rows(document: Document, marks: Marks) -> Iterator[Row]:
    names = by_place(mark for mark in marks["entity"] if mark.found.label in _NAMES)
    titles = Intervals(titles_in(document.clean), lambda title: title)
    for mark in marks["date"]:
        start, end = mark.found.start, mark.found.end
        in_name = any(name.holds(mark) for name in names.around(start, end))
        yield {
            **_facts(mark, DATES.names),
            **_place(document, mark),
            "type": mark.found.label,
            "in_name": in_name or bool(titles.around(start, end)),
        }


def money_rows(document: Document, marks: Marks) -> Iterator[Row]:
    for mark in marks["money"]:
        facts = mark.found.facts
        yield {
            **_facts(mark, MONEY.names),
            **_place(document, mark),
            "amount_min": _decimal(facts.get("amount_min", "")),
            "amount_max": _decimal(facts.get("amount_max", "")),
            **_stretch(document, mark, "full"),
        }


def agreement_rows(document: Document, marks: Marks) -> Iterator[Row]:
    for mark in marks["agreement"]:
        facts = mark.found.facts
        yield {
            **_facts(mark, AGREEMENTS.names),
            **_place(document, mark),
            "year": document.year,
            "para_no": mark.para_no,
            "sent_no": mark.sent_no,
            "category": mark.found.label,
            "commitment_level": _integer(facts.get("commitment_level", "")),
            "passive": _boolean(facts.get("passive", "")),
            **_stretch(document, mark, "actor"),
            **_stretch(document, mark, "object"),
            **_verbatim(document, mark, "actor"),
            **_verbatim(document, mark, "target"),
            **_verbatim(document, mark, "object"),
            "rule": mark.found.rule,
            "sentence": mark.sentence,
        }


def stretch_of(found: Found, name: str) -> tuple[int, int] | None:
    """Return the clean offsets that a fact gives (``object_start``, ``object_end``), if it does."""
    start, end = found.facts.get(f"{name}_start", ""), found.facts.get(f"{name}_end", "")
    return (int(start), int(end)) if start and end and int(start) < int(end) else None


def titles_in(text: str) -> Iterator[tuple[int, int]]:
    """Yield the quotations of ``text`` that are titles: short, of one line, without a full stop.

    >>> [text[a:b] for text in ["「2030年構想」は「検討する。」と"] for a, b in titles_in(text)]
    ['2030年構想']
    """
    open_: list[int] = []
    for match in _QUOTE_OR_LINE_END.finditer(text):
        sign, i = match[0], match.start()
        if sign in "「『":
            open_.append(i + 1)
        elif sign == "\n":
            open_.clear()
        elif open_:
            start = open_.pop()
            if i - start <= _LONGEST_TITLE and "。" not in text[start:i]:
                yield start, i


def _place(document: Document, mark: Mark) -> Row:
    return {
        "span_id": mark.span_id,
        "doc_id": document.doc_id,
        "start": mark.start,
        "end": mark.end,
        "text": mark.text,
    }


def _facts(mark: Mark, columns: list[str]) -> Row:
    return {name: value for name, value in mark.found.facts.items() if name in columns}


def _stretch(document: Document, mark: Mark, name: str) -> Row:
    """Return ``<name>_start`` and ``<name>_end`` in the text as published."""
    stretch = stretch_of(mark.found, name)
    start, end = document.to_source(*stretch) if stretch else (None, None)
    return {f"{name}_start": start, f"{name}_end": end}


def _verbatim(document: Document, mark: Mark, name: str) -> Row:
    """Return ``<name>_text`` as published where its place is known, else as the rule gave it."""
    stretch = stretch_of(mark.found, name)
    text = document.read(*stretch) if stretch else mark.found.facts.get(f"{name}_text", "")
    return {f"{name}_text": text}


def _value(mark: Mark) -> str:
    return mark.found.value or mark.entity_id


def _source(found: Found) -> str:
    said = found.facts.get("source", "") or found.rule.partition("/")[0]
    return said if said in _SOURCES else "rule"


def _decimal(text: str) -> Decimal | None:
    try:
        return Decimal(f"{Decimal(text):f}") if text else None
    except InvalidOperation:
        message = f"an amount is a decimal number; found {text!r}"
        raise ValueError(message) from None


def _integer(text: str) -> int | None:
    return int(text) if text else None


def _boolean(text: str) -> bool | None:
    return {"true": True, "false": False}.get(text)
