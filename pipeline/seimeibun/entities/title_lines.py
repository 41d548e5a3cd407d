"""Title lines: 共同声明 on a line of its own, and the subtitle in quotes below it."""

import re

from seimeibun.entities.mention import Mention, Rank
from seimeibun.entities.reading import Reading
from seimeibun.entities.vocabulary import heads_ending

_TAG = re.compile(r"^\s*(?:\[(?:文書名|題名|件名)\]|【.{1,8}】)\s*")
_OTHER_TAG = re.compile(r"^\s*\[")
_REMARK = re.compile(
    r"\s*(?:\((?:仮訳|概要|骨子|要旨|抄|全文|和文|英文|要約|案|日本語|日本語訳)\)|の(?:概要|発出|骨子|要旨|ポイント)(?:について)?)\s*$"
)
_JOINED = re.compile(r"(?:及び|並びに|と)(?:共同)?行動(?:計画|綱領|指針)$")
_LONGEST = 170
_LINES = 12


def title_mentions(reading: Reading) -> list[Mention]:
    """Return the instruments that the title lines name."""
    found: list[Mention] = []
    for start, end in reading.analysis.paragraphs[:_LINES]:
        line = reading.text[start:end]
        if "。" in line or len(line) > _LONGEST:
            break
        if mention := _title(line, start, subtitle=bool(found)):
            found.append(mention)
    return found


def _title(line: str, offset: int, *, subtitle: bool) -> Mention | None:
    tag = _TAG.match(line)
    if not tag and _OTHER_TAG.match(line):
        return None
    begin = tag.end() if tag else len(line) - len(line.lstrip())
    remark = _REMARK.search(line)
    end = remark.start() if remark else len(line.rstrip())
    name = line[begin:end]
    if len(name) > 2 and name[0] in "「『" and name[-1] in "」』" and "」" not in name[1:-1]:
        name, begin, end = name[1:-1], begin + 1, end - 1
        if subtitle:
            return _instrument(offset + begin, offset + end)
    name = name.rstrip("0123456789")
    if joined := _JOINED.search(name):
        name = name[: joined.start()]  # …共同声明及び行動計画
    group = heads_ending(name)
    if group and group[0].label == "TREATY":
        return _instrument(offset + begin, offset + end)
    return None


def _instrument(start: int, end: int) -> Mention:
    return Mention(start, end, "TREATY", "title-line", rank=Rank.TITLE)
