"""brat stand-off: ``<doc_id>.txt`` and ``.ann``, ``annotation.conf`` and ``visual.conf``.

Carried: nested and crossing spans, relations; value and source as a note (``AnnotatorNotes``), state of
review as an attribute. Offsets are code points. brat reads text with universal newlines, so a CR is
written as a space, and it takes no span over a line end, so such a span is written in pieces
(``T1 DATE 3 5;6 8``) whose text is joined by a space. Not carried: the tables of dates, money and acts
beyond the value.
"""

import re
from collections.abc import Iterator
from pathlib import Path

from seimeibun.export.dataset import Dataset, Document, Span
from seimeibun.export.files import write_text
from seimeibun.export.outcome import Outcome
from seimeibun.export.textual import plain_newlines
from seimeibun.export.unlinked import unlinked
from seimeibun.tables.schema import LABELS, RELATIONS

_LINE = re.compile(r"[^\n]+")
_COLOURS = {
    "entity": "#cfe8cf",
    "date": "#cfe0f5",
    "money": "#f8e3b0",
    "quantity": "#e6e0f0",
    "agreement": "#f5cfcf",
}


def write(dataset: Dataset, path: Path) -> Outcome:
    outcome = Outcome()
    for document in dataset.documents():
        text = plain_newlines(document.text)
        outcome.files += [
            write_text(path / f"{document.doc_id}.txt", text),
            write_text(path / f"{document.doc_id}.ann", _annotations(document, text)),
        ]
        outcome.documents += 1
        outcome.spans += len(document.spans)
        outcome.relations += len(document.relations)
        outcome.left_out += unlinked(document)
    outcome.files += [
        write_text(path / "annotation.conf", _annotation_conf()),
        write_text(path / "visual.conf", _visual_conf()),
    ]
    return outcome


def fragments(text: str, start: int, end: int) -> list[tuple[int, int]]:
    r"""Return the parts of ``text[start:end]`` within its lines, without the blanks of a wrap.

    >>> fragments("ビシュ \nケク市", 0, 7)
    [(0, 3), (5, 7)]
    """
    parts = []
    for line in _LINE.finditer(text, start, end):
        stripped = line[0].strip()
        if stripped:
            begin = line.start() + line[0].index(stripped)
            parts.append((begin, begin + len(stripped)))
    return parts


def _annotations(document: Document, text: str) -> Iterator[str]:
    numbers = {}
    for number, span in enumerate(document.spans, 1):
        numbers[span.span_id] = f"T{number}"
        parts = fragments(text, span.start, span.end)
        places = ";".join(f"{start} {end}" for start, end in parts)
        covered = " ".join(text[start:end] for start, end in parts)
        yield f"T{number}\t{span.label} {places}\t{covered}\n"
        yield f"A{number}\tStatus T{number} {span.row['status']}\n"
        if note := _note(span):
            yield f"#{number}\tAnnotatorNotes T{number}\t{note}\n"
    for number, relation in enumerate(document.relations, 1):
        head, dep = numbers[relation.head.span_id], numbers[relation.dep.span_id]
        yield f"R{number}\t{relation.name} Arg1:{head} Arg2:{dep}\n"


def _note(span: Span) -> str:
    """Return value and source on one line, as ``value=JPN source=gazetteer``."""
    pairs = ((name, " ".join(span.row[name].split())) for name in ("value", "source", "rule"))
    return " ".join(f"{name}={value}" for name, value in pairs if value)


def _annotation_conf() -> Iterator[str]:
    yield "[entities]\n"
    for layer, labels in LABELS.items():
        yield f"!{layer}\n"
        yield from (f"\t{label}\n" for label in labels)
    yield "\n[relations]\n\n"
    yield from (f"{name}\tArg1:<ENTITY>, Arg2:<ENTITY>\n" for name in RELATIONS)
    yield "<OVERLAP>\tArg1:<ENTITY>, Arg2:<ENTITY>, <OVL-TYPE>:<ANY>\n"
    yield "\n[events]\n\n[attributes]\n\n"
    yield "Status\tArg:<ENTITY>, Value:pending|accepted|rejected|flagged\n"


def _visual_conf() -> Iterator[str]:
    yield "[labels]\n\n[drawing]\n\n"
    yield "SPAN_DEFAULT\tfgColor:black, bgColor:#eeeeee, borderColor:darken\n"
    for layer, labels in LABELS.items():
        yield from (f"{label}\tbgColor:{_COLOURS[layer]}\n" for label in labels)
