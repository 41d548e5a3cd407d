"""The layer ``dates``."""

from dataclasses import fields

from spacy.language import Language
from spacy.tokens import Doc

from seimeibun.components.extensions import date_of
from seimeibun.components.layer import Layer
from seimeibun.components.reading import folded_text
from seimeibun.expressions.dates import DateExpression, find_dates
from seimeibun.found import Found

_FACTS = [f.name for f in fields(DateExpression) if f.name not in {"start", "end", "label", "rule"}]


def dates_in(doc: Doc) -> list[Found]:
    """Return the dates of ``doc``; the value is EDTF, or the duration where there is no interval."""
    found = find_dates(folded_text(doc), document_date=date_of(doc))
    return [
        Found(
            item.start,
            item.end,
            item.label,
            item.edtf or item.duration,
            item.rule,
            {name: getattr(item, name) for name in _FACTS},
        )
        for item in found
    ]


@Language.factory("seimeibun_dates", assigns=["doc.spans"])
def make_dates(nlp: Language, name: str) -> Layer:  # noqa: ARG001
    return Layer("dates", dates_in)
