"""Worker processes on one machine, and the supervisor that outlives them.

A worker has one document at a time, so when it dies it is known of which: that document is tried once more
in another worker, and is a failure after that. Results come back to the supervisor, the only one who writes.
Where processes can be forked the model is loaded once, before; the workers share its memory, and a new one
is there at once.
"""

import gc
import os
import signal
import sys
import threading
from collections import deque
from collections.abc import Generator, Iterable, Iterator
from contextlib import suppress
from dataclasses import replace
from multiprocessing import get_context
from multiprocessing.connection import Connection, wait
from multiprocessing.context import ForkContext, SpawnContext
from multiprocessing.process import BaseProcess
from time import monotonic, sleep

from seimeibun.batch.document import Annotate, annotate_file
from seimeibun.batch.engine import EngineError, Load, patience
from seimeibun.batch.outcome import Done, Failure, Item, Outcome, Settings

ATTEMPTS = 2
_FORK = sys.platform == "linux"
_INTERRUPTED = 130
_RETIRE = (
    2_000_000  # characters, after which a worker is replaced: spaCy keeps every word it has seen
)
_RETIRE_DOCUMENTS = 2_000
_ORPHAN = 1.0  # seconds between two looks at whether the supervisor is still there


class WorkerError(EngineError):
    """Workers that do not even start."""


class Workers:
    """An engine of ``count`` processes. ``timeout`` is in seconds for one document, None for no limit."""

    def __init__(self, count: int, *, timeout: float | None = None) -> None:
        if count < 1:
            message = f"{count} workers; there must be at least 1"
            raise ValueError(message)
        self._count = count
        self._timeout = timeout

    def run(
        self, items: Iterable[Item], load: Load, settings: Settings
    ) -> Generator[Outcome, None, None]:
        crew = _Crew(self._count, self._timeout, load, settings)
        try:
            yield from crew.work_off(items)
        finally:
            crew.end()


class _Worker:
    """A process, and the document that it has."""

    def __init__(self, process: BaseProcess, pipe: Connection) -> None:
        self.process = process
        self.pipe = pipe
        self.ready = False
        self.item: Item | None = None
        self.since = 0.0
        self.chars = self.documents = 0

    @property
    def is_free(self) -> bool:
        return self.ready and self.item is None

    @property
    def is_tired(self) -> bool:
        return self.chars > _RETIRE or self.documents >= _RETIRE_DOCUMENTS

    def give(self, item: Item) -> None:
        self.item, self.since = item, monotonic()
        with suppress(OSError):  # it is dead, and will be found so
            self.pipe.send(item)

    def end(self) -> None:
        self.pipe.close()
        self.process.kill()
        self.process.join()
        self.process.close()


class _Crew:
    def __init__(self, count: int, timeout: float | None, load: Load, settings: Settings) -> None:
        self._count, self._timeout = count, timeout
        self._load, self._settings = load, settings
        self._context: ForkContext | SpawnContext = (
            get_context("fork") if _FORK else get_context("spawn")
        )
        self._workers: list[_Worker] = []
        self._again: deque[Item] = deque()
        self._deaths: dict[str, int] = {}
        self._stillborn = 0
        self._frozen = False

    def work_off(self, items: Iterable[Item]) -> Iterator[Outcome]:
        waiting = iter(items)
        while True:
            self._hand_out(waiting)
            if not self._again and not any(worker.item for worker in self._workers):
                return
            yield from self._hear()
            yield from self._end_what_takes_too_long()

    def end(self) -> None:
        for worker in self._workers:
            worker.end()
        if self._frozen:
            gc.unfreeze()

    def _hand_out(self, waiting: Iterator[Item]) -> None:
        """Give every free worker a document; start workers while there are more documents."""
        while True:
            worker = next((worker for worker in self._workers if worker.is_free), None)
            if worker is None and len(self._workers) >= self._count:
                return
            item = self._again.popleft() if self._again else next(waiting, None)
            if item is None:
                return
            if worker is None:
                self._again.appendleft(item)
                self._start()
                if not _FORK:
                    return
                worker = self._workers[-1]
                worker.ready = True
                item = self._again.popleft()
            worker.give(item)

    def _start(self) -> None:
        if _FORK and not self._frozen:
            annotate = self._load()
            self._load = lambda: annotate
            gc.collect()
            gc.freeze()  # so that no collection touches, and so copies, what the workers share
            self._frozen = True
        here, there = self._context.Pipe()
        others = [worker.pipe for worker in self._workers] + [here] if _FORK else []
        process = self._context.Process(
            target=_work, args=(there, others, self._load, self._settings, os.getpid()), daemon=True
        )
        process.start()
        there.close()
        self._workers.append(_Worker(process, here))

    def _hear(self) -> Iterator[Outcome]:
        """Wait for workers, and yield what they have done."""
        by_pipe = {worker.pipe: worker for worker in self._workers}
        for pipe in wait(list(by_pipe), timeout=self._patience()):
            worker = by_pipe[pipe]  # type: ignore[index]
            try:
                outcome = _received(worker.pipe)
            except (EOFError, OSError):
                yield from self._bury(worker)
                continue
            if outcome is None:
                worker.ready = True
                self._stillborn = 0
            else:
                yield self._take(worker, outcome)

    def _take(self, worker: _Worker, outcome: Outcome) -> Outcome:
        if worker.item:
            self._deaths.pop(worker.item.doc_id, None)
        worker.item = None
        worker.documents += 1
        worker.chars += outcome.n_chars if isinstance(outcome, Done) else 0
        if worker.is_tired:
            self._dismiss(worker)
        return outcome

    def _bury(self, worker: _Worker) -> Iterator[Outcome]:
        """Give the document of a dead worker to another, or up."""
        worker.process.join()
        code, item = worker.process.exitcode, worker.item
        self._dismiss(worker)
        if code == _INTERRUPTED:
            raise KeyboardInterrupt
        if item is None:
            self._stillborn += 1
            if self._stillborn > self._count + ATTEMPTS:
                message = f"workers end as soon as they start ({_how(code)})"
                raise WorkerError(message)
            return
        deaths = self._deaths.pop(item.doc_id, 0) + 1
        if deaths < ATTEMPTS:
            self._deaths[item.doc_id] = deaths
            self._again.append(item)
        else:
            message = f"the worker died on this document {deaths} times ({_how(code)})"
            yield Failure(item.source_path, "crashed", "annotate", message)

    def _patience(self) -> float | None:
        if self._timeout is None:
            return None
        ends = [
            worker.since + patience(worker.item, self._timeout)
            for worker in self._workers
            if worker.item
        ]
        return max(0.0, min(ends) - monotonic()) if ends else None

    def _end_what_takes_too_long(self) -> Iterator[Outcome]:
        if self._timeout is None:
            return
        for worker in list(self._workers):
            item = worker.item
            limit = patience(item, self._timeout) if item else 0
            if item and monotonic() - worker.since >= limit and not worker.pipe.poll():
                self._dismiss(worker)
                self._deaths.pop(item.doc_id, None)
                message = f"not done after {limit:g} seconds, the limit of --timeout"
                yield Failure(item.source_path, "timeout", "annotate", message)

    def _dismiss(self, worker: _Worker) -> None:
        self._workers.remove(worker)
        worker.end()


def _how(code: int | None) -> str:
    """Say how a process ended.

    >>> _how(-9), _how(3)
    ('SIGKILL; perhaps out of memory', 'exit code 3')
    """
    if code is None or code >= 0:
        return f"exit code {code}"
    with suppress(ValueError):
        name = signal.Signals(-code).name
        return f"{name}; perhaps out of memory" if name == "SIGKILL" else name
    return f"signal {-code}"


# In the worker


def _work(
    pipe: Connection, others: list[Connection], load: Load, settings: Settings, supervisor: int
) -> None:
    """Annotate what the pipe brings until it ends. ``others`` are ends of pipes that belong to the supervisor."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the supervisor, which ends us
    for other in others:
        other.close()
    threading.Thread(target=_end_with, args=(supervisor,), daemon=True).start()
    _forget_open_files()
    if _FORK and settings.max_memory:
        _bound_memory(settings.max_memory)
    try:
        annotate = load()
        if not _FORK:
            pipe.send(None)
        _serve(pipe, annotate, settings)
    except (EOFError, BrokenPipeError, ConnectionResetError):
        os._exit(0)
    except KeyboardInterrupt:
        os._exit(_INTERRUPTED)


def _serve(pipe: Connection, annotate: Annotate, settings: Settings) -> None:
    while True:
        item: Item = pipe.recv()
        _send(pipe, annotate_file(item, annotate, settings))


def _send(pipe: Connection, outcome: Outcome) -> None:
    """Send what became of a document; its rows go by themselves, since they would be copied to be pickled."""
    if isinstance(outcome, Done):
        pipe.send(replace(outcome, part=b""))
        pipe.send_bytes(outcome.part)
    else:
        pipe.send(outcome)


def _received(pipe: Connection) -> Outcome | None:
    """Return what became of a document; None where a worker only says that it is ready."""
    outcome: Outcome | None = pipe.recv()
    return replace(outcome, part=pipe.recv_bytes()) if isinstance(outcome, Done) else outcome


def _bound_memory(megabytes: int) -> None:
    """Let what would take more fail in this process, rather than have the system choose which process to end."""
    import resource

    _, hard = resource.getrlimit(resource.RLIMIT_DATA)
    wanted = megabytes * 1_000_000
    bound = wanted if hard == resource.RLIM_INFINITY else min(wanted, hard)
    resource.setrlimit(resource.RLIMIT_DATA, (bound, hard))


def _end_with(supervisor: int) -> None:
    while os.getppid() == supervisor:
        sleep(_ORPHAN)
    os._exit(1)


def _forget_open_files() -> None:
    """Let go of an archive that the supervisor had open: it shares its place in the file with us."""
    from seimeibun.sources import archive

    archive._opened.cache_clear()
