"""The batch on Dask distributed: the same documents, the same rows, on as many machines as the cluster has.

Workers read the files under the paths that they have here, so a cluster of several machines needs a file
system that all of them see. Packed rows come back; the dataset is written here.
"""

import os
import threading
from collections import deque
from collections.abc import Generator, Iterable, Iterator
from concurrent.futures import CancelledError
from contextlib import contextmanager
from dataclasses import replace
from itertools import chain
from time import monotonic
from typing import Any

import dask
from distributed import Client, Future, KilledWorker, LocalCluster, get_worker, wait
from distributed.diagnostics.plugin import WorkerPlugin

from seimeibun.batch import fork_server
from seimeibun.batch.document import Annotate, annotate_file
from seimeibun.batch.engine import EngineError, Load, patience
from seimeibun.batch.identity import pipeline_hash
from seimeibun.batch.outcome import Done, Failure, Item, Outcome, Settings

PLUGIN = "seimeibun"
STARTED = "seimeibun-started"
_LOOK = 1.0  # seconds between two looks at what takes too long, and at how many workers there are


class ClusterError(EngineError):
    """A cluster that cannot do the work: not there, or of other versions."""


class Cluster:
    """An engine of Dask workers, at the ``address`` of a scheduler, or ``count`` of them on this machine.

    ``timeout`` is in seconds for one document, None for no limit.
    """

    def __init__(self, address: str = "", *, count: int = 1, timeout: float | None = None) -> None:
        self._address, self._count, self._timeout = address, count, timeout

    def run(
        self, items: Iterable[Item], load: Load, settings: Settings
    ) -> Generator[Outcome, None, None]:
        waiting = iter(items)
        first = next(waiting, None)
        if first is None:
            return
        with self._client() as client, client.as_current():
            _compare(client, settings)
            client.register_plugin(_Model(load, settings), name=PLUGIN)
            yield from _Tasks(client, settings, self._timeout).work_off(chain([first], waiting))

    @contextmanager
    def _client(self) -> Iterator[Client]:
        if self._address:
            try:
                client = Client(self._address, timeout=10, set_as_default=False)
            except (OSError, ValueError) as error:
                message = f"no Dask scheduler answers at {self._address} ({error})"
                raise ClusterError(message) from None
            with client:
                yield client
            return
        settings = {
            "distributed.scheduler.allowed-failures": 0,  # we try again ourselves
            "distributed.worker.profile.enabled": False,  # looking at deep stacks costs a third
            "distributed.worker.multiprocessing-method": fork_server.METHOD,
            # how healthy the event loops are, 50 times a second, costs a twentieth of a processor
            "distributed.admin.tick.interval": "1s",
        }
        with (
            dask.config.set(settings),
            LocalCluster(
                n_workers=self._count,
                threads_per_worker=1,
                dashboard_address=None,
                memory_limit=0,  # pausing a worker would help nothing: a document needs what it needs
                silence_logs=50,
            ) as cluster,
            Client(cluster, set_as_default=False) as client,
        ):
            yield client


class _Tasks:
    """The documents that the cluster has: as many as it has threads, so that none waits in a worker that may die.

    Where a worker is lost all its tasks are, though one of them alone may have killed it. So each of them is
    tried once more when no other document is at work; one that loses its worker again is a failure.
    """

    def __init__(self, client: Client, settings: Settings, timeout: float | None) -> None:
        self._client, self._settings, self._timeout = client, settings, timeout
        self._running: dict[Future, Item] = {}
        self._began: dict[str, float] = {}  # by task, as the workers tell
        self._suspects: deque[Item] = deque()
        self._tried: Item | None = None  # the suspect that is at work, alone
        client.subscribe_topic(STARTED, self._hear)

    def work_off(self, items: Iterator[Item]) -> Iterator[Outcome]:
        while True:
            self._hand_out(items)
            if not self._running:
                return
            try:
                done = wait(list(self._running), timeout=_LOOK, return_when="FIRST_COMPLETED").done
            except TimeoutError:
                done = set()
            except CancelledError:  # all are, with the scheduler
                done = set(self._running)
            for future in done:
                yield from self._outcomes(future)
                future.release()
            yield from self._end_what_takes_too_long()

    def _hand_out(self, items: Iterator[Item]) -> None:
        threads = max(1, sum(self._client.nthreads().values()))
        while len(self._running) < threads and self._tried is None:
            item = next(items, None)
            if item is None:
                if self._suspects and not self._running:
                    self._tried = self._suspects.popleft()
                    self._submit(self._tried)
                return
            self._submit(item)

    def _submit(self, item: Item) -> None:
        there = replace(item, path=os.path.abspath(item.path))  # noqa: PTH100 (a "!" may follow)
        future = self._client.submit(_annotate, there, self._settings, pure=False)
        self._running[future] = item

    def _outcomes(self, future: Future) -> Iterator[Outcome]:
        """Yield what became of a document, unless it is to be tried once more."""
        item = self._forget(future)
        alone, self._tried = item is self._tried, None
        if future.status == "finished":
            outcome: Outcome = future.result()
            yield replace(outcome, item=item) if isinstance(outcome, Done) else outcome
            return
        if future.status != "error":
            message = (
                f"the cluster has lost its documents ({future.status}); is its scheduler there?"
            )
            raise ClusterError(message)
        error = future.exception()
        if isinstance(error, ClusterError):
            raise error
        if not isinstance(error, KilledWorker):
            message = f"the cluster lost the task ({error})"
            yield Failure(item.source_path, "cluster", "annotate", message)
        elif alone:
            message = "the worker died on this document 2 times; perhaps out of memory"
            yield Failure(item.source_path, "crashed", "annotate", message)
        else:
            self._suspects.append(item)

    def _end_what_takes_too_long(self) -> Iterator[Outcome]:
        if self._timeout is None:
            return
        for future, item in list(self._running.items()):
            began = self._began.get(future.key)
            limit = patience(item, self._timeout)
            if began and monotonic() - began >= limit and not future.done():
                self._forget(future)
                self._tried = None
                self._end(future)
                message = f"not done after {limit:g} seconds, the limit of --timeout"
                yield Failure(item.source_path, "timeout", "annotate", message)

    def _end(self, future: Future) -> None:
        """End the worker that has the task, since a thread cannot be ended; its nanny starts another."""
        processing = self._client.processing()
        there = [address for address, keys in processing.items() if future.key in keys]
        future.cancel(force=True)
        if there:
            self._client.run(os._exit, 1, workers=there, on_error="ignore")

    def _forget(self, future: Future) -> Item:
        self._began.pop(future.key, None)
        return self._running.pop(future)

    def _hear(self, event: tuple[float, str]) -> None:
        self._began[event[1]] = monotonic()


class _Model(WorkerPlugin):  # type: ignore[misc]
    """The model of a worker: told to every worker, also to those that come later; loaded with the first task."""

    def __init__(self, load: Load, settings: Settings) -> None:
        self._load, self._settings = load, settings
        self._wanted = pipeline_hash(settings)
        self._lock: Any = None
        self._annotate: Annotate | None = None
        self._difference = ""

    def setup(self, worker: Any) -> None:
        self._lock = threading.Lock()
        if pipeline_hash(self._settings) != self._wanted:
            self._difference = _difference(worker.address)

    @contextmanager
    def annotator(self) -> Iterator[Annotate]:
        """Give the annotator to one thread at a time."""
        if self._difference:
            raise ClusterError(self._difference)
        with self._lock:
            self._annotate = self._annotate or self._load()
            yield self._annotate


def _annotate(item: Item, settings: Settings) -> Outcome:
    """Return what becomes of a file, in a worker."""
    worker = get_worker()
    with worker.plugins[PLUGIN].annotator() as annotate:
        worker.log_event(STARTED, worker.get_current_task())
        return annotate_file(item, annotate, settings)


def _compare(client: Client, settings: Settings) -> None:
    """Refuse workers that would give other rows."""
    here = pipeline_hash(settings)
    client.wait_for_workers(1)
    for address, there in client.run(pipeline_hash, settings, on_error="return").items():
        if there != here:
            raise ClusterError(
                _difference(address, there if isinstance(there, Exception) else None)
            )


def _difference(address: str, error: Exception | None = None) -> str:
    what = error or "other code, versions, rules or model"
    return f"the worker at {address} does not have what is installed here: {what}"
