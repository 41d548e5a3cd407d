"""One file of a batch: read, annotated, its rows packed. Whatever goes wrong is said, not raised."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator

from spacy.tokens import Doc

from seimeibun.batch.outcome import Done, Failure, Item, Outcome, Settings
from seimeibun.batch.part import WITH_ROWS, part_of
from seimeibun.components.extensions import EXACT_CHECK
from seimeibun.sources import SourceError, read_source
from seimeibun.statement import Statement, read_statement
from seimeibun.tables.rows import DocumentRows, document_rows, length

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
    return Done(item, source.sha256, len(source.text), _counts(rows), part, checked)


def _counts(rows: DocumentRows) -> dict[str, int]:
    counts = {name: length(rows.columns[name]) for name in WITH_ROWS}
    layers = Counter(rows.columns["annotations"]["layer"])
    warned = rows.columns["documents"]["status"] == ["warning"]
    return {**counts, **{f"layer {name}": n for name, n in layers.items()}, "warned": int(warned)}


def _in_a_line(message: str) -> str:
    return " ".join(message.split())
