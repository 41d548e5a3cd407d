"""Rule files: knowledge as data, in ``ja_seimeibun/rules``.

A ``.tsv`` is a table with a header line; a ``.jsonl`` holds one rule a line. Lines that begin with ``#``
are remarks. Every refusal names the file, the line, what was found and what would be right.
"""

import json
from collections.abc import Iterable, Iterator
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

PACKAGE = "ja_seimeibun"


@cache
def read_text(name: str) -> str:
    """Return the text of the rule file ``name``, for example ``countries.tsv``."""
    spec = find_spec(PACKAGE)  # found, not imported: the package imports spaCy
    folders = spec.submodule_search_locations if spec else None
    if not folders:
        message = f"no package {PACKAGE}; it is installed together with seimeibun"
        raise ModuleNotFoundError(message)
    return (Path(folders[0]) / "rules" / name).read_text(encoding="utf-8")


def _lines(name: str) -> Iterator[tuple[int, str]]:
    for number, line in enumerate(read_text(name).split("\n"), 1):
        if line.strip() and not line.startswith("#"):
            yield number, line


def read_table(name: str, columns: Iterable[str]) -> list[dict[str, str]]:
    """Return the rows of a tab-separated rule file, which must have exactly these ``columns``."""
    wanted = list(columns)
    lines = _lines(name)
    number, header = next(lines, (0, ""))
    if header.split("\t") != wanted:
        message = f"{name}:{number}: the header is {header.split(chr(9))}; it must be {wanted}"
        raise ValueError(message)
    rows = []
    for number, line in lines:
        cells = line.split("\t")
        if len(cells) != len(wanted):
            message = (
                f"{name}:{number}: {len(cells)} cells {cells}; a row has {len(wanted)}: {wanted}"
            )
            raise ValueError(message)
        rows.append(dict(zip(wanted, cells, strict=True)))
    return rows


def read_rules(
    name: str, keys: Iterable[str], required: Iterable[str] = ("id",)
) -> list[dict[str, Any]]:
    """Return the rules of a JSON-lines rule file; only ``keys`` may occur, ``required`` must."""
    allowed, needed = set(keys), set(required)
    rules: list[dict[str, Any]] = []
    seen: dict[str, int] = {}
    for number, line in _lines(name):
        try:
            rule = json.loads(line)
        except json.JSONDecodeError as error:
            message = f"{name}:{number}: not JSON: {error}"
            raise ValueError(message) from None
        if unknown := rule.keys() - allowed:
            message = f"{name}:{number}: unknown {sorted(unknown)}; a rule has {sorted(allowed)}"
            raise ValueError(message)
        if missing := needed - rule.keys():
            message = f"{name}:{number}: {sorted(missing)} missing; a rule has {sorted(allowed)}"
            raise ValueError(message)
        if rule["id"] in seen:
            message = (
                f"{name}:{number}: id {rule['id']!r} stands in line {seen[rule['id']]} already"
            )
            raise ValueError(message)
        seen[rule["id"]] = number
        rules.append(rule)
    return rules
