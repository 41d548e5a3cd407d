"""How good a dataset is: precision, recall, F1 and values against stand-off gold, and floors under them."""

from seimeibun.evaluate.floors import Floors, Verdict
from seimeibun.evaluate.gold import GoldError
from seimeibun.evaluate.score import Evaluation, Score, evaluate

__all__ = ["Evaluation", "Floors", "GoldError", "Score", "Verdict", "evaluate"]
