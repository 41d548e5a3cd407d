"""The code as its tools see it."""

import doctest
import importlib
import pkgutil
import subprocess
import sys
from pathlib import Path

import pytest

import seimeibun

ROOT = Path(__file__).parents[1]
MODULES = [m.name for m in pkgutil.walk_packages(seimeibun.__path__, "seimeibun.")]


@pytest.mark.parametrize("name", [name for name in MODULES if not name.endswith("__main__")])
def test_examples_in_docstrings_are_true(name):
    assert doctest.testmod(importlib.import_module(name)).failed == 0


@pytest.mark.parametrize(
    "command",
    [
        ["ruff", "check", "pipeline", "models", "tests"],
        ["ruff", "format", "--check", "pipeline", "models", "tests"],
        ["mypy"],
    ],
    ids=["lint", "format", "types"],
)
def test_tools_have_nothing_to_say(command):
    run = subprocess.run(
        [sys.executable, "-m", *command], cwd=ROOT, capture_output=True, text=True, check=False
    )

    assert run.returncode == 0, run.stdout + run.stderr
