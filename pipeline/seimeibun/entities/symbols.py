"""Document symbols: A/RES/66/290, S/RES/2231."""

import re

from seimeibun.entities.mention import Mention
from seimeibun.entities.reading import Reading

_SYMBOL = re.compile(r"(?<![A-Za-z/])[A-Z]{1,3}(?:/[A-Z]{2,4})+(?:/[0-9]{1,4})+(?![0-9/])")


def symbol_mentions(reading: Reading) -> list[Mention]:
    """Return the resolutions that a symbol names."""
    return [
        Mention(match.start(), match.end(), "TREATY", "document-symbol")
        for match in _SYMBOL.finditer(reading.text)
    ]
