"""Labels of points that do not lie on each other: the most important first, what finds no room is left out."""

from collections.abc import Sequence

import numpy as np
from matplotlib.axes import Axes
from numpy.typing import NDArray

_OFFSETS = ((4, 3, "left", "bottom"), (4, -3, "left", "top"), (-4, 3, "right", "bottom"), (-4, -3, "right", "top"),
            (0, 6, "center", "bottom"), (0, -6, "center", "top"))  # fmt: skip

Box = tuple[float, float, float, float]


def place_labels(
    ax: Axes,
    points: Sequence[tuple[float, float, str, str]],
    *,
    size: float = 7.5,
    taken: Sequence[tuple[float, float]] = (),
    boxes: Sequence[Box] = (),
) -> list[Box]:
    """Write the text of each point (x, y, text, colour) beside it, if it fits.

    Text is measured by its number of characters: Japanese is square. Points in ``taken`` and the boxes of
    an earlier call are kept free; the boxes now taken are returned.
    """
    found = ax.get_figure(root=True)
    if found is None:
        return []
    ax.autoscale_view()  # margins are fixed: the limits are all that is still open
    scale = found.dpi / 72
    frame = ax.get_window_extent()
    full = [*boxes, *(_around(ax.transData.transform(point), 2 * scale) for point in taken)]
    for x, y, text, colour in points:
        at = ax.transData.transform((x, y))
        width, height = _width(text) * size * scale, size * 1.25 * scale
        for dx, dy, ha, va in _OFFSETS:
            left = at[0] + dx * scale - {"left": 0, "right": width, "center": width / 2}[ha]
            bottom = at[1] + dy * scale - {"bottom": 0, "top": height}[va]
            box = (left, bottom, left + width, bottom + height)
            inside = frame.x0 <= box[0] and box[2] <= frame.x1 + 40 * scale
            if inside and frame.y0 <= box[1] and box[3] <= frame.y1 and not _hits(box, full):
                full.append(box)
                ax.annotate(
                    text, (x, y), (dx, dy), textcoords="offset points", ha=ha, va=va, fontsize=size,
                    color=colour, annotation_clip=False,
                )  # fmt: skip
                break
    return full


def _width(text: str) -> float:
    return sum(0.55 if ord(char) < 0x2000 else 1.0 for char in text)


def _around(point: NDArray[np.float64], radius: float) -> Box:
    return (point[0] - radius, point[1] - radius, point[0] + radius, point[1] + radius)


def _hits(box: Box, boxes: Sequence[Box]) -> bool:
    return any(
        box[0] < other[2] and other[0] < box[2] and box[1] < other[3] and other[1] < box[3]
        for other in boxes
    )
