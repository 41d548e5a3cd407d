"""Decisions in the tables: what stands, what is taken back, what a new run keeps."""

import json

import pytest
from small_dataset import ONE, SPANS, TEXTS, place, span_id, write

from seimeibun.review import Session, apply
from seimeibun.review.machine import DatasetError
from seimeibun.tables.read import read_dataset, read_strings
from seimeibun.verify import verify_dataset

TOKYO = span_id("one", "entity", "CITY", *place(ONE, "東京"))
JAPAN = span_id("one", "entity", "COUNTRY", *place(ONE, "日本国"))
EVENT = span_id("one", "entity", "EVENT", *place(ONE, "東京国際会議"))
YEAR = span_id("one", "date", "DATE", *place(ONE, "2030年"))
AMOUNT = span_id("one", "money", "MONEY", *place(ONE, "３億円"))
ACT = span_id("one", "agreement", "AGREE", *place(ONE, "一致"))
WELCOME = span_id("one", "agreement", "WELCOME", *place(ONE, "歓迎"))


def tables_of(folder):
    return {path.name: path.read_bytes() for path in sorted(folder.glob("*.csv"))}


def row_of(folder, table, key):
    return next((row for row in read_strings(folder, table) if row["span_id"] == key), None)


def decide(folder, reviewer, run, doc_id="one"):
    with Session(folder, reviewer=reviewer) as session:
        run(session.open(doc_id))


def everything(review):
    """Every kind of decision."""
    review.accept(TOKYO)
    review.reject(EVENT)
    review.relabel(JAPAN, "REGION")
    review.set_value(YEAR, {"edtf": "2031"})
    start, end = place(ONE, "３億円")
    review.adjust(AMOUNT, start, end + 1)
    review.relabel(WELCOME, "EVALUATE")
    review.set_value(ACT, {"actor_text": "日本国政府", "actor_start": str(place(ONE, "日本国政府")[0]),
                           "actor_end": str(place(ONE, "日本国政府")[1]), "actor_resolved": "JPN"})  # fmt: skip
    review.add("entity", "PERSON", *place(ONE, "野港"))
    review.comment(TOKYO, "確かめた")


def test_the_tables_say_what_was_decided_and_hold(dataset):
    decide(dataset, "suzuki", everything)
    report = apply(dataset)

    assert verify_dataset(dataset).violations == []
    assert (report.accepted, report.rejected, report.added) == (7, 1, 1)
    accepted = row_of(dataset, "annotations", TOKYO)
    assert (accepted["status"], accepted["reviewer"], accepted["source"]) == (
        "accepted",
        "suzuki",
        "rule",
    )
    assert row_of(dataset, "annotations", EVENT)["status"] == "rejected"
    assert row_of(dataset, "annotations", JAPAN)["status"] == "rejected"
    region = row_of(dataset, "annotations", JAPAN.replace("COUNTRY", "REGION"))
    assert (region["status"], region["source"], region["value"]) == (
        "accepted",
        "review",
        "region/日本国",
    )
    year = row_of(dataset, "annotations", YEAR)
    assert (year["value"], year["source"], year["reviewer"]) == ("2031", "review", "suzuki")
    days = row_of(dataset, "dates", YEAR)
    assert (days["edtf"], days["start_date"], days["end_date"]) == (
        "2031",
        "2031-01-01",
        "2031-12-31",
    )
    act = row_of(dataset, "agreements", ACT)
    assert (act["actor_text"], act["actor_resolved"]) == ("日本国政府", "JPN")
    assert row_of(dataset, "agreements", WELCOME) is None
    assert (
        row_of(dataset, "agreements", WELCOME.replace("WELCOME", "EVALUATE"))["category"]
        == "EVALUATE"
    )
    assert row_of(dataset, "money", AMOUNT) is None


def test_relations_follow_what_stands(dataset):
    decide(dataset, "suzuki", everything)
    apply(dataset)
    pairs = {(r["relation"], r["dep_text"]) for r in read_strings(dataset, "relations")}

    assert ("actor_of", "日本国政府") in pairs


def test_to_apply_twice_changes_nothing_and_undoing_all_brings_back_every_byte(dataset):
    before = tables_of(dataset)
    decide(dataset, "suzuki", everything)
    apply(dataset)
    once = tables_of(dataset)
    apply(dataset)
    assert tables_of(dataset) == once
    assert once != before

    def undo_all(review):
        while any(event.op != "undo" for event in review.state.effective):
            review.undo()

    decide(dataset, "suzuki", undo_all)
    apply(dataset)
    assert tables_of(dataset) == before


def test_without_decisions_nothing_is_touched(dataset):
    before = tables_of(dataset)
    apply(dataset)

    assert tables_of(dataset) == before
    assert not (dataset / "review").exists()


def test_a_new_run_keeps_the_decisions(dataset):
    decide(dataset, "suzuki", everything)
    apply(dataset)
    once = tables_of(dataset)
    write(dataset, run="run 2")
    assert tables_of(dataset) != once
    apply(dataset)

    assert tables_of(dataset) == once


def test_what_a_new_run_no_longer_finds_stands_if_it_was_accepted_and_is_said_if_it_was_only_remarked(
    dataset,
):
    def some(review):
        review.accept(TOKYO)
        review.flag(JAPAN)
        review.reject(EVENT)

    decide(dataset, "suzuki", some)
    gone = {"東京", "日本国", "東京国際会議"}
    fewer = {**SPANS, "one": [s for s in SPANS["one"] if s[2] not in gone]}
    write(dataset, fewer, run="run 2")
    report = apply(dataset)

    row = row_of(dataset, "annotations", TOKYO)
    assert (row["status"], row["source"]) == ("accepted", "review")
    (line,) = report.gone
    assert "remarked upon by suzuki" in line
    assert verify_dataset(dataset).violations == []


def test_a_text_that_changed_moves_the_decisions(dataset):
    decide(dataset, "suzuki", everything)
    new = {**TEXTS, "one": "（仮訳）\n" + ONE}
    write(dataset, texts=new, run="run 2")
    report = apply(dataset)

    assert report.orphans == []
    assert report.moved > 0
    row = row_of(
        dataset, "annotations", span_id("one", "entity", "CITY", *place(new["one"], "東京"))
    )
    assert row["status"] == "accepted"
    assert verify_dataset(dataset).violations == []


def test_a_foreign_text_orphans_the_decisions_and_loses_none(dataset):
    decide(dataset, "suzuki", everything)
    log = (dataset / "review/one.suzuki.jsonl").read_bytes()
    strange = {**TEXTS, "one": "本日、気象について話した。" * 5}
    write(dataset, {**SPANS, "one": []}, strange, run="run 2")
    report = apply(dataset)

    assert len(report.orphans) == 9
    assert all("not to be found" in line or "is not in the text" in line for line in report.orphans)
    assert (dataset / "review/one.suzuki.jsonl").read_bytes() == log
    assert verify_dataset(dataset).violations == []


def test_a_log_of_no_document_is_reported(dataset):
    decide(dataset, "suzuki", everything)
    one = dataset / "review/one.suzuki.jsonl"
    three = dataset / "review/three.suzuki.jsonl"
    three.write_bytes(one.read_bytes().replace(b'"doc_id":"one"', b'"doc_id":"three"'))

    assert apply(dataset).unknown == ["three"]


def test_reviewers_that_differ_are_flagged_and_an_adjudicator_settles_it(dataset):
    def left(review):
        review.accept(TOKYO)
        review.add("entity", "PERSON", *place(ONE, "野港"))
        review.done(accept_rest=True)

    def right(review):
        review.reject(TOKYO)
        review.done(accept_rest=True)

    decide(dataset, "suzuki", left)
    decide(dataset, "tanaka", right)
    report = apply(dataset)
    added = span_id("one", "entity", "PERSON", *place(ONE, "野港"))

    assert len(report.conflicts) == 2
    assert row_of(dataset, "annotations", TOKYO)["status"] == "flagged"
    assert row_of(dataset, "annotations", added)["status"] == "flagged"
    assert row_of(dataset, "annotations", JAPAN)["reviewer"] == "suzuki;tanaka"
    assert verify_dataset(dataset).violations == []
    gold = {
        row.split(",")[5]
        for row in (dataset / "review/gold.csv").read_text("utf-8-sig").splitlines()[1:]
    }
    assert gold == {"date", "money", "quantity", "agreement"}

    with Session(dataset, reviewer="adjudicator") as session:
        queue = session.queue()
        assert {c.span_id for c in queue} == {TOKYO, added}
        assert "suzuki: CITY" in queue[0].reason + queue[1].reason
        review = session.open("one")
        review.accept(TOKYO)
        review.reject(added)
        assert session.queue() == []
    report = apply(dataset)
    assert report.conflicts == []
    assert row_of(dataset, "annotations", TOKYO)["reviewer"] == "adjudicator"
    assert row_of(dataset, "annotations", added) is None
    assert "entity" in (dataset / "review/gold.csv").read_text("utf-8-sig")


def test_gold_is_what_was_certified_and_scores_itself(dataset):
    from seimeibun.evaluate import evaluate

    decide(dataset, "suzuki", lambda review: (everything(review), review.done(accept_rest=True)))
    report = apply(dataset)
    scores = evaluate(dataset, dataset / "review/gold").scores

    assert report.gold == 11
    assert {layer: (score.tp, score.fp, score.fn) for layer, score in scores.items() if score.tp} == {
        "dates": (1, 0, 0), "money": (1, 0, 0), "quantities": (1, 0, 0), "entities": (6, 0, 0), "agreements": (2, 0, 0),
    }  # fmt: skip


def test_an_apply_that_was_cut_off_is_made_good_by_the_next(dataset):
    before = tables_of(dataset)
    decide(dataset, "suzuki", everything)
    apply(dataset)
    after = tables_of(dataset)
    for name in ("annotations.csv", "dates.csv"):  # as if the others were not reached
        for other in after.keys() - {name}:
            (dataset / other).write_bytes(before[other])
        (dataset / name).write_bytes(after[name])
        if name == "annotations.csv":
            apply(dataset)
            assert tables_of(dataset) == after


def test_decisions_in_the_tables_without_what_the_machine_said_are_refused(dataset):
    decide(dataset, "suzuki", everything)
    apply(dataset)
    (dataset / "review/machine/one.json").unlink()

    with pytest.raises(DatasetError, match="annotate the statement again"):
        apply(dataset)


def test_columns_that_someone_added_stay(dataset):
    path = dataset / "annotations.csv"
    lines = path.read_text("utf-8-sig").splitlines()
    path.write_text(
        "\r\n".join([lines[0] + ",note", *[line + ",=x" for line in lines[1:]]]) + "\r\n",
        "utf-8-sig",
        newline="",
    )
    decide(dataset, "suzuki", lambda review: review.accept(TOKYO))
    apply(dataset)

    assert row_of(dataset, "annotations", TOKYO)["note"].lstrip("'") == "=x"


def test_read_dataset_takes_what_was_applied(dataset):
    decide(dataset, "suzuki", everything)
    apply(dataset)
    tables = read_dataset(dataset)

    assert tables["annotations"]["status"].value_counts().to_dict() == {
        "pending": 8,
        "accepted": 7,
        "rejected": 4,
    }
    assert json.loads((dataset / "datapackage.json").read_text("utf-8"))["name"] == "seimeibun"


def test_annotate_keeps_decisions(annotate_by_hand, monkeypatch, tmp_path):
    from typer.testing import CliRunner

    import seimeibun.cli.annotate as module
    from seimeibun.cli import app

    monkeypatch.setattr(module, "_pipeline", lambda **_: annotate_by_hand)
    monkeypatch.chdir(tmp_path)
    (tmp_path / "in").mkdir()
    (tmp_path / "in/a.txt").write_text("一つ目の声明\n\n双方は、2025年に会談した。\n", "utf-8")

    def annotate(*more):
        return CliRunner().invoke(
            app, ["annotate", "in", "-o", "out", *more], catch_exceptions=False
        )

    assert annotate().exit_code == 0
    out = tmp_path / "out"
    (year,) = read_strings(out, "annotations")
    decide(out, "suzuki", lambda review: review.set_value(year["span_id"], {"edtf": "2024"}), "a")
    apply(out)
    once = tables_of(out)
    (tmp_path / "in/b.txt").write_text("二つ目の声明\n\n双方は、2026年に会談した。\n", "utf-8")
    for more in ([], ["--force"], ["--quiet"]):
        result = annotate(*more)
        assert ("decisions about 1 documents kept" in result.stderr) == (more != ["--quiet"])
        values = [row["value"] for row in read_strings(out, "annotations")]
        assert values == ["2024", "2026"]
        assert verify_dataset(out).violations == []
    assert once != tables_of(out)

    (out / "review/a.suzuki.jsonl").write_bytes(b"x\n{}\n")
    result = annotate("--force")
    assert result.exit_code == 1
    assert "a.suzuki.jsonl:1: not an event" in result.stderr


def test_parquet_files_beside_the_tables_follow(dataset, monkeypatch):
    pandas = pytest.importorskip("pandas")
    pytest.importorskip("pyarrow", reason="needs the extra `parquet`")
    import seimeibun.review.applying as module
    from seimeibun.tables.parquet import write_parquet

    write_parquet(dataset)
    decide(dataset, "suzuki", lambda review: review.accept(TOKYO))
    assert apply(dataset).stale == []
    table = pandas.read_parquet(dataset / "parquet/annotations").set_index("span_id")
    assert table.loc[TOKYO, "status"] == "accepted"

    monkeypatch.setattr(module, "find_spec", lambda _: None)
    (line,) = apply(dataset).stale
    assert "is older than these decisions" in line
