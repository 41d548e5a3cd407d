"""Which documents are compared: groups by a column of ``documents.csv``, ranges, previous and rest."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from seimeibun.compare.errors import CompareError

PREVIOUS, REST = "previous", "rest"
ORDERED = frozenset({"year", "decade", "date"})  # columns whose groups follow each other in time
NONE = -1  # of a document in no group
_RANGE = re.compile(r"(-?\d+)\s*(?:\.\.|[-–—〜～~])\s*(-?\d+)")


@dataclass(frozen=True)
class Groups:
    """Groups of documents in their order (numbers as numbers, names by first date); ``of_doc`` holds an index into ``labels`` or -1."""

    by: str
    labels: tuple[str, ...]
    of_doc: NDArray[np.int64]

    def __len__(self) -> int:
        return len(self.labels)

    def docs(self, group: int) -> NDArray[np.int64]:
        return np.flatnonzero(self.of_doc == group)


def natural(label: str) -> tuple[tuple[int, int, str], ...]:
    """Return a key that sorts numbers in labels as numbers.

    >>> sorted(["第10回", "第2回", "2025", "998"], key=natural)
    ['998', '2025', '第2回', '第10回']
    """
    parts = re.findall(r"\d+|\D+", label)
    return tuple((0, int(p), "") if p.isdecimal() else (1, 0, p) for p in parts)


def column(documents: pd.DataFrame, by: str) -> NDArray[np.object_]:
    """Return the values of ``by`` as labels, "" for null."""
    if by not in documents.columns:
        message = f"no column {by!r} in documents; there are {', '.join(documents.columns)}"
        raise CompareError(message)
    values = documents[by]
    if values.dtype.kind == "i":
        return np.array(["" if v == -1 else str(v) for v in values], dtype=object)
    return np.array(["" if v is None else str(v) for v in values], dtype=object)


def _in_order(documents: pd.DataFrame, values: NDArray[np.object_]) -> list[str]:
    """Return the different values: numbers as numbers, names by the first date of their documents."""
    labels = sorted({value for value in values if value}, key=natural)
    if all(label[0].isdigit() for label in labels):
        return labels
    known = [(value, date) for value, date in zip(values, documents["date"], strict=True) if date]
    first = {value: min(d for v, d in known if v == value) for value in {v for v, _ in known}}
    return sorted(labels, key=lambda label: first.get(label, "9999"))


def all_groups(documents: pd.DataFrame, by: str) -> Groups:
    """Return one group a value of ``by``; documents without a value are in none."""
    values = column(documents, by)
    labels = _in_order(documents, values)
    if not labels:
        message = f"no document has a value in {by!r}; there is nothing to compare"
        raise CompareError(message)
    index = {label: number for number, label in enumerate(labels)}
    of_doc = np.array([index.get(value, NONE) for value in values], dtype=np.int64)
    return Groups(by, tuple(labels), of_doc)


def two_groups(
    documents: pd.DataFrame, by: str, target: object, reference: object = REST
) -> Groups:
    """Return target and reference, in that order.

    Each is a value of ``by``, several joined by a comma, a range such as 1990-1999, and the reference may
    be ``previous`` (the value before the target's first) or ``rest`` (all others).
    """
    values = column(documents, by)
    existing = _in_order(documents, values)
    target_label, reference_label = _label(target), _label(reference)
    wanted = _members(by, target_label, existing)
    if reference_label == REST:
        others = set(existing) - wanted
    elif reference_label == PREVIOUS:
        others, reference_label = _previous(by, wanted, existing)
    else:
        others = _members(by, reference_label, existing)
    if not others:
        message = f"the reference {reference_label!r} is empty: {by} is {target_label!r} everywhere"
        raise CompareError(message)
    if shared := wanted & others:
        message = (
            f"{by} {', '.join(sorted(shared, key=natural))} would be in target and reference both; "
            "they must not overlap"
        )
        raise CompareError(message)
    of_doc = np.array(
        [0 if value in wanted else 1 if value in others else NONE for value in values],
        dtype=np.int64,
    )
    return Groups(by, (target_label, reference_label), of_doc)


def select(documents: pd.DataFrame, condition: str) -> NDArray[np.bool_]:
    """Return which documents fulfil ``condition``, such as ``year=2014..2025`` or ``doc_type=共同声明``."""
    by, equals, label = condition.partition("=")
    if not equals or not label:
        message = f"{condition!r} is no condition; write COLUMN=VALUE, such as year=2014..2025"
        raise CompareError(message)
    values = column(documents, by.strip())
    existing = sorted({value for value in values if value}, key=natural)
    return np.isin(values, list(_members(by.strip(), label.strip(), existing)))


def _label(value: object) -> str:
    if isinstance(value, str):
        return value.strip()
    if isinstance(value, Iterable):
        return ",".join(str(part) for part in value)
    return str(value)


def _members(by: str, label: str, existing: list[str]) -> set[str]:
    """Return the existing values that ``label`` means."""
    members: set[str] = set()
    for part in [label] if label in existing else label.split(","):
        found = _range(part.strip(), existing)
        if not found:
            message = f"no document with {by} {part.strip()!r}; there are {', '.join(existing)}"
            raise CompareError(message)
        members |= found
    return members


def _range(label: str, existing: list[str]) -> set[str]:
    if label in existing:
        return {label}
    if not (found := _RANGE.fullmatch(label)):
        return set()
    first, last = int(found[1]), int(found[2])
    return {v for v in existing if re.fullmatch(r"-?\d+", v) and first <= int(v) <= last}


def _previous(by: str, wanted: set[str], existing: list[str]) -> tuple[set[str], str]:
    earliest = min(existing.index(value) for value in wanted)
    if earliest == 0:
        message = f"nothing is before {by} {existing[0]!r}; there are {', '.join(existing)}"
        raise CompareError(message)
    return {existing[earliest - 1]}, existing[earliest - 1]
