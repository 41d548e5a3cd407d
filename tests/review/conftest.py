"""Fixtures over the small dataset; the folder is on the path, for modules that several tests share."""

import shutil
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

from small_dataset import write  # noqa: E402


@pytest.fixture(scope="session")
def _written(tmp_path_factory):
    return write(tmp_path_factory.mktemp("small") / "dataset")


@pytest.fixture
def dataset(_written, tmp_path):
    return Path(shutil.copytree(_written, tmp_path / "dataset"))


@pytest.fixture
def review(dataset):
    """The first document under the eyes of suzuki."""
    from seimeibun.review import Session

    with Session(dataset, reviewer="suzuki") as session:
        yield session.open("one")
