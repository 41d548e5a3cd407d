"""DocBin and JSON lines, read back by spaCy."""

import json
from collections import Counter

import pytest
from spacy.tokens import Doc, DocBin
from spacy.vocab import Vocab

from seimeibun.export.spacy_docs import GROUPS


def read_docbin(path):
    return list(DocBin().from_disk(path).get_docs(Vocab()))


def read_jsonl(path):
    lines = path.read_text(encoding="utf-8").splitlines()
    return [Doc(Vocab()).from_json(json.loads(line), validate=True) for line in lines]


READERS = {"spacy-docbin": read_docbin, "spacy-jsonl": read_jsonl}


@pytest.fixture(params=READERS)
def doc(request, write):
    path, _ = write(request.param)
    [doc] = READERS[request.param](path)
    return doc


def found(doc):
    return Counter(
        (layer, span.label_, span.start_char, span.end_char, span.kb_id_)
        for layer, group in GROUPS.items()
        for span in doc.spans[group]
    )


def test_text_and_spans_come_back(doc, text, aligned):
    assert doc.text == text
    assert found(doc) == aligned


def test_tokens_and_sentences_come_back(doc):
    assert [token.text for token in doc if token.pos_ != "SPACE"][:3] == [
        "𠮷野",
        "𠮷子",
        "外務大臣",
    ]
    starts = [sent.text.strip()[:2] for sent in doc.sents]
    assert starts == ["𠮷野", "１", "日葡", "=1", "5-"]


def test_the_longest_entities_are_ents(doc):
    assert [ent.label_ for ent in doc.ents] == ["PERSON", "POSITION", "CONCEPT", "CONCEPT"]


def test_docbin_keeps_rules_and_document(write):
    path, _ = write("spacy-docbin")
    [doc] = read_docbin(path)

    assert {span.id_ for span in doc.spans["dates"]} == {"date/x"}
    assert doc.user_data["._.", "doc_id", None, None] == "2031 港湾"


def test_what_is_not_made_of_tokens_is_counted_and_listed(write):
    path, outcome = write("spacy-docbin")

    assert [(item.text, item.reason) for item in outcome.left_out] == [
        ("日", "not made of whole tokens"),
        ("葡", "not made of whole tokens"),
    ]
    listed = path.with_name("out.left_out.csv").read_text(encoding="utf-8-sig")
    assert listed.count("not made of whole tokens") == 2
    assert outcome.spans == 9
