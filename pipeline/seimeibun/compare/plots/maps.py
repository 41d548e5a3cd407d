"""Plots of structure: correspondence map and co-occurrence network."""

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.collections import LineCollection
from numpy.typing import NDArray

from seimeibun.compare.plots.labels import place_labels
from seimeibun.compare.plots.rates import short
from seimeibun.compare.plots.style import GREY, REFERENCE, TARGET, caption, figure, style
from seimeibun.compare.residuals import Correspondence

Floats = NDArray[np.float64]


def plot_correspondence(
    found: Correspondence, *, labels: int = 70, ordered: bool = True, ax: Axes | None = None
) -> Axes:
    """Draw groups (squares, joined in their order) and the terms that contribute most."""
    with style():
        if ax is None:
            ax = figure(7.2, 6.2).subplots()
            caption(
                ax,
                f"{len(found.groups)}群、{len(found.terms)}語。近い点ほど似た使われ方。軸の尺度は対称。",
            )
        groups, terms = found.groups, found.terms
        ax.axhline(0, color="#CCCCCC", lw=0.8)
        ax.axvline(0, color="#CCCCCC", lw=0.8)
        x = terms["dim1"].to_numpy()
        y = terms["dim2"].to_numpy() if "dim2" in terms else np.zeros(len(terms))
        gx = groups["dim1"].to_numpy()
        gy = groups["dim2"].to_numpy() if "dim2" in groups else np.zeros(len(groups))
        ax.scatter(x, y, s=4 + 0.25 * terms["count"].clip(upper=200), color=TARGET, alpha=0.3, lw=0)
        if ordered:
            ax.plot(gx, gy, color=REFERENCE, lw=1, alpha=0.6)
        ax.scatter(gx, gy, s=42, marker="s", color=REFERENCE, zorder=4)
        # A few rare terms lie far out; the map shows where most of them and all groups are.
        ax.set_xlim(_limits(x, gx))
        ax.set_ylim(_limits(y, gy))
        share = found.share
        ax.set_xlabel(f"第1次元（{share[0]:.0%}）")
        ax.set_ylabel(f"第2次元（{share[1]:.0%}）" if len(share) > 1 else "")
        ax.set_title("対応分析（四角：群、丸：語）")
        marks = [
            (a, b, short(g), REFERENCE) for a, b, g in zip(gx, gy, groups["group"], strict=True)
        ]
        boxes = place_labels(ax, marks, size=9, taken=list(zip(gx, gy, strict=True)))
        order = np.argsort(-terms["contribution"].to_numpy(), kind="stable")[:labels]
        points = [(x[i], y[i], terms["term"].iloc[i], "#1A4F73") for i in order]
        place_labels(ax, points, size=7, boxes=boxes)
        return ax


def _limits(terms: Floats, groups: Floats) -> tuple[float, float]:
    low, high = np.quantile(np.concatenate([terms, groups]), [0.015, 0.985])
    low, high = min(low, groups.min()), max(high, groups.max())
    margin = 0.08 * (high - low)
    return float(low - margin), float(high + margin)


def plot_network(
    edges: pd.DataFrame,
    side: dict[str, str],
    *,
    names: tuple[str, str] = ("", ""),
    ax: Axes | None = None,
) -> Axes:
    """Draw terms that share sentences; ``side`` says of each term which group uses it more.

    Colour and shape show the side, the width of a line how strongly two terms go together (logDice).
    """
    with style():
        if ax is None:
            ax = figure(7.2, 6.2).subplots()
            caption(
                ax, "線：同じ文に現れる語（太いほど強い、logDice）。色と形：多く使う側。", above=0.1
            )
        nodes = list(dict.fromkeys([*edges["term"], *edges["other"]]))
        index = {name: number for number, name in enumerate(nodes)}
        pairs = np.array(
            [(index[a], index[b]) for a, b in zip(edges["term"], edges["other"], strict=True)],
            dtype=np.int64,
        ).reshape(-1, 2)
        strength = edges["log_dice"].to_numpy(dtype=float)
        at = layout(len(nodes), pairs, np.exp2((strength - strength.max(initial=0)) / 2))
        low, high = strength.min(initial=14), strength.max(initial=0)
        width = 0.6 + 3 * (strength - low) / max(high - low, 1e-9)
        lines = LineCollection(list(at[pairs]), linewidths=width, colors="#BBBBBB", zorder=1)
        ax.add_collection(lines)
        degree = np.bincount(pairs.ravel(), minlength=len(nodes))
        for wanted, colour, marker, label in (
            ("target", TARGET, "o", names[0]), ("reference", REFERENCE, "s", names[1]), ("", GREY, "D", ""),
        ):  # fmt: skip
            part = [i for i, name in enumerate(nodes) if side.get(name, "") == wanted]
            if part:
                ax.scatter(
                    at[part, 0], at[part, 1], s=25 + 14 * degree[part], color=colour, marker=marker,
                    edgecolor="white", label=f"{label}に多い" if label else "差なし", zorder=2,
                )  # fmt: skip
        ax.margins(0.08)
        ax.set_xticks([])
        ax.set_yticks([])
        for spine in ax.spines.values():
            spine.set_visible(False)
        ax.set_title("共起ネットワーク")
        if nodes:
            ax.legend(fontsize=8, loc="upper right")
        colours = {"target": "#00456E", "reference": "#8A3C00"}
        order = np.argsort(-degree, kind="stable")
        points = [
            (at[i, 0], at[i, 1], nodes[i], colours.get(side.get(nodes[i], ""), "#333333"))
            for i in order
        ]
        place_labels(ax, points, size=8, taken=[(a, b) for a, b, _, _ in points])
        return ax


def layout(size: int, pairs: NDArray[np.int64], weight: Floats, *, steps: int = 250) -> Floats:
    """Return positions after Fruchterman and Reingold (1991), from a circle, so that they are always the same."""
    if size == 0:
        return np.zeros((0, 2))
    angle = 2 * np.pi * np.arange(size) * 0.618034
    radius = np.sqrt((np.arange(size) + 1) / size)
    at = np.stack([radius * np.cos(angle), radius * np.sin(angle)], axis=1)
    ideal = 1.6 / np.sqrt(size)
    for step in range(steps):
        apart = at[:, None] - at[None]
        distance = np.maximum(np.sqrt((apart**2).sum(axis=2)), 1e-3)
        push = (apart * (ideal**2 / distance**2)[..., None]).sum(axis=1)
        if len(pairs):
            along = at[pairs[:, 0]] - at[pairs[:, 1]]
            length = np.sqrt((along**2).sum(axis=1, keepdims=True))
            pull = along * length / ideal * weight[:, None]
            np.add.at(push, pairs[:, 0], -pull)
            np.add.at(push, pairs[:, 1], pull)
        push -= 0.35 * at  # keeps what is not connected near
        far = np.maximum(np.sqrt((push**2).sum(axis=1, keepdims=True)), 1e-9)
        at = at + push / far * np.minimum(far, 0.12 * (1 - step / steps))
    return at
