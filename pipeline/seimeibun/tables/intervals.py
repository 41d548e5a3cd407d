"""Stretches of text, to be asked which of them lie inside or around another: in time that their number barely shows."""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator
from itertools import accumulate
from typing import Generic, TypeVar

T = TypeVar("T")
Stretch = tuple[int, int]  # half-open


class Intervals(Generic[T]):
    """Items by the stretch that each covers; answers come in the order in which they were given."""

    def __init__(self, items: Iterable[T], stretch_of: Callable[[T], Stretch]) -> None:
        self._items = list(items)
        stretches = [stretch_of(item) for item in self._items]
        self._order = sorted(range(len(stretches)), key=stretches.__getitem__)
        self._starts = [stretches[place][0] for place in self._order]
        self._ends = [stretches[place][1] for place in self._order]
        self._furthest = list(accumulate(self._ends, max))

    def inside(self, start: int, end: int) -> list[T]:
        """Return what lies in ``start``–``end``.

        >>> Intervals([(0, 4), (2, 3), (3, 5)], tuple).inside(2, 5)
        [(2, 3), (3, 5)]
        """
        among = range(bisect_left(self._starts, start), bisect_right(self._starts, end))
        return self._given(i for i in among if self._ends[i] <= end)

    def around(self, start: int, end: int) -> list[T]:
        """Return what holds all of ``start``–``end``.

        >>> Intervals([(0, 4), (2, 3), (3, 5)], tuple).around(2, 3)
        [(0, 4), (2, 3)]
        """
        return self._given(self._reaching(bisect_right(self._starts, start) - 1, end))

    def _reaching(self, last: int, end: int) -> Iterator[int]:
        while last >= 0 and self._furthest[last] >= end:
            if self._ends[last] >= end:
                yield last
            last -= 1

    def _given(self, places: Iterable[int]) -> list[T]:
        return [self._items[place] for place in sorted(self._order[i] for i in places)]
