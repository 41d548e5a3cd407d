"""What each paragraph is: header, title, heading, body, list or signature."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from seimeibun.statement.doctypes import ends_with_doc_type
from seimeibun.statement.furniture import begins_links, is_furniture
from seimeibun.statement.header import find_field
from seimeibun.statement.marks import Mark, find_mark
from seimeibun.statement.signatures import is_closing, is_signature_line, is_signature_statement

_CLOSED = re.compile(r"(?:[。！？!?]|(?<=[ぁ-ん一-鿿])\.)[」』)\]】〉》”]*(?:\([^()]{1,20}\))?$")
_NUMBER = "(?:[0-9]{1,4}|元|[〇○零一二三四五六七八九十百千]+)"
DATE = rf"(?:(?:西暦|明治|大正|昭和|平成|令和)?\s?{_NUMBER}\s?年\s?(?:\([^()]{{2,12}}\))?\s?{_NUMBER}\s?月\s?{_NUMBER}\s?日(?:\s?\([月火水木金土日](?:曜日?)?\))?)"
_DATE_LINE = re.compile(
    rf"[(\[]?(?:於[::]?)?[^。、はがを]{{0,12}}?[、,]?\s?{DATE}\s?(?:付|付け|現在|発表|発出|更新|掲載|、)?\s?[^。、はがを]{{0,40}}[)\]]?"
)
_DATED = re.compile(
    rf"(?P<before>[^。はがを0-9]*?)[、,]?\s?{DATE}[、,]?\s?(?P<after>[^。はがを0-9]*)"
)
_PLACES = frozenset({"CITY", "COUNTRY", "REGION"})
_PLACE_LINE = re.compile(
    r"[(\[]?於[::]?\s?[^。、]{1,20}[)\]]?|[(\[][^。、()]{1,12}(?:において|にて|で)[)\]]"
)
OPENING_WORD = re.compile(r"(?:はじめに|前文|序文|序言|序|総論|冒頭|導入|概観|まえがき)")
_SUBTITLE = re.compile(
    r"[「『(〈《〜～―—–\-~‐−].*|.*[にへ]向け[てた]$|.*のために$|.*[をに]目指して$"
)
_INTRODUCES = re.compile(r"[::、,]$|(?:とおり|通り|次の点|以下|左記|下記)$")
_TITLE_LENGTH, _HEADING_LENGTH, _TITLE_LINES = 200, 60, 10
_LINKS = 30  # lines that a list of links may have
FRONT = frozenset({"title", "header"})
_VERSE = 3  # so many short lines together are a list or a poem, not headings


@dataclass(frozen=True, slots=True)
class Draft:
    """The clean text of a paragraph and what is known of it so far."""

    text: str
    mark: Mark | None
    closed: bool
    kind: str = ""
    heading: str = ""
    is_statement: bool = False  # the sentence that says where and when it was signed

    @property
    def content(self) -> str:
        """The text after the mark."""
        return self.text[self.mark.length :].strip() if self.mark else self.text


def draft_of(text: str) -> Draft:
    """Return the draft of a paragraph of the clean text."""
    mark = find_mark(text)
    return Draft(text, mark, closed=_CLOSED.search(text[-60:]) is not None)


def classify(texts: Sequence[str], *, title_at: frozenset[int] = frozenset()) -> list[Draft]:
    """Return the paragraphs with kind and heading; ``title_at`` holds what a header field named as the title."""
    drafts = [draft_of(text) for text in texts]
    first = _classify_front(drafts, title_at)
    last = _classify_signature(drafts, first)
    has_sentences = any(draft.closed for draft in drafts)
    for index in range(first, last):
        if not drafts[index].kind:
            kind = _kind_of_text(drafts, index, last, has_sentences=has_sentences)
            drafts[index] = replace(drafts[index], kind=kind)
    for index in range(last, len(drafts)):
        if not drafts[index].kind:
            drafts[index] = replace(
                drafts[index], kind="body" if drafts[index].closed else "header"
            )
    return _with_headings(drafts)


def _classify_front(drafts: list[Draft], title_at: frozenset[int]) -> int:
    """Classify header and title; return the index of the first paragraph of the text."""
    if len(drafts) < 2 and not title_at:
        return 0
    known = bool(title_at)
    candidates: list[int] = []
    index = 0
    while index < len(drafts):
        draft = drafts[index]
        if index in title_at:
            drafts[index] = replace(draft, kind="title")
        elif is_header_line(draft.text) or _is_place_beside_date(drafts, index):
            drafts[index] = replace(draft, kind="header")
        elif _may_be_title(draft) and len(candidates) < _TITLE_LINES:
            candidates.append(index)
        else:
            break
        index += 1
    if index == len(drafts) and not known and not any(d.kind == "header" for d in drafts):
        return 0  # nothing but short lines: no title without a text
    for at in _title_lines(drafts, candidates, known=known):
        drafts[at] = replace(drafts[at], kind="title")
    for at in candidates:  # (先方) …, under a fact line
        if (
            not drafts[at].kind
            and at
            and drafts[at - 1].kind == "header"
            and drafts[at].text[0] == "("
        ):
            drafts[at] = replace(drafts[at], kind="header")
    rest = [at for at in candidates if not drafts[at].kind]
    if rest:
        return min(rest)
    return index


def is_header_line(text: str) -> bool:
    """Tell a line that is not part of the statement: a header field, its date or place alone, page furniture.

    >>> [is_header_line(t) for t in ("[場所] 東京", "平成26年7月16日", "日時:5月1日", "(仮訳)", "共同声明")]
    [True, True, True, True, False]
    """
    if find_field(text, bare=True) is not None:
        return True
    if len(text) > 60 or _CLOSED.search(text):
        return False
    if is_furniture(text):
        return True
    if any(pattern.fullmatch(text) for pattern in (_DATE_LINE, _PLACE_LINE)):
        return True
    dated = _DATED.fullmatch(text)
    return dated is not None and is_place_alone(dated["before"] or dated["after"])


def is_place_alone(text: str) -> bool:
    """Tell whether a line is nothing but a city, after its state or province, or before it.

    >>> [is_place_alone(t) for t in ("ダカール", "セネガル共和国、ダカール", "高知県高知市", "日本", "東京会合")]
    [True, True, True, False, False]
    """
    # gazetteer folds width by this package
    from seimeibun.gazetteer import find_names

    names = [found for found in find_names(text) if found.label in _PLACES]
    rest = list(text)
    for found in names:
        rest[found.start : found.end] = [""] * (found.end - found.start)
    joined = "".join(rest).strip("、,・() ")
    return any(found.label == "CITY" for found in names) and not joined


def _is_place_beside_date(drafts: list[Draft], index: int) -> bool:
    """Tell the place of the document, on a line of its own beside the line of its date."""
    text = drafts[index].text
    if len(text) > _HEADING_LENGTH or not is_place_alone(text):
        return False
    beside = [drafts[at].text for at in (index - 1, index + 1) if 0 <= at < len(drafts)]
    return any(len(line) <= _HEADING_LENGTH and _DATE_LINE.fullmatch(line) for line in beside)


def _may_be_title(draft: Draft) -> bool:
    if draft.closed or len(draft.text) > _TITLE_LENGTH or _INTRODUCES.search(draft.text):
        return False
    return draft.mark is None and not OPENING_WORD.fullmatch(draft.text.strip("【】()〈〉<> "))


def _title_lines(drafts: list[Draft], candidates: list[int], *, known: bool) -> list[int]:
    """Return the lines of the title: up to the kind of document, and a subtitle after it."""
    typed = [at for at in candidates if ends_with_doc_type(drafts[at].text)]
    if known:
        titles = {"".join(draft.text.split()) for draft in drafts if draft.kind == "title"}
        return [
            at for at in candidates if "".join(drafts[at].text.split()) in titles or at in typed
        ]
    if not typed:
        return _untyped_title(drafts, candidates)
    chosen = [at for at in candidates if at <= typed[-1]]
    for at in candidates:
        if at > typed[-1]:
            if at != chosen[-1] + 1 or not _SUBTITLE.fullmatch(drafts[at].text):
                break
            chosen.append(at)
    return chosen


def _untyped_title(drafts: list[Draft], candidates: list[int]) -> list[int]:
    """Take lines without a kind of document for a title where the text is one of headings, or names a kind."""
    titles = [at for at in candidates if not re.fullmatch(r"[【(〈<].*[】)〉>]", drafts[at].text)]
    if not titles:
        return []
    return [at for at in titles if at - titles[0] < 4]


def _classify_signature(drafts: list[Draft], first: int) -> int:
    """Classify the end; return the index after the last paragraph of the text."""
    statement = _signature_statement(drafts, first)
    closed = [at for at in range(first, len(drafts)) if drafts[at].closed]
    start = statement if statement is not None else (closed[-1] + 1 if closed else len(drafts))
    if statement is not None:
        drafts[statement] = replace(drafts[statement], kind="signature", is_statement=True)
        start += 1
        while (
            start < len(drafts)
            and drafts[start].closed
            and is_signature_statement(drafts[start].text)
        ):
            drafts[start] = replace(drafts[start], kind="signature", is_statement=True)
            start += 1
    block = _block_after(drafts, start)
    if statement is None and not any(is_signature_line(drafts[at].text) for at in block):
        return len(drafts)
    for at in block:
        drafts[at] = replace(
            drafts[at], kind="header" if is_closing(drafts[at].text) else "signature"
        )
    return statement if statement is not None else start


def _signature_statement(drafts: list[Draft], first: int) -> int | None:
    closed = [at for at in range(first, len(drafts)) if drafts[at].closed]
    found = [at for at in closed[-8:] if is_signature_statement(drafts[at].text)]
    for at in found:
        after = [d for d in drafts[at + 1 :] if d.closed and not is_signature_statement(d.text)]
        if len(after) <= 3:
            return at
    return None


def _block_after(drafts: list[Draft], start: int) -> list[int]:
    block = []
    for at in range(start, len(drafts)):
        draft = drafts[at]
        if draft.closed or (draft.mark is not None and not is_signature_line(draft.text)):
            break
        block.append(at)
    return block


def _kind_of_text(drafts: list[Draft], index: int, last: int, *, has_sentences: bool) -> str:
    draft = drafts[index]
    if find_field(draft.text) is not None or (not draft.closed and is_furniture(draft.text)):
        return "header"
    if is_closing(draft.text):
        return "header"
    if _is_below_links(drafts, index):
        return "header"
    if draft.mark is not None and not draft.mark.counts:
        return "heading" if _is_bulleted_heading(drafts, index, last) else "list"
    if draft.closed or _INTRODUCES.search(draft.text) or "。" in draft.content:
        return "body"
    if not has_sentences and draft.mark is None:
        return "body"
    return _kind_of_open_line(drafts, index, last)


def _is_below_links(drafts: list[Draft], index: int) -> bool:
    """Tell a line of a list of links at the end of a page."""
    at = index - 1
    while at >= 0 and index - at <= _LINKS and not drafts[at].closed and not drafts[index].closed:
        if begins_links(drafts[at].text):
            return True
        at -= 1
    return False


def _is_bulleted_heading(drafts: list[Draft], index: int, last: int) -> bool:
    """Tell ○ 経済 over － 両首脳は…: a short line with a bullet, and under it text or other bullets."""
    draft = drafts[index]
    short = not draft.closed and len(draft.text) <= _HEADING_LENGTH // 2
    if not short or index + 1 >= last or draft.mark is None or draft.mark.style != "bullet":
        return False
    before, after = drafts[index - 1] if index else None, drafts[index + 1]
    if before and before.mark and before.mark.style == "bullet" and not before.closed:
        return False
    return after.closed if after.mark is None else after.mark.style != "bullet"


def _kind_of_open_line(drafts: list[Draft], index: int, last: int) -> str:
    """Tell headings from items of a list: a heading has something under it."""
    draft = drafts[index]
    after = drafts[index + 1] if index + 1 < last else None
    if len(draft.text) > _HEADING_LENGTH:
        return "list" if draft.mark else "body"
    if after is None:
        return "list" if draft.mark else "body"
    if draft.mark is None:
        return "heading" if _run_of_open_lines(drafts, index, last) < _VERSE else "list"
    if _opens_section(draft.mark, after.mark):
        return "heading"  # 3.0 over 3.1
    if after.mark is not None and after.mark.style == draft.mark.style and not after.closed:
        return "list"
    before = drafts[index - 1] if index else None
    if before is None or before.mark is None or before.closed:
        return "heading"
    if before.kind == "heading" and _opens_section(before.mark, draft.mark):
        return "heading"
    return "list" if before.mark.style == draft.mark.style else "heading"


def _opens_section(mark: Mark, under: Mark | None) -> bool:
    """Tell whether a decimal number is that of the section in which the next one stands: 3.0 or 3 over 3.1."""
    if under is None or under.style != "decimal" or mark.style not in {"decimal", "number"}:
        return False
    parts, inner = (re.split(r"[.\-]", number) for number in (mark.number, under.number))
    section = parts[:-1] if len(parts) > 1 and parts[-1] == "0" else parts
    return len(inner) > len(section) and inner[: len(section)] == section


def _run_of_open_lines(drafts: list[Draft], index: int, last: int) -> int:
    """Count the lines without mark and full stop that stand together with this one."""

    def is_open(at: int) -> bool:
        return drafts[at].mark is None and not drafts[at].closed and drafts[at].kind not in FRONT

    start = index
    while start and is_open(start - 1) and index - start < _VERSE:
        start -= 1
    end = index
    while end < last and is_open(end) and end - index < _VERSE:
        end += 1
    return end - start


def _with_headings(drafts: list[Draft]) -> list[Draft]:
    heading = ""
    result = []
    for draft in drafts:
        if draft.kind == "heading":
            heading = draft.content or draft.text
        elif draft.kind == "body" and draft.mark and draft.mark.style == "article":
            heading = draft.mark.number  # 第二条 stands before its text, on the same line
        elif draft.kind in {"signature", "title"}:
            heading = ""
        result.append(
            replace(draft, heading=heading if draft.kind in {"body", "list", "heading"} else "")
        )
    return result
