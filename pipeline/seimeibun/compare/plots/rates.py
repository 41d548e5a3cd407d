"""Plots of rates over groups: terms, agreement verbs, trends."""

from collections.abc import Sequence

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from seimeibun.compare.groups import ORDERED
from seimeibun.compare.plots.style import (
    FAINT,
    MARKERS,
    PALETTE,
    TARGET,
    caption,
    figure,
    grid,
    measure,
    room_for,
    row_labels,
    scale,
    style,
)
from seimeibun.compare.reading import label_ja


def plot_rates(frequency: pd.DataFrame, terms: Sequence[str], *, ax: Axes | None = None) -> Axes:
    """Draw rates per 1,000 words by group with exact intervals, one panel a term; all panels share their axes.

    Years stand at their place in time; points are joined only where the groups follow each other.
    """
    with style():
        by = str(frequency["by"].iloc[0]) if len(frequency) else ""
        groups = frequency["group"].unique().tolist()
        rows = frequency[frequency["term"].isin(terms)]
        highest = 1.04 * rows["per_1000_hi"].max() if len(rows) else 1.0
        if ax is not None:
            _rates(ax, rows, terms[0], groups, by, highest)
            return ax
        # so many names need the room of two panels
        widest = 2 if len(groups) > 12 and not _in_time(groups, by) else 1
        columns = min(4 // widest, max(len(terms), 1))
        n_rows = -(-max(len(terms), 1) // columns)
        fig = grid(2.1 * widest * columns + 0.6, 1.6 * n_rows + 0.8, wspace=0.1 / widest)
        axes = fig.subplots(n_rows, columns, squeeze=False)
        for number, (at, term) in enumerate(zip(axes.flat, terms, strict=False)):
            last_row, first_column = number + columns >= len(terms), number % columns == 0
            _rates(at, rows, term, groups, by, highest, named=last_row, numbered=first_column)
        for at in axes.flat[len(terms) :]:
            at.set_visible(False)
        fig.supylabel("1,000語あたり（正確な95%区間）", fontsize=8, x=0.015)
        words = frequency.drop_duplicates("group")
        sizes = "、".join(
            f"{label_ja(by, group)} {n:,}"
            for group, n in zip(words["group"], words["n"], strict=True)
        )
        first: Axes = axes[0, 0]
        caption(first, f"語数：{sizes}" if len(groups) <= 24 else f"{len(groups)}群", above=0.64)
        return first


def _rates(
    ax: Axes,
    frequency: pd.DataFrame,
    term: str,
    groups: list[str],
    by: str,
    highest: float,
    *,
    named: bool = True,
    numbered: bool = True,
) -> None:
    """Draw one panel; where ``named`` the groups stand below it, where ``numbered`` the rates beside it."""
    rows = frequency[frequency["term"] == term].set_index("group").reindex(groups)
    in_time = _in_time(groups, by)
    x = np.array([int(group) for group in groups]) if in_time else np.arange(len(groups))
    rate = rows["per_1000"].to_numpy(dtype=float)
    low, high = rows["per_1000_lo"].to_numpy(dtype=float), rows["per_1000_hi"].to_numpy(dtype=float)
    ax.vlines(x, low, high, color=TARGET, lw=1.2)
    line = "o-" if by in ORDERED else "o"
    ax.plot(x, rate, line, color=TARGET, ms=4 if len(groups) <= 12 else 2.5, lw=0.8)
    ax.set_title(term, fontsize=9)
    ax.set_ylim(0, highest)
    scale(ax, "y", labelled=numbered)
    margin = 0.5 if not in_time else max(0.02 * np.ptp(x), 0.5)
    ax.set_xlim(x.min() - margin, x.max() + margin)
    if in_time and len(groups) > 6:
        scale(ax, "x", labelled=named, whole=True)
        return
    if not named:  # ticks take long to make
        ax.set_xticks([])
        return
    every = -(-len(groups) // 24)
    ax.set_xticks(
        x[::every], [short(g) for g in groups[::every]], rotation=90 if len(groups) > 3 else 0
    )
    if len(groups) > 8:
        ax.tick_params(axis="x", labelsize=7)


def _in_time(groups: Sequence[str], by: str) -> bool:
    return by == "year" and all(group.isdecimal() for group in groups)


def short(label: str) -> str:
    """Return a decade by its first year, other labels cut.

    >>> short("1990-1999"), short("中央アジア五か国との対話")
    ('1990s', '中央アジア五か国…')
    """
    first, dash, last = label.partition("-")
    if dash and first.isdecimal() and last.isdecimal() and int(last) == int(first) + 9:
        return f"{first}s"
    return label if len(label) <= 9 else label[:8] + "…"


def plot_verbs(verbs: pd.DataFrame, *, top: int = 14, by: str = "", ax: Axes | None = None) -> Axes:
    """Draw agreement verbs per 100 sentences by group with exact intervals (of a table without actors)."""
    with style():
        named = verbs.assign(verb=verbs["lemma"] + "（" + verbs["category_ja"] + "）")
        totals = named.groupby("verb")["count"].sum().sort_values(ascending=False, kind="stable")
        chosen = list(totals.index[:top])
        groups = list(dict.fromkeys(named["group"]))
        own = ax is None
        if ax is None:
            height = 0.075 * len(chosen) * max(len(groups), 3) + 1.2
            ax = figure(7.4 if len(groups) > 2 else 6.6, height).subplots()
            sizes = named.drop_duplicates("group")
            text = "、".join(
                f"{label_ja(by, g)} {s:,}文・{a:,}行為"
                for g, s, a in zip(
                    sizes["group"], sizes["n_sentences"], sizes["n_acts"], strict=True
                )
            )
            caption(ax, text)
        step = 0.8 / max(len(groups), 1)
        for number, group in enumerate(groups):
            rows = named[named["group"] == group].set_index("verb").reindex(chosen)
            y = np.arange(len(chosen)) + (number - (len(groups) - 1) / 2) * step
            to_sentences = (rows["n"] / rows["n_sentences"] / 10).to_numpy(dtype=float)
            low, high = rows["per_1000_lo"] * to_sentences, rows["per_1000_hi"] * to_sentences
            colour, marker = PALETTE[number % 8], MARKERS[number % 8]
            ax.hlines(y, low, high, color=colour, lw=1)
            ax.plot(
                rows["per_100_sentences"], y, marker, color=colour, ms=4, label=label_ja(by, group)
            )
        row_labels(ax, range(len(chosen)), chosen)
        ax.set_ylim(len(chosen) - 0.5, -0.5)
        ax.set_xlim(left=0)
        ax.grid(axis="x")
        ax.set_xlabel("100文あたりの回数（正確な95%区間）")
        ax.set_title("合意等の行為")
        between = np.arange(1, len(chosen)) - 0.5
        ax.hlines(between, 0, 1, color=FAINT, lw=0.7, transform=ax.get_yaxis_transform())
        # beside the panel, where no interval can be
        ax.legend(fontsize=8, loc="upper left", bbox_to_anchor=(1.0, 1.0), handletextpad=0.3)
        found = ax.get_figure(root=True)
        if own and found is not None:
            room_for(ax, chosen)
            beside = 0.45 + max(measure(label_ja(by, group)) for group in groups) * 8 / 72
            found.subplots_adjust(right=1 - beside / found.get_figwidth())
        return ax


def plot_trend(points: pd.DataFrame, term: str, *, ax: Axes | None = None) -> Axes:
    """Draw the rates of documents over their years, points by size, and the fitted change if there is one.

    ``points`` is what :meth:`Comparison.trend_points` returns: year, per_1000, n, and fit, fit_lo, fit_hi.
    """
    with style():
        if ax is None:
            ax = figure(5.6, 3.1).subplots()
            caption(ax, f"{len(points)}文書。点の大きさは語数。帯は文書を単位とする95%区間。")
        if points["fit"].notna().all():
            line = points.drop_duplicates("year").sort_values("year")
            ax.fill_between(
                line["year"], line["fit_lo"], line["fit_hi"], color=TARGET, alpha=0.15, lw=0
            )
            ax.plot(line["year"], line["fit"], color=TARGET, lw=1.4)
        size = 12 + 60 * points["n"] / points["n"].max()
        ax.scatter(points["year"], points["per_1000"], s=size, color=PALETTE[1], alpha=0.65, lw=0)
        highest = max(points["per_1000"].max(), 1e-9)
        ax.set_ylim(-0.03 * highest, 1.25 * highest)
        ax.set_ylabel("1,000語あたり")
        ax.set_title(term)
        scale(ax, "x", whole=True)
        scale(ax, "y")
        return ax
