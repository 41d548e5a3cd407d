"""Label Studio: ``tasks.json`` with our spans as predictions, and ``interface.xml`` for the project.

Carried: text, nested and crossing spans, relations, the value as a text field of the region. Offsets are
code points (Label Studio stores code points, whatever the browser counts); a CR is a space. Not
carried: source, rule, state of review.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any
from xml.sax.saxutils import quoteattr

from seimeibun.export.dataset import Dataset, Document
from seimeibun.export.files import write_text
from seimeibun.export.outcome import Outcome
from seimeibun.export.textual import json_text, plain_newlines
from seimeibun.export.unlinked import unlinked
from seimeibun.tables.schema import LABELS, RELATIONS

_COLOURS = {
    "entity": "#3c8d40",
    "date": "#2f6db5",
    "money": "#b07d0e",
    "quantity": "#7a5ba6",
    "agreement": "#c0392b",
}


def write(dataset: Dataset, path: Path) -> Outcome:
    outcome = Outcome()
    tasks = []
    for document in dataset.documents():
        tasks.append(_task(document))
        outcome.documents += 1
        outcome.spans += len(document.spans)
        outcome.relations += len(document.relations)
        outcome.left_out += unlinked(document)
    outcome.files += [
        write_text(path / "tasks.json", json_text(tasks)),
        write_text(path / "interface.xml", _interface()),
    ]
    return outcome


def _task(document: Document) -> dict[str, Any]:
    meta = {name: document.meta[name] for name in ("doc_id", "title", "date")}
    return {
        "data": {"text": plain_newlines(document.text), **meta},
        "predictions": [{"model_version": "ja_seimeibun", "result": list(_results(document))}],
    }


def _results(document: Document) -> Iterator[dict[str, Any]]:
    ids = {span.span_id: f"s{number}" for number, span in enumerate(document.spans, 1)}
    text = plain_newlines(document.text)
    for span in document.spans:
        place = {"start": span.start, "end": span.end}
        covered = {**place, "text": text[span.start : span.end], "labels": [span.label]}
        yield _result(ids[span.span_id], "label", "labels", covered)
        if span.value:
            yield _result(ids[span.span_id], "value", "textarea", {**place, "text": [span.value]})
    for relation in document.relations:
        yield {
            "type": "relation",
            "from_id": ids[relation.head.span_id],
            "to_id": ids[relation.dep.span_id],
            "direction": "right",
            "labels": [relation.name],
        }


def _result(region: str, control: str, kind: str, value: dict[str, Any]) -> dict[str, Any]:
    return {"id": region, "from_name": control, "to_name": "text", "type": kind, "value": value}


def _interface() -> Iterator[str]:
    yield "<View>\n  <Header value=\"$title\"/>\n  <Labels name=\"label\" toName=\"text\">\n"  # fmt: skip
    for layer, labels in LABELS.items():
        for label in labels:
            yield f'    <Label value="{label}" background="{_COLOURS[layer]}" hint={quoteattr(layer)}/>\n'
    yield "  </Labels>\n  <Relations>\n"
    yield from (f'    <Relation value="{name}"/>\n' for name in RELATIONS)
    yield (
        "  </Relations>\n"
        '  <Text name="text" value="$text" granularity="symbol"/>\n'
        '  <TextArea name="value" toName="text" perRegion="true" editable="true" maxSubmissions="1"/>\n'
        "</View>\n"
    )
