"""Invented statements with marked mentions: what is found, and under which type."""

import re
from pathlib import Path

import pytest

from seimeibun.components.layers import read_layer

LEAST_F1 = 0.95  # of all statements together
LEAST_TYPES = 0.97


def statements():
    path = Path(__file__).parent / "data" / "marked.txt"
    blocks = re.split(r"(?m)^== (.+)\n", path.read_text(encoding="utf-8"))[1:]
    return zip(blocks[::2], blocks[1::2], strict=True)


@pytest.mark.model
def test_marked_mentions_are_found(nlp, read_marked):
    right = missed = extra = typed = 0
    wrong = []
    for name, marked in statements():
        text, mentions = read_marked(marked.strip())
        found = {(item.start, item.end): item.label for item in read_layer(nlp(text), "entities")}
        wanted = {(start, end): label for start, end, label, optional in mentions if not optional}
        spare = [(start, end) for start, end, _, optional in mentions if optional]
        hits = found.keys() & wanted.keys()
        more = {
            span
            for span in found.keys() - hits
            if not any(span[0] < end and start < span[1] for start, end in spare)
        }
        right, missed, extra = (
            right + len(hits),
            missed + len(wanted) - len(hits),
            extra + len(more),
        )
        typed += sum(found[span] == wanted[span] for span in hits)
        wrong += [(name, text[slice(*span)]) for span in (wanted.keys() - hits) | more]

    assert 2 * right / (2 * right + missed + extra) >= LEAST_F1, wrong
    assert typed / right >= LEAST_TYPES
