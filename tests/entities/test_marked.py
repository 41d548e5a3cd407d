"""Invented statements with marked mentions: what is found, and under which type."""

import re
from pathlib import Path

import pytest

LABELS = {
    "PE": "PERSON",
    "PO": "POSITION",
    "C": "COUNTRY",
    "R": "REGION",
    "CI": "CITY",
    "L": "LOCATION",
    "F": "FACILITY",
    "O": "ORGANIZATION",
    "G": "GOVERNMENT_BODY",
    "E": "EVENT",
    "T": "TREATY",
    "P": "PROGRAM",
    "CO": "CONCEPT",
    "LA": "LANGUAGE",
    "N": "NATIONALITY",
}
OPENING = re.compile(r"<([A-Z]+)(\?)?:")
LEAST_F1 = 0.95  # of all statements together
LEAST_TYPES = 0.97


def parse(marked):
    """Return the text without marks, and the mentions as (start, end, label, optional)."""
    text, opened, mentions, position = "", [], [], 0
    while position < len(marked):
        if mark := OPENING.match(marked, position):
            opened.append((len(text), LABELS[mark[1]], bool(mark[2])))
            position = mark.end()
            continue
        if marked[position] == ">":
            start, label, optional = opened.pop()
            mentions.append((start, len(text), label, optional))
        else:
            text += marked[position]
        position += 1
    return text, mentions


def read_statements():
    path = Path(__file__).parent / "data" / "marked.txt"
    blocks = re.split(r"(?m)^== (.+)\n", path.read_text(encoding="utf-8"))[1:]
    return {name: parse(body.strip()) for name, body in zip(blocks[::2], blocks[1::2], strict=True)}


STATEMENTS = read_statements()


@pytest.mark.model
def test_marked_mentions_are_found(nlp):
    right = missed = extra = typed = 0
    wrong = []
    for name, (text, mentions) in STATEMENTS.items():
        found = {
            (span.start_char, span.end_char): span.label_ for span in nlp(text).spans["entities"]
        }
        wanted = {(start, end): label for start, end, label, optional in mentions if not optional}
        spare = [(start, end) for start, end, _, optional in mentions if optional]
        hits = found.keys() & wanted.keys()
        more = {
            span
            for span in found.keys() - hits
            if not any(span[0] < end and start < span[1] for start, end in spare)
        }
        right, missed, extra = right + len(hits), missed + len(wanted) - len(hits), extra + len(more)
        typed += sum(found[span] == wanted[span] for span in hits)
        wrong += [(name, text[slice(*span)]) for span in (wanted.keys() - hits) | more]

    assert 2 * right / (2 * right + missed + extra) >= LEAST_F1, wrong
    assert typed / right >= LEAST_TYPES
