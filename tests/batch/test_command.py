"""``seimeibun annotate`` as one runs batches with it; the model is a stand-in."""

import io
import json
import os
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


@pytest.mark.parametrize(
    "listed",
    [
        "in/one.txt\nin/two.txt\n",
        "in/one.txt\r\nin/two.txt",
        "in/one.txt\0in/two.txt\0",
        "in",
        "in/one.txt\n\n" * 10_000 + "in/two.txt\n",
    ],
    ids=["lines", "Windows", "NUL", "folder", "long"],
)
def test_a_list_on_standard_input(command, files, listed):
    result = command("-", "-o", "out", "-q", input=listed)

    assert (result.exit_code, result.output) == (0, "")
    assert _ids(files / "out") == ["one", "two"]


@pytest.mark.skipif(os.name == "nt", reason="names of files on Unix")
def test_names_that_only_nul_can_list(command, files):
    for number, name in enumerate([b"a\nb.txt", b"\xff.txt", b" c.txt\r"]):
        with open(os.path.join(os.fsencode(files), name), "wb") as file:  # noqa: PTH118, PTH123
            file.write(f"第{number}回の声明\n".encode())
    listed = b"a\nb.txt\0\xff.txt\0 c.txt\r\0"
    result = command("-", "-o", "out", input=listed)

    assert (result.exit_code, _ids(files / "out")) == (0, ["_", "a_b", "c"])
    assert r"a\nb.txt: 7 characters" in result.stderr
    assert verify_dataset(files / "out").violations == []


def test_what_a_terminal_would_obey_is_spelt_out(command, files):
    (files / "in/\x1b[31m\u202e.txt").touch()

    assert (
        r"failed: in/\u001b[31m\u202e.txt: the file is empty" in command("in", "-o", "out").stderr
    )


def test_what_is_passed_over_is_said(command, files):
    for name in ("1.png", "2.PNG", "style.css"):
        (files / "in" / name).touch()
    result = command("in", "-o", "out")

    assert "passed over, no statements: 2 .png, 1 .css\n" in result.stderr
    assert _record(files / "out")["run"]["passed_over"] == {".css": 1, ".png": 2}
    logged = command("in", "-o", "out", "--log-json").stderr.splitlines()[0]
    assert json.loads(logged) == {"event": "passed_over", ".png": 2, ".css": 1}
    assert command("in", "-o", "out", "--quiet").stderr == ""


def _one_of_each(files):
    from reportlab.pdfgen.canvas import Canvas

    pages = Canvas(str(files / "in/pages.pdf"))
    for _ in range(3):
        pages.drawString(100, 700, "Joint statement of the two ministers")
        pages.showPage()
    pages.save()
    (files / "in/page.html").write_text(
        "<html><p>双方は、一致した。</p><b>外</b>", encoding="utf-8"
    )
    with zipfile.ZipFile(files / "in/all.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("bomb.txt", "双方は、一致した。" + "　" * 400_000)
        archive.writestr("more.txt", "双方は、一致した。")


@pytest.mark.parametrize(
    ("option", "value", "refused"),
    [
        ("--max-bytes", 1_000, {"in/pages.pdf", "in/all.zip!bomb.txt"}),
        ("--max-chars", 100, {"in/pages.pdf", "in/all.zip!bomb.txt"}),
        ("--max-pages", 2, {"in/pages.pdf"}),
        ("--max-members", 1, {"in/all.zip"}),
        ("--max-archive-bytes", 1_000, {"in/all.zip"}),
        ("--max-ratio", 250, {"in/all.zip!bomb.txt"}),
    ],
)
def test_each_refusal_is_a_row_that_names_the_limit(command, files, option, value, refused):
    _one_of_each(files)
    result = command("in", "-o", "out", "--max-ratio", "1000000", option, str(value))
    errors = read_dataset(files / "out")["errors"]

    assert result.exit_code == 1
    assert set(errors["source_path"]) == refused
    assert set(errors["code"]) == {"limit"}
    assert all(f"; the limit is {value:,} ({option})" in message for message in errors["message"])
    assert _record(files / "out")["arguments"][option.strip("-").replace("-", "_")] == value

    assert command("in", "-o", "out", "--max-ratio", "1000000").exit_code == 0  # tried once more
    assert read_dataset(files / "out")["errors"].empty


def test_an_archive_that_is_refused_leaves_a_row_even_alone(command, files):
    _one_of_each(files)
    result = command("in/all.zip", "-o", "out", "--max-members", "1")

    assert result.exit_code == 1
    assert read_dataset(files / "out")["errors"]["source_path"].tolist() == ["in/all.zip"]


def test_every_limit_is_an_option(command):
    from seimeibun.sources import Limits

    text = " ".join(command("--help").output.split())

    assert [name for name in Limits.__slots__ if f"--{name.replace('_', '-')} " not in text] == []


def test_a_selector_says_which_part_of_every_page(command, files):
    (files / "in/page.html").write_text(
        "<html><p>双方は、一致した。</p><b class=x>声明</b>", encoding="utf-8"
    )
    command("in", "-o", "out")
    result = command("in", "-o", "out", "--selector", "b.x")

    assert (files / "out/text/page.txt").read_text(encoding="utf-8") == "声明"
    assert result.exit_code == 0
    assert _record(files / "out")["run"]["annotated"] == 3


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


def test_warnings_are_pointed_to(command, files):
    (files / "in/turned.txt").write_text("双方は、\u202e一致\u202cした。\n", encoding="utf-8")

    assert (
        "warnings for 1 of 3 documents; see out/documents.csv" in command("in", "-o", "out").stderr
    )


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

    (files / "in/three.txt").write_text("三つ目の声明、2027年\n", encoding="utf-8")
    command("in", "-o", "out")  # which is not told to write them, and does not leave them behind
    assert len(pd.read_parquet(files / "out/parquet/dates")) == len(dates) + 1


@pytest.mark.parametrize(
    ("args", "words"),
    [
        (["in", "--workers", "0"], "Invalid value for '--workers'"),
        (["in", "--timeout", "-1"], "Invalid value for '--timeout'"),
        (["in", "--max-pages", "0"], "Invalid value for '--max-pages'"),
        (["in", "--selector", "div["], "--selector is 'div[', no CSS selector"),
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
