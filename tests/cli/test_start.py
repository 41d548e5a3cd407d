"""What a command loads before it answers: nothing that it can do without."""

import subprocess
import sys

import pytest

ANNOTATE = """
import sys
from pathlib import Path
from seimeibun.cli import app

Path("a.txt").write_text("双方は、2025年に会談した。", encoding="utf-8")
app(["annotate", "a.txt", "-o", "out", "--quiet"], standalone_mode=False)
print(sorted({"pandas", "pandera", "matplotlib", "spacy.cli", "spacy"} & set(sys.modules)))
"""
SPACY = """
import sys
from seimeibun.cli.spacy_alone import import_spacy

import_spacy()
print("spacy.cli" in sys.modules, "spacy.language" in sys.modules)
import spacy
import spacy.cli

print(spacy.cli.info is not None, spacy.info(silent=True)["spacy_version"] == spacy.__version__)
"""


def output(script, folder):
    command = [sys.executable, "-c", script]
    result = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stderr
    return result.stdout.splitlines()


@pytest.mark.model
def test_annotating_needs_no_data_frames_and_no_commands_of_spacy(tmp_path):
    assert output(ANNOTATE, tmp_path) == ["['spacy']"]


def test_spacy_is_whole_but_for_its_commands_which_can_be_had_later(tmp_path):
    assert output(SPACY, tmp_path) == ["False True", "True True"]


def test_a_spacy_that_is_there_is_left_alone():
    import spacy

    from seimeibun.cli.spacy_alone import import_spacy

    before = {name for name in sys.modules if name.startswith("spacy")}
    import_spacy()

    assert {name for name in sys.modules if name.startswith("spacy")} == before
    assert sys.modules["spacy"] is spacy
