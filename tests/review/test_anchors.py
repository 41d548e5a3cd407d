"""Spans found again in another edition of the text."""

import pytest

from seimeibun.review.anchors import find_anchor

TEXT = "双方は、東京で会談した。双方は、協力を歓迎した。"


@pytest.mark.parametrize(
    ("text", "quote", "start", "prefix", "suffix", "found", "how"),
    [
        (TEXT, "東京", 4, "双方は、", "で会談", 4, "offset"),
        ("（注）" + TEXT, "東京", 4, "双方は、", "で会談", 7, "context"),
        ("（注）" + TEXT, "双方", 12, "した。", "は、協力", 15, "context"),
        ("新しい前文。" * 3 + "東京に集まった。", "東京", 4, "双方は、", "で会談", 18, "quote"),
        ("双方の東京と西の東京で会談。", "東京", 1, "双方は、", "で会談", 8, "context"),
        ("両国は、東 京で会談した。", "東京", 4, "双方は、", "で会談", 4, "like"),
        (TEXT.replace("協力", "協 力"), "協力を歓迎", 16, "双方は、", "した。", 16, "like"),
    ],
)
def test_a_span_is_found_again(text, quote, start, prefix, suffix, found, how):
    anchor = find_anchor(text, quote, start=start, prefix=prefix, suffix=suffix)

    assert anchor is not None
    assert (anchor.start, anchor.how) == (found, how)


@pytest.mark.parametrize(
    ("text", "quote", "start", "prefix", "suffix"),
    [
        ("東京と東京と東京。", "東京", 50, "", ""),  # which of three
        ("双方は、京都で会談した。", "東京", 4, "双方は、", "で会談"),
        ("", "東京", 0, "", ""),
        ("全く別の文書である。" * 40, "協力を歓迎", 16, "双方は、", "した。"),
    ],
)
def test_rather_nothing_than_a_guess(text, quote, start, prefix, suffix):
    assert find_anchor(text, quote, start=start, prefix=prefix, suffix=suffix) is None
