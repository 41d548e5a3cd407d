"""Document symbols and numbers: A/RES/66/290, S/RES/2231, 決議第2231号."""

import re

from seimeibun.entities.mention import Mention
from seimeibun.entities.reading import Reading

_SYMBOL = re.compile(r"(?<![A-Za-z/])[A-Z]{1,3}(?:/[A-Z]{2,4})+(?:/[0-9]{1,4})+(?![0-9/])")


_RESOLUTION = re.compile(r"(?<![一-鿿々])決議第?[0-9]{2,4}号")


def symbol_mentions(reading: Reading) -> list[Mention]:
    """Return the resolutions that a symbol or a number names."""
    return [
        Mention(match.start(), match.end(), "TREATY", "document-symbol")
        for pattern in (_SYMBOL, _RESOLUTION)
        for match in pattern.finditer(reading.text)
    ]
