"""Floors under the scores: pinned in a file with the hash of the gold they were measured on.

Raising them is a command; lowering one is too, but it has to be said.
"""

import json
import math
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

from seimeibun.evaluate.score import Evaluation

_SCALE = 10_000  # four digits


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the floors say of an evaluation; nothing is wrong where there are no ``complaints``."""

    complaints: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Floors:
    """The least that the layers must reach, by layer and measure, on these documents and this gold."""

    gold_sha256: str
    documents: tuple[str, ...]
    floors: dict[str, dict[str, float]]

    @classmethod
    def read(cls, path: Path) -> Self:
        try:
            data: Any = json.loads(path.read_text(encoding="utf-8"))
            return cls(data["gold_sha256"], tuple(data["documents"]), dict(data["floors"]))
        except (KeyError, TypeError, ValueError) as error:
            message = f"{path}: not a file of floors ({error}); make one with --update"
            raise ValueError(message) from None

    @classmethod
    def of(cls, evaluation: Evaluation) -> Self:
        """Return the scores themselves as floors, rounded down."""
        scores = {layer: score.measures() for layer, score in evaluation.scores.items()}
        floors = {
            layer: {name: _down(value) for name, value in measures.items()}
            for layer, measures in scores.items()
            if measures
        }
        return cls(evaluation.gold_sha256, tuple(sorted(evaluation.documents)), floors)

    def judge(self, evaluation: Evaluation) -> Verdict:
        """Compare the scores with the floors; other gold or missing documents are complaints too."""
        complaints = list(self.regressions(evaluation))
        if missing := sorted(set(self.documents) - set(evaluation.documents)):
            complaints.append(f"not in the dataset: {', '.join(missing)}")
        if self.gold_sha256 != evaluation.gold_sha256:
            complaints.append(
                "the gold is not the one that the floors were measured on; use --update"
            )
        return Verdict(tuple(complaints))

    def regressions(self, evaluation: Evaluation) -> list[str]:
        """Return what is below its floor."""
        found = []
        for layer, floors in self.floors.items():
            score = evaluation.scores.get(layer)
            measures = score.measures() if score else {}
            for name, floor in floors.items():
                if (value := measures.get(name)) is None:
                    found.append(f"{layer} {name} was not measured; its floor is {floor}")
                elif value < floor:
                    found.append(f"{layer} {name} is {value:.4f}, below its floor {floor}")
        return found

    def write(self, path: Path) -> None:
        data = {
            "gold_sha256": self.gold_sha256,
            "documents": list(self.documents),
            "floors": self.floors,
        }
        path.parent.mkdir(parents=True, exist_ok=True)
        new = path.with_name(f".{path.name}.new")
        new.write_text(json.dumps(data, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
        new.replace(path)


def _down(value: float) -> float:
    return math.floor(value * _SCALE + 1e-9) / _SCALE
