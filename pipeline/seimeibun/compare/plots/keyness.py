"""Plots of a keyness table: mirrored bars with rates, forest of log ratios, scatter of rates."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import ClassVar

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.collections import LineCollection, PolyCollection
from numpy.typing import NDArray

from seimeibun.compare.columns import title
from seimeibun.compare.inference import LEVELS_JA
from seimeibun.compare.plots.labels import place_labels
from seimeibun.compare.plots.style import (
    FAINT,
    GREY,
    REFERENCE,
    TARGET,
    caption,
    figure,
    measure,
    room_for,
    row_labels,
    style,
)
from seimeibun.compare.reading import label_ja
from seimeibun.compare.texts import bare

Box = list[tuple[float, float]]
CONTENT = ("topic", "entity", "act")
FILLED = "塗り：段落の並べ替えで全語を補正して p<.05（maxT）、白抜き：それ以外。"
NOISE = "灰色：段落の並べ替えによる雑音の95%、破線：群を半分に割ったときの95%。"
VARIANT = "〔 〕：反対側にある同じ読みの語。表記が変わっただけの可能性。"
MAX_PANELS = 40
_OF_PANEL = ("term", "side", "g2", "p_para_maxT", "spelling_variant")


def leading(
    df: pd.DataFrame, top: int, layers: Collection[str] = CONTENT, *, columns: Collection[str] = ()
) -> pd.DataFrame:
    """Return the first ``top`` tested terms of each side, the target's first, then the reference's.

    ``columns`` are those that are wanted, empty all.
    """
    df = bare(df)
    wanted = df["tested"].to_numpy(dtype=bool)
    of_layer = wanted & np.isin(df["layer"].to_numpy(dtype=object), list(layers))
    wanted = of_layer if of_layer.any() else wanted
    side = df["side"].to_numpy(dtype=object)
    rows = [np.flatnonzero(wanted & (side == name))[:top] for name in ("target", "reference")]
    at = np.concatenate([rows[0], rows[1][::-1]])
    if not columns:
        return df.iloc[at].reset_index(drop=True)
    return pd.DataFrame({name: df[name].array[at] for name in columns if name in df.columns})


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
    lines = [text, attrs["banner_ja"], confounding(df)]
    return "\n".join(line for line in lines if line)


def confounding(df: pd.DataFrame) -> str:
    """Return what would explain the differences as well as the groups do, "" for nothing."""
    if not (found := df.attrs.get("confounded")):
        return ""
    columns = "、".join(title(name) for name in found)
    return f"完全な交絡：{columns}。差はその違いとしても同じように説明できます。"


def labelled(shown: pd.DataFrame) -> list[str]:
    """Return the terms with the spelling that each may have on the other side."""
    if "spelling_variant" not in shown:
        return list(shown["term"])
    return [
        f"{term}〔{other}〕" if other else term
        for term, other in zip(shown["term"], shown["spelling_variant"], strict=True)
    ]


def _notes(df: pd.DataFrame, labels: list[str], *further: str) -> str:
    lines = [basis(df), "".join(further) + (VARIANT if any("〔" in x for x in labels) else "")]
    return "\n".join(line for line in lines if line)


def plot_keyness(
    df: pd.DataFrame, *, top: int = 20, layers: Collection[str] = CONTENT, ax: Axes | None = None
) -> Axes:
    """Draw signed G² as mirrored bars, the noise floor as a grey band; beside them the rates of both groups.

    Full bars survive the correction for all terms (maxT, p < .05), pale ones do not. With ``ax`` only the
    bars are drawn, there.
    """
    with style():
        shown = leading(df, top, layers)
        labels = labelled(shown)
        beside: Axes | None = None
        if ax is None:
            fig = figure(8.2, 0.19 * max(len(shown), 8) + 1.6)
            ax, beside = fig.subplots(1, 2, width_ratios=(3, 2))
            caption(ax, _notes(df, labels, FILLED, NOISE))
        _bars(ax, shown, df)
        row_labels(ax, range(len(shown)), labels)
        if beside is not None:
            _dumbbells(beside, shown, df)
            room_for(ax, labels)
        return ax


def plot_keyness_of_groups(
    tables: Sequence[pd.DataFrame],
    *,
    top: int = 0,
    layers: Collection[str] = CONTENT,
    ax: Axes | None = None,
) -> Axes:
    """Draw for each group the terms that it uses more than the others, one panel a group, axes shared.

    ``tables`` is what :meth:`Comparison.against_rest` returns. All panels stand in one pair of axes, whose
    unit is an inch: thirty of matplotlib's own would take ten times as long to draw. ``top`` terms a group, by
    default eight, or five of more than twelve groups.
    """
    with style():
        drawn = tables[:MAX_PANELS]
        top = top or (8 if len(drawn) <= 12 else 5)
        shown = [
            part[part["side"] == "target"]
            for part in (leading(df, top, layers, columns=_OF_PANEL) for df in drawn)
        ]
        labels = [labelled(part) for part in shown]
        rows = max((len(part) for part in shown), default=1)
        columns = min(4 if len(drawn) <= 16 else 5, len(drawn))
        widest = max((measure(text) for part in labels for text in part), default=1)
        margin, bar = min(0.2 + widest * 8 / 72, 1.7), 1.35
        across, down = margin + bar + 0.1, 0.15 * rows + 0.5
        width, height = across * columns, down * -(-len(drawn) // columns)
        if ax is None:
            fig = figure(width + 0.1, height + 1.0)
            ax = fig.subplots()
            fig.subplots_adjust(0, 0, 1, 1 - 0.05 / (height + 1.0))
            left = f"先頭{MAX_PANELS}群（全{len(tables)}群）。" if len(tables) > MAX_PANELS else ""
            variant = VARIANT if any("〔" in text for part in labels for text in part) else ""
            text = f"各群をその他の全群と比べたG²（目盛は共通）。灰色：段落の並べ替えによる雑音の95%。{FILLED}"
            notes = [text + left + variant, confounding(tables[0])]
            caption(ax, "\n".join(note for note in notes if note), above=0.1)
        limit = max((part["g2"].max() for part in shown if len(part)), default=1) * 1.05
        ax.set_xlim(0, width + 0.1)
        ax.set_ylim(height, 0)
        ax.set_axis_off()
        corners = [
            (across * (number % columns), down * (number // columns))
            for number in range(len(drawn))
        ]
        panels = [
            _Panel(df, part, names_, x, x + margin, y + 0.22, bar / limit, limit)
            for df, part, names_, (x, y) in zip(drawn, shown, labels, corners, strict=True)
        ]
        _draw(ax, panels)
        return ax


@dataclass(frozen=True)
class _Panel:
    """One group: its name, its terms, bars of ``scale`` inches a unit of G²; places in inches."""

    table: pd.DataFrame
    shown: pd.DataFrame
    labels: Sequence[str]
    edge: float
    left: float
    top: float
    scale: float
    limit: float

    STEP: ClassVar[float] = 0.15

    @property
    def bottom(self) -> float:
        return self.top + self.STEP * max(len(self.shown), 1)

    @property
    def rows(self) -> NDArray[np.float64]:
        return self.top + self.STEP * (np.arange(len(self.shown), dtype=np.float64) + 0.5)

    @property
    def ticks(self) -> list[tuple[float, float]]:
        """Return the round numbers and where they stand."""
        return [(tick, self.left + tick * self.scale) for tick in _round_ticks(self.limit)]

    @property
    def title(self) -> str:
        name, docs, words = names(self.table)[0], self.table.attrs["docs"], self.table.attrs["n"]
        name = name if len(name) <= 12 else name[:11] + "…"
        return f"{name}　{docs[0]}文書・{words[0]:,}語"

    @property
    def noise(self) -> Box:
        floor = self.table.attrs["noise_floor"]
        floor = min(floor, self.limit) if np.isfinite(floor) else 0
        return _box(self.left, self.top, self.left + floor * self.scale, self.bottom)

    @property
    def bars(self) -> list[Box]:
        ends = self.left + self.shown["g2"].to_numpy() * self.scale
        half = 0.36 * self.STEP
        return [
            _box(self.left, y - half, x, y + half) for x, y in zip(ends, self.rows, strict=True)
        ]

    @property
    def faces(self) -> list[str]:
        return list(np.where(self.shown["p_para_maxT"] < 0.05, TARGET, "white"))

    @property
    def frame(self) -> list[list[tuple[float, float]]]:
        left, right, bottom = self.left, self.left + self.limit * self.scale, self.bottom
        lines = [[(left, self.top), (left, bottom)], [(left, bottom), (right, bottom)]]
        return lines + [[(place, bottom), (place, bottom + 0.035)] for _, place in self.ticks]


def _box(left: float, top: float, right: float, bottom: float) -> Box:
    return [(left, top), (right, top), (right, bottom), (left, bottom)]


def _draw(ax: Axes, panels: Sequence[_Panel]) -> None:
    """Draw all bars at once, and so all bands and all lines: hundreds of artists would take seconds."""
    noise = PolyCollection([panel.noise for panel in panels], facecolors=FAINT, linewidths=0)
    bars = PolyCollection(
        [bar for panel in panels for bar in panel.bars],
        facecolors=[face for panel in panels for face in panel.faces],
        edgecolors=TARGET, linewidths=0.8,
    )  # fmt: skip
    frames = [line for panel in panels for line in panel.frame]
    lines = LineCollection(frames, colors="#666666", linewidths=0.8)
    for collection in (noise, bars, lines):
        ax.add_collection(collection, autolim=False)
    for panel in panels:
        ax.text(panel.edge + 0.1, panel.top - 0.14, panel.title, fontsize=8, va="center")
        texts = [
            *((panel.left - 0.06, y, text, "right", 8.0) for y, text in zip(panel.rows, panel.labels, strict=True)),
            *((x, panel.bottom + 0.1, f"{tick:g}", "center", 6.5) for tick, x in panel.ticks),
        ]  # fmt: skip
        for x, y, text, side, size in texts:
            ax.text(x, y, text, fontsize=size, ha=side, va="center", color="#444444")


def _round_ticks(limit: float) -> list[float]:
    """Return 0 and two to four round numbers up to ``limit``.

    >>> _round_ticks(123), _round_ticks(45)
    ([0.0, 50.0, 100.0], [0.0, 20.0, 40.0])
    """
    power = 10.0 ** np.floor(np.log10(limit))
    step = next((s * power for s in (0.2, 0.5, 1, 2, 5) if limit / (s * power) < 3), power)
    return [float(tick) for tick in np.arange(0, limit, step)]


def _bars(ax: Axes, shown: pd.DataFrame, df: pd.DataFrame) -> None:
    floor = df.attrs["noise_floor"]
    if np.isfinite(floor):
        ax.axvspan(-floor, floor, color=FAINT, lw=0, zorder=0)
    halves = [value for value in df.attrs["noise_floor_halves"] if np.isfinite(value)]
    for value in halves[:1] and (-max(halves), max(halves)):
        ax.axvline(value, color="#999999", lw=0.8, ls=(0, (4, 3)), zorder=0)
    sure = (shown["p_para_maxT"] < 0.05).to_numpy()
    colours = np.where(shown["side"] == "target", TARGET, REFERENCE)
    faces = np.where(sure, colours, "white")
    ax.barh(range(len(shown)), shown["g2"], 0.72, color=faces, edgecolor=colours, linewidth=0.9)
    ax.set_ylim(len(shown) - 0.4, -0.6)
    ax.axvline(0, color="#444444", lw=0.8)
    target, reference = names(df)
    ax.set_xlabel(f"← {reference}に多い　　符号付きG²　　{target}に多い →")
    ax.set_title("特徴語")


def _dumbbells(ax: Axes, shown: pd.DataFrame, df: pd.DataFrame) -> None:
    y = np.arange(len(shown))
    a, b = shown["per_1000_target"], shown["per_1000_reference"]
    ax.hlines(y, 0, 1, color=FAINT, lw=0.7, zorder=0, transform=ax.get_yaxis_transform())
    ax.hlines(y, np.minimum(a, b), np.maximum(a, b), color="#BBBBBB", lw=1.6, zorder=1)
    ax.set_yticks([])
    ax.set_ylim(len(shown) - 0.4, -0.6)
    target, reference = names(df)
    ax.plot(a, y, "o", color=TARGET, ms=4.5, label=target, zorder=3)
    ax.plot(b, y, "s", color="white", mec=REFERENCE, mew=1.3, ms=4.2, label=reference, zorder=2)
    ax.set_xlim(left=-0.03 * max(a.max(), b.max(), 1e-9))
    ax.set_xlabel("1,000語あたりの回数")
    ax.set_title("頻度")
    ax.legend(
        loc="lower right", bbox_to_anchor=(1.0, 1.0), ncols=2, fontsize=8, borderpad=0,
        handletextpad=0.2, columnspacing=1.0,
    )  # fmt: skip


def plot_forest(
    df: pd.DataFrame, *, top: int = 15, layers: Collection[str] = CONTENT, ax: Axes | None = None
) -> Axes:
    """Draw log ratios with their exact 95 % intervals; an arrow where an interval has no end."""
    with style():
        shown = leading(df, top, layers)
        labels = labelled(shown)
        own = ax is None
        if ax is None:
            ax = figure(6.4, 0.2 * max(len(shown), 8) + 1.5).subplots()
            caption(ax, _notes(df, labels))
        ends = pd.concat([shown["lr_lo"], shown["lr_hi"], shown["log_ratio"]]).abs()
        limit = float(np.ceil(min(ends.max(), 9))) + 0.5 if len(shown) else 1.0
        ax.axvspan(-1, 1, color=FAINT, lw=0, zorder=0)
        ax.axvline(0, color="#444444", lw=0.8)
        _intervals(ax, shown, limit)
        row_labels(ax, range(len(shown)), labels)
        ax.set_ylim(len(shown) - 0.4, -0.6)
        ax.set_xlim(-limit, limit)
        ticks = [t for t in range(-8, 9, 2) if abs(t) < limit]
        ax.set_xticks(ticks, [f"{2.0**t:g}倍" if t >= 0 else f"1/{2**-t:g}" for t in ticks])
        target, reference = names(df)
        ax.set_xlabel(f"頻度の比（{target}／{reference}、対数目盛、正確な95%区間）")
        ax.set_title("効果の大きさ（灰色：2倍未満、白抜き：片方が0回）")
        if own:
            room_for(ax, labels)
        return ax


def _intervals(ax: Axes, shown: pd.DataFrame, limit: float) -> None:
    y = np.arange(len(shown))
    low = shown["lr_lo"].fillna(-np.inf).to_numpy()
    high = shown["lr_hi"].fillna(np.inf).to_numpy()
    zero = (shown["zero_cell"] != "").to_numpy()
    for side, colour, marker in (("target", TARGET, "o"), ("reference", REFERENCE, "s")):
        own = (shown["side"] == side).to_numpy()
        ax.hlines(y[own], low[own].clip(-limit), high[own].clip(max=limit), color=colour, lw=1.3)
        for end, open_, arrow in ((-limit, low <= -limit, "<"), (limit, high >= limit, ">")):
            at = y[own & open_]
            ax.plot(np.full(len(at), 0.985 * end), at, arrow, color=colour, ms=3.5, clip_on=False)
        for part, face in ((own & zero, "white"), (own & ~zero, colour)):
            ax.plot(shown["log_ratio"][part], y[part], marker, color=colour, mfc=face, ms=4.5)


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
