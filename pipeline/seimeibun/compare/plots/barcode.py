"""The barcode (x-ray) plot: where in each document a term stands."""

from collections.abc import Sequence

import numpy as np
from matplotlib.axes import Axes
from matplotlib.collections import LineCollection, PolyCollection

from seimeibun.compare.groups import NONE, Groups
from seimeibun.compare.plots.style import (
    FAINT,
    PALETTE,
    caption,
    figure,
    measure,
    room_for,
    row_labels,
    style,
)
from seimeibun.compare.reading import label_ja
from seimeibun.compare.units import Occurrences
from seimeibun.compare.words import Text

MAX_ROWS = 64


def plot_barcode(
    text: Text,
    found: Occurrences,
    groups: Groups,
    terms: Sequence[str],
    *,
    ax: Axes | None = None,
) -> Axes:
    """Draw a stroke for each occurrence, at its place from the first (0) to the last word (100 %) of its document.

    One block a term, one row a document, documents in the order of their groups and dates. Where there are
    too many documents for the page, the last terms are left out, then the last documents; the caption says so.
    """
    with style():
        docs = _documents(text, groups)
        terms = terms[: max(MAX_ROWS // max(len(docs), 1), 1)]
        shown = docs[:MAX_ROWS]
        own = ax is None
        height = len(terms) * (len(shown) + 1.4)
        if ax is None:
            ax = figure(6.8, 0.135 * height + 1.1).subplots()
            left = "" if len(shown) == len(docs) else f"先頭{len(shown)}文書のみ。"
            caption(
                ax, f"{len(docs)}文書。{left}線：語の現れる位置、右端：回数。文書は群と日付の順。"
            )
        places, labels = [], []
        for number, term in enumerate(terms):
            top = number * (len(shown) + 1.4)
            _block(ax, text, found, groups, shown, term, top)
            places += [top + row for row in range(len(shown))]
            labels += _labels(text, groups, shown)
        row_labels(ax, places, labels, size=7)
        ax.set_ylim(height - 1.0, -1.2)
        ax.set_xlim(0, 100)
        ax.set_xlabel("文書の中の位置（%）")
        ax.spines["left"].set_visible(False)
        if own:
            room_for(ax, labels, size=7)
            found_figure = ax.get_figure(root=True)
            if found_figure is not None:
                found_figure.subplots_adjust(right=0.95, top=1 - 0.1 / found_figure.get_figheight())
        return ax


def _documents(text: Text, groups: Groups) -> np.ndarray:
    """Return the documents of the groups that have a word, in the order of groups and dates."""
    docs = np.flatnonzero(
        (groups.of_doc != NONE) & (np.bincount(text.words.doc, minlength=len(groups.of_doc)) > 0)
    )
    date = text.dataset["documents"]["date"].to_numpy(dtype=object)[docs].astype(str)
    return np.asarray(docs[np.lexsort((docs, date, groups.of_doc[docs]))])


def _labels(text: Text, groups: Groups, docs: np.ndarray) -> list[str]:
    """Return the date of each document (else its id), led by the group where it begins."""
    documents = text.dataset["documents"]
    labels, before = [], NONE
    for doc in docs:
        group = groups.of_doc[doc]
        name = documents["date"].iloc[doc] or documents["doc_id"].iloc[doc][:24]
        begins = f"{label_ja(groups.by, groups.labels[group])}　" if group != before else ""
        same = name.startswith(groups.labels[group]) and measure(name) > 12
        labels.append(name if same else f"{begins}{name}")
        before = group
    return labels


def _block(
    ax: Axes,
    text: Text,
    found: Occurrences,
    groups: Groups,
    docs: np.ndarray,
    term: str,
    top: float,
) -> None:
    words = text.words
    at = np.flatnonzero(found.terms == term)
    rows = np.flatnonzero(found.term == at[0]) if len(at) else np.zeros(0, dtype=np.int64)
    begin, end = np.searchsorted(words.doc, docs, "left"), np.searchsorted(words.doc, docs, "right")
    ax.text(0, top - 0.62, term, fontsize=9, va="bottom")
    papers = [
        [(0, y - 0.39), (100, y - 0.39), (100, y + 0.39), (0, y + 0.39)]
        for y in top + np.arange(len(docs))
    ]
    ax.add_collection(PolyCollection(papers, facecolors=FAINT, linewidths=0), autolim=False)
    strokes, colours = [], []
    for y, (doc, first, last) in enumerate(zip(docs, begin, end, strict=True)):
        tokens = found.first[rows[found.doc[rows] == doc]]
        span = max(words.last[last - 1] - words.first[first], 1)
        for place in 100 * (tokens - words.first[first]) / span:
            strokes.append([(place, top + y - 0.39), (place, top + y + 0.39)])
            colours.append(PALETTE[groups.of_doc[doc] % 7])
        if len(tokens):
            ax.text(101, top + y, f"{len(tokens)}", va="center", fontsize=6.5)
    ax.add_collection(LineCollection(strokes, colors=colours, linewidths=1.1))
