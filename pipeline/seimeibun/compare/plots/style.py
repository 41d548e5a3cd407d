"""How plots look: Japanese without a system font, colours that colour-blind readers tell apart, no global state."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import cache
from typing import Any

import matplotlib as mpl
from matplotlib import font_manager
from matplotlib.axes import Axes
from matplotlib.collections import LineCollection
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator

# Okabe and Ito (2008); colour is never the only difference: shape or side says the same
TARGET, REFERENCE, GREY = "#0072B2", "#D55E00", "#8C8C8C"
PALETTE = ("#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9", "#000000", "#8C8C8C")
MARKERS = ("o", "s", "^", "D", "v", "P", "X", "*")
INK, FAINT = "#222222", "#E4E4E4"


@cache
def japanese_font() -> str:
    """Make the font of matplotlib-fontja known and return its family.

    Importing the package itself would change the settings of whoever uses matplotlib beside us.
    """
    from importlib.util import find_spec
    from pathlib import Path

    spec = find_spec("matplotlib_fontja")
    if spec is None or not spec.submodule_search_locations:
        message = "plots in Japanese need the package matplotlib-fontja"
        raise ModuleNotFoundError(message)
    fonts = sorted(Path(spec.submodule_search_locations[0]).rglob("*.ttf"))
    font_manager.fontManager.addfont(fonts[0])
    return str(font_manager.FontProperties(fname=fonts[0]).get_name())


@contextmanager
def style() -> Iterator[None]:
    settings: dict[str, Any] = {
        # IPAex has no ≤, ≥ or 𠮷; DejaVu comes with matplotlib and has the first two
        "font.family": [japanese_font(), "DejaVu Sans"],
        "font.size": 9,
        "axes.unicode_minus": False,
        "axes.spines.top": False,
        "axes.spines.right": False,
        "axes.edgecolor": "#666666",
        "axes.labelcolor": INK,
        "axes.titlesize": 10,
        "axes.titlelocation": "left",
        "axes.titley": 1.0,  # not looked for: that takes the box of every label
        "axes.axisbelow": True,
        "xtick.color": "#444444",
        "ytick.color": "#444444",
        "text.color": INK,
        "grid.color": FAINT,
        "grid.linewidth": 0.7,
        "legend.frameon": False,
        "text.hinting": "no_hinting",  # Japanese strokes are not the better for it, and it takes long
        "svg.fonttype": "path",  # text as outlines: the same everywhere
        "svg.hashsalt": "seimeibun",
        "savefig.dpi": 200,
    }
    with mpl.rc_context(settings):
        yield


def figure(width: float, height: float) -> Figure:
    """Return a figure with fixed margins (inches): having matplotlib find the best doubles the time."""
    return _with_margins(width, height, left=0.75, wspace=0.04)


def grid(width: float, height: float, *, left: float = 0.65, wspace: float = 0.22) -> Figure:
    """Return a figure for many small panels."""
    return _with_margins(width, height, left=left, wspace=wspace)


def _with_margins(width: float, height: float, *, left: float, wspace: float) -> Figure:
    found = Figure(figsize=(width, height))
    found.subplots_adjust(
        left / width, 0.85 / height, 1 - 0.15 / width, 1 - 0.32 / height, wspace, 0.42
    )
    return found


def measure(text: str) -> float:
    """Return the width of a text in its own size: Japanese is square."""
    return sum(0.6 if ord(char) < 0x2000 else 1.0 for char in text)


def room_for(ax: Axes, labels: Iterable[str], *, size: float = 9) -> None:
    """Make the left margin as wide as the longest label."""
    found = ax.get_figure(root=True)
    if found is None:
        return
    width = found.get_figwidth()
    longest = max((measure(text) for text in labels), default=1)
    found.subplots_adjust(left=min(0.2 + longest * size / 72, 0.45 * width) / width)


def row_labels(ax: Axes, rows: Iterable[float], labels: Iterable[str], *, size: float = 9) -> None:
    """Write a label left of each row: tick labels would take three times as long to draw."""
    ax.set_yticks([])
    beside = ax.get_yaxis_transform()
    for row, label in zip(rows, labels, strict=True):
        ax.text(
            -0.012, row, label, transform=beside, ha="right", va="center", fontsize=size,
            color="#444444",
        )  # fmt: skip


def scale(ax: Axes, axis: str, *, labelled: bool = True, whole: bool = False) -> None:
    """Mark round numbers on the axis ``x`` or ``y`` whose limits are set: strokes, lines across from y, labels.

    Two collections and plain texts: of a figure with many panels, matplotlib's ticks take the greater part
    of the time.
    """
    low, high = sorted(ax.get_xlim() if axis == "x" else ax.get_ylim())
    found = MaxNLocator(4 if axis == "x" else 5, integer=whole, steps=[1, 2, 5, 10]).tick_values(
        low, high
    )
    ticks = [tick for tick in found if low <= tick <= high]
    decimals = max((len(f"{tick:.6g}".partition(".")[2]) for tick in ticks), default=0)
    labels = [f"{tick:.{decimals}f}" for tick in ticks]
    beside = ax.get_xaxis_transform() if axis == "x" else ax.get_yaxis_transform()
    strokes, across = [((t, 0.0), (t, -0.03)) for t in ticks], []
    if axis == "x":
        ax.set_xticks([])
    else:
        ax.set_yticks([])
        strokes = [((0.0, t), (-0.02, t)) for t in ticks]
        across = [((0.0, t), (1.0, t)) for t in ticks]
    ax.add_collection(
        LineCollection(across, colors=FAINT, linewidths=0.7, transform=beside, zorder=0.5),
        autolim=False,
    )
    ax.add_collection(
        LineCollection(
            strokes, colors="#444444", linewidths=0.8, transform=beside, clip_on=False
        ),
        autolim=False,
    )  # fmt: skip
    for tick, label in zip(ticks, labels if labelled else [], strict=False):
        at = (tick, -0.06) if axis == "x" else (-0.035, tick)
        ha, va = ("center", "top") if axis == "x" else ("right", "center")
        ax.text(*at, label, transform=beside, ha=ha, va=va, fontsize=9, color="#444444")


def caption(ax: Axes, text: str, *, above: float = 0.62, size: float = 7) -> None:
    """Write what the plot rests on below it: documents, words, level of inference, what is confounded.

    ``above`` are the inches between axes and caption, for tick labels and the label of the axis.
    """
    found = ax.get_figure(root=True)
    if found is None:
        return
    width, height = found.get_size_inches()
    lines = [
        part for line in text.split("\n") for part in _wrapped(line, 72 * (width - 0.15) / size)
    ]
    found.text(
        0.06 / width, 0.06 / height, "\n".join(lines), fontsize=size, color="#555555", va="bottom",
        linespacing=1.35,
    )  # fmt: skip
    found.subplots_adjust(bottom=(above + 0.15 * len(lines)) / height)


def _wrapped(line: str, room: float) -> Iterator[str]:
    start, used = 0, 0.0
    for at, char in enumerate(line):
        used += measure(char)
        # 、 and 。 may hang over the end of a line
        if used > room and char not in "、。）":
            yield line[start:at]
            start, used = at, measure(char)
    yield line[start:]
