"""Bodies by their legal form before the name, firms and universities by a foreign name: 株式会社東光製作所, イベロテック社."""

import re
from collections.abc import Iterator
from functools import cache

from seimeibun.entities.mention import Mention
from seimeibun.entities.reading import JOINERS, Reading
from seimeibun.entities.vocabulary import MAX_HEAD, alternation, heads_ending, words

_FOREIGN = re.compile(
    r"(?<![ァ-ヺー・A-Za-z])(?P<name>[ァ-ヺー]{2,}+(?:・[ァ-ヺー]++)*|[A-Z][A-Za-z&]+(?: [A-Z][A-Za-z&]+)*)"
    r"(?:社|大学(?!(?!及び|並びに|等)[一-龥ァ-ヺー]))"
)
_OF_FORMS = frozenset({"形態", "形式", "組織", "制度", "方式", "全体", "同士", "各社", "数社"})
_SHORTEST = 2  # signs of a name


def is_firm(name: str) -> bool:
    """Tell whether a name is that of a bank or firm, by its last noun or its legal form.

    >>> [is_firm(name) for name in ("開発輸出入銀行", "株式会社東光製作所", "東光製作所(株)", "赤十字")]
    [True, True, True, False]
    """
    forms = tuple(words("legal-form"))
    return name.startswith(forms) or name.endswith((*words("firm"), *forms))


@cache
def _form() -> re.Pattern[str]:
    return re.compile(alternation(words("legal-form") | words("legal-person")))


def firm_mentions(reading: Reading) -> Iterator[Mention]:
    """Yield the bodies that their legal form, or a foreign name before 社 or 大学, shows."""
    for form in _form().finditer(reading.text):
        end = _end_of_name(reading, form.end(), form.group())
        if end and not _is_last_part(reading, form.start()):
            yield Mention(form.start(), end, "ORGANIZATION", "firm/form")
    for match in _FOREIGN.finditer(reading.text):
        last = reading.last_token.get(match.end())
        common = match["name"] in words("common-katakana")
        if last is not None and not common and not _goes_on(reading, last):
            yield Mention(*match.span(), "ORGANIZATION", "firm/foreign")


def _end_of_name(reading: Reading, start: int, form: str) -> int:
    """Return where the name that begins at ``start`` ends, 0 where none begins there."""
    first = reading.first_token.get(start)
    if first is None:
        return 0
    if whole := _end_of_body(reading, first):
        return whole
    last = first
    while _is_of_name(reading, last, start):
        start, last = reading.tokens[last].end, last + 1
    while last > first and reading.tokens[last - 1].text in JOINERS:
        last -= 1
    tokens = reading.tokens[first:last]
    if not tokens or tokens[-1].end - tokens[0].start < _SHORTEST:
        return 0
    # 株式会社|設立, 株式会社|形態
    if form in words("legal-person") and not any("固有名詞" in token.tag for token in tokens):
        return 0  # 国立大学法人|運営費
    common = all("サ変可能" in token.tag or token.text in _OF_FORMS for token in tokens)
    return 0 if common else tokens[-1].end


def _end_of_body(reading: Reading, first: int) -> int:
    """Return where all the nouns from ``first`` end, if with the noun of a body: 国際緑化推進|センター."""
    last = first
    while last + 1 < len(reading.tokens) and (
        reading.tokens[last + 1].start == reading.tokens[last].end
        and (reading.is_noun[last + 1] or reading.tokens[last + 1].text in JOINERS)
    ):
        last += 1
    start, end = reading.tokens[first].start, reading.tokens[last].end
    labels = {head.label for head in heads_ending(reading.text[max(start, end - MAX_HEAD) : end])}
    return end if "ORGANIZATION" in labels else 0


def _is_of_name(reading: Reading, index: int, start: int) -> bool:
    if index >= len(reading.tokens) or reading.tokens[index].start != start:
        return False
    token = reading.tokens[index]
    if token.text in words("tail"):
        return False
    return reading.is_noun[index] or token.text in JOINERS


def _is_last_part(reading: Reading, start: int) -> bool:
    """Tell whether the form stands after its name: 北洋重工業|株式会社."""
    before = reading.last_token.get(start)
    return before is not None and reading.is_noun[before]


def _goes_on(reading: Reading, last: int) -> bool:
    """Tell whether another noun follows that is no tail of a name: テマ社|製."""
    following = last + 1
    if following >= len(reading.tokens):
        return False
    token = reading.tokens[following]
    adjoins = token.start == reading.tokens[last].end and reading.is_noun[following]
    return adjoins and token.tag.startswith("接尾辞") and token.text not in words("tail")
