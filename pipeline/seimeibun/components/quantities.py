"""The layer ``quantities``: counts, ordinals and percentages that are neither dates nor money."""

from spacy.language import Language
from spacy.tokens import Doc

from seimeibun.components.layer import Layer
from seimeibun.components.layers import read_layer
from seimeibun.components.reading import folded_text
from seimeibun.expressions.quantities import find_quantities
from seimeibun.found import Found


def quantities_in(doc: Doc) -> list[Found]:
    """Return the quantities of ``doc``; the value is number and unit, ``5 か国``."""
    taken = [(f.start, f.end) for layer in ("dates", "money") for f in read_layer(doc, layer)]
    return [
        Found(
            item.start,
            item.end,
            item.label,
            f"{item.number} {item.unit}".strip(),
            item.rule,
            {"number": item.number, "unit": item.unit},
        )
        for item in find_quantities(folded_text(doc), taken=taken)
    ]


@Language.factory("seimeibun_quantities", assigns=["doc.spans"])
def make_quantities(nlp: Language, name: str) -> Layer:  # noqa: ARG001
    return Layer("quantities", quantities_in)
