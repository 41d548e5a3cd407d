"""Which lines belong together: how a text was wrapped, and where its paragraphs begin."""

import re
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise

from seimeibun.statement.lines import Line, columns
from seimeibun.statement.signatures import is_signature_statement

_NEAR = 4  # columns that a full line may fall short: a sign that must not begin a line, a bracket that must not end it
_FAR = 12  # lines that a bracket or a statement of signature may reach over
_MID_SENTENCE = re.compile(r"[ぁ-ん、,・(「『〔]$")
_GOES_ON = re.compile(
    r"また|さら|更に|この|これ|その|同[^盟]|特に|加えて|なお|かかる|そして|しかし|ただし|他方|一方"
)
_KANA = re.compile("[ぁ-ん、。)」』]")
_QUOTES = re.compile(r"と(?:の|い[うっ]|し[てた]|述)")
_FIELD = re.compile(r"\[[^\]]{1,8}\]")
_QUOTED = re.compile(r"(?:「[^「」]*(?:「[^「」]*」[^「」]*)*」|『[^『』]*』|[~〜―—-].*[~〜―—-])")
_ALNUM_HEAD = re.compile(r"[!-~]+")

DocumentEnd = Callable[[str], bool]


@dataclass(frozen=True, slots=True)
class Layout:
    """How the lines of a text are set. ``width`` is 0 where lines are not wrapped.

    ``unit`` says what the width counts: columns of a page or characters; ``cut`` that every line was cut at
    exactly that width, words and numbers included. ``gap`` is the number of empty lines between lines of one
    paragraph; ``indented`` that paragraphs begin with an indent; ``spaced`` that more empty lines part them; ``new_after_full`` that a sentence which ends
    at the edge more likely ends its paragraph; ``vertical`` one character a line;
    ``padded`` that most lines end in white space, which then says nothing.
    """

    width: int = 0
    unit: str = "columns"
    cut: bool = False
    gap: int = 0
    indented: bool = False
    spaced: bool = False
    new_after_full: bool = False
    vertical: bool = False
    padded: bool = False

    def cuts(self, line: Line, after: Line) -> bool:
        """Tell a wrap at exactly the width, where a word may have been cut in two."""
        space = after.indent > 0 or (line.padded and not self.padded)
        return self.measure(line) == self.width and not space

    def measure(self, line: Line) -> int:
        """Return how far the line reaches, in the unit of the width."""
        return line.columns if self.unit == "columns" else line.signs


def layout_of(lines: list[Line]) -> Layout:
    """Find out how the lines were wrapped."""
    flowing = [
        (line, after)
        for line, after in pairwise(lines)
        if not line.closed and not _opens(after) and not _FIELD.fullmatch(line.folded)
    ]
    flush = _mostly_indented(lines)
    if not flowing:
        return Layout(indented=flush)
    candidates = [_candidate(lines, flowing, unit) for unit in ("signs", "columns")]
    found = [candidate for candidate in candidates if candidate is not None]
    if not found:
        return Layout(indented=flush)
    # Cut by characters or by columns: where it was, all full lines are of one length in the one unit.
    exactness, unit, width = max(found, key=lambda candidate: candidate[0])
    layout = Layout(width=width, unit=unit, cut=exactness > 0.97)
    full = [
        after.gap
        for line, after in flowing
        if layout.measure(line) >= width - _NEAR and not after.page_break
    ]
    gap = Counter(full).most_common(1)[0][0] if full else 0
    return Layout(
        width=width,
        unit=unit,
        cut=layout.cut,
        gap=gap,
        indented=_is_indented(lines),
        padded=sum(line.padded for line in lines) > 0.5 * len(lines),
        spaced=_is_spaced(lines, layout, gap),
        new_after_full=_breaks_at_edge(lines, layout),
    )


def _opens(line: Line) -> bool:
    """Tell a line that begins something, whatever stands before it."""
    return line.mark is not None or _FIELD.match(line.folded) is not None


def _candidate(
    lines: list[Line], flowing: list[tuple[Line, Line]], unit: str
) -> tuple[float, str, int] | None:
    """Return exactness, unit and width if the lines seem wrapped, else None."""
    near = _NEAR if unit == "columns" else _NEAR // 2
    lengths = Counter(line.columns if unit == "columns" else line.signs for line, _ in flowing)
    centre = max(
        lengths, key=lambda length: (_around(lengths, length, near), lengths[length], length)
    )
    near_centre = [length for length in lengths if abs(length - centre) <= near]
    width = max(near_centre, key=lambda length: (lengths[length], length))
    support = _around(lengths, width, near)
    shorter = sum(n for length, n in lengths.items() if 0.6 * width <= length < width - near)
    over = sum((line.columns if unit == "columns" else line.signs) > width + near for line in lines)
    if over > 0.05 * len(lines) or support < shorter:
        return None
    if support < 2 and not _is_cut_sentence(lines, flowing, width, unit):
        return None
    narrow = 16 if unit == "columns" else 8
    if width < (narrow if support < 4 else narrow - 6 if unit == "columns" else narrow - 3):
        return None
    exact = lengths[width] / support
    return exact, unit, width


def _around(lengths: Counter[int], width: int, near: int) -> int:
    return sum(lengths[length] for length in range(width - near, width + near + 1))


def _is_cut_sentence(
    lines: list[Line], flowing: list[tuple[Line, Line]], width: int, unit: str
) -> bool:
    """Tell the one wrapped line of a short text from a title: it stops in the middle of a sentence."""
    for line, after in flowing:
        length = line.columns if unit == "columns" else line.signs
        mid = _MID_SENTENCE.search(line.folded) or "。" in line.folded
        if length == width and mid:
            return not after.gap and (after.closed or len(lines) == 2)
    return False


def _is_indented(lines: list[Line]) -> bool:
    after_end = [
        after.indent > 0 for line, after in pairwise(lines) if line.closed and not after.mark
    ]
    within = [after.indent > 0 for line, after in pairwise(lines) if not line.closed]
    return (
        sum(after_end) >= 2
        and sum(after_end) > 0.5 * len(after_end)
        and sum(within) < 0.3 * max(1, len(within))
    )


def _is_spaced(lines: list[Line], layout: Layout, gap: int) -> bool:
    ends = [
        after.gap > gap
        for line, after in pairwise(lines)
        if line.closed and after.mark is None and layout.measure(line) < layout.width - _NEAR
    ]
    return len(ends) >= 2 and sum(ends) > 0.8 * len(ends)


def _mostly_indented(lines: list[Line]) -> bool:
    """Tell a text whose lines are paragraphs that begin with an indent, but for a few that go on."""
    return len(lines) >= 4 and sum(line.indent > 0 for line in lines) >= 0.8 * len(lines)


def _breaks_at_edge(lines: list[Line], layout: Layout) -> bool:
    """Weigh sentences that surely end a paragraph against those that surely do not.

    The edge of the page falls upon either kind alike, so their numbers are the odds.
    """
    ends = sum(
        line.closed and not after.mark and layout.measure(line) < layout.width - _NEAR
        for line, after in pairwise(lines)
    )
    inner = sum(line.folded[:-1].count("。") for line in lines)
    return ends > inner


def paragraphs_of(
    lines: list[Line], layout: Layout, ends_title: DocumentEnd
) -> tuple[list[list[Line]], int]:
    """Group lines into paragraphs; also return how many joins or breaks were uncertain.

    ``ends_title`` tells the last line of a title by its words (共同声明).
    """
    groups: list[list[Line]] = []
    doubts = 0
    last = dict.fromkeys(("",), 0)
    for line in lines:
        joined, doubtful = (False, False)
        if groups:
            joined, doubtful = _joins(groups, line, layout, last, ends_title)
        doubts += doubtful
        if joined:
            groups[-1].append(line)
            continue
        groups.append([line])
        if line.mark:
            last[line.mark.style] = line.mark.value
    return groups, doubts


def _joins(
    groups: list[list[Line]],
    line: Line,
    layout: Layout,
    last: dict[str, int],
    ends_title: DocumentEnd,
) -> tuple[bool, bool]:
    """Return whether ``line`` goes on the last paragraph, and whether that is uncertain."""
    before = groups[-1][-1]
    if not layout.width:
        if layout.indented and groups[-1][0].indent and not line.indent and not _opens(line):
            return not before.closed or _QUOTES.match(line.folded) is not None, False
        return line.page_break and not before.closed and _flows(before, line), False
    full = _is_full(before, line, layout)
    if _FIELD.match(line.folded) or _FIELD.fullmatch(before.folded):
        return False, False
    if line.mark and (
        before.closed or not full or (_is_next(line, last) and _may_begin(groups[-1]))
    ):
        return False, False
    if len(groups) <= 4 and not before.closed and _ends_title(groups[-1], before, line, ends_title):
        return False, False
    if (
        line.page_break
        and not before.closed
        and _flows(before, line)
        and (full or _is_mid(before, line))
    ):
        return True, False
    if line.gap > layout.gap:
        return False, False
    if not before.closed or _is_open(groups[-1]):
        if full:
            return True, False
        cut = _is_ragged(before, line, layout)
        return cut, cut
    if not full or not _is_full(before, line, layout, strictly=True):
        return False, False
    if layout.spaced or layout.indented:
        return layout.spaced or not line.indent, False
    return not layout.new_after_full or _GOES_ON.match(line.folded) is not None, True


def _is_ragged(before: Line, line: Line, layout: Layout) -> bool:
    """Tell a line that goes on though it is not full: proportional type leaves the margin ragged."""
    if line.mark is not None:
        return False
    near = layout.measure(before) >= 0.7 * layout.width
    return before.trailing in "、,(「『" or (near and _is_mid(before, line))


def _is_mid(before: Line, line: Line) -> bool:
    """Tell two lines that are parted in the middle of a sentence, by the kana at the break."""
    goes_on = _KANA.match(line.folded) is not None and _GOES_ON.match(line.folded) is None
    return goes_on or _MID_SENTENCE.search(before.folded) is not None


def _flows(before: Line, line: Line) -> bool:
    return line.mark is None and (
        _MID_SENTENCE.search(before.folded) is not None or line.indent < 2
    )


def _ends_title(group: list[Line], before: Line, line: Line, ends_title: DocumentEnd) -> bool:
    """Tell that the line before ended a title or subtitle that happens to fill its line."""
    if len(group) > _FAR or before.signs >= 60 or re.match("[ぁ-ん、]", line.folded):
        return False
    title = "".join(part.folded for part in group)
    return ends_title(title) or _QUOTED.fullmatch(title) is not None


def _may_begin(group: list[Line]) -> bool:
    """Tell that a number may begin after these lines: no bracket is open and no word cut."""
    return not _is_open(group) and not re.match("[!-~ァ-ヶー]", group[-1].trailing)


def _is_open(group: list[Line]) -> bool:
    """Tell whether a bracket or quote is open after the last lines of a paragraph."""
    text = "".join(line.folded for line in group[-_FAR:])
    return any(text.count(opener) > text.count(closer) for opener, closer in ("()", "「」", "『』"))


def part_signature(groups: list[list[Line]]) -> list[list[Line]]:
    """Part the statement of signature from a paragraph before it whose last line happens to be full."""
    for index in range(max(0, len(groups) - 3), len(groups)):
        group = groups[index]
        for at in range(max(1, len(group) - _FAR), len(group)):
            rest = "".join(line.folded for line in group[at:])
            ends = group[at - 1].closed and group[-1].closed
            if ends and is_signature_statement(rest):
                return [*groups[:index], group[:at], group[at:], *groups[index + 1 :]]
    return groups


def _is_next(line: Line, last: dict[str, int]) -> bool:
    """Tell a number that counts on, or begins to count."""
    mark = line.mark
    if mark is None or not mark.counts:
        return mark is not None and mark.style == "bullet"
    return mark.value == last.get(mark.style, 0) + 1 or (mark.value == 1 and mark.style != "number")


def _is_full(line: Line, after: Line, layout: Layout, *, strictly: bool = False) -> bool:
    """Tell whether the first word of the next line had no room on this one."""
    word = _ALNUM_HEAD.match(after.folded)
    head = word.group() if word and not layout.cut else after.folded[:1]
    room = columns(head) if layout.unit == "columns" else len(head)
    room += word is not None and line.trailing.isascii()  # the space between two words
    slack = 0 if strictly else _NEAR if layout.unit == "columns" else _NEAR // 2
    return layout.measure(line) + room + slack > layout.width


def signature_lines(lines: list[Line], layout: Layout) -> list[list[Line]]:
    """Group the lines of a signature block: each stands alone but for the last signs of one that was cut."""
    groups: list[list[Line]] = []
    for line in lines:
        before = groups[-1][-1] if groups else None
        cut = before is not None and layout.width > 0 and layout.measure(before) >= layout.width
        if cut and len(line.folded) <= 3 and line.gap <= layout.gap:
            groups[-1].append(line)
        else:
            groups.append([line])
    return groups
