"""The same statement in any layout gives the same clean text and the same structure."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from seimeibun.sources import read_text
from seimeibun.statement import read_statement
from seimeibun.statement.lines import columns

FULL_WIDTH = {code: code + 0xFEE0 for code in range(0x21, 0x7F)} | {0x20: 0x3000}
NOT_FIRST, NOT_LAST = "、。，．」』）)・", "「『（("

PARAGRAPHS = (
    ("title", "日本国とサモア独立国との間の津波防災に関する共同声明"),
    ("body", "2010年6月4日、アピアにおいて、日本国外務大臣とサモア独立国外務大臣（以下、「両大臣」という。）は会談を行い、次のとおり表明した。"),
    ("heading", "Ⅰ．観測と情報"),
    ("body", "1 両大臣は、潮位計（GPS波浪計を含む。）12基の設置が2009年9月29日の津波の教訓を生かすものであることを確認した。また、両大臣は、Samoa Meteorology Divisionの職員の研修を歓迎した。"),
    ("body", "2 サモア側は、日本の無償資金協力3億4,200万円に対して謝意を表明し、これに関連して、観測の結果を地域の国々と共有する意図を有することを説明した。"),
    ("heading", "Ⅱ．人の交流"),
    ("body", "3 両大臣は、学校における防災教育が次の世代を守るために欠くことのできないものであるとの認識で一致し、教員の相互訪問を毎年実施することを決定した。"),
    ("body", "両大臣は、経験を語り継ぐ催しを両国で開くことの意義を強調した。"),
    ("signature", "2010年6月4日、アピアにおいて署名された。"),
    ("signature", "日本国外務大臣"),
    ("signature", "サモア独立国外務大臣"),
)  # fmt: skip


def by_signs(text: str, width: int) -> list[str]:
    return [text[at : at + width] for at in range(0, len(text), width)]


def by_columns(text: str, width: int) -> list[str]:
    """Wrap as a typesetter does: words whole, no 、 at the beginning of a line, no 「 at its end."""
    lines, line = [], ""
    for unit in re.findall(r"[!-~]+|.", text):
        word = unit
        if line and columns(line) + columns(word) > 2 * width:
            if word in NOT_FIRST:
                line, word = line[:-1], line[-1] + word
            if line and line[-1] in NOT_LAST:
                line, word = line[:-1], line[-1] + word
            lines.append(line)
            line = ""
        line = (line + word).lstrip(" ") if lines else line + word
    return [part.rstrip(" ") for part in (*lines, line)]


def unwrapped(text: str, _: int) -> list[str]:
    return [text]


def set_out(paragraphs, *, wrap, width, between, within, full_width, indent, newline):
    blocks = []
    for kind, paragraph in paragraphs:
        text = paragraph.translate(FULL_WIDTH) if full_width else paragraph
        numbered = re.match("[0-9０-９]", text)
        text = "　" + text if indent and kind == "body" and not numbered else text
        blocks.append((newline * (1 + within)).join(wrap(text, width)))
    return (newline * (1 + between)).join(blocks)


layouts = st.fixed_dictionaries(
    {
        "wrap": st.sampled_from([unwrapped, by_signs, by_columns]),
        "width": st.integers(21, 60),
        "full_width": st.booleans(),
        "indent": st.booleans(),
        "newline": st.sampled_from(["\n", "\r\n"]),
    }
)


def sentences(statement):
    return [(s.kind, statement.text[s.start : s.end]) for s in statement.sentences]


def structure(statement):
    return [(p.kind, p.number, p.heading) for p in statement.paragraphs]


def metadata(statement):
    parties = [(party.iso3, party.role) for party in statement.parties]
    return statement.doc_type, statement.date, statement.place, parties


REFERENCE = read_statement("\n".join(text for _, text in PARAGRAPHS))


def test_the_reference_is_read_as_meant():
    assert [p.kind for p in REFERENCE.paragraphs] == [kind for kind, _ in PARAGRAPHS]


@settings(deadline=None, max_examples=150)
@given(layouts, st.sampled_from([(1, 0), (2, 1), (2, 0)]))
def test_paragraphs_set_apart_are_found_in_any_layout(layout, gaps):
    between, within = gaps
    text = set_out(PARAGRAPHS, **layout, between=between, within=within)
    statement = read_statement(text)

    assert statement.text == REFERENCE.text
    assert structure(statement) == structure(REFERENCE)
    assert sentences(statement) == sentences(REFERENCE)
    assert metadata(statement) == metadata(REFERENCE)


@settings(deadline=None, max_examples=150)
@given(layouts)
def test_sentences_are_found_where_nothing_parts_paragraphs(layout):
    statement = read_statement(set_out(PARAGRAPHS, **layout, between=0, within=0))

    assert sentences(statement) == sentences(REFERENCE)
    assert metadata(statement) == metadata(REFERENCE)


@pytest.mark.corpus
@pytest.mark.parametrize("name", ["2014", "2025"])
@pytest.mark.parametrize("wrap", [unwrapped, by_signs, by_columns], ids=lambda wrap: wrap.__name__)
@pytest.mark.parametrize("full_width", [False, True])
def test_the_references_in_other_layouts(corpus, name, wrap, full_width):
    path = next((corpus / "statements").glob(f"{name}*"))
    reference = read_statement(read_text(path))
    paragraphs = [(p.kind, reference.text[p.start : p.end]) for p in reference.paragraphs]
    for width in (24, 31, 37, 40):
        text = set_out(
            paragraphs,
            wrap=wrap,
            width=width,
            between=1,
            within=0,
            full_width=full_width,
            indent=True,
            newline="\n",
        )
        statement = read_statement(text)
        assert sentences(statement) == sentences(reference)
        assert metadata(statement) == metadata(reference)


@pytest.mark.corpus
def test_every_speech_is_read_without_a_break_inside_a_sentence(corpus):
    for path in sorted((corpus / "speeches").glob("*.txt")):
        statement = read_statement(read_text(path))
        assert (statement.title, statement.date_source) == ("", "file_name")
        body = [p for p in statement.paragraphs if p.kind == "body"]
        assert body[0] == statement.paragraphs[0]
        assert all(statement.text[p.end - 1] in "。)」？！、" for p in body), path.name
