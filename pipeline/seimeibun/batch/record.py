"""``run.json``: what made a dataset, so that it can be made again."""

import hashlib
import json
import platform
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, distribution, version
from importlib.resources import files
from importlib.resources.abc import Traversable
from time import perf_counter
from typing import Any

from seimeibun.batch.run import Batch

NAME = "run.json"
_PACKAGES = (
    "ja-seimeibun", "spacy", "ginza", "ja-ginza", "SudachiPy", "SudachiDict-core", "numpy", "pandas",
    "pandera",
)  # fmt: skip


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


def run_record(batch: Batch, *, arguments: Mapping[str, Any], clock: Clock) -> str:
    """Return the text of ``run.json``; paths stand in it as they were given."""
    annotations = batch.tables["annotations"]
    chars = int(batch.tables["documents"]["n_chars"].sum())
    work = clock.seconds.get("annotate", 0)
    record = {
        "started": clock.started,
        "arguments": dict(arguments),
        "versions": {"python": platform.python_version(), **_versions()},
        "rules_sha256": rules_hash(),
        "model": {"name": "ja_ginza", "sha256": distribution_hash("ja-ginza")},
        "counts": {
            "documents": len(batch.tables["documents"]),
            "failed": len(batch.failures),
            "characters": chars,
            **{name: len(df) for name, df in batch.tables.items() if name != "documents"},
            "layers": {
                str(k): int(n) for k, n in annotations["layer"].value_counts().sort_index().items()
            },
        },
        "seconds": clock.seconds,
        "characters_per_second": round(chars / work) if work else None,
    }
    return json.dumps(record, ensure_ascii=False, indent=2) + "\n"


def rules_hash() -> str:
    """Return the SHA-256 over names and contents of the rule files."""
    digest = hashlib.sha256()
    rules = [path for path in (files("ja_seimeibun") / "rules").iterdir() if path.is_file()]
    for path in sorted(rules, key=_name):
        digest.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()


def distribution_hash(name: str) -> str:
    """Return a SHA-256 over the hashes that the installed distribution records of its files, "" without.

    The weights are among them, and need not be read.
    """
    try:
        record = distribution(name).read_text("RECORD") or ""
    except PackageNotFoundError:
        return ""
    lines = [
        line for line in record.splitlines() if re.search(r",sha256=", line) and ".pyc" not in line
    ]
    kept = sorted(line for line in lines if ".dist-info/" not in line)
    return hashlib.sha256("\n".join(kept).encode()).hexdigest() if kept else ""


def _name(path: Traversable) -> str:
    return path.name


def _versions() -> dict[str, str]:
    found = {}
    for name in _PACKAGES:
        try:
            found[name] = version(name)
        except PackageNotFoundError:
            continue
    return found
