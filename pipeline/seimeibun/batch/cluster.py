"""The batch on Dask distributed: the same documents, the same rows, on as many machines as the cluster has.

Workers read the files under the paths that they have here, so a cluster of several machines needs a file
system that all of them see. Packed rows come back; the dataset is written here.
"""

import os
import threading
from collections.abc import Generator, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from itertools import chain
from time import monotonic
from typing import Any

import dask
from distributed import Client, Future, KilledWorker, LocalCluster, get_worker, wait
from distributed.diagnostics.plugin import WorkerPlugin

from seimeibun.batch.document import Annotate, annotate_file
from seimeibun.batch.engine import EngineError, Load
from seimeibun.batch.identity import pipeline_hash
from seimeibun.batch.outcome import Done, Failure, Item, Outcome, Settings

PLUGIN = "seimeibun"
STARTED = "seimeibun-started"
_RETRIES = 1  # of a document whose worker died
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
            client.register_plugin(_Model(load), name=PLUGIN)
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
            "distributed.scheduler.allowed-failures": _RETRIES,
            "distributed.worker.profile.enabled": False,  # looking at deep stacks costs a third
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
    """The documents that the cluster has: as many as it has threads, so that it is known who died of which."""

    def __init__(self, client: Client, settings: Settings, timeout: float | None) -> None:
        self._client, self._settings, self._timeout = client, settings, timeout
        self._running: dict[Future, Item] = {}
        self._began: dict[str, float] = {}  # by task, as the workers tell
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
            for future in done:
                yield _outcome(future, self._forget(future))
                future.release()
            yield from self._end_what_takes_too_long()

    def _hand_out(self, items: Iterator[Item]) -> None:
        threads = max(1, sum(self._client.nthreads().values()))
        while len(self._running) < threads and (item := next(items, None)):
            there = replace(item, path=os.path.abspath(item.path))  # noqa: PTH100 (a "!" may follow)
            future = self._client.submit(_annotate, there, self._settings, pure=False)
            self._running[future] = item

    def _end_what_takes_too_long(self) -> Iterator[Outcome]:
        if self._timeout is None:
            return
        for future, item in list(self._running.items()):
            began = self._began.get(future.key)
            if began and monotonic() - began >= self._timeout and not future.done():
                self._forget(future)
                self._end(future)
                message = f"not done after {self._timeout:g} seconds, the limit of --timeout"
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

    def __init__(self, load: Load) -> None:
        self._load = load
        self._lock: Any = None
        self._annotate: Annotate | None = None

    def setup(self, worker: Any) -> None:  # noqa: ARG002 (Dask's signature)
        self._lock = threading.Lock()

    @contextmanager
    def annotator(self) -> Iterator[Annotate]:
        """Give the annotator to one thread at a time."""
        with self._lock:
            self._annotate = self._annotate or self._load()
            yield self._annotate


def _annotate(item: Item, settings: Settings) -> Outcome:
    """Return what becomes of a file, in a worker."""
    worker = get_worker()
    with worker.plugins[PLUGIN].annotator() as annotate:
        worker.log_event(STARTED, worker.get_current_task())
        return annotate_file(item, annotate, settings)


def _outcome(future: Future, item: Item) -> Outcome:
    if future.status == "finished":
        outcome: Outcome = future.result()
        return replace(outcome, item=item) if isinstance(outcome, Done) else outcome
    error = future.exception() if future.status == "error" else None
    if isinstance(error, KilledWorker):
        message = f"the worker died on this document {_RETRIES + 1} times; perhaps out of memory"
        return Failure(item.source_path, "crashed", "annotate", message)
    message = f"the cluster lost the task ({error or future.status})"
    return Failure(item.source_path, "cluster", "annotate", message)


def _compare(client: Client, settings: Settings) -> None:
    """Refuse workers that would give other rows."""
    here = pipeline_hash(settings)
    client.wait_for_workers(1)
    for address, there in client.run(pipeline_hash, settings, on_error="return").items():
        if there != here:
            what = there if isinstance(there, Exception) else "other versions, rules or model"
            message = f"the worker at {address} does not have what is installed here: {what}"
            raise ClusterError(message)
