"""Fixtures over the small dataset; the folder is on the path, for modules that several tests share."""

import os
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


@pytest.fixture(scope="session")
def chromium():
    """A headless Chromium; SEIMEIBUN_CHROMIUM names it where it is not Debian's."""
    sync = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    path = os.environ.get("SEIMEIBUN_CHROMIUM", "/usr/bin/chromium")
    if not Path(path).is_file():
        pytest.skip(f"no Chromium at {path}; name it in SEIMEIBUN_CHROMIUM")
    with sync.sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=path,
            args=["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
                  "--disable-component-update", "--disable-sync"],
        )  # fmt: skip
        yield browser
        browser.close()


@pytest.fixture
def page(chromium):
    page = chromium.new_page(viewport={"width": 1280, "height": 740})
    errors = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    yield page
    page.close()
    assert errors == []
