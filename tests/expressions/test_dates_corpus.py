"""The reference statements and the hard cases, read from the corpus."""

import csv
import json

import pytest

from seimeibun.expressions.dates import find_dates

pytestmark = pytest.mark.corpus

# A case whose values depart from the conventions of the library: 半年ごと recurs like 3年ごと (EACH).
DEPARTING = {"hard-090"}


def cases(corpus, *, expected):
    lines = (corpus / "cases" / "hard_dates.jsonl").read_text(encoding="utf-8").splitlines()
    return [case for case in map(json.loads, lines) if case["expected"] is expected]


def test_hard_cases_have_their_spans_and_values(corpus):
    wrong = {}
    for case in cases(corpus, expected=True):
        found = {
            (date.start, date.end): date
            for date in find_dates(case["text"], document_date=case["ref"])
        }
        date = found.get((case["start"], case["end"]))
        freq = f"freq={date.freq}" if date and date.freq else ""
        got = date and (date.edtf, date.start_date, date.end_date, date.duration, date.mod or freq)
        keys = ("edtf", "start_date", "end_date", "duration", "mod")
        if got != tuple(case[key] or "" for key in keys):
            wrong[case["id"]] = got

    assert wrong.keys() == DEPARTING, wrong


def test_hard_negatives_are_silent(corpus):
    for case in cases(corpus, expected=False):
        assert find_dates(case["text"], document_date=case["ref"]) == [], case["text"]


def unwrapped(source):
    """Return the text without wraps and blanks, and the place of each character in ``source``."""
    kept = [
        (char, place) for place, char in enumerate(source) if not char.isspace() or char == "\u3000"
    ]
    return "".join(char for char, _ in kept), [place for _, place in kept]


@pytest.mark.parametrize(("key", "document_date"), [("2014", "2014-07-16"), ("2025", "2025-12-20")])
def test_reference_statements(corpus, key, document_date):
    (path,) = (corpus / "statements").glob(f"{key}*.txt")
    with path.open(encoding="utf-8", newline="") as file:
        text, places = unwrapped(file.read())
    with (corpus / "gold" / f"dates_{key}.tsv").open(encoding="utf-8", newline="") as file:
        gold = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))

    found = {
        (places[date.start], places[date.end - 1] + 1): date
        for date in find_dates(text, document_date=document_date)
    }

    assert sorted(found) == sorted((int(row["start"]), int(row["end"])) for row in gold)
    for row in gold:
        date = found[int(row["start"]), int(row["end"])]
        if row["type"] == "DURATION":
            assert date.duration == row["value"]
        else:
            assert date.start_date == row["begin"]
            assert date.end_date in {row["end_date"], "" if "mod=SINCE" in row["notes"] else None}
