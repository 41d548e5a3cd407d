"""The widget in a real JupyterLab: one way through it."""

import json
import os
import socket
import subprocess
import sys

import pytest
from servers import wait_for
from small_dataset import ONE

pytestmark = pytest.mark.browser

CELL = "from seimeibun.review import ReviewWidget\nReviewWidget('dataset', reviewer='suzuki', height=420)"


@pytest.fixture
def lab(dataset):
    """Yield the address of a JupyterLab over the folder of the dataset, with a notebook in it."""
    pytest.importorskip("jupyterlab", reason="the extra `review` is not installed")
    folder = dataset.parent
    cell = {
        "cell_type": "code",
        "id": "c",
        "metadata": {},
        "execution_count": None,
        "outputs": [],
        "source": CELL,
    }
    notebook = {"cells": [cell], "metadata": {"kernelspec": {"name": "python3", "display_name": "Python 3"}},
                "nbformat": 4, "nbformat_minor": 5}  # fmt: skip
    (folder / "review.ipynb").write_text(json.dumps(notebook), "utf-8")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    settings = {
        name: str(folder / name.lower())
        for name in ("JUPYTER_CONFIG_DIR", "JUPYTER_RUNTIME_DIR", "IPYTHONDIR")
    }
    server = subprocess.Popen(
        [sys.executable, "-m", "jupyterlab", "--no-browser", "--allow-root", f"--port={port}", "--ip=127.0.0.1",
         "--IdentityProvider.token=", f"--ServerApp.root_dir={folder}", "--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate"],
        env=os.environ | settings, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        address = f"http://127.0.0.1:{port}"
        wait_for(f"{address}/api", server, "JupyterLab")
        yield f"{address}/lab/tree/review.ipynb"
    finally:
        server.terminate()
        server.wait(timeout=20)


def test_a_review_in_jupyterlab(page, lab, dataset):
    page.set_default_timeout(90_000)
    page.goto(lab)
    page.locator(".jp-Notebook .jp-CodeCell").first.click()
    page.wait_for_function("document.querySelector('.jp-NotebookPanel')?.innerText !== undefined")
    page.keyboard.press("Control+Enter")
    page.locator(".sr-item").first.wait_for()

    assert page.locator(".sr-body").evaluate("(body) => body.textContent") == ONE
    # its own style of term lists once squeezed the values to nothing
    facts, value = (
        page.locator(name).first.bounding_box() for name in (".sr-facts", ".sr-facts dd")
    )
    assert facts["height"] >= value["height"] > 10
    assert value["x"] > facts["x"] + 60
    page.locator(".sr-list").click(position={"x": 5, "y": 5})
    page.locator(".sr").focus()
    for key in ("a", "x", "b", "1"):  # b would add a cell, 1 make it a heading, if they leaked
        page.keyboard.press(key)
    page.wait_for_function("document.querySelector('.sr-status').textContent.includes('#3')")
    lines = (dataset / "review/one.suzuki.jsonl").read_text("utf-8").splitlines()
    assert [json.loads(line)["op"] for line in lines] == ["accept", "reject", "relabel"]
    assert page.locator(".jp-Notebook .jp-Cell").count() == 1

    # the cell again, as after a restart of the page: it goes on where it was
    page.locator(".jp-CodeCell .cm-content").first.click()
    page.keyboard.press("Control+Enter")
    page.wait_for_function(
        "document.querySelector('.sr-status')?.textContent.includes('再開しました')"
    )
    assert page.locator(".sr-is-rejected.sr-item").count() == 1
    if folder := os.environ.get("SEIMEIBUN_SCREENSHOTS"):
        page.screenshot(path=f"{folder}/jupyterlab.png")
