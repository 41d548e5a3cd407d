"""A row of a review sheet: which span it is about, and how that should stand."""

from collections.abc import Mapping
from typing import NoReturn

from seimeibun.export.review_sheet import ACCEPT, ADD, CORRECT, GIVEN, REJECT, VERDICTS, YES
from seimeibun.review.events import make_span_id, parse_span_id
from seimeibun.review.machine import Document
from seimeibun.review.settling import Wanted
from seimeibun.review.sheet import RULE, given
from seimeibun.review.sheet_cells import Line
from seimeibun.review.sheet_places import find_near, find_stretch, parse_place
from seimeibun.review.sheet_values import STRETCHES, read
from seimeibun.review.state import Span
from seimeibun.review.values import RefusalError
from seimeibun.tables.schema import LABELS

TICKS = frozenset({YES, "〇", "◯"})
_CORRECTIONS = ("修正後テキスト", "修正後位置", "修正後ラベル", "修正後の値")
_OF_A_RUN = frozenset({"value", "sentence"})  # what another run may make otherwise
_GREY = "灰色の列は変えられません"


class ProblemError(ValueError):
    """What is wrong with a cell: its column, and words for the reviewer."""

    def __init__(self, column: str, message: str) -> None:
        self.column = column
        super().__init__(message)


def refuse(column: str, message: str) -> NoReturn:
    raise ProblemError(column, message)


def span_of_line(
    line: Line, document: Document, rows: Mapping[str, Mapping[str, str]], *, same_run: bool
) -> tuple[str, Span]:
    """Return the id and the place of the span that a row is about, as its grey columns say.

    ``rows`` are those that would be written now; values are compared only if the run is the same.
    """
    span_id = line["span_id"]
    if not span_id:
        return _added(line, document)
    try:
        place = parse_span_id(span_id)
    except ValueError:
        refuse("span_id", f"「{span_id}」は注釈の識別子ではありません。{_GREY}")
    span = Span(place.layer, place.label, place.start, place.end)
    if (
        span_id != span.span_id(document.doc_id)
        or span.end > len(document.text)
        or span.label not in LABELS.get(span.layer, ())
    ):
        refuse("span_id", f"「{span_id}」は {document.doc_id} の注釈ではありません。{_GREY}")
    known = rows.get(span_id) or given(document, span_id, span)
    for name in GIVEN:
        if line[name] != known[name] and (same_run or name not in _OF_A_RUN):
            refuse(
                name,
                f"は「{short(known[name])}」ですが、シートでは「{short(line[name])}」です。{_GREY}。"
                "直すときは黄色の列に書きます",
            )
    return span_id, span


def _added(line: Line, document: Document) -> tuple[str, Span]:
    """Return the span that a row without identifier adds."""
    if line["判定"] != ADD:
        found = f"が「{line['判定']}」ですが" if line["判定"] else "が空欄で"
        refuse("判定", f"{found}span_id もありません。新しい注釈なら {ADD} を選びます")
    layer, label = line["layer"], line["修正後ラベル"] or line["label"]
    if layer not in LABELS:
        refuse("layer", f"「{layer}」という層はありません。層: {'、'.join(LABELS)}")
    _check_label(layer, label)
    quote = line["修正後テキスト"] or line["text"]
    if line["修正後位置"]:
        start, end = _place(line, document.text, quote)
    elif quote:
        within = _sentence(line, document.text)
        start, end = _only(find_near(document.text, quote, within=within), quote)
    else:
        refuse("修正後テキスト", "が空です。追加する文字列を本文のとおりに書いてください")
    span = Span(layer, label, start, end)
    return make_span_id(document.doc_id, *span), span


def _sentence(line: Line, text: str) -> tuple[int, int] | None:
    """Return where the sentence of the row stands, if the reviewer wrote one."""
    if not line["sentence"]:
        return None
    found = find_near(text, line["sentence"])
    if len(found) != 1:
        refuse("sentence", f"「{short(line['sentence'])}」は本文に {len(found)} か所あります")
    return found[0]


def wanted_of_line(line: Line, document: Document, origin: Span) -> Wanted:
    """Return how the span, once at ``origin``, should stand; raises :class:`ProblemError`."""
    verdict, new = line["判定"], not line["span_id"]
    if verdict not in {*VERDICTS, ""}:
        refuse("判定", f"が「{verdict}」です。{'、'.join(VERDICTS)} のどれか、または空欄です")
    if line["要確認"] not in {*TICKS, ""}:
        refuse("要確認", f"が「{line['要確認']}」です。{YES} か空欄です")
    filled = [name for name in _CORRECTIONS if line[name] and not new]
    if filled and verdict in {"", ACCEPT}:
        said = f"判定が「{verdict}」" if verdict else "判定が空欄"
        refuse(
            filled[0], f"に記入がありますが、{said}です。{CORRECT} を選ぶか、記入を消してください"
        )
    span = origin if new else _corrected(line, document, origin)
    values = _values(line, document, span)
    if verdict == CORRECT and span == origin and not values:
        refuse("判定", f"が {CORRECT} ですが、修正後の列が空か、もとのままです")
    return Wanted(
        decision={REJECT: "rejected", "": ""}.get(verdict, "accepted"),
        span=span,
        values=values,
        added=verdict == ADD,
        flagged=line["要確認"] in TICKS,
        comments=_comments(line["コメント"]),
    )


def _comments(cell: str) -> tuple[str, ...]:
    parts = f"\n{cell}\n".split(RULE)
    return tuple(part.strip() for part in parts if part.strip())


def _corrected(line: Line, document: Document, origin: Span) -> Span:
    label = line["修正後ラベル"] or origin.label
    _check_label(origin.layer, label)
    quote = line["修正後テキスト"]
    start, end = origin.start, origin.end
    if line["修正後位置"]:
        start, end = _place(line, document.text, quote)
    elif quote and _bare(quote) != _bare(document.text[start:end]):
        start, end = _only(find_near(document.text, quote, around=(start, end)), quote)
    return Span(origin.layer, label, start, end)


def _check_label(layer: str, label: str) -> None:
    if label not in LABELS[layer]:
        known = "、".join(LABELS[layer])
        refuse("修正後ラベル", f"「{label}」は層 {layer} のラベルではありません。ラベル: {known}")


def _place(line: Line, text: str, quote: str) -> tuple[int, int]:
    place, cell = parse_place(line["修正後位置"]), line["修正後位置"]
    if place is None or not 0 <= place[0] < place[1] <= len(text):
        refuse("修正後位置", f"「{cell}」は本文(0–{len(text)})の 開始-終了 ではありません")
    found = text[slice(*place)]
    if quote and _bare(found) != _bare(quote):
        said = f"{cell} の本文は「{short(found)}」で、修正後テキストの「{short(quote)}」と違います"
        refuse("修正後位置", said)
    return place


def _only(found: list[tuple[int, int]], quote: str) -> tuple[int, int]:
    if not found:
        said = f"「{short(quote)}」は本文の近くにありません。本文のとおりに書いてください"
        refuse("修正後テキスト", said)
    if len(found) > 1:
        places = "、".join(f"{start}-{end}" for start, end in found[:5])
        said = f"「{short(quote)}」は {len(found)} か所あります({places})。修正後位置 にどれかを書いてください"
        refuse("修正後テキスト", said)
    return found[0]


def _values(line: Line, document: Document, span: Span) -> dict[str, str]:
    if not line["修正後の値"]:
        return {}
    try:
        values = read(span.layer, line["修正後の値"])
        for name in sorted(STRETCHES & values.keys()):
            quote = values.pop(name)
            start, end = find_stretch(document.text, quote, _sentence_at(document, span), name)
            values |= {
                f"{name}_text": document.quote(start, end),
                f"{name}_start": str(start),
                f"{name}_end": str(end),
            }
    except RefusalError as error:
        refuse("修正後の値", str(error))
    return values


def _sentence_at(document: Document, span: Span) -> tuple[int, int] | None:
    sentence = document.sentence_at(span.start)
    return (int(sentence["start"]), int(sentence["end"])) if sentence else None


def _bare(text: str) -> str:
    return "".join(text.split())


def short(text: str) -> str:
    return text if len(text) <= 40 else text[:40] + "…"
