"""Invented sentences with marked acts: heads, categories, actors as written, level and negation."""

import re
from dataclasses import dataclass
from pathlib import Path

import pytest

pytestmark = pytest.mark.model

MARK = re.compile(r"⟦([^⟧]*)⟧")


@dataclass(frozen=True)
class Marked:
    """A sentence with its acts; ``before`` is what stands before it in its paragraph."""

    before: str
    text: str
    acts: tuple[tuple[int, int, str, str, str], ...]  # start, end, category, actor, flags

    def __str__(self):
        return self.text[:24]


def parse(line):
    text, acts, position = "", [], 0
    for mark in MARK.finditer(line):
        text += line[position : mark.start()]
        head, category, actor, flags = [*mark[1].split("|"), ""][:4]
        acts.append((len(text), len(text) + len(head), category, actor, flags))
        text += head
        position = mark.end()
    return text + line[position:], tuple(acts)


def marked_sentences():
    before = []
    path = Path(__file__).with_name("acts.txt")
    for line in path.read_text(encoding="utf-8").split("\n"):
        if not line or line.startswith("#"):
            before = []
            continue
        text, acts = parse(line)
        if not any("C" in flags for *_, flags in acts):
            before = []
        glue = "\n" if text.startswith("一、") else ""
        yield Marked("".join(sentence + glue for sentence in before), text, acts)
        before.append(text)


@pytest.mark.parametrize("marked", list(marked_sentences()), ids=str)
def test_acts_are_found_with_their_doers(acts_of, marked):
    shift = len(marked.before)
    found = [
        (
            act.start - shift,
            act.end - shift,
            act.label,
            act.facts["actor_text"] or "-",
            act.facts["level"] == "EMBED",
            act.facts["polarity"] == "NEG",
        )
        for act in acts_of(marked.before + marked.text)
        if act.start >= shift
    ]
    expected = [
        (start, end, category, actor, "E" in flags, "N" in flags)
        for start, end, category, actor, flags in marked.acts
    ]

    assert found == expected
