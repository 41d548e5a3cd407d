"""The page of one document: the marked text, and beside it the table of its agreement acts."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from importlib.resources import files
from typing import NamedTuple

from seimeibun.report.marking import Mark, escape, marked

Row = Mapping[str, str]

LAYERS = {
    "agreement": "合意行為",
    "entity": "固有表現",
    "date": "日付",
    "money": "金額",
    "quantity": "数量",
}
_META = {
    "doc_type": "種類",
    "date": "日付",
    "place": "場所",
    "source_path": "ファイル",
    "warnings": "注意",
}
_ACT_COLUMNS = {
    "text": "行為",
    "category_ja": "種類",
    "actor": "主体",
    "object_text": "内容",
    "commitment_level": "強さ",
}


class Document(NamedTuple):
    """What the tables say of one document; offsets are code points into ``text``."""

    meta: Row
    text: str
    parties: list[Row]
    paragraphs: list[Row]
    sentences: list[Row]
    annotations: list[Row]
    agreements: list[Row]


@cache
def _style() -> str:
    return (files("seimeibun.report") / "style.css").read_text(encoding="utf-8")


def head(title: str) -> str:
    """Return the beginning of a page; its policy lets nothing load and nothing run."""
    return (
        '<!DOCTYPE html>\n<html lang="ja">\n<head>\n<meta charset="utf-8">\n'
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n"
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escape(title)}</title>\n<style>\n{_style()}</style>\n</head>\n"
    )


def page(document: Document) -> Iterator[str]:
    """Yield the page piece by piece; the text of ``#text`` is the source text, sign for sign."""
    meta = document.meta
    title = meta["title"] or meta["doc_id"]
    yield head(title)
    yield f"<body>\n<header>\n<h1>{escape(title)}</h1>\n"
    yield from _facts(document)
    yield from _legend(document.annotations)
    yield '</header>\n<main>\n<article id="text" lang="ja">'
    yield from _text(document)
    yield "</article>\n<aside>\n"
    yield from _acts(document.agreements)
    yield "</aside>\n</main>\n</body>\n</html>\n"


def _facts(document: Document) -> Iterator[str]:
    yield '<dl class="facts">\n'
    for name, label in _META.items():
        if document.meta[name]:
            yield f"<div><dt>{label}</dt><dd>{escape(document.meta[name])}</dd></div>\n"
    parties = "、".join(party["name"] or party["iso3"] for party in document.parties)
    if parties:
        yield f"<div><dt>当事者</dt><dd>{escape(parties)}</dd></div>\n"
    yield "</dl>\n"


def _legend(annotations: Iterable[Row]) -> Iterator[str]:
    counts = Counter((row["layer"], row["label"]) for row in annotations)
    yield '<ul class="legend">\n'
    for layer, name in LAYERS.items():
        labels = [(label, n) for (of, label), n in sorted(counts.items()) if of == layer]
        if labels:
            items = "、".join(f"{escape(label)}&nbsp;{n}" for label, n in labels)
            yield f'<li><span class="key {layer}">{name}</span> {items}</li>\n'
    yield "</ul>\n"


def _text(document: Document) -> Iterator[str]:
    """Yield the text in blocks, a paragraph each, so that a browser lays out only what is seen."""
    marks = iter(_marks(document))
    mark = next(marks, None)
    for start, end in _blocks(document):
        inside = []
        while mark is not None and mark.start < end:
            inside.append(mark)
            mark = next(marks, None)
        yield '<div class="block">'
        yield from marked(document.text, inside, start=start, end=end)
        yield "</div>"


def _blocks(document: Document) -> Iterator[tuple[int, int]]:
    """Yield ranges that tile the text, cut where a paragraph begins and no span goes on."""
    length, start, reach = len(document.text), 0, 0
    spans = iter(sorted((int(row["start"]), int(row["end"])) for row in document.annotations))
    span = next(spans, None)
    for cut in [int(row["start"]) for row in document.paragraphs]:
        while span is not None and span[0] < cut:
            reach = max(reach, span[1])
            span = next(spans, None)
        if start < cut and reach <= cut:
            yield start, cut
            start = cut
    if start < length:
        yield start, length


def _marks(document: Document) -> list[Mark]:
    acts = {row["span_id"]: row for row in document.agreements}
    marks = [_sentence(row) for row in document.sentences]
    marks += [_span(row, acts.get(row["span_id"])) for row in document.annotations]
    return sorted(marks, key=lambda mark: (mark.start, -mark.end, mark.element != "span"))


def _sentence(row: Row) -> Mark:
    return Mark(int(row["start"]), int(row["end"]), "span", first={"id": f"s{row['sent_no']}"})


def _span(row: Row, act: Row | None) -> Mark:
    shown = act["category_ja"] if act else row["label"]
    hint = " ".join(filter(None, [row["label"], row["value"], f"({row['rule']})"]))
    first = {"data-label": shown}
    if act:
        first["id"] = _anchor(row)
    every = {"class": row["layer"], "title": hint}
    return Mark(int(row["start"]), int(row["end"]), "mark", first=first, every=every)


def _anchor(row: Row) -> str:
    return f"a{row['start']}-{row['end']}"


def _acts(agreements: Iterable[Row]) -> Iterator[str]:
    yield '<h2>合意行為</h2>\n<table>\n<thead><tr><th scope="col">文</th>'
    yield "".join(f'<th scope="col">{label}</th>' for label in _ACT_COLUMNS.values())
    yield "</tr></thead>\n<tbody>\n"
    for row in agreements:
        yield f'<tr class="{escape(row["level"].lower())}">'
        yield f'<td><a href="#s{escape(row["sent_no"])}">{escape(row["sent_no"])}</a></td>'
        yield "".join(f"<td>{_cell(row, name)}</td>" for name in _ACT_COLUMNS)
        yield "</tr>\n"
    yield "</tbody>\n</table>\n"


def _cell(row: Row, name: str) -> str:
    if name == "text":
        negated = " <small>否定</small>" if row["polarity"] == "NEG" else ""
        return f'<a href="#{_anchor(row)}">{escape(row["text"])}</a>{negated}'
    if name == "actor":
        resolved = f" <small>{escape(row['actor_resolved'].replace(';', ' '))}</small>"
        return escape(row["actor_text"]) + (resolved if row["actor_resolved"] else "")
    return escape(row[name])
