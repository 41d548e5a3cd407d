"""How the widget looks, measured in Chromium: contrast in light and dark, narrow screens, what an act is about."""

import pytest
from harness import show
from small_dataset import ONE, place

from seimeibun.review import Session
from seimeibun.review.desk import Desk

pytestmark = pytest.mark.browser

JUPYTER_DARK = """document.body.dataset.jpThemeLight = "false";
const root = document.documentElement.style;
for (const [name, value] of Object.entries({ "--jp-ui-font-color0": "rgba(255,255,255,1)", "--jp-ui-font-color2": "rgba(255,255,255,.7)",
  "--jp-layout-color0": "#111111", "--jp-layout-color1": "#212121", "--jp-border-color2": "#616161" })) root.setProperty(name, value);"""
THEMES = {
    "light": "",
    "jupyterlab dark": JUPYTER_DARK,
    "dark page": "document.body.style.background = '#14181d'",
}
# Every element with words of its own: how its colour stands out against what is painted behind it.
CONTRASTS = """() => {
  const canvas = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
  const rgba = (colour) => {
    canvas.clearRect(0, 0, 1, 1); canvas.fillStyle = "rgba(0,0,0,0)"; canvas.fillStyle = colour; canvas.fillRect(0, 0, 1, 1);
    const [r, g, b, a] = canvas.getImageData(0, 0, 1, 1).data;
    return [r, g, b, a / 255];
  };
  const over = ([r, g, b, a], [x, y, z]) => [r * a + x * (1 - a), g * a + y * (1 - a), b * a + z * (1 - a)];
  const behind = (node) => {
    const layers = [];
    for (; node; node = node.parentElement) layers.unshift(rgba(getComputedStyle(node).backgroundColor));
    return layers.reduce((below, layer) => over(layer, below), [255, 255, 255]);
  };
  const light = (rgb) => {
    const [r, g, b] = rgb.map((v) => (v /= 255) <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4);
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const found = [];
  for (const node of document.querySelectorAll(".sr *")) {
    const words = [...node.childNodes].filter((n) => n.nodeType === 3).map((n) => n.data).join("").trim();
    const box = node.getBoundingClientRect();
    if (!words || !box.width || node.disabled || node.closest("[hidden], .sr-aloud, option")) continue;
    const paper = behind(node), ink = over(rgba(getComputedStyle(node).color), paper);
    const [a, b] = [light(ink), light(paper)].sort((x, y) => y - x);
    found.push([node.className + ": " + words.slice(0, 20), (a + 0.05) / (b + 0.05)]);
  }
  return found;
}"""


@pytest.fixture
def session(dataset):
    with Session(dataset, reviewer="suzuki") as session:
        review = session.open("one")
        ids = [entry.span_id for entry in review.entries]
        review.accept(ids[0])
        review.reject(ids[1])
        review.flag(ids[2])
        review.comment(ids[2], "相談")
        yield session


def select(page, word, label):
    page.evaluate(
        "([word, label]) => { const s = screenOf(); s.select([...s.items.values()]"
        ".find((i) => s.surface(i) === word && i.label === label).id); }",
        [word, label],
    )


@pytest.mark.parametrize("theme", THEMES)
def test_every_word_stands_out_from_its_ground(page, session, theme):
    show(page, Desk(session))
    page.evaluate(f"() => {{ {THEMES[theme]} }}")
    page.wait_for_function(
        f"document.querySelector('.sr').classList.contains('sr-dark') === {str(theme != 'light').lower()}"
    )
    found = {}

    def look(where):
        found.update({f"{where} {what}": ratio for what, ratio in page.evaluate(CONTRASTS)})

    select(page, "日本国", "COUNTRY")
    page.locator(".sr").focus()
    look("document")
    select(page, "2030年", "DATE")
    page.keyboard.press("e")
    page.locator("input[data-field=edtf]").fill("2030-13")
    page.wait_for_function("document.querySelector('.sr-check').textContent !== ''")
    look("form")
    page.keyboard.press("Escape")
    page.keyboard.press("d")
    look("question")
    page.keyboard.press("Escape")
    page.keyboard.press("q")
    page.locator(".sr-kwic mark").wait_for()
    look("queue")
    page.evaluate("screenOf().fail('記録できません', { seq: 1 })")
    look("failure")
    page.keyboard.press("?")
    look("help")

    assert len(found) > 150
    assert {what: round(ratio, 1) for what, ratio in found.items() if ratio < 4.5} == {}


@pytest.mark.parametrize("width", [1280, 900, 640, 420])
def test_nothing_is_cut_off_or_covered_at_any_width(page, session, width):
    page.set_viewport_size({"width": width, "height": 760})
    show(page, Desk(session))
    select(page, "東京国際会議", "EVENT")
    boxes = page.evaluate(
        "() => Object.fromEntries(['.sr', '.sr-text', '.sr-list', '.sr-detail', '.sr-actions']"
        ".map((name) => { const b = document.querySelector(name).getBoundingClientRect();"
        " return [name, [b.left, b.top, b.right, b.bottom]]; }))"
    )

    left, top, right, bottom = boxes.pop(".sr")
    for box in boxes.values():
        assert left <= box[0] < box[2] <= right
        assert top <= box[1] < box[3] <= bottom
        assert box[3] - box[1] >= 28
    assert boxes[".sr-list"][3] <= boxes[".sr-detail"][1] + 1
    assert boxes[".sr-detail"][3] <= boxes[".sr-actions"][1] + 1
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    row = page.locator(".sr-item.sr-on").bounding_box()
    assert boxes[".sr-list"][1] <= row["y"] + 1
    assert row["y"] + row["height"] <= boxes[".sr-list"][3] + 1


def test_who_acts_is_shown_in_the_text_while_the_act_is_selected(page, session):
    session.open("one").set_value(
        next(e.span_id for e in session.open("one").entries if e.span.label == "AGREE"),
        dict(zip(("actor_start", "actor_end"), map(str, place(ONE, "日本国政府")), strict=True))
        | {"actor_text": "日本国政府"},
    )
    show(page, Desk(session))
    shown = "[...(CSS.highlights.get('sr-actor') ?? [])].map(String)"
    select(page, "一致", "AGREE")
    assert page.evaluate(shown) == ["日本国政府"]

    select(page, "歓迎", "WELCOME")
    assert page.evaluate(shown) == []


def test_the_form_of_an_act_keeps_its_buttons_and_its_row_in_sight(page, session):
    show(page, Desk(session), height=420)
    select(page, "一致", "AGREE")
    page.locator(".sr").focus()
    page.keyboard.press("e")
    outer = page.locator(".sr-detail").bounding_box()
    save = page.get_by_role("button", name="保存 (Enter)").bounding_box()
    row, list_ = (page.locator(name).bounding_box() for name in (".sr-item.sr-on", ".sr-list"))

    assert save["y"] + save["height"] <= outer["y"] + outer["height"]
    assert list_["y"] - 1 <= row["y"] <= list_["y"] + list_["height"] - row["height"] + 1
    assert page.locator("select[data-field=polarity] option").all_inner_texts() == [
        "(空)",
        "肯定（AFF）",
        "否定（NEG）",
    ]
