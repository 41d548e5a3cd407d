"""What holds for every format, and the command."""

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

import seimeibun.export.write as module
from seimeibun.cli import app
from seimeibun.export.dataset import Dataset
from seimeibun.export.folders import MARK, NotOursError
from seimeibun.export.formats import FORMATS, format_by_name
from seimeibun.export.write import MissingExtraError, export
from seimeibun.tables.schema import TABLES

HASHES = """
import hashlib, sys
from pathlib import Path
from seimeibun.export.formats import FORMATS
from seimeibun.export.write import export
dataset, out = Path(sys.argv[1]), Path(sys.argv[2])
for name in FORMATS:
    export(dataset, name, out / name)
"""


def files(folder):
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def test_the_same_dataset_gives_the_same_bytes(dataset, tmp_path):
    """Also in another process, with another order of sets and another time zone."""
    environment = {**os.environ, "PYTHONHASHSEED": "1", "TZ": "UTC+9"}
    command = [sys.executable, "-c", HASHES, dataset, tmp_path / "there"]
    with subprocess.Popen(command, env=environment) as other:
        for name in FORMATS:
            export(dataset, name, tmp_path / "here" / name)

    assert other.returncode == 0
    assert files(tmp_path / "here") == files(tmp_path / "there")


@pytest.mark.parametrize("name", FORMATS)
def test_a_format_writes_where_it_says_and_leaves_nothing_half_done(write, name):
    path, outcome = write(name)

    assert path.is_dir() == (not FORMATS[name].suffix)
    assert all(file.is_file() for file in outcome.files)
    assert list(path.parent.rglob(".*")) == [path / MARK] * path.is_dir()
    assert FORMATS[name].loses_ja


@pytest.mark.parametrize("name", FORMATS)
def test_a_failure_leaves_the_old_file(dataset, write, name, monkeypatch):
    path, _ = write(name)
    before = files(path.parent)
    monkeypatch.setattr(Dataset, "documents", lambda _: 1 / 0)
    monkeypatch.setattr(Dataset, "tables", lambda _: 1 / 0)
    monkeypatch.setattr(Dataset, "text", lambda *_: 1 / 0)

    with pytest.raises(ZeroDivisionError):
        export(dataset, name, path)
    assert files(path.parent) == before


FOLDERS = [name for name, format_ in FORMATS.items() if not format_.suffix]


@pytest.mark.parametrize("name", FOLDERS)
def test_nothing_of_an_earlier_export_stays(dataset, tmp_path, name):
    path = tmp_path / "out"
    export(Dataset(dataset), name, path)
    first = files(path)
    fewer = tmp_path / "fewer"
    shutil.copytree(dataset, fewer)
    for table in TABLES:
        csv = fewer / f"{table}.csv"
        csv.write_bytes(csv.read_bytes().splitlines(keepends=True)[0])
    export(fewer, name, path)
    second = files(path)
    export(dataset, name, path)

    assert second.keys() <= first.keys()
    assert second != first
    assert files(path) == first
    assert [each.name for each in tmp_path.iterdir() if each.name.startswith(".")] == []


def test_a_folder_of_others_is_not_touched(dataset, tmp_path):
    (tmp_path / "brat").mkdir()
    (tmp_path / "brat/a.ann").write_text("T1\n")
    with pytest.raises(NotOursError, match="is not empty, and no export of this program"):
        export(dataset, "brat", tmp_path / "brat", force=True)

    assert files(tmp_path) == {"brat/a.ann": hashlib.sha256(b"T1\n").hexdigest()}


@pytest.mark.parametrize("change", ["changed", "added"])
def test_what_was_annotated_since_is_replaced_only_by_force(dataset, tmp_path, change):
    path = tmp_path / "brat"
    (annotations,) = [file for file in export(dataset, "brat", path).files if file.suffix == ".ann"]
    before = files(path)
    mine = annotations if change == "changed" else path / "mine.ann"
    mine.write_text("T1\tCITY 0 2\t東京\n", "utf-8")
    with pytest.raises(NotOursError, match=f"{mine.name} was changed or added after the export"):
        export(dataset, "brat", path)
    assert mine.read_text("utf-8").startswith("T1")

    export(dataset, "brat", path, force=True)
    assert files(path) == before


def test_an_empty_folder_and_a_link_to_one_are_filled(dataset, tmp_path):
    (tmp_path / "there").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "there")
    export(dataset, "cas", tmp_path / "link")

    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "there/typesystem.xml").is_file()


@pytest.mark.parametrize("name", FORMATS)
def test_every_module_says_what_it_cannot_carry(name):
    from importlib import import_module

    doc = import_module(f"seimeibun.export.{name.replace('-', '_')}").__doc__
    assert "Not carried" in " ".join(doc.split()) or name == "parquet"


def test_an_unknown_format_is_told_those_that_exist():
    with pytest.raises(ValueError, match=r"no format 'xml'; there are excel, .*conllu, .*parquet"):
        format_by_name("xml")


@pytest.mark.parametrize(
    ("name", "command"),
    [("cas", "interop"), ("excel", "excel"), ("review-sheet", "excel"), ("parquet", "parquet")],
)
def test_a_missing_extra_is_told_how_to_install(dataset, tmp_path, monkeypatch, name, command):
    monkeypatch.setattr(module, "find_spec", lambda _: None)

    with pytest.raises(MissingExtraError, match=rf"pip install 'ja-seimeibun\[{command}\]'"):
        export(dataset, name, tmp_path / "out")


def test_layers_and_accepted_select(dataset, tmp_path):
    only = Dataset(dataset, ("entity", "date"), accepted=True)

    assert export(only, "brat", tmp_path / "out").spans == 2
    with pytest.raises(ValueError, match="no layer 'entities'; there are entity, date"):
        Dataset(dataset, ("entities",))


@pytest.fixture
def run(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    return lambda *args: CliRunner().invoke(
        app, ["export", *map(str, args)], catch_exceptions=False
    )


def test_the_command_says_what_was_written_and_what_was_not(run, dataset):
    result = run(dataset, "--format", "prodigy", "-o", "a.jsonl")

    assert (result.exit_code, result.stdout) == (0, "")
    assert "a.jsonl: 1 documents, 9 spans, 1 relations" in result.stderr
    assert "note: spans that are not made of whole tokens are left out" in result.stderr
    assert "left out: 2 spans, not made of whole tokens" in result.stderr
    assert Path("a.jsonl.left_out.csv").is_file()


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--format", "xml", "-o", "a"], "no format 'xml'; there are excel"),
        (["--format", "brat", "-o", "a", "--layer", "x"], "no layer 'x'; there are entity"),
        (["--format", "conllu", "-o", "."], ". is a folder; conllu writes a file"),
    ],
)
def test_wrong_usage_is_told_what_is_right(run, dataset, arguments, said):
    result = run(dataset, *arguments)

    assert result.exit_code == 2
    assert said in result.stderr


def test_no_dataset_is_told(run):
    result = run("none", "--format", "brat", "-o", "a")

    assert (result.exit_code, "no such folder: none" in result.stderr) == (2, True)


def test_the_formats_are_listed(run):
    result = run("--list")

    assert result.exit_code == 0
    assert [line.split("\t")[0] for line in result.stdout.splitlines()] == ["format", *FORMATS]
