"""Reading of texts with marked mentions: <C:日本>と<O:<R:アジア>開発銀行>."""

import re

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


def read_marked_text(marked):
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


@pytest.fixture(scope="session")
def read_marked():
    """Return a function that gives the text without marks and (start, end, label, optional) of each."""
    return read_marked_text
