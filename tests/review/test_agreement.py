"""Measures of agreement against an oracle, and what they are when nothing can be measured."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.metrics import cohen_kappa_score
from small_dataset import ONE, place, span_id

from seimeibun.review import Session
from seimeibun.review.agreement import (
    agreement,
    disagreements,
    kappa,
    overlaps,
    overlaps_half,
    span_f1,
)
from seimeibun.review.state import Span

TOKYO = span_id("one", "entity", "CITY", *place(ONE, "東京"))
JAPAN = span_id("one", "entity", "COUNTRY", *place(ONE, "日本国"))


def city(start, end, label="CITY"):
    return Span("entity", label, start, end)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.sampled_from("abc"), st.sampled_from("abc")), min_size=1, max_size=30))
def test_kappa_is_that_of_scikit_learn(pairs):
    left, right = zip(*pairs, strict=True)
    found = kappa(pairs).value
    if len({*left, *right}) == 1:
        assert found is None  # not 1.0: there was no way to disagree
    else:
        assert found == pytest.approx(cohen_kappa_score(left, right))


@pytest.mark.parametrize(
    ("a", "b", "exact", "overlap", "half"),
    [
        ({city(0, 4)}, {city(0, 4)}, 1, 1, 1),
        ({city(0, 4)}, {city(2, 6)}, 0, 1, 0),
        ({city(0, 4)}, {city(1, 4)}, 0, 1, 1),
        ({city(0, 4)}, {city(0, 4, "REGION")}, 0, 0, 0),
        ({city(0, 9)}, {city(0, 4), city(4, 9)}, 0, 2 / 3, 2 / 3),
        ({city(0, 4)}, set(), 0, 0, 0),
    ],
)
def test_span_f1(a, b, exact, overlap, half):
    assert span_f1([(a, b)]).value == pytest.approx(exact)
    assert span_f1([(a, b)], overlaps).value == pytest.approx(overlap)
    assert span_f1([(a, b)], overlaps_half).value == pytest.approx(half)
    assert span_f1([(b, a)], overlaps).value == span_f1([(a, b)], overlaps).value


def test_the_interval_is_over_documents_and_always_the_same():
    documents = [({city(0, 4)}, {city(0, 4)}), ({city(0, 4)}, set()), ({city(0, 4)}, {city(0, 4)})]
    f1 = span_f1(documents)

    assert f1 == span_f1(documents)
    assert f1.low <= f1.value <= f1.high
    assert span_f1([]).value is None
    assert span_f1(documents[:1]).low is None


@pytest.fixture
def two(dataset):
    for reviewer, run in (
        ("suzuki", lambda r: r.relabel(TOKYO, "REGION")),
        ("tanaka", lambda r: (r.reject(JAPAN), r.add("entity", "PERSON", *place(ONE, "野港")))),
    ):
        with Session(dataset, reviewer=reviewer) as session:
            run(session.open("one"))
            session.open("one").done(accept_rest=True)
    return dataset


def test_two_reviewers(two):
    (pair,) = agreement(two)

    assert (pair.a, pair.b, pair.documents) == ("suzuki", "tanaka", ["one"])
    assert (pair.exact[""].n_a, pair.exact[""].n_b, pair.exact[""].both) == (11, 11, 9)
    assert pair.exact[""].value == pytest.approx(9 / 11)
    assert pair.decisions.n == 11
    assert pair.labels.n == 10
    assert {k: v for k, v in pair.confusion.items() if k[0] != k[1]} == {
        ("", "PERSON"): 1, ("COUNTRY", ""): 1, ("REGION", "CITY"): 1,
    }  # fmt: skip


def test_what_they_disagree_about_is_the_next_queue(two):
    assert {d.text for d in disagreements(two)} == {"東京", "日本国", "野港"}
    with Session(two, reviewer="adjudicator") as session:
        session.open("one").accept(JAPAN)

    assert {d.text for d in disagreements(two)} == {"東京", "野港"}
    (pair,) = agreement(two)
    assert (pair.a, pair.b) == ("suzuki", "tanaka")


def test_without_certified_documents_f1_is_unknown_and_kappa_takes_the_decisions(dataset):
    for reviewer in ("suzuki", "tanaka"):
        with Session(dataset, reviewer=reviewer) as session:
            session.open("one").accept(TOKYO)
    (pair,) = agreement(dataset)

    assert pair.exact[""].value is None
    assert (pair.decisions.n, pair.decisions.value) == (1, None)
    assert agreement(dataset, layers=["date"])[0].decisions.n == 0
