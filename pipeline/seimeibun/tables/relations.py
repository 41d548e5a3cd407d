"""Relations between the annotations of a document, computed from where they stand."""

from collections.abc import Iterator
from typing import Any

from seimeibun.tables.document import Document
from seimeibun.tables.intervals import Intervals
from seimeibun.tables.layers import Marks, stretch_of
from seimeibun.tables.marks import Mark, by_place, outermost

Row = dict[str, Any]
_FUNDED = {"PROGRAM", "TREATY"}  # what an amount can be for


def relation_rows(document: Document, marks: Marks) -> list[Row]:
    """Return the relations in key order, each once."""
    rows = [
        *_aliases(document, marks),
        *_actors(document, marks),
        *_objects(document, marks),
        *_amounts(document, marks),
    ]
    unique = {(row["relation"], row["head_span_id"], row["dep_span_id"]): row for row in rows}
    return sorted(unique.values(), key=_order)


def _order(row: Row) -> tuple[Any, ...]:
    dep_start = -1 if row["dep_start"] is None else row["dep_start"]
    return (
        row["relation"],
        row["start"],
        row["end"],
        row["head_span_id"],
        dep_start,
        row["dep_span_id"],
    )


def _aliases(document: Document, marks: Marks) -> Iterator[Row]:
    """Yield a row for each definition of an alias; several names that it stands for share the row."""
    by_key = {mark.found.key: mark for mark in marks["entity"]}
    for alias in marks["entity"]:
        keys = [key for key in alias.found.facts.get("alias_of", "").split(";") if key]
        names = [by_key[key] for key in keys if key in by_key]
        if keys:
            row = _row(document, "alias_of", alias, names[0] if names else None)
            yield row | {"more_dep_span_ids": ";".join(name.span_id for name in names[1:])}


def _actors(document: Document, marks: Marks) -> Iterator[Row]:
    """Yield the outermost entities of the words that name the actor."""
    entities = by_place(marks["entity"])
    for act in marks["agreement"]:
        stretch = stretch_of(act.found, "actor")
        if stretch:
            for actor in outermost(entities.inside(*stretch)):
                yield _row(document, "actor_of", act, actor)


def _objects(document: Document, marks: Marks) -> Iterator[Row]:
    """Every date, amount and entity inside the object of an act."""
    layers = [by_place(marks[layer]) for layer in ("date", "entity", "money")]
    for act in marks["agreement"]:
        stretch = stretch_of(act.found, "object")
        if stretch:
            for layer in layers:
                for mark in layer.inside(*stretch):
                    yield _row(document, "object_has", act, mark)


def _amounts(document: Document, marks: Marks) -> Iterator[Row]:
    """Yield what an amount is for: the one programme or treaty beside it in the object, else the act."""
    entities = by_place(marks["entity"])
    acts = [(stretch_of(act.found, "object"), act) for act in marks["agreement"]]
    objects = Intervals(((stretch, act) for stretch, act in acts if stretch), lambda pair: pair[0])
    for money in marks["money"]:
        around = objects.around(money.found.start, money.found.end)
        if around:
            stretch, act = min(
                around, key=lambda pair: (pair[0][1] - pair[0][0], pair[1].found.start)
            )
            funded = [
                mark for mark in outermost(entities.inside(*stretch)) if mark.found.label in _FUNDED
            ]
            one = len({mark.entity_id for mark in funded}) == 1
            yield _row(document, "amount_of", money, funded[0] if one else act)


def _row(document: Document, relation: str, head: Mark, dep: Mark | None) -> Row:
    return {
        "doc_id": document.doc_id,
        "relation": relation,
        "head_span_id": head.span_id,
        "dep_span_id": dep.span_id if dep else "",
        "start": head.start,
        "end": head.end,
        "text": head.text,
        "dep_start": dep.start if dep else None,
        "dep_end": dep.end if dep else None,
        "dep_text": dep.text if dep else "",
    }
