"""How plots look: Japanese without a system font, colours that colour-blind readers tell apart, no global state."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from typing import Any

import matplotlib as mpl
from matplotlib import font_manager
from matplotlib.axes import Axes
from matplotlib.figure import Figure

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
        "axes.axisbelow": True,
        "xtick.color": "#444444",
        "ytick.color": "#444444",
        "text.color": INK,
        "grid.color": FAINT,
        "grid.linewidth": 0.7,
        "legend.frameon": False,
        "svg.fonttype": "path",  # text as outlines: the same everywhere
        "svg.hashsalt": "seimeibun",
        "savefig.dpi": 200,
    }
    with mpl.rc_context(settings):
        yield


def figure(width: float, height: float) -> Figure:
    return Figure(figsize=(width, height), layout="constrained")


def grid(width: float, height: float) -> Figure:
    """Return a figure for many small panels: fixed margins, because finding the best takes a second."""
    found = Figure(figsize=(width, height))
    left, right, bottom, top = 0.65 / width, 1 - 0.12 / width, 0.62 / height, 1 - 0.3 / height
    found.subplots_adjust(left, bottom, right, top, wspace=0.22, hspace=0.38)
    return found


def caption(ax: Axes, text: str) -> None:
    """Write what the plot rests on below it: documents, words, level of inference."""
    found = ax.get_figure(root=True)
    if found is not None:
        found.supxlabel(text, fontsize=7, color="#555555", x=0.01, ha="left")
