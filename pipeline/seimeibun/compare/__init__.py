"""Comparing vocabulary across years, partners and kinds of documents.

Reads the tables of a dataset, never a model::

    from seimeibun.compare import Comparison

    cmp = Comparison.from_csv("annotated")
    cmp.keyness(by="year", target=2025, reference=2014, layer="topic")
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from seimeibun.compare.comparison import Comparison
    from seimeibun.compare.errors import CompareError
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

_HOME = {"Comparison": "comparison", "CompareError": "errors"}
__all__ = [
    "CompareError",
    "Comparison",
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


def __getattr__(name: str) -> Any:
    if name not in __all__:
        message = f"module 'seimeibun.compare' has no attribute {name!r}; it has {__all__}"
        raise AttributeError(message)
    home = _HOME.get(name, "plots")
    return getattr(import_module(f"seimeibun.compare.{home}"), name)
