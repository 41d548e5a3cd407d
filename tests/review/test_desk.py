"""Messages: whatever comes, there is an answer, and the log says what the answer says."""

import pytest
from small_dataset import ONE, place, span_id

from seimeibun.review import Session
from seimeibun.review.desk import Desk
from seimeibun.tables.schema import LABELS

TOKYO = span_id("one", "entity", "CITY", *place(ONE, "東京"))


@pytest.fixture
def desk(dataset):
    with Session(dataset, reviewer="suzuki") as session:
        yield Desk(session)


def do(desk, op, seq=1, **params):
    return desk.handle(
        {"type": "do", "client": "c", "seq": seq, "doc_id": "one", "op": op, "params": params}
    )


def test_a_view_has_all_that_a_screen_shows(desk):
    view = desk.handle({"type": "hello"})

    assert (view["doc"]["doc_id"], view["doc"]["text"]) == ("one", ONE)
    assert [layer["name"] for layer in view["layers"]] == list(LABELS)
    assert all(label["ja"] for layer in view["layers"] for label in layer["labels"])
    assert len(view["items"]) == 11


def test_an_answer_has_what_changed(desk):
    desk.handle({"type": "hello"})
    answer = do(desk, "accept", span_id=TOKYO)

    assert (answer["ok"], answer["n_events"], answer["client"], answer["seq"]) == (True, 1, "c", 1)
    assert [item["id"] for item in answer["items"]] == [TOKYO]
    assert answer["line"]["decided"] == 1


def test_the_same_message_twice_is_done_once(desk):
    assert do(desk, "accept", span_id=TOKYO) == do(desk, "accept", span_id=TOKYO)
    assert len(desk.session.open("one").events) == 1


@pytest.mark.parametrize(
    ("message", "kind"),
    [
        ({}, "refused"),
        ({"type": "dance"}, "refused"),
        ({"type": "open", "doc_id": "three"}, "refused"),
        ({"type": "do", "doc_id": "one", "op": "accept", "params": {"span_id": "x"}}, "refused"),
        ({"type": "do", "doc_id": "one", "op": "__init__", "params": {}}, "refused"),
        ({"type": "do", "doc_id": "one", "op": "accept", "params": [1]}, "refused"),
        ({"type": "check", "doc_id": "one", "span_id": TOKYO, "values": 7}, "failed"),
    ],
)
def test_nothing_that_is_sent_breaks_it(desk, message, kind):
    answer = desk.handle(message)

    assert answer["ok"] is False
    assert answer["kind"] == kind
    assert answer["error"]


def test_a_failed_write_is_no_ok(desk, monkeypatch):
    import os

    def full(_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    answer = do(desk, "accept", span_id=TOKYO)

    assert (answer["ok"], answer["kind"]) == (False, "failed")
    monkeypatch.undo()
    assert do(desk, "accept", span_id=TOKYO)["n_events"] == 1


def test_a_torn_line_and_lost_places_are_told_at_the_start(dataset):
    with Session(dataset, reviewer="suzuki") as session:
        session.open("one").accept(TOKYO)
    path = dataset / "review/one.suzuki.jsonl"
    path.write_bytes(path.read_bytes() + b'{"v":1,"op":"acc')
    with Session(dataset, reviewer="suzuki") as session:
        notes = Desk(session).handle({"type": "hello"})["notes"]

    assert "壊れていた" in notes[0]


def test_a_widget_is_a_desk_in_a_notebook(dataset):
    pytest.importorskip("anywidget", reason="the extra `review` is not installed")
    from seimeibun.review import ReviewWidget

    widget = ReviewWidget(dataset, reviewer="suzuki")
    answer = widget.handle(
        {"type": "do", "doc_id": "one", "op": "accept", "params": {"span_id": TOKYO}}
    )
    sent = []
    widget.send = sent.append
    widget._handle_custom_msg({"type": "hello"}, [])

    assert answer["ok"]
    assert sent[0]["n_events"] == 1
    widget.close()
