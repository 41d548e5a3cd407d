"""The log on disk: nothing acknowledged is lost, nothing is dropped in silence."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from seimeibun.review.events import Event, Place, new_event_id, now, parse_span_id
from seimeibun.review.log import LockedError, Log, LogError, log_file, log_files, read_log

KILLS = os.environ.get("SEIMEIBUN_KILLS", "50")


def accept(doc_id="one", reviewer="suzuki", quote="日本", **changes):
    fields = {
        "event_id": new_event_id(), "ts": now(), "reviewer": reviewer, "doc_id": doc_id, "text_sha256": "0" * 64,
        "op": "accept", "span_id": f"{doc_id}#entity:0-2:COUNTRY", "quote": quote,
        "before": Place(layer="entity", label="COUNTRY", start=0, end=2),
    }  # fmt: skip
    return Event(**(fields | changes))


@pytest.fixture
def file(tmp_path):
    return log_file(tmp_path, "one", "suzuki")


def test_what_is_appended_is_read_back_in_order(file):
    events = [accept(), accept(quote="𠮷野\n港"), accept()]
    with Log(file) as log:
        for event in events:
            log.append(event)

    assert list(read_log(file).events) == events
    assert all(json.loads(line)["v"] == 1 for line in file.path.read_text("utf-8").splitlines())


def test_event_ids_follow_each_other_in_time():
    ids = [new_event_id() for _ in range(5)]

    assert len(set(ids)) == 5
    assert all(event_id[14] == "7" for event_id in ids)


@pytest.mark.parametrize("cut", range(1, 40, 6))
def test_a_torn_last_line_is_reported_skipped_and_put_aside(file, cut):
    with Log(file) as log:
        log.append(accept())
        first = log.events[0]
        log.append(accept())
    data = file.path.read_bytes()
    file.path.write_bytes(data[:-cut] if cut > 1 else data[:-1] + b"\x00")

    reading = read_log(file)
    assert reading.events == (first,)
    assert f"{file.path}:2" in reading.torn
    with Log(file) as log:
        log.append(accept())
        assert "torn" in log.torn
    assert len(read_log(file).events) == 2
    assert read_log(file).torn == ""
    assert file.path.with_name(f"{file.path.name}.torn").is_file()


def test_a_whole_last_line_without_line_end_counts(file):
    with Log(file) as log:
        log.append(accept())
    file.path.write_bytes(file.path.read_bytes().rstrip(b"\n"))

    with Log(file) as log:
        log.append(accept())
    assert len(read_log(file).events) == 2


def test_a_bad_line_in_the_middle_is_an_error_that_names_it(file):
    with Log(file) as log:
        for _ in range(3):
            log.append(accept())
    lines = file.path.read_bytes().split(b"\n")
    file.path.write_bytes(b"\n".join([lines[0], b'{"v":1}', *lines[2:]]))

    with pytest.raises(LogError, match=r"suzuki\.jsonl:2: not an event"):
        read_log(file)
    with pytest.raises(LogError, match=":2:"):
        Log(file)
    assert file.path.read_bytes().count(b"\n") == 3


def test_the_log_of_another_is_refused_even_as_a_last_line(file):
    file.path.parent.mkdir()
    file.path.write_bytes(accept(reviewer="tanaka").to_line())

    with pytest.raises(
        LogError, match="an event of tanaka about one; this file holds those of suzuki"
    ):
        read_log(file)


def test_a_line_that_stands_twice_counts_once(file):
    line = accept().to_line()
    file.path.parent.mkdir()
    file.path.write_bytes(line * 3)

    assert len(read_log(file).events) == 1


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"event_id": "7"}, "must be a UUID"),
        ({"reviewer": "a/b"}, "up to 40 letters"),
        ({"op": "relabel"}, "relabel without after.label"),
        ({"op": "agree"}, "Input should be"),
        ({"quote": ""}, "accept without quote"),
        ({"text_sha256": "x"}, "match pattern"),
        ({"more": 1}, "Extra inputs"),
        ({"op": "undo", "span_id": ""}, "undo without target"),
        ({"op": "doc_done"}, "attrs.layers"),
    ],
)
def test_an_event_must_be_whole(changes, message):
    with pytest.raises(ValueError, match=message):
        accept(**changes)


def test_span_ids_may_hold_any_document_id():
    assert parse_span_id("a#b:1-2:x#entity:3-5:CITY").start == 3
    with pytest.raises(ValueError, match="is no span id; one is like"):
        parse_span_id("日本")


def test_a_second_process_is_kept_out_and_told_who_is_in(file):
    code = (
        "import sys; from pathlib import Path; from seimeibun.review.log import *\n"
        "try: Log(log_file(Path(sys.argv[1]), 'one', 'suzuki'))\n"
        "except LockedError as error: print(error)"
    )
    with Log(file):
        run = subprocess.run(
            [sys.executable, "-c", code, file.path.parents[1]],
            capture_output=True,
            text=True,
            check=True,
        )

    assert f"process {os.getpid()}" in run.stdout
    assert "open for writing elsewhere" in run.stdout


def test_opening_again_in_the_same_process_takes_over(file):
    first = Log(file)
    second = Log(file)

    second.append(accept())
    with pytest.raises(LockedError, match="opened again"):
        first.append(accept())
    second.close()
    first.close()
    assert len(read_log(file).events) == 1


def test_a_failed_write_leaves_nothing_and_the_next_one_counts(file, monkeypatch):
    def full(_):
        raise OSError(28, "No space left on device")

    with Log(file) as log:
        log.append(accept())
        with monkeypatch.context() as patch:
            patch.setattr(os, "fsync", full)
            with pytest.raises(OSError, match="No space"):
                log.append(accept())
        assert len(log.events) == 1
        log.append(accept())
    assert len(read_log(file).events) == 2


def test_logs_are_listed_by_document_and_reviewer(tmp_path):
    for doc_id, reviewer in (("b.txt", "田中"), ("a", "suzuki"), ("b.txt", "adjudicator")):
        Log(log_file(tmp_path, doc_id, reviewer)).close()

    assert [(f.doc_id, f.reviewer) for f in log_files(tmp_path)] == [
        ("a", "suzuki"), ("b.txt", "adjudicator"), ("b.txt", "田中"),
    ]  # fmt: skip


@settings(
    max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    quotes=st.lists(st.text(min_size=1).filter(lambda t: t.isprintable()), min_size=1, max_size=4),
    cut=st.data(),
)
def test_cut_anywhere_the_whole_lines_before_stand(file, quotes, cut):
    events = [accept(quote=quote) for quote in quotes]
    data = b"".join(event.to_line() for event in events)
    at = cut.draw(st.integers(0, len(data)))
    file.path.parent.mkdir(exist_ok=True)
    file.path.write_bytes(data[:at])

    whole = data[:at].count(b"\n")
    found = list(read_log(file).events)
    assert found[:whole] == events[:whole]
    assert len(found) <= whole + 1


@pytest.mark.skipif(not hasattr(os, "fork"), reason="kills forked processes")
def test_killed_at_any_moment_nothing_acknowledged_is_lost(tmp_path):
    script = Path(__file__).with_name("killing.py")
    run = subprocess.run(
        [sys.executable, script, tmp_path, KILLS], capture_output=True, text=True, check=False
    )

    assert run.returncode == 0, run.stderr
    assert int(run.stdout) > 0
