"""The two reference statements: figures pinned, layout makes no difference."""

import csv
import re

import pytest

pytestmark = [pytest.mark.model, pytest.mark.corpus]
KEYS = ("2014", "2025")


def gold_of(corpus, key):
    path = corpus / "gold" / f"agreements_{key}.tsv"
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


def acts_in(nlp, source):
    """Return the acts with their offsets in the source: (start, end) → act."""
    import seimeibun
    from seimeibun.components.layers import read_layer
    from seimeibun.statement import Statement

    doc = seimeibun.annotate(source, nlp=nlp)
    statement = Statement.from_dict(doc.user_data["seimeibun.statement"])
    return {
        statement.offsets.to_source(act.start, act.end): act
        for act in read_layer(doc, "agreements")
    }


@pytest.fixture(scope="module")
def found(corpus, nlp):
    paths = {key: next((corpus / "statements").glob(f"{key}*.txt")) for key in KEYS}
    return {key: acts_in(nlp, path) for key, path in paths.items()}


def share(pairs):
    return sum(right for right in pairs) / len(pairs)


@pytest.mark.parametrize("key", KEYS)
def test_heads_categories_actors_objects(corpus, found, key):
    gold = {(int(g["char_start"]), int(g["char_end"])): g for g in gold_of(corpus, key)}
    acts = found[key]

    assert acts.keys() == gold.keys()
    rows = [(acts[span], gold[span]) for span in gold]
    assert share([a.label == g["category"] for a, g in rows]) == 1
    assert share([a.facts["level"] in g["notes"] for a, g in rows]) == 1
    assert share([folded(a.facts["actor_text"]) == folded(g["actor_text"]) for a, g in rows]) == 1
    assert (
        share([states(a.facts["actor_resolved"]) == states(g["actor_resolved"]) for a, g in rows])
        >= 0.98
    )
    assert (
        share(
            [
                folded(a.facts["object_text"]) == folded(g["object_text"])
                for a, g in rows
                if g["object_text"]
            ]
        )
        >= 0.97
    )
    assert share([a.facts["content_type"] == g["modality"].split(";")[2] for a, g in rows]) >= 0.97


def folded(text):
    from seimeibun.width import fold_width

    return re.sub(r"\s", "", fold_width(text))


def states(text):
    return set(filter(None, text.split(";")))


@pytest.mark.parametrize("key", KEYS)
def test_rejected_occurrences_have_no_act(corpus, found, key):
    path = corpus / "gold" / "agreements_decisions.tsv"
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    gold = [(int(g["char_start"]), int(g["char_end"])) for g in gold_of(corpus, key)]
    rejected = [
        (int(row["char_start"]), int(row["char_end"]))
        for row in rows
        if row["seed"] == key and row["decision"] != "GOLD"
    ]

    assert not [
        span
        for span in found[key]
        if any(span[0] < end and start < span[1] for start, end in rejected)
        and not any(span[0] < end and start < span[1] for start, end in gold)
    ]


def test_full_width_makes_no_difference(corpus, nlp, found):
    path = next((corpus / "statements").glob("2025*.txt"))
    text = path.read_bytes().decode("utf-8")
    wide = text.translate(
        {code: code + 0xFEE0 for code in range(0x21, 0x7F) if chr(code) not in "[]"}
    )

    acts, expected = acts_in(nlp, wide), found["2025"]
    assert acts.keys() == expected.keys()
    assert [a.facts for a in acts.values()] == [a.facts for a in expected.values()]
