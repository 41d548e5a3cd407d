"""CoNLL-U, read back by the conllu library, and held against the rules of the format."""

import re
from collections import Counter
from urllib.parse import unquote

import conllu
import pytest

from seimeibun.export.conllu import escape

BRACKET = re.compile(r"\((e\d+)-([^()]+)|(e\d+)?\)")
UPOS = {
    "ADJ", "ADP", "ADV", "AUX", "CCONJ", "DET", "INTJ", "NOUN", "NUM", "PART", "PRON", "PROPN", "PUNCT", "SCONJ",
    "SYM", "VERB", "X",
}  # fmt: skip


@pytest.fixture
def file(write):
    path, outcome = write("conllu")
    return path.read_text(encoding="utf-8"), outcome


def mentions(sentences):
    """Yield the mentions, as CorefUD parts them: identifier-type-head-other."""
    opened = {}
    for sentence in sentences:
        for token in sentence:
            start, end = map(int, token["misc"]["TokenRange"].split(":"))
            last = None
            for name, fields, closed in BRACKET.findall(token["misc"].get("Entity") or ""):
                if name:
                    opened[name], last = (start, *fields.split("-", 2)), name
                else:
                    yield (*opened.pop(closed or last), end)
        assert opened == {}  # none crosses a sentence


def test_spans_come_back(file, aligned):
    text, outcome = file
    found = Counter()
    for start, label, _head, other, end in mentions(conllu.parse(text)):
        facts = dict(pair.split(":") for pair in other.split(","))
        found[facts["layer"], label, start, end, unquote(facts.get("value", ""))] += 1

    crossing = [item.text for item in outcome.left_out if item.reason == "crosses a sentence"]
    assert crossing == ["式ではない。5"]
    assert sum((aligned - found).values()) == len(crossing)
    assert found - aligned == Counter()
    assert sum(found.values()) == outcome.spans == sum(aligned.values()) - 1


def test_every_sentence_is_valid(file):
    text, _ = file
    ids = []
    for sentence in conllu.parse(text):
        ids.append(sentence.metadata["sent_id"])
        assert [token["id"] for token in sentence] == list(range(1, len(sentence) + 1))
        roots = [token for token in sentence if token["head"] == 0]
        assert [token["deprel"] for token in roots] == ["root"]
        assert sum(token["deprel"] == "root" for token in sentence) == 1
        assert all(token["upos"] in UPOS for token in sentence)
        heads = {token["id"]: token["head"] for token in sentence}
        for number in heads:  # every path ends at the root
            seen = set()
            while number:
                assert number not in seen
                seen.add(number)
                number = heads[number]  # noqa: PLW2901
    assert len(ids) == len(set(ids))
    assert text.endswith("\n\n")
    assert "\r" not in text


def test_text_is_its_forms(file):
    for sentence in conllu.parse(file[0]):
        forms = (
            token["form"] + ("" if (token["misc"] or {}).get("SpaceAfter") == "No" else " ")
            for token in sentence
        )
        assert "".join(forms).rstrip() == sentence.metadata["text"]


def test_offsets_address_the_text_as_published(file, text):
    for sentence in conllu.parse(file[0]):
        for token in sentence:
            start, end = map(int, token["misc"]["TokenRange"].split(":"))
            assert "".join(text[start:end].split()) == token["form"]


def test_documents_and_paragraphs_are_named(file):
    sentences = conllu.parse(file[0])

    assert sentences[0].metadata["newdoc id"] == "2031_港湾"
    assert [s.metadata.get("newpar id") for s in sentences] == [
        "2031_港湾-p1",
        "2031_港湾-p2",
        "2031_港湾-p3",
        None,
    ]


@pytest.mark.parametrize("value", ["2025-04/..", "a|b=c:d,e", "(括弧)", "空 白", "%2D"])
def test_values_survive_the_brackets(value):
    assert unquote(escape(value)) == value
    assert not set(escape(value)) & set("-|=:,() ")


def test_udapi_reads_the_spans_as_mentions_of_corefud(write, aligned):
    core = pytest.importorskip("udapi.core.document", reason="udapi is not installed")
    path, outcome = write("conllu")
    document = core.Document()
    document.from_conllu_string(path.read_text(encoding="utf-8"))
    back = Counter()
    for entity in document.coref_entities:
        for mention in entity.mentions:
            first, last = mention.words[0], mention.words[-1]
            start, end = (node.misc["TokenRange"].split(":") for node in (first, last))
            back[entity.etype, int(start[0]), int(end[1])] += 1

    assert sum(back.values()) == outcome.spans
    expected = Counter(span[1:4] for span in aligned.elements())
    assert back <= expected
    assert len(expected - back) == 1  # the span that crosses a sentence
