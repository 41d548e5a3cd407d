"""One file of a batch: read, annotated, its rows packed. Whatever goes wrong is said, not raised."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from tempfile import TemporaryFile
from typing import Any

from spacy.tokens import Doc

from seimeibun.annotation import parts
from seimeibun.batch.outcome import Done, Failure, Item, Outcome, Settings
from seimeibun.batch.part import WITH_ROWS, Sheaf, part_of
from seimeibun.components.extensions import EXACT_CHECK
from seimeibun.sources import SourceError, read_source
from seimeibun.statement import Statement, read_statement
from seimeibun.statement.parts import Part
from seimeibun.tables.parts import PartedRows
from seimeibun.tables.rows import Columns, document_rows, length

# Code points of clean text. What is known of a document while it is annotated takes 1 kB each; a longer one
# is annotated in parts. The longest statements have 40,000.
LONG = 60_000

Annotate = Callable[[Iterable[Statement]], Iterator[Doc]]


def annotate_file(item: Item, annotate: Annotate, settings: Settings) -> Outcome:
    """Return the rows of the file, or why it has none.

    Documents are annotated one by one: what stands in one never depends on its neighbours in the batch, not
    even by the rounding of a matrix product.
    """
    stage = "read"
    try:
        source = read_source(
            item.path,
            encoding=settings.encoding,
            limits=settings.limits,
            selector=settings.selector,
        )
        stage = "statement"
        statement = read_statement(source, date=settings.date)
        if len(statement.text) > LONG:
            stage = "annotate"
            return _in_parts(item, statement, annotate, settings)
        stage = "annotate"
        doc = next(iter(annotate([statement])))
        stage = "tables"
        rows = document_rows(
            doc, doc_id=item.doc_id, source_path=item.source_path, warnings=item.warnings
        )
        part = part_of(rows, excel_guard=settings.excel_guard)
    except SourceError as error:
        return Failure(item.source_path, error.code, stage, _in_a_line(error.message))
    except MemoryError:
        reason = "more memory is needed than there is"
        if settings.max_memory:
            bound = f"{settings.max_memory:,} megabytes"
            reason = (
                f"more memory is needed than a worker may have; the limit is {bound} (--max-memory)"
            )
        return Failure(item.source_path, "limit", stage, reason)
    except Exception as error:  # whatever it is, the other files can be annotated
        name = type(error).__name__
        return Failure(item.source_path, name, stage, _in_a_line(str(error)) or name)
    checked = doc.user_data.get(EXACT_CHECK)
    counts = dict(_counts(rows.columns))
    return Done(item, source.sha256, len(source.text), counts, part, checked)


def _in_parts(item: Item, statement: Statement, annotate: Annotate, settings: Settings) -> Done:
    """Return the rows of a file that is too long to be held in memory with all that is found in it."""
    with TemporaryFile() as file:
        sheaf = Sheaf(file, excel_guard=settings.excel_guard)
        return _gathered(sheaf, item, statement, annotate)


def _gathered(sheaf: Sheaf, item: Item, statement: Statement, annotate: Annotate) -> Done:
    rows = PartedRows(item.doc_id)
    counts: Counter[str] = Counter()
    check: dict[str, Any] | None = None
    for part in parts(statement, LONG):
        found, checked = _add(part, annotate, rows, sheaf)
        counts += found
        check = _sum(check, checked)
    rest = rows.rest(statement, source_path=item.source_path, warnings=item.warnings)
    source = statement.source
    counts += _counts(rest.columns)
    every = {name: counts[name] for name in (*WITH_ROWS, *counts, "warned")}
    return Done(item, source.sha256, len(source.text), every, sheaf.bound(rest), check)


def _add(
    part: Part, annotate: Annotate, rows: PartedRows, sheaf: Sheaf
) -> tuple[Counter[str], dict[str, Any] | None]:
    """Add the rows of a part; nothing else of it stays in memory."""
    doc = next(iter(annotate([part.statement])))
    columns = rows.add(doc, part)
    sheaf.add(columns)
    return _counts(columns), doc.user_data.get(EXACT_CHECK)


def _sum(before: dict[str, Any] | None, more: Mapping[str, Any] | None) -> dict[str, Any] | None:
    """Add up what the check against GiNZA found in parts."""
    if before is None or more is None:
        return dict(more) if more is not None else before
    return {name: before[name] + found for name, found in more.items()}


def _counts(columns: Mapping[str, Columns]) -> Counter[str]:
    counts = Counter({name: length(table) for name, table in columns.items()})
    if "annotations" in columns:
        counts.update(f"layer {name}" for name in columns["annotations"]["layer"])
    if "documents" in columns:
        counts["warned"] = int(columns["documents"]["status"] == ["warning"])
    return counts


def _in_a_line(message: str) -> str:
    return " ".join(message.split())
