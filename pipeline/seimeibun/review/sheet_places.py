"""Where in the text the characters stand that a reviewer typed, whatever line wraps and widths are there."""

import re

from seimeibun.review.values import RefusalError
from seimeibun.width import fold_width

AROUND = 50  # code points beside the old span in which the right one is looked for
_OVER_A_LINE = r"\s*(?:\n[^\n]{1,60}\n\s*)?"  # of the page, which a quotation leaves out
_PLACE = re.compile(r"(\d+)\s*[-–ー－〜~]\s*(\d+)")


def parse_place(cell: str) -> tuple[int, int] | None:
    """Return start and end.

    >>> parse_place("120-125")
    (120, 125)
    """
    found = _PLACE.fullmatch(cell)
    return (int(found[1]), int(found[2])) if found else None


def find_near(
    text: str,
    quote: str,
    *,
    around: tuple[int, int] | None = None,
    within: tuple[int, int] | None = None,
) -> list[tuple[int, int]]:
    r"""Return where ``quote`` stands: near the span ``around``, inside ``within``, or anywhere.

    Of places near a span those that overlap it come alone, if there are any. Blanks and line wraps do not
    count; widths count only where the exact characters occur.

    >>> find_near("東京で東\n京と", "東京")
    [(0, 2), (3, 6)]
    >>> find_near("東京で東\n京と", "東京", around=(3, 4))
    [(3, 6)]
    >>> find_near("東京で東\n- 1 -\n京と", "東京で東京")
    [(0, 12)]
    """
    low, high = within or (0, len(text))
    if around is not None:
        low, high = max(0, around[0] - AROUND), min(len(text), around[1] + AROUND)
    characters = "".join(quote.split())
    found = (
        _places(text, characters, low, high)
        or _places(fold_width(text), fold_width(characters), low, high)
        or _places(text, characters, low, high, between=_OVER_A_LINE)
    )
    if around is None:
        return found
    over = [(start, end) for start, end in found if start < around[1] and around[0] < end]
    return over or found


def _places(
    text: str, characters: str, low: int, high: int, *, between: str = r"\s*"
) -> list[tuple[int, int]]:
    if not characters:
        return []
    pattern = re.compile(between.join(map(re.escape, characters)))
    found, at = [], low
    while match := pattern.search(text, at, high):
        found.append(match.span())
        at = match.start() + 1
    return found


def find_stretch(
    text: str, quote: str, within: tuple[int, int] | None, name: str
) -> tuple[int, int]:
    """Return the one place of an actor or object in the sentence of its act, else in the document."""
    found = (find_near(text, quote, within=within) if within else []) or find_near(text, quote)
    if len(found) == 1:
        return found[0]
    if not found:
        message = f"{name}の「{quote}」は本文にありません。本文のとおりに書いてください"
    else:
        places = "、".join(f"{start}-{end}" for start, end in found[:5])
        message = f"{name}の「{quote}」は {len(found)} か所あります({places})。{name}_start= と {name}_end= で書いてください"
    raise RefusalError(message)
