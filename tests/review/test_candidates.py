"""Candidates: gathered, ticked by a human, measured where they do not come from."""

import pytest
from small_dataset import ONE, TWO, place, span_id

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
