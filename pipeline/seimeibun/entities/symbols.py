"""Document symbols and numbers: A/RES/66/290, S/RES/2231, 決議第2231号."""

import re

from seimeibun.entities.mention import Mention
from seimeibun.entities.reading import Reading

_SYMBOL = re.compile(
    r"(?<![A-Za-z/])[A-Z]{1,3}(?:/[A-Z]{2,4}(?:-[0-9]{1,2})?)+(?:/[0-9]{1,4})+(?![0-9/])"
)


# sessions of conferences that no list has: COP31, MC13
_SESSION = re.compile(r"(?<![A-Za-z0-9])(?:COP|CMP|CMA|MOP|MC)[0-9]{1,2}(?![A-Za-z0-9])")
_RESOLUTION = re.compile(r"(?<![一-鿿々])決議第?[0-9]{2,4}号")


# a law is one of which an article is named: 自衛隊法|第95条; no 国際法, no 同法
_ACT = re.compile(
    r"(?<![一-鿿々ァ-ヺー])(?<!及び)(?<!並びに)(?<!又は)(?!(?:同|本|当該|国際|新|旧|改正)法|国際(?:慣習|人道|人権|海洋)法)"
    r"(?P<name>[一-鿿々ァ-ヺー・]{2,30}法)(?=(?:\([^()]{1,40}\))?第[0-9〇一二三四五六七八九十百]{1,5}条)"
)


def symbol_mentions(reading: Reading) -> list[Mention]:
    """Return the resolutions and sessions that a symbol or a number names, and the laws that an article does."""
    return [
        Mention(match.start(), match.end(), label, rule)
        for pattern, label, rule in (
            (_SYMBOL, "TREATY", "document-symbol"),
            (_RESOLUTION, "TREATY", "document-symbol"),
            (_ACT, "TREATY", "law/article"),
            (_SESSION, "EVENT", "event/session-number"),
        )
        for match in pattern.finditer(reading.text)
    ]
