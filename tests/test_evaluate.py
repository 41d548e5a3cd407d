"""Gold written here against rows written here: places, values, floors."""

import json
import re
import subprocess
import sys

import pytest

import seimeibun.tables
from seimeibun.evaluate import Floors, GoldError, evaluate
from seimeibun.evaluate.gold import key_of
from seimeibun.tables.document import Document
from seimeibun.tables.write import write_dataset

GOLD = {
    "dates": "start end surface type value begin end_date notes\n22 27 2030年 DATE 2030  2030-12-31 mod=END",
    "money": "start end surface amount currency modifier notes\n30 33 ３億円 300000000 JPY  ",
    "quantities": "start end surface value unit kind notes\n80 82 注で 1 回 ordinal ",
    "entities": "start end surface type country_iso3166 notes type_alt alt_spans\n"
    "35 42 緑の港\\r\\n計画 EVENT   PROGRAM \n37 38 港 COUNTRY JPN   \n48 49 画 PROGRAM    47-49",
    "agreements": "char_start char_end surface category actor_text actor_resolved object_text polarity notes\n"
    "63 65 一致 AGREE 双方 JPN;KGZ  AFF level=MAIN",
    "defined_terms": "start end alias notes\n47 49 計画 ",
    "structure": 'unit label parent start end clean attrs notes\ntitle   0 12 港湾協力に関する共同声明  \n'
    'date   0 1  {"value":"2029-03-04"} \nparty   0 1  {"country":"KGZ"} \nsentence   18 68   \nsentence   70 85   ',
}  # fmt: skip


def _write_gold(folder, key="minato", **changed):
    folder.mkdir(exist_ok=True)
    for layer, text in {**GOLD, **changed}.items():
        (folder / f"{layer}_{key}.tsv").write_text(
            text.replace(" ", "\t") + "\n", encoding="utf-8", newline=""
        )
    return folder


@pytest.fixture
def dataset(make_doc, tmp_path):
    doc = make_doc("minato_2029")
    write_dataset(
        seimeibun.tables([doc]), {"minato_2029": Document.of(doc).source}, tmp_path / "out"
    )
    return tmp_path / "out"


@pytest.fixture
def gold(tmp_path):
    return _write_gold(tmp_path / "gold")


def _counts(score):
    return score.tp, score.fp, score.fn


def test_places_and_values_are_counted_by_layer(dataset, gold):
    scores = evaluate(dataset, gold).scores

    assert {name: _counts(score) for name, score in scores.items()} == {
        "dates": (1, 0, 0),
        "money": (1, 0, 0),
        "quantities": (0, 0, 1),
        "entities": (3, 0, 0),
        "agreements": (1, 0, 0),
        "defined_terms": (1, 0, 0),
        "structure": (2, 0, 0),
    }
    assert scores["dates"].values == {"value": (1, 1)}
    assert scores["money"].values == {"value": (1, 1)}
    assert scores["entities"].values == {"type": (2, 3), "iso3": (0, 1)}
    assert scores["agreements"].values == {
        "category": (1, 1),
        "level": (1, 1),
        "actors": (0, 1),
        "actor_text": (1, 1),
        "polarity": (1, 1),
    }
    assert scores["structure"].values == {"date": (1, 1), "title": (1, 1), "parties": (0, 1)}


def test_precision_recall_and_f1(dataset, tmp_path):
    gold = _write_gold(
        tmp_path / "gold",
        entities="start end surface type country_iso3166 notes\n47 49 計画 PROGRAM  \n18 20 双方 PERSON  ",
    )

    score = evaluate(dataset, gold).scores["entities"]

    assert _counts(score) == (1, 2, 1)
    assert (score.precision, score.recall) == (pytest.approx(1 / 3), 0.5)
    assert score.f1 == pytest.approx(0.4)
    assert [error.partition(" ")[0] for error in score.errors] == ["extra", "extra", "missed"]
    assert "missed entities_minato.tsv 18–20 双方 PERSON" in score.errors


def test_doubtful_gold_may_be_found_or_left(dataset, tmp_path):
    gold = _write_gold(
        tmp_path / "gold",
        entities="start end surface type country_iso3166 notes\n35 42 緑の港\\r\\n計画 PROGRAM  DOUBTFUL:\n18 20 双方 PERSON  DOUBTFUL:",
    )

    score = evaluate(dataset, gold).scores["entities"]

    assert _counts(score) == (
        0,
        1,
        0,
    )  # the alias 計画 at 47 is extra; 港 inside the doubtful name is not


@pytest.mark.parametrize(
    ("amount", "asked", "right"),
    [
        ("300000000 JPY ", {"value": (1, 1)}, True),
        ("300000000 USD ", {"value": (0, 1)}, False),
        ("3 JPY ", {"value": (0, 1)}, False),
        ("300000000 JPY ge", {"value": (1, 1), "modifier": (0, 1)}, False),
    ],
)
def test_amounts(dataset, tmp_path, amount, asked, right):
    gold = _write_gold(
        tmp_path / "gold",
        money=f"start end surface amount currency modifier notes\n30 33 ３億円 {amount} ",
    )

    score = evaluate(dataset, gold).scores["money"]

    assert score.values == asked
    assert (not score.errors) is right


@pytest.mark.parametrize(
    ("changed", "complaint"),
    [
        ({"dates": "start end surface type value begin end_date\n22 26 2031 DATE   "}, "dates_minato.tsv:2: '2031' does not stand at 22–26, but '2030'"),
        ({"dates": "start end surface type value begin end_date\n99 100 x DATE   "}, "dates_minato.tsv:2: 99–100 is no stretch of the text of 85"),
        ({"dates": "start end\n1 2"}, "dates_minato.tsv:1: no column type, value, begin, end_date"),
    ],
)  # fmt: skip
def test_gold_of_another_text_is_refused(dataset, tmp_path, changed, complaint):
    with pytest.raises(GoldError, match=re.escape(complaint)):
        evaluate(dataset, _write_gold(tmp_path / "gold", **changed))


def test_what_cannot_be_scored_is_said(dataset, tmp_path):
    with pytest.raises(GoldError, match="no such folder"):
        evaluate(dataset, tmp_path / "nowhere")
    (tmp_path / "empty").mkdir()
    with pytest.raises(GoldError, match="no gold in"):
        evaluate(dataset, tmp_path / "empty")
    with pytest.raises(GoldError, match="documents minato_2029 …, keys umi …"):
        evaluate(dataset, _write_gold(tmp_path / "gold", key="umi"))


@pytest.mark.parametrize(
    ("doc_id", "key"),
    [("2014_x", "2014"), ("2014-07_x", "2014-07"), ("2014", "2014"), ("1998", None)],
)
def test_the_longest_key_that_begins_the_id_is_meant(doc_id, key):
    assert key_of(doc_id, ["2014", "2014-07"]) == key


@pytest.mark.corpus
def test_the_reference_scorer_counts_the_same(corpus, tmp_path, annotate_by_hand):
    from seimeibun.sources import read_text
    from seimeibun.statement import read_statement
    from seimeibun.tables.build import TableBuilder

    builder, texts = TableBuilder(), {}
    for path in sorted((corpus / "statements").glob("*.txt")):
        statement = read_statement(read_text(path))
        builder.add(next(annotate_by_hand([statement])), doc_id=path.stem)
        texts[path.stem] = statement.source.text
    write_dataset(builder.tables(), texts, tmp_path)
    run = subprocess.run(
        [sys.executable, corpus / "tools/score.py", tmp_path, "--json"],
        capture_output=True,
        text=True,
        check=True,
    )
    theirs = json.loads(run.stdout)

    ours = evaluate(tmp_path, corpus / "gold").scores

    for layer in ("dates", "money", "entities", "agreements", "defined_terms", "structure"):
        assert _counts(ours[layer]) == tuple(theirs[layer][name] for name in ("tp", "fp", "fn"))
        for name, (right, asked) in ours[layer].values.items():
            assert theirs[layer][f"{name}_n"] == f"{right}/{asked}"


# Floors


def test_scores_are_their_own_floors(dataset, gold, tmp_path):
    evaluation = evaluate(dataset, gold)
    Floors.of(evaluation).write(tmp_path / "floors.json")

    floors = Floors.read(tmp_path / "floors.json")

    assert floors.judge(evaluation).complaints == ()
    assert floors.floors["entities"] == {"f1": 1.0, "type": 0.6666, "iso3": 0.0}
    assert floors.documents == ("minato_2029",)


def test_what_is_below_its_floor_is_named(dataset, gold):
    evaluation = evaluate(dataset, gold)
    floors = Floors(
        evaluation.gold_sha256,
        ("minato_2029", "umi"),
        {"entities": {"type": 0.9}, "sounds": {"f1": 0.5}},
    )

    assert floors.judge(evaluation).complaints == (
        "entities type is 0.6667, below its floor 0.9",
        "sounds f1 was not measured; its floor is 0.5",
        "not in the dataset: umi",
    )


def test_other_gold_is_named(dataset, gold):
    floors = Floors.of(evaluate(dataset, gold))
    _write_gold(
        gold,
        money="start end surface amount currency modifier notes\n30 33 ３億円 300000000 JPY  x",
    )

    assert floors.judge(evaluate(dataset, gold)).complaints == (
        "the gold is not the one that the floors were measured on; use --update",
    )


def test_a_file_that_holds_no_floors_is_refused(tmp_path):
    (tmp_path / "floors.json").write_text("[]", encoding="utf-8")

    with pytest.raises(ValueError, match="not a file of floors"):
        Floors.read(tmp_path / "floors.json")
