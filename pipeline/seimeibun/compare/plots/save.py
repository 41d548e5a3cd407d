"""The plots of a report, as PNG and SVG files that are the same whenever they are drawn."""

from collections.abc import Callable, Iterator
from itertools import zip_longest
from pathlib import Path

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from seimeibun.compare import collocates, inference
from seimeibun.compare.comparison import is_ordered
from seimeibun.compare.plots import (
    plot_barcode,
    plot_correspondence,
    plot_forest,
    plot_keyness,
    plot_keyness_of_groups,
    plot_network,
    plot_rates,
    plot_scatter,
    plot_trend,
    plot_verbs,
)
from seimeibun.compare.plots.keyness import leading, names
from seimeibun.compare.plots.lettering import Raster, Vector
from seimeibun.compare.plots.style import caption, grid, style
from seimeibun.compare.report import Report

NETWORK_TERMS = 60
MAX_EDGES = 90
DOTS = 200  # an inch, of PNG
INCH = 72.0  # units of SVG


def save_plots(report: Report, out: Path) -> list[Path]:
    """Draw what the report allows for and return the files."""
    out.mkdir(parents=True, exist_ok=True)
    files = []
    for name, draw in _plots(report):
        ax = draw()
        found = ax.get_figure(root=True)
        if found is None:
            continue
        with style():
            files.append(save_png(found, out / f"{name}.png"))
            files.append(save_svg(found, out / f"{name}.svg"))
    return files


def save_png(drawn: Figure, path: Path) -> Path:
    """Write a figure as pixels; white is the paper, nothing is transparent."""
    drawn.set_dpi(DOTS)
    width, height = (round(inches * DOTS) for inches in drawn.get_size_inches())
    renderer = Raster(width, height, DOTS)
    drawn.draw(renderer)
    pixels = Image.fromarray(np.asarray(renderer.buffer_rgba())).convert("RGB")
    made_by = PngInfo()
    made_by.add_text("Software", "seimeibun")
    # The greatest part of the time is compression, and more of it saves little
    pixels.save(path, compress_level=1, dpi=(DOTS, DOTS), pnginfo=made_by)
    return path


def save_svg(drawn: Figure, path: Path) -> Path:
    drawn.set_dpi(INCH)
    width, height = drawn.get_size_inches() * INCH
    metadata = {"Date": None, "Creator": "seimeibun"}
    with path.open("w", encoding="utf-8") as file:
        renderer = Vector(width, height, file, image_dpi=DOTS, metadata=metadata)
        drawn.draw(renderer)
        renderer.finalize()
    return path


def _plots(report: Report) -> Iterator[tuple[str, Callable[[], Axes]]]:
    several = len(report.pairs) > 1
    terms = _leading_terms(report, 8)
    if several:
        yield "keyness", lambda: plot_keyness_of_groups(report.pairs)
    else:
        yield "keyness", lambda: plot_keyness(report.main)
        yield "forest", lambda: plot_forest(report.main)
        yield "scatter", lambda: plot_scatter(report.main)
        yield "network", lambda: _network(report)
    yield "rates", lambda: plot_rates(report.tables["frequency_long"], terms)
    by = report.groups.by
    if report.tables["verbs"]["group"].nunique() <= 8:
        yield "verbs", lambda: plot_verbs(report.tables["verbs"], by=by)
    yield "dispersion", lambda: _barcode(report, terms)
    if "trends" in report.tables:
        yield "trends", lambda: _trends(report)
    if len(report.groups) >= inference.MIN_GROUPS_MAP:
        yield "correspondence", lambda: _map(report)


def _leading_terms(report: Report, number: int) -> list[str]:
    """Return the first terms of each comparison; of more comparisons than ``number`` the strongest terms."""
    each = max(number // 2 // len(report.pairs), 1)
    shown = [leading(table, each, columns=("term", "side", "g2")) for table in report.pairs]
    terms = pd.concat(shown, ignore_index=True)
    if len(shown) > 1:
        terms = terms[terms["side"] == "target"]
    if len(shown) > number:
        terms = terms.sort_values("g2", ascending=False, kind="stable")
    return list(dict.fromkeys(terms["term"]))[:number]


def _network(report: Report) -> Axes:
    shown = leading(report.main, NETWORK_TERMS)
    found = report.comparison.occurrences(report.request.unit)
    groups = report.comparison.groups(
        report.request.by, report.main.attrs["target"], report.main.attrs["reference"]
    )
    terms = np.sort(pd.Index(found.terms).get_indexer(pd.Index(shown["term"].unique())))
    edges = collocates.cooccurrence(found, terms, groups).head(MAX_EDGES)
    side = dict(zip(shown["term"], shown["side"], strict=True))
    return plot_network(edges, side, names=names(report.main))


def _barcode(report: Report, terms: list[str]) -> Axes:
    cmp = report.comparison
    if len(report.pairs) == 1:
        attrs = report.main.attrs
        groups = cmp.groups(report.request.by, attrs["target"], attrs["reference"])
    else:
        groups = report.groups
    if len(report.pairs) == 1:  # the strongest of both sides in turn
        shown = leading(report.main, 4)
        sides = [list(shown.loc[shown["side"] == side, "term"]) for side in ("target", "reference")]
        paired = zip_longest(sides[0], sides[1][::-1])
        terms = [term for pair in paired for term in pair if term is not None]
    return plot_barcode(cmp.text, cmp.occurrences(report.request.unit), groups, terms)


def _trends(report: Report) -> Axes:
    """Draw the three terms that rose and the three that fell most surely."""
    table = report.tables["trends"]
    content = table[table["layer"].isin(["topic", "entity", "act"])] if len(table) else table
    shown = content if len(content) else table
    rising = shown[shown["slope"] > 0].head(3)
    falling = shown[shown["slope"] < 0].head(3)
    terms = [*rising["term"], *falling["term"]]
    with style():
        fig = grid(7.6, 4.4)
        axes = fig.subplots(2, 3)
        for ax, term in zip(axes.flat, terms, strict=False):
            plot_trend(report.comparison.trend_points(term, unit=report.request.unit), term, ax=ax)
            ax.set_ylabel("")
        for ax in axes.flat[len(terms) :]:
            ax.set_visible(False)
        fig.supylabel("1,000語あたり", fontsize=8, x=0.01)
        docs = int(table["n_docs"].iloc[0]) if len(table) else 0
        first: Axes = axes.flat[0]
        caption(
            first,
            f"{docs}文書。点の大きさは語数、帯は文書を単位とする95%区間。上段：増えた語、下段：減った語。",
            above=0.35,
        )
    return first


def _map(report: Report) -> Axes:
    found = report.comparison.correspondence(by=report.request.by, unit=report.request.unit)
    return plot_correspondence(found, ordered=is_ordered(report.groups))
