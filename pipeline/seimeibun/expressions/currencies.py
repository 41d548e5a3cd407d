"""Currencies: what people call them in Japanese, and their ISO 4217 codes.

Names come from CLDR (through Babel), from the countries that use a currency (パキスタン・ルピー), and from the
words of ``rules/currencies.tsv``, which have the last word. A unit that several countries share (ルピー)
has no code but candidates.
"""

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from functools import cache

from babel import Locale
from babel.core import get_global
from babel.numbers import get_territory_currencies

from seimeibun.rules import read_table

_BRACKETS = re.compile(r"\s*[（(].*")
_LATIN = re.compile(r"[A-Za-z.]")
_KATAKANA = re.compile(r"[ァ-ヺー]")
_NAME_COLUMNS = ["name", "code", "candidates", "least", "not_numeral", "not_next"]


@dataclass(frozen=True, slots=True)
class Currency:
    """A currency as a word names it; ``code`` is "" where the word leaves the country open."""

    code: str
    candidates: tuple[str, ...] = ()
    least: Decimal = Decimal(0)
    not_numeral: str = ""
    not_next: str = ""


@dataclass(frozen=True, slots=True)
class Subunit:
    """銭, セント: ``factor`` of the main unit of any of ``currencies``."""

    name: str
    currencies: frozenset[str]
    factor: Decimal


def currency_after(text: str, position: int) -> tuple[Currency, int] | None:
    """Return the currency that is named from ``position`` on, by the longest name, and where it ends.

    >>> currency, end = currency_after("3億カナダドルの支援", 2)
    >>> currency.code, end
    ('CAD', 7)
    """
    names = currency_names()
    longest = _longest_by_first_sign().get(text[position : position + 1], 0)
    for end in range(min(len(text), position + longest), position, -1):
        currency = names.get(text[position:end])
        if currency is not None:
            return (currency, end) if _ends(text, end) else None
    return None


def _ends(text: str, end: int) -> bool:
    """Tell whether a word ends here: not ドル|トムント, not USD|X."""
    last, following = text[end - 1], text[end : end + 1]
    return not any(kind.match(last) and kind.match(following) for kind in (_LATIN, _KATAKANA))


@cache
def _longest_by_first_sign() -> dict[str, int]:
    return {name[0]: len(name) for name in sorted(currency_names(), key=len)}


def currency_before(text: str, position: int) -> tuple[Currency, int] | None:
    """Return the sign or code that ends at ``position`` (US$, ¥, EUR and a blank), and where it begins.

    >>> currency, start = currency_before("約US$3", 4)
    >>> currency.code, start
    ('USD', 1)
    """
    end = position - 1 if text[max(0, position - 1) : position] == " " else position
    if text[max(0, end - 1) : end] not in _last_signs():
        return None
    for start in range(max(0, end - 5), end):
        currency = currency_signs().get(text[start:end])
        if currency is not None:
            letter = text[start - 1 : start].isascii() and text[start - 1 : start].isalpha()
            return None if letter else (currency, start)
    return None


@cache
def currency_names() -> dict[str, Currency]:
    """Return every written name of a currency that may follow a number."""
    units = _units()
    names = {unit: _shared(codes) for unit, codes in units.items()}
    for name, code in _full_names():
        names[name] = Currency(code)
    names |= {sign: sign_of for sign, sign_of in currency_signs().items() if sign != "$"}
    for row in read_table("currencies.tsv", _NAME_COLUMNS):
        names[row["name"]] = _from_row(row, names.get(row["name"]))
    return names


def _from_row(row: dict[str, str], known: Currency | None) -> Currency:
    currency = Currency(row["code"], tuple(row["candidates"].split()))
    if not row["code"] and not row["candidates"]:
        currency = known or Currency("")
    return replace(
        currency,
        least=Decimal(row["least"] or 0),
        not_numeral=row["not_numeral"],
        not_next=row["not_next"],
    )


def _shared(codes: set[str]) -> Currency:
    return Currency(next(iter(codes))) if len(codes) == 1 else Currency("", tuple(sorted(codes)))


@cache
def currency_signs() -> dict[str, Currency]:
    """Return the signs and codes that may stand before a number."""
    signs = {code: Currency(code) for code in _cldr_names()}
    for row in read_table("currency_signs.tsv", ["sign", "code", "candidates"]):
        signs[row["sign"]] = Currency(row["code"], tuple(row["candidates"].split()))
    return {sign: currency for sign, currency in signs.items() if currency != Currency("")}


@cache
def subunits() -> dict[str, Subunit]:
    """Return 銭, セント and their kind by name."""
    rows = read_table("currency_subunits.tsv", ["name", "currencies", "factor"])
    return {
        row["name"]: Subunit(
            row["name"], frozenset(row["currencies"].split()), Decimal(row["factor"])
        )
        for row in rows
    }


@cache
def _last_signs() -> frozenset[str]:
    return frozenset(sign[-1] for sign in currency_signs())


def _words(name: str) -> list[str]:
    """Return the words of a CLDR name: ["キルギス", "ソム"], without (1927–2002) and the like."""
    return re.split(r"[ ・]", _BRACKETS.sub("", name).strip())


@cache
def _cldr_names() -> dict[str, str]:
    return dict(Locale("ja").currencies)


def _full_names() -> Iterator[tuple[str, str]]:
    """Yield カザフスタンテンゲ and カザフスタン・テンゲ with their codes, those in use last."""
    current = _in_use()
    for code, name in sorted(_cldr_names().items(), key=lambda item: item[0] in current):
        words = _words(name)
        if code[0] != "X" or len(words) > 1:
            yield from ((joint.join(words), code) for joint in ("", "・"))
    territories = dict(Locale("ja").territories)
    for territory, code in sorted(_tender().items()):
        words = _words(_cldr_names().get(code, ""))
        if territory in territories and len(words) > 1:
            yield from (
                (joint.join([territories[territory], words[-1]]), code) for joint in ("", "・")
            )


def _units() -> dict[str, set[str]]:
    """Return the last words of the names (ソム, フラン) with the codes in use, else all codes."""
    codes: defaultdict[str, set[str]] = defaultdict(set)
    for code, name in _cldr_names().items():
        words = _words(name)
        if len(words) > 1:
            codes[words[-1]].add(code)
    return {
        unit: (of_unit & _in_use()) or of_unit for unit, of_unit in codes.items() if len(unit) > 1
    }


@cache
def _tender() -> dict[str, str]:
    """Return the first legal tender of each territory of CLDR."""
    tenders = {
        territory: get_territory_currencies(territory, start_date=date(2025, 1, 1))
        for territory in get_global("territory_currencies")
        if len(territory) == 2
    }
    return {territory: codes[0] for territory, codes in tenders.items() if codes}


@cache
def currency_of_state(iso3: str) -> str:
    """Return the ISO 4217 code of what is legal tender in a state (ISO 3166-1 alpha-3), "" if unknown.

    >>> currency_of_state("PHL"), currency_of_state("XXX")
    ('PHP', '')
    """
    aliases = get_global("territory_aliases").get(iso3, ())
    return _tender().get(aliases[0], "") if aliases else ""


@cache
def _in_use() -> frozenset[str]:
    return frozenset(_tender().values())
