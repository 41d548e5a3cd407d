"""The batch on a local cluster of Dask."""

import os
import signal
import time
from pathlib import Path

import pytest

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

    tally = run_with(["many"], annotate, engine=Cluster(count=2, timeout=2))

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


def test_a_cluster_that_is_not_there_is_named(run):
    from seimeibun.batch.cluster import Cluster, ClusterError

    with pytest.raises(ClusterError, match="no Dask scheduler answers at tcp:"):
        run("in", engine=Cluster("tcp://127.0.0.1:9"))
