"""What decides which rows a file has: rules, model, versions, settings. The same identity, the same rows."""

import hashlib
import json
import re
from collections.abc import Mapping
from importlib.metadata import PackageNotFoundError, distribution, version
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any

from seimeibun.batch.outcome import Settings
from seimeibun.tables import datapackage

_PACKAGES = (
    "ja-seimeibun", "spacy", "ginza", "ja-ginza", "SudachiPy", "SudachiDict-core", "numpy",
)  # fmt: skip


def pipeline_hash(settings: Settings, options: Mapping[str, Any] | None = None) -> str:
    """Return a SHA-256 over all that decides on the rows of a file but the file itself.

    ``options`` are those of the pipeline. The formula guard is none of it: rows can be had with and without.
    """
    identity = {
        "versions": versions(),
        "rules": rules_hash(),
        "model": distribution_hash("ja-ginza"),
        "tables": datapackage.to_json(),
        "encoding": settings.encoding,
        "date": settings.date,
        "options": dict(options or {}),
    }
    return hashlib.sha256(json.dumps(identity, sort_keys=True).encode()).hexdigest()


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


def versions() -> dict[str, str]:
    found = {}
    for name in _PACKAGES:
        try:
            found[name] = version(name)
        except PackageNotFoundError:
            continue
    return found


def _name(path: Traversable) -> str:
    return path.name
