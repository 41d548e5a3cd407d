import json

import pandas as pd
import pytest

from seimeibun.batch.plan import plan_batch
from seimeibun.batch.record import Clock, distribution_hash, rules_hash, run_record
from seimeibun.batch.run import run_batch
from seimeibun.tables.build import TableBuilder

TEXTS = {
    "one": "一つ目の声明\n\n双方は、2025年に会談した。\n",
    "two": "二つ目の声明\n\n双方は、2026年に会談した。\n",
}


class Ear:
    def __init__(self):
        self.heard = []

    def done(self, item, *, chars):
        self.heard.append(("done", item.source_path, chars))

    def failed(self, failure):
        self.heard.append(("failed", failure.source_path, failure.code))


@pytest.fixture
def files(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    for name, text in TEXTS.items():
        (tmp_path / f"{name}.txt").write_text(text, encoding="utf-8")
    return tmp_path


@pytest.mark.usefixtures("files")
def test_a_batch_gives_tables_and_texts(annotate_by_hand):
    ear = Ear()

    batch = run_batch(plan_batch(["."]), annotate_by_hand, watcher=ear)

    assert batch.texts == TEXTS
    assert batch.failures == []
    assert batch.tables["dates"]["edtf"].tolist() == ["2025", "2026"]
    assert batch.tables["documents"]["source_path"].tolist() == ["one.txt", "two.txt"]
    assert ear.heard == [("done", f"{name}.txt", len(text)) for name, text in TEXTS.items()]


def test_files_that_fail_do_not_stop_the_others(files, annotate_by_hand):
    (files / "broken.txt").write_text("壊れた声明\n", encoding="utf-8")
    (files / "empty.txt").write_bytes(b"")
    (files / "binary.txt").write_bytes(b"%PDF-1.7\n\x00\xff")
    (files / "bytes.txt").write_bytes("声明".encode("cp932") + b"\xff\xff\xff")

    batch = run_batch(plan_batch([".", "nowhere.txt"]), annotate_by_hand, watcher=Ear())

    assert list(batch.texts) == ["one", "two"]
    errors = batch.tables["errors"]
    assert errors[["source_path", "code", "stage"]].to_numpy().tolist() == [
        ["binary.txt", "binary", "read"],
        ["broken.txt", "RuntimeError", "annotate"],
        ["bytes.txt", "encoding", "read"],
        ["empty.txt", "empty", "read"],
        ["nowhere.txt", "missing", "plan"],
    ]
    assert "position" in errors["message"][2]
    assert errors["message"][1] == "this text breaks the pipeline"


@pytest.mark.usefixtures("files")
def test_a_document_whose_tables_fail_leaves_no_rows(annotate_by_hand, monkeypatch):
    add = TableBuilder.add

    def fail_for_one(self, doc, *, doc_id, **options):
        if doc_id == "one":
            message = "dates.type is 'SOMEDAY'"
            raise ValueError(message)
        add(self, doc, doc_id=doc_id, **options)

    monkeypatch.setattr(TableBuilder, "add", fail_for_one)
    batch = run_batch(plan_batch(["."]), annotate_by_hand, watcher=Ear())

    assert list(batch.texts) == ["two"]
    assert set(batch.tables["tokens"]["doc_id"]) == {"two"}
    assert batch.tables["errors"]["stage"].tolist() == ["tables"]


def test_two_files_of_one_name_are_two_documents(files, annotate_by_hand):
    (files / "more").mkdir()
    (files / "more/one.txt").write_text("別の声明\n", encoding="utf-8")

    documents = run_batch(plan_batch(["."]), annotate_by_hand, watcher=Ear()).tables["documents"]

    assert documents["doc_id"].tolist() == ["one", "one-2", "two"]
    assert "same file name as more/one.txt, so called one-2" in documents["warnings"][1]


def test_date_and_encoding_are_handed_on(files, annotate_by_hand):
    (files / "sjis.txt").write_bytes("双方は会談した。".encode("cp932"))

    batch = run_batch(
        plan_batch(["sjis.txt"]),
        annotate_by_hand,
        watcher=Ear(),
        encoding="cp932",
        date="2024-02-29",
    )

    row = batch.tables["documents"].iloc[0]
    assert (row["encoding"], row["date"], row["date_source"], row["year"]) == (
        "cp932",
        "2024-02-29",
        "given",
        2024,
    )


@pytest.mark.usefixtures("files")
def test_the_order_of_the_sources_makes_no_difference(annotate_by_hand):
    there = run_batch(plan_batch(["one.txt", "two.txt"]), annotate_by_hand, watcher=Ear())
    back = run_batch(plan_batch(["two.txt", "one.txt"]), annotate_by_hand, watcher=Ear())

    for name, df in there.tables.items():
        pd.testing.assert_frame_equal(back.tables[name], df)


def test_the_record_says_what_made_the_dataset(files, annotate_by_hand):
    clock = Clock()
    batch = run_batch(plan_batch(["."]), annotate_by_hand, watcher=Ear())
    clock.lap("annotate")

    record = json.loads(run_record(batch, arguments={"sources": ["."]}, clock=clock))

    assert record["arguments"] == {"sources": ["."]}
    assert record["counts"]["documents"] == 2
    assert record["counts"]["layers"] == {"date": 2}
    assert record["counts"]["characters"] == sum(map(len, TEXTS.values()))
    assert record["seconds"]["annotate"] >= 0
    assert {"python", "spacy", "ginza"} <= record["versions"].keys()
    assert record["rules_sha256"] == rules_hash()
    assert len(record["model"]["sha256"]) == len(rules_hash()) == 64
    assert str(files) not in json.dumps(record)


def test_a_package_that_is_not_installed_has_no_hash():
    assert distribution_hash("no-such-distribution") == ""
