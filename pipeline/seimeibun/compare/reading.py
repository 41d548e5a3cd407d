"""Rows in plain words, Japanese and English, for those who do not read statistics."""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from seimeibun.compare import inference
from seimeibun.compare.groups import Groups


def label_ja(by: str, label: str) -> str:
    """Return a group as one says it.

    >>> label_ja("year", "2025"), label_ja("decade", "1990-1999"), label_ja("partner", "KGZ"), label_ja("year", "rest")
    ('2025年', '1990-1999年', 'KGZ', 'その他')
    """
    if label == "rest":
        return "その他"
    dated = by in {"year", "decade"} and label.replace("-", "").replace(",", "").isdecimal()
    return f"{label}年" if dated else label


def label_en(label: str) -> str:
    return "the rest" if label == "rest" else label


def number(value: float) -> str:
    """Return a number as in running text: two digits, no exponent.

    >>> [number(x) for x in (12.345, 0.5, 0.04321, 123.4, 0)]
    ['12', '0.50', '0.043', '123', '0']
    """
    if value == 0:
        return "0"
    if abs(value) >= 9.95:
        return f"{value:.0f}"
    digits = 1 if abs(value) >= 1 else 1 - int(np.floor(np.log10(abs(value))))
    return f"{value:.{digits}f}"


def _range(low: float, high: float, *, open_ja: bool) -> str:
    bounds = [number(2**bound) if np.isfinite(bound) else "" for bound in (low, high)]
    if open_ja:
        return f"{bounds[0] or '0'}〜{bounds[1] or '∞'}倍"
    return f"{bounds[0] or '0'} to {bounds[1] or '∞'}"


def keyness_readings(
    df: pd.DataFrame, groups: Groups, gate: inference.Gate
) -> tuple[list[str], list[str]]:
    """Return the readings of a keyness table, row by row."""
    names_ja = [label_ja(groups.by, label) for label in groups.labels]
    names_en = [label_en(label) for label in groups.labels]
    cache: dict[tuple[object, ...], tuple[str, str]] = {}
    columns = (
        "count_target", "count_reference", "per_1000_target", "per_1000_reference",
        "log_ratio", "lr_lo", "lr_hi", "tested", "p_doc",
    )  # fmt: skip
    rows = list(zip(*(df[name].tolist() for name in columns), strict=True))
    for row in rows:  # rare terms share their counts, and their reading
        key = tuple("" if value != value else value for value in row)
        if key not in cache:
            cache[key] = (_japanese(row, names_ja, gate), _english(row, names_en, gate))
    pairs = [cache[tuple("" if value != value else value for value in row)] for row in rows]
    return [ja for ja, _ in pairs], [en for _, en in pairs]


def _japanese(row: Sequence[float], names: Sequence[str], gate: inference.Gate) -> str:
    a, b, rate_a, rate_b, ratio, low, high, tested, p = row
    if not a or not b:
        own, other, count = (names[0], names[1], a) if a else (names[1], names[0], b)
        text = f"{own}に{count:.0f}回（1,000語あたり{number(rate_a or rate_b)}回）、{other}には現れない"
        text += f"（比の95%区間{_range(low, high, open_ja=True)}）。"
    else:
        text = (
            f"{names[0]}は1,000語あたり{number(rate_a)}回、{names[1]}は{number(rate_b)}回"
            f"（約{number(2**ratio)}倍、95%区間{_range(low, high, open_ja=True)}）。"
        )
    return text + _caveat_ja(bool(tested), p, gate)


def _caveat_ja(tested: bool, p: float, gate: inference.Gate) -> str:
    if not tested:
        return "回数が少なく、検定しません。"
    if gate.between_documents:
        value = _p(p, "p={}", "p<0.001", "p値なし")
        return f"文書{gate.docs[0]}件と{gate.docs[1]}件の間の並べ替え検定で{value}（多重検定の補正前）。"
    if max(gate.docs) < 2:
        return "文書は各1件のため、一般の傾向とは言えません。"
    return f"文書は{gate.docs[0]}件と{gate.docs[1]}件のため、一般の傾向とは言えません。"


def _english(row: Sequence[float], names: Sequence[str], gate: inference.Gate) -> str:
    a, b, rate_a, rate_b, ratio, low, high, tested, p = row
    if not a or not b:
        own, other, count = (names[0], names[1], a) if a else (names[1], names[0], b)
        text = (
            f"{count:.0f} in {own} ({number(rate_a or rate_b)} per 1,000 words), none in {other} "
            f"(95% interval of the ratio {_range(low, high, open_ja=False)}). "
        )
    else:
        text = (
            f"{number(rate_a)} per 1,000 words in {names[0]}, {number(rate_b)} in {names[1]} "
            f"({number(2**ratio)} times, 95% interval {_range(low, high, open_ja=False)}). "
        )
    return text + _caveat_en(bool(tested), p, gate)


def _caveat_en(tested: bool, p: float, gate: inference.Gate) -> str:
    if not tested:
        return "Too rare to be tested."
    if gate.between_documents:
        value = _p(p, "p = {}", "p < 0.001", "no p")
        return f"Permutation test between {gate.docs[0]} and {gate.docs[1]} documents: {value} (before correction for many terms)."
    one = max(gate.docs) < 2
    docs = "one document each" if one else f"{gate.docs[0]} and {gate.docs[1]} documents"
    return f"With {docs} this says nothing general."


def _p(value: float, shown: str, small: str, none: str) -> str:
    if np.isnan(value):
        return none
    return small if value < 0.001 else shown.format(f"{value:.2g}")
