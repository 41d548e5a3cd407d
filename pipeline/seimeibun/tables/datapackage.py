"""``datapackage.json``: the tables described for machines, from the declaration that also checks them."""

import json
from typing import Any

from seimeibun.tables.column import Column, Reference, Table
from seimeibun.tables.schema import TABLES

NAME = "datapackage.json"
_SCHEMA = "https://datapackage.org/profiles/2.0/datapackage.json"
_KINDS = {
    "string": "string",
    "date": "date",
    "integer": "integer",
    "decimal": "number",
    "boolean": "boolean",
}
_GUARD = (
    "A cell marked formulaGuard that begins with any number of ' and one of = + - @ ＝ ＋ － ＠, tab or "
    "line end has one ' more than its value: take it off when reading."
)


def datapackage(*, excel_guard: bool = True) -> dict[str, Any]:
    """Return the descriptor of a dataset."""
    return {
        "$schema": _SCHEMA,
        "name": "seimeibun",
        "title": "声明文データセット",
        "description": (
            "Japanese diplomatic statements, annotated. start and end are half-open code points into "
            f"text/<doc_id>.txt. {_GUARD}"
        ),
        "resources": [_resource(table, excel_guard=excel_guard) for table in TABLES.values()],
    }


def to_json(*, excel_guard: bool = True) -> str:
    return json.dumps(datapackage(excel_guard=excel_guard), ensure_ascii=False, indent=2) + "\n"


def is_guarded(descriptor: dict[str, Any]) -> bool:
    """Tell whether the cells of a dataset with this descriptor carry the guard."""
    fields = [
        field for resource in descriptor["resources"] for field in resource["schema"]["fields"]
    ]
    return any(field.get("formulaGuard", False) for field in fields)


def _resource(table: Table, *, excel_guard: bool) -> dict[str, Any]:
    schema: dict[str, Any] = {
        "fields": [_field(column, excel_guard=excel_guard) for column in table.columns],
        "missingValues": [""],
        "primaryKey": list(table.key),
    }
    if keys := [
        _foreign_key(table, to) for to in table.references if _never_partly_null(table, to)
    ]:
        schema["foreignKeys"] = keys
    return {
        "name": table.name,
        "type": "table",
        "path": f"{table.name}.csv",
        "title": table.title,
        "description": f"{table.ja} {table.en}",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "dialect": {
            "delimiter": ",",
            "lineTerminator": "\r\n",
            "quoteChar": '"',
            "doubleQuote": True,
        },
        "schema": schema,
    }


def _field(column: Column, *, excel_guard: bool) -> dict[str, Any]:
    field: dict[str, Any] = {
        "name": column.name,
        "type": _KINDS[column.kind],
        "title": column.title,
        "description": f"{column.ja} / {column.en}",
    }
    if column.guarded and excel_guard:
        field["formulaGuard"] = True
    constraints: dict[str, Any] = {}
    if not column.nullable:
        constraints["required"] = True
    if column.enum:
        constraints["enum"] = list(column.enum)
    if column.minimum is not None:
        constraints["minimum"] = column.minimum
    if constraints:
        field["constraints"] = constraints
    return field


def _never_partly_null(table: Table, reference: Reference) -> bool:
    # A key of two columns, one of them null, points nowhere; frictionless takes it for a broken one.
    columns = [table.by_name[name] for name in reference.columns]
    return len(columns) == 1 or not any(column.nullable for column in columns)


def _foreign_key(table: Table, reference: Reference) -> dict[str, Any]:
    target = "" if reference.table == table.name else reference.table
    return {
        "fields": list(reference.columns),
        "reference": {"resource": target, "fields": list(reference.to)},
    }
