"""A batch that is killed at any instant: the next run comes to the same bytes.

``SEIMEIBUN_KILLS`` is the number of instants that are tried; a few are enough for every day.
"""

import os
import random
import shutil
import sys
import time

import pytest

from seimeibun.batch.workers import Workers
from seimeibun.verify import verify_dataset

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="needs fork and process groups")
KILLS = int(os.environ.get("SEIMEIBUN_KILLS", "20"))
SEED = 20251220


@pytest.fixture
def old_and_new(files, run):
    """A folder ``new`` of statements, and a dataset ``old`` of some of them before they were changed."""
    (files / "new").mkdir()
    for number in range(12):
        text = f"第{number}回の声明\n\n双方は、{1990 + number}年に会談した。\n"
        (files / f"new/{number:02}.txt").write_text(text, encoding="utf-8")
    (files / "new/void.txt").touch()
    (files / "new/one.txt").write_text("名前は同じ、別の声明\n", encoding="utf-8")
    run("new/00.txt", "new/03.txt", "new/04.txt", "in", out="old")
    for number in (3, 4):
        (files / f"new/{number:02}.txt").write_text(f"変わった声明、{number}年\n", encoding="utf-8")
    return files


def _batch(run, out):
    run("new", out=out, engine=Workers(2), prune=True)


def test_killed_and_run_again_it_comes_to_the_same_bytes(run, old_and_new, dataset, kill_after):
    folder = old_and_new
    shutil.copytree(folder / "old", folder / "undisturbed")
    began = time.monotonic()
    _batch(run, "undisturbed")
    takes = time.monotonic() - began
    expected = dataset(folder / "undisturbed")
    instants = random.Random(SEED)

    killed = 0
    for number in range(KILLS):
        shutil.rmtree(folder / "out", ignore_errors=True)
        shutil.copytree(folder / "old", folder / "out")
        instant = instants.uniform(0, takes)
        killed += kill_after(instant, lambda: _batch(run, "out"))
        _batch(run, "out")

        assert dataset(folder / "out") == expected, f"kill {number} after {instant:.4f} s"

    assert killed > KILLS / 3
    assert verify_dataset(folder / "out").violations == []
