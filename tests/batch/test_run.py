import json
import sqlite3
import zipfile

import pytest

import seimeibun.batch.document as document
from seimeibun.batch.outcome import Settings
from seimeibun.tables.build import TableBuilder
from seimeibun.tables.read import read_dataset
from seimeibun.tables.write import write_dataset
from seimeibun.verify import verify_dataset


def _ids(folder):
    return read_dataset(folder)["documents"]["doc_id"].tolist()


def test_a_batch_writes_the_tables_and_texts_that_a_table_builder_makes(
    run, files, annotate_by_hand, ear, dataset
):
    from seimeibun.sources import read_source
    from seimeibun.statement import read_statement

    tally = run("in", watcher=ear)

    builder, texts = TableBuilder(), {}
    for name in ("one", "two"):
        statement = read_statement(read_source(f"in/{name}.txt"))
        builder.add(next(annotate_by_hand([statement])), doc_id=name)
        texts[name] = statement.source.text
    write_dataset(builder.tables(), texts, files / "expected")
    assert dataset(files / "out") == dataset(files / "expected")
    assert verify_dataset(files / "out").violations == []
    assert (tally.annotated, tally.kept, tally.failed) == (2, 0, 0)
    assert tally.characters == sum(map(len, texts.values()))
    done = [("done", f"in/{name}.txt", len(text)) for name, text in texts.items()]
    assert ear.heard == [("begins",), *done]


def test_files_that_fail_do_not_stop_the_others(run, files):
    (files / "in/broken.txt").write_text("壊れた声明\n", encoding="utf-8")
    (files / "in/empty.txt").write_bytes(b"")
    (files / "in/binary.txt").write_bytes(b"\x89PNG\r\n\x1a\n\x00\xff")
    (files / "in/bytes.txt").write_bytes("声明".encode("cp932") + b"\xff\xff\xff")

    tally = run("in", "nowhere.txt")

    assert tally.failed == 5
    assert _ids(files / "out") == ["one", "two"]
    errors = read_dataset(files / "out")["errors"]
    assert errors[["source_path", "code", "stage"]].to_numpy().tolist() == [
        ["in/binary.txt", "format", "read"],
        ["in/broken.txt", "RuntimeError", "annotate"],
        ["in/bytes.txt", "encoding", "read"],
        ["in/empty.txt", "empty", "read"],
        ["nowhere.txt", "missing", "plan"],
    ]
    assert "position" in errors["message"][2]
    assert errors["message"][1] == "this text breaks the pipeline"


def test_a_document_whose_tables_fail_leaves_no_rows(run, files, monkeypatch):
    rows = document.document_rows

    def fail_for_one(doc, *, doc_id, **options):
        if doc_id == "one":
            message = "dates.type is 'SOMEDAY'"
            raise ValueError(message)
        return rows(doc, doc_id=doc_id, **options)

    monkeypatch.setattr(document, "document_rows", fail_for_one)
    run("in")

    tables = read_dataset(files / "out")
    assert set(tables["tokens"]["doc_id"]) == {"two"}
    assert tables["errors"]["stage"].tolist() == ["tables"]


def test_two_files_of_one_name_are_two_documents(run, files):
    (files / "in/more").mkdir()
    (files / "in/more/one.txt").write_text("別の声明\n", encoding="utf-8")

    run("in")

    documents = read_dataset(files / "out")["documents"]
    assert documents["doc_id"].tolist() == ["one", "one-2", "two"]
    assert "same file name as in/more/one.txt, so called one-2" in documents["warnings"][1]


def test_date_and_encoding_are_handed_on(run, files):
    (files / "sjis.txt").write_bytes("双方は会談した。".encode("cp932"))

    run("sjis.txt", settings=Settings(encoding="cp932", date="2024-02-29"))

    row = read_dataset(files / "out")["documents"].iloc[0]
    found = (row["encoding"], row["date"], row["date_source"], row["year"])
    assert found == ("cp932", "2024-02-29", "given", 2024)


def test_the_order_of_the_sources_makes_no_difference(run, files, dataset):
    run("in/one.txt", "in/two.txt", out="there")
    run("in/two.txt", "in/one.txt", "in", out="back")

    assert dataset(files / "there") == dataset(files / "back")


# Adding to a dataset


def test_what_has_not_changed_is_kept(run, ear):
    run("in", pipeline="now")
    tally = run("in", pipeline="now", watcher=ear)

    assert (tally.annotated, tally.kept) == (0, 2)
    assert ear.heard == [("kept", "in/one.txt"), ("kept", "in/two.txt")]


@pytest.mark.parametrize(
    ("todo", "annotated"),
    [({"pipeline": "now"}, 0), ({"pipeline": "later"}, 2), ({"pipeline": "now", "force": True}, 2)],
)
def test_another_pipeline_or_force_annotates_anew(run, todo, annotated):
    run("in", pipeline="now")

    assert run("in", **todo).annotated == annotated


def test_new_and_changed_files_join_and_the_rest_stays(run, files, dataset):
    run("in")
    (files / "in/two.txt").write_text("変更した声明\n", encoding="utf-8")
    (files / "more").mkdir()
    (files / "more/three.txt").write_text("三つ目の声明、2027年\n", encoding="utf-8")
    tally = run("in/two.txt", "more")

    assert (tally.annotated, tally.kept) == (2, 0)
    run("in", "more", out="at once")
    assert dataset(files / "out") == dataset(files / "at once")
    assert _ids(files / "out") == ["one", "three", "two"]


def test_nothing_is_removed_unless_it_is_said(run, files, dataset):
    run("in", "nowhere.txt")
    (files / "in/two.txt").unlink()
    run("in")
    assert _ids(files / "out") == ["one", "two"]
    assert run("in", prune=True).removed == 1

    run("in", out="alone")
    assert dataset(files / "out") == dataset(files / "alone")
    assert not (files / "out/text/two.txt").exists()


def test_a_name_that_is_pruned_is_free(run, files, dataset):
    run("in")
    (files / "one.txt").write_text("別の声明\n", encoding="utf-8")
    run("one.txt", prune=True)

    run("one.txt", out="alone")
    assert dataset(files / "out") == dataset(files / "alone")


def test_a_file_that_fails_keeps_the_rows_that_it_had(run, files):
    run("in")
    (files / "in/one.txt").write_bytes(b"")
    run("in")
    broken = read_dataset(files / "out")
    (files / "in/one.txt").write_text(
        "一つ目の声明\n\n双方は、2025年に会談した。\n", encoding="utf-8"
    )
    run("in")

    assert broken["documents"]["doc_id"].tolist() == ["one", "two"]
    assert broken["errors"]["code"].tolist() == ["empty"]
    assert read_dataset(files / "out")["errors"].empty


def test_failures_of_other_files_stay_until_they_are_pruned(run, files):
    (files / "void.txt").touch()
    run("void.txt", "nowhere.txt")
    run("in")
    assert read_dataset(files / "out")["errors"]["source_path"].tolist() == ["void.txt"]
    run("in", prune=True)
    assert read_dataset(files / "out")["errors"].empty


def test_a_file_of_the_name_of_another_is_a_document_of_its_own(run, files):
    run("in")
    (files / "one.txt").write_text("別の声明\n", encoding="utf-8")
    run("one.txt")

    documents = read_dataset(files / "out")["documents"].set_index("doc_id")
    assert documents["source_path"].to_dict() == {
        "one": "in/one.txt",
        "one-2": "one.txt",
        "two": "in/two.txt",
    }
    assert "same file name as in/one.txt" in documents.loc["one-2", "warnings"]


def test_a_file_that_was_moved_is_the_same_document(run, files):
    run("in")
    (files / "archive").mkdir()
    (files / "in/one.txt").rename(files / "archive/one.txt")
    run("archive")

    documents = read_dataset(files / "out")["documents"]
    assert documents["source_path"].tolist() == ["archive/one.txt", "in/two.txt"]
    assert documents["doc_id"].tolist() == ["one", "two"]


def test_the_guard_changes_without_annotating(run, files, dataset):
    run("in", out="with")
    run("in", out="without", settings=Settings(excel_guard=False))
    assert run("in", settings=Settings(excel_guard=False)).annotated == 2
    assert run("in").kept == 2
    assert dataset(files / "out") == dataset(files / "with")
    assert run("in", settings=Settings(excel_guard=False)).kept == 2
    assert dataset(files / "out") == dataset(files / "without")


def test_rows_of_a_version_with_fewer_columns_are_kept(run, files):
    run("in")
    with sqlite3.connect(files / "out/.journal.sqlite3") as journal:
        (_, text), *_ = journal.execute("SELECT * FROM layout").fetchall()
        layout = json.loads(text)
        columns = layout["columns"]["documents"]
        columns[columns.index("place")] = "where"
        journal.execute("UPDATE layout SET description = ?", (json.dumps(layout),))
    journal.close()
    run("in/one.txt", force=True)

    assert _ids(files / "out") == ["one", "two"]
    assert verify_dataset(files / "out").violations == []


def test_members_of_archives(run, files):
    with zipfile.ZipFile(files / "all.zip", "w") as archive:
        archive.write("in/one.txt", "deep/three.txt")
        archive.write("in/two.txt", "four.txt")
    run("all.zip", "in")

    documents = read_dataset(files / "out")["documents"]
    assert documents["source_path"].tolist() == [
        "all.zip!four.txt",
        "in/one.txt",
        "all.zip!deep/three.txt",
        "in/two.txt",
    ]
    assert run("all.zip").kept == 2


def test_a_site_of_pages_of_one_name(run, files):
    for number in range(60):
        (files / f"site/{number:02}").mkdir(parents=True)
        (files / f"site/{number:02}/index.txt").write_text(f"声明{number}\n", encoding="utf-8")
    run("site")

    documents = read_dataset(files / "out")["documents"].set_index("doc_id")
    assert documents.loc["index-60", "source_path"] == "site/59/index.txt"
    assert run("site").kept == 60


def test_two_runs_into_one_dataset_are_refused(files, monkeypatch):
    import seimeibun.batch.journal as module

    monkeypatch.setattr(module, "_WAIT", 0.05)
    with (
        module.Journal(files),
        pytest.raises(module.JournalError, match="another run is writing to it"),
    ):
        module.Journal(files)
    module.Journal(files).close()


def test_a_journal_that_is_none_is_refused(files):
    from seimeibun.batch.journal import NAME, Journal, JournalError

    (files / NAME).write_text("これは日誌ではない。" * 100, encoding="utf-8")

    with pytest.raises(JournalError, match="this is no journal that can be read"):
        Journal(files)
