"""Every rule of the lexicon speaks in its own examples and is silent in its counter-examples."""

import pytest

from seimeibun.agreements import lexicon
from seimeibun.rules import read_rules, read_table

RULES = read_rules(lexicon.LEMMAS, lexicon.LEMMA_KEYS, lexicon.LEMMA_REQUIRED)
LIGHT = read_table(
    "agreement_light_verbs.tsv", ("id", "group", "particles", "verbs", "passive", "example")
)
TYPING = read_table("typing_nouns.tsv", ("id", "noun", "category", "content", "copula", "example"))
ALIASES = read_table("actor_aliases.tsv", ("alias", "meaning", "example"))


@pytest.mark.model
@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule["id"])
def test_rule_matches_its_own_examples(acts_of, rule):
    for example in rule["examples"]:
        assert rule["id"] in [act.rule for act in acts_of(example)], example
    for example in rule.get("not_examples", ()):
        assert rule["id"] not in [act.rule for act in acts_of(example)], example


@pytest.mark.model
@pytest.mark.parametrize("row", LIGHT, ids=lambda row: row["id"])
def test_light_verbs_make_a_multiword_act(acts_of, row):
    assert any(act.facts["mwe"] for act in acts_of(row["example"]))


@pytest.mark.model
@pytest.mark.parametrize("row", TYPING, ids=lambda row: row["id"])
def test_typing_nouns_set_the_category(acts_of, row):
    acts = [act for act in acts_of(row["example"]) if row["noun"] in act.facts["mwe"]]

    assert acts
    if row["category"]:
        assert acts[0].label == row["category"]


@pytest.mark.model
@pytest.mark.parametrize("row", ALIASES, ids=lambda row: row["alias"])
def test_aliases_are_actors(acts_of, row):
    assert acts_of(row["example"])[0].facts["actor_text"].startswith(row["alias"])


def test_ids_and_categories_are_known():
    categories = lexicon.categories()
    assert all(rule["category"] in categories for rule in RULES)
    assert all(row["category"] in {"", *categories} for row in TYPING)


@pytest.mark.parametrize("category", list(lexicon.categories()))
def test_every_category_has_a_commitment_level(category):
    assert lexicon.level_of(category, "ENTITY", "") in set("012345")
