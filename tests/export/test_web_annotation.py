"""W3C Web Annotation: the shape that the model asks for, and selectors that find their text."""

import json
from collections import Counter
from urllib.parse import unquote, urljoin, urlsplit

import pytest

MOTIVATIONS = {"tagging", "linking", "identifying"}


@pytest.fixture
def folder(write):
    return write("web-annotation")[0]


@pytest.fixture
def collection(folder):
    return json.loads((folder / "2031 港湾.jsonld").read_text(encoding="utf-8"))


def read_target(folder, source):
    path = unquote(urlsplit(urljoin("file:///", source)).path).lstrip("/")
    return (folder / path).read_bytes().decode("utf-8")


def test_the_collection_is_as_the_model_has_it(collection):
    page = collection["first"]

    assert collection["@context"][0] == "http://www.w3.org/ns/anno.jsonld"
    assert (collection["type"], page["type"]) == ("AnnotationCollection", "AnnotationPage")
    assert (page["partOf"], collection["total"]) == (collection["id"], len(page["items"]))
    ids = [item["id"] for item in page["items"]]
    assert len(set(ids)) == len(ids)
    for item in page["items"]:
        assert item["type"] == "Annotation"
        assert item["motivation"] in MOTIVATIONS
        assert item["target"]


def test_spans_come_back_by_position_and_by_quote(folder, collection, spans):
    back = Counter()
    for item in collection["first"]["items"]:
        if item["motivation"] != "tagging":
            continue
        text = read_target(folder, item["target"]["source"])
        position, quote = item["target"]["selector"]
        start, end = position["start"], position["end"]
        assert text[start:end] == quote["exact"]
        around = quote["prefix"] + quote["exact"] + quote["suffix"]
        assert text.index(around) + len(quote["prefix"]) == start
        bodies = {body["purpose"]: body["value"] for body in item["body"]}
        back[
            item["seimeibun:layer"], bodies["tagging"], start, end, bodies.get("identifying", "")
        ] += 1

    assert back == spans


def test_relations_link_annotations_and_facts_are_kept(collection):
    items = {item["id"]: item for item in collection["first"]["items"]}
    links = [item for item in items.values() if item["motivation"] == "linking"]
    [date] = [item for item in items.values() if item.get("seimeibun:layer") == "date"]

    assert [(link["target"] in items, link["body"] in items) for link in links] == [
        (True, True)
    ] * 2
    assert date["seimeibun:end_date"] == "2031-05-31"
