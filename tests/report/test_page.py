import re

import pytest

from seimeibun.report.page import Document, page

META = dict.fromkeys(
    ("doc_id", "title", "doc_type", "date", "place", "source_path", "warnings"), ""
) | {"doc_id": "d"}


def document(text, annotations=(), agreements=(), **meta):
    return Document(
        META | meta,
        text,
        parties=[{"iso3": "JPN", "name": "日本国"}],
        paragraphs=[{"start": str(m.start())} for m in re.finditer(r"[^\n]+", text)],
        sentences=[
            {"sent_no": str(n), "start": str(m.start()), "end": str(m.end())}
            for n, m in enumerate(re.finditer(r"[^\n]+", text), 1)
        ],
        annotations=list(annotations),
        agreements=list(agreements),
    )


def annotation(layer, start, end, label, span_id="d#1"):
    return {
        "span_id": span_id,
        "layer": layer,
        "label": label,
        "value": "v",
        "rule": "r",
        "start": str(start),
        "end": str(end),
    }


ACT = {
    "span_id": "d#a",
    "start": "3",
    "end": "5",
    "sent_no": "1",
    "text": "歓迎",
    "category_ja": "歓迎",
    "level": "MAIN",
    "polarity": "AFF",
    "actor_text": "双方",
    "actor_resolved": "JPN;KGZ",
    "object_text": "<署名>",
    "commitment_level": "0",
}


def shown(html, read):
    return read(re.search(r"<article[^>]*>(.*)</article>", html, flags=re.DOTALL)[1])


@pytest.fixture
def read():
    from html.parser import HTMLParser

    def text_of(html):
        found = []
        reader = HTMLParser()
        reader.handle_data = found.append
        reader.feed(html)
        reader.close()
        return "".join(found)

    return text_of


@pytest.mark.parametrize(
    "text",
    [
        "双方は歓迎した。",
        "\n\n双方は\r\n歓迎\f した。\n",
        "𠮷野<b>&amp;</b>\n次の行\n",
        " 空白　も\t残る ",
    ],
)
def test_the_text_of_the_page_is_the_source_text(text, read):
    html = "".join(page(document(text, [annotation("entity", 0, 2, "COUNTRY")])))

    assert shown(html, read) == text


def test_spans_over_paragraph_ends_are_whole(read):
    text = "甲乙\n丙丁\n戊"
    html = "".join(page(document(text, [annotation("entity", 1, 4, "TREATY")])))

    assert shown(html, read) == text
    assert html.count('data-label="TREATY"') == 1


def test_an_act_leads_to_its_sentence_and_its_word():
    html = "".join(
        page(document("双方は歓迎した。", [annotation("agreement", 3, 5, "WELCOME", "d#a")], [ACT]))
    )

    assert '<a href="#s1">1</a>' in html
    assert '<a href="#a3-5">歓迎</a>' in html
    assert 'id="s1"' in html
    assert 'id="a3-5"' in html


def test_nothing_in_a_statement_is_markup():
    evil = '<script>alert(1)</script>"><img src=x onerror=alert(1)>'
    html = "".join(page(document(evil, [], [ACT], title=evil, place=evil)))

    assert "<script" not in html
    assert "<img" not in html
    assert "&lt;署名&gt;" in html


def test_a_page_asks_for_nothing_from_elsewhere():
    html = "".join(page(document("双方は歓迎した。")))

    assert "default-src 'none'" in html
    assert not re.search(r"(?:src|href)=\"(?!#)", html)
