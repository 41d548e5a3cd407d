"""What the layer of money says about a stretch of text."""

from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class MoneyExpression:
    """An amount as it stands in the text.

    ``start``/``end`` hold number and currency, ``full_start``/``full_end`` also 総額, 約, 以上 and their
    kind. Equal amounts are a point; None is an open side, and both are None for 数十億円. ``currency`` is
    ISO 4217, or "" where only ``currency_candidates`` can be named (ルピー).
    """

    start: int
    end: int
    amount_min: Decimal | None
    amount_max: Decimal | None
    currency: str
    currency_candidates: tuple[str, ...] = ()
    mod: str = ""
    per: str = ""
    full_start: int = 0
    full_end: int = 0
    rule: str = ""
