"""Which candidates stand, on mentions made by hand: no model needed."""

import pytest

from seimeibun.entities import nesting
from seimeibun.entities.mention import Mention, Rank
from seimeibun.entities.nesting import resolve


def mention(text, surface, label, *, rank=Rank.COMPOUND, entity_id=""):
    start = text.index(surface)
    return Mention(start, start + len(surface), label, "test", entity_id=entity_id, rank=rank)


@pytest.mark.parametrize(
    ("text", "candidates", "stand"),
    [
        ("国連安保理", [("国連安保理", "ORGANIZATION"), ("安保理", "ORGANIZATION")], ["国連安保理"]),
        ("第2回国連総会", [("第2回国連総会", "EVENT"), ("国連総会", "ORGANIZATION")], ["第2回国連総会", "国連総会"]),
        ("森林条約の議定書", [("森林条約の議定書", "TREATY"), ("森林条約", "TREATY")], ["森林条約の議定書", "森林条約"]),
        ("日本国外務大臣", [("日本国外務大臣", "POSITION"), ("外務大臣", "POSITION"), ("日本国", "COUNTRY")], ["日本国外務大臣", "日本国"]),
        ("首都宣言2033", [("首都宣言2033", "TREATY"), ("首都宣言", "TREATY")], ["首都宣言2033"]),
        ("「一品(OVP)」運動", [("「一品(OVP)」運動", "PROGRAM"), ("一品", "PROGRAM"), ("OVP", "PROGRAM")], ["「一品(OVP)」運動", "一品", "OVP"]),
        ("日本語", [("日本語", "LANGUAGE"), ("日本", "COUNTRY")], ["日本語"]),
        ("北部港湾局長", [("北部港", "FACILITY"), ("港湾局長", "POSITION")], ["港湾局長"]),
    ],
)  # fmt: skip
def test_resolve(text, candidates, stand):
    mentions = [mention(text, surface, label) for surface, label in candidates]

    assert [text[m.start : m.end] for m in resolve(text, mentions)] == stand


def test_resolve_prefers_the_higher_rank_for_one_span():
    text = "東京対話"
    alias = mention(text, text, "EVENT", rank=Rank.ALIAS)
    compound = mention(text, text, "PROGRAM")

    assert resolve(text, [compound, alias]) == [alias]


def test_resolve_keeps_the_model_out_where_a_rule_spoke():
    text = "小山外務大臣"
    office = mention(text, "外務大臣", "POSITION", rank=Rank.OFFICE)
    guess = mention(text, "小山外務", "PERSON", rank=Rank.MODEL)

    assert resolve(text, [guess, office]) == [office]


def test_a_stop_word_is_no_name_of_its_type_but_may_be_of_another(monkeypatch):
    monkeypatch.setattr(nesting, "stopped", lambda: frozenset({("東京対話", "EVENT")}))
    text = "東京対話は第2回東京対話"
    event = mention(text, "東京対話", "EVENT", rank=Rank.ALIAS)
    program = mention(text, "東京対話", "PROGRAM")
    longer = mention(text, "第2回東京対話", "EVENT")

    assert resolve(text, [event, program, longer]) == [program, longer]
    assert resolve(text, [event, longer]) == [longer]
