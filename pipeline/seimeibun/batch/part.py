"""The rows of one document as they stand in the tables, and its text, packed."""

import io
import json
import zlib
from collections import Counter
from collections.abc import Iterator, Mapping
from functools import cache
from itertools import groupby
from typing import IO

from seimeibun.tables import dialect
from seimeibun.tables.entities import Mention
from seimeibun.tables.rows import Columns, DocumentRows
from seimeibun.tables.schema import TABLES

TEXT, MENTIONS = "text", "mentions"
WITH_ROWS = tuple(name for name in TABLES if name not in {"entities", "errors"})
_LEVEL = 1  # of zlib: a sixth of the size, at a hundredth of the time that annotating takes


_LEVEL_OF_MANY = 6  # where there is more to hold than to wait for
_READ = 1 << 16  # bytes that are unpacked at once
_GROUPED = {"annotations": "layer", "relations": "relation"}  # the key begins with it


def part_of(rows: DocumentRows, *, excel_guard: bool) -> bytes:
    """Return what the journal keeps of a document."""
    pieces = {name: _lines(name, table, excel_guard) for name, table in rows.columns.items()}
    pieces[TEXT] = dialect.encodable(rows.source).encode()
    mentions = sorted([*mention, n] for mention, n in rows.mentions.items())
    pieces[MENTIONS] = json.dumps(mentions).encode()
    return pack(pieces)


class Sheaf:
    """Packs the rows of a document that come a part at a time, such that they can be read in key order.

    They wait in ``file``, since a document that long has too many for the memory.
    """

    def __init__(self, file: IO[bytes], *, excel_guard: bool) -> None:
        self._file, self._guard = file, excel_guard
        self._packs: list[tuple[int, str, int, int]] = []  # table, first of the key, place, length

    def add(self, columns: Mapping[str, Columns]) -> None:
        for name, table in columns.items():
            for group, rows in _groups(table, _GROUPED.get(name, "")):
                lines = pack({name: _lines(name, rows, self._guard)}, level=_LEVEL_OF_MANY)
                place = self._file.tell()
                self._packs.append((WITH_ROWS.index(name), group, place, self._file.write(lines)))

    def bound(self, rest: DocumentRows) -> bytes:
        """Return what the journal keeps, with the rows that are of no one part."""
        whole = io.BytesIO()  # gives its bytes without copying them
        whole.write(part_of(rest, excel_guard=self._guard))
        for *_, place, length in sorted(self._packs):
            self._file.seek(place)
            whole.write(self._file.read(length))
        return whole.getvalue()


def _groups(table: Columns, by: str) -> Iterator[tuple[str, Columns]]:
    """Yield the rows that begin with the same value of the column ``by``, which stand together."""
    if not by:
        yield "", table
        return
    start = 0
    for value, run in groupby(table[by]):
        end = start + len(list(run))
        yield value, {name: cells[start:end] for name, cells in table.items()}
        start = end


def _lines(name: str, table: Columns, excel_guard: bool) -> bytes:
    columns = (table[column] for column in TABLES[name].names)
    return dialect.lines(TABLES[name], columns, excel_guard=excel_guard)


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
        if name in was["columns"] and name in pieces
    }
    return pieces | rows


def pack(pieces: Mapping[str, bytes], *, level: int = _LEVEL) -> bytes:
    """Return the pieces in one.

    >>> unpack(pack({"dates": b"1", "text": b""}))
    {'dates': b'1', 'text': b''}
    """
    index = json.dumps({name: len(piece) for name, piece in pieces.items()}).encode()
    return zlib.compress(b"\n".join([index, b"".join(pieces.values())]), level)


def unpack(part: bytes) -> dict[str, bytes]:
    """Return the pieces of the first pack of a part: all of them, unless the document came in parts."""
    return next(unpacked(part))


def unpacked(part: bytes) -> Iterator[dict[str, bytes]]:
    """Yield the pieces of each pack of ``part``."""
    at = 0
    while at < len(part):
        stream, read = zlib.decompressobj(), []
        while at < len(part) and not stream.eof:
            read.append(stream.decompress(part[at : at + _READ]))
            at = min(at + _READ, len(part))
        at -= len(stream.unused_data)
        index, _, body = b"".join(read).partition(b"\n")
        yield dict(_cut(json.loads(index), body))


def _cut(lengths: Mapping[str, int], body: bytes) -> Iterator[tuple[str, bytes]]:
    start = 0
    for name, length in lengths.items():
        yield name, body[start : start + length]
        start += length
