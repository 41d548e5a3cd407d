"""The check against GiNZA itself, the guard of near ties, and models that the fast path does not know."""

import json

import numpy as np
import pytest
import spacy
from spacy.attrs import DEP, POS
from spacy.tokens import Doc
from spacy.training import Example
from typer.testing import CliRunner

import seimeibun
from seimeibun.annotation import annotate_statements
from seimeibun.cli import app
from seimeibun.components.convolution import Layer
from seimeibun.components.errors import UnknownModelError
from seimeibun.components.exact import COMMAS, ExactCheck, chosen, differences
from seimeibun.components.extensions import EXACT_CHECK
from seimeibun.components.margins import MARGIN, NEAR, best_and_lead, margin_of, note_margin
from seimeibun.components.morphologizer import ArrayMorphologizer
from seimeibun.components.ner import NumpyEntityRecognizer
from seimeibun.components.parser import SteppedParser
from seimeibun.components.tok2vec import NumpyTok2Vec
from seimeibun.statement import read_statement

TEXT = "港湾協力に関する共同声明\n\n１　双方は、2030年までに３億円を供与することで一致した。\n２　湊国外務大臣は、これを歓迎した。\n"


@pytest.fixture
def doc(nlp):
    return nlp("双方は、港の整備について協力することで一致した。")


def test_a_share_of_texts_is_chosen_and_always_the_same():
    texts = [f"第{n}項" for n in range(2_000)]
    some = [text for text in texts if chosen(text, 0.1)]

    assert 120 < len(some) < 280
    assert some == [text for text in some if chosen(text, 0.1)]
    assert [chosen("甲", share) for share in (0, 1)] == [False, True]


@pytest.mark.model
def test_every_attribute_that_differs_is_told(doc):
    want = doc.copy()
    pos = want.to_array([POS])
    pos[2] = pos[0]
    want.from_array([POS], pos)
    want.user_data = {**doc.user_data, "bunsetu_heads": (0,)}

    found = list(differences(doc, want))

    assert [(d.attribute, d.token) for d in found] == [("pos", 2), ("bunsetu_heads", -1)]
    assert (found[0].ours, found[0].ginza) == (doc[2].pos_, doc[0].pos_)


@pytest.mark.model
def test_other_tokens_are_one_difference(doc):
    want = Doc(doc.vocab, words=list(doc.text), spaces=[False] * len(doc.text))

    assert [d.attribute for d in differences(doc, want)] == ["tokens"]


@pytest.mark.model
def test_checked_statements_say_what_was_found(nlp):
    check = ExactCheck(nlp, 1)
    docs = list(annotate_statements([read_statement(TEXT)] * 2, nlp=nlp, check=check))

    for doc in docs:
        assert doc.user_data[EXACT_CHECK] == {
            "pieces": 3,
            "tokens": sum(not token.is_space for token in doc),
            "pieces_without_bunsetu": 0,
            "differences": [],
        }


@pytest.mark.model
def test_what_would_take_ginza_minutes_is_compared_without_bunsetu(nlp):
    check = ExactCheck(nlp, 1)
    check(nlp("甲、" * (COMMAS + 1)))

    assert check.take()["pieces_without_bunsetu"] == 1


@pytest.mark.parametrize("share", [-0.1, 1.1])
@pytest.mark.model
def test_a_share_lies_between_nothing_and_all(nlp, share):
    with pytest.raises(ValueError, match="between 0 and 1"):
        ExactCheck(nlp, share)


@pytest.mark.model
def test_the_command_tells_differences_and_records_them(nlp, tmp_path, monkeypatch):
    def wrong(doc):
        doc.from_array([DEP], np.full(len(doc), doc.vocab.strings.add("dep"), np.uint64))
        return doc

    monkeypatch.setattr("seimeibun.batch.pipeline.pipeline", lambda: nlp)
    monkeypatch.setattr(nlp.get_pipe("seimeibun_bunsetu"), "_write", lambda doc, *_: wrong(doc))
    (tmp_path / "minato.txt").write_text(TEXT, encoding="utf-8")
    out = tmp_path / "out"
    arguments = ["annotate", str(tmp_path / "minato.txt"), "-o", str(out), "--exact-check", "1"]

    result = CliRunner().invoke(app, arguments, catch_exceptions=False)

    record = json.loads((out / "run.json").read_text(encoding="utf-8"))["run"]["exact_check"]
    assert record["pieces"] == 3
    assert {d["attribute"] for d in record["differences"]} > {"dep", "clauses"}
    assert "is 'dep', with GiNZA" in result.stderr
    assert f"{len(record['differences'])} differences from GiNZA" in result.stderr


def test_the_smallest_margin_is_kept(make_doc):
    doc = make_doc()
    for margin in (0.5, 0.25, 1.0):
        note_margin(doc, margin)

    assert margin_of(doc) == 0.25


def test_the_lead_of_a_single_choice_is_infinite():
    assert best_and_lead(np.array([[1.0]]))[1].tolist() == [np.inf]


@pytest.mark.model
def test_ginza_decides_near_ties(nlp, doc):
    guard = nlp.get_pipe("seimeibun_guard")
    want = doc.to_array([DEP, POS])
    doc.from_array([DEP, POS], np.zeros((len(doc), 2), np.uint64))

    doc.user_data[MARGIN] = 2 * NEAR
    assert not guard(doc).to_array([DEP, POS]).any()

    doc.user_data[MARGIN] = NEAR / 2
    redone = nlp.get_pipe("seimeibun_bunsetu")(guard(doc))
    assert (redone.to_array([DEP, POS]) == want).all()
    assert MARGIN not in doc.user_data


@pytest.mark.model
def test_the_parser_notes_the_margin_of_valid_actions(nlp):
    parser = nlp.get_pipe("seimeibun_parser")
    doc = nlp.get_pipe("seimeibun_tok2vec")(nlp.make_doc("双方は一致した。"))
    state = parser._stock.moves.init_batch([doc])[0]
    scores = np.zeros(len(parser._names), np.float32)
    shift = parser._names.index("S")
    scores[[shift, parser._names.index("R-aux")]] = 1, 1  # no R: nothing stands on the stack yet

    assert parser._margin(state, scores) == 1


OTHER = {
    "tok2vec": (NumpyTok2Vec, {"model": {"depth": 8}}),
    "parser": (SteppedParser, {"model": {"use_upper": False}}),
    "ner": (NumpyEntityRecognizer, {"model": {"hidden_width": 32}}),
    "morphologizer": (ArrayMorphologizer, {"overwrite": False}),
}


@pytest.mark.parametrize("name", OTHER)
def test_a_model_of_another_shape_is_refused(name):
    nlp = spacy.blank("en")
    doc = nlp.make_doc("a b")
    facts = {"heads": [0, 0], "deps": ["ROOT", "dep"], "entities": [(0, 1, "X")], "pos": ["X", "X"]}
    fast, config = OTHER[name]
    nlp.add_pipe(name, config=config)
    nlp.initialize(lambda: [Example.from_dict(doc, facts)])

    with pytest.raises(UnknownModelError):
        fast(nlp.get_pipe(name))


@pytest.mark.model
def test_where_a_component_does_not_fit_ginza_works_and_a_warning_says_so(monkeypatch):
    monkeypatch.setattr("seimeibun.components.ner.HIDDEN", 32)

    with pytest.warns(UserWarning, match="seimeibun_ner does not fit the installed .*; using ner"):
        nlp = seimeibun.load()

    assert "ner" in nlp.pipe_names
    assert "seimeibun_ner" not in nlp.pipe_names
    assert nlp("日本国政府は一致した。").ents


@pytest.mark.model
def test_where_the_fast_path_reads_otherwise_ginza_works_and_a_warning_says_so(monkeypatch):
    monkeypatch.setattr(Layer, "activated", lambda self, sums, _: sums[:, :256] * self.gain)

    with pytest.warns(UserWarning, match="differently .*; using GiNZA's own"):
        nlp = seimeibun.load()

    assert nlp.pipe_names[:4] == ["tok2vec", "seimeibun_sentences", "parser", "ner"]
    assert "seimeibun_agreements" in nlp.pipe_names
