"""Plots that can go into a paper; every function takes a table, draws into ``ax`` if given, and returns Axes."""

from seimeibun.compare.plots.barcode import plot_barcode
from seimeibun.compare.plots.keyness import (
    plot_forest,
    plot_keyness,
    plot_keyness_of_groups,
    plot_scatter,
)
from seimeibun.compare.plots.maps import plot_correspondence, plot_network
from seimeibun.compare.plots.rates import plot_rates, plot_trend, plot_verbs

__all__ = [
    "plot_barcode",
    "plot_correspondence",
    "plot_forest",
    "plot_keyness",
    "plot_keyness_of_groups",
    "plot_network",
    "plot_rates",
    "plot_scatter",
    "plot_trend",
    "plot_verbs",
]
