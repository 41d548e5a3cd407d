"""What contains what, from the tables alone: parents and relations after decisions moved spans."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby

Row = dict[str, str]
_FUNDED = {"PROGRAM", "TREATY"}  # what an amount can be for, as in seimeibun.tables.relations


def parents(annotations: Iterable[Row]) -> dict[str, str]:
    """Return, by span id, the smallest other span of the layer around each span."""
    found: dict[str, str] = {}
    rows = sorted(annotations, key=lambda row: (row["layer"], *_forward(row)))
    for _, layer in groupby(rows, key=lambda row: row["layer"]):
        open_: list[Row] = []
        for row in layer:
            open_ = [other for other in open_ if int(other["end"]) > int(row["start"])]
            around = [other for other in open_ if _holds(other, row)]
            if around:
                found[row["span_id"]] = min(around, key=_length)["span_id"]
            open_.append(row)
    return found


def relation_rows(
    doc_id: str,
    annotations: Sequence[Row],
    tables: Mapping[str, Sequence[Row]],
    machine: Iterable[Row],
    became: Mapping[str, str],
) -> list[Row]:
    """Return the relations of a document: aliases as the machine knew them, the rest from the places.

    ``became`` maps span ids to those that decisions gave them.
    """
    spans = {row["span_id"]: row for row in annotations}
    layers: dict[str, list[Row]] = {
        "entity": [],
        "date": [],
        "money": [],
        "quantity": [],
        "agreement": [],
    }
    for row in annotations:
        layers[row["layer"]].append(row)
    rows = [
        *_aliases(doc_id, spans, machine, became),
        *_actors(doc_id, tables["agreements"], spans, layers),
        *_objects(doc_id, tables["agreements"], spans, layers),
        *_amounts(doc_id, tables["agreements"], spans, layers),
    ]
    unique = {(row["relation"], row["head_span_id"], row["dep_span_id"]): row for row in rows}
    return sorted(unique.values(), key=_order)


def _aliases(
    doc_id: str, spans: Mapping[str, Row], machine: Iterable[Row], became: Mapping[str, str]
) -> Iterator[Row]:
    for row in machine:
        if row["relation"] != "alias_of":
            continue
        names = [row["dep_span_id"], *row.get("more_dep_span_ids", "").split(";")]
        standing = [name for name in (became.get(n, n) for n in names) if name in spans]
        head = spans.get(became.get(row["head_span_id"], row["head_span_id"]))
        if head is not None and (standing or not row["dep_span_id"]):
            made = _row(doc_id, "alias_of", head, spans[standing[0]] if standing else None)
            yield made | {"more_dep_span_ids": ";".join(standing[1:])}


def _actors(
    doc_id: str,
    acts: Iterable[Row],
    spans: Mapping[str, Row],
    layers: Mapping[str, Sequence[Row]],
) -> Iterator[Row]:
    for act in acts:
        for actor in _outermost(_inside(layers["entity"], act, "actor")):
            yield _row(doc_id, "actor_of", spans[act["span_id"]], actor)


def _objects(
    doc_id: str,
    acts: Iterable[Row],
    spans: Mapping[str, Row],
    layers: Mapping[str, Sequence[Row]],
) -> Iterator[Row]:
    for act in acts:
        for layer in ("date", "entity", "money"):
            for row in _inside(layers[layer], act, "object"):
                yield _row(doc_id, "object_has", spans[act["span_id"]], row)


def _amounts(
    doc_id: str,
    acts: Sequence[Row],
    spans: Mapping[str, Row],
    layers: Mapping[str, Sequence[Row]],
) -> Iterator[Row]:
    """Yield what an amount is for: the one programme or treaty beside it in the object, else the act."""
    for money in layers["money"]:
        around = [act for act in acts if _inside([money], act, "object")]
        if not around:
            continue
        act = min(around, key=lambda act: (_stretch_length(act), int(act["start"])))
        funded = [
            row
            for row in _outermost(_inside(layers["entity"], act, "object"))
            if row["label"] in _FUNDED
        ]
        one = len({row["entity_id"] for row in funded}) == 1
        yield _row(doc_id, "amount_of", money, funded[0] if one else spans[act["span_id"]])


def _inside(rows: Iterable[Row], act: Row, name: str) -> list[Row]:
    start, end = act[f"{name}_start"], act[f"{name}_end"]
    if not start or not end:
        return []
    first, last = int(start), int(end)
    return [row for row in rows if first <= int(row["start"]) and int(row["end"]) <= last]


def _outermost(rows: list[Row]) -> list[Row]:
    within = parents(rows)
    return [row for row in rows if row["span_id"] not in within]


def _stretch_length(act: Row) -> int:
    return int(act["object_end"]) - int(act["object_start"])


def _row(doc_id: str, relation: str, head: Row, dep: Row | None) -> Row:
    return {
        "doc_id": doc_id,
        "relation": relation,
        "head_span_id": head["span_id"],
        "dep_span_id": dep["span_id"] if dep else "",
        "start": head["start"],
        "end": head["end"],
        "text": head["text"],
        "dep_start": dep["start"] if dep else "",
        "dep_end": dep["end"] if dep else "",
        "dep_text": dep["text"] if dep else "",
        "more_dep_span_ids": "",
    }


def _order(row: Row) -> tuple[str, int, int, str, int, str]:
    dep_start = int(row["dep_start"]) if row["dep_start"] else -1
    return (
        row["relation"],
        int(row["start"]),
        int(row["end"]),
        row["head_span_id"],
        dep_start,
        row["dep_span_id"],
    )


def _forward(row: Row) -> tuple[int, int]:
    return int(row["start"]), -int(row["end"])


def _length(row: Row) -> int:
    return int(row["end"]) - int(row["start"])


def _holds(outer: Row, inner: Row) -> bool:
    (first, last), (start, end) = (int(outer["start"]), int(outer["end"])), (int(inner["start"]), int(inner["end"]))  # fmt: skip
    return first <= start and end <= last and (first, last) != (start, end)
