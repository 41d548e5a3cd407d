"""The widget in a real Chromium: keys, selections, shadow DOM, IME, failures, size."""

import json
import os

import pytest
from harness import show
from small_dataset import LONG, MANY_SPANS, ONE, TEXTS, place, span_id, write

from seimeibun.review import Session
from seimeibun.review.desk import Desk
from seimeibun.tables.schema import LABELS

pytestmark = pytest.mark.browser

# Select code points start–end of the text as a mouse would, wherever the text nodes are.
SELECT = """([start, end]) => {
  const screen = screenOf();
  const { startContainer, startOffset, endContainer, endOffset } = screen.rangeOf({ start, end });
  document.getSelection().setBaseAndExtent(startContainer, startOffset, endContainer, endOffset);
}"""


class Reviewing:
    """A page with the widget over a dataset, and the log behind it."""

    def __init__(self, page, dataset, *, reviewer="suzuki", shadow=False, patience=8000, **options):
        self.page, self.dataset = page, dataset
        self.session = Session(dataset, reviewer=reviewer, **options)
        self.desk = Desk(self.session)
        self.log = dataset / f"review/one.{reviewer}.jsonl"
        show(page, self.desk, shadow=shadow, patience=patience)
        page.locator(".sr").focus()

    def press(self, *keys):
        for key in keys:
            self.page.keyboard.press(key)

    def events(self, number, log=None):
        """Wait until so many events are acknowledged, and return them."""
        self.page.wait_for_function(
            f"screenOf().view.n_events >= {number} && !screenOf().waiting.size"
        )
        return [json.loads(line) for line in (log or self.log).read_text("utf-8").splitlines()]

    def status(self):
        return self.page.locator(".sr-status").inner_text()

    def wait_status(self, text):
        self.page.wait_for_function("(text) => document.querySelector('.sr-status')?.textContent.includes(text) || "
                                    "screenOf().status.textContent.includes(text)", arg=text)  # fmt: skip

    def selected(self):
        return self.page.evaluate("screenOf().current && screenOf().surface(screenOf().current)")

    def go_to(self, word, label):
        self.page.evaluate(
            "([word, label]) => { const s = screenOf(); s.select([...s.items.values()]"
            ".find((i) => s.surface(i) === word && i.label === label).id); }",
            [word, label],
        )

    def select(self, word, nth=0):
        self.page.evaluate(SELECT, list(place(ONE, word, nth)))
        self.page.wait_for_function("screenOf().draft !== null")


@pytest.fixture
def reviewing(page, dataset):
    return Reviewing(page, dataset)


def test_the_page_shows_the_text_as_it_is_and_what_was_found(reviewing):
    page = reviewing.page

    assert page.evaluate("document.querySelector('.sr-body').textContent") == ONE
    assert page.locator(".sr-item").count() == 11
    assert reviewing.selected() == "𠮷野港"
    assert page.locator(".sr").get_attribute("data-lm-suppress-shortcuts") == "true"
    assert page.locator(".sr-status").get_attribute("role") == "status"
    assert "確認 0/11" in page.locator(".sr-count").inner_text()


def test_every_key(reviewing):
    r = reviewing
    r.press("j")
    assert r.selected() == "日本国政府"
    r.press("k")
    assert r.selected() == "𠮷野港"
    r.press("ArrowDown", "ArrowUp", "ArrowRight", "ArrowLeft")
    assert r.selected() == "𠮷野港"
    r.press("a")
    assert r.events(1)[-1]["op"] == "accept"
    assert r.selected() == "日本国政府"
    r.press("x")
    assert r.events(2)[-1]["op"] == "reject"
    r.press("s")  # nothing is written
    assert r.selected() == "東京国際会議"
    r.press("4")
    assert r.events(3)[-1]["after"] == {"label": "REGION"}
    r.press("u")
    assert r.events(4)[-1]["op"] == "undo"
    r.press("f")
    assert r.events(5)[-1]["op"] == "flag"
    r.press("f")
    assert r.events(6)[-1]["op"] == "unflag"
    start, end = place(ONE, "東京国際会議")
    for number, (key, span) in enumerate(
        {
            "[": (start - 1, end),
            "]": (start, end),
            "{": (start, end - 1),
            "}": (start, end),
        }.items(),
        7,
    ):
        r.press(key)
        after = r.events(number)[-1]["after"]
        assert (after["start"], after["end"]) == span
    r.press("c")
    r.page.keyboard.type("会議名か")
    r.press("Enter")
    assert r.events(11)[-1]["comment"] == "会議名か"
    r.press("u", "u", "u", "u", "u")  # comment and the four edges
    assert {e["op"] for e in r.events(16)[-5:]} == {"undo"}
    r.go_to("2030年", "DATE")
    r.press("e")
    r.page.keyboard.type("2031-04")
    r.wait_for_check("2031-04-01 〜 2031-04-30")
    r.press("Enter")
    assert r.events(17)[-1]["attrs"]["edtf"] == "2031-04"
    r.go_to("東京", "CITY")
    r.press("Shift+A")
    assert [e["op"] for e in r.events(19)[-2:]] == ["accept", "accept"]
    r.press("u")
    assert [e["op"] for e in r.events(21)[-2:]] == ["undo", "undo"]
    r.go_to("東京", "CITY")
    r.press("Shift+X")
    assert [e["op"] for e in r.events(23)[-2:]] == ["reject", "reject"]
    r.select("国際会議")
    r.press("9")
    added = r.events(24)[-1]
    assert (added["op"], added["after"]["label"], added["quote"]) == (
        "add",
        "GOVERNMENT_BODY",
        "国際会議",
    )
    r.press("Delete")
    assert r.events(25)[-1]["op"] == "remove"
    r.press("?")
    assert r.page.locator(".sr-help").is_visible()
    r.press("Escape")
    assert not r.page.locator(".sr-help").is_visible()
    r.press("t")
    assert "語単位" in r.page.locator("[data-action=unit]").inner_text()
    r.press("t", "d")
    assert "未確認の注釈が" in r.page.locator(".sr-ask").inner_text()
    r.press("Escape")
    assert not r.page.locator(".sr-ask").is_visible()
    r.press("d")
    r.page.locator(".sr-ask .sr-primary").click()
    r.wait_status("文書を完了しました")
    assert r.events(26)[-1]["op"] == "doc_done"
    assert "完了済み" in r.page.locator("[data-action=done]").inner_text()
    r.press("d", "Enter")
    r.wait_status("完了を取り消しました")


def wait_for_check(self, text):
    self.page.wait_for_function(
        "(text) => document.querySelector('.sr-check')?.textContent === text", arg=text
    )


Reviewing.wait_for_check = wait_for_check


def test_every_key_has_a_button_and_a_line_of_help(reviewing):
    keys = reviewing.page.locator(".sr-actions kbd").all_inner_texts()
    shown = reviewing.page.evaluate("document.querySelector('.sr-help').textContent")

    assert set("axsecfud[]{}tn") < set(keys)
    for key in (
        "j / k",
        "a",
        "x",
        "s",
        "Shift+A",
        "1–9",
        "0",
        "[ ]",
        "{ }",
        "e",
        "c",
        "f",
        "Del",
        "u",
        "d",
        "?",
    ):
        assert key in shown


def test_buttons_do_what_keys_do(reviewing):
    r = reviewing
    r.page.locator("[data-action=accept]").click()
    assert r.events(1)[-1]["op"] == "accept"
    r.page.locator(".sr-label[data-label=REGION]").click()
    assert r.events(2)[-1]["op"] == "relabel"
    r.page.locator("[data-action='edge}']").click()
    assert r.events(3)[-1]["op"] == "adjust"
    r.page.locator("[data-action=undo]").click()
    assert r.events(4)[-1]["op"] == "undo"
    r.press("j")  # the focus is back at the keys
    assert r.page.evaluate("document.activeElement.className").startswith("sr")


@pytest.mark.parametrize("shadow", [False, True], ids=["page", "shadow root"])
@pytest.mark.parametrize(
    ("word", "nth"),
    [
        ("𠮷野", 0),
        ("野港に", 0),
        ("港に関する", 0),
        ("国政府は、東京国", 0),
        ("東京", 1),
        ("声明\n\n１　日本", 0),
        ("億円を", 0),
    ],
)
def test_a_selection_becomes_a_span_of_exactly_these_code_points(page, dataset, word, nth, shadow):
    r = Reviewing(page, dataset, shadow=shadow)
    r.select(word, nth)
    r.press("6")
    (event,) = r.events(1)

    start, end = place(ONE, word, nth)
    assert (event["after"]["start"], event["after"]["end"], event["quote"]) == (start, end, word)
    assert r.page.evaluate("screenOf().body.textContent") == ONE


def test_labels_beyond_the_ninth_are_reached_by_keys(reviewing):
    r = reviewing
    r.go_to("東京国際会議", "EVENT")
    r.press("0", "ArrowRight", "ArrowRight", "ArrowLeft", "Enter")

    assert r.events(1)[-1]["after"] == {"label": "TREATY"}
    assert r.page.evaluate("document.activeElement.className").startswith("sr")


def test_a_mouse_drag_selects(reviewing):
    r = reviewing
    start, end = place(ONE, "国際会議")
    box = r.page.evaluate(
        "(span) => { const b = screenOf().rangeOf(span).getBoundingClientRect(); return [b.left, b.right, b.top + b.height / 2]; }",
        {"start": start, "end": end},
    )
    r.page.mouse.move(box[0] + 1, box[2])
    r.page.mouse.down()
    r.page.mouse.move(box[1] - 1, box[2], steps=4)
    r.page.mouse.up()
    r.page.wait_for_function("screenOf().draft !== null")

    assert r.page.evaluate("screenOf().draft") == {"start": start, "end": end}
    r.page.locator(
        ".sr-label[data-label=EVENT]"
    ).click()  # the press must not take the selection away
    assert r.events(1)[-1]["quote"] == "国際会議"


def test_a_draft_is_made_and_moved_by_keys_alone(reviewing):
    r = reviewing
    r.go_to("日本国", "COUNTRY")
    r.press("n", "}", "}", "]", "ArrowRight", "ArrowLeft")
    start, _ = place(ONE, "日本国")
    assert r.page.evaluate("screenOf().draft") == {"start": start + 1, "end": start + 5}
    r.press("l", "l", "1")
    (event,) = r.events(1)
    assert (event["op"], event["after"]["layer"], event["quote"]) == ("add", "money", "本国政府")


def test_clicks_go_through_nested_spans_from_the_inside(reviewing):
    r = reviewing
    segment = r.page.locator(".sr-seg", has_text="日本国").first
    segment.click()
    assert r.selected() == "日本国"
    segment.click()
    assert r.selected() == "日本国政府"
    segment.click()
    assert r.selected() == "日本国"


def test_an_ime_composition_is_left_alone_and_its_enter_does_not_save(reviewing):
    r = reviewing
    r.go_to("日本国", "COUNTRY")
    cdp = r.page.context.new_cdp_session(r.page)
    r.press("c")
    cdp.send("Input.imeSetComposition", {"text": "かくに", "selectionStart": 3, "selectionEnd": 3})
    r.page.evaluate("""() => document.activeElement.dispatchEvent(
      new KeyboardEvent("keydown", { key: "Enter", keyCode: 229, isComposing: true, bubbles: true }))""")
    assert r.page.locator(".sr-comment").is_visible()
    cdp.send("Input.insertText", {"text": "確認"})
    r.press("Enter")
    (event,) = r.events(1)
    assert event["comment"] == "確認"

    r.page.evaluate("""() => { for (const key of ["a", "x", "d", "1"]) document.querySelector(".sr").dispatchEvent(
      new KeyboardEvent("keydown", { key, keyCode: 229, isComposing: true, bubbles: true })) }""")
    r.press("f")
    assert [e["op"] for e in r.events(2)] == ["comment", "flag"]


def test_letters_typed_full_width_are_keys_too(reviewing):
    reviewing.page.evaluate("""() => document.querySelector(".sr").dispatchEvent(
      new KeyboardEvent("keydown", { key: "ａ", bubbles: true }))""")

    assert reviewing.events(1)[-1]["op"] == "accept"


def test_keys_do_not_reach_the_notebook(reviewing):
    r = reviewing
    r.page.evaluate(
        "() => { window.leaked = []; document.addEventListener('keydown', (e) => leaked.push(e.key)); }"
    )
    r.press("a", "j", "1", "d", "Escape", "c")
    r.page.keyboard.type("xd")
    r.press("Escape")

    assert r.page.evaluate("leaked") == []


def test_a_value_is_checked_while_typing(reviewing):
    r = reviewing
    r.go_to("2030年", "DATE")
    r.press("e")
    r.page.keyboard.type("2030-13")
    r.wait_for_check("2030-13 という日はありません")
    r.press("Enter")
    assert r.page.locator(".sr-form").is_visible()
    assert not r.log.exists() or r.log.read_bytes() == b""


@pytest.mark.parametrize(
    ("word", "label", "field", "typed", "kept"),
    [
        ("３億円", "MONEY", "amount_min", "300,000,000", "300000000"),
        ("３億", "CARDINAL", "value", "300000000 円", "300000000 円"),
        ("日本国", "COUNTRY", "value", "KOR", "KOR"),
        ("一致", "AGREE", "actor_resolved", "JPN;LAO", "JPN;LAO"),
    ],
)
def test_values_of_every_layer_are_edited(reviewing, word, label, field, typed, kept):
    r = reviewing
    r.go_to(word, label)
    r.press("e")
    r.page.locator(f"input[data-field={field}]").fill(typed)
    r.press("Enter")

    assert r.events(1)[-1]["attrs"][field] == kept


def test_actor_and_object_are_taken_from_the_text(reviewing):
    r = reviewing
    r.go_to("一致", "AGREE")
    r.press("e")
    r.select("日本国政府")
    r.page.get_by_role("button", name="選択範囲にする").first.click()
    r.page.wait_for_function(
        "document.querySelector('output[data-field=actor]').textContent === '日本国政府'"
    )
    r.page.get_by_role("button", name="保存 (Enter)").click()
    attrs = r.events(1)[-1]["attrs"]

    start, end = place(ONE, "日本国政府")
    assert attrs == {"actor_text": "日本国政府", "actor_start": str(start), "actor_end": str(end)}


def test_after_a_reload_everything_is_there(page, dataset):
    first = Reviewing(page, dataset)
    first.press("a", "x")
    first.events(2)
    show(page, first.desk)  # the page again, the kernel lives
    assert page.locator(".sr-is-accepted.sr-item").count() == 1
    first.session.close()
    again = Reviewing(page, dataset)  # the kernel again

    assert page.locator(".sr-is-rejected.sr-item").count() == 1
    assert "保存済み #2" in again.status()
    assert again.selected() == "日本国"


def test_a_failed_save_is_red_blocks_and_can_be_tried_again(reviewing, monkeypatch):
    r = reviewing

    def full(_):
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", full)
        r.press("a")
        r.wait_status("保存失敗")
        assert "No space left" in r.status()
        assert r.selected() == "𠮷野港"
        r.press("x")
        assert r.log.read_bytes() == b""
        assert r.page.locator(".sr-is-accepted.sr-item").count() == 0
    r.page.get_by_role("button", name="再試行").click()
    r.wait_status("保存済み #1")
    assert [e["op"] for e in r.events(1)] == ["accept"]


def test_a_dead_kernel_is_seen_and_the_decision_is_written_once(page, dataset):
    r = Reviewing(page, dataset, patience=300)
    page.evaluate("window.lost = true")
    r.press("a")
    r.wait_status("応答がありません")
    page.evaluate("window.lost = false")
    page.get_by_role("button", name="再試行").click()
    r.wait_status("保存済み #1")

    assert len(r.events(1)) == 1


def test_what_is_refused_is_said_and_does_not_block(reviewing):
    r = reviewing
    r.press("Delete")
    r.wait_status("機械の注釈は却下")
    r.press("a")

    assert len(r.events(1)) == 1


def test_queue_mode_shows_one_at_a_time_and_goes_through_all_documents(page, dataset):
    r = Reviewing(page, dataset, layers=["date", "money"])
    r.press("q")
    page.wait_for_function("screenOf().queue.length === 2")
    assert "2030年" in page.locator(".sr-kwic").inner_text()
    page.locator(".sr-scope").select_option("all")
    page.wait_for_function("screenOf().queue.length === 3")
    page.locator(".sr").focus()
    for _ in range(3):
        r.press("a")
        page.wait_for_function("!screenOf().waiting.size")
    page.wait_for_function("screenOf().card.textContent.includes('未確認の注釈はありません')")

    assert len((dataset / "review/two.suzuki.jsonl").read_text("utf-8").splitlines()) == 1


def test_another_document_is_a_choice_away(reviewing):
    reviewing.page.locator(".sr-docs").select_option("two")
    reviewing.page.wait_for_function("screenOf().view.doc.doc_id === 'two'")

    assert reviewing.page.evaluate("screenOf().body.textContent") == TEXTS["two"]


def test_blind_hides_what_the_machine_found(page, dataset):
    r = Reviewing(page, dataset, blind=True)
    assert page.locator(".sr-seg").count() == 0
    r.select("日本国")
    r.press("3")

    assert r.events(1)[-1]["blind"] is True
    assert page.locator(".sr-item").count() == 1


def test_the_adjudicator_sees_who_says_what(page, dataset):
    tokyo = span_id("one", "entity", "CITY", *place(ONE, "東京"))
    for reviewer, op in (("suzuki", "accept"), ("tanaka", "reject")):
        with Session(dataset, reviewer=reviewer) as session:
            getattr(session.open("one"), op)(tokyo)
    r = Reviewing(page, dataset, reviewer="adjudicator")

    assert r.selected() == "東京"
    assert "suzuki: CITY" in page.locator(".sr-note").inner_text()
    assert "確認 0/" in page.locator(".sr-count").inner_text()


def test_20000_characters_with_600_spans_are_shown_whole_and_answer_keys(page, tmp_path):
    """How long that takes, tests/benchmarks/widget.py measures."""
    dataset = write(tmp_path / "big", {"one": MANY_SPANS}, {"one": LONG})
    r = Reviewing(page, dataset, layers=LABELS)

    assert page.evaluate("screenOf().body.textContent") == LONG
    assert page.locator(".sr-item").count() == 600
    assert page.locator(".sr-body b").count() == 0
    r.press("a", "x")
    assert [event["op"] for event in r.events(2)] == ["accept", "reject"]
