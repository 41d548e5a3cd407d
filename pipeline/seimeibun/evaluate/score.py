"""Scores of a dataset against gold, a layer at a time: places first, then values on the right places."""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import NamedTuple

from seimeibun.evaluate.gold import (
    COLUMNS,
    GoldError,
    Row,
    check_against,
    either,
    gold_hash,
    key_of,
    note,
    optional,
    other_places,
    place,
    read_gold,
)
from seimeibun.tables.read import read_strings


class Answer(NamedTuple):
    """Whether a value is right, and what it is instead of what."""

    right: bool
    found: str
    wanted: str


_TABLES = ("documents", "parties", "sentences", "annotations", "dates", "money", "agreements", "relations")  # fmt: skip
Check = Callable[[Row, Row], Answer | None]  # gold, found; None where the gold does not say


@dataclass(slots=True)
class Score:
    """Counts of a layer over all documents."""

    tp: int = 0
    fp: int = 0
    fn: int = 0
    values: dict[str, tuple[int, int]] = field(default_factory=dict)  # right, asked
    errors: list[str] = field(default_factory=list)

    @property
    def precision(self) -> float:
        return self.tp / (self.tp + self.fp) if self.tp + self.fp else 1.0

    @property
    def recall(self) -> float:
        return self.tp / (self.tp + self.fn) if self.tp + self.fn else 1.0

    @property
    def f1(self) -> float:
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0

    def ask(self, name: str, answer: Answer, *, where: str) -> None:
        right, asked = self.values.get(name, (0, 0))
        self.values[name] = (right + answer.right, asked + 1)
        if not answer.right:
            self.errors.append(f"{name} {where}: {answer.found!r} for {answer.wanted!r}")

    def measures(self) -> dict[str, float]:
        """Return F1 and the share of right values, by name: what floors are put under."""
        places = {"f1": self.f1} if self.tp + self.fp + self.fn else {}
        return places | {name: right / asked for name, (right, asked) in self.values.items()}

    def as_dict(self) -> dict[str, object]:
        return {
            "n_gold": self.tp + self.fn,
            "tp": self.tp,
            "fp": self.fp,
            "fn": self.fn,
            "precision": round(self.precision, 4),
            "recall": round(self.recall, 4),
            "f1": round(self.f1, 4),
            "values": {name: {"right": r, "asked": n} for name, (r, n) in self.values.items()},
        }


@dataclass(frozen=True, slots=True)
class Evaluation:
    """Scores by layer, of which documents, against which gold."""

    documents: list[str]
    gold_sha256: str
    scores: dict[str, Score]


def evaluate(dataset: Path, gold: Path) -> Evaluation:
    """Score the documents of ``dataset`` that have gold in the folder ``gold``."""
    wanted = read_gold(gold)
    tables: dict[str, list[Row]] = {name: [*read_strings(dataset, name)] for name in _TABLES}
    scores = {layer: Score() for layer in COLUMNS}
    scored = []
    for document in tables["documents"]:
        doc_id = document["doc_id"]
        key = key_of(doc_id, list(wanted))
        if key is None:
            continue
        scored.append(doc_id)
        rows = {name: [r for r in table if r["doc_id"] == doc_id] for name, table in tables.items()}
        text = (dataset / "text" / f"{doc_id}.txt").read_bytes().decode("utf-8")
        for layer, right in wanted[key].items():
            _score(layer, scores[layer], right, rows, text, name=f"{layer}_{key}.tsv")
    if not scored:
        have = ", ".join(row["doc_id"] for row in tables["documents"][:3]) or "none"
        message = f"no document of {dataset} has gold in {gold}: documents {have} …, keys {', '.join(list(wanted)[:3])} …"
        raise GoldError(message)
    return Evaluation(scored, gold_hash(gold), scores)


def _score(
    layer: str,
    score: Score,
    right: Sequence[Row],
    rows: Mapping[str, list[Row]],
    text: str,
    *,
    name: str,
) -> None:
    if layer == "structure":
        _structure(score, right, rows, text, name=name)
        return
    check_against(right, text, name=name)
    spec = _LAYERS[layer]
    pairs = _match(score, right, [r for r in rows[spec.table] if spec.counts(r)], text, name=name)
    for wanted, found in pairs:
        where = _where(wanted, text, name)
        for question, check in spec.checks.items():
            if (answer := check(wanted, found)) is not None:
                score.ask(question, answer, where=where)


def _match(
    score: Score, right: Iterable[Row], found: Iterable[Row], text: str, *, name: str
) -> list[tuple[Row, Row]]:
    """Pair the rows that stand in the same place; doubtful gold excuses what equals or overlaps it."""
    must = {place(row): row for row in right if not optional(row)}
    also = {other: place(row) for row in must.values() for other in other_places(row)}
    excused = [place(row) for row in right if optional(row)]
    pairs: dict[tuple[int, int], tuple[Row, Row]] = {}
    for row in sorted(found, key=lambda row: place(row) not in must):  # exact places before others
        here = place(row)
        meant = here if here in must else also.get(here, here)
        if meant in must and meant not in pairs:
            pairs[meant] = (must[meant], row)
        elif here not in also and not any(
            here[0] < end and start < here[1] for start, end in excused
        ):
            score.fp += 1
            score.errors.append(f"extra {_where(row, text, name)}")
    for missed in must.keys() - pairs.keys():
        score.fn += 1
        score.errors.append(f"missed {_where(must[missed], text, name)}")
    score.tp += len(pairs)
    return list(pairs.values())


def _where(row: Row, text: str, name: str) -> str:
    start, end = place(row)
    label = row.get("label") or row.get("category") or row.get("type") or row.get("kind", "")
    return f"{name} {start}–{end} {''.join(text[start:end].split())[:30]} {label}".rstrip()


# Checks of values


def _date_value(wanted: Row, found: Row) -> Answer | None:
    if wanted["type"] in {"DURATION", "SET"} and wanted["value"].startswith("P"):
        return Answer(found["duration"] == wanted["value"], found["duration"], wanted["value"])
    got = (found["start_date"], found["end_date"])
    bounded = bool(note(wanted, "mod"))
    intervals = [(wanted["begin"], wanted["end_date"])]
    intervals += [
        (first, last)
        for value in either(wanted, "value")[1:]
        for first, _, last in [value.partition("/")]
    ]
    right = any(got) and any(
        all(have == want or (bounded and not have) for have, want in zip(got, pair, strict=True))
        for pair in intervals
    )
    return Answer(right, "/".join(got), "/".join(intervals[0]))


_BOUNDS = {"ge": "EQUAL_OR_MORE", "le": "EQUAL_OR_LESS", "gt": "MORE_THAN", "lt": "LESS_THAN", "approx": "APPROX", "slightly_gt": "SLIGHTLY_MORE", "range": ""}  # fmt: skip


def _money_value(wanted: Row, found: Row) -> Answer | None:
    low, high = _decimal(found["amount_min"]), _decimal(found["amount_max"])
    amount, most = _decimal(wanted["amount"]), _decimal(wanted.get("amount_max", ""))
    if most is not None:
        right = (low, high) == (amount, most)
    else:
        right = amount in (low, high) and {low, high} <= {amount, None}
    right = right and found["currency"] == wanted["currency"]
    return Answer(
        right, f"{found['currency']} {low}/{high}", f"{wanted['currency']} {amount}/{most}"
    )


def _money_modifier(wanted: Row, found: Row) -> Answer | None:
    mod = _BOUNDS.get(wanted["modifier"], wanted["modifier"])
    return Answer(found["mod"] == mod, found["mod"], mod) if mod else None


def _decimal(text: str) -> Decimal | None:
    try:
        return Decimal(text) if text else None
    except InvalidOperation:
        return None


def _quantity_value(wanted: Row, found: Row) -> Answer | None:
    value = f"{wanted['value']} {wanted['unit']}".strip()
    return Answer(found["value"] == value, found["value"], value)


def _quantity_kind(wanted: Row, found: Row) -> Answer | None:
    return Answer(found["label"].lower() == wanted["kind"], found["label"].lower(), wanted["kind"])


def _entity_type(wanted: Row, found: Row) -> Answer | None:
    if wanted.get("notes", "").startswith("DOUBTFUL type"):
        return None
    types = [name.replace("TREATY/LEGAL", "TREATY") for name in either(wanted, "type")]
    return Answer(found["label"] in types, found["label"], types[0])


def _entity_iso3(wanted: Row, found: Row) -> Answer | None:
    if wanted["type"] != "COUNTRY":
        return None
    return Answer(
        found["value"] == wanted["country_iso3166"], found["value"], wanted["country_iso3166"]
    )


def _act_category(wanted: Row, found: Row) -> Answer | None:
    return Answer(
        found["category"] in either(wanted, "category"), found["category"], wanted["category"]
    )


def _act_level(wanted: Row, found: Row) -> Answer | None:
    level = note(wanted, "level")
    return Answer(found["level"] == level, found["level"], level) if level else None


def _act_actors(wanted: Row, found: Row) -> Answer | None:
    rights = [set(filter(None, value.split(";"))) for value in either(wanted, "actor_resolved")]
    got = set(filter(None, found["actor_resolved"].split(";")))
    return Answer(got in rights, ";".join(sorted(got)), ";".join(sorted(rights[0])))


def _act_polarity(wanted: Row, found: Row) -> Answer | None:
    return Answer(found["polarity"] == wanted["polarity"], found["polarity"], wanted["polarity"])


def _verbatim(column: str, *, asked_if_empty: bool) -> Check:
    def check(wanted: Row, found: Row) -> Answer | None:
        if not (wanted[column] or asked_if_empty):
            return None
        got = "".join(found[column].split())
        rights = ["".join(value.split()) for value in either(wanted, column)]
        return Answer(got in rights, got, rights[0])

    return check


@dataclass(frozen=True, slots=True)
class _Layer:
    table: str
    checks: Mapping[str, Check]
    counts: Callable[[Row], bool] = lambda row: True  # noqa: ARG005


_LAYERS = {
    "dates": _Layer("dates", {"value": _date_value}),
    "money": _Layer("money", {"value": _money_value, "modifier": _money_modifier}),
    "quantities": _Layer(
        "annotations",
        {"value": _quantity_value, "kind": _quantity_kind},
        lambda row: row["layer"] == "quantity" and row["status"] != "rejected",
    ),
    "entities": _Layer(
        "annotations",
        {"type": _entity_type, "iso3": _entity_iso3},
        lambda row: row["layer"] == "entity" and row["status"] != "rejected",
    ),
    "agreements": _Layer(
        "agreements",
        {
            "category": _act_category,
            "level": _act_level,
            "actors": _act_actors,
            "actor_text": _verbatim("actor_text", asked_if_empty=True),
            "polarity": _act_polarity,
            "object": _verbatim("object_text", asked_if_empty=False),
        },
    ),
    "defined_terms": _Layer("relations", {}, lambda row: row["relation"] == "alias_of"),
}


# Structure: what the document says of itself, and its sentences


def _structure(
    score: Score, right: Sequence[Row], rows: Mapping[str, list[Row]], text: str, *, name: str
) -> None:
    document = rows["documents"][0]
    for question, wanted in _metadata(right):
        got = "".join(document[question].split())
        score.ask(question, Answer(got == wanted, got, wanted), where=name)
    parties = sorted({_attributes(row)["country"] for row in right if row["unit"] == "party"})
    if parties:
        found = sorted({row["iso3"] for row in rows["parties"] if row["iso3"]})
        score.ask(
            "parties", Answer(found == parties, ";".join(found), ";".join(parties)), where=name
        )
    sentences = [row for row in right if row["unit"] == "sentence"]
    if sentences:
        found_sentences = [row for row in rows["sentences"] if row["kind"] != "heading"]
        _match(score, sentences, found_sentences, text, name=name)


def _metadata(right: Sequence[Row]) -> Iterator[tuple[str, str]]:
    """Yield title, date and place, each where the gold has it."""
    for unit in ("date", "place", "title"):
        row = next((row for row in right if row["unit"] == unit), None)
        if row is not None:
            said = _attributes(row)
            yield unit, "".join((said.get("value") or said.get("city") or row["clean"]).split())


def _attributes(row: Row) -> dict[str, str]:
    return dict(json.loads(row["attrs"])) if row["attrs"] else {}
