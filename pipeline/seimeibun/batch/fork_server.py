"""A process that imports code and loads the model once, and forks workers that have them from the start.

It is that of ``multiprocessing``, since Dask can use it; what it can be told is names of modules to import.
"""

import signal
import sys
from collections.abc import Iterable
from multiprocessing import forkserver, get_context

METHOD = "forkserver" if sys.platform == "linux" else "spawn"  # of starting the workers


def start(modules: Iterable[str]) -> None:
    """Start the server, where there can be one, and do not wait until it has imported ``modules``.

    Ctrl-C is for this process, whose end is that of the server; only the main thread may call this.
    """
    if METHOD != "forkserver":
        return
    get_context(METHOD).set_forkserver_preload(list(modules))
    heard = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        forkserver.ensure_running()
    finally:
        signal.signal(signal.SIGINT, heard)
