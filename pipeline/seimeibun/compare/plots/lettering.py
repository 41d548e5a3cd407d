"""Text drawn from outlines that are read once: shaping every label anew takes half the time of a plot.

The figures stay matplotlib's own; only the renderers that write our files place one character after the
other by its width, without hints. Japanese is square, and at 200 dots an inch nobody sees the difference.
"""

import warnings
from dataclasses import dataclass
from functools import cache, cached_property
from itertools import accumulate
from typing import Any

import numpy as np
from matplotlib import font_manager
from matplotlib.backend_bases import GraphicsContextBase
from matplotlib.backends.backend_agg import RendererAgg, get_hinting_flag
from matplotlib.backends.backend_svg import RendererSVG
from matplotlib.font_manager import FontProperties
from matplotlib.path import Path
from matplotlib.textpath import TextToPath
from matplotlib.transforms import Affine2D
from numpy.typing import NDArray

SIZE = TextToPath.FONT_SCALE  # of the outlines, in points


@dataclass(frozen=True, eq=False)
class Glyph:
    """A character: its outline and its measures, in points at ``SIZE``."""

    name: str
    vertices: NDArray[np.float64]
    codes: NDArray[np.int8]
    advance: float
    bottom: float
    top: float


@cache
def glyph(character: str, families: tuple[str, ...]) -> Glyph:
    """Read a character from the first font that has it; one that none has is a box, with a warning."""
    fonts = [font_manager.get_font(_file(family)) for family in families]
    found = next((font for font in fonts if font.get_char_index(ord(character))), None)
    if found is None:
        message = f"Glyph {ord(character)} ({character}) missing from font(s) {', '.join(families)}"
        warnings.warn(message, UserWarning, stacklevel=2)
    font = found or fonts[0]
    font.set_size(SIZE, 72)
    read = font.load_glyph(font.get_char_index(ord(character)), flags=get_hinting_flag())
    vertices, codes = font.get_path()
    name = f"{font.postscript_name}-{ord(character):x}".replace(" ", "_")
    bottom, top = read.bbox[1] / 64, read.bbox[3] / 64
    return Glyph(name, vertices, codes, read.linearHoriAdvance / 65536, bottom, top)


@cache
def _file(family: str) -> str:
    return str(font_manager.findfont(FontProperties(family=[family])))


@dataclass(frozen=True, eq=False)
class Line:
    """Characters one after the other, in points at ``SIZE``."""

    glyphs: tuple[Glyph, ...]

    @cached_property
    def edges(self) -> list[float]:
        """Return where each character begins, and the end of the last."""
        return list(accumulate((found.advance for found in self.glyphs), initial=0.0))

    @cached_property
    def measures(self) -> tuple[float, float, float]:
        """Return width, height, and what of the height is below the line."""
        bottom = min(found.bottom for found in self.glyphs)
        top = max(found.top for found in self.glyphs)
        return self.edges[-1], top - bottom, -bottom

    @cached_property
    def outline(self) -> Path:
        placed = zip(self.glyphs, self.edges, strict=False)
        vertices = [found.vertices + np.array([start, 0.0]) for found, start in placed]
        return Path(
            np.concatenate(vertices), np.concatenate([found.codes for found in self.glyphs])
        )


@cache
def _line(text: str, families: tuple[str, ...]) -> Line:
    return Line(tuple(glyph(character, families) for character in text))


def line(text: str, prop: FontProperties) -> Line:
    return _line(text, tuple(prop.get_family()))


def measures(text: str, prop: FontProperties, dpi: float) -> tuple[float, float, float]:
    """Return width, height and descent of a line of text, in dots."""
    scale = prop.get_size_in_points() / SIZE * dpi / 72
    width, height, descent = line(text, prop).measures
    return width * scale, height * scale, descent * scale


def font_heights(prop: FontProperties, dpi: float) -> tuple[float, float, float]:
    """Return ascent, descent and gap of lines in the first font, in dots."""
    scale = prop.get_size_in_points() * dpi / 72
    ascent, descent, gap = _heights(prop.get_family()[0])
    return ascent * scale, descent * scale, gap * scale


@cache
def _heights(family: str) -> tuple[float, float, float]:
    font = font_manager.get_font(_file(family))
    table: Any = font.get_sfnt_table("OS/2")
    names = ("sTypoAscender", "sTypoDescender", "sTypoLineGap")
    ascent, descent, gap = (table[name] / font.units_per_EM for name in names)
    return ascent, -descent, gap


class Raster(RendererAgg):  # type: ignore[misc] # matplotlib says no types of its renderers
    """Draw into pixels."""

    def draw_text(
        self, gc: GraphicsContextBase, x: float, y: float, s: str, prop: FontProperties,
        angle: float, ismath: Any = False, mtext: Any = None,
    ) -> None:  # fmt: skip
        if ismath:
            super().draw_text(gc, x, y, s, prop, angle, ismath, mtext)
            return
        scale = prop.get_size_in_points() / SIZE * self.dpi / 72
        place = Affine2D().scale(scale).rotate_deg(angle).translate(x, self.height - y)
        gc.set_linewidth(0)
        gc.set_snap(False)  # a straight stroke would be moved to the next pixel, its neighbour not
        self.draw_path(gc, line(s, prop).outline, place, gc.get_rgb())

    def get_text_width_height_descent(
        self, s: str, prop: FontProperties, ismath: Any
    ) -> tuple[float, float, float]:
        if ismath:
            found: tuple[float, float, float] = super().get_text_width_height_descent(
                s, prop, ismath
            )
            return found
        return measures(s, prop, self.dpi)

    # matplotlib 3.11 asks for it; where nobody does, lines are as high as their letters
    def _get_font_height_metrics(self, prop: FontProperties) -> tuple[float, float, float]:
        return font_heights(prop, self.dpi)


class Vector(RendererSVG):  # type: ignore[misc]
    """Draw into SVG, where a character that stands twice is written once."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self._text2path = _Outlines()

    def _get_font_height_metrics(self, prop: FontProperties) -> tuple[float, float, float]:
        return font_heights(prop, 72)


class _Outlines(TextToPath):
    """What the SVG renderer asks for outlines."""

    def _get_font(self, prop: FontProperties) -> Any:
        return prop

    def get_text_width_height_descent(
        self, s: str, prop: FontProperties, ismath: Any
    ) -> tuple[float, float, float]:
        if ismath:
            return super().get_text_width_height_descent(s, prop, ismath)
        return measures(s, prop, 72)

    def get_glyphs_with_font(
        self, font: Any, s: str, glyph_map: Any = None, return_new_glyphs_only: bool = False,
        **_shaping: Any,
    ) -> Any:  # fmt: skip
        """Return name and place of every character, the outlines that ``glyph_map`` has not, and no rules."""
        known = {} if glyph_map is None else glyph_map
        new = {} if return_new_glyphs_only else known
        text = line(s, font)
        for found in text.glyphs:
            if found.name not in known:
                new[found.name] = (found.vertices, found.codes)
        placed = zip(text.glyphs, text.edges, strict=False)
        return [(found.name, start, 0.0, 1.0) for found, start in placed], new, []
