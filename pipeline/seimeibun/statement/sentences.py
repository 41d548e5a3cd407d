"""Sentences of a clean text."""

import re
from bisect import bisect_right

_PAIRS = {
    "(": ")",
    "「": "」",
    "『": "』",
    "〈": "〉",
    "《": "》",
    "〔": "〕",
    "【": "】",
    "[": "]",
    "“": "”",
    "（": "）",
    "［": "］",
}
_OPENERS = {closer: opener for opener, closer in _PAIRS.items()}
_SIGN = re.compile("[" + re.escape("".join(_PAIRS) + "".join(_OPENERS)) + "]")
# ？ and ！ end a sentence at the end of a line or before a space; elsewhere they may stand in a name (Yahoo!).
# A dot ends one only after kana or kanji, where ． was typed for 。.
_END = re.compile(
    r"[。｡]+|[！？!?]+(?=\s|$)|(?<=[ぁ-ん一-鿿])[.．]+(?=\s|$|[ぁ-んァ-ヶ一-鿿])", re.MULTILINE
)
# (拍手) after 。 belongs to the sentence before it.
_REMARK = re.compile(r"\([^()。\n]{1,20}\)(?=$|[^、。はがのをにでと])")

Span = tuple[int, int]


def sentence_spans(text: str) -> list[Span]:
    """Return the sentences of a clean text as half-open spans without white space at their edges.

    They end at 。 outside brackets and quotes and at line ends; a bracket that is never closed counts as none.

    >>> text = "「対話」(以下、「対話」という。)を開いた。双方は(一致した。"
    >>> [text[start:end] for start, end in sentence_spans(text)]
    ['「対話」(以下、「対話」という。)を開いた。', '双方は(一致した。']
    """
    spans: list[Span] = []
    start = 0
    while start < len(text):
        end = text.find("\n", start)
        end = len(text) if end < 0 else end
        spans.extend(_paragraph_spans(text, start, end))
        start = end + 1
    return spans


def _paragraph_spans(text: str, start: int, end: int) -> list[Span]:
    inside = enclosed(text, start, end)
    starts = [span[0] for span in inside]
    spans: list[Span] = []
    begin = start
    for match in _END.finditer(text, start, end):
        index = bisect_right(starts, match.start()) - 1
        if index >= 0 and match.start() < inside[index][1]:
            continue
        remark = _REMARK.match(text, match.end(), end)
        stop = remark.end() if remark else match.end()
        spans.append((begin, stop))
        begin = stop
    spans.append((begin, end))
    return [trimmed for span in spans if (trimmed := trim(text, *span)) is not None]


def trim(text: str, start: int, end: int) -> Span | None:
    """Return the span without white space at its edges; None if nothing is left."""
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return (start, end) if start < end else None


def enclosed(text: str, start: int, end: int) -> list[Span]:
    """Return the outermost stretches in brackets or quotes, from opener to closer, in text order.

    >>> enclosed("(あ「い」)う」(え", 0, 10)
    [(0, 6)]
    """
    stack: list[tuple[str, int]] = []
    waiting: dict[str, int] = dict.fromkeys(_PAIRS, 0)
    pairs: list[Span] = []
    for match in _SIGN.finditer(text, start, end):
        sign = match.group()
        if sign in _PAIRS:
            stack.append((sign, match.start()))
            waiting[sign] += 1
            continue
        if not waiting[_OPENERS[sign]]:
            continue
        while stack:
            opener, at = stack.pop()
            waiting[opener] -= 1
            if opener == _OPENERS[sign]:
                pairs.append((at, match.end()))
                break
    return _outermost(pairs)


def _outermost(pairs: list[Span]) -> list[Span]:
    kept: list[Span] = []
    for pair in sorted(pairs, key=lambda pair: (pair[0], -pair[1])):
        if not kept or pair[0] >= kept[-1][1]:
            kept.append(pair)
    return kept
