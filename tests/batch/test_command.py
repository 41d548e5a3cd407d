"""``seimeibun annotate`` as one runs batches with it; the model is a stand-in."""

import io
import json
import zipfile

import pytest
from typer.testing import CliRunner

from seimeibun.cli import app
from seimeibun.tables.read import read_dataset
from seimeibun.verify import verify_dataset


@pytest.fixture
def command(files, annotate_by_hand, monkeypatch):  # noqa: ARG001 (where the files are)
    import seimeibun.cli.annotate as module

    monkeypatch.setattr(module, "_pipeline", lambda **_: annotate_by_hand)

    def run(*args, **options):
        return CliRunner().invoke(app, ["annotate", *args], catch_exceptions=False, **options)

    return run


def _ids(folder):
    return read_dataset(folder)["documents"]["doc_id"].tolist()


def _record(folder):
    return json.loads((folder / "run.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("listed", ["in/one.txt\nin/two.txt\n", "in/one.txt\0in/two.txt\0", "in"])
def test_a_list_on_standard_input(command, files, listed):
    result = command("-", "-o", "out", "-q", input=listed)

    assert (result.exit_code, result.output) == (0, "")
    assert _ids(files / "out") == ["one", "two"]


def test_a_second_run_adds_and_says_so(command, files):
    command("in/one.txt", "-o", "out")
    result = command("in", "-o", "out")

    assert "[2/2] in/two.txt" in result.stderr
    assert "in/one.txt" not in result.stderr
    shown = " ".join(result.stderr.split())
    assert "annotated now │ 1" in shown
    assert "kept as they were │ 1" in shown
    record = _record(files / "out")
    assert {"annotated": 1, "kept": 1, "removed": 0, "failed": 0}.items() <= record["run"].items()
    assert record["counts"]["documents"] == 2


def test_prune_and_force(command, files):
    command("in", "-o", "out")
    result = command("in/one.txt", "-o", "out", "--prune", "--force")

    assert _ids(files / "out") == ["one"]
    assert (_record(files / "out")["run"]["annotated"], result.exit_code) == (1, 0)
    assert verify_dataset(files / "out").violations == []


def test_a_source_that_is_not_there_is_no_reason_to_prune(command, files):
    command("in", "-o", "out")
    result = command("in/one.txt", "elsewhere", "-o", "out", "--prune")

    assert result.exit_code == 2
    assert "--prune needs all sources; elsewhere: no such file or folder" in result.stderr
    assert _ids(files / "out") == ["one", "two"]


def test_lines_tell_speed_and_time_left(command):
    lines = command("in", "-o", "out").stderr.splitlines()

    assert any("characters/s, 0:00:00 left" in line for line in lines)


def test_a_log_for_machines(command, files):
    (files / "in/void.txt").touch()
    result = command("in", "nowhere.txt", "-o", "out", "--log-json")
    events = [json.loads(line) for line in result.stderr.splitlines() if line.startswith("{")]

    assert result.exit_code == 1
    assert [event["event"] for event in events] == ["failed", "done", "done", "failed", "dataset"]
    assert {event["source_path"] for event in events[:-1]} == {
        "in/one.txt",
        "in/two.txt",
        "in/void.txt",
        "nowhere.txt",
    }
    done = events[1]
    assert (done["count"], done["total"], done["doc_id"]) == (1, 3, "one")
    assert {"characters_per_second", "seconds_left", "characters", "warnings"} <= done.keys()
    assert (events[-1]["documents"], events[-1]["errors"]) == (2, 2)


def test_archives_are_read_in_place(command, files):
    with zipfile.ZipFile(files / "all.zip", "w") as archive:
        archive.write("in/one.txt", "deep/one.txt")
        archive.writestr("../evil.txt", "声明")
    result = command("all.zip", "-o", "out")

    assert result.exit_code == 1
    assert read_dataset(files / "out")["errors"]["code"].tolist() == ["unsafe"]
    assert _ids(files / "out") == ["one"]


def test_parquet_beside_the_csv(command, files):
    pytest.importorskip("pyarrow", reason="needs the extra `parquet`")
    import pandas as pd

    command("in", "-o", "out", "--parquet", "--no-excel-guard")

    dates = pd.read_parquet(files / "out/parquet/dates")
    assert dates["edtf"].tolist() == read_dataset(files / "out")["dates"]["edtf"].tolist()


@pytest.mark.parametrize(
    ("args", "words"),
    [
        (["in", "--workers", "0"], "Invalid value for '--workers'"),
        (["in", "--timeout", "-1"], "Invalid value for '--timeout'"),
        (["in", "--engine", "spark"], "Invalid value for '--engine'"),
        (["in", "--cluster", "tcp://localhost:1"], "--cluster goes with --engine dask"),
    ],
)
def test_wrong_usage(command, files, args, words):
    result = command(*args, "-o", "out")

    assert result.exit_code == 2
    assert words in result.stderr
    assert not (files / "out").exists()


@pytest.mark.parametrize(
    ("option", "extra"), [(["--engine", "dask"], "dask"), (["--parquet"], "parquet")]
)
def test_an_extra_that_is_missing_is_named(command, monkeypatch, option, extra):
    import seimeibun.cli.annotate as module

    monkeypatch.setattr(module, "find_spec", lambda _: None)
    result = command("in", "-o", "out", *option)

    assert result.exit_code == 2
    assert f"pip install 'ja-seimeibun[{extra}]'" in result.stderr


def test_a_dataset_without_its_journal_is_not_written_over(command, files):
    command("in", "-o", "out")
    (files / "out/.journal.sqlite3").unlink()
    before = (files / "out/documents.csv").read_bytes()
    result = command("in/one.txt", "-o", "out")

    assert result.exit_code == 2
    assert "a dataset of 2 documents without the journal" in result.stderr
    assert (files / "out/documents.csv").read_bytes() == before


def test_a_disk_that_is_full_is_named_and_what_is_done_is_kept(command, files, monkeypatch):
    import seimeibun.batch.merge as module

    def fail(*_):
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(module, "put", fail)
        result = command("in", "-o", "out")
    assert result.exit_code == 1
    assert "No space left on device; what was done for out is kept" in result.stderr
    assert not (files / "out/documents.csv").exists()

    assert "kept as they were │ 2" in " ".join(command("in", "-o", "out").stderr.split())


def test_standard_input_without_sources_is_said(command, monkeypatch):
    monkeypatch.setattr("sys.stdin", io.StringIO(""))
    result = command("-", "-o", "out", input="")

    assert result.exit_code == 2
    assert "no statement to annotate" in result.stderr
