"""Work that another processor does meanwhile, where there is one."""

import os
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from multiprocessing import get_context
from multiprocessing.connection import Connection
from typing import TypeVar

Result = TypeVar("Result")


@contextmanager
def beside(work: Callable[[], Result]) -> Iterator[Callable[[], Result]]:
    """Begin ``work``, and yield what waits for its result.

    A process forked from this one does it, so ``work`` may hold anything, and what it returns can be pickled.
    Where none can be forked, or where the work fails in it, it is done here when the result is asked for.
    """
    if not _can_fork():
        yield work
        return
    context = get_context("fork")
    receiving, sending = context.Pipe(duplex=False)
    process = context.Process(target=_do, args=(work, receiving, sending))
    process.start()
    sending.close()

    def result() -> Result:
        try:
            done: Result = receiving.recv()
        except EOFError:
            return work()
        return done

    try:
        yield result
    finally:
        receiving.close()
        process.join()


def _can_fork() -> bool:
    """Tell whether a second processor is free to use, and no thread of ours would be missing in a fork."""
    linux = sys.platform == "linux"
    return linux and len(os.sched_getaffinity(0)) > 1 and threading.active_count() == 1


def _do(work: Callable[[], object], receiving: Connection, sending: Connection) -> None:
    receiving.close()  # theirs: we would wait for ourselves to read
    try:
        sending.send(work())
    except BaseException:  # it is done again where the failure can be told
        os._exit(1)
