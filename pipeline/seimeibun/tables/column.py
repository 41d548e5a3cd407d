"""What a table and a column are; the tables themselves are declared in :mod:`seimeibun.tables.schema`."""

from dataclasses import dataclass
from functools import cached_property
from typing import Literal

Kind = Literal["string", "integer", "decimal", "boolean", "date"]


@dataclass(frozen=True, slots=True)
class Column:
    """A column, declared once: checks, ``datapackage.json`` and the reader follow from it.

    ``title`` and ``ja`` are what a Japanese reader sees, ``en`` says the same in English.
    """

    name: str
    kind: Kind
    title: str
    ja: str
    en: str
    nullable: bool = True
    enum: tuple[str, ...] = ()
    minimum: int | None = None

    @property
    def guarded(self) -> bool:
        """Tell whether cells may begin with any sign at all, so that a spreadsheet must be kept off."""
        return self.kind == "string" and not self.enum


@dataclass(frozen=True, slots=True)
class Reference:
    """A foreign key: ``columns`` stand, where none is null, as ``to`` in ``table``."""

    columns: tuple[str, ...]
    table: str
    to: tuple[str, ...]


@dataclass(frozen=True)
class Table:
    """A table: its key, its columns in their order, the tables it points to."""

    name: str
    title: str
    ja: str
    en: str
    key: tuple[str, ...]
    columns: tuple[Column, ...]
    references: tuple[Reference, ...] = ()

    @property
    def names(self) -> list[str]:
        return [column.name for column in self.columns]

    @cached_property
    def by_name(self) -> dict[str, Column]:
        return {column.name: column for column in self.columns}
