"""Nouns that end an office (外務|大臣, 事務|局長): of names, of signature blocks, of lines set apart by a space."""

from functools import cache

from seimeibun.rules import read_table


@cache
def offices() -> dict[str, bool]:
    """Return the nouns that end an office; True where the bare noun is a mention (大統領)."""
    return {
        row["noun"]: row["bare"] == "yes"
        for row in read_table("entity_offices.tsv", ("noun", "bare"))
    }


@cache
def office_endings() -> tuple[str, ...]:
    """Return the nouns that end an office, as ``str.endswith`` takes them."""
    return tuple(offices())


@cache
def own_offices() -> dict[str, tuple[str, ...]]:
    """Return, by state (ISO 3166-1 alpha-3), the ends of offices that it alone has: 官房長官 of JPN."""
    offices: dict[str, tuple[str, ...]] = {}
    for row in read_table("office_states.tsv", ("office", "state")):
        offices[row["state"]] = (*offices.get(row["state"], ()), row["office"])
    return offices
