"""W3C Web Annotation: ``<doc_id>.jsonld``, an AnnotationCollection, and the text that it targets.

Each span is an annotation whose target is selected by position and by quote; each relation is one that links two
of them. Positions are code points, as the recommendation asks (§4.2.5: "characters", not code units). Carried:
everything that the tables say of a span, in the namespace ``seimeibun:``. Not carried: tokens, sentences,
paragraphs.
"""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import quote

from seimeibun.export.dataset import Dataset, Document, Relation, Span
from seimeibun.export.files import write_bytes, write_text
from seimeibun.export.outcome import Outcome
from seimeibun.export.textual import json_text
from seimeibun.export.unlinked import unlinked

CONTEXT = "http://www.w3.org/ns/anno.jsonld"
NAMESPACE = "urn:seimeibun:terms:"
_AROUND = 20  # code points of prefix and suffix
_FACTS = ("layer", "value", "source", "rule", "status", "reviewer", "entity_id", "parent_span_id")


def write(dataset: Dataset, path: Path) -> Outcome:
    outcome = Outcome()
    for document in dataset.documents():
        doc_id = document.doc_id
        outcome.files += [
            write_bytes(path / "text" / f"{doc_id}.txt", document.text.encode("utf-8")),
            write_text(path / f"{doc_id}.jsonld", json_text(_collection(document))),
        ]
        outcome.documents += 1
        outcome.spans += len(document.spans)
        outcome.relations += len(document.relations)
        outcome.left_out += unlinked(document)
    return outcome


def iri(span_id: str) -> str:
    """Return the name of an annotation on the web.

    >>> iri("声明#date:3-8:DATE")
    'urn:seimeibun:%E5%A3%B0%E6%98%8E%23date:3-8:DATE'
    """
    return f"urn:seimeibun:{quote(span_id, safe=':')}"


def _collection(document: Document) -> dict[str, Any]:
    items = [*(_annotation(document, span) for span in document.spans), *_links(document)]
    name = iri(document.doc_id)
    page = {"id": f"{name}:page", "type": "AnnotationPage", "partOf": name, "items": items}
    return {
        "@context": [CONTEXT, {"seimeibun": NAMESPACE}],
        "id": name,
        "type": "AnnotationCollection",
        "label": document.meta["title"] or document.doc_id,
        "total": len(items),
        "first": {**page, "startIndex": 0},
    }


def _annotation(document: Document, span: Span) -> dict[str, Any]:
    bodies = [_body("tagging", span.label)]
    if span.value:
        bodies.append(_body("identifying", span.value))
    facts = {name: span.row[name] for name in _FACTS} | dict(span.details)
    return {
        "id": iri(span.span_id),
        "type": "Annotation",
        "motivation": "tagging",
        "body": bodies,
        "target": {
            "source": f"text/{quote(document.doc_id)}.txt",
            "selector": list(_selectors(document.text, span.start, span.end)),
        },
        **_terms(facts),
    }


def _body(purpose: str, value: str) -> dict[str, str]:
    return {"type": "TextualBody", "purpose": purpose, "value": value, "format": "text/plain"}


def _selectors(text: str, start: int, end: int) -> Iterator[dict[str, Any]]:
    yield {"type": "TextPositionSelector", "start": start, "end": end}
    yield {
        "type": "TextQuoteSelector",
        "exact": text[start:end],
        "prefix": text[max(0, start - _AROUND) : start],
        "suffix": text[end : end + _AROUND],
    }


def _terms(facts: Mapping[str, str]) -> dict[str, str]:
    return {f"seimeibun:{name}": value for name, value in facts.items() if value}


def _links(document: Document) -> Iterator[dict[str, Any]]:
    for number, relation in enumerate(document.relations, 1):
        yield _link(iri(f"{document.doc_id}#relation:{number}"), relation)


def _link(name: str, relation: Relation) -> dict[str, Any]:
    """Return a relation: its body is the dependent, its target the head."""
    return {
        "id": name,
        "type": "Annotation",
        "motivation": "linking",
        "body": iri(relation.dep.span_id),
        "target": iri(relation.head.span_id),
        "seimeibun:relation": relation.name,
    }
