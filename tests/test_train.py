"""Training on certified gold: what it takes, how documents are divided, and that it changes nothing in vain."""

from pathlib import Path

import pytest

from seimeibun.review import Session
from seimeibun.train import TrainingError, _check_out, _keep, _split, train

STATEMENTS = Path(__file__).parents[1] / "data/statements"


def test_documents_are_divided_into_three_parts_without_overlap():
    parts = _split(list("abcdefghi"), [])

    assert sorted(name for part in parts for name in part) == list("abcdefghi")
    assert parts[2] == ["c", "f", "i"]
    assert _split(list("abc"), ["a"])[2] == ["a"]
    assert all(_split(list("abc"), []))


@pytest.mark.parametrize(
    ("held_out", "message"),
    [(["x"], "x is not certified; certified are a, b, c"), (["a", "b"], "1 documents are left")],
)
def test_a_division_that_cannot_be_is_refused(held_out, message):
    with pytest.raises(TrainingError, match=message):
        _split(list("abc"), held_out)


def test_a_folder_that_is_no_model_is_not_replaced(tmp_path):
    (tmp_path / "letters").mkdir()
    (tmp_path / "letters/dear.txt").write_text("…", "utf-8")
    for out, message in (("letters", "no spaCy model"), ("letters/dear.txt", "is a file")):
        with pytest.raises(TrainingError, match=message):
            train(tmp_path, out=tmp_path / out)
    assert (tmp_path / "letters/dear.txt").is_file()


def test_a_model_takes_the_place_of_an_older_one(tmp_path):
    for name in ("model", "out"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "meta.json").write_text(name, "utf-8")
    (tmp_path / "out/old").write_text("", "utf-8")
    _check_out(tmp_path / "out")
    _keep(tmp_path / "model", tmp_path / "out")

    assert [path.name for path in (tmp_path / "out").iterdir()] == ["meta.json"]
    assert (tmp_path / "out/meta.json").read_text("utf-8") == "model"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["model", "out"]


@pytest.fixture(scope="module")
def certified(tmp_path_factory, nlp):
    """Three sample statements, all that was found taken for right."""
    from seimeibun import annotate, tables
    from seimeibun.sources import read_text
    from seimeibun.tables.write import write_dataset

    folder = tmp_path_factory.mktemp("certified") / "dataset"
    paths = sorted(STATEMENTS.glob("*.txt"))[3:6]
    docs = [annotate(path, nlp=nlp) for path in paths]
    for doc, path in zip(docs, paths, strict=True):
        doc._.doc_id = path.stem
    texts = {path.stem: read_text(path).text for path in paths}
    write_dataset(tables(docs), texts, folder, run_json="{}")
    with Session(folder, reviewer="suzuki", layers=["entity"]) as session:
        for doc_id in session.doc_ids[:2]:
            session.open(doc_id).done(accept_rest=True)
    return folder


@pytest.mark.model
def test_too_few_documents_are_said(certified):
    with pytest.raises(TrainingError, match=r"2 documents of .* it takes 3 at least"):
        train(certified)


@pytest.mark.model
def test_where_it_does_not_help_it_says_so_and_writes_nothing(certified, tmp_path):
    with Session(certified, reviewer="suzuki", layers=["entity"]) as session:
        session.open(session.doc_ids[2]).done(accept_rest=True)
    report = train(certified, out=tmp_path / "model", max_steps=2)

    assert report.pipeline[0].f1 == 1.0  # the gold is what it finds: nothing to gain
    assert not report.helps
    assert report.spans > 0
    assert not (tmp_path / "model").exists()
    assert list(report.lines())[-1].startswith("it does not help")
