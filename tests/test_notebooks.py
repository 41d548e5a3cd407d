"""The notebooks: kept without output, and run as a reader would."""

import json
import subprocess
import sys
import time
from pathlib import Path

import pytest

FOLDER = Path(__file__).parents[1] / "notebooks"
NOTEBOOKS = sorted(FOLDER.glob("*.ipynb"))
LIMIT = 240  # seconds; each takes well under a minute on a machine that has time for it


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.name)
def test_no_output_is_kept(path):
    notebook = json.loads(path.read_text(encoding="utf-8"))
    cells = [cell for cell in notebook["cells"] if cell["cell_type"] == "code"]

    assert [cell["outputs"] for cell in cells] == [[]] * len(cells)
    assert {cell["execution_count"] for cell in cells} == {None}
    assert "widgets" not in notebook["metadata"]


@pytest.mark.model
@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.name)
def test_it_runs(path, tmp_path):
    before = {each: each.stat().st_mtime_ns for each in FOLDER.rglob("*")}
    command = [sys.executable, "-m", "pytest", "--nbmake", f"--nbmake-timeout={LIMIT}", "-q"]
    options = ["-o", "filterwarnings=", "-p", "no:cacheprovider", f"--basetemp={tmp_path / 'base'}"]

    began = time.monotonic()
    run = subprocess.run(
        [*command, *options, str(path)], capture_output=True, text=True, check=False, cwd=FOLDER
    )

    assert run.returncode == 0, run.stdout[-4000:] + run.stderr[-2000:]
    assert time.monotonic() - began < LIMIT
    assert {each: each.stat().st_mtime_ns for each in FOLDER.rglob("*")} == before
