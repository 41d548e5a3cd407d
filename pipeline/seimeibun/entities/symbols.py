"""Document symbols and numbers: A/RES/66/290, S/RES/2231, 決議第2231号."""

import re

from seimeibun.entities.mention import Mention
from seimeibun.entities.reading import Reading

_SYMBOL = re.compile(r"(?<![A-Za-z/])[A-Z]{1,3}(?:/[A-Z]{2,4})+(?:/[0-9]{1,4})+(?![0-9/])")


_RESOLUTION = re.compile(r"(?<![一-鿿々])決議第?[0-9]{2,4}号")


# a law is one of which an article is named: 自衛隊法|第95条; no 国際法, no 同法
_ACT = re.compile(
    r"(?<![一-鿿々ァ-ヺー])(?<!及び)(?<!並びに)(?<!又は)(?!(?:同|本|当該|国際|新|旧|改正)法|国際(?:慣習|人道|人権|海洋)法)"
    r"(?P<name>[一-鿿々ァ-ヺー・]{2,30}法)(?=(?:\([^()]{1,40}\))?第[0-9〇一二三四五六七八九十百]{1,5}条)"
)


def symbol_mentions(reading: Reading) -> list[Mention]:
    """Return the resolutions that a symbol or a number names, and the laws that an article does."""
    return [
        Mention(match.start(), match.end(), "TREATY", rule)
        for pattern, rule in (
            (_SYMBOL, "document-symbol"),
            (_RESOLUTION, "document-symbol"),
            (_ACT, "law/article"),
        )
        for match in pattern.finditer(reading.text)
    ]
