"""``seimeibun review``: every operation of the widget as a command."""

import json

import pytest
from small_dataset import ONE, place, span_id
from typer.testing import CliRunner

from seimeibun.cli import app
from seimeibun.review.session import _OPERATIONS

TOKYO = span_id("one", "entity", "CITY", *place(ONE, "東京"))
JAPAN = span_id("one", "entity", "COUNTRY", *place(ONE, "日本国"))
YEAR = span_id("one", "date", "DATE", *place(ONE, "2030年"))


@pytest.fixture
def run(dataset):
    def run(command, *args, reviewer="suzuki"):
        alone = {"apply", "agreement", "candidates", "status", "import-sheet"}
        who = [] if command in alone else ["-r", reviewer]
        words = ["review", command, str(dataset), *map(str, args), *who]
        return CliRunner().invoke(app, words, catch_exceptions=False)

    return run


def test_every_operation_of_the_widget_is_a_command(run, dataset):
    start, end = place(ONE, "東京国際会議")
    event = span_id("one", "entity", "EVENT", start, end)
    commands = [
        ("accept", TOKYO), ("accept", TOKYO, "--same"), ("reject", JAPAN), ("reject", JAPAN, "--same"),
        ("relabel", JAPAN, "REGION"), ("adjust", event, start, end - 2), ("add", "one", "entity", "PERSON", 1, 3),
        ("remove", span_id("one", "entity", "PERSON", 1, 3)), ("set", YEAR, "edtf=2031"), ("comment", TOKYO, "確かめた"),
        ("flag", TOKYO), ("undo", "one"), ("done", "one", "--accept-rest"), ("reopen", "one"),
    ]  # fmt: skip
    ops = []
    for command in commands:
        result = run(*command)
        assert result.exit_code == 0, result.output
        ops += [line.split("\t")[1] for line in result.stdout.splitlines()]

    assert set(ops) == {"accept", "reject", "relabel", "adjust", "add", "remove", "set_value", "comment", "flag", "undo",
                        "doc_done", "doc_reopen"}  # fmt: skip
    assert len(_OPERATIONS) == len(commands)
    assert len((dataset / "review/one.suzuki.jsonl").read_bytes().splitlines()) == len(ops)


def test_tables_go_to_stdout_and_words_to_stderr(run):
    run("accept", TOKYO)
    listed = run("list", "one").stdout.splitlines()
    assert listed[0].split("\t")[0] == "span_id"
    assert any(line.startswith(TOKYO) and line.endswith("\taccepted") for line in listed)
    assert "suzuki\tone\t11\t1\t0\tno" in run("status").stdout
    assert len(run("queue", "--layer", "date").stdout.splitlines()) == 2
    result = run("apply")
    assert result.stdout == ""
    assert "1 accepted" in result.stderr


def test_agreement_and_candidates(run):
    run("reject", TOKYO, reviewer="tanaka")
    run("done", "one", "--accept-rest")
    run("done", "one", "--accept-rest", reviewer="tanaka")
    data = json.loads(run("agreement", "--json").stdout)

    assert data["pairs"][0]["decisions"]["n"] == 11
    assert [d["text"] for d in data["disagreements"]] == ["東京"]
    assert "F1" in run("agreement").stdout
    assert "0 names" in run("candidates").stderr
    assert "no document" in run("candidates", "--measure").stdout


@pytest.mark.parametrize(
    ("args", "message"),
    [
        (("accept", "東京"), "is no span id"),
        (("accept", "three#entity:0-1:CITY"), "no such document|という文書はありません"),
        (("relabel", TOKYO, "NATION"), "NATION is no label"),
        (("set", YEAR, "2031"), "write column=value"),
        (("set", YEAR, "edtf=2031-13"), "という日はありません"),
        (("done", "one"), "未確認の注釈が 11 件"),
        (("undo", "one"), "元に戻す操作はありません"),
    ],
)
def test_wrong_usage_is_said_and_ends_with_2(run, args, message):
    result = run(*args)

    assert result.exit_code == 2
    assert any(part in result.stderr for part in message.split("|"))


def test_a_folder_that_is_no_dataset(tmp_path):
    result = CliRunner().invoke(app, ["review", "apply", str(tmp_path)])

    assert result.exit_code == 2
    assert "annotations.csv is missing" in result.stderr


def test_a_log_that_is_open_elsewhere_ends_with_1(run, monkeypatch):
    import seimeibun.review.session as module
    from seimeibun.review.log import LockedError

    def locked(_):
        message = "open elsewhere"
        raise LockedError(message)

    monkeypatch.setattr(module, "Log", locked)
    result = run("accept", TOKYO)

    assert result.exit_code == 1
    assert "open elsewhere" in result.stderr


def test_a_sheet_goes_out_and_comes_back(run, tmp_path):
    import openpyxl

    path = tmp_path / "sheet.xlsx"
    run("accept", TOKYO)
    result = run("export-sheet", "-o", path)
    assert (result.exit_code, result.stdout) == (0, "")
    assert "2 documents, 15 spans, 1 of them decided" in result.stderr

    book = openpyxl.load_workbook(path)
    row = next(cell.row for cell in book["確認"]["A"] if cell.value == JAPAN)
    book["確認"].cell(row, 8).value = "却下する"
    book.save(path)
    refused = run("import-sheet", path)
    assert refused.exit_code == 2
    assert f"確認!H{row}: 判定 が「却下する」です" in refused.stderr
    assert "何も書き込んでいません" in refused.stderr

    book["確認"].cell(row, 8).value = "却下"
    book.save(path)
    done = run("import-sheet", path)
    assert done.exit_code == 0
    assert done.stdout.split("\t")[1:] == ["reject", f"{JAPAN}\n"]
    assert run("import-sheet", path).stdout == ""


def test_all_decisions_about_a_span_are_taken_back_at_once(run):
    run("accept", TOKYO)
    run("relabel", TOKYO, "REGION")
    run("accept", JAPAN)
    result = run("withdraw", TOKYO)

    assert [line.split("\t")[1] for line in result.stdout.splitlines()] == ["undo", "undo"]
    assert "suzuki\tone\t11\t1\t0\tno" in run("status").stdout
