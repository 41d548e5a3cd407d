import pytest

from seimeibun.entities.affiliation import with_states
from seimeibun.entities.mention import Mention


def mentions(text, *rows):
    """Return mentions of ``(surface, label, canonical, iso3)``, in the order they stand in ``text``."""
    found, position = [], 0
    for surface, label, canonical, iso3 in rows:
        start = text.index(surface, position)
        found.append(Mention(start, start + len(surface), label, "", canonical, iso3=iso3))
        position = start if label == "POSITION" else start + len(surface)
    return found


def states(text, *rows, parties=()):
    found = with_states(text, mentions(text, *rows), parties)
    return {text[m.start : m.end]: m.iso3 for m in found if m.label != "COUNTRY"}


PERU = ("ペルー", "COUNTRY", "ペルー共和国", "PER")
MINISTER = ("ペルー外務大臣", "POSITION", "ペルー共和国外務大臣", "")


@pytest.mark.parametrize(
    ("text", "rows", "parties", "expected"),
    [
        (
            "ソト・ペルー外務大臣",
            [("ソト", "PERSON", "ソト", ""), MINISTER, PERU],
            (),
            {"ソト": "PER", "ペルー外務大臣": "PER"},
        ),
        (
            "ペルー外務大臣\nルイス・ソト",
            [MINISTER, PERU, ("ルイス・ソト", "PERSON", "ルイス・ソト", "")],
            (),
            {"ルイス・ソト": "PER", "ペルー外務大臣": "PER"},
        ),
        (
            "三島外務大臣",
            [("三島", "PERSON", "三島夏子", ""), ("外務大臣", "POSITION", "外務大臣", "")],
            ("JPN", "PER"),
            {"三島": "JPN", "外務大臣": "JPN"},
        ),
        (
            "三島外務大臣",
            [("三島", "PERSON", "三島夏子", ""), ("外務大臣", "POSITION", "外務大臣", "")],
            (),
            {"三島": "", "外務大臣": ""},
        ),
        (
            "ソト大統領",
            [("ソト", "PERSON", "ソト", ""), ("大統領", "POSITION", "大統領", "")],
            ("JPN", "PER"),
            {"ソト": "", "大統領": ""},
        ),
        (
            "内閣総理大臣",
            [("内閣総理大臣", "POSITION", "日本国内閣総理大臣", "")],
            (),
            {"内閣総理大臣": "JPN"},
        ),
    ],
)
def test_offices_and_their_holders_have_a_state(text, rows, parties, expected):
    assert states(text, *rows, parties=parties) == expected


def test_the_state_of_a_person_is_known_wherever_the_person_is_named():
    text = "ソト・ペルー外務大臣は述べた。ソト大臣は"
    rows = [
        ("ソト", "PERSON", "ソト", ""),
        MINISTER,
        PERU,
        ("ソト", "PERSON", "ソト", ""),
        ("大臣", "POSITION", "大臣", ""),
    ]

    assert [m.iso3 for m in with_states(text, mentions(text, *rows))] == ["PER"] * 5


def test_an_ambassador_is_of_the_state_that_sends():
    text = "駐ペルー日本国大使"
    rows = [
        (text, "POSITION", text, ""),
        PERU,
        ("日本国", "COUNTRY", "日本国", "JPN"),
    ]

    assert states(text, *rows) == {text: "JPN"}


def test_two_states_are_no_state():
    text = "ソト・ペルー外務大臣、ソト・ボリビア外務大臣"
    rows = [
        ("ソト", "PERSON", "ソト", ""),
        MINISTER,
        PERU,
        ("ソト", "PERSON", "ソト", ""),
        ("ボリビア外務大臣", "POSITION", "ボリビア多民族国外務大臣", ""),
        ("ボリビア", "COUNTRY", "ボリビア多民族国", "BOL"),
    ]

    assert states(text, *rows)["ソト"] == ""
