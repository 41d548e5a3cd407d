"""The rows of one document as they stand in the tables, and its text, packed."""

import json
import zlib
from collections import Counter
from collections.abc import Iterator, Mapping
from functools import cache

from seimeibun.tables import dialect
from seimeibun.tables.entities import Mention
from seimeibun.tables.rows import DocumentRows
from seimeibun.tables.schema import TABLES

TEXT, MENTIONS = "text", "mentions"
WITH_ROWS = tuple(name for name in TABLES if name not in {"entities", "errors"})
_LEVEL = 1  # of zlib: a sixth of the size, at a hundredth of the time that annotating takes


def part_of(rows: DocumentRows, *, excel_guard: bool) -> bytes:
    """Return what the journal keeps of a document."""
    pieces = {
        name: dialect.lines(
            TABLES[name],
            (rows.columns[name][column] for column in TABLES[name].names),
            excel_guard=excel_guard,
        )
        for name in WITH_ROWS
    }
    pieces[TEXT] = dialect.encodable(rows.source).encode()
    mentions = sorted([*mention, n] for mention, n in rows.mentions.items())
    pieces[MENTIONS] = json.dumps(mentions).encode()
    return pack(pieces)


def mentions_in(pieces: Mapping[str, bytes]) -> Counter[Mention]:
    return Counter({Mention(*facts): n for *facts, n in json.loads(pieces[MENTIONS])})


@cache
def layout(*, excel_guard: bool) -> str:
    """Return how the rows are written, so that later versions can read them."""
    columns = {name: TABLES[name].names for name in WITH_ROWS}
    return json.dumps({"guard": excel_guard, "columns": columns})


def in_layout(pieces: dict[str, bytes], old: str, *, excel_guard: bool) -> dict[str, bytes]:
    """Return pieces that were written in the layout ``old`` as they are written now."""
    was = json.loads(old)
    rows = {
        name: dialect.rewritten(
            TABLES[name],
            pieces[name],
            was["columns"][name],
            guarded=was["guard"],
            excel_guard=excel_guard,
        )
        for name in WITH_ROWS
        if name in was["columns"]
    }
    return pieces | rows


def pack(pieces: Mapping[str, bytes]) -> bytes:
    """Return the pieces in one.

    >>> unpack(pack({"dates": b"1", "text": b""}))
    {'dates': b'1', 'text': b''}
    """
    index = json.dumps({name: len(piece) for name, piece in pieces.items()}).encode()
    return zlib.compress(b"\n".join([index, b"".join(pieces.values())]), _LEVEL)


def unpack(part: bytes) -> dict[str, bytes]:
    index, _, body = zlib.decompress(part).partition(b"\n")
    return dict(_cut(json.loads(index), body))


def _cut(lengths: Mapping[str, int], body: bytes) -> Iterator[tuple[str, bytes]]:
    start = 0
    for name, length in lengths.items():
        yield name, body[start : start + length]
        start += length
