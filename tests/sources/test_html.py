"""Web pages: what is taken, what is dropped, and that all of it is counted."""

import codecs
import hashlib

import pytest

from seimeibun.rules import read_rules
from seimeibun.sources import SourceError
from seimeibun.sources.html import extract
from seimeibun.sources.profiles import NAME, profile_of
from seimeibun.sources.reading import source_from

KEYS = [
    "id",
    "hosts",
    "titles",
    "texts",
    "main",
    "drop",
    "drop_body",
    "drop_sections",
    "drop_lines",
    "begin",
    "examples",
]
EXAMPLES = [
    (rule["id"], example["html"], example["text"])
    for rule in read_rules(NAME, KEYS)
    for example in rule["examples"]
]
TEXT = "双方は、𠮷田・髙橋・﨑山の⽇本の⺠間①㈱～〜－―で一致した。"


@pytest.mark.parametrize(("_name", "markup", "text"), EXAMPLES)
def test_profiles_take_the_statement_of_their_examples(_name, markup, text):
    found = extract(markup)

    assert (found.text, found.unaccounted) == (text, 0)


@pytest.mark.parametrize(
    ("address", "title", "text", "profile"),
    [
        ("https://www.mofa.go.jp/mofaj/press/release.html", "", "", "mofa"),
        ("https://www.kantei.go.jp:443/jp/", "", "", "kantei"),
        ("https://www.ioc.u-tokyo.ac.jp/~worldjpn/documents/x.html", "", "", "worldjpn"),
        ("https://example.jp/?mofa.go.jpx", "", "", "generic"),
        ("https://notmofa.go.jp/", "", "", "generic"),
        ("", "共同声明｜外務省", "", "mofa"),
        ("", "声明", "[文書名] 声明\n[年月日] 2025年", "worldjpn"),
        ("", "声明", "[文書名] 声明", "generic"),
    ],
)
def test_sites_are_known_by_address_title_or_text(address, title, text, profile):
    assert profile_of([address] if address else [], title, text).id == profile


@pytest.mark.parametrize(
    "head",
    [
        '<link rel="canonical" href="https://www.mofa.go.jp/x.html">',
        '<meta property="og:url" content="https://www.mofa.go.jp/x.html">',
        "<!-- saved from url=(0031)https://www.mofa.go.jp/x.html -->",
    ],
)
def test_saved_pages_say_where_they_are_from(head):
    markup = f"<html>{head}<body><p>外</p><div id=maincontents><p>双方は、一致した。</p><h2>関連リンク</h2><p>国</p></div>"

    assert extract(markup).text == "双方は、一致した。"


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("<p>双方は、\n   協力を\r\n確認した。</p>", "双方は、協力を確認した。"),
        ("<p>Joint\n Statement の\n発表</p>", "Joint Statement の発表"),
        ("<p>双方は 協力を</p>", "双方は 協力を"),
        ("<p>　双方は、</p>", "　双方は、"),
        ("<p>双方は、<b>協\n力</b>\nを<i>確認</i>した。</p>", "双方は、協力を確認した。"),
        ("<p>一<br>二<br/>三</p><p>四</p>", "一\n二\n三\n四"),
        ("<p>一<br><br>二</p>", "一\n\n二"),
        ("<p>一<p>二<p>三", "一\n二\n三"),
        ("<ul><li>一<li>二<ul><li>三</ul></ul>", "一\n二\n三"),
        ("<ol><li>一を確認した。<li>二を確認した。</ol>", "1. 一を確認した。\n2. 二を確認した。"),
        ("<ol start=3 type=a><li>歓迎<li value=7>確認</ol>", "c. 歓迎\ng. 確認"),
        ("<ol><li>1 双方は<li>（２）両国は<li>③ 両者は</ol>", "1 双方は\n（２）両国は\n③ 両者は"),
        ("<ol style='list-style: none'><li>双方は</ol>", "双方は"),
        ("<table><tr><th>場所<td>東京<tr><th>期日<td>3日</table>", "場所\t東京\n期日\t3日"),
        ("<table><tr><td><p>一</p><p>二</p><td>三</table>", "一\n二\n三"),
        ("<dl><dt>場所<dd>東京</dl>", "場所\n東京"),
        ("<pre>双方は、\n\n  協力 を\n</pre>", "双方は、\n\n  協力 を"),
        ("<p>東京<ruby>都<rp>（</rp><rt>と</rt><rp>）</rp></ruby>で</p>", "東京都で"),
        ("<p>A&amp;B &lt;協力&gt;&nbsp;&#x20BB7;&#12539;</p>", "A&B <協力>\xa0𠮷・"),
        ("<p>見える<span hidden>隠</span><span style='display : none'>隠</span></p>", "見える"),
        ("<p>双方は<!-- 注 --><script>x</script><style>y</style>、</p>", "双方は、"),
        ("<body><p>一</p>\n二\n<div>三<p>四</p>五</div>", "一\n二\n三\n四\n五"),
    ],
)  # fmt: skip
def test_blocks_lists_tables_and_ruby(markup, text):
    found = extract(markup)

    assert (found.text, found.unaccounted) == (text, 0)


def test_the_dropped_share_is_known_and_a_large_one_said(make_html, read):
    source = read(make_html("双方は、一致した。").encode())

    assert source.n_source_chars - source.n_dropped == 9
    assert source.dropped_share == pytest.approx(13 / 22)
    assert source.warnings == (
        "59% of the characters were dropped (head 5, navigation 3, outside 5)",
    )


def test_a_part_with_little_of_the_page_is_not_taken_for_the_statement():
    markup = f"<main>お知らせ</main><div>{'双方は、協力で一致した。' * 9}</div>"

    assert extract(markup).text.endswith("協力で一致した。")


def test_a_selector_says_where_the_statement_stands():
    markup = "<div class=a>双方は、</div><main>別</main><div class=a>一致した。</div>"

    assert extract(markup, selector="div.a").text == "双方は、\n一致した。"


@pytest.mark.parametrize(("selector", "words"), [(".none", "matches"), ("div[", "no CSS selector")])
def test_a_selector_that_finds_nothing_is_an_error(selector, words):
    with pytest.raises(SourceError, match=words):
        source_from(b"<p>x</p>", "a.html", selector=selector)


@pytest.mark.parametrize(
    ("charset", "declared", "method"),
    [
        ("utf-8", "utf-8", "utf-8"),
        ("utf-8", "Shift_JIS", "utf-8"),  # saved anew; the page still says what it was
        ("cp932", "Shift_JIS", "declared"),
        ("cp932", "utf-8", "plausibility"),
        ("cp932", "", "plausibility"),
        ("euc_jp", "EUC-JP", "declared"),
        ("iso2022_jp", "ISO-2022-JP", "escape"),
    ],
)
def test_pages_are_decoded_by_their_bytes_then_by_what_they_declare(
    read, charset, declared, method
):
    markup = f'<html><meta charset="{declared}"><p>{TEXT}</p>'
    data = markup.encode(charset, "xmlcharrefreplace")
    source = read(data)

    # the one wave dash that cp932 has is read as browsers read it
    assert source.text == (TEXT.replace("〜", "～") if charset == "cp932" else TEXT)
    assert (source.media_type, source.encoding_method) == ("text/html", method)
    assert source.sha256 == hashlib.sha256(data).hexdigest()


@pytest.mark.parametrize("bom", [codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE])
def test_pages_with_a_byte_order_mark(read, bom):
    encoding = {2: "utf-16-le" if bom == codecs.BOM_UTF16_LE else "utf-16-be"}.get(
        len(bom), "utf-8"
    )
    source = read(bom + f"<html><p>{TEXT}".encode(encoding))

    assert (source.text, source.encoding, source.bom) == (TEXT, encoding, True)


def test_a_given_encoding_overrides(read):
    assert read(f"<p>{TEXT}".encode(), encoding="utf-8").encoding_method == "given"


@pytest.mark.parametrize(
    "text", ["声明<html>", "<共同声明>\n双方は", "< 5 の場合は", "<<外>>は", "<b というのは"]
)
def test_text_with_a_sign_of_markup_stays_text(read, text):
    assert read(text.encode()).media_type == "text/plain"


@pytest.mark.parametrize(
    "markup",
    ["<!DOCTYPE html><p>声明", "\n <HTML><p>声明", '<?xml version="1.0"?><html><p>声明', "<!-- x --><div>声明</div>", "<h1>声明</h1>"],
)  # fmt: skip
def test_markup_is_known_by_content(read, markup):
    assert (read(markup.encode()).text, read(markup.encode()).media_type) == ("声明", "text/html")


@pytest.mark.parametrize(
    "markup",
    [
        "<div>" * 20_000 + "声明", "<p>声明" * 5_000, "<ol><li>" * 2_000 + "声明", "<b " + "x " * 9_000 + ">声明",
        "<h1>声明" * 20_000, "<b><title>題</title>" * 20_000 + "声明",
        "<title>外務省</title><div id=maincontents><p>声明</p>" + "<h2>関連リンク</h2><p>国</p>" * 20_000,
    ],
    ids=["div", "p", "ol", "attributes", "headings", "titles", "links"],
)  # fmt: skip
def test_depth_and_number_are_no_matter(read, markup):
    assert "声明" in read(("<html>" + markup).encode()).text


@pytest.mark.parametrize("unit", ["<a ", "<a href='", "<!--", "<![CDATA[", "</x "])
def test_tags_that_never_end_are_refused_at_once(read, unit):
    with pytest.raises(SourceError) as error:
        read(("<html><p>声明" + unit * 20_000).encode())

    assert error.value.code == "damaged"
    assert "never ends" in str(error.value)


def test_what_utf8_cannot_hold_is_replaced_and_said(read):
    source = read("<p>双方&#xD800;は&#0;一致</p>".encode())

    assert source.text.encode("utf-8")
    assert source.text.startswith("双方\ufffdは")


def test_a_page_without_text_is_an_error_that_says_what_was_dropped(read):
    with pytest.raises(SourceError, match="no text was found; 4 characters were dropped"):
        read("<html><title>声明</title><nav>一覧</nav>".encode())


def test_controls_of_direction_are_said(read):
    assert any("direction" in w for w in read("<p>双方\u202eは一致した。".encode()).warnings)
    assert any("direction" in w for w in read("双方\u202eは一致した。".encode()).warnings)


def test_what_is_struck_out_is_left_out_and_said(read):
    source = read("<p>双方は、<del>二億円</del><s>と</s>三億円を供与する。</p>".encode())

    assert source.text == "双方は、三億円を供与する。"
    assert "4 characters that are struck out (取消線) left out" in source.warnings


@pytest.mark.parametrize(
    ("page", "words"),
    [
        ("<frameset><frame src=menu.html><frame src=a/main.html></frameset>", "menu.html, a/main"),
        ("<body><div id=root></div><script>render()</script></body>", "scripts write the text"),
    ],
)
def test_a_page_whose_text_is_elsewhere_says_where(read, page, words):
    noscript = "<noframes>フレームを使っています。</noframes>" if "frameset" in page else ""

    with pytest.raises(SourceError, match=words):
        read(f"<html><title>声明</title>{page}{noscript}</html>".encode())


def test_other_xml_is_no_text(read):
    with pytest.raises(SourceError, match="an XML file of another kind"):
        read('<?xml version="1.0"?><rss><title>声明</title></rss>'.encode())


def test_links_in_tables_before_the_text_are_no_text(read):
    menu = "<tr><td><a href=1>ホーム</a><td>｜<td><a href=2>お問い合わせ</a>"
    side = "<td><a href=3>トップ</a><br><a href=4>報道</a></td>"
    text = "<td><h1><a href=5>共同声明</a></h1><p>双方は、会談した。</p>"
    after = "<ul><li><a href=6>附属書一</a><li><a href=7>附属書二</a></ul>"

    source = read(f"<table>{menu}</table><table><tr>{side}{text}{after}</table>".encode())

    assert source.text == "共同声明\n双方は、会談した。\n附属書一\n附属書二"
    assert source.n_dropped == len("ホーム｜お問い合わせトップ報道")
