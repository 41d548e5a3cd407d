"""Progress and the closing table on stderr: a bar on a terminal, plain lines elsewhere."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from time import perf_counter
from typing import TYPE_CHECKING

from seimeibun.cli.words import say

if TYPE_CHECKING:
    from rich.console import Console
    from rich.progress import Progress, TaskID

    from seimeibun.batch.plan import Item
    from seimeibun.batch.run import Failure


class Silent:
    """Says nothing but what failed."""

    def done(self, item: "Item", *, chars: int) -> None:
        pass

    def failed(self, failure: "Failure") -> None:
        say(_failure(failure))


class Lines:
    """A line a file."""

    def __init__(self, total: int) -> None:
        self._total = total
        self._count = 0

    def done(self, item: "Item", *, chars: int) -> None:
        self._count += 1
        say(f"[{self._count}/{self._total}] {item.source_path}: {chars:,} characters")
        for warning in item.warnings:
            say(f"note: {item.source_path}: {warning}")

    def failed(self, failure: "Failure") -> None:
        if failure.stage != "plan":
            self._count += 1
        say(_failure(failure))


class Bar:
    """A bar with files done, characters a second and the time left."""

    def __init__(self, progress: "Progress", task: "TaskID") -> None:
        self._progress, self._task = progress, task
        self._started = perf_counter()
        self._chars = 0

    def done(self, item: "Item", *, chars: int) -> None:
        self._chars += chars
        speed = f"{self._chars / max(perf_counter() - self._started, 1e-3):,.0f} characters/s"
        self._progress.update(self._task, advance=1, speed=speed)
        for warning in item.warnings:
            self._progress.console.print(f"note: {item.source_path}: {warning}", markup=False)

    def failed(self, failure: "Failure") -> None:
        if failure.stage != "plan":
            self._progress.advance(self._task)
        self._progress.console.print(_failure(failure), style="red", markup=False)


@contextmanager
def watcher(total: int, *, quiet: bool) -> Iterator[Silent | Lines | Bar]:
    """Give what is told of every file: a bar, lines or, ``quiet``, failures only."""
    if quiet:
        yield Silent()
        return
    console = _console()
    if not console.is_terminal:
        yield Lines(total)
        return
    from rich.progress import (
        BarColumn,
        MofNCompleteColumn,
        Progress,
        TextColumn,
        TimeRemainingColumn,
    )

    columns = (
        TextColumn("annotating"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("{task.fields[speed]}"),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=console, transient=True) as progress:
        yield Bar(progress, progress.add_task("", total=total, speed=""))


def summary(title: str, rows: Mapping[str, str]) -> None:
    """Print the closing table."""
    from rich.table import Table

    table = Table(title=title, title_justify="left", show_header=False)
    table.add_column()
    table.add_column(justify="right", overflow="fold")
    for name, value in rows.items():
        table.add_row(name, value)
    _console().print(table)


def _console() -> "Console":
    from rich.console import Console

    return Console(stderr=True, highlight=False)


def _failure(failure: "Failure") -> str:
    return f"failed: {failure.source_path}: {failure.message}"
