"""The barcode (x-ray) plot: where in each document a term stands."""

from collections.abc import Sequence

import numpy as np
from matplotlib.axes import Axes

from seimeibun.compare.groups import NONE, Groups
from seimeibun.compare.plots.style import FAINT, PALETTE, caption, figure, room_for, style
from seimeibun.compare.reading import label_ja
from seimeibun.compare.units import Occurrences
from seimeibun.compare.words import Text

MAX_ROWS = 60


def plot_barcode(
    text: Text,
    found: Occurrences,
    groups: Groups,
    terms: Sequence[str],
    *,
    ax: Axes | None = None,
) -> Axes:
    """Draw a stroke for each occurrence, at its place from the first (0) to the last word (100 %) of its document.

    One row a document and term, documents in the order of their groups.
    """
    with style():
        docs = np.flatnonzero(groups.of_doc != NONE)
        docs = docs[np.argsort(groups.of_doc[docs], kind="stable")]
        words = text.words
        docs = docs[np.isin(docs, words.doc)][: max(MAX_ROWS // max(len(terms), 1), 1)]
        rows = [(term, doc) for term in terms for doc in docs]
        own = ax is None
        if ax is None:
            ax = figure(6.8, 0.17 * len(rows) + 1.2).subplots()
            caption(ax, f"{len(docs)}文書。横軸は文書の中の位置。")
        ends = {
            doc: (words.first[words.doc == doc].min(), words.last[words.doc == doc].max())
            for doc in docs
        }
        for y, (term, doc) in enumerate(rows):
            colour = PALETTE[groups.of_doc[doc] % 7]
            at = (found.terms[found.term] == term) & (found.doc == doc)
            first, last = ends[doc]
            place = 100 * (found.first[at] - first) / max(last - first, 1)
            ax.barh(y, 100, 0.78, color=FAINT, lw=0)
            ax.vlines(place, y - 0.39, y + 0.39, color=colour, lw=1.1)
            ax.text(101, y, f"{at.sum()}", va="center", fontsize=7)
        labels = [
            f"{term}　{label_ja(groups.by, groups.labels[groups.of_doc[doc]])}"
            for term, doc in rows
        ]
        ax.set_yticks(range(len(rows)), labels, fontsize=7.5)
        ax.set_ylim(len(rows) - 0.4, -0.6)
        ax.set_xlim(0, 100)
        ax.set_xlabel("文書の中の位置（%）　右端：回数")
        ax.set_title("出現の分布")
        ax.tick_params(axis="y", length=0)
        ax.spines["left"].set_visible(False)
        if own:
            room_for(ax, labels, size=7.5)
            found_figure = ax.get_figure(root=True)
            if found_figure is not None:
                found_figure.subplots_adjust(right=0.95)
        return ax
