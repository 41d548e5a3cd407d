"""The batch on a local cluster of Dask."""

import json
import os
import signal
import subprocess
import sys
import time
from contextlib import ExitStack
from pathlib import Path

import pytest

from seimeibun.batch.engine import EngineError
from seimeibun.tables.read import read_dataset
from seimeibun.verify import verify_dataset

pytest.importorskip("distributed", reason="needs the extra `dask`")
pytestmark = pytest.mark.filterwarnings("default")  # those of distributed are not ours to mend


@pytest.fixture
def many(files):
    (files / "many").mkdir()
    for number in range(8):
        text = f"第{number:02}回の声明\n\n双方は、2025年に会談した。\n"
        (files / f"many/{number:02}.txt").write_text(text, encoding="utf-8")
    (files / "many/void.txt").touch()
    return files


def test_two_workers_one_of_them_killed_give_the_same_rows(
    run, run_with, annotate_by_hand, many, dataset
):
    from seimeibun.batch.cluster import Cluster

    folder = str(many)

    def annotate(statements):
        for statement in statements:
            Path(folder, f"worker-{os.getpid()}").touch()
            died = Path(folder, "died")
            if "第03回" in statement.text and not died.exists():
                died.touch()
                os.kill(os.getpid(), signal.SIGKILL)
            if "第05回" in statement.text:
                os.kill(os.getpid(), signal.SIGKILL)
            if "第06回" in statement.text:
                time.sleep(60)
            yield from annotate_by_hand([statement])

    tally = run_with(["many"], annotate, engine=Cluster(count=2, timeout=5))

    errors = read_dataset(many / "out")["errors"][["source_path", "code"]].to_numpy().tolist()
    assert errors == [
        ["many/05.txt", "crashed"],
        ["many/06.txt", "timeout"],
        ["many/void.txt", "empty"],
    ]
    assert tally.annotated == 6
    assert len(list(many.glob("worker-*"))) >= 2
    assert verify_dataset(many / "out").violations == []
    run(*(f"many/{number:02}.txt" for number in (0, 1, 2, 3, 4, 7)), out="here")
    here, there = dataset(many / "here"), dataset(many / "out")
    assert there | {"errors.csv": b""} == here | {"errors.csv": b""}


ONCE = """
import os
from pathlib import Path

Path(f"imported-by-{os.getpid()}").touch()
"""
BATCH = """
import os
from pathlib import Path

from seimeibun.batch import fork_server
from seimeibun.batch.cluster import Cluster
from seimeibun.batch.outcome import Item, Settings

def load():
    import once

    Path(f"worker-{os.getpid()}").touch()
    return None  # an annotator that fails: nobody waits for rows

if __name__ == "__main__":
    fork_server.start(["once"])
    items = [Item(f"{n}.txt", f"{n}.txt", str(n)) for n in range(8)]
    failures = Cluster(count=2).run(items, load, Settings())
    print(len(list(failures)))
"""


@pytest.mark.skipif(sys.platform != "linux", reason="processes are forked on Linux only")
def test_workers_of_a_local_cluster_share_what_the_fork_server_imported(folder):
    (folder / "once.py").write_text(ONCE, encoding="utf-8")
    (folder / "batch.py").write_text(BATCH, encoding="utf-8")
    path = os.pathsep.join([str(folder), *sys.path])

    done = subprocess.run(
        [sys.executable, "batch.py"],
        cwd=folder,
        env=os.environ | {"PYTHONPATH": path},
        capture_output=True,
        text=True,
        check=True,
    )

    assert done.stdout.split() == ["8"]
    imported = {path.name.split("-")[-1] for path in folder.glob("imported-by-*")}
    workers = {path.name.split("-")[-1] for path in folder.glob("worker-*")}
    assert len(imported) == 1
    assert len(workers) == 2
    assert not imported & workers


def test_a_cluster_that_is_not_there_is_named(run):
    from seimeibun.batch.cluster import Cluster, ClusterError

    with pytest.raises(ClusterError, match="no Dask scheduler answers at tcp:"):
        run("in", engine=Cluster("tcp://127.0.0.1:9"))


@pytest.fixture
def start_cluster(tmp_path, monkeypatch):
    """Return a function that starts a scheduler and workers as the README does, and returns address and scheduler."""
    monkeypatch.setenv("DASK_DISTRIBUTED__SCHEDULER__ALLOWED_FAILURES", "0")
    with ExitStack() as stack:

        def run_dask(*command):
            process = subprocess.Popen(
                [sys.executable, "-m", "dask", *command], cwd=tmp_path, stderr=subprocess.DEVNULL
            )
            stack.callback(process.wait)
            stack.callback(process.terminate)
            return process

        def start(*, workers, threads=1):
            file = tmp_path / "scheduler.json"
            scheduler = run_dask(
                "scheduler", "--scheduler-file", str(file), "--port", "0", "--no-dashboard"
            )
            while not (file.exists() and file.read_text(encoding="utf-8").endswith("}")):
                assert scheduler.poll() is None
                time.sleep(0.05)
            address = json.loads(file.read_text(encoding="utf-8"))["address"]
            options = ["--nworkers", str(workers), "--nthreads", str(threads), "--no-dashboard"]
            run_dask("worker", address, *options)
            return address, scheduler

        yield start


def test_a_cluster_that_runs_elsewhere_gives_the_same_rows(run, many, dataset, start_cluster):
    from seimeibun.batch.cluster import Cluster

    address, _ = start_cluster(workers=2)
    run("many", engine=Cluster(address), out="there")

    run("many", out="here")
    assert dataset(many / "there") == dataset(many / "here")


def test_no_document_is_blamed_for_another_in_its_worker(
    run_with, annotate_by_hand, many, start_cluster
):
    from seimeibun.batch.cluster import Cluster

    def annotate(statements):
        for statement in statements:
            time.sleep(0.1)  # while the other thread of the worker waits its turn
            if "第02回" in statement.text:
                os.kill(os.getpid(), signal.SIGKILL)
            yield from annotate_by_hand([statement])

    address, _ = start_cluster(workers=1, threads=2)
    run_with(["many"], annotate, engine=Cluster(address))

    errors = read_dataset(many / "out")["errors"][["source_path", "code"]].to_numpy().tolist()
    assert errors == [["many/02.txt", "crashed"], ["many/void.txt", "empty"]]


def test_a_scheduler_that_dies_ends_the_batch_and_what_was_done_is_kept(
    run, run_with, annotate_by_hand, many, dataset, start_cluster
):
    from seimeibun.batch.cluster import Cluster

    address, scheduler = start_cluster(workers=2)
    number = scheduler.pid

    def annotate(statements):
        for statement in statements:
            if "第04回" in statement.text:
                os.kill(number, signal.SIGKILL)
                time.sleep(60)
            yield from annotate_by_hand([statement])

    with pytest.raises((OSError, EngineError)):
        run_with(["many"], annotate, engine=Cluster(address))
    assert run("many").kept > 0

    run("many", out="here")
    assert dataset(many / "out") == dataset(many / "here")
