"""What the README says is run, and holds."""

import re
import shlex
import shutil
from pathlib import Path

import pytest

import seimeibun

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
PYTHON = re.findall(r"```python\n(.*?)```", README, flags=re.DOTALL)
COMMANDS = re.findall(r"^(?:\.venv/bin/)?seimeibun (\w+)", README, flags=re.MULTILINE)


def test_there_is_one_line_for_each_of_the_two_commands():
    for mark in ("<!-- first command -->", "<!-- test command -->"):
        block = README.split(mark)[1].split("```")[1].strip().split("\n")

        assert len(block) == 2, block  # the language of the block, and the line


def test_the_test_command_runs_the_whole_suite():
    line = README.split("<!-- test command -->")[1].split("```")[1].strip().split("\n")[1]

    *_, python, module, runner, side_by_side, number, dealing, by = shlex.split(line)
    assert (python, module, runner) == (".venv/bin/python", "-m", "pytest")
    assert (side_by_side, dealing, by) == ("-n", "--dist", "loadfile")  # and no selection
    assert int(number) >= 1


@pytest.mark.model
@pytest.mark.parametrize("number", range(len(PYTHON)))
def test_python_examples_run(number, monkeypatch, tmp_path, samples_dataset):
    shutil.copytree(samples_dataset, tmp_path / "annotated")
    page = "<html><body><main><p>双方は、協力を歓迎した。</p></main></body></html>"
    (tmp_path / "release.html").write_text(page, encoding="utf-8")
    monkeypatch.chdir(tmp_path)

    exec(compile(PYTHON[number], f"README.md, example {number}", "exec"), {})


@pytest.mark.model
def test_the_rows_under_the_statement_are_what_comes_out(samples_dataset):
    """The first table of the README is a part of what its first command writes."""
    example = README.split("## A statement in, rows out")[1].split("\n## ")[0]
    head, _, *rows = [line for line in example.splitlines() if line.startswith("|")]
    columns = [cell.strip() for cell in head.strip("|").split("|")]
    written = seimeibun.read_dataset(samples_dataset)["agreements"][columns].astype(str)
    found = {tuple(row) for row in written.itertuples(index=False)}

    assert len(rows) == 3
    for row in rows:
        assert tuple(cell.strip() for cell in row.strip("|").split("|")) in found


@pytest.mark.parametrize("command", sorted(set(COMMANDS)))
def test_commands_exist(command):
    from typer.main import get_command

    from seimeibun.cli import app

    assert command in get_command(app).commands
