"""A page with the widget and a stand-in for the notebook: messages go to a real desk and back."""

import json
from pathlib import Path

import seimeibun.review.widget as widget

FOLDER = Path(widget.__file__).parent
PAGE = """<!doctype html><html lang="ja"><meta charset="utf-8"><title>レビュー</title>
<style>body {{ margin: 12px; font-family: sans-serif; }} {outer}</style><body><div id="host"></div>
<script type="module">
const source = {source};
const url = URL.createObjectURL(new Blob([source], {{ type: "text/javascript" }}));
const {{ default: module }} = await import(url);
const listeners = new Set();
window.lost = false;  // drop answers, as a dead kernel does
const model = {{
  get: (name) => ({{ height: {height}, patience: {patience} }})[name], set() {{}}, save_changes() {{}},
  on: (name, run) => listeners.add(run), off: (name, run) => listeners.delete(run),
  send: async (message) => {{
    if (window.lost) return;
    const answer = JSON.parse(await window.desk(JSON.stringify(message)));
    for (const run of listeners) run(answer, []);
  }},
}};
let host = document.getElementById("host");
if ({shadow}) {{
  const root = host.attachShadow({{ mode: "open" }});
  const style = document.createElement("style");
  style.textContent = {css};
  host = document.createElement("div");
  root.append(style, host);
}}
const began = performance.now();
module.render({{ model, el: host }});
window.screenOf = () => host.seimeibunScreen;
const ready = new MutationObserver(() => {{
  if (host.seimeibunScreen.view && window.firstRender === undefined) window.firstRender = performance.now() - began;
}});
ready.observe(host, {{ childList: true, subtree: true, characterData: true }});
</script></body></html>"""


def page_source(*, shadow: bool = False, height: int = 680, patience: int = 8000) -> str:
    css = (FOLDER / "widget.css").read_text(encoding="utf-8")
    source = (FOLDER / "widget.js").read_text(encoding="utf-8")
    return PAGE.format(
        outer="" if shadow else css,
        css=json.dumps(css),
        source=json.dumps(source).replace("</", "<\\/"),
        height=height,
        patience=patience,
        shadow="true" if shadow else "false",
    )


def show(page, desk, **options) -> None:
    """Open the widget of ``desk`` in ``page`` and wait until the text is there."""
    if not getattr(page, "has_desk", False):
        page.expose_function(
            "desk", lambda text: json.dumps(page.current_desk.handle(json.loads(text)))
        )
        page.has_desk = True
    page.current_desk = desk
    page.goto("about:blank")
    page.set_content(page_source(**options))
    page.wait_for_function("window.firstRender !== undefined")
