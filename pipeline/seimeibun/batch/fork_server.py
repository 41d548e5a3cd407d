"""A process that imports code and loads the model once, and forks workers that have them from the start.

It is that of ``multiprocessing``, since Dask can use it; what it can be told is names of modules to import.
"""

import sys
from collections.abc import Iterable
from multiprocessing import forkserver, get_context

METHOD = "forkserver" if sys.platform == "linux" else "spawn"  # of starting the workers


def start(modules: Iterable[str]) -> None:
    """Start the server, where there can be one, and do not wait until it has imported ``modules``."""
    if METHOD == "forkserver":
        get_context(METHOD).set_forkserver_preload(list(modules))
        forkserver.ensure_running()
