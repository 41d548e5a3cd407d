"""Arrays of numbers, and room for those that are needed for a moment."""

from itertools import accumulate, pairwise
from math import prod
from threading import local
from typing import Any

import numpy as np

Array = np.ndarray[Any, Any]

KEPT = 20_000_000  # numbers, 80 MB; room for more is not kept


class _Room(local):
    """The room of a thread."""

    def __init__(self) -> None:
        self.numbers = np.empty(0, np.float32)


_room = _Room()


def scratch(*shapes: tuple[int, ...]) -> list[Array]:
    """Return arrays of ``shapes`` with anything in them, to be used before the next call in this thread.

    All that ask share the room, and it stays: memory that is asked for anew has to be given by the system
    page by page, which can take longer than the arithmetic that fills it.

    >>> ones, twos = scratch((2, 3), (4,))
    >>> ones.shape, twos.shape, ones.dtype == np.float32
    ((2, 3), (4,), True)
    """
    bounds = list(accumulate(map(prod, shapes), initial=0))
    room = _room.numbers
    if len(room) < bounds[-1]:
        room = np.empty(bounds[-1], np.float32)
        if len(room) <= KEPT:
            _room.numbers = room
    return [
        room[start:end].reshape(shape)
        for (start, end), shape in zip(pairwise(bounds), shapes, strict=True)
    ]
