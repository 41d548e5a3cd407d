"""A batch: file after file through the pipeline, one that fails does not stop the others."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from time import perf_counter
from typing import Protocol

import pandas as pd
from spacy.tokens import Doc

from seimeibun.batch.plan import Item, Plan
from seimeibun.sources import SourceError, read_text
from seimeibun.statement import Statement, read_statement
from seimeibun.tables.build import TableBuilder

Annotate = Callable[[Iterable[Statement]], Iterator[Doc]]

_GROUP_CHARS = (
    20_000  # statements are annotated together up to this size: GiNZA is faster in batches
)
_GROUP_ITEMS = 64


@dataclass(frozen=True, slots=True)
class Failure:
    """A file that gave no document: ``stage`` is read, statement, annotate or tables."""

    source_path: str
    code: str
    stage: str
    message: str


@dataclass(slots=True)
class Batch:
    """What a batch gave: tables, the texts as published by document id, failures.

    ``table_seconds`` is how long the tables took, a part of the whole.
    """

    tables: dict[str, pd.DataFrame]
    texts: dict[str, str]
    failures: list[Failure]
    table_seconds: float


class Watcher(Protocol):
    """Is told of every file once it is done."""

    def done(self, item: Item, *, chars: int) -> None: ...
    def failed(self, failure: Failure) -> None: ...


@dataclass(slots=True)
class _Work:
    """A statement that was read, on its way."""

    item: Item
    statement: Statement


@dataclass(slots=True)
class _State:
    annotate: Annotate
    watcher: Watcher
    builder: TableBuilder = field(default_factory=TableBuilder)
    texts: dict[str, str] = field(default_factory=dict)
    failures: list[Failure] = field(default_factory=list)
    table_seconds: float = 0.0

    def fail(self, source_path: str, stage: str, error: Exception, *, code: str = "") -> None:
        message = " ".join(str(error).split()) or type(error).__name__
        failure = Failure(source_path, code or type(error).__name__, stage, message)
        self.failures.append(failure)
        self.watcher.failed(failure)


def run_batch(
    plan: Plan,
    annotate: Annotate,
    *,
    watcher: Watcher,
    encoding: str | None = None,
    date: str = "",
) -> Batch:
    """Return tables and texts of the files of ``plan``; what fails is listed with its stage.

    ``encoding`` overrides what the bytes suggest, ``date`` is the date of every document (ISO).
    """
    state = _State(annotate, watcher)
    for refusal in plan.refusals:
        failure = Failure(refusal.source_path, refusal.code, "plan", refusal.message)
        state.failures.append(failure)
        watcher.failed(failure)
    for group in _groups(_read(plan.items, state, encoding=encoding, date=date)):
        _annotate(group, state)
    for failure in state.failures:
        state.builder.add_error(
            source_path=failure.source_path,
            code=failure.code,
            stage=failure.stage,
            message=failure.message,
        )
    began = perf_counter()
    tables = state.builder.tables()
    state.table_seconds += perf_counter() - began
    return Batch(tables, state.texts, state.failures, state.table_seconds)


def _read(
    items: Iterable[Item], state: _State, *, encoding: str | None, date: str
) -> Iterator[_Work]:
    for item in items:
        stage = "read"
        try:
            source = read_text(item.path, encoding=encoding)
            stage = "statement"
            statement = read_statement(source, date=date)
        except SourceError as error:
            state.fail(item.source_path, stage, ValueError(error.message), code=error.code)
        except Exception as error:  # whatever it is, the other files can be read
            state.fail(item.source_path, stage, error)
        else:
            yield _Work(item, statement)


def _groups(works: Iterable[_Work]) -> Iterator[list[_Work]]:
    group: list[_Work] = []
    chars = 0
    for work in works:
        group.append(work)
        chars += len(work.statement.text)
        if chars >= _GROUP_CHARS or len(group) >= _GROUP_ITEMS:
            yield group
            group, chars = [], 0
    if group:
        yield group


def _annotate(group: Sequence[_Work], state: _State) -> None:
    """Annotate the statements together; where that fails, those still to be done one by one."""
    waiting = list(group)
    try:
        for doc in state.annotate([work.statement for work in group]):
            _keep(waiting[0], doc, state)
            del waiting[0]
    except Exception as error:
        if len(group) == 1:
            state.fail(group[0].item.source_path, "annotate", error)
            return
        for work in waiting:
            _annotate([work], state)


def _keep(work: _Work, doc: Doc, state: _State) -> None:
    item = work.item
    began = perf_counter()
    try:
        state.builder.add(
            doc, doc_id=item.doc_id, source_path=item.source_path, warnings=item.warnings
        )
    except Exception as error:
        state.fail(item.source_path, "tables", error)
        return
    finally:
        state.table_seconds += perf_counter() - began
    text = work.statement.source.text
    state.texts[item.doc_id] = text
    state.watcher.done(item, chars=len(text))
