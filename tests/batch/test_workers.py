"""Workers that are many, that die, that take too long."""

import os
import signal
import subprocess
import sys
import time
from functools import partial
from pathlib import Path

import pytest

from seimeibun.batch.workers import WorkerError, Workers
from seimeibun.tables.read import read_dataset
from seimeibun.verify import verify_dataset

DATA = (
    5  # the place in ``statm`` of what a bound on data counts: mapped files and code are not in it
)

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="stand-ins are handed on by fork")


@pytest.fixture
def many(files):
    """Twenty statements in the folder ``many``."""
    (files / "many").mkdir()
    for number in range(20):
        text = f"第{number:02}回の声明\n\n" + "双方は、2025年に会談した。\n" * (number % 7)
        (files / f"many/{number:02}.txt").write_text(text, encoding="utf-8")
    return files


@pytest.fixture
def run_but(annotate_by_hand, run_with):
    """Return a function that runs a batch in which ``do`` happens at the documents that have a phrase."""

    def start(phrase, do, *sources, **options):
        def annotate(statements):
            for statement in statements:
                if phrase in statement.text:
                    do()
                yield from annotate_by_hand([statement])

        return run_with(sources, annotate, **options)

    return start


def _die():
    os.kill(os.getpid(), signal.SIGKILL)


def _crash():
    os._exit(3)


def _failures(folder):
    return read_dataset(folder)["errors"][["source_path", "code", "message"]].to_numpy().tolist()


@pytest.mark.parametrize("count", [1, 2, 5])
def test_the_number_of_workers_makes_no_difference(run, many, dataset, count):
    run("many", out="one by one")
    run("many", engine=Workers(count), largest_first=True)

    assert dataset(many / "out") == dataset(many / "one by one")


def test_a_worker_that_dies_costs_one_retry_of_its_document(run, run_but, many, dataset):
    def die_once():
        if not Path("died").exists():
            Path("died").touch()
            _die()

    tally = run_but("第07回", die_once, "many", engine=Workers(2))

    run("many", out="undisturbed")
    assert (tally.annotated, tally.failed) == (20, 0)
    assert dataset(many / "out") == dataset(many / "undisturbed")


@pytest.mark.parametrize(
    ("do", "how"),
    [(_die, "SIGKILL; perhaps out of memory"), (_crash, "exit code 3")],
    ids=["killed", "crashed"],
)
def test_a_document_that_kills_its_worker_twice_is_an_error(run_but, many, do, how):
    tally = run_but("第07回", do, "many", engine=Workers(2))

    assert (tally.annotated, tally.failed) == (19, 1)
    message = f"the worker died on this document 2 times ({how})"
    assert _failures(many / "out") == [["many/07.txt", "crashed", message]]
    assert verify_dataset(many / "out").violations == []


def test_a_document_that_takes_too_long_is_an_error(run_but, many):
    began = time.monotonic()
    run_but("第07回", lambda: time.sleep(60), "many", engine=Workers(2, timeout=0.5))

    assert time.monotonic() - began < 30
    message = "not done after 0.5 seconds, the limit of --timeout"
    assert _failures(many / "out") == [["many/07.txt", "timeout", message]]
    assert len(read_dataset(many / "out")["documents"]) == 19


def test_a_document_that_needs_too_much_memory_is_an_error(run_but, many):
    from seimeibun.batch.outcome import Settings

    # a worker is forked from this process, with all that the tests before have loaded
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[DATA])
    limit = pages * os.sysconf("SC_PAGE_SIZE") // 1_000_000 + 1_000
    settings = Settings(max_memory=limit)
    run_but(
        "第07回", lambda: bytearray(2_000_000_000), "many", engine=Workers(2), settings=settings
    )

    message = f"more memory is needed than a worker may have; the limit is {limit:,} megabytes (--max-memory)"  # fmt: skip
    assert _failures(many / "out") == [["many/07.txt", "limit", message]]
    assert len(read_dataset(many / "out")["documents"]) == 19


def test_a_worker_that_retires_is_replaced(run, many, dataset, monkeypatch):
    import seimeibun.batch.workers as module

    run("many", out="undisturbed")
    monkeypatch.setattr(module, "_RETIRE", 10)
    run("many", engine=Workers(2))

    assert dataset(many / "out") == dataset(many / "undisturbed")


def test_workers_that_cannot_start_end_the_batch(monkeypatch):
    import seimeibun.batch.workers as module
    from seimeibun.batch.outcome import Item, Settings

    monkeypatch.setattr(module, "_FORK", False)
    cannot_load = partial(os._exit, 7)

    with pytest.raises(WorkerError, match=r"workers end as soon as they start \(exit code 7\)"):
        list(Workers(1).run([Item("in/one.txt", "in/one.txt")], cannot_load, Settings()))


def test_no_worker_outlives_a_supervisor_that_is_killed(run_but, many):
    def wait():
        Path(f"worker-{os.getpid()}").touch()
        time.sleep(60)

    process = os.fork()
    if process == 0:
        try:
            run_but("声明", wait, "many", engine=Workers(2))
        finally:
            os._exit(0)
    while len(found := list(many.glob("worker-*"))) < 2:
        time.sleep(0.02)
    os.kill(process, signal.SIGKILL)
    os.waitpid(process, 0)
    workers = [int(path.name.removeprefix("worker-")) for path in found]
    for _ in range(200):
        if not any(Path(f"/proc/{pid}").exists() for pid in workers):
            break
        time.sleep(0.05)
    else:
        left = subprocess.run(["ps", "-p", ",".join(map(str, workers))], check=False)
        pytest.fail(f"still there: {left}")


def test_there_is_at_least_one_worker():
    with pytest.raises(ValueError, match="0 workers; there must be at least 1"):
        Workers(0)
