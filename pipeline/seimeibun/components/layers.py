"""Span groups with facts: how a layer is kept on a ``Doc``.

One span group per layer, its name the layer's. Per span ``label_`` is the type, ``kb_id_`` the value and
``id_`` the rule; unlike ``Span._`` these belong to the span alone and survive ``DocBin``. Further facts
(columns of the layer's table) stand in ``SpanGroup.attrs`` under the span's ``start-end:label``.
"""

from collections.abc import Iterable

from spacy.tokens import Doc, Span, SpanGroup

from seimeibun.found import Found

LAYERS = ("entities", "dates", "money", "quantities", "agreements")


def write_layer(doc: Doc, layer: str, found: Iterable[Found]) -> None:
    """Set ``doc.spans[layer]``, in text order; a span's characters grow to token edges if need be.

    The exact code points are kept among the facts (``start``, ``end``) where tokens cut them.
    """
    group = SpanGroup(doc, name=layer)
    attrs: dict[str, dict[str, str]] = {}
    for item in sorted(found, key=lambda item: (item.start, -item.end, item.label)):
        span = doc.char_span(
            item.start,
            item.end,
            label=item.label,
            kb_id=item.value,
            span_id=item.rule,
            alignment_mode="expand",
        )
        if (span.start_char, span.end_char) == (item.start, item.end):
            exact = {}
        else:
            exact = {"start": str(item.start), "end": str(item.end)}
        group.append(span)
        attrs[_key(span, len(attrs))] = {**item.facts, **exact}
    group.attrs.update(attrs)
    doc.spans[layer] = group


def read_layer(doc: Doc, layer: str) -> list[Found]:
    """Return what the layer found, with exact code points into ``doc.text``; [] where it did not run."""
    if layer not in doc.spans:
        return []
    group = doc.spans[layer]
    found = []
    for number, span in enumerate(group):
        facts: dict[str, str] = group.attrs.get(_key(span, number), {})
        start, end = int(facts.get("start", span.start_char)), int(facts.get("end", span.end_char))
        rest = {name: value for name, value in facts.items() if name not in {"start", "end"}}
        found.append(Found(start, end, span.label_, span.kb_id_, span.id_, rest))
    return found


def _key(span: Span, number: int) -> str:
    # The number tells spans apart that tokens made equal (two readings inside one token).
    return f"{span.start_char}-{span.end_char}:{span.label_}#{number}"
