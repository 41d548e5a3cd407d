"""What decides which rows a file has: code, rules, model, versions, settings. The same identity, the same rows."""

import hashlib
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from importlib.metadata import PackageNotFoundError, distribution, version
from importlib.resources import files
from importlib.resources.abc import Traversable
from operator import itemgetter
from typing import Any

from seimeibun.batch.outcome import Settings
from seimeibun.tables import datapackage

# what stands left of the tables in the design; what only reads tables makes no rows
_BESIDE = {"cli", "compare", "evaluate", "export", "report", "review", "train.py", "verify.py"}
_PACKAGES = (
    "ja-seimeibun", "spacy", "ginza", "ja-ginza", "SudachiPy", "SudachiDict-core", "numpy",
)  # fmt: skip


def pipeline_hash(settings: Settings, options: Mapping[str, Any] | None = None) -> str:
    """Return a SHA-256 over all that decides on the rows of a file but the file itself.

    ``options`` are those of the pipeline. The formula guard is none of it: rows can be had with and without.
    Nor are limits: they decide whether a file has rows, not which.
    """
    identity = {
        "versions": versions(),
        "code": code_hash(),
        "rules": rules_hash(),
        "model": distribution_hash("ja-ginza"),
        "tables": datapackage.to_json(),
        "encoding": settings.encoding,
        "date": settings.date,
        "selector": settings.selector,
        "options": dict(options or {}),
    }
    return hashlib.sha256(json.dumps(identity, sort_keys=True).encode()).hexdigest()


@cache
def code_hash() -> str:
    """Return the SHA-256 over the modules that make rows, and the settings of the pipeline.

    A version says too little: it stays the same from one commit to the next.
    """
    parts = [path for path in files("seimeibun").iterdir() if path.name not in _BESIDE]
    modules = [found for path in parts for found in _modules(path, path.name)]
    config = files("ja_seimeibun") / "config.cfg"
    return _hash_of([*modules, ("config.cfg", config)])


def _modules(path: Traversable, name: str) -> Iterator[tuple[str, Traversable]]:
    if path.is_dir():
        for inner in path.iterdir():
            yield from _modules(inner, f"{name}/{inner.name}")
    elif name.endswith(".py"):
        yield name, path


def rules_hash() -> str:
    """Return the SHA-256 over names and contents of the rule files."""
    rules = [path for path in (files("ja_seimeibun") / "rules").iterdir() if path.is_file()]
    return _hash_of((path.name, path) for path in rules)


def _hash_of(named: Iterable[tuple[str, Traversable]]) -> str:
    digest = hashlib.sha256()
    for name, path in sorted(named, key=itemgetter(0)):
        digest.update(name.encode() + b"\0" + path.read_bytes() + b"\0")
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
