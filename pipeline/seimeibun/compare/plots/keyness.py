"""Plots of a keyness table: mirrored bars with rates, forest of log ratios, scatter of rates."""

from collections.abc import Collection
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from seimeibun.compare.plots.labels import place_labels
from seimeibun.compare.plots.style import (
    FAINT,
    GREY,
    REFERENCE,
    TARGET,
    caption,
    figure,
    room_for,
    style,
)
from seimeibun.compare.reading import label_ja

CONTENT = ("topic", "entity", "act")
LEVELS_JA = {"descriptive": "記述のみ", "within_document": "文書内", "document": "文書間"}


FILLED = "\n塗り：段落の並べ替えで全語を補正して p<.05（maxT）、白抜き：それ以外。"


def leading(df: pd.DataFrame, top: int, layers: Collection[str] = CONTENT) -> pd.DataFrame:
    """Return the first ``top`` tested terms of each side, the target's first, then the reference's."""
    shown = df[df["tested"]]
    if shown["layer"].isin(layers).any():
        shown = shown[shown["layer"].isin(layers)]
    sides = [shown[shown["side"] == side].head(top) for side in ("target", "reference")]
    return pd.concat([sides[0], sides[1].iloc[::-1]], ignore_index=True)


def names(df: pd.DataFrame) -> tuple[str, str]:
    return label_ja(df.attrs["by"], df.attrs["target"]), label_ja(
        df.attrs["by"], df.attrs["reference"]
    )


def basis(df: pd.DataFrame) -> str:
    """Return the caption: what the numbers rest on."""
    attrs = df.attrs
    target, reference = names(df)
    text = (
        f"{target}：{attrs['docs'][0]}文書・{attrs['n'][0]:,}語、{reference}：{attrs['docs'][1]}文書・"
        f"{attrs['n'][1]:,}語。検定した語：{attrs['m_tests']:,}。推論の水準：{LEVELS_JA[attrs['inference']]}。"
    )
    return f"{text}\n{attrs['banner_ja']}" if attrs["banner_ja"] else text


def plot_keyness(
    df: pd.DataFrame, *, top: int = 20, layers: Collection[str] = CONTENT, ax: Axes | None = None
) -> Axes:
    """Draw signed G² as mirrored bars, the noise floor as a grey band; beside them the rates of both groups.

    Full bars survive the correction for all terms (maxT, p < .05), pale ones do not. With ``ax`` only the
    bars are drawn, there.
    """
    with style():
        shown = leading(df, top, layers)
        beside: Axes | None = None
        if ax is None:
            fig = figure(8.2, 0.19 * max(len(shown), 8) + 1.5)
            ax, beside = fig.subplots(1, 2, sharey=True, width_ratios=(3, 2))
            caption(ax, basis(df) + FILLED)
        _bars(ax, shown, df)
        if beside is not None:
            _dumbbells(beside, shown, df)
            room_for(ax, shown["term"], lines=2 + bool(df.attrs["banner_ja"]))
        return ax


def _bars(ax: Axes, shown: pd.DataFrame, df: pd.DataFrame) -> None:
    floor = df.attrs["noise_floor"]
    if np.isfinite(floor):
        ax.axvspan(-floor, floor, color=FAINT, lw=0, zorder=0)
    sure = (shown["p_para_maxT"] < 0.05).to_numpy()
    colours = np.where(shown["side"] == "target", TARGET, REFERENCE)
    for y, (value, colour, certain) in enumerate(zip(shown["g2"], colours, sure, strict=True)):
        ax.barh(
            y, value, 0.72, color=colour if certain else "white", edgecolor=colour, linewidth=0.9
        )
    ax.set_yticks(range(len(shown)), shown["term"])
    ax.set_ylim(len(shown) - 0.4, -0.6)
    ax.axvline(0, color="#444444", lw=0.8)
    target, reference = names(df)
    ax.set_xlabel(f"← {reference}に多い　　符号付きG²　　{target}に多い →")
    ax.set_title("特徴語（灰色：並べ替えによる雑音の95%）")
    ax.tick_params(axis="y", length=0)


def _dumbbells(ax: Axes, shown: pd.DataFrame, df: pd.DataFrame) -> None:
    y = np.arange(len(shown))
    a, b = shown["per_1000_target"], shown["per_1000_reference"]
    ax.hlines(y, np.minimum(a, b), np.maximum(a, b), color="#BBBBBB", lw=1.6, zorder=1)
    target, reference = names(df)
    ax.plot(a, y, "o", color=TARGET, ms=4.5, label=target, zorder=3)
    ax.plot(b, y, "s", color="white", mec=REFERENCE, mew=1.3, ms=4.2, label=reference, zorder=2)
    ax.set_xlim(left=-0.03 * max(a.max(), b.max(), 1e-9))
    ax.set_xlabel("1,000語あたりの回数")
    ax.set_title("頻度")
    ax.grid(axis="y")
    ax.legend(loc="best", fontsize=8)
    ax.tick_params(axis="y", length=0)


def plot_forest(
    df: pd.DataFrame, *, top: int = 15, layers: Collection[str] = CONTENT, ax: Axes | None = None
) -> Axes:
    """Draw log ratios with their exact 95 % intervals; an arrow where an interval has no end."""
    with style():
        shown = leading(df, top, layers)
        own = ax is None
        if ax is None:
            ax = figure(6.4, 0.2 * max(len(shown), 8) + 1.5).subplots()
            caption(ax, basis(df))
        ends = pd.concat([shown["lr_lo"], shown["lr_hi"], shown["log_ratio"]]).abs()
        limit = float(np.ceil(min(ends.max(), 9))) + 0.5 if len(shown) else 1.0
        ax.axvspan(-1, 1, color=FAINT, lw=0, zorder=0)
        ax.axvline(0, color="#444444", lw=0.8)
        for y, row in enumerate(shown.itertuples()):
            _interval(ax, y, row, limit)
        ax.set_yticks(range(len(shown)), shown["term"])
        ax.set_ylim(len(shown) - 0.4, -0.6)
        ax.set_xlim(-limit, limit)
        ticks = [t for t in range(-8, 9, 2) if abs(t) < limit]
        ax.set_xticks(ticks, [f"{2.0**t:g}倍" if t >= 0 else f"1/{2**-t:g}" for t in ticks])
        target, reference = names(df)
        ax.set_xlabel(f"頻度の比（{target}／{reference}、対数目盛、正確な95%区間）")
        ax.set_title("効果の大きさ（灰色：2倍未満、白抜き：片方が0回）")
        ax.tick_params(axis="y", length=0)
        if own:
            room_for(ax, shown["term"], lines=1 + bool(df.attrs["banner_ja"]))
        return ax


def _interval(ax: Axes, y: int, row: Any, limit: float) -> None:
    colour, marker = (TARGET, "o") if row.side == "target" else (REFERENCE, "s")
    low = row.lr_lo if np.isfinite(row.lr_lo) else -limit
    high = row.lr_hi if np.isfinite(row.lr_hi) else limit
    ax.hlines(y, max(low, -limit), min(high, limit), color=colour, lw=1.3)
    for end, open_ in ((-limit, low <= -limit), (limit, high >= limit)):
        if open_:
            ax.plot(end * 0.985, y, "<" if end < 0 else ">", color=colour, ms=3.5, clip_on=False)
    face = "white" if row.zero_cell else colour
    ax.plot(row.log_ratio, y, marker, color=colour, mfc=face, ms=4.5)


def plot_scatter(
    df: pd.DataFrame,
    *,
    labels: int = 45,
    layers: Collection[str] = CONTENT,
    ax: Axes | None = None,
) -> Axes:
    """Draw the rate in the target over that in the reference, logarithmic; absent words stand in gutters."""
    with style():
        if ax is None:
            ax = figure(6.6, 6.4).subplots()
            caption(ax, basis(df))
        shown = (
            df[df["tested"] & df["layer"].isin(layers)] if df["layer"].isin(layers).any() else df
        )
        x, y = shown["per_1000_reference"].to_numpy(), shown["per_1000_target"].to_numpy()
        lowest = min(x[x > 0].min(initial=1), y[y > 0].min(initial=1))
        gutter = lowest / 2.2
        at_x, at_y = np.where(x > 0, x, gutter), np.where(y > 0, y, gutter)
        top = max(at_x.max(initial=1), at_y.max(initial=1)) * 1.6
        sure = (shown["p_para_maxT"] < 0.05).to_numpy()
        ax.plot([gutter, top], [gutter, top], color="#999999", lw=0.8, zorder=1)
        ax.axvspan(gutter / 1.5, gutter * 1.45, color=FAINT, lw=0)
        ax.axhspan(gutter / 1.5, gutter * 1.45, color=FAINT, lw=0)
        ax.scatter(at_x[~sure], at_y[~sure], s=7, color=GREY, alpha=0.45, lw=0)
        colours = np.where(shown["side"] == "target", TARGET, REFERENCE)
        for side, marker in (("target", "o"), ("reference", "s")):
            part = sure & (shown["side"] == side).to_numpy()
            ax.scatter(at_x[part], at_y[part], s=16, c=colours[part], marker=marker, lw=0)
        ax.set_xscale("log")
        ax.set_yscale("log")
        ax.set_xlim(gutter / 1.5, top)
        ax.set_ylim(gutter / 1.5, top)
        _plain_ticks(ax, gutter)
        target, reference = names(df)
        ax.set_xlabel(f"{reference}：1,000語あたり")
        ax.set_ylabel(f"{target}：1,000語あたり")
        ax.set_title("頻度の対比（灰色の帯：0回、色付き：maxTで p<.05）")
        order = np.lexsort((shown["term"].to_numpy(dtype=str), -shown["g2"].abs().to_numpy()))
        points = [(at_x[i], at_y[i], shown["term"].iloc[i], colours[i]) for i in order[:labels]]
        place_labels(ax, points, taken=list(zip(at_x[sure], at_y[sure], strict=True)))
        return ax


def _plain_ticks(ax: Axes, gutter: float) -> None:
    for axis in (ax.xaxis, ax.yaxis):
        low, high = axis.get_view_interval()
        powers = range(int(np.floor(np.log10(gutter))), int(np.ceil(np.log10(high))) + 1)
        ticks = [
            step * 10.0**power
            for power in powers
            for step in (1, 3)
            if gutter * 1.6 < step * 10.0**power < high
        ]
        axis.set_ticks([gutter, *ticks], ["0", *(f"{tick:g}" for tick in ticks)])
        axis.set_ticks([], minor=True)
        axis.set_view_interval(low, high)
