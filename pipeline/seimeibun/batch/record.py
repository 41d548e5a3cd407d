"""``run.json``: what made a dataset, so that it can be made again."""

import json
import platform
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from time import perf_counter
from typing import Any

from seimeibun.batch.identity import distribution_hash, rules_hash, versions
from seimeibun.batch.run import Tally
from seimeibun.tables.schema import TABLES

_LAYER = "layer "


@dataclass(slots=True)
class Clock:
    """Seconds by stage of the work."""

    seconds: dict[str, float] = field(default_factory=dict)
    started: str = field(default_factory=lambda: datetime.now(UTC).isoformat(timespec="seconds"))
    _last: float = field(default_factory=perf_counter)

    def lap(self, stage: str) -> float:
        """Note the time since the last lap under ``stage``, and return it."""
        now = perf_counter()
        self.seconds[stage] = round(now - self._last, 3)
        self._last = now
        return self.seconds[stage]


def layers_in(counts: Mapping[str, int]) -> dict[str, int]:
    """Return the numbers of annotations by layer."""
    return {
        name.removeprefix(_LAYER): n
        for name, n in sorted(counts.items())
        if name[: len(_LAYER)] == _LAYER
    }


def run_record(
    tally: Tally,
    counts: Mapping[str, int],
    *,
    arguments: Mapping[str, Any],
    clock: Clock,
    pipeline: str = "",
    passed_over: Mapping[str, int] | None = None,
) -> str:
    """Return the text of ``run.json``; paths stand in it as they were given.

    ``counts`` are those of the whole dataset, ``tally`` is what this run did to it, ``passed_over`` counts by
    suffix the files that it took for no statements.
    """
    work = clock.seconds.get("annotate", 0)
    record = {
        "started": clock.started,
        "arguments": dict(arguments),
        "versions": {"python": platform.python_version(), **versions()},
        "pipeline_sha256": pipeline,
        "rules_sha256": rules_hash(),
        "model": {"name": "ja_ginza", "sha256": distribution_hash("ja-ginza")},
        "run": {**asdict(tally), "passed_over": dict(sorted((passed_over or {}).items()))},
        "counts": {
            "documents": counts["documents"],
            "with_warnings": counts["warned"],
            "failed": counts["errors"],
            "characters": counts["characters"],
            **{name: counts[name] for name in TABLES if name != "documents"},
            "layers": layers_in(counts),
        },
        "seconds": clock.seconds,
        "characters_per_second": round(tally.characters / work) if work else None,
    }
    return json.dumps(record, ensure_ascii=False, indent=2) + "\n"
