"""Candidates: gathered, ticked by a human, measured where they do not come from."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from small_dataset import ONE, TWO, place, span_id

from seimeibun.entities.vocabulary import STOP_COLUMNS
from seimeibun.gazetteer import NAME_COLUMNS
from seimeibun.review import Session
from seimeibun.review.candidates import (
    gazetteer_path,
    measure,
    promote,
    stop_path,
    ticked,
    write_candidates,
)
from seimeibun.tables.read import read_strings

TOKYO = span_id("one", "entity", "CITY", *place(ONE, "東京"))


@pytest.fixture
def reviewed(dataset):
    """In the first document 大臣 … is found missing and a 東京 wrong; the second is gold."""
    with Session(dataset, reviewer="suzuki") as session:
        one, two = session.open("one"), session.open("two")
        one.add("entity", "EVENT", *place(ONE, "共同声明"))
        one.reject(TOKYO)
        one.done(accept_rest=True)
        two.add("entity", "POSITION", *place(TWO, "大臣"))
        two.done(accept_rest=True)
    return dataset


def tick(path, surface):
    lines = path.read_text("utf-8-sig").splitlines()
    lines = [line[:-1] + ",x" if line.startswith(f"{surface},") else line for line in lines]
    path.write_text("\r\n".join(lines) + "\r\n", "utf-8-sig", newline="")


def test_added_names_and_rejected_words_are_gathered_with_their_counts(reviewed):
    assert write_candidates(reviewed) == (2, 1)
    names = gazetteer_path(reviewed).read_text("utf-8-sig").splitlines()
    stops = stop_path(reviewed).read_text("utf-8-sig").splitlines()

    assert names[0].split(",")[:8] == [
        "surface",
        "norm",
        "label",
        "canonical",
        "iso3",
        "n_docs",
        "n_accept",
        "n_reject",
    ]
    assert any(line.startswith("共同声明,共同声明,EVENT,共同声明,,1,1,0,") for line in names)
    assert "【東京】国際会議" in stops[1]
    assert stops[1].startswith("東京,CITY,2,3,1,")


def test_nothing_is_taken_unless_ticked_and_ticks_stay(reviewed):
    write_candidates(reviewed)
    assert ticked(reviewed) == ([], [])
    tick(gazetteer_path(reviewed), "共同声明")
    write_candidates(reviewed)

    assert [row["surface"] for row in ticked(reviewed)[0]] == ["共同声明"]


def test_a_strange_tick_is_refused(reviewed):
    write_candidates(reviewed)
    path = gazetteer_path(reviewed)
    path.write_text(path.read_text("utf-8-sig").rstrip() + "maybe\r\n", "utf-8-sig", newline="")

    with pytest.raises(ValueError, match="decision is 'maybe'; it must be x or empty"):
        ticked(reviewed)


def test_the_effect_is_measured_on_other_documents_only(reviewed):
    write_candidates(reviewed)
    tick(stop_path(reviewed), "東京")
    effect = measure(reviewed)
    assert (effect.documents, effect.left_out) == ([], ["one", "two"])

    write_candidates(reviewed)
    path = stop_path(reviewed)
    path.write_text(path.read_text("utf-8-sig").replace("one;two", "one"), "utf-8-sig", newline="")
    tick(gazetteer_path(reviewed), "共同声明")
    effect = measure(reviewed)
    assert effect.documents == ["two"]
    assert effect.before[""].tp == 2
    assert (effect.after[""].tp, effect.after[""].fn) == (
        0,
        3,
    )  # the stop word takes 東京 away there
    assert any("R 0.667 → 0.000" in line for line in effect.lines())


def test_ticked_names_go_to_the_rules_once(reviewed, tmp_path):
    write_candidates(reviewed)
    tick(gazetteer_path(reviewed), "共同声明")
    rules = tmp_path / "rules"
    rules.mkdir()
    (rules / "events.tsv").write_text("\t".join(NAME_COLUMNS) + "\n", "utf-8")

    (line,) = promote(reviewed, rules)
    assert line.startswith("events.tsv\tevent/review-")
    assert "\t共同声明\t" in (rules / "events.tsv").read_text("utf-8")
    assert promote(reviewed, rules) == []


def test_ticked_words_go_to_the_stop_words_once_and_nothing_is_half_written(reviewed, tmp_path):
    write_candidates(reviewed)
    tick(gazetteer_path(reviewed), "共同声明")
    tick(stop_path(reviewed), "東京")
    rules = tmp_path / "rules"
    rules.mkdir()
    (rules / "events.tsv").write_text("\t".join(NAME_COLUMNS) + "\n", "utf-8")
    with pytest.raises(FileNotFoundError, match=r"stop_words\.tsv"):
        promote(reviewed, rules)
    assert "共同声明" not in (rules / "events.tsv").read_text("utf-8")

    (rules / "stop_words.tsv").write_text("\t".join(STOP_COLUMNS), "utf-8")
    assert [line.split("\t")[:3] for line in promote(reviewed, rules)][-1] == [
        "stop_words.tsv",
        "東京",
        "CITY",
    ]
    last = (rules / "stop_words.tsv").read_text("utf-8").splitlines()[-1].split("\t")
    assert last[2] in " ".join(ONE.split())
    assert promote(reviewed, rules) == []


LEARNT = "会談の概要\n\n双方は、イスラエル及びパレスチナの情勢について意見を交換した。\n"
UNSEEN = (
    "会談の概要\n\n大臣は、パレスチナを訪問し、協力を確認した。パレスチナ側は謝意を表明した。\n"
)
ANNOTATE = (
    "import sys; from seimeibun.cli import main; sys.argv = ['seimeibun', *sys.argv[1:]]; main()"
)


@pytest.mark.model
def test_what_was_measured_is_what_the_rules_do_to_a_document_they_are_not_from(tmp_path):
    """The tables foretell it; then the rules are changed and the documents annotated anew."""
    import ja_seimeibun

    model = Path(ja_seimeibun.__file__).parent
    shutil.copytree(model, tmp_path / "models/ja_seimeibun")
    (tmp_path / "in").mkdir()
    for name, text in (("learnt", LEARNT), ("unseen", UNSEEN)):
        (tmp_path / f"in/{name}.txt").write_text(text, "utf-8")

    def annotate(out):
        path = os.pathsep.join([str(tmp_path / "models"), *sys.path])
        command = [sys.executable, "-c", ANNOTATE, "annotate", str(tmp_path / "in"), "-o", str(out), "-q"]  # fmt: skip
        subprocess.run(command, check=True, env={**os.environ, "PYTHONPATH": path})
        rows = [row for row in read_strings(out, "annotations") if row["layer"] == "entity"]
        return {row["span_id"] for row in rows if row["doc_id"] == "unseen"}

    out = tmp_path / "out"
    before = annotate(out)
    with Session(out, reviewer="suzuki", layers=["entity"]) as session:
        for doc_id in session.doc_ids:
            review = session.open(doc_id)
            for entry in list(review.entries):
                text = review.document.quote(entry.span.start, entry.span.end)
                if (text, entry.span.label) == ("パレスチナ", "COUNTRY"):
                    review.relabel(entry.span_id, "REGION")
            review.done(accept_rest=True)
    write_candidates(out)
    for path in (gazetteer_path(out), stop_path(out)):
        lines = path.read_text("utf-8-sig").replace("learnt;unseen", "learnt")
        path.write_text(lines, "utf-8-sig", newline="")
        tick(path, "パレスチナ")
    effect = measure(out)
    assert effect.documents == ["unseen"]
    assert (effect.before[""].fp, effect.before[""].fn) == (2, 2)
    assert (effect.after[""].fp, effect.after[""].fn) == (0, 0)

    assert len(promote(out, tmp_path / "models/ja_seimeibun/rules")) == 2
    after = annotate(tmp_path / "again")
    places = ["{}-{}".format(*place(UNSEEN, "パレスチナ", nth)) for nth in (0, 1)]
    assert before - after == {f"unseen#entity:{place}:COUNTRY" for place in places}
    assert after - before == {f"unseen#entity:{place}:REGION" for place in places}
