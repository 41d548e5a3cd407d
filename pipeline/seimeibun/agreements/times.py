"""Expressions of time between an act and what it is about: 議定書に|来年春に|署名する."""

import re

from seimeibun.agreements.words import Words

_DAY = (
    r"(?:(?:令和|平成|昭和|大正|西暦|本|同|去る|来る)?[0-9〇一二三四五六七八九十百元]{1,5}(?:年度|年|月|日)"
    r"|(?:本|昨|来|明|今|同|翌|先|一昨)(?:年度|年|月|日|週))"
)
_PART = r"(?:第?[0-9一二三四](?:四半期)|四半期|[上中下]旬|[前後]半|[上下]半期|末|初め|初頭|半ば|頃|ごろ|[春夏秋冬]|中|内)"
_WITHIN = r"(?:(?:会議|会合|会期|期間)の(?:最終日|初日)|最終日|初日|年内|年度内|月内|本日|昨日|今般|このたび|最近|近く)"
_TIME = rf"(?:{_DAY}(?:{_DAY}|{_PART}|の(?={_PART}))*|{_WITHIN})"
_ENDS = re.compile(rf"(?P<time>{_TIME})(?:まで)?\Z")
_BEGINS = re.compile(rf"{_TIME}(?:(?:まで)?に[、，]?|[、，])")
_DEICTIC = re.compile(r"昨年|一昨年|先[月週日般]|昨[日夜]|[本同]日")
_LONGEST = 30  # code points of an expression of time


def start_of_time(words: Words, end: int) -> int:
    """Return the first token of the expression of time that ends before ``end``, ``end`` for none."""
    if end <= words.first:
        return end
    stop = words.tokens[end - 1].end
    begin = max(words.tokens[words.first].start, stop - _LONGEST)
    found = _ENDS.search(words.text[begin:stop])
    if found is None:
        return end
    return _token_at(words, begin + found.start(), end)


def after_time(words: Words, start: int, end: int) -> int:
    """Leave out a time that opens the tokens ``start``–``end``: 先月|両国の提案, 昨年五月に|協定."""
    if start >= end:
        return start
    offset, limit = words.tokens[start].start, words.tokens[end - 1].end
    found = _BEGINS.match(words.text, offset, limit)
    if found is None:
        # 先月|両国の提案; but 昨年の提案, 昨年末
        noun = words.tag(start + 1).startswith(("名詞-普通名詞-一般", "名詞-固有名詞"))
        bare = _DEICTIC.fullmatch(words.surface(start)) and noun
        return start + 1 if bare else start
    return _token_at(words, found.end(), start)


def _token_at(words: Words, position: int, default: int) -> int:
    """Return the token that begins at a code point, ``default`` where none does."""
    for i in range(max(words.first, default - _LONGEST), min(words.last, default + _LONGEST)):
        if words.tokens[i].start == position:
            return i
    return default
