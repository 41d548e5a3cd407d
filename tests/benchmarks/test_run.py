"""The benchmark runs; what it measures is no test."""

import subprocess
import sys
from pathlib import Path

import pytest

RUN = Path(__file__).with_name("run.py")


@pytest.mark.model
def test_the_benchmark_prints_its_tables():
    options = ["--chars", "300", "--unit", "100", "--repeat", "1", "--kernels", "unset"]
    options += ["--no-workers"]

    run = subprocess.run(
        [sys.executable, RUN, *options, "--growth", "1,2"],
        capture_output=True,
        text=True,
        check=False,
    )

    assert run.returncode == 0, run.stderr
    for name in (
        "`ginza`, CoNLL-U",
        "`seimeibun annotate`",
        "seimeibun_tok2vec",
        "| 2× |",
        "`日本、` × 1,000",
    ):
        assert name in run.stdout
