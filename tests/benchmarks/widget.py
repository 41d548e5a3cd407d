"""How long the review widget takes for 20,400 characters with 600 spans, in a headless Chromium.

    python tests/benchmarks/widget.py --repeat 5

Prints the median of the first rendering (with the messages to Python and back), of a drawing anew, and of what
Chromium itself needs to lay out the same text with 600 plain spans in it, and the ratios to that.
"""

import argparse
import os
import sys
import tempfile
from pathlib import Path
from statistics import median

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE.parent / "review"))

from harness import show  # noqa: E402
from small_dataset import LONG, MANY_SPANS, write  # noqa: E402

PLAIN = """(text) => {
  const body = document.createElement("div");
  body.style.whiteSpace = "pre-wrap";
  const began = performance.now(), size = Math.ceil(text.length / 600);
  for (let at = 0; at < text.length; at += size) {
    const span = document.createElement("span");
    span.textContent = text.slice(at, at + size);
    body.append(span);
  }
  document.body.append(body);
  body.getBoundingClientRect();
  return performance.now() - began;
}"""
DRAW = """() => {
  const began = performance.now();
  screenOf().show(screenOf().view);
  document.body.getBoundingClientRect();
  return performance.now() - began;
}"""


def measure(repeat):
    """Return the times in milliseconds by what was done."""
    from playwright.sync_api import sync_playwright

    from seimeibun.review import Session
    from seimeibun.review.desk import Desk

    times = {"first rendering": [], "drawing anew": [], "plain spans": []}
    with tempfile.TemporaryDirectory() as place, sync_playwright() as playwright:
        dataset = write(Path(place) / "big", {"one": MANY_SPANS}, {"one": LONG})
        browser = playwright.chromium.launch(
            executable_path=os.environ.get("SEIMEIBUN_CHROMIUM", "/usr/bin/chromium"),
            args=["--no-sandbox", "--disable-gpu"],
        )
        for _ in range(repeat):
            page = browser.new_page(viewport={"width": 1280, "height": 740})
            with Session(dataset, reviewer="suzuki", write=False) as session:
                show(page, Desk(session))
                times["first rendering"].append(page.evaluate("window.firstRender"))
                times["drawing anew"].append(page.evaluate(DRAW))
                times["plain spans"].append(page.evaluate(PLAIN, LONG))
            page.close()
        browser.close()
    return {name: median(of_one) for name, of_one in times.items()}


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--repeat", type=int, default=5)
    times = measure(parser.parse_args().repeat)
    sys.stdout.write("| what | ms | ratio to plain spans |\n|---|---|---|\n")
    for name, time in times.items():
        sys.stdout.write(f"| {name} | {time:.0f} | {time / times['plain spans']:.1f} |\n")


if __name__ == "__main__":
    main()
