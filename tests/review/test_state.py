"""The fold: any events, the same state, in any process."""

import json
import os
import subprocess
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from small_dataset import ONE, place, span_id

from seimeibun.review.events import Change, Event, Place, new_event_id
from seimeibun.review.state import extend, fold, text_hash

SHA = text_hash(ONE)
WORDS = [("COUNTRY", "日本国"), ("CITY", "東京"), ("FACILITY", "𠮷野港"), ("EVENT", "東京国際会議")]


def event(op, number=0, *, text=ONE, sha=None, **fields):
    label, word = WORDS[number]
    start, end = place(text, word)
    base = {
        "event_id": new_event_id(), "ts": "2026-11-22T09:15:02Z", "reviewer": "suzuki", "doc_id": "one",
        "text_sha256": sha or text_hash(text), "op": op,
    }  # fmt: skip
    if op in {"undo", "doc_done", "doc_reopen"}:
        return Event(**(base | fields))
    key = span_id("one", "entity", label, start, end)
    about = {
        "span_id": key,
        "quote": word,
        "prefix": text[max(0, start - 20) : start],
        "suffix": text[end : end + 20],
    }
    if op == "add":
        about["after"] = Change(layer="entity", label=label, start=start, end=end, quote=word)
    else:
        about["before"] = Place(layer="entity", label=label, start=start, end=end)
    return Event(**(base | about | fields))


def decisions(events, text=ONE):
    return {key.rpartition(":")[2]: item.decision for key, item in fold(events, text).items.items()}


def test_the_last_decision_stands():
    assert decisions([event("accept"), event("reject")]) == {"COUNTRY": "rejected"}


def test_an_undo_and_its_undo():
    first, second = event("accept"), event("reject")
    undo = event("undo", target=second.event_id)
    redo = event("undo", target=undo.event_id)

    assert decisions([first, second, undo]) == {"COUNTRY": "accepted"}
    assert decisions([first, second, undo, redo]) == {"COUNTRY": "rejected"}


def test_undoing_all_leaves_nothing():
    first, comment = event("accept"), event("comment", comment="？")
    undone = [event("undo", target=e.event_id) for e in (comment, first)]

    assert fold([first, comment, *undone], ONE).items == {}


def done(layers="entity"):
    return event("doc_done", attrs={"layers": layers})


def test_a_certificate_ends_with_the_next_edit_of_its_layer():
    assert fold([event("accept"), done()], ONE).certified == {"entity"}
    assert fold([event("accept"), done(), event("reject", 1)], ONE).certified == set()
    assert fold([event("accept"), done("date"), event("reject", 1)], ONE).certified == {"date"}
    assert fold([done(), event("comment", comment="よい")], ONE).certified == {"entity"}
    assert fold([done(), event("doc_reopen", attrs={"layers": "entity"})], ONE).certified == set()


def test_taking_back_what_came_after_restores_the_certificate_and_what_came_before_ends_it():
    before, after = event("accept"), event("reject", 1)
    log = [before, done(), after, event("undo", target=after.event_id)]

    assert fold(log, ONE).certified == {"entity"}
    assert fold([before, done(), event("undo", target=before.event_id)], ONE).certified == set()


def test_decisions_move_with_the_text():
    new = "（仮訳）\n" + ONE
    state = fold([event("accept", 2), event("relabel", 1, after=Change(label="REGION"))], new)

    assert [new[i.span.start : i.span.end] for i in state.items.values()] == ["𠮷野港", "東京"]
    assert state.moved == 2
    assert state.orphans == []


def test_an_edge_that_was_moved_moves_with_the_text():
    start, end = place(ONE, "東京国際会議")
    change = Change(start=start, end=end - 2, quote="東京国際")
    new = "前書き。" + ONE
    (item,) = fold([event("adjust", 3, after=change)], new).items.values()

    assert new[item.span.start : item.span.end] == "東京国際"
    assert new[item.origin.start : item.origin.end] == "東京国際会議"


def test_stretches_among_values_move_with_the_text():
    start, end = place(ONE, "日本国政府")
    attrs = {"actor_text": "日本国政府", "actor_start": str(start), "actor_end": str(end)}
    new = "前書き。" + ONE
    (item,) = fold([event("set_value", 0, attrs=attrs)], new).items.values()

    assert new[int(item.values["actor_start"]) : int(item.values["actor_end"])] == "日本国政府"


@pytest.mark.parametrize(
    ("bad", "reason"),
    [
        (event("accept", sha="1" * 64, quote="存在しない引用"), "is not to be found"),
        (event("accept", quote="韓国"), "the log says '韓国'"),
        (event("relabel", after=Change(label="NATION")), "NATION is no label of the layer entity"),
        (event("accept", span_id="何か"), "is no span id"),
    ],
)
def test_what_has_no_place_is_an_orphan_with_its_reason_and_the_rest_stands(bad, reason):
    state = fold([event("accept", 1), bad], ONE)

    assert [orphan.event for orphan in state.orphans] == [bad]
    assert reason in state.orphans[0].reason
    assert len(state.items) == 1


OPS = ["accept", "reject", "relabel", "adjust", "add", "remove", "set_value", "comment", "flag", "unflag", "undo",
       "doc_done", "doc_reopen"]  # fmt: skip


@st.composite
def logs(draw):
    """Return events in any order, sensible or not, of two editions of the text."""
    events = []
    for op, number in draw(
        st.lists(st.tuples(st.sampled_from(OPS), st.integers(0, 3)), max_size=14)
    ):
        text = draw(st.sampled_from([ONE, "前書き。" + ONE]))
        fields = {}
        if op == "undo":
            target = draw(st.sampled_from(events)).event_id if events else new_event_id()
            fields["target"] = target
        elif op in {"doc_done", "doc_reopen"}:
            fields["attrs"] = {"layers": draw(st.sampled_from(["entity", "entity;date"]))}
        elif op == "relabel":
            fields["after"] = Change(label=draw(st.sampled_from(["REGION", "PERSON", "NATION"])))
        elif op == "adjust":
            start, end = place(text, WORDS[number][1])
            end += draw(st.integers(-1, 3))
            fields["after"] = Change(start=start, end=end, quote=text[start:end])
        elif op == "set_value":
            fields["attrs"] = {"value": draw(st.sampled_from(["JPN", "x"]))}
        elif op == "comment":
            fields["comment"] = "？"
        events.append(event(op, number, text=text, **fields))
    return events


@settings(max_examples=60, deadline=None)
@given(logs())
def test_any_events_fold_and_fold_the_same_after_a_round_trip_through_the_log(events):
    again = [Event.from_line(e.to_line()) for e in events]

    assert again == events
    assert fold(again, ONE).digest() == fold(events, ONE).digest()
    assert fold(events, "").items == {}


@settings(max_examples=80, deadline=None)
@given(logs(), st.sampled_from([ONE, "前書き。" + ONE]))
def test_a_fold_goes_on_with_the_next_event_as_if_it_had_begun_anew(events, text):
    state = fold([], text)
    for number, event in enumerate(events, 1):
        whole = fold(events[:number], text)
        if event.op == "undo":
            state = whole
        else:
            extend(state, event, text, text_hash(text))
        assert state == whole
        assert list(state.items) == list(whole.items)


def test_every_process_folds_to_the_same_state(tmp_path):
    """Hash seeds differ between processes; the state must not."""
    samples = []

    @settings(max_examples=25, deadline=None, database=None)
    @given(logs())
    def collect(log):
        samples.append(log)

    collect()
    path = tmp_path / "logs.json"
    path.write_text(json.dumps([[e.to_line().decode() for e in log] for log in samples]), "utf-8")
    code = (
        "import json, sys; from pathlib import Path\n"
        "from seimeibun.review.events import Event; from seimeibun.review.state import fold\n"
        "text, path = sys.argv[1:]\n"
        "for log in json.loads(Path(path).read_text('utf-8')):\n"
        "    print(fold([Event.from_line(line.encode()) for line in log], text).digest())\n"
    )
    expected = [fold(log, ONE).digest() for log in samples]
    for seed in ("1", "77"):
        run = subprocess.run(
            [sys.executable, "-c", code, ONE, path], capture_output=True, text=True, check=True,
            env={**os.environ, "PYTHONHASHSEED": seed},
        )  # fmt: skip
        assert run.stdout.split() == expected
