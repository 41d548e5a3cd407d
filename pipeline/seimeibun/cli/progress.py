"""Progress and the closing table on stderr: a bar on a terminal, plain lines elsewhere, JSON for machines."""

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from time import perf_counter
from typing import TYPE_CHECKING, Any

from seimeibun.cli.words import harmless, say

if TYPE_CHECKING:
    from rich.console import Console
    from rich.progress import Progress, TaskID

    from seimeibun.batch.outcome import Failure, Item
    from seimeibun.batch.run import Watcher

_LOADING = "loading ja_seimeibun"


class Meter:
    """How far a batch is, how fast, and how long it will take.

    The time left is reckoned from files; the first that are kept as they were take none, and count for none.
    """

    def __init__(self, total: int) -> None:
        self.total = total
        self.count = 0
        self._chars = self._kept = 0
        self._started = perf_counter()

    def advance(self, *, chars: int = 0, kept: bool = False) -> None:
        self.count += 1
        self._chars += chars
        self._kept += kept

    @property
    def seconds(self) -> float:
        return max(perf_counter() - self._started, 1e-3)

    @property
    def chars_per_second(self) -> int:
        return round(self._chars / self.seconds)

    @property
    def seconds_left(self) -> int | None:
        done = self.count - self._kept
        return round(self.seconds / done * (self.total - self.count)) if done else None

    @property
    def speed(self) -> str:
        return f"{self.chars_per_second:,} characters/s"

    @property
    def left(self) -> str:
        """The time left, as ``1:02:03``."""
        if self.seconds_left is None:
            return "-:--:--"
        minutes, seconds = divmod(self.seconds_left, 60)
        return f"{minutes // 60}:{minutes % 60:02}:{seconds:02}"


class Silent:
    """Says nothing but what failed."""

    def begins(self) -> None:
        pass

    def done(self, item: "Item", *, chars: int) -> None:
        pass

    def kept(self, item: "Item") -> None:
        pass

    def failed(self, failure: "Failure") -> None:
        say(_failure(failure))


class Lines:
    """A line a file that was annotated or failed."""

    def __init__(self, meter: Meter) -> None:
        self._meter = meter

    def begins(self) -> None:
        say(_LOADING)

    def done(self, item: "Item", *, chars: int) -> None:
        meter = self._meter
        meter.advance(chars=chars)
        place = f"[{meter.count}/{meter.total}]"
        path = _on_a_line(item.source_path)
        say(f"{place} {path}: {chars:,} characters; {meter.speed}, {meter.left} left")
        for warning in item.warnings:
            say(_note(item, warning))

    def kept(self, item: "Item") -> None:  # noqa: ARG002 (a watcher is told which)
        self._meter.advance(kept=True)

    def failed(self, failure: "Failure") -> None:
        if failure.stage != "plan":
            self._meter.advance()
        say(_failure(failure))


class Bar:
    """A bar with files done, characters a second and the time left."""

    def __init__(self, meter: Meter, progress: "Progress", task: "TaskID") -> None:
        self._meter, self._progress, self._task = meter, progress, task

    def begins(self) -> None:
        self._print(_LOADING)

    def done(self, item: "Item", *, chars: int) -> None:
        self._meter.advance(chars=chars)
        self._show()
        for warning in item.warnings:
            self._print(_note(item, warning))

    def kept(self, item: "Item") -> None:  # noqa: ARG002 (a watcher is told which)
        self._meter.advance(kept=True)
        self._show()

    def failed(self, failure: "Failure") -> None:
        if failure.stage != "plan":
            self._meter.advance()
        self._show()
        self._print(_failure(failure), style="red")

    def _print(self, message: str, *, style: str = "") -> None:
        # no wrapping: a path that is cut can be neither clicked nor copied
        self._progress.console.print(harmless(message), style=style, markup=False, soft_wrap=True)

    def _show(self) -> None:
        meter = self._meter
        left = f"{meter.left} left"
        self._progress.update(self._task, completed=meter.count, speed=meter.speed, left=left)
        self._progress.refresh()


class Log:
    """A JSON object a line: what happened to which file, and how far the batch is."""

    def __init__(self, meter: Meter) -> None:
        self._meter = meter

    def begins(self) -> None:
        pass

    def done(self, item: "Item", *, chars: int) -> None:
        self._meter.advance(chars=chars)
        facts = {"doc_id": item.doc_id, "source_path": item.source_path, "characters": chars}
        self._write("done", {**facts, "warnings": list(item.warnings)})

    def kept(self, item: "Item") -> None:
        self._meter.advance(kept=True)
        self._write("kept", {"doc_id": item.doc_id, "source_path": item.source_path})

    def failed(self, failure: "Failure") -> None:
        if failure.stage != "plan":
            self._meter.advance()
        names = ("source_path", "code", "stage", "message")
        self._write("failed", {name: getattr(failure, name) for name in names})

    def _write(self, event: str, facts: Mapping[str, Any]) -> None:
        meter = self._meter
        log(
            event,
            **facts,
            count=meter.count,
            total=meter.total,
            characters_per_second=meter.chars_per_second,
            seconds_left=meter.seconds_left,
        )


def log(event: str, **facts: Any) -> None:
    """Write a line of JSON to stderr."""
    line = json.dumps({"event": event, **facts}, ensure_ascii=False)
    say(line.encode("utf-8", "replace").decode())


@contextmanager
def watcher(total: int, *, quiet: bool, log_json: bool = False) -> "Iterator[Watcher]":
    """Give what is told of every file: a bar, lines, JSON or, ``quiet``, failures only."""
    meter = Meter(total)
    if log_json:
        yield Log(meter)
        return
    if quiet:
        yield Silent()
        return
    console = _console()
    if not console.is_terminal:
        yield Lines(meter)
        return
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

    columns = (
        TextColumn("annotating"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("{task.fields[speed]}"),
        TextColumn("{task.fields[left]}"),
    )
    # no thread that refreshes: workers are forked while the bar is shown
    with Progress(*columns, console=console, transient=True, auto_refresh=False) as progress:
        yield Bar(meter, progress, progress.add_task("", total=total, speed="", left=""))


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
    return f"failed: {_on_a_line(failure.source_path)}: {failure.message}"


def _note(item: "Item", warning: str) -> str:
    return f"note: {_on_a_line(item.source_path)}: {warning}"


def _on_a_line(path: str) -> str:
    return path.replace("\n", "\\n")
