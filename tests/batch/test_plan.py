import os
import unicodedata

import pytest

from seimeibun.batch.names import doc_id_of
from seimeibun.batch.plan import plan_batch


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
