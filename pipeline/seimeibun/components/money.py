"""The layer ``money``."""

from decimal import Decimal

from spacy.language import Language
from spacy.tokens import Doc

from seimeibun.components.layer import Layer
from seimeibun.components.reading import folded_text
from seimeibun.expressions.money import MoneyExpression, find_money, in_states
from seimeibun.found import Found
from seimeibun.gazetteer import find_countries


def money_in(doc: Doc) -> list[Found]:
    """Return the amounts of ``doc``; the value is ``USD 3600000000/..``: currency, bounds."""
    text = folded_text(doc)
    amounts = find_money(text)
    if any(amount.currency_candidates for amount in amounts):
        amounts = in_states(amounts, {state.value for state in find_countries(text)})
    return [
        Found(item.start, item.end, "MONEY", money_value(item), item.rule, _facts(item))
        for item in amounts
    ]


def money_value(item: MoneyExpression) -> str:
    """Return currency and amount, an interval where the bounds differ; "" where no amount is known."""
    low, high = _plain(item.amount_min), _plain(item.amount_max)
    if not low and not high:
        return ""
    amount = low if low == high else f"{low or '..'}/{high or '..'}"
    return f"{item.currency or 'XXX'} {amount}"  # XXX: no currency, ISO 4217


def _plain(amount: Decimal | None) -> str:
    return "" if amount is None else f"{amount:f}"


def _facts(item: MoneyExpression) -> dict[str, str]:
    return {
        "amount_min": _plain(item.amount_min),
        "amount_max": _plain(item.amount_max),
        "currency": item.currency,
        "currency_candidates": ";".join(item.currency_candidates),
        "mod": item.mod,
        "per": item.per,
        "full_start": str(item.full_start),
        "full_end": str(item.full_end),
    }


@Language.factory("seimeibun_money", assigns=["doc.spans"])
def make_money(nlp: Language, name: str) -> Layer:  # noqa: ARG001
    return Layer("money", money_in)
