"""The words of temporal expressions, read from the rule files ``date_*.tsv``."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from seimeibun.rules import read_table


@dataclass(frozen=True, slots=True)
class Deictic:
    """A word that names a period by its distance from a base, for example 昨年 or 翌月."""

    surface: str
    unit: str  # year fiscal_year month day two_days week season21..season24 century
    offset: int
    base: str  # document, antecedent, either


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a unit: 前半, 末, 上旬, 夏; ``value`` is EDTF code, number or TIMEX3 mod."""

    surface: str
    kind: str  # season half part jun mod
    value: str


@dataclass(frozen=True, slots=True)
class Modifier:
    """A boundary or degree word beside an expression: 以降, まで, 約."""

    surface: str
    mod: str
    opens: str  # end start after before, or "" for none


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit of duration: 年, か月, 週間."""

    surface: str
    designator: str
    factor: int
    needs_cue: bool


def any_of(words: Iterable[str]) -> str:
    """Return a regex that matches one of ``words``, the longest first."""
    return (
        "(?:" + "|".join(re.escape(w) for w in sorted(set(words), key=lambda w: (-len(w), w))) + ")"
    )


def guarded(surface: str, *, not_after: str = "", not_before: str = "") -> str:
    """Return a regex for ``surface`` that stays silent beside the given characters."""
    left = f"(?<![{re.escape(not_after)}])" if not_after else ""
    right = f"(?![{re.escape(not_before)}])" if not_before else ""
    return f"{left}{re.escape(surface)}{right}"


def _alternatives(rows: Iterable[dict[str, str]]) -> str:
    ordered = sorted(rows, key=lambda row: (-len(row["surface"]), row["surface"]))
    return "|".join(
        guarded(
            row["surface"],
            not_after=row.get("not_after", ""),
            not_before=row.get("not_before", ""),
        )
        for row in ordered
    )


def _deictic_rows() -> list[dict[str, str]]:
    columns = ["surface", "unit", "offset", "base", "not_after", "not_before", "example"]
    return read_table("date_deictics.tsv", columns)


@cache
def deictics() -> dict[str, Deictic]:
    return {
        row["surface"]: Deictic(row["surface"], row["unit"], int(row["offset"]), row["base"])
        for row in _deictic_rows()
    }


@cache
def deictic_pattern() -> str:
    return _alternatives(_deictic_rows())


@cache
def parts() -> dict[str, Part]:
    return {row["surface"]: Part(row["surface"], row["kind"], row["value"]) for row in _part_rows()}


@cache
def _part_rows() -> tuple[dict[str, str], ...]:
    columns = ["surface", "kind", "value", "units", "of", "not_before"]
    return tuple(read_table("date_parts.tsv", columns))


@cache
def part_pattern() -> str:
    """Return a regex for the parts; the group ``of`` holds の where the part allows it."""
    after_of = [row for row in _part_rows() if row["of"]]
    return f"(?:{_alternatives(_part_rows())})|の(?:{_alternatives(after_of)})"


@cache
def part_fits(surface: str, unit: str) -> bool:
    """Whether a unit has this part: a month has a 下旬, a century has none."""
    return any(row["surface"] == surface and unit in row["units"].split() for row in _part_rows())


@cache
def bare_parts() -> dict[str, tuple[str, str]]:
    """Return unit and part of words such as 年末 and 年度内."""
    rows = read_table("date_bare_parts.tsv", ["surface", "unit", "part"])
    return {row["surface"]: (row["unit"], row["part"]) for row in rows}


@cache
def units() -> dict[str, Unit]:
    rows = read_table("date_units.tsv", ["surface", "designator", "factor", "needs"])
    return {
        row["surface"]: Unit(
            row["surface"], row["designator"], int(row["factor"]), row["needs"] == "cue"
        )
        for row in rows
    }


@cache
def directions() -> dict[str, str]:
    """Return forward or backward by word: 次の, 過去."""
    rows = read_table("date_directions.tsv", ["surface", "direction"])
    return {row["surface"]: row["direction"] for row in rows}


@cache
def idiom_pattern() -> re.Pattern[str]:
    rows = read_table("date_idioms.tsv", ["surface", "meaning"])
    return re.compile(any_of(row["surface"] for row in rows))


@cache
def _modifier_rows() -> tuple[dict[str, str], ...]:
    columns = ["surface", "side", "applies", "mod", "opens", "not_before"]
    return tuple(read_table("date_modifiers.tsv", columns))


@cache
def _modifiers(side: str, applies: tuple[str, ...]) -> tuple[re.Pattern[str], dict[str, Modifier]]:
    rows = [row for row in _modifier_rows() if row["side"] == side and row["applies"] in applies]
    words = _alternatives(rows)
    pattern = rf"(?P<word>{words}) ?\Z" if side == "before" else rf" ?(?P<word>{words})"
    table = {row["surface"]: Modifier(row["surface"], row["mod"], row["opens"]) for row in rows}
    return re.compile(pattern), table


LONGEST_MODIFIER = 8


def modifier_after(text: str, position: int, *applies: str) -> Modifier | None:
    """Return the modifier that follows ``position``, for example 以降 after 2020年."""
    pattern, table = _modifiers("after", applies)
    match = pattern.match(text, position)
    return table[match["word"]] if match else None


def modifier_before(text: str, position: int, *applies: str) -> Modifier | None:
    """Return the modifier that ends at ``position``, for example 約 before 3年."""
    pattern, table = _modifiers("before", applies)
    match = pattern.search(text[max(0, position - LONGEST_MODIFIER) : position])
    return table[match["word"]] if match else None
