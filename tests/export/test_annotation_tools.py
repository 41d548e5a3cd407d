"""doccano, Label Studio and Prodigy: JSON, read by what those tools ask of it."""

import json
from collections import Counter
from xml.etree import ElementTree

import pytest


def lines(path):
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def utf16(text, start, end):
    """Return the characters that a browser sees between two offsets."""
    return text.encode("utf-16-le")[2 * start : 2 * end].decode("utf-16-le")


def test_doccano_counts_as_the_browser_does(write, spans, label_layers):
    path, outcome = write("doccano")
    [example] = lines(path)
    text = example["text"]
    back = Counter()
    for entity in example["entities"]:
        quoted = utf16(text, entity["start_offset"], entity["end_offset"])
        start = len(utf16(text, 0, entity["start_offset"]))
        back[label_layers[entity["label"]], entity["label"], start, start + len(quoted)] += 1

    assert back == Counter(span[:4] for span in spans.elements())
    assert "\r" not in text
    ids = {entity["id"] for entity in example["entities"]}
    assert {end for r in example["relations"] for end in (r["from_id"], r["to_id"])} <= ids
    assert len(example["relations"]) == outcome.relations == 2


@pytest.fixture
def studio(write):
    path, _ = write("label-studio")
    [task] = json.loads((path / "tasks.json").read_text(encoding="utf-8"))
    return task, ElementTree.parse(path / "interface.xml").getroot()


def test_label_studio_regions_come_back(studio, spans, label_layers):
    task, _ = studio
    text, result = task["data"]["text"], task["predictions"][0]["result"]
    values = {r["id"]: r["value"]["text"][0] for r in result if r["type"] == "textarea"}
    back = Counter()
    for region in result:
        if region["type"] == "labels":
            value = region["value"]
            [label] = value["labels"]
            assert text[value["start"] : value["end"]] == value["text"]
            back[
                label_layers[label],
                label,
                value["start"],
                value["end"],
                values.get(region["id"], ""),
            ] += 1

    assert back == spans


def test_label_studio_interface_knows_what_the_tasks_use(studio):
    task, view = studio
    names = {tag.get("name"): tag.tag for tag in view.iter() if tag.get("name")}
    labels = {tag.get("value") for tag in view.iter("Label")}
    relations = {tag.get("value") for tag in view.iter("Relation")}
    result = task["predictions"][0]["result"]
    ids = {region["id"] for region in result if region["type"] == "labels"}

    assert names == {"label": "Labels", "text": "Text", "value": "TextArea"}
    for item in result:
        if item["type"] == "relation":
            assert {item["from_id"], item["to_id"]} <= ids
            assert set(item["labels"]) <= relations
        else:
            assert (item["from_name"] in names, item["to_name"]) == (True, "text")
            assert set(item["value"].get("labels", [])) <= labels


def test_prodigy_tokens_tile_the_text_and_spans_stand_on_them(write, aligned):
    path, outcome = write("prodigy")
    [task] = lines(path)
    text, tokens = task["text"], task["tokens"]
    back = Counter()
    for span in task["spans"]:
        assert tokens[span["token_start"]]["start"] == span["start"]
        assert tokens[span["token_end"]]["end"] == span["end"]  # inclusive
        back[span["layer"], span["label"], span["start"], span["end"], span["value"]] += 1

    assert back == aligned
    assert "".join(token["text"] + " " * token["ws"] for token in tokens) == text
    assert [token["id"] for token in tokens] == list(range(len(tokens)))
    [relation] = task["relations"]
    assert relation["head"] == relation["head_span"]["token_end"]
    assert sorted(Counter(item.kind for item in outcome.left_out).items()) == [
        ("relation", 2), ("span", 2),
    ]  # fmt: skip


def test_label_studios_own_library_has_nothing_against_it(write):
    interface = pytest.importorskip(
        "label_studio_sdk.label_interface", reason="label-studio-sdk is not installed"
    )
    path, _ = write("label-studio")
    view = interface.LabelInterface((path / "interface.xml").read_text(encoding="utf-8"))
    view.validate()
    for task in json.loads((path / "tasks.json").read_text(encoding="utf-8")):
        for prediction in task["predictions"]:
            assert view.validate_prediction(prediction, return_errors=True) == []
