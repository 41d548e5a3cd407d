"""Batches without a model: a few files, an annotator that counts signs and years, a dataset as bytes."""

import json
import os
import tempfile
from contextlib import suppress
from pathlib import Path

import pytest

TEXTS = {
    "one": "一つ目の声明\n\n双方は、2025年に会談した。\n",
    "two": "二つ目の声明\n\n－ 双方は、2026年に会談した。\n",
}


class Ear:
    """Hears what a batch tells."""

    def __init__(self):
        self.heard = []

    def begins(self):
        self.heard.append(("begins",))

    def done(self, item, *, chars):
        self.heard.append(("done", item.source_path, chars))

    def kept(self, item):
        self.heard.append(("kept", item.source_path))

    def failed(self, failure):
        self.heard.append(("failed", failure.source_path, failure.code))


@pytest.fixture
def ear():
    return Ear()


@pytest.fixture
def folder():
    """A folder in memory where there is such a thing: waiting for a disk that others use is most of the time."""
    memory = Path("/dev/shm")
    where = memory if os.access(memory, os.W_OK) else None
    with tempfile.TemporaryDirectory(prefix="seimeibun-", dir=where) as name:
        yield Path(name)


@pytest.fixture
def files(folder, monkeypatch):
    """Two statements in the folder ``in`` of a folder that is the current one."""
    monkeypatch.chdir(folder)
    (folder / "in").mkdir()
    for name, text in TEXTS.items():
        (folder / f"in/{name}.txt").write_text(text, encoding="utf-8")
    return folder


@pytest.fixture
def run_with():
    """Return the function that runs a batch with an annotator."""
    return run_batch


@pytest.fixture
def run(annotate_by_hand, files):  # noqa: ARG001 (where the files are)
    """Return a function that runs a batch of ``sources`` into a folder, and returns its tally."""
    return lambda *sources, **options: run_batch(sources, annotate_by_hand, **options)


def run_batch(sources, annotate, out="out", *, watcher=None, engine=None, settings=None, **todo):
    from seimeibun.batch.journal import Journal
    from seimeibun.batch.merge import write_tables
    from seimeibun.batch.outcome import Settings
    from seimeibun.batch.plan import plan_batch
    from seimeibun.batch.run import Todo, annotate_plan

    settings = settings or Settings()
    out = Path(out)
    out.mkdir(parents=True, exist_ok=True)
    with Journal(out) as journal:
        plan = plan_batch(sources, without=out, journal=journal, prune=todo.get("prune", False))
        tally = annotate_plan(
            plan,
            journal,
            lambda: annotate,
            watcher=watcher or Ear(),
            engine=engine,
            settings=settings,
            todo=Todo(**todo),
        )
        write_tables(journal, out, excel_guard=settings.excel_guard, run_json=json.dumps)
    return tally


def content(folder):
    """Return the bytes of the files of a dataset, those that change from run to run left out."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.name not in {"run.json", ".journal.sqlite3"}
    }


@pytest.fixture
def dataset():
    return content


@pytest.fixture
def kill_after():
    """Return a function that runs another in a process group of its own and kills that after some seconds.

    It returns whether there was anything left to kill.
    """
    import signal
    import time

    def kill(seconds, work):
        process = os.fork()
        if process == 0:
            os.setpgid(0, 0)
            try:
                work()
            finally:
                os._exit(0)
        with suppress(ProcessLookupError):  # here too: the other may not have come to it yet
            os.setpgid(process, process)
        time.sleep(seconds)
        left = os.waitpid(process, os.WNOHANG) == (0, 0)
        if left:
            os.killpg(process, signal.SIGKILL)
            os.waitpid(process, 0)
        return left

    return kill
