from datetime import date
from itertools import pairwise

import pytest

from seimeibun.expressions import calendars


@pytest.mark.parametrize(
    ("name", "number", "year"),
    [
        ("令和", 1, 2019),
        ("令和", 7, 2025),
        ("平成", 31, 2019),
        ("昭和", 26, 1951),
        ("大正", 15, 1926),
        ("明治", 6, 1873),
        ("安政", 5, 1858),
        ("R", 7, 2025),
        ("S", 20, 1945),
    ],
)
def test_the_year_of_an_era(name, number, year):
    assert calendars.era(name).year(number) == year


def test_eras_follow_one_another_without_a_gap():
    modern = [calendars.era(name) for name in ("明治", "大正", "昭和", "平成", "令和")]

    for before, after in pairwise(modern):
        assert (after.first - before.last).days in {0, 1}, after.name


def test_an_era_covers_the_year_in_which_it_ends():
    assert calendars.era("平成").covers(calendars.fiscal_year(2019))
    assert not calendars.era("平成").covers(calendars.year(2028))
    assert not calendars.era("昭和").covers(calendars.day(1989, 3, 1))


@pytest.mark.parametrize(
    ("period", "edtf", "first", "last"),
    [
        (calendars.day(2024, 2, 29), "2024-02-29", "2024-02-29", "2024-02-29"),
        (calendars.month(2023, 2), "2023-02", "2023-02-01", "2023-02-28"),
        (calendars.year(645), "0645", "0645-01-01", "0645-12-31"),
        (calendars.fiscal_year(2025), "2025-04/2026-03", "2025-04-01", "2026-03-31"),
        (calendars.quarter(2025, 3), "2025-35", "2025-07-01", "2025-09-30"),
        (calendars.quarter(2025, 4, fiscal=True), "2026-01/2026-03", "2026-01-01", "2026-03-31"),
        (calendars.half(2025, 1), "2025-40", "2025-01-01", "2025-06-30"),
        (calendars.half(2024, 2, fiscal=True), "2024-10/2025-03", "2024-10-01", "2025-03-31"),
        (calendars.season(2025, 24), "2025-24", "2025-12-01", "2026-02-28"),
        (calendars.jun(2025, 2, 3), "2025-02-21/2025-02-28", "2025-02-21", "2025-02-28"),
        (calendars.decade(1990), "199X", "1990-01-01", "1999-12-31"),
        (calendars.century(21), "2001/2100", "2001-01-01", "2100-12-31"),
        (calendars.week(date(2025, 12, 20)), "2025-12-15/2025-12-21", "2025-12-15", "2025-12-21"),
        (calendars.half_of(calendars.decade(1990), 2), "1995/1999", "1995-01-01", "1999-12-31"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_periods(period, edtf, first, last):
    assert (period.edtf, str(period.first), str(period.last)) == (edtf, first, last)


@pytest.mark.parametrize(
    "period",
    [
        calendars.day(2025, 2, 29),
        calendars.month(2025, 13),
        calendars.year(10_000),
        calendars.quarter(2025, 5),
        calendars.decade(1995),
    ],
)
def test_what_the_calendar_does_not_have(period):
    assert period is None


def test_centuries_before_christ_have_edtf_but_no_plain_dates():
    period = calendars.century(-3)

    assert (period.edtf, period.first, period.last) == ("-0299/-0200", None, None)


def test_a_join_keeps_the_precision_of_either_side():
    joined = calendars.join(calendars.season(2024, 22), calendars.day(2025, 3, 1))

    assert joined.edtf == "2024-06/2025-03-01"


def test_a_join_does_not_run_backwards():
    assert calendars.join(calendars.year(2025), calendars.year(2024)) is None


def test_open_sides():
    year = calendars.year(2030)

    assert calendars.until(year).edtf == "../2030"
    assert calendars.since(year).edtf == "2030/.."
    assert calendars.before(year).edtf == "../2029-12-31"
    assert calendars.after(year).edtf == "2031-01-01/.."
