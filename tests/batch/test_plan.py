import os
import unicodedata
import zipfile
from pathlib import Path

import pytest

from seimeibun.batch.names import doc_id_of
from seimeibun.batch.plan import digest, plan_batch


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """A folder of statements that is also the current one."""
    for name in (
        "b.txt",
        "a.txt",
        "deep/er/c.TXT",
        "deep/a.txt",
        "notes.md",
        ".hidden.txt",
        ".git/x.txt",
    ):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("声明", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def _named(plan):
    return [(item.doc_id, item.source_path) for item in plan.items()]


@pytest.mark.usefixtures("folder")
def test_a_folder_means_all_statements_below_it():
    plan = plan_batch(["."])

    assert _named(plan) == [
        ("a", "a.txt"),
        ("a-2", "deep/a.txt"),
        ("b", "b.txt"),
        ("c", "deep/er/c.TXT"),
    ]
    assert plan.refusals == []


@pytest.mark.usefixtures("folder")
def test_files_of_one_name_are_told_apart_and_it_is_said():
    items = {item.source_path: item for item in plan_batch(["deep", "."]).items()}

    assert items["deep/a.txt"].warnings == ("same file name as a.txt, so called a-2",)
    assert items["a.txt"].warnings == ()


def test_names_that_differ_in_case_only_are_told_apart(tmp_path):
    for name in ("x/JCM.txt", "y/jcm.txt"):
        (tmp_path / name).parent.mkdir()
        (tmp_path / name).write_text("声明", encoding="utf-8")

    assert [item.doc_id for item in plan_batch([str(tmp_path)]).items()] == ["JCM", "jcm-2"]


@pytest.mark.parametrize(
    ("sources", "paths"),
    [
        (["a.txt"], ["a.txt"]),
        (["a.txt", "./a.txt", "a.*"], ["a.txt"]),
        (["*.txt"], ["a.txt", "b.txt"]),
        (["**/*.txt"], ["a.txt", "deep/a.txt", "b.txt"]),
        (["notes.md"], ["notes.md"]),
        (["deep"], ["deep/a.txt", "deep/er/c.TXT"]),
    ],
)
@pytest.mark.usefixtures("folder")
def test_files_folders_and_patterns(sources, paths):
    assert [item.source_path for item in plan_batch(sources).items()] == paths


def test_the_output_is_not_read(folder):
    (folder / "out/text").mkdir(parents=True)
    (folder / "out/text/a.txt").write_text("声明", encoding="utf-8")

    plan = plan_batch([".", "out/text/*.txt"], without=folder / "out")

    assert not [item for item in plan.items() if item.source_path.startswith("out")]


@pytest.mark.parametrize(
    ("source", "code", "message"),
    [
        ("nowhere.txt", "missing", "no such file or folder"),
        ("*.doc", "missing", "no file has a name like this"),
        (
            "pictures",
            "no_statements",
            "looked for *.txt, *.html, *.htm, *.xhtml, *.pdf, *.docx, *.zip in the folder and below it, found 2 .png, 1 without suffix",
        ),
        ("void", "no_statements", "in the folder and below it, found no files"),
    ],
)
def test_sources_without_files_are_named(folder, source, code, message):
    (folder / "pictures").mkdir()
    (folder / "void").mkdir()
    for name in ("1.png", "2.PNG", "README"):
        (folder / "pictures" / name).write_bytes(b"\x89PNG")

    plan = plan_batch([source, "a.txt"])

    assert [item.doc_id for item in plan.items()] == ["a"]
    assert [(r.source_path, r.code) for r in plan.refusals] == [(source, code)]
    assert message in plan.refusals[0].message


STATEMENT = "双方は、港の整備を確認した。"
PDF, PAGE, WORD = b"%PDF-1.7\n", b"\n<!DOCTYPE html><p>", b"PK\x03\x04____word/document.xml"


@pytest.mark.parametrize(
    ("name", "data", "taken"),
    [
        ("statement", PDF, True),
        ("index.php@id=5", PAGE, True),
        ("page", PAGE.decode().encode("utf-16"), True),
        ("word.tmp", WORD, True),
        ("old.doc", b"\xd0\xcf\x11\xe0", True),  # which reading refuses with a word
        ("mail.MHT", b"MIME-Version: 1.0\n", True),
        ("book.xlsx", b"PK\x03\x04____xl/workbook.xml", False),
        ("logo.png", b"\x89PNG", False),
        ("style.css", b"/* <html> */", False),
        ("README", b"Statements, to be read.", False),
        ("声明", STATEMENT.encode(), True),
        ("note.text", STATEMENT.encode("utf-16"), True),
        ("共同声明2014.7.16", STATEMENT.encode("cp932"), True),
        ("long", (1_000 * STATEMENT).encode(), True),  # the head ends within a character
        ("script", f"#!/bin/sh\n# {STATEMENT}".encode(), False),
        ("Makefile", f"all:  # {STATEMENT}\n\tcc -c main.c\n\tcc -o main main.o\n".encode(), False),
        ("data", b"\x00\x01" + STATEMENT.encode("utf-16"), False),
        ("void", b"", False),
        ("table.csv", STATEMENT.encode(), False),
        ("~$word.docx", b"\x04name", False),
    ],
)
def test_what_a_folder_and_an_archive_hold_is_known_by_name_or_content(tmp_path, name, data, taken):
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / name).write_bytes(data)
    (tmp_path / "in/a.txt").write_text("声明", encoding="utf-8")
    with zipfile.ZipFile(tmp_path / "all.zip", "w") as archive:
        archive.write(tmp_path / "in" / name, name)
        archive.write(tmp_path / "in/a.txt", "a.txt")

    for source in ("in", "all.zip"):
        plan = plan_batch([str(tmp_path / source)])

        assert len(plan) == 1 + taken
        assert {item.doc_id for item in plan.items()} <= {"a", name, Path(name).stem}
        assert plan.refusals == []
        assert plan.passed_over.total() == (not taken and name[0] != "~")


def test_dates_in_names_without_suffix_make_different_ids(tmp_path):
    for day in (16, 17):
        (tmp_path / f"声明2014.7.{day}").write_text(STATEMENT, encoding="utf-8")

    items = plan_batch([str(tmp_path)]).items()

    assert [(item.doc_id, item.warnings) for item in items] == [
        ("声明2014.7.16", ()),
        ("声明2014.7.17", ()),
    ]


def test_what_a_browser_saved_with_a_page_is_passed_over(tmp_path):
    names = ["声明.html", "声明_files/frame.html", "声明_files/x.css", "old.htm", "old.files/1.html", "other_files/a.html"]  # fmt: skip
    with zipfile.ZipFile(tmp_path / "all.zip", "w") as archive:
        for name in names:
            path = tmp_path / "in" / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(PAGE)
            archive.write(path, f"site/{name}")
    expected = ["a", "old", "声明"]
    folder, packed = plan_batch([str(tmp_path / "in")]), plan_batch([str(tmp_path / "all.zip")])

    assert [item.doc_id for item in folder.items()] == expected
    assert [item.doc_id for item in packed.items()] == expected
    assert folder.passed_over == {"folder of what a saved page shows": 2}
    assert packed.passed_over == {".html": 2, ".css": 1}


def test_an_archive_in_an_archive_is_refused_with_a_word(tmp_path):
    from seimeibun.sources import SourceError, read_source

    with zipfile.ZipFile(tmp_path / "inner.zip", "w") as archive:
        archive.writestr("a.txt", "声明")
    with zipfile.ZipFile(tmp_path / "all.zip", "w") as archive:
        archive.write(tmp_path / "inner.zip", "inner.zip")
    (item,) = plan_batch([str(tmp_path / "all.zip")]).items()

    with pytest.raises(SourceError, match="inside an archive; unpack it first"):
        read_source(item.path)


@pytest.mark.skipif(os.name == "nt", reason="needs named pipes")
def test_pipes_keep_nobody_waiting(tmp_path):
    os.mkfifo(tmp_path / "pipe")
    os.mkfifo(tmp_path / "a.txt")
    plan = plan_batch([str(tmp_path)])

    assert [item.doc_id for item in plan.items()] == ["a"]
    assert digest(str(tmp_path / "a.txt")) == ""


@pytest.mark.parametrize(
    ("stem", "doc_id"),
    [
        ("2025-12-20_共同声明", "2025-12-20_共同声明"),
        ("=HYPERLINK(1)", "HYPERLINK(1)"),
        ("＋３億", "３億"),
        ("-x", "x"),
        ('a/b\\c:d*e?f"g<h>i|j#k;l', "a_b_c_d_e_f_g_h_i_j_k_l"),
        ("\u202etxt.exe", "_txt.exe"),
        ("a\nb\tc", "a_b_c"),
        (unicodedata.normalize("NFD", "ガ"), "ガ"),
        ("\udcff", "_"),
        ("..", "document"),
        ("名 前", "名 前"),
    ],
)
def test_document_ids_are_safe_in_files_cells_and_keys(stem, doc_id):
    assert doc_id_of(stem) == doc_id


def test_long_names_are_cut_and_stay_different():
    one, other = doc_id_of("声" * 300 + "一"), doc_id_of("声" * 300 + "二")

    assert one != other
    assert max(len(one.encode()), len(other.encode())) <= 200


@pytest.mark.skipif(os.name == "nt", reason="needs symbolic links")
def test_a_link_to_a_file_is_the_file(folder):
    (folder / "z.txt").symlink_to(folder / "a.txt")

    assert [item.source_path for item in plan_batch(["a.txt", "z.txt"]).items()] == ["a.txt"]
