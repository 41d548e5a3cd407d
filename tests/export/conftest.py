"""A dataset made by hand with what makes exports fail, and what it must read back as."""

from collections import Counter
from functools import cache

import pytest

from seimeibun.export.write import export
from seimeibun.tables import frames
from seimeibun.tables.schema import TABLES
from seimeibun.tables.write import write_dataset

# outside the BMP, a wrap inside a name, CRLF, a form feed, full-width signs, what a spreadsheet would run
TEXT = (
    "𠮷野𠮷子外務大臣の談話  \r\n \r\n１　日葡両国は、2031年５月に港湾近代\r\n  化計画へ＋３億円を供与することで一致した。\x0c\r\n"
    "=1+1は式ではない。5-6も同じである。 "
)
WORDS = ["𠮷野", "𠮷子", "外務大臣", "の", "談話", "１", "日葡", "両国", "は", "、", "2031", "年", "５", "月", "に", "港湾近代\r\n  化", "計画", "へ", "＋", "３", "億", "円", "を", "供与", "する", "こと", "で", "一致", "し", "た", "。", "=", "1", "+", "1", "は", "式", "で", "は", "ない", "。", "5", "-", "6", "も", "同じ", "で", "ある", "。"]  # fmt: skip
SENTENCES = ("𠮷野𠮷子外務大臣の談話", "日葡両国", "=1+1は", "5-6も")
ENDS = ("談話", "した。", "ない。", "ある。")
# layer, label, text, value, status: nested, crossing, inside a token, over a wrap, over two sentences
SPANS = (
    ("entity", "PERSON", "𠮷野𠮷子", "person/𠮷野", "pending"),
    ("entity", "POSITION", "外務大臣", "", "accepted"),
    ("entity", "COUNTRY", "日", "JPN", "pending"),
    ("entity", "COUNTRY", "葡", "PRT", "flagged"),
    ("entity", "PROGRAM", "港湾近代\r\n  化計画", "=program/1", "pending"),
    ("entity", "CONCEPT", "計画へ＋", "5-6", "pending"),
    ("entity", "LOCATION", "港湾近代\r\n  化", "", "rejected"),
    ("entity", "CONCEPT", "式ではない。5", "", "pending"),
    ("date", "DATE", "2031年５月", "2031-05", "accepted"),
    ("money", "MONEY", "３億円", "JPY 300000000", "pending"),
    ("quantity", "CARDINAL", "1+1", "1+1", "pending"),
    ("agreement", "AGREE", "一致", "AGREE", "accepted"),
)
DOC_ID = "2031 港湾"


def at(part, end=None):
    start = TEXT.index(part)
    return start, (TEXT.index(end, start) + len(end)) if end else start + len(part)


def span_id(layer, label, part):
    start, end = at(part)
    return f"{DOC_ID}#{layer}:{start}-{end}:{label}"


def words():
    position = 0
    for word in WORDS:
        start = TEXT.index(word, position)
        position = start + len(word)
        yield start, position


def row(table, **cells):
    """A row of the table with "" or None where nothing is said."""
    usual = {"string": "", "date": "", "integer": None, "decimal": None, "boolean": False}
    return {column.name: usual[column.kind] for column in TABLES[table].columns} | cells


def frame(table, rows):
    return frames.frame(
        TABLES[table], {name: [r[name] for r in rows] for name in TABLES[table].names}
    )


def _rows():
    sentences = [at(first, last) for first, last in zip(SENTENCES, ENDS, strict=True)]
    inside = {
        number: next((n for n, (s, e) in enumerate(sentences, 1) if s <= place[0] < e), None)
        for number, place in enumerate(words(), 1)
    }
    paragraphs = [at("𠮷野", "談話"), at("１", "した。"), at("=1", "ある。")]
    act, plan = (
        span_id("agreement", "AGREE", "一致"),
        span_id("entity", "PROGRAM", "港湾近代\r\n  化計画"),
    )
    place, country = (
        span_id("entity", "LOCATION", "港湾近代\r\n  化"),
        span_id("entity", "COUNTRY", "葡"),
    )
    yield "documents", [
        row("documents", doc_id=DOC_ID, title="＝談話", date="2031-05", source_path="a.txt", n_chars=len(TEXT),
            n_paragraphs=3, n_sentences=4, n_tokens=len(WORDS), n_annotations=len(SPANS), status="ok"),
    ]  # fmt: skip
    yield (
        "paragraphs",
        [
            row("paragraphs", doc_id=DOC_ID, para_no=n, kind="body", start=s, end=e)
            for n, (s, e) in enumerate(paragraphs, 1)
        ],
    )
    yield "sentences", [
        row("sentences", doc_id=DOC_ID, sent_no=n, para_no=(1, 2, 3, 3)[n - 1], kind="body", start=s, end=e,
            text=TEXT[s:e])
        for n, (s, e) in enumerate(sentences, 1)
    ]  # fmt: skip
    yield "tokens", [
        row("tokens", doc_id=DOC_ID, token_id=n, sent_no=inside[n], start=s, end=e, token="".join(TEXT[s:e].split()),
            lemma="".join(TEXT[s:e].split()), upos="NOUN", xpos="名詞", feats="Reading=ヨミ|Polarity=Neg",
            head_token_id=n + 1 if inside[n] and inside.get(n + 1) == inside[n] else None,
            dep_rel="dep" if inside.get(n + 1) == inside[n] else "ROOT", bunsetu_no=n)
        for n, (s, e) in enumerate(words(), 1)
    ]  # fmt: skip
    annotations = [
        row("annotations", span_id=span_id(layer, label, part), doc_id=DOC_ID, year=2031, layer=layer, label=label,
            start=at(part)[0], end=at(part)[1], text="".join(part.split()), value=value, source="rule",
            rule=f"{layer}/x", status=status, sentence=part * (9000 if layer == "date" else 1))
        for layer, label, part, value, status in SPANS
    ]  # fmt: skip
    yield "annotations", sorted(annotations, key=lambda r: r["span_id"])
    places = [place, country, plan]
    yield "relations", sorted(
        (
            row("relations", doc_id=DOC_ID, relation="object_has", head_span_id=act, dep_span_id=dep, start=0, end=2,
                text="一致", dep_text="何か")
            for dep in places
        ),
        key=lambda r: r["dep_span_id"],
    )  # fmt: skip
    start, end = at("2031年５月")
    yield "dates", [
        row("dates", span_id=span_id("date", "DATE", "2031年５月"), doc_id=DOC_ID, start=start, end=end, text="2031年５月",
            type="DATE", edtf="2031-05", start_date="2031-05-01", end_date="2031-05-31"),
    ]  # fmt: skip
    yield "money", _money()


def _money():
    from decimal import Decimal

    start, end = at("３億円")
    return [
        row("money", span_id=span_id("money", "MONEY", "３億円"), doc_id=DOC_ID, start=start, end=end, text="３億円",
            amount_min=Decimal("300000000.50"), amount_max=Decimal(12345678901234567), currency="JPY"),
    ]  # fmt: skip


@pytest.fixture(scope="session")
def dataset(tmp_path_factory):
    """The folder of the dataset."""
    folder = tmp_path_factory.mktemp("dataset")
    rows = dict(_rows())
    write_dataset(
        {name: frame(name, rows.get(name, [])) for name in TABLES}, {DOC_ID: TEXT}, folder
    )
    return folder


@pytest.fixture(scope="session")
def write(dataset, tmp_path_factory):
    """Return a function that exports the dataset, once a format, and gives the path and the outcome."""

    @cache
    def run(name, path="out"):
        target = tmp_path_factory.mktemp(name) / path
        return target, export(dataset, name, target)

    return run


@pytest.fixture(scope="session")
def spans():
    """Every exported span: layer, label, start, end, value; what was rejected is not exported."""
    return Counter(
        (layer, label, *at(part), value)
        for layer, label, part, value, status in SPANS
        if status != "rejected"
    )


UNALIGNED = {"日", "葡"}


@pytest.fixture(scope="session")
def aligned(spans):
    """Those that are made of whole tokens."""
    return Counter(
        {span: n for span, n in spans.items() if TEXT[span[2] : span[3]] not in UNALIGNED}
    )


@pytest.fixture(scope="session")
def text():
    return TEXT


@pytest.fixture(scope="session")
def label_layers():
    from seimeibun.tables.schema import LABELS

    return {label: layer for layer, labels in LABELS.items() for label in labels}
