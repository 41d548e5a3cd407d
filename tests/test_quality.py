"""Quality, held by floors: pinned in a file with the hash of the gold that they were measured on.

To raise them: ``seimeibun evaluate OUT --gold data/gold --floors data/gold/floors.json --update``.
"""

import json
from pathlib import Path

import pytest

import seimeibun
from seimeibun.components.layers import read_layer
from seimeibun.evaluate import Floors, evaluate
from seimeibun.verify import verify_dataset

pytestmark = pytest.mark.model

ROOT = Path(__file__).parents[1]
SAMPLES = ROOT / "data" / "statements"


@pytest.fixture(scope="module")
def references(corpus, tmp_path_factory, annotate_folder):
    return annotate_folder(corpus / "statements", tmp_path_factory.mktemp("references") / "out")


def test_the_samples_keep_their_floors(samples_dataset):
    floors = Floors.read(ROOT / "data" / "gold" / "floors.json")

    assert floors.judge(evaluate(samples_dataset, ROOT / "data" / "gold")).complaints == ()


def test_the_dataset_of_the_samples_holds_its_invariants(samples_dataset):
    assert verify_dataset(samples_dataset).violations == []


def test_a_second_run_gives_the_same_bytes(samples_dataset, tmp_path, annotate_folder):
    again = annotate_folder(SAMPLES, tmp_path / "again")

    for path in sorted(samples_dataset.glob("*.csv")):
        assert path.read_bytes() == (again / path.name).read_bytes(), path.name


@pytest.mark.corpus
def test_the_reference_statements_keep_their_floors(references, corpus):
    floors = Floors.read(ROOT / "tests" / "reference_floors.json")

    assert floors.judge(evaluate(references, corpus / "gold")).complaints == ()
    assert verify_dataset(references).violations == []


@pytest.mark.corpus
def test_all_speeches_are_annotated_without_a_violation(corpus, tmp_path, annotate_folder):
    out = annotate_folder(corpus / "speeches", tmp_path / "out")

    assert len(seimeibun.read_dataset(out)["documents"]) == len(
        list((corpus / "speeches").glob("*.txt"))
    )
    assert verify_dataset(out).violations == []


def cases(path):
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def found(nlp, case, layer):
    doc = seimeibun.annotate(case["text"], date=case.get("ref", ""), nlp=nlp)
    return {(item.start, item.end): item for item in read_layer(doc, layer)}


@pytest.mark.corpus
def test_hard_dates_come_out_of_the_whole_pipeline(nlp, corpus):
    right, total, silent = 0, 0, 0
    for case in cases(corpus / "cases" / "hard_dates.jsonl"):
        spans = found(nlp, case, "dates")
        if not case["expected"]:
            silent += not spans
            continue
        total += 1
        item = spans.get((case["start"], case["end"]))
        wanted = [case[name] or "" for name in ("edtf", "start_date", "end_date", "duration")]
        names = ("edtf", "start_date", "end_date", "duration")
        right += item is not None and [item.facts[name] for name in names] == wanted

    assert silent == 20
    assert right >= 119, (right, total)


@pytest.mark.corpus
def test_money_probes_come_out_of_the_whole_pipeline(nlp, corpus):
    wrong = []
    for case in cases(corpus / "cases" / "money_probes.jsonl"):
        spans = found(nlp, case, "money")
        if not case["expected"]:
            wrong += [case["text"]] if spans else []
            continue
        item = spans.get((case["start"], case["end"]))
        names = ("amount_min", "amount_max", "currency", "mod")
        wanted = [case[name] or "" for name in names]
        if item is None or [item.facts[name] for name in names] != wanted:
            wrong.append(case["text"])

    assert wrong == []
