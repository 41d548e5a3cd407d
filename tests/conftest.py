"""Fixtures for tests that need the model or the reference corpus."""

import os
from pathlib import Path

import pytest


@pytest.fixture(scope="session")
def nlp():
    import seimeibun

    return seimeibun.load()


@pytest.fixture(scope="session")
def corpus():
    default = Path(__file__).resolve().parents[2] / "shared"
    path = Path(os.environ.get("SEIMEIBUN_CORPUS", default))
    if not (path / "statements").is_dir():
        pytest.skip(f"no reference corpus at {path}; name its folder in SEIMEIBUN_CORPUS")
    return path
