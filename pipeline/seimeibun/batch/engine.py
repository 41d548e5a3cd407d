"""What runs the documents of a batch: this process, workers beside it, or a cluster."""

from collections.abc import Callable, Generator, Iterable
from typing import Protocol

from seimeibun.batch.document import Annotate, annotate_file
from seimeibun.batch.outcome import Item, Outcome, Settings

Load = Callable[[], Annotate]  # loads the model; called once a process, and only if there is work


_LONG = 1_000_000  # bytes of a file


def patience(item: Item, timeout: float) -> float:
    """Return the seconds that a document may take: ``timeout``, and beyond a megabyte in proportion.

    >>> [patience(Item("a", "a", size=size), 600) for size in (0, 30_000, 2_000_000)]
    [600.0, 600.0, 1200.0]
    """
    return timeout * max(1.0, item.size / _LONG)


class EngineError(Exception):
    """An engine that cannot work at all: workers that do not start, a cluster that is not there or not like us."""


class Engine(Protocol):
    """Takes files as it can work on them, and gives what became of them as they are done."""

    def run(
        self, items: Iterable[Item], load: Load, settings: Settings
    ) -> Generator[Outcome, None, None]: ...


class InProcess:
    """One file after the other, in this process: no protection, nothing to start."""

    def run(
        self, items: Iterable[Item], load: Load, settings: Settings
    ) -> Generator[Outcome, None, None]:
        annotate: Annotate | None = None
        for item in items:
            annotate = annotate or load()
            yield annotate_file(item, annotate, settings)
