"""The rows of a document that comes in parts: those of each part, numbered as in the whole, then the rest."""

import re
from collections import Counter
from collections.abc import Sequence
from typing import Any

from spacy.tokens import Doc
from spacy.vocab import Vocab

from seimeibun.statement.model import Statement
from seimeibun.statement.parts import Part
from seimeibun.tables import rows
from seimeibun.tables.document import Document
from seimeibun.tables.entities import Mention
from seimeibun.tables.rows import Columns, DocumentRows

_CHAIN = re.compile(r"(\d+)(.*)")  # the number of a sentence, from 0, and a letter


class PartedRows:
    """Takes the parts of a document in their order, and gives the rows of each at once."""

    def __init__(self, doc_id: str) -> None:
        self._doc_id = doc_id
        self._counts: Counter[str] = Counter()
        self._mentions: Counter[Mention] = Counter()
        self._doubled = self._bunsetu = self._parts = 0

    def add(self, doc: Doc, part: Part) -> dict[str, Columns]:
        """Return the rows of what was found in the part, by table."""
        content = rows.content_of(Document.of(doc, doc_id=self._doc_id))
        before = {
            "para_no": part.paragraphs,
            "sent_no": part.sentences,
            "token_id": self._counts["tokens"],
            "head_token_id": self._counts["tokens"],
            "bunsetu_no": self._bunsetu,
        }
        columns = {name: _moved(table, before) for name, table in content.columns.items()}
        self._bunsetu = max(
            (number for number in columns["tokens"]["bunsetu_no"] if number is not None),
            default=self._bunsetu,
        )
        self._counts.update({name: rows.length(table) for name, table in columns.items()})
        self._mentions += content.mentions
        self._doubled += content.doubled
        self._parts += 1
        return columns

    def rest(
        self, statement: Statement, *, source_path: str, warnings: Sequence[str]
    ) -> DocumentRows:
        """Return the rows that are not of any one part: document, parties, paragraphs, sentences."""
        document = Document(Doc(Vocab()), self._doc_id, statement)
        parted = (
            f"analysed in {self._parts} parts, since it is long; defined terms, pronouns and dates without a year "
            "are understood within their part"
        )
        return rows.with_structure(
            document,
            rows.Content({}, self._mentions, self._doubled),
            counts=self._counts,
            source_path=source_path,
            warnings=(*warnings, parted),
        )


def _moved(table: Columns, before: dict[str, int]) -> Columns:
    moved = dict(table)
    for name, number in before.items():
        if name in table:
            moved[name] = [None if value is None else value + number for value in table[name]]
    if "chain_id" in table:
        moved["chain_id"] = [_chain(value, before["sent_no"]) for value in table["chain_id"]]
    return moved


def _chain(chain: Any, sentences: int) -> str:
    found = _CHAIN.fullmatch(chain)
    return f"{int(found[1]) + sentences}{found[2]}" if found else ""
