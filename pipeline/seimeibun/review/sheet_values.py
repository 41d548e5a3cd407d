"""The cell 修正後の値 of a review sheet: one plain value, or ``column=value`` line by line."""

import re
from collections.abc import Mapping

from seimeibun.review.values import FIELDS, RefusalError, columns

_LINE = re.compile(r"(?P<name>[a-z_]+)\s*[=＝]\s*(?P<value>.*)")
_AMOUNT = re.compile(r"(?P<currency>[A-Z]{3})\s+(?P<low>[\d,.]+|\.\.)(?:/(?P<high>[\d,.]+|\.\.))?")
_ESCAPES = str.maketrans({"\\": r"\\", "\n": r"\n", "\r": r"\r"})
_SIGNS = {"\\\\": "\\", r"\n": "\n", r"\r": "\r"}
STRETCHES = frozenset(field.name for fields in FIELDS.values() for field in fields if field.stretch)


def written(layer: str, values: Mapping[str, str]) -> str:
    r"""Return the cell for corrected columns; what follows from others is left out.

    >>> written("date", {"edtf": "2031-04", "start_date": "2031-04-01"})
    '2031-04'
    >>> written("date", {"edtf": "2031", "mod": "APPROX"})
    'edtf=2031\nmod=APPROX'
    """
    own = {name: values[name] for name in columns(layer) if name in values}
    plain = own.get("edtf" if layer == "date" else "value", "")
    if len(own) == 1 and plain and not _LINE.fullmatch(plain) and "\n" not in plain:
        return plain
    return "\n".join(f"{name}={value.translate(_ESCAPES)}" for name, value in own.items())


def read(layer: str, cell: str) -> dict[str, str]:
    """Return the columns that a cell corrects; raises :class:`RefusalError`.

    ``actor`` and ``object`` may be given by their characters, to be found in the text.

    >>> read("money", "USD 2,000/..")
    {'currency': 'USD', 'amount_min': '2,000', 'amount_max': ''}
    >>> read("agreement", "actor=日本国政府")
    {'actor': '日本国政府'}
    """
    lines = [line.strip() for line in cell.split("\n") if line.strip()]
    matches = [_LINE.fullmatch(line) for line in lines]
    if len(lines) == 1 and matches[0] is None:
        return _plain(layer, lines[0])
    values = {}
    for line, match in zip(lines, matches, strict=True):
        if match is None:
            message = f"「{line}」は 項目=値 の形ではありません"
            raise RefusalError(message)
        values[match["name"]] = re.sub(r"\\[\\nr]", lambda sign: _SIGNS[sign[0]], match["value"])
    known = {*columns(layer), *(STRETCHES if layer == "agreement" else ())}
    if unknown := values.keys() - known:
        message = f"{layer} に {', '.join(sorted(unknown))} という項目はありません。項目: {', '.join(sorted(known))}"
        raise RefusalError(message)
    return values


def _plain(layer: str, value: str) -> dict[str, str]:
    if layer in {"entity", "quantity"}:
        return {"value": value}
    if layer == "date":
        return {"edtf": value}
    if layer == "money" and (amount := _AMOUNT.fullmatch(value)):
        low = amount["low"].replace("..", "")
        high = low if amount["high"] is None else amount["high"].replace("..", "")
        return {"currency": amount["currency"], "amount_min": low, "amount_max": high}
    example = "JPY 300000000" if layer == "money" else "actor_resolved=JPN"
    message = f"「{value}」を読めません。{example} のように書いてください"
    raise RefusalError(message)
