"""Who is mentioned how often, over all documents: counted in memory, or on disk for any number of them."""

import json
import sqlite3
import weakref
from collections import Counter
from collections.abc import Iterator, Mapping
from itertools import groupby
from operator import itemgetter
from typing import Any, NamedTuple

from seimeibun.tables.layers import Row
from seimeibun.tables.marks import Mark


class Mention(NamedTuple):
    """What one mention says of an entity."""

    entity_id: str
    label: str
    canonical: str
    iso3: str

    @classmethod
    def of(cls, mark: Mark) -> "Mention":
        facts = mark.found.facts
        name = facts.get("canonical") or "".join(mark.text.split())
        return cls(mark.entity_id, mark.found.label, name, facts.get("iso3", ""))


class EntityCounts:
    """Mentions, added document by document, as the rows of the table ``entities``.

    They are kept in a database that SQLite holds in memory while it is small and on disk beyond.
    """

    def __init__(self) -> None:
        self._kept = sqlite3.connect("", isolation_level=None)
        weakref.finalize(self, self._kept.close)
        self._kept.executescript(
            """
            PRAGMA journal_mode = OFF;
            PRAGMA synchronous = OFF;
            BEGIN;
            CREATE TABLE mention (entity_id BLOB, facts TEXT, n INTEGER, PRIMARY KEY (entity_id, facts))
                WITHOUT ROWID;
            CREATE TABLE entity (entity_id BLOB PRIMARY KEY, n_docs INTEGER) WITHOUT ROWID;
            """
        )

    def add(self, mentions: Mapping[Mention, int]) -> None:
        """Add the mentions of one document, each with its number."""
        self._kept.executemany(
            "INSERT INTO mention VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET n = n + excluded.n",
            [(_key(m.entity_id), json.dumps(m[1:]), n) for m, n in mentions.items()],
        )
        self._kept.executemany(
            "INSERT INTO entity VALUES (?, 1) ON CONFLICT DO UPDATE SET n_docs = n_docs + 1",
            [(key,) for key in {_key(mention.entity_id) for mention in mentions}],
        )

    def rows(self) -> Iterator[Row]:
        """Yield the rows in the order of their ids."""
        found = self._kept.execute(
            "SELECT entity_id, n_docs, facts, n FROM mention JOIN entity USING (entity_id) ORDER BY entity_id"
        )
        for (key, n_docs), group in groupby(found, key=itemgetter(0, 1)):
            labels: Counter[str] = Counter()
            names: Counter[tuple[str, str]] = Counter()
            for _, _, facts, n in group:
                label, canonical, iso3 = json.loads(facts)
                labels[label] += n
                names[canonical, iso3] += n
            canonical, iso3 = _most_common(names)
            yield {
                "entity_id": key.decode("utf-8", "surrogatepass"),
                "label": _most_common(labels),
                "canonical": canonical,
                "iso3": iso3,
                "n_mentions": labels.total(),
                "n_docs": n_docs,
            }


def _key(entity_id: str) -> bytes:
    """Return the bytes of an id: their order is that of its code points."""
    return entity_id.encode("utf-8", "surrogatepass")


def _most_common(counts: Counter[Any]) -> Any:
    """Return the most frequent; of equals the first in the order of their signs."""
    return min(counts, key=lambda item: (-counts[item], item))
