"""The widget in a real marimo: as an app, and in the editor, whose own keys must stay out of it."""

import json
import os
import socket
import subprocess
import sys
from contextlib import contextmanager

import pytest
from servers import wait_for
from small_dataset import ONE, place

pytest.importorskip("marimo", reason="marimo is not installed")
pytestmark = pytest.mark.browser

APP = """import marimo

app = marimo.App()


@app.cell
def _():
    import marimo as mo

    from seimeibun.review import ReviewWidget

    mo.ui.anywidget(ReviewWidget("dataset", reviewer="suzuki", height=420))
    return


if __name__ == "__main__":
    app.run()
"""
BOX = """(sr, span) => {
  const box = sr.parentNode.seimeibunScreen.rangeOf(span).getBoundingClientRect();
  return [box.left + 1, box.right - 1, box.top + box.height / 2];
}"""


@contextmanager
def _serving(folder, mode):
    """Yield the address of marimo over the app in ``folder``."""
    (folder / "app.py").write_text(APP, "utf-8")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    homes = {name: str(folder / name.lower()) for name in ("XDG_CONFIG_HOME", "XDG_STATE_HOME")}
    server = subprocess.Popen(
        [sys.executable, "-m", "marimo", "-q", mode, "app.py", "--headless", "--no-token",
         "--host=127.0.0.1", f"--port={port}"],
        cwd=folder, env=os.environ | homes, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        wait_for(f"http://127.0.0.1:{port}/health", server, "marimo")
        yield f"http://127.0.0.1:{port}/"
    finally:
        server.terminate()
        server.wait(timeout=20)


def _run_all(page):
    """Press the button for all cells until it is taken: not before the editor has its kernel."""
    button = page.locator("[data-testid=run-button]").last
    button.wait_for()
    for _ in range(60):
        button.click(force=True)
        page.wait_for_timeout(1000)
        if page.locator(".sr-item").count():
            return


def _events(page, dataset, number):
    page.locator(".sr-status", has_text=f"#{number}").wait_for()
    lines = (dataset / "review/one.suzuki.jsonl").read_text("utf-8").splitlines()
    return [json.loads(line) for line in lines]


@pytest.mark.parametrize("mode", ["run", "edit"])
def test_a_review_in_marimo(page, dataset, mode):
    page.set_default_timeout(90_000)
    with _serving(dataset.parent, mode) as address:
        page.goto(address)
        if mode == "edit":
            _run_all(page)
        page.locator(".sr-item").first.wait_for()
        assert page.locator(".sr-body").evaluate("(body) => body.textContent") == ONE
        assert page.locator(".sr").evaluate("(sr) => sr.getRootNode() instanceof ShadowRoot")
        cells = page.locator(".marimo-cell").count()

        page.locator(".sr").focus()
        for key in ("a", "x", "b", "1"):  # b would add a cell in the editor, if it leaked
            page.keyboard.press(key)
        ops = [event["op"] for event in _events(page, dataset, 3)]
        assert ops == ["accept", "reject", "relabel"]

        start, end = place(ONE, "野港に")
        left, right, middle = page.locator(".sr").evaluate(BOX, {"start": start, "end": end})
        page.mouse.move(left, middle)
        page.mouse.down()
        page.mouse.move(right, middle, steps=4)
        page.mouse.up()
        page.keyboard.press("6")
        added = _events(page, dataset, 4)[-1]
        assert (added["op"], added["quote"]) == ("add", "野港に")
        assert (added["after"]["start"], added["after"]["end"]) == (start, end)
        assert page.locator(".marimo-cell").count() == cells

        page.reload()
        page.locator(".sr-is-rejected.sr-item").first.wait_for()
        assert page.locator(".sr-is-accepted.sr-item").count() == 3
