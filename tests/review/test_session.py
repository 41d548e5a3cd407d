"""Every operation of a reviewer, its refusals, and what stands afterwards."""

import pytest
from small_dataset import ONE, place, span_id, write

from seimeibun.review import Session
from seimeibun.review.machine import DatasetError
from seimeibun.review.values import RefusalError

TOKYO = span_id("one", "entity", "CITY", *place(ONE, "東京"))
TOKYO2 = span_id("one", "entity", "CITY", *place(ONE, "東京", 1))
JAPAN = span_id("one", "entity", "COUNTRY", *place(ONE, "日本国"))
YEAR = span_id("one", "date", "DATE", *place(ONE, "2030年"))
AMOUNT = span_id("one", "money", "MONEY", *place(ONE, "３億円"))
ACT = span_id("one", "agreement", "AGREE", *place(ONE, "一致"))
COUNT = span_id("one", "quantity", "CARDINAL", *place(ONE, "３億"))


def status(review, span):
    return review.entry(span).status


def test_decisions_are_on_disk_when_the_method_returns(review):
    review.accept(TOKYO)
    review.reject(JAPAN)

    lines = (review.folder / "review/one.suzuki.jsonl").read_bytes().splitlines()
    assert len(lines) == 2
    assert (status(review, TOKYO), status(review, JAPAN)) == ("accepted", "rejected")


def test_the_event_says_all_that_is_needed_to_find_the_span_again(review):
    (event,) = review.relabel(TOKYO, "REGION", ms=1200)

    assert event.quote == "東京"
    assert event.prefix == ONE[place(ONE, "東京")[0] - 20 : place(ONE, "東京")[0]]
    assert (event.before.label, event.after.label, event.ms) == ("CITY", "REGION", 1200)
    assert event.run_id
    assert event.text_sha256 == review.document.sha256


def test_a_session_goes_on_where_it_was(dataset, review):
    review.accept(TOKYO)
    review.close()
    with Session(dataset, reviewer="suzuki") as session:
        again = session.open("one")

        assert again.entry(TOKYO).status == "accepted"
        assert len(again.events) == 1


def test_an_item_keeps_its_name_when_label_and_edges_change(review):
    review.relabel(TOKYO, "REGION")
    start, end = place(ONE, "東京")
    review.adjust(TOKYO, start, end + 2)

    assert review.entry(TOKYO).span == ("entity", "REGION", start, end + 2)
    assert review.entry(span_id("one", "entity", "REGION", start, end + 2)).span_id == TOKYO


def test_adding_and_removing(review):
    start, end = place(ONE, "国際会議")
    (event,) = review.add("entity", "EVENT", start, end)
    assert event.quote == "国際会議"
    assert event.attrs == {"token_aligned": "true"}
    assert status(review, event.span_id) == "accepted"

    review.remove(event.span_id)
    with pytest.raises(RefusalError, match="ありません"):
        review.entry(event.span_id)
    with pytest.raises(RefusalError, match="却下"):
        review.remove(TOKYO)


def test_adding_what_was_rejected_accepts_it(review):
    review.reject(TOKYO)
    (event,) = review.add("entity", "CITY", *place(ONE, "東京"))

    assert (event.op, event.span_id) == ("accept", TOKYO)


def test_the_same_span_twice_is_refused(review):
    review.accept(TOKYO)
    start, end = place(ONE, "東京国際会議")
    review.add("entity", "CITY", start, end)

    for twice in (
        lambda: review.add("entity", "CITY", *place(ONE, "東京")),
        lambda: review.adjust(TOKYO, start, end),
    ):
        with pytest.raises(RefusalError, match="すでにあります"):
            twice()


def test_all_with_the_same_characters_at_once_and_one_undo(review):
    assert len(review.accept_same(TOKYO)) == 2
    assert status(review, TOKYO2) == "accepted"

    assert len(review.undo()) == 2
    assert (status(review, TOKYO), status(review, TOKYO2)) == ("pending", "pending")


def test_undo_goes_back_step_by_step(review):
    review.accept(TOKYO)
    review.relabel(TOKYO, "REGION")
    review.undo()
    assert review.entry(TOKYO).span.label == "CITY"
    review.undo()
    assert status(review, TOKYO) == "pending"
    with pytest.raises(RefusalError, match="元に戻す操作はありません"):
        review.undo()


def test_an_undo_can_be_taken_back_by_its_name(review):
    review.reject(TOKYO)
    (undo,) = review.undo()
    review.undo(undo.event_id)

    assert status(review, TOKYO) == "rejected"
    with pytest.raises(RefusalError, match="すでに取り消されています"):
        review.undo(undo.event_id)


@pytest.mark.parametrize(
    ("span", "values", "follows"),
    [
        (YEAR, {"edtf": "2029-04/2030-03"}, {"start_date": "2029-04-01", "end_date": "2030-03-31"}),
        (YEAR, {"edtf": "2030-40"}, {"end_date": "2030-06-30"}),
        (AMOUNT, {"amount_min": "300,000,000", "currency": "JPY"}, {"amount_min": "300000000"}),
        (JAPAN, {"value": "KOR"}, {"value": "KOR"}),
        (ACT, {"actor_resolved": "JPN;LAO", "polarity": "NEG"}, {"actor_resolved": "JPN;LAO"}),
        (COUNT, {"value": "300000000 円"}, {"value": "300000000 円"}),
    ],
)
def test_values_and_what_follows_from_them(review, span, values, follows):
    (event,) = review.set_value(span, values)

    assert follows.items() <= event.attrs.items()
    assert review.entry(span).status == "accepted"


@pytest.mark.parametrize(
    ("span", "values", "message"),
    [
        (YEAR, {"edtf": "2030-13"}, "という日はありません"),
        (YEAR, {"edtf": "二〇三〇年"}, "EDTFではありません"),
        (YEAR, {"edtf": "2031/2030"}, "より後です"),
        (YEAR, {"edtf": "../.."}, "始まりも終わりもありません"),
        (YEAR, {"duration": "10年"}, "ISO 8601"),
        (YEAR, {"amount_min": "3"}, "date に amount_min という項目はありません"),
        (AMOUNT, {"amount_min": "三億"}, "金額は数字です"),
        (AMOUNT, {"amount_min": "3", "amount_max": "2"}, "上限 2 より大きい"),
        (AMOUNT, {"currency": "円"}, "ISO 4217"),
        (JAPAN, {"value": "日本"}, "3文字"),
        (JAPAN, {"value": " "}, "空にできません"),
        (ACT, {"polarity": "否"}, "AFF・NEG"),
        (ACT, {"actor_resolved": "日本"}, "ISO3"),
        (ACT, {"actor_start": "5", "actor_end": "4"}, "本文にありません"),
        (COUNT, {"value": ""}, "空にできません"),
    ],
)
def test_values_that_cannot_be_are_refused_and_not_written(review, span, values, message):
    with pytest.raises(RefusalError, match=message):
        review.set_value(span, values)

    assert len(review.events) == 0


@pytest.mark.parametrize(
    ("op", "params", "message"),
    [
        ("accept", {"span_id": "one#entity:0-1:CITY"}, "という注釈は one にありません"),
        (
            "relabel",
            {"span_id": TOKYO, "label": "NATION"},
            "NATION is no label of the layer entity",
        ),
        ("relabel", {"span_id": TOKYO, "label": "DATE"}, "DATE is no label"),
        ("add", {"layer": "entity", "label": "CITY", "start": 5, "end": 5}, "の範囲ではありません"),
        (
            "add",
            {"layer": "entity", "label": "CITY", "start": 0, "end": 9999},
            "の範囲ではありません",
        ),
        ("add", {"layer": "name", "label": "CITY", "start": 0, "end": 2}, "no layer"),
        (
            "add",
            {
                "layer": "entity",
                "label": "CITY",
                "start": ONE.index("\n"),
                "end": ONE.index("\n") + 2,
            },
            "空白だけ",
        ),
        ("adjust", {"span_id": TOKYO, "start": 9, "end": 8}, "の範囲ではありません"),
        ("comment", {"span_id": TOKYO, "comment": " "}, "コメントが空"),
        ("done", {}, "未確認の注釈が 11 件"),
        ("dance", {}, "dance という操作はありません"),
        ("accept", {}, "span_id"),
    ],
)
def test_what_cannot_be_is_refused_in_words_and_not_written(review, op, params, message):
    with pytest.raises(RefusalError, match=message):
        review.perform(op, params)

    assert len(review.events) == 0


def test_certifying_accepts_the_rest_and_is_one_step_to_undo(review):
    review.reject(TOKYO)
    review.done(accept_rest=True)
    assert review.certified
    assert status(review, JAPAN) == "accepted"
    assert status(review, TOKYO) == "rejected"

    review.accept(TOKYO)
    assert not review.certified
    review.undo()
    assert review.certified
    review.undo()
    assert not review.certified
    assert status(review, JAPAN) == "pending"


def test_one_layer_can_be_certified_by_itself(dataset):
    with Session(dataset, reviewer="suzuki", layers=["date"]) as session:
        review = session.open("one")
        review.accept(YEAR)
        review.done()

        assert review.certified
        assert review.state.certified == {"date"}
        assert [e.span.layer for e in review.entries] == ["date"]


def test_blind_shows_only_what_one_marked_oneself(dataset):
    with Session(dataset, reviewer="suzuki", blind=True) as session:
        review = session.open("one")
        assert review.entries == []
        (known,) = review.add("entity", "CITY", *place(ONE, "東京"))
        (own,) = review.add("entity", "PERSON", *place(ONE, "国政"))

        assert (known.op, known.blind) == ("accept", True)
        assert own.op == "add"
        assert len(review.entries) == 2
        review.done()
        assert review.certified


def test_a_second_opener_reads_and_cannot_write(dataset, review, monkeypatch):
    from seimeibun.review import session as module
    from seimeibun.review.log import LockedError

    review.accept(TOKYO)

    def locked(_):
        message = "open elsewhere (process 7)"
        raise LockedError(message)

    monkeypatch.setattr(module, "Log", locked)
    with Session(dataset, reviewer="suzuki") as session:
        other = session.open("one")

        assert "process 7" in other.read_only
        assert other.entry(TOKYO).status == "accepted"
        with pytest.raises(RefusalError, match="別の画面"):
            other.accept(JAPAN)


def test_the_most_doubtful_come_first(dataset):
    with Session(dataset, reviewer="suzuki") as session:
        review = session.open("one")
        review.flag(TOKYO2)
        found = session.queue()

        assert (found[0].span_id, found[0].reason) == (TOKYO2, "要確認")
        assert {c.doc_id for c in found} == {"one", "two"}
        review.accept(TOKYO2)
        assert len(session.queue()) == len(found) - 1


def test_progress_counts_what_is_decided(dataset, review):
    review.accept(TOKYO)
    with Session(dataset, reviewer="suzuki", write=False) as session:
        one, two = session.progress()

    assert (one.total, one.decided, one.certified) == (11, 1, False)
    assert (two.total, two.decided) == (4, 0)


def test_wrong_folders_documents_and_names_are_said(dataset, tmp_path):
    with pytest.raises(DatasetError, match=r"annotations\.csv is missing"):
        Session(tmp_path, reviewer="suzuki")
    with pytest.raises(DatasetError, match=r"no document 'three'.*it has one, two"):
        Session(dataset, reviewer="suzuki", documents=["three"])
    with pytest.raises(ValueError, match="up to 40 letters"):
        Session(dataset, reviewer="a.b")
    with pytest.raises(ValueError, match="'name' is no layer"):
        Session(dataset, reviewer="suzuki", layers=["name"])


def test_after_a_new_run_the_decisions_are_there(dataset, review):
    review.accept(TOKYO)
    review.relabel(JAPAN, "REGION")
    review.close()
    write(dataset, run="run 2")
    with Session(dataset, reviewer="suzuki") as session:
        again = session.open("one")

        assert again.entry(TOKYO).status == "accepted"
        assert again.entry(JAPAN).span.label == "REGION"
