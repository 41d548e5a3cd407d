import re
from decimal import Decimal

import pytest

from seimeibun.expressions.numerals import INTEGER, NUMERAL, parse_numeral

VALUES = [
    ("0", "0"),
    ("7", "7"),
    ("1,200", "1200"),
    ("12,345,678.9", "12345678.9"),
    ("1.50", "1.50"),
    ("3千", "3000"),
    ("3百万", "3000000"),
    ("2千5百億", "250000000000"),
    ("5千500万", "55000000"),
    ("1.5千億", "150000000000"),
    ("145億1,700万", "14517000000"),
    ("2億0500万", "205000000"),
    ("12,000億", "1200000000000"),
    ("2兆3,456億7,890万1,234", "2345678901234"),
    ("十", "10"),
    ("千万", "10000000"),
    ("百", "100"),
    ("二十五億七百万", "2507000000"),
    ("三千五百億", "350000000000"),
    ("八十億八千二百万", "8082000000"),
    ("一〇", "10"),
    ("二〇二五", "2025"),
    ("一二〇億", "12000000000"),
    ("八、〇八二、○○○、○○○", "8082000000"),
    ("6、500万", "65000000"),
    ("一・五億", "150000000"),
    ("〇・五", "0.5"),
    ("十二・五", "12.5"),
    ("弐拾五万", "250000"),
    ("壱億", "100000000"),
    ("9京", "90000000000000000"),
]
MALFORMED = [
    "",
    "万",
    "億",
    "円",
    "一億円",
    "1,23",
    "1234,567",
    "2、3",
    "二、三",
    "二5",
    "5二",
    "十十",
    "百千",
    "二〇百",
    "12千",
    "三百・五",
    "1.5億2千万",
    "1億1億",
    "1億20000万",
    "二億一兆",
    "1.2.3",
    "1" * 30,
    "9" * 20 + "京",
]


@pytest.mark.parametrize(("text", "value"), VALUES)
def test_numerals_are_read_exactly(text, value):
    assert f"{parse_numeral(text):f}" == value


@pytest.mark.parametrize("text", MALFORMED)
def test_what_is_not_well_formed_has_no_value(text):
    assert parse_numeral(text) is None


@pytest.mark.parametrize("text", [text for text, _ in VALUES])
def test_the_pattern_takes_the_whole_numeral(text):
    assert re.search(NUMERAL, f"約{text}円")[0] == text


def test_the_pattern_does_not_begin_inside_a_numeral():
    assert re.search(f"{INTEGER}億", "三5億") is None


@pytest.mark.parametrize(
    "sign", ["1", "億", "1,", "一、", "1,000", "一、〇〇〇", "一・", "1.1", ",111"]
)
def test_long_runs_do_not_stall(sign):
    text = sign * (50_000 // len(sign))
    assert re.search(f"{NUMERAL}円", text) is None
    assert parse_numeral(text) is None


def test_values_stay_decimal():
    assert parse_numeral("16.4兆") == Decimal(16_400_000_000_000)
