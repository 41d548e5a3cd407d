"""Where a doer may be carried on: within a paragraph, and from a paragraph into the list it announces."""

import re
from bisect import bisect_right

from seimeibun.analysis import Analysis

ITEM = re.compile(
    r"\s*(?:[一二三四五六七八九十]{1,3}[、.．]|[(（][0-9０-９一二三四五六七八九十ア-ン]{1,3}[)）]|[・○●◎◇◆■□‐−–—ー-]|[ア-オ][.．、\s]|[a-z][.)]|[①-⑳])"
)
ANNOUNCES = re.compile(r"(?:以下|次)の(?:点|とおり|通り|事項|諸点|項目|措置|こと)|[:：]\s*$")


def carries_over(analysis: Analysis, before: tuple[int, int], sentence: tuple[int, int]) -> bool:
    """Tell whether the sentence may carry on the doer of the one ``before`` it."""
    first, second = _paragraph(analysis, before[0]), _paragraph(analysis, sentence[0])
    if first == second:
        return True
    text = analysis.text
    if text[before[0] : before[1]].rstrip().endswith(("、", "，")):
        return True  # a preamble of which every clause has a line
    if not ITEM.match(text[second[0] : second[0] + 12]):
        return False
    return bool(
        ITEM.match(text[first[0] : first[0] + 12]) or ANNOUNCES.search(text[before[0] : before[1]])
    )


def _paragraph(analysis: Analysis, position: int) -> tuple[int, int]:
    number = bisect_right(analysis.paragraphs, (position, len(analysis.text))) - 1
    return analysis.paragraphs[max(number, 0)]
