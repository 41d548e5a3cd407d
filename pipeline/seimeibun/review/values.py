"""What a reviewer can correct besides label and place, layer by layer, and what follows from it."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from seimeibun.expressions.dates import find_dates
from seimeibun.expressions.money import find_money
from seimeibun.expressions.quantities import find_quantities
from seimeibun.review.edtf import EdtfError, edtf_days
from seimeibun.rules import read_table
from seimeibun.tables.schema import AGREEMENTS, ANNOTATIONS, DATES, MONEY

Row = Mapping[str, str]
_ISO3 = re.compile(r"[A-Z]{3}")
_ISO3_LIST = re.compile(r"(?:[A-Z]{3}(?:;[A-Z]{3})*)?")
_DURATION = re.compile(
    r"P(?=.)(?:[\dX]+Y)?(?:[\dX]+M)?(?:[\dX]+W)?(?:[\dX]+D)?(?:T(?=.)(?:[\dX]+H)?(?:[\dX]+M)?(?:[\dX]+S)?)?"
)


@dataclass(frozen=True, slots=True)
class Field:
    """A column that can be corrected; ``choices`` where only these are right."""

    name: str
    title: str
    choices: tuple[str, ...] = ()
    stretch: bool = False  # taken from the text: <name>_text, <name>_start, <name>_end


def _field(table: object, name: str) -> Field:
    column = table.by_name[name]  # type: ignore[attr-defined]
    return Field(name, column.title, column.enum)


FIELDS: dict[str, tuple[Field, ...]] = {
    "entity": (_field(ANNOTATIONS, "value"),),
    "date": tuple(_field(DATES, name) for name in ("edtf", "duration", "mod")),
    "money": tuple(
        _field(MONEY, name) for name in ("amount_min", "amount_max", "currency", "mod", "per")
    ),
    "quantity": (_field(ANNOTATIONS, "value"),),
    "agreement": (
        Field("actor", "主体", stretch=True),
        _field(AGREEMENTS, "actor_resolved"),
        Field("object", "内容", stretch=True),
        _field(AGREEMENTS, "target_resolved"),
        _field(AGREEMENTS, "polarity"),
        _field(AGREEMENTS, "level"),
    ),
}


class RefusalError(ValueError):
    """A decision that cannot be, in Japanese: the reviewer reads it, and nothing was written."""


def columns(layer: str) -> tuple[str, ...]:
    """Return the columns that may be set in ``layer``."""
    names: list[str] = []
    for field in FIELDS[layer]:
        names += (
            [f"{field.name}_{part}" for part in ("text", "start", "end")]
            if field.stretch
            else [field.name]
        )
    return tuple(names)


def check_values(layer: str, label: str, values: Row, text: str) -> dict[str, str]:
    """Return ``values`` as they are to be written, with what follows from them.

    Raises :class:`RefusalError` with a message for the reviewer.
    """
    if unknown := values.keys() - set(columns(layer)):
        message = f"{layer} に {', '.join(sorted(unknown))} という項目はありません。項目: {', '.join(columns(layer))}"
        raise RefusalError(message)
    clean = {name: value.strip() for name, value in values.items()}
    for field in FIELDS[layer]:
        value = clean.get(field.name, "")
        if field.choices and value and value not in field.choices:
            message = f"{field.title}は {'・'.join(field.choices)} のどれかです: {value}"
            raise RefusalError(message)
    return _CHECKS[layer](label, clean, text)


def _entity(label: str, values: dict[str, str], text: str) -> dict[str, str]:  # noqa: ARG001
    value = values.get("value", "")
    if not value:
        message = "実体IDは空にできません"
        raise RefusalError(message)
    if label == "COUNTRY" and not _ISO3.fullmatch(value):
        message = f"国のIDは ISO 3166-1 の3文字です(例: JPN): {value}"
        raise RefusalError(message)
    return values


def _date(label: str, values: dict[str, str], text: str) -> dict[str, str]:  # noqa: ARG001
    duration = values.get("duration", "")
    if duration and not _DURATION.fullmatch(duration):
        message = f"長さは ISO 8601 の期間です(例: P10Y、P6M): {duration}"
        raise RefusalError(message)
    if "edtf" not in values:
        return values
    try:
        first, last = edtf_days(values["edtf"])
    except EdtfError as error:
        raise RefusalError(str(error)) from None
    return {**values, "start_date": first, "end_date": last}


def _money(label: str, values: dict[str, str], text: str) -> dict[str, str]:  # noqa: ARG001
    amounts = {}
    for name in ("amount_min", "amount_max"):
        if cell := values.get(name, "").replace(",", ""):
            amounts[name] = _decimal(cell)
            values[name] = f"{amounts[name]:f}"
    if len(amounts) == 2 and amounts["amount_min"] > amounts["amount_max"]:
        message = f"下限 {values['amount_min']} が上限 {values['amount_max']} より大きいです"
        raise RefusalError(message)
    if (currency := values.get("currency", "")) and not _ISO3.fullmatch(currency):
        message = f"通貨は ISO 4217 の3文字です(例: JPY): {currency}"
        raise RefusalError(message)
    return values


def _decimal(cell: str) -> Decimal:
    try:
        value = Decimal(cell)
    except InvalidOperation:
        value = Decimal("NaN")
    if not value.is_finite() or value < 0:
        message = f"金額は数字です(例: 32000000000): {cell}"
        raise RefusalError(message)
    return value


def _quantity(label: str, values: dict[str, str], text: str) -> dict[str, str]:  # noqa: ARG001
    if not values.get("value", ""):
        message = "値は空にできません(例: 500 人)"
        raise RefusalError(message)
    return values


def _agreement(label: str, values: dict[str, str], text: str) -> dict[str, str]:  # noqa: ARG001
    for name, title in (("actor_resolved", "主体の国"), ("target_resolved", "相手の国")):
        if not _ISO3_LIST.fullmatch(values.get(name, "")):
            message = f"{title}は ISO3 を ; で区切ります(例: JPN;LAO): {values[name]}"
            raise RefusalError(message)
    for name, title in (("actor", "主体"), ("object", "内容")):
        start, end = values.get(f"{name}_start", ""), values.get(f"{name}_end", "")
        if not start and not end:
            continue
        if not (start.isdecimal() and end.isdecimal() and int(start) < int(end) <= len(text)):
            message = f"{title}の位置 {start}–{end} は本文にありません"
            raise RefusalError(message)
    return values


_CHECKS = {
    "entity": _entity,
    "date": _date,
    "money": _money,
    "quantity": _quantity,
    "agreement": _agreement,
}


# What is written into the tables


def value_cell(layer: str, label: str, facts: Row) -> str:
    """Return ``annotations.value`` of a span whose layer's own columns are ``facts``.

    >>> value_cell("money", "MONEY", {"currency": "USD", "amount_min": "2", "amount_max": ""})
    'USD 2/..'
    """
    if layer == "date":
        return facts.get("edtf", "") or facts.get("duration", "")
    if layer == "money":
        low, high = facts.get("amount_min", ""), facts.get("amount_max", "")
        if not low and not high:
            return ""
        amount = low if low == high else f"{low or '..'}/{high or '..'}"
        return f"{facts.get('currency') or 'XXX'} {amount}"
    if layer == "agreement":
        return label
    return facts.get("value", "")


def read_values(layer: str, label: str, surface: str, *, date: str) -> dict[str, str]:
    """Return what the characters of a new span say by themselves; {} where that is not clear."""
    if layer == "date":
        dates = find_dates(surface, document_date=date)
        if len(dates) == 1 and (dates[0].start, dates[0].end) == (0, len(surface)):
            names = ("edtf", "start_date", "end_date", "granularity", "duration", "mod", "freq")
            return {name: getattr(dates[0], name) for name in names}
    if layer == "money":
        amounts = find_money(surface)
        if len(amounts) == 1 and (amounts[0].start, amounts[0].end) == (0, len(surface)):
            amount = amounts[0]
            bounds = {"amount_min": amount.amount_min, "amount_max": amount.amount_max}
            plain = {k: "" if v is None else f"{v:f}" for k, v in bounds.items()}
            return {**plain, "currency": amount.currency}
    if layer == "quantity":
        numbers = find_quantities(surface)
        if len(numbers) == 1 and (numbers[0].start, numbers[0].end) == (0, len(surface)):
            return {"value": f"{numbers[0].number} {numbers[0].unit}".strip()}
    if layer == "agreement":
        return {"lemma": surface, **category_columns(label)}
    return {}


def category_columns(category: str) -> dict[str, str]:
    """Return the columns of ``agreements.csv`` that follow from the category."""
    for row in read_table("agreement_categories.tsv", ("category", "ja", "cameo", "plover")):
        if row["category"] == category:
            return {"category_ja": row["ja"], "cameo_root": row["cameo"], "plover": row["plover"]}
    return {}
