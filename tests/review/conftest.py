"""Fixtures over the small dataset; the folder is on the path, for modules that several tests share."""

import shutil
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

from small_dataset import write


@pytest.fixture(scope="session")
def small(tmp_path_factory):
    return write(tmp_path_factory.mktemp("small") / "dataset")


@pytest.fixture
def dataset(small, tmp_path):
    return Path(shutil.copytree(small, tmp_path / "dataset"))


@pytest.fixture
def review(dataset):
    """The first document under the eyes of suzuki."""
    from seimeibun.review import Session

    with Session(dataset, reviewer="suzuki") as session:
        yield session.open("one")


@pytest.fixture
def page(chromium):
    page = chromium.new_page(viewport={"width": 1280, "height": 740})
    errors = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    yield page
    page.close()
    assert errors == []
