"""Candidates for the gazetteer and the stop list: gathered from decisions, ticked by a human, measured.

Nothing is taken over by itself. What a ticked entry would do is measured on certified documents that it
was not gathered from: one that is scored on the text that suggested it would always help.
"""

import csv
import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from seimeibun.entities.vocabulary import STOP_COLUMNS
from seimeibun.export.files import whole
from seimeibun.gazetteer import FILES, NAME_COLUMNS, find_names
from seimeibun.review.entries import Entry, facts_of
from seimeibun.review.gold import certified_layers
from seimeibun.review.log import FOLDER
from seimeibun.review.machine import Document, Row, read_documents, span_of
from seimeibun.review.state import Span
from seimeibun.review.states import read_states
from seimeibun.review.verdict import Verdict, verdicts
from seimeibun.tables import dialect
from seimeibun.width import fold_width

NAMES = (
    "surface", "norm", "label", "canonical", "iso3", "n_docs", "n_accept", "n_reject", "example",
    "documents", "decision",
)  # fmt: skip
STOPS = ("surface", "label", "n_docs", "n_accept", "n_reject", "context", "documents", "decision")
STOP_FILE = "stop_words.tsv"
TICKS = {"x", "X", "ｘ", "○", "〇", "採用", "yes", "1"}
_AROUND = 15  # code points of context in an example


@dataclass(slots=True)
class _Seen:
    accepted: int = 0
    rejected: int = 0
    suggested: bool = False
    example: str = ""
    canonical: str = ""
    iso3: str = ""
    documents: Counter[str] = field(default_factory=Counter)


def gazetteer_path(folder: Path) -> Path:
    return folder / FOLDER / "gazetteer_candidates.csv"


def stop_path(folder: Path) -> Path:
    return folder / FOLDER / "stoplist_candidates.csv"


def write_candidates(folder: str | Path) -> tuple[int, int]:
    """Write both lists, ticks that stand in them kept; return how many names and words there are."""
    folder = Path(folder)
    names, stops = gather(folder)
    _write(gazetteer_path(folder), NAMES, names)
    _write(stop_path(folder), STOPS, stops)
    return len(names), len(stops)


def gather(folder: Path) -> tuple[list[Row], list[Row]]:
    """Return candidates for the gazetteer (added or relabelled) and for the stop list (rejected)."""
    states = read_states(folder)
    names: dict[tuple[str, str], _Seen] = {}
    stops: dict[tuple[str, str], _Seen] = {}
    for doc_id, document in read_documents(folder, sorted(states)).items():
        for verdict in verdicts(document, states[doc_id]):
            entry = verdict.entry
            if entry.span.layer == "entity" and not verdict.conflict:
                _note(names, stops, document, entry, verdict)
    return (
        [_name_row(*item) for item in sorted(names.items()) if item[1].suggested],
        [_stop_row(*item) for item in sorted(stops.items()) if item[1].suggested],
    )


def _note(
    names: dict[tuple[str, str], _Seen],
    stops: dict[tuple[str, str], _Seen],
    document: Document,
    entry: Entry,
    verdict: Verdict,
) -> None:
    surface = document.quote(entry.span.start, entry.span.end)
    rejected = verdict.status == "rejected"
    if entry.row is not None:
        machine = (entry.row["text"], entry.row["label"])
        changed = rejected or entry.span != span_of(entry.row)
        _count(
            stops, machine, document, span_of(entry.row), accepted=not changed, suggested=changed
        )
    seen = _count(
        names,
        (surface, entry.span.label),
        document,
        entry.span,
        accepted=not rejected,
        suggested=not rejected and (entry.row is None or entry.span != span_of(entry.row)),
    )
    if not rejected:
        value = facts_of(document, entry)["value"]
        seen.iso3 = value if entry.span.label == "COUNTRY" else seen.iso3
        seen.canonical = seen.canonical or surface


def _count(
    table: dict[tuple[str, str], _Seen],
    key: tuple[str, str],
    document: Document,
    span: Span,
    *,
    accepted: bool,
    suggested: bool,
) -> _Seen:
    seen = table.setdefault(key, _Seen())
    seen.accepted += accepted
    seen.rejected += not accepted
    seen.suggested |= suggested
    seen.documents[document.doc_id] += 1
    if suggested and not seen.example:
        first, last = max(0, span.start - _AROUND), span.end + _AROUND
        left, right = document.text[first : span.start], document.text[span.end : last]
        middle = document.text[span.start : span.end]
        seen.example = " ".join(f"{left}【{middle}】{right}".split())
    return seen


def _name_row(key: tuple[str, str], seen: _Seen) -> Row:
    surface, label = key
    return {
        "surface": surface,
        "norm": fold_width(surface),
        "label": label,
        "canonical": seen.canonical,
        "iso3": seen.iso3,
        **_counts(seen),
        "example": seen.example,
        "decision": "",
    }


def _stop_row(key: tuple[str, str], seen: _Seen) -> Row:
    return {
        "surface": key[0],
        "label": key[1],
        **_counts(seen),
        "context": seen.example,
        "decision": "",
    }


def _counts(seen: _Seen) -> Row:
    return {
        "n_docs": str(len(seen.documents)),
        "n_accept": str(seen.accepted),
        "n_reject": str(seen.rejected),
        "documents": ";".join(sorted(seen.documents)),
    }


def _write(path: Path, columns: tuple[str, ...], rows: Iterable[Row]) -> None:
    ticked = {(row["surface"], row["label"]): row["decision"] for row in _read(path, columns)}
    with whole(path) as new, new.open("w", encoding=dialect.ENCODING, newline="") as file:
        writer = csv.writer(file, lineterminator="\r\n")
        writer.writerow(columns)
        for row in rows:
            decision = ticked.get((row["surface"], row["label"]), "")
            cells = row | {"decision": decision}
            writer.writerow([dialect.guard(cells[name]) for name in columns])


def _read(path: Path, columns: tuple[str, ...]) -> list[Row]:
    """Return the rows of a list that a human may have edited with a spreadsheet."""
    if not path.is_file():
        return []
    with path.open(encoding=dialect.ENCODING, newline="") as file:
        header, rows = dialect.read_rows(file, name=str(path))
    if missing := [name for name in columns if name not in header]:
        message = f"{path}:1: no column {', '.join(missing)}; write it anew with `seimeibun review candidates`"
        raise ValueError(message)
    return [dict(zip(header, map(dialect.unguard, row), strict=True)) for row in rows]


def ticked(folder: Path) -> tuple[list[Row], list[Row]]:
    """Return the candidates that a human ticked."""
    lists = (_read(gazetteer_path(folder), NAMES), _read(stop_path(folder), STOPS))
    for path, rows in zip((gazetteer_path(folder), stop_path(folder)), lists, strict=True):
        for number, row in enumerate(rows, 2):
            if row["decision"].strip() not in {*TICKS, ""}:
                message = f"{path}:{number}: decision is {row['decision']!r}; it must be x or empty"
                raise ValueError(message)
    names, stops = ([row for row in rows if row["decision"].strip()] for rows in lists)
    return names, stops


# What they would do


@dataclass(slots=True)
class Counts:
    tp: int = 0
    fp: int = 0
    fn: int = 0

    @property
    def precision(self) -> float | None:
        return self.tp / (self.tp + self.fp) if self.tp + self.fp else None

    @property
    def recall(self) -> float | None:
        return self.tp / (self.tp + self.fn) if self.tp + self.fn else None

    @property
    def f1(self) -> float | None:
        total = 2 * self.tp + self.fp + self.fn
        return 2 * self.tp / total if total else None


@dataclass(slots=True)
class Effect:
    """Entities before and after the ticked entries, by label ("" all), on documents they are not from."""

    documents: list[str]
    left_out: list[str]
    before: dict[str, Counts]
    after: dict[str, Counts]

    def lines(self) -> Iterator[str]:
        yield f"measured on: {', '.join(self.documents) or 'no document'}"
        if self.left_out:
            yield f"left out, since entries come from them: {', '.join(self.left_out)}"
        if not self.documents:
            yield "certify documents that no ticked entry comes from, and measure again"
        for label in self.before:
            before, after = self.before[label], self.after[label]
            if label == "" or before != after:
                yield (
                    f"{label or 'all':16} P {_share(before.precision)} → {_share(after.precision)}  "
                    f"R {_share(before.recall)} → {_share(after.recall)}  "
                    f"F1 {_share(before.f1)} → {_share(after.f1)}"
                )


def _share(value: float | None) -> str:
    return "–" if value is None else f"{value:.3f}"


def measure(folder: str | Path) -> Effect:
    """Return what the ticked entries do to the machine's entities, against certified gold."""
    folder = Path(folder)
    names, stops = ticked(folder)
    states = read_states(folder)
    sources = {d for row in [*names, *stops] for d in row["documents"].split(";") if d}
    documents = read_documents(folder, sorted(states))
    gold = {
        doc_id: _gold(found)
        for doc_id, document in documents.items()
        for found in [verdicts(document, states[doc_id])]
        if "entity" in certified_layers(found, states[doc_id])
    }
    used = sorted(gold.keys() - sources)
    before: dict[str, Counts] = {"": Counts()}
    after: dict[str, Counts] = {"": Counts()}
    for doc_id in used:
        machine = {
            span_of(row)
            for row in documents[doc_id].tables["annotations"]
            if row["layer"] == "entity"
        }
        _score(before, machine, gold[doc_id])
        _score(after, _changed(documents[doc_id], machine, names, stops), gold[doc_id])
    for label in {*before, *after}:
        before.setdefault(label, Counts())
        after.setdefault(label, Counts())
    ordered = sorted(before)
    return Effect(
        used,
        sorted(gold.keys() & sources),
        {k: before[k] for k in ordered},
        {k: after[k] for k in ordered},
    )


def _gold(found: Iterable[Verdict]) -> set[Span]:
    return {
        v.entry.span for v in found if v.entry.span.layer == "entity" and v.status == "accepted"
    }


def _changed(
    document: Document, machine: set[Span], names: Iterable[Row], stops: Iterable[Row]
) -> set[Span]:
    """Return the spans as they would be: stop words gone, names put in where nothing longer stands.

    Names are read literally. A rule that looks around may read a stopped string as another type; only annotating
    anew shows that.
    """
    stopped = {(fold_width(row["surface"]), row["label"]) for row in stops}
    spans = {
        span
        for span in machine
        if (fold_width(document.quote(span.start, span.end)), span.label) not in stopped
    }
    text = fold_width(document.text)
    for row in names:
        wanted = row["norm"] or row["surface"]
        at = text.find(wanted) if wanted else -1
        while at >= 0:
            end = at + len(wanted)
            if not any(_covers(span, at, end) for span in spans):
                spans.add(Span("entity", row["label"], at, end))
            at = text.find(wanted, end)
    return spans


def _covers(span: Span, start: int, end: int) -> bool:
    """Tell whether a name cannot be read at the place: another one stands there, or crosses its edge."""
    if (span.start, span.end) == (start, end):
        return True
    crosses = span.start < start < span.end < end or start < span.start < end < span.end
    return crosses or (span.start <= start and end <= span.end and span.label == "COUNTRY")


def _score(counts: dict[str, Counts], found: set[Span], gold: set[Span]) -> None:
    for label in {span.label for span in found | gold}:
        have = {span for span in found if span.label == label}
        want = {span for span in gold if span.label == label}
        for name in ("", label):
            count = counts.setdefault(name, Counts())
            count.tp += len(have & want)
            count.fp += len(have - want)
            count.fn += len(want - have)


# Into the rules


def promote(folder: str | Path, rules: Path) -> list[str]:
    """Add what is ticked to the tables of the folder ``rules``; return what was added, a line each.

    Names go to the tables of the gazetteer, words to ``stop_words.tsv``; what the tables have already is left.
    Nothing is written if anything cannot be. The rules' own tests then hold the new rows.
    """
    names, stops = ticked(Path(folder))
    wanted: dict[Path, list[str]] = {}
    for row in names:
        if not _known(row):
            wanted.setdefault(_table_of(row, rules), []).append(_name_line(row))
    for row in stops:
        wanted.setdefault(rules / STOP_FILE, []).append(_stop_line(row))
    if missing := [path for path in wanted if not path.is_file()]:
        message = (
            f"no such file: {missing[0]}; rules are in models/ja_seimeibun/rules of the repository"
        )
        raise FileNotFoundError(message)
    return [
        f"{path.name}\t{line}" for path, lines in wanted.items() for line in _append(path, lines)
    ]


def _append(path: Path, lines: Iterable[str]) -> list[str]:
    """Add the lines whose first two cells no row has yet."""
    text = path.read_text(encoding="utf-8")
    known = {tuple(line.split("\t")[:2]) for line in text.split("\n")}
    new = {tuple(line.split("\t")[:2]): line for line in lines}
    added = [line for key, line in new.items() if key not in known]
    if added:
        joint = "" if text.endswith("\n") else "\n"
        more = "".join(f"{line}\n" for line in added)
        path.write_text(text + joint + more, encoding="utf-8", newline="")
    return added


def _table_of(row: Row, rules: Path) -> Path:
    tables = {label: file for file, label in FILES.items()}
    if row["label"] not in tables:
        message = f"{row['surface']}: {row['label']} has no table of names; tables are for {', '.join(tables)}"
        raise ValueError(message)
    return rules / f"{tables[row['label']]}.tsv"


def _known(row: Mapping[str, str]) -> bool:
    norm = row["norm"] or fold_width(row["surface"])
    return any(
        (found.start, found.end, found.label) == (0, len(norm), row["label"])
        for found in find_names(norm)
    )


def _name_line(row: Row) -> str:
    norm = row["norm"] or fold_width(row["surface"])
    name = row["canonical"] or norm
    digest = hashlib.sha256(name.encode()).hexdigest()[:8]  # an id without reading or translating
    cells = {
        "id": f"{row['label'].lower()}/review-{digest}",
        "name": name,
        "aliases": "" if norm == name else norm,
        "iso3": row["iso3"],
        "note": "",
    }
    return "\t".join(" ".join(cells[name].split()) for name in NAME_COLUMNS)


def _stop_line(row: Row) -> str:
    cells = {
        "surface": fold_width(row["surface"]),
        "label": row["label"],
        "not_examples": row["context"].replace("【", "").replace("】", ""),
        "note": "review",
    }
    return "\t".join(" ".join(cells[name].split()) for name in STOP_COLUMNS)
