"""The commands: what they write, say and return. No model: `annotate` is given a stand-in."""

import json
import os
import subprocess
import sys

import pytest
from typer.testing import CliRunner

from seimeibun.cli import app
from seimeibun.tables.read import read_dataset
from seimeibun.verify import verify_dataset


@pytest.fixture
def run(annotate_by_hand, monkeypatch, tmp_path):
    """Run a command in a folder with two statements; the result has exit_code, stdout and stderr."""
    import seimeibun.cli.annotate as module

    monkeypatch.setattr(module, "_pipeline", lambda **_: annotate_by_hand)
    monkeypatch.chdir(tmp_path)
    (tmp_path / "in").mkdir()
    (tmp_path / "in/one.txt").write_text(
        "一つ目の声明\n\n双方は、2025年に会談した。\n", encoding="utf-8"
    )
    (tmp_path / "in/two.txt").write_text(
        "二つ目の声明\n\n－ 双方は、2026年に会談した。\n", encoding="utf-8"
    )
    return lambda *args: CliRunner().invoke(app, [str(arg) for arg in args], catch_exceptions=False)


def test_annotate_writes_a_dataset_that_holds(run, tmp_path):
    result = run("annotate", "in", "-o", "out")

    assert result.exit_code == 0
    assert verify_dataset(tmp_path / "out").violations == []
    assert read_dataset(tmp_path / "out")["dates"]["edtf"].tolist() == ["2025", "2026"]
    assert json.loads((tmp_path / "out/run.json").read_text(encoding="utf-8"))["arguments"][
        "sources"
    ] == ["in"]


def test_words_go_to_stderr_and_the_closing_table_counts(run):
    result = run("annotate", "in", "-o", "out")

    assert result.stdout == ""
    assert "[2/2] in/two.txt" in result.stderr
    for name, count in (("documents", 2), ("errors", 0), ("date annotations", 2)):
        assert any(name in line and str(count) in line for line in result.stderr.splitlines())


def test_a_terminal_shows_a_bar(run, tmp_path, monkeypatch):
    import io

    from rich.console import Console

    import seimeibun.cli.progress as module

    screen = io.StringIO()
    monkeypatch.setattr(
        module, "_console", lambda: Console(file=screen, force_terminal=True, width=100)
    )
    (tmp_path / "in/void.txt").touch()

    assert run("annotate", "in", "-o", "out").exit_code == 1
    shown = screen.getvalue()
    assert "3/3" in shown
    assert "characters/s" in shown
    assert "failed: in/void.txt: the file is empty" in shown
    assert "dataset in out" in shown


def test_quiet_says_nothing_but_failures(run, tmp_path):
    assert run("annotate", "in", "-o", "out", "-q").output == ""
    (tmp_path / "in/void.txt").touch()
    result = run("annotate", "in", "-o", "out", "--quiet")

    assert result.exit_code == 1
    assert "failed: in/void.txt: the file is empty" in result.stderr


def test_a_second_run_writes_the_same_bytes(run, tmp_path):
    def files():
        paths = (
            path
            for path in (tmp_path / "out").rglob("*")
            if path.is_file() and path.name not in {"run.json", ".journal.sqlite3"}
        )
        return {path.name: path.read_bytes() for path in paths}

    run("annotate", "in", "-o", "out")
    before = files()
    run("annotate", "in/two.txt", "in/one.txt", "-o", "out")
    run("annotate", "in/two.txt", "in/one.txt", "-o", "out", "--force", "--workers", "2")

    assert files() == before


def test_one_file_that_fails_is_listed_and_the_rest_written(run, tmp_path):
    (tmp_path / "in/void.txt").touch()
    (tmp_path / "in/scan.txt").write_bytes(b"%PDF-1.7")
    (tmp_path / "in/broken.txt").write_text("壊れた声明", encoding="utf-8")

    result = run("annotate", "in", "nowhere.txt", "-o", "out")

    assert result.exit_code == 1
    tables = read_dataset(tmp_path / "out")
    assert tables["documents"]["doc_id"].tolist() == ["one", "two"]
    assert tables["errors"]["code"].tolist() == ["RuntimeError", "damaged", "empty", "missing"]
    for path in ("in/void.txt", "in/scan.txt", "in/broken.txt", "nowhere.txt"):
        assert f"failed: {path}:" in result.stderr
    assert "4 failed; see out/errors.csv" in result.stderr


def test_where_every_file_fails_the_old_dataset_stays(run, tmp_path):
    run("annotate", "in", "-o", "out")
    before = (tmp_path / "out/documents.csv").read_bytes()
    (tmp_path / "void.txt").touch()

    result = run("annotate", "void.txt", "-o", "out")

    assert result.exit_code == 1
    assert "stays as it was" in result.stderr
    assert (tmp_path / "out/documents.csv").read_bytes() == before


def test_where_every_file_fails_a_new_dataset_lists_the_errors(run, tmp_path):
    (tmp_path / "void.txt").touch()

    assert run("annotate", "void.txt", "-o", "out").exit_code == 1
    assert read_dataset(tmp_path / "out")["errors"]["code"].tolist() == ["empty"]
    assert verify_dataset(tmp_path / "out").violations == []


@pytest.mark.parametrize(
    ("args", "words"),
    [
        (["nowhere.txt"], "nowhere.txt: no such file or folder"),
        (["empty"], "empty: no statements: looked for *.txt"),
        (["*.text"], "*.text: no file has a name like this"),
        (
            ["in", "--encoding", "klingon"],
            "unknown encoding 'klingon'; for example utf-8, utf-16, cp932",
        ),
        (["in", "--encoding", "base64"], "'base64' is no encoding of text"),
        (["in", "--date", "令和7年"], "--date is '令和7年'; it must be a day such as 2025-12-20"),
        (["in", "--date", "2025-02-30"], "--date is '2025-02-30'"),
        (["in", "-o", "in/one.txt"], "the output in/one.txt is a file; it must be a folder"),
        (
            ["in", "-o", "in/one.txt/out"],
            "cannot write to the output in/one.txt/out: Not a directory",
        ),
        (["in", "--colour", "red"], "No such option: --colour"),
        ([], "Missing argument"),
    ],
)
def test_wrong_usage_is_named_before_the_work_starts(run, tmp_path, args, words):
    (tmp_path / "empty").mkdir()
    options = [] if "-o" in args else ["-o", "out"]

    result = run("annotate", *args, *options)

    assert result.exit_code == 2
    assert words in result.stderr
    assert not (tmp_path / "out").exists()


def test_the_output_must_be_named(run):
    result = run("annotate", "in")

    assert result.exit_code == 2
    assert "Missing option '--out'" in result.stderr


@pytest.mark.skipif(sys.platform == "win32" or os.geteuid() == 0, reason="root may write anywhere")
def test_an_output_that_may_not_be_written_is_named(run, tmp_path):
    (tmp_path / "locked").mkdir(mode=0o500)

    result = run("annotate", "in", "-o", "locked")

    assert result.exit_code == 2
    assert "cannot write to the output locked: Permission denied" in result.stderr


def test_two_files_of_one_name_are_said(run, tmp_path):
    (tmp_path / "in/more").mkdir()
    (tmp_path / "in/more/one.txt").write_text("別の声明", encoding="utf-8")

    result = run("annotate", "in", "-o", "out")

    assert "note: in/one.txt: same file name as in/more/one.txt, so called one-2" in result.stderr
    assert read_dataset(tmp_path / "out")["documents"]["status"].tolist() == ["ok", "warning", "ok"]


def test_the_guard_can_be_left_off(run, tmp_path):
    run("annotate", "in", "-o", "out")
    assert "'－" in (tmp_path / "out/tokens.csv").read_text(encoding="utf-8-sig")
    run("annotate", "in", "-o", "out", "--no-excel-guard")
    assert "'－" not in (tmp_path / "out/tokens.csv").read_text(encoding="utf-8-sig")
    assert verify_dataset(tmp_path / "out").violations == []


def test_a_megabyte_in_one_line(run, tmp_path, monkeypatch):
    from spacy.tokens import Doc
    from spacy.vocab import Vocab

    import seimeibun.cli.annotate as module
    from seimeibun.components import extensions

    def in_large_tokens(statements):
        for statement in statements:
            words = [statement.text[i : i + 1000] for i in range(0, len(statement.text), 1000)]
            doc = Doc(Vocab(), words=words, spaces=[False] * len(words))
            doc.user_data[extensions.STATEMENT] = statement.to_dict()
            yield doc

    monkeypatch.setattr(module, "_pipeline", lambda **_: in_large_tokens)
    (tmp_path / "long.txt").write_text("双方は一致し、" * 60_000, encoding="utf-8")

    result = run("annotate", "long.txt", "-o", "out")

    assert result.exit_code == 0
    assert verify_dataset(tmp_path / "out").violations == []


def test_ctrl_c_ends_in_words_and_leaves_the_old_dataset(run, tmp_path, monkeypatch):
    import seimeibun.cli.annotate as module

    run("annotate", "in", "-o", "out")
    before = {path.name for path in (tmp_path / "out").iterdir()}

    def interrupted(_):
        raise KeyboardInterrupt

    monkeypatch.setattr(module, "_pipeline", lambda **_: interrupted)
    result = run("annotate", "in", "-o", "out", "--force")

    assert result.exit_code == 130
    assert "interrupted; run the command again" in result.stderr
    assert {path.name for path in (tmp_path / "out").iterdir()} == before


# verify and evaluate


def test_verify_counts_and_names(run, tmp_path):
    run("annotate", "in", "-o", "out")
    good = run("verify", "out")
    (tmp_path / "out/text/one.txt").unlink()
    bad = run("verify", "out")

    assert (good.exit_code, good.stdout) == (0, "")
    assert good.stderr.endswith("2 documents, 0 violations\n")
    assert (bad.exit_code, bad.stdout) == (1, "text/one.txt: is missing\n")


def test_verify_shows_at_most_so_many(run, tmp_path):
    run("annotate", "in", "-o", "out")
    (tmp_path / "out/text/one.txt").write_text("別", encoding="utf-8")

    lines = run("verify", "out", "--limit", "3").stdout.splitlines()

    assert len(lines) == 4
    assert lines[-1].startswith("… and ")


@pytest.mark.parametrize(
    ("args", "words"),
    [
        (["verify", "nowhere"], "no such folder: nowhere"),
        (["evaluate", "nowhere", "--gold", "gold"], "no such folder: nowhere"),
        (["evaluate", "in", "--gold", "nowhere"], "no such folder: nowhere; gold is a folder"),
        (["evaluate", "in", "--gold", "in"], "no gold in in"),
        (["evaluate", "in", "--gold", "gold"], "documents.csv is missing"),
        (["evaluate", "in", "--gold", "gold", "--update"], "--update needs --floors FILE"),
        (
            ["evaluate", "in", "--gold", "gold", "--allow-regression"],
            "--allow-regression goes with --update",
        ),
        (
            ["evaluate", "in", "--gold", "gold", "--floors", "f.json"],
            "no such file: f.json; make it with --update",
        ),
    ],
)
def test_wrong_usage_of_the_other_commands(run, tmp_path, args, words):
    _gold(tmp_path)
    result = run(*args)

    assert result.exit_code == 2
    assert words in result.stderr


def _gold(folder, rows="12\t17\t2025年\tDATE\t2025\t2025-01-01\t2025-12-31\n"):
    (folder / "gold").mkdir(exist_ok=True)
    header = "start\tend\tsurface\ttype\tvalue\tbegin\tend_date\n"
    (folder / "gold/dates_one.tsv").write_text(header + rows, encoding="utf-8")


def test_evaluate_prints_scores_as_a_table_or_json(run, tmp_path):
    _gold(tmp_path)
    run("annotate", "in", "-o", "out")

    table = run("evaluate", "out", "--gold", "gold")
    data = json.loads(run("evaluate", "out", "--gold", "gold", "--json").stdout)

    assert table.exit_code == 0
    assert "dates          gold    1  P 1.000  R 1.000  F1 1.000  value 1/1" in table.stdout
    assert data["documents"] == ["one"]
    assert data["layers"]["dates"]["values"] == {"value": {"right": 1, "asked": 1}}


def test_floors_hold_rise_and_do_not_sink_unsaid(run, tmp_path):
    _gold(tmp_path)
    run("annotate", "in", "-o", "out")
    options = ("evaluate", "out", "--gold", "gold", "--floors", "floors.json")

    assert run(*options, "--update").exit_code == 0
    assert run(*options).exit_code == 0
    pinned = (tmp_path / "floors.json").read_text(encoding="utf-8")
    _gold(tmp_path, "12\t17\t2025年\tDATE\t2024\t2024-01-01\t2024-12-31\n")
    worse = run(*options)
    assert worse.exit_code == 1
    assert "dates value is 0.0000, below its floor 1.0" in worse.stderr
    assert "the gold is not the one" in worse.stderr
    kept = run(*options, "--update")
    assert kept.exit_code == 1
    assert "lower them with --allow-regression" in kept.stderr
    assert (tmp_path / "floors.json").read_text(encoding="utf-8") == pinned
    assert run(*options, "--update", "--allow-regression").exit_code == 0
    assert run(*options).exit_code == 0


# The command as a process


def _process(*args, **options):
    return subprocess.run(
        [sys.executable, "-m", "seimeibun", *args],
        capture_output=True,
        text=True,
        check=False,
        **options,
    )


def test_the_version_is_that_of_the_distribution():
    from importlib.metadata import version

    assert _process("--version").stdout == f"seimeibun {version('ja-seimeibun')}\n"


def test_help_loads_nothing_that_takes_long():
    heavy = {"numpy", "pandas", "pandera", "rich", "spacy", "sudachipy"}
    script = f"""
import sys
from seimeibun.cli import main
try:
    sys.argv = ["seimeibun", "--help"]
    main()
except SystemExit:
    print(sorted({heavy!r} & set(sys.modules)))
"""
    shown = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    ).stdout

    assert "annotate" in shown
    assert shown.splitlines()[-1] == "[]"


def test_without_arguments_the_help_is_shown():
    result = _process()

    assert result.returncode == 2
    assert "Usage: seimeibun" in result.stdout + result.stderr


@pytest.mark.skipif(sys.platform == "win32", reason="pipes of a POSIX shell")
def test_a_reader_that_goes_away_is_no_error(tmp_path):
    command = (
        f'"{sys.executable}" -m seimeibun verify "{tmp_path}" | true; echo "${{PIPESTATUS[0]}}"'
    )
    result = subprocess.run(["bash", "-c", command], capture_output=True, text=True, check=False)

    assert "Traceback" not in result.stderr
    assert result.stdout in {"0\n", "1\n"}
