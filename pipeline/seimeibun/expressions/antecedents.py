"""What has been dated before an expression, for 同年, 翌月, 3月 without a year, 20日 without a month."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import deque
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

from seimeibun.expressions.calendars import Period

ZONE_BRACKET = 24  # characters from the bracket to a date in it
_IN_ZONE_BRACKET = re.compile(r"\((?:[^()]|\([^()]*\))*(?:日本|現地|東京|当地)時間[^()]*\Z")
REMEMBERED = 20  # dated days that 翌14日 may look back over
SENTENCE = 400  # characters on either side in which a sentence is looked at
_FOUNDED = re.compile(
    r"(?<![0-9])(?P<year>[12][0-9]{3})年(?:[0-9]{1,2}月)?(?:[0-9]{1,2}日)?(?:に|の)[^。、\n]{0,20}?"
    r"(?:創設|創立|設立|樹立|発足|開始|締結|結成|正常化)"
)
_COME_BACK = re.compile(
    r"の[^、。\n]{1,40}(?:を(?:受け|踏まえ|想起し)|に(?:続き|続いて|引き続き|基づき|鑑み|沿って|従って|加え)|以来)[^、。\n]{0,4}、"
)
# Which precisions may stand for which unit: 同月 needs a date that names a month.
_SERVES = {
    "year": {"year", "fiscal_year", "season", "half", "quarter", "month", "jun", "week", "day"},
    "month": {"month", "jun", "day"},
    "week": {"week", "day"},
    "day": {"day"},
    "fiscal_year": {"fiscal_year"},
    "decade": {"decade"},
}


@dataclass(frozen=True, slots=True)
class Antecedent:
    """A dated expression; of a range, its last member (``first`` and ``last`` frame the whole)."""

    start: int
    end: int
    member: Period
    precision: str
    first: date
    last: date
    era: str = ""
    closed: bool = True  # False for a deadline or a start: 2030年までに
    two_days: bool = False

    @property
    def day(self) -> date:
        return self.member.first or self.first


def following(day: date) -> date:
    """Return the day after; the last day of the calendar has none and stays."""
    return day + timedelta(days=1) if day < date.max else day


_State = tuple[dict[str, Antecedent], Antecedent | None, Antecedent | None]


class Antecedents:
    """The dated expressions of a document up to the one being read, and the document's own date."""

    def __init__(self, text: str, document: date | None) -> None:
        self.text = text
        self.document = document
        self._latest: dict[str, Antecedent] = {}
        self._month_or_finer: Antecedent | None = None
        self._outside: _State | None = None  # what stood before a bracket that is still open
        self._bracket_end = 0
        self._range_of_days: Antecedent | None = None
        self._days: deque[Antecedent] = deque(maxlen=REMEMBERED)
        self._paragraph_ends = [match.start() for match in re.finditer("\n", text)]
        self._sentence_ends = [match.start() for match in re.finditer("[\n。]", text)]

    def note(self, found: Antecedent) -> None:
        self._leave_bracket(found.end)
        if self._outside is None and self._in_zone_bracket(found):
            self._outside = self._latest, self._month_or_finer, self._range_of_days
            self._bracket_end = self.text.find(")", found.end)
            self._latest = dict(self._latest)
        for unit, precisions in _SERVES.items():
            if found.precision in precisions:
                self._latest[unit] = found
        if found.precision in _SERVES["month"]:
            self._month_or_finer = found
        if found.precision == "day":
            self._days.append(found)
        if found.precision == "day" and found.first != found.last:
            self._range_of_days = found
        if found.era:
            self._latest["era"] = found
        if found.two_days:
            self._latest["two_days"] = found

    def latest(self, unit: str, position: int) -> Antecedent | None:
        """Return the last expression before ``position`` that names a ``unit``."""
        self._leave_bracket(position)
        return self._latest.get(unit)

    def day_before(self, number: int) -> Antecedent | None:
        """Return the last dated day that a day with this number follows: the 13th for 翌14日."""
        return next(
            (found for found in reversed(self._days) if following(found.last).day == number), None
        )

    def _in_zone_bracket(self, found: Antecedent) -> bool:
        """Whether ``found`` repeats a date in another time zone: 15日(現地時間14日)、同日 is the 15th."""
        before = self.text[max(0, found.start - ZONE_BRACKET) : found.start]
        return bool(_IN_ZONE_BRACKET.search(before))

    def _leave_bracket(self, position: int) -> None:
        if self._outside is not None and not 0 <= position <= self._bracket_end:
            self._latest, self._month_or_finer, self._range_of_days = self._outside
            self._outside = None

    def in_paragraph(self, found: Antecedent, position: int) -> bool:
        return bisect_left(self._paragraph_ends, found.end) == bisect_left(
            self._paragraph_ends, position
        )

    def in_sentence(self, found: Antecedent, position: int) -> bool:
        return bisect_left(self._sentence_ends, found.end) == bisect_left(
            self._sentence_ends, position
        )

    @cached_property
    def founding_years(self) -> frozenset[int]:
        """The years in which the text says that something was founded: 2004年の対話創設."""
        return frozenset(int(match["year"]) for match in _FOUNDED.finditer(self.text))

    def sentence_around(self, position: int) -> tuple[int, int]:
        index = bisect_left(self._sentence_ends, position)
        start = self._sentence_ends[index - 1] + 1 if index else 0
        ends = self._sentence_ends
        return max(start, position - SENTENCE), min(
            ends[index] if index < len(ends) else len(self.text), position + SENTENCE
        )

    def for_year(self, position: int, month: int) -> Antecedent | None:
        """Return what gives its year to a ``month`` without one.

        A dated month in the same paragraph, or a year in the same sentence, comes before the
        document's date; anything earlier only serves a text without a date of its own.
        """
        self._leave_bracket(position)
        dated, year = self._month_or_finer, self._latest.get("year")
        if (
            self.document
            and dated
            and month <= dated.day.month
            and self._is_behind(dated, position)
        ):
            # of 10月…を踏まえ、11月に the months go on
            year, dated = (None if year is dated else year), None
        if self.document and year and year is not dated and self._is_behind(year, position):
            year = None
        if year and year.closed and year is not dated and self.in_sentence(year, position):
            return year
        if dated and dated.closed and self.in_paragraph(dated, position):
            return dated
        if year and year.closed and self.in_sentence(year, position):
            return year
        if self.document:
            return None
        return dated or (year if year and year.closed else None)

    def _is_behind(self, found: Antecedent, position: int) -> bool:
        """Whether the text has come back from ``found``: 昨年の会談を受け、6月に is this year's."""
        return bool(_COME_BACK.match(self.text, found.end, position))

    def for_month(self, position: int, day: int) -> Antecedent | None:
        """Return what gives its month to a day without one."""
        self._leave_bracket(position)
        if holder := self._range_with(day):
            return holder
        dated = self._month_or_finer
        if dated and (not self.document or self.in_paragraph(dated, position)):
            return dated
        return None

    def _range_with(self, day: int) -> Antecedent | None:
        """Return the last range of days if it has exactly one such day: 11日から12日まで … 12日は."""
        found, latest = self._range_of_days, self._month_or_finer
        if found is None or latest is None or (found.last - found.first).days > 62:
            return None
        if not found.first <= latest.day <= found.last:
            return None  # the text has moved on
        span = (found.last - found.first).days + 1
        hits = [on for n in range(span) if (on := found.first + timedelta(days=n)).day == day]
        if len(hits) != 1:
            return None
        member = Period(hits[0].isoformat(), hits[0], hits[0], "day")
        return Antecedent(found.start, found.end, member, "day", found.first, found.last)
