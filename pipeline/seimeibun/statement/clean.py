"""Characters of the clean copy: what is folded, composed, or left out."""

import re
import unicodedata
from functools import cache

from seimeibun.offices import office_endings
from seimeibun.rules import read_table
from seimeibun.statement.offsets import CleanCopy
from seimeibun.width import fold_width

__all__ = ["append_clean", "fold_in_place", "fold_width", "radicals"]

_SPACES = "\t\x0b\xa0\u1680\u2000-\u200a\u202f\u205f\u3000"
# Zero-width signs, bidirectional controls, variation selectors, soft hyphens and other controls say nothing to a reader.
_UNSEEN = "\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\xad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff\ufff9-\ufffb\U000e0000-\U000e0fff"
_HALF_KANA = "\uff61-\uff9f"
_COMBINING = "\u0300-\u036f\u3099\u309a"
_TO_MEND = re.compile(
    rf"(?P<space>[ {_SPACES}]+)|(?P<unseen>[{_UNSEEN}]+)|(?P<half>[{_HALF_KANA}]+)"
    rf"|(?P<compose>.[{_COMBINING}]+)|(?P<compat>[\uf900-\ufaff\U0002f800-\U0002fa1f])"
)
_RADICAL = re.compile("[\u2e80-\u2fdf]")
UNSEEN = re.compile(f"[{_UNSEEN}]+")
_VOICED = re.compile("[ｦ-ﾝ][ﾞﾟ]?|.", re.DOTALL)


@cache
def radicals() -> dict[int, str]:
    """Return the kanji meant by each CJK radical, as a table for ``str.translate``."""
    rows = read_table("radicals.tsv", ["code", "radical", "kanji"])
    return {int(row["code"], 16): row["kanji"] for row in rows}


@cache
def _in_place() -> dict[int, str]:
    """Every folding that keeps a code point in its place, apart from width."""
    spaces = dict.fromkeys((9, 11, 160, 5760, *range(8192, 8203), 8239, 8287, 12288), " ")
    half = {code: unicodedata.normalize("NFKC", chr(code)) for code in range(0xFF61, 0xFF9E)}
    return radicals() | spaces | half | {0xFF9E: "゛", 0xFF9F: "゜"}


def fold_in_place(text: str) -> str:
    """Return ``text`` folded as far as every code point keeps its place: width, radicals, half-width kana.

    >>> fold_in_place("⽇本、ｱｼﾞｱ（２０２５年）")
    '日本、アシ゛ア(2025年)'
    """
    return fold_width(text.translate(_in_place()))


def append_clean(
    copy: CleanCopy, source: str, start: int, end: int, *, space: str = "judge"
) -> None:
    """Append the clean characters of ``source[start:end]``, a stretch of one line.

    ``space`` is ``judge`` (white space stays, as one space, where it says something), ``keep`` or ``drop``. Width is folded later, over whole
    paragraphs: whether ， is a comma of numbers shows only when wraps are joined.
    """
    table = radicals() if _RADICAL.search(source, start, end) else {}
    at = start
    for match in _TO_MEND.finditer(source, start, end):
        copy.append(_folded(source[at : match.start()], table), at, match.start())
        _append_mended(copy, source, match, space=space, limits=(start, end))
        at = match.end()
    copy.append(_folded(source[at:end], table), at, end)


def _folded(text: str, table: dict[int, str]) -> str:
    return text.translate(table) if table else text


def _append_mended(
    copy: CleanCopy, source: str, match: re.Match[str], *, space: str, limits: tuple[int, int]
) -> None:
    start, end = match.span()
    if match["space"]:
        if space == "keep" or (space == "judge" and _parts_words(source, start, end, limits)):
            copy.append(" ", start, end)
    elif match["half"]:
        _append_composed(copy, match["half"], start)
    elif match["compose"] or match["compat"]:
        text = unicodedata.normalize("NFC", match.group().translate(radicals()))
        _append_piece(copy, text, start, end)


def _append_composed(copy: CleanCopy, run: str, start: int) -> None:
    for unit in _VOICED.finditer(run):
        text = unicodedata.normalize("NFKC", unit.group())
        if len(text) > 1 or unit.group() in "ﾞﾟ":  # a mark without a kana that can carry it
            text = unit.group().translate(_in_place())
        _append_piece(copy, text, start + unit.start(), start + unit.end())


def _append_piece(copy: CleanCopy, text: str, start: int, end: int) -> None:
    """Append a piece that may have another length than its source: as a whole it stands for all of it."""
    if len(text) in {1, end - start}:
        copy.append(text, start, end)
        return
    rest = len(text) - 1  # marks that the first character could not take up
    copy.append(text[0], start, end - rest)
    copy.append(text[1:], end - rest, end)


_DATED = re.compile(
    r"[0-9０-９〇一二三四五六七八九十]月[0-9０-９〇一二三四五六七八九十]{1,3}日(?:[（(][月火水木金土日](?:曜日?)?[)）])?\Z"
)
_LABELLED = re.compile(
    r"(?:附属書|付属書|附属文書|付属文書|附属|付属|附録|付録|別添|別紙|別表|添付|参考)[0-9０-９A-ZＡ-ＺⅠ-Ⅻ一二三四五]{0,2}"
)
_LONGEST_DATE = 16  # characters from the month on
_HIRAGANA = re.compile("[ぁ-ん]")
_WORD_SIGN = re.compile(r"[!-~！-～\u00c0-\u024f\u0400-\u04ff]")


# A number that a PDF cut in two (20 13 年, 3 50 万人, 32. 8 億円), up to the space in it and from there on: the
# numbers of such a text stand apart from its words, as this one does at its end.
_BEFORE_CUT = re.compile(
    r"[^\s。．.第)）0-9０-９A-Za-zＡ-Ｚａ-ｚ][ \u3000]?(?P<number>[0-9０-９]{1,3}(?:[,，][0-9０-９]{3})*[.．,，]?)\Z"
)
_AFTER_CUT = re.compile(
    r"(?P<number>[0-9０-９]+(?:[.．,，][0-9０-９]+)*(?:[\r\n]+[0-9０-９]+)?)"
    r"(?:[ \u3000]|\s*[\r\n]\s*)(?P<unit>[\u3041-\u30ff\u3400-\u9fff％%])(?!間)"
)
_LONGEST_NUMBER = 12  # characters before the cut
_NUMBER = re.compile(r"\d{1,4}(\.\d+)?|\d{1,3}(,\d{3})+(\.\d+)?")
_HIGHEST = {"年": 2_200, "月": 12, "日": 31}


def _cuts_number(source: str, start: int, end: int, first: int) -> bool:
    """Tell a space within a number from one between two: together they must be one that is written so.

    >>> texts = ["から20 13 年まで", "計3 50 万人", "計350 400 万人", "第3 50 万人", "計1 2 月"]
    >>> [_cuts_number(text, text.index(" "), text.index(" ") + 1, 0) for text in texts]
    [True, True, False, False, True]
    """
    if end - start > 1:
        return False
    before = _BEFORE_CUT.search(source, max(first, start - _LONGEST_NUMBER), start)
    after = _AFTER_CUT.match(source, end)
    if not before or not after:
        return False
    number = fold_width("".join((before["number"] + after["number"]).split()))
    highest = _HIGHEST.get(after["unit"])
    return bool(_NUMBER.fullmatch(number)) and not (
        highest and number.isdecimal() and int(number) > highest
    )


def _parts_words(source: str, start: int, end: int, limits: tuple[int, int]) -> bool:
    """Tell a space that says something from one that a PDF put round digits (2015 年3月) or into a word (会 談).

    It says something between two Western words, after ？ or ！, where it is wide (columns of a table), and where
    an ideographic one parts a date from who issues the text (3月30日　外務省), or a label from what it labels
    (附属書　行動計画), or an office from who holds it (外務大臣　湊太郎).
    """
    first, last = limits
    if start <= first or end >= last:
        return False
    before, after = source[start - 1], source[end]
    if _cuts_number(source, start, end, first):
        return False
    if _WORD_SIGN.match(before) and _WORD_SIGN.match(after):
        return before not in "([（［" and after not in ")],.）］，．"
    if before in "!?！？" or end - start >= 2 or "\t" in source[start:end]:
        return True
    return source[start] == "\u3000" and bool(
        (
            _DATED.search(source, max(first, start - _LONGEST_DATE), start)
            and not _HIRAGANA.match(after)
        )
        or source.endswith(office_endings(), first, start)
        or _LABELLED.fullmatch(source, first, start)
    )
