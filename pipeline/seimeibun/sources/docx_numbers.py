"""Numbers of paragraphs that Word counts itself: they are seen on the page but stand nowhere in the text."""

import re
from dataclasses import dataclass, field
from typing import Any, Self

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_VAL = f"{_W}val"
_PLACE = re.compile(r"%([1-9])")
_KANJI = "〇一二三四五六七八九"
_AIUEO = (
    "アイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨラリルレロワヲン"
)
_IROHA = (
    "イロハニホヘトチリヌルヲワカヨタレソツネナラムウヰノオクヤマケフコエテアサキユメミシヱヒモセス"
)
_ROMAN = ((10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))
_WIDE = str.maketrans("0123456789", "０１２３４５６７８９")
_DEEPEST = 20  # styles that are based on each other


@dataclass(frozen=True, slots=True)
class Level:
    """A level of a list: ``text`` has %1 for the number of the first level, %2 for that of the second."""

    text: str = ""
    kind: str = "decimal"
    start: int = 1


@dataclass(slots=True)
class Numbering:
    """Counts the paragraphs of a document as Word does."""

    lists: dict[str, dict[int, Level]] = field(default_factory=dict)  # by numId
    same: dict[str, str] = field(default_factory=dict)  # numId -> the list that it counts in
    styles: dict[str, tuple[str, int]] = field(default_factory=dict)  # style -> numId, level
    _counts: dict[str, dict[int, int]] = field(default_factory=dict)

    @classmethod
    def of(cls, document: Any) -> Self:
        """Return the lists that a document defines; without definitions there are no numbers."""
        made = cls()
        part = next(
            (r.target_part for r in document.part.rels.values()
             if not r.is_external and r.reltype.endswith("/numbering")),
            None,
        )  # fmt: skip
        root = getattr(part, "element", None)
        if root is None:
            return made
        levels = {a.get(f"{_W}abstractNumId"): _levels(a) for a in root.findall(f"{_W}abstractNum")}
        for number in root.findall(f"{_W}num"):
            reference = number.find(f"{_W}abstractNumId")
            abstract = reference.get(_VAL) if reference is not None else ""
            made.lists[number.get(f"{_W}numId")] = levels.get(abstract, {})
            made.same[number.get(f"{_W}numId")] = abstract
        made.styles = _styles(document.styles.element)
        return made

    def number_of(self, paragraph: Any) -> str:
        """Return the number of the next paragraph with a space behind it, "" if it has none."""
        num_id, depth = self._list_of(paragraph)
        level = self.lists.get(num_id, {}).get(depth)
        if level is None:
            return ""
        counts = self._counts.setdefault(self.same[num_id], {})
        counts[depth] = counts.get(depth, level.start - 1) + 1
        for deeper in [other for other in counts if other > depth]:
            del counts[deeper]
        if level.kind in {"bullet", "none"} or not level.text:
            return ""
        levels = self.lists[num_id]

        def shown(place: re.Match[str]) -> str:
            at = int(place[1]) - 1
            of = levels.get(at, Level())
            return written(counts.get(at, of.start), of.kind)

        text = _PLACE.sub(shown, level.text)
        return f"{text} " if text else ""

    def _list_of(self, paragraph: Any) -> tuple[str, int]:
        own = paragraph.find(f"{_W}pPr/{_W}numPr")
        style = paragraph.find(f"{_W}pPr/{_W}pStyle")
        inherited = self.styles.get(style.get(_VAL) if style is not None else "", ("", 0))
        if own is None:
            return inherited
        num_id, depth = _num_pr(own)
        return num_id or inherited[0], depth


def written(number: int, kind: str) -> str:
    """Return a number as Word writes it in lists of this kind (``w:numFmt``).

    >>> [written(3, kind) for kind in ("decimal", "decimalFullWidth", "aiueo", "upperRoman", "decimalEnclosedCircle")]
    ['3', '３', 'ウ', 'III', '③']
    >>> written(12, "japaneseCounting"), written(40, "lowerLetter")
    ('十二', '40')
    """
    series = {"aiueo": _AIUEO, "aiueoFullWidth": _AIUEO, "iroha": _IROHA, "irohaFullWidth": _IROHA}
    if kind in {"lowerLetter", "upperLetter"}:
        series[kind] = "abcdefghijklmnopqrstuvwxyz"
    if kind in series and 1 <= number <= len(series[kind]):
        sign = series[kind][number - 1]
        return sign.upper() if kind == "upperLetter" else sign
    if kind.startswith("decimalEnclosedCircle") and 1 <= number <= 20:
        return chr(ord("①") + number - 1)
    if kind in {"lowerRoman", "upperRoman"} and 1 <= number < 40:
        return _roman(number) if kind == "upperRoman" else _roman(number).lower()
    if kind.startswith(("japanese", "ideographDigital", "chineseCounting")) and 1 <= number < 100:
        return _kanji(number)
    return str(number).translate(_WIDE) if "FullWidth" in kind else str(number)


def _roman(number: int) -> str:
    text = ""
    for value, sign in _ROMAN:
        text += sign * (number // value)
        number %= value
    return text


def _kanji(number: int) -> str:
    tens, ones = divmod(number, 10)
    return (
        (_KANJI[tens] if tens > 1 else "") + ("十" if tens else "") + (_KANJI[ones] if ones else "")
    )


def _levels(abstract: Any) -> dict[int, Level]:
    levels = {}
    for level in abstract.findall(f"{_W}lvl"):
        found = {
            name: element.get(_VAL, "")
            for name in ("lvlText", "numFmt", "start")
            if (element := level.find(f"{_W}{name}")) is not None
        }
        levels[_integer(level.get(f"{_W}ilvl"), 0)] = Level(
            found.get("lvlText", ""),
            found.get("numFmt", "decimal"),
            _integer(found.get("start"), 1),
        )
    return levels


def _styles(root: Any) -> dict[str, tuple[str, int]]:
    """Return the lists of paragraph styles, also of those based on others."""
    own: dict[str, tuple[str, int]] = {}
    based: dict[str, str] = {}
    for style in root.findall(f"{_W}style"):
        name = style.get(f"{_W}styleId")
        found = style.find(f"{_W}pPr/{_W}numPr")
        if found is not None:
            own[name] = _num_pr(found)
        base = style.find(f"{_W}basedOn")
        if base is not None:
            based[name] = base.get(_VAL)
    for name in based:
        at = name
        for _ in range(_DEEPEST):
            if at in own or at not in based:
                break
            at = based[at]
        if at in own:
            own.setdefault(name, own[at])
    return own


def _num_pr(element: Any) -> tuple[str, int]:
    number, level = element.find(f"{_W}numId"), element.find(f"{_W}ilvl")
    return (
        number.get(_VAL, "") if number is not None else "",
        _integer(level.get(_VAL), 0) if level is not None else 0,
    )


def _integer(value: str | None, default: int) -> int:
    return int(value) if value and re.fullmatch(r"[0-9]{1,6}", value) else default
