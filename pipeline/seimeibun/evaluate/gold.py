r"""Stand-off gold: ``<layer>_<key>.tsv``, offsets and values without the text.

The key is a document id or begins one. A file has a header line and no quotes; ``\n``, ``\t`` and ``\\`` stand for
line end, tab and backslash. Rows whose notes begin with ``DOUBTFUL:`` may be found or left. Columns
``<name>_alt`` hold further right values joined by ``|``, ``alt_spans`` further right places joined by ``;``.
"""

import csv
import hashlib
import re
from collections.abc import Mapping, Sequence
from pathlib import Path

Row = Mapping[str, str]

COLUMNS = {
    "dates": ("start", "end", "type", "value", "begin", "end_date"),
    "money": ("start", "end", "amount", "currency", "modifier"),
    "quantities": ("start", "end", "value", "unit", "kind"),
    "entities": ("start", "end", "type", "country_iso3166"),
    "agreements": ("char_start", "char_end", "category", "actor_text", "actor_resolved", "object_text", "polarity"),
    "defined_terms": ("start", "end", "alias"),
    "structure": ("unit", "start", "end", "clean", "attrs"),
}  # fmt: skip
_ESCAPES = {r"\n": "\n", r"\t": "\t", r"\r": "\r", r"\\": "\\"}
_ESCAPED = re.compile(r"\\[ntr\\]")


class GoldError(ValueError):
    """Gold that cannot be used: where, what was found, what would be right."""


def read_gold(folder: Path) -> dict[str, dict[str, list[Row]]]:
    """Return the rows by key and layer."""
    if not folder.is_dir():
        message = f"no such folder: {folder}; gold is a folder of <layer>_<key>.tsv"
        raise GoldError(message)
    gold: dict[str, dict[str, list[Row]]] = {}
    for layer in COLUMNS:
        for path in sorted(folder.glob(f"{layer}_*.tsv")):
            key = path.stem.removeprefix(f"{layer}_")
            if layer == "agreements" and key == "decisions":
                continue  # a list of words looked at, not of acts
            gold.setdefault(key, {})[layer] = _read(path, COLUMNS[layer])
    if not gold:
        message = (
            f"no gold in {folder}; looked for {', '.join(f'{layer}_*.tsv' for layer in COLUMNS)}"
        )
        raise GoldError(message)
    return gold


def gold_hash(folder: Path) -> str:
    """Return the SHA-256 over names and contents of the gold files."""
    digest = hashlib.sha256()
    for path in sorted(path for layer in COLUMNS for path in folder.glob(f"{layer}_*.tsv")):
        digest.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()


def key_of(doc_id: str, keys: Sequence[str]) -> str | None:
    """Return the longest of ``keys`` that ``doc_id`` begins with, if one does."""
    return max((key for key in keys if doc_id.startswith(key)), key=len, default=None)


def check_against(rows: Sequence[Row], text: str, *, name: str) -> None:
    """Raise if the places of ``rows`` are not those of ``text``: the gold is of another edition."""
    for number, row in enumerate(rows, 2):
        start, end = place(row)
        surface = row.get("surface") or row.get("alias")
        if not 0 <= start < end <= len(text):
            message = f"{name}:{number}: {start}–{end} is no stretch of the text of {len(text)}"
            raise GoldError(message)
        if surface and surface != text[start:end]:
            message = f"{name}:{number}: {surface!r} does not stand at {start}–{end}, but {text[start:end]!r}"
            raise GoldError(message)


def place(row: Row) -> tuple[int, int]:
    return int(row.get("char_start") or row["start"]), int(row.get("char_end") or row["end"])


def other_places(row: Row) -> list[tuple[int, int]]:
    pairs = (pair.partition("-") for pair in row.get("alt_spans", "").split(";") if pair)
    return [(int(start), int(end)) for start, _, end in pairs]


def optional(row: Row) -> bool:
    return row.get("notes", "").lstrip().startswith("DOUBTFUL:")


def either(row: Row, column: str) -> list[str]:
    """Return the right values of ``column``, the first one first; "" is one where an alternative is empty."""
    further = row.get(f"{column}_alt", "")
    return [row.get(column, ""), *(further.split("|") if further else [])]


def note(row: Row, name: str) -> str:
    """Return the value of ``name=value`` among the notes.

    >>> note({"notes": "level=MAIN; src=COORD"}, "level")
    'MAIN'
    """
    for part in row.get("notes", "").split(";"):
        found, equals, value = part.strip().partition("=")
        if equals and found == name:
            return value.split(" ")[0]
    return ""


def _read(path: Path, columns: Sequence[str]) -> list[Row]:
    with path.open(encoding="utf-8", newline="") as file:
        reader = csv.reader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
        header = next(reader, [])
        if missing := [name for name in columns if name not in header]:
            message = (
                f"{path.name}:1: no column {', '.join(missing)}; the header is {', '.join(header)}"
            )
            raise GoldError(message)
        rows: list[Row] = []
        for line in reader:
            cells = [_ESCAPED.sub(lambda sign: _ESCAPES[sign[0]], cell) for cell in line]
            cells += [""] * (len(header) - len(cells))  # editors cut empty cells at the end
            rows.append(dict(zip(header, cells, strict=True)))
    return rows
