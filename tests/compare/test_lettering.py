"""Text as outlines: the same letters in the same places as matplotlib puts them."""

import io
import warnings

import numpy as np
import pytest
from matplotlib.backends.backend_agg import RendererAgg
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties

from seimeibun.compare.plots.lettering import Raster, Vector, glyph, line
from seimeibun.compare.plots.style import style

LETTERS = "国際社会、1,234語（p<.05）≤①髙㈱"


def figure():
    """A figure with a text that is no small part of it."""
    found = Figure(figsize=(4, 1))
    found.text(0.1, 0.4, LETTERS, fontsize=14)
    found.text(0.9, 0.1, "1953年", fontsize=8, rotation=90)
    return found


def drawn(renderer):
    found = figure()
    found.set_dpi(200)
    found.draw(made := renderer(800, 200, 200))
    return 255 - np.asarray(made.buffer_rgba())[..., 0].astype(float)


def test_letters_stand_where_matplotlib_puts_them():
    with style():
        ours, theirs = drawn(Raster), drawn(RendererAgg)

    assert ours.sum() == pytest.approx(theirs.sum(), rel=0.05)  # ink
    for axis in (0, 1):
        inked = [np.flatnonzero(ink.sum(axis=axis) > 0)[[0, -1]] for ink in (ours, theirs)]
        assert np.abs(inked[0] - inked[1]).max() <= 2  # dots, of 200 an inch


def test_a_letter_is_written_once():
    file = io.StringIO()
    with style():
        found = Figure(figsize=(4, 1))
        found.text(0, 0, "国際と国内", fontsize=9)
        found.text(0, 0.5, "国", fontsize=12)
        found.set_dpi(72)
        renderer = Vector(288, 72, file, metadata={"Date": None})
        found.draw(renderer)
        renderer.finalize()

    of_letters = [part for part in file.getvalue().split("<") if part.startswith('path id="IPAex')]
    assert len(of_letters) == len(set("国際と内"))
    assert file.getvalue().count("<use") == 6


def test_measures_of_a_line():
    with style():
        prop = FontProperties(size=9)
        assert line("国際", prop).measures[0] == pytest.approx(200)  # Japanese is square
        assert line("　", prop).outline.vertices.shape == (0, 2)


def test_a_letter_that_no_font_has_is_said():
    glyph.cache_clear()
    with style(), warnings.catch_warnings(record=True) as said:
        warnings.simplefilter("always")
        line("𠮷𠮷", FontProperties())

    assert ["Glyph 134071 (𠮷) missing" in str(warning.message) for warning in said] == [True]
