"""The declaration held against one document's columns, before they join the others'.

Quicker than a validation of the whole and sooner: a document that is not as declared fails alone.
"""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from seimeibun.tables.column import Column, Table

ISO_DATE = re.compile(r"-?\d{4,}-\d{2}-\d{2}")


def check(table: Table, columns: Mapping[str, Sequence[Any]]) -> None:
    """Raise ``ValueError`` for the first cell that is not as declared."""
    for column in table.columns:
        for value in dict.fromkeys(columns[column.name]):
            if expected := complaint(column, value):
                message = f"{table.name}.{column.name} is {value!r}; it must be {expected}"
                raise ValueError(message)


def complaint(column: Column, value: Any) -> str:
    """Return what ``value`` (None or "" for null) should be; "" if it is all right."""
    if value is None or value == "":
        return "" if column.nullable else "filled in"
    if column.enum and value not in column.enum:
        return f"one of {', '.join(column.enum)}"
    if column.kind == "date" and not ISO_DATE.fullmatch(value):
        return "a date such as 2025-12-20"
    if column.minimum is not None and value < column.minimum:
        return f"at least {column.minimum}"
    return ""
