"""Paragraph marks: numbers, letters and bullets at the beginning of a line."""

import re
from dataclasses import dataclass

from seimeibun.width import fold_width

_KANJI_NUMBER = "[一二三四五六七八九十]{1,3}"
# What may not follow a bare number and a space: there the number counts something (21 日, 5 か国, 3 つ),
# unless the sign begins a word of its own (1 日本側は, 2 国連改革, 3 人的交流, 4 5月の会合).
_COUNTED = (
    r"(?![,.秒億百箇%％〜～])(?![かカヶヵ個][国月年所条村言])(?!つ(?!い))(?!年(?![次金頭]))(?!回(?![復答避収]))(?!時(?![代宜]))"
    r"(?!万(?!国|博))(?!千(?![葉島]))(?!度(?!重))(?![0-9]+(?![0-9年月日]))(?!月(?!例))(?!日(?![本・米中韓英露豪印仏独欧朝側]))"
    r"(?!国(?![連際会内境交民防家産]))(?!人(?![間材権的道口類物工文身々]))(?!分(?![野析担科]))(?!件(?!名))(?!名(?![称古]))"
    r"(?!点(?!検))(?!項(?!目))(?!条(?!約|件))(?!周(?![知辺]))(?!割(?!当))(?!倍|章)"
)
_MARKS = (
    ("article", r"(?P<article>第(?:[0-9]{1,3}|[一二三四五六七八九十百]{1,5})[条章節部編](?:の[0-9一二三四五])?)(?:\s+|$|(?=\())"),
    ("roman", r"(?P<roman>[Ⅰ-Ⅻⅰ-ⅻ])(?:[.。、)]\s*|\s+|(?=[「一-鿿ァ-ヶ]))"),
    ("latin_roman", r"(?P<latin_roman>[IVX]{1,5})[.。]\s*(?=[^A-Za-z0-9])"),
    ("decimal", r"(?P<decimal>[0-9]{1,2}(?:[.\-][0-9]{1,2}){1,3})[.)。、]?\s+(?=[^0-9])" + _COUNTED),
    ("number", r"(?P<number>[0-9]{1,3})(?:[.。、)](?![0-9])\s*|\s+" + _COUNTED + "|$)"),
    ("bracketed", rf"(?P<bracketed>\((?:[0-9]{{1,3}}|{_KANJI_NUMBER}|[ア-ンイロハニホヘト]|[a-z]|[ivx]{{1,4}}|[Ⅰ-Ⅻⅰ-ⅻ])\))\s*"),
    ("kanji", rf"(?P<kanji>{_KANJI_NUMBER})(?:[、.。](?![一二三四五六七八九十])\s*|\s+" + _COUNTED + ")"),
    ("kana", r"(?P<kana>[アイウエオカキクケコサシスセソ])(?:[.。)]\s*|\s+)"),
    ("letter", r"(?P<letter>[A-Za-z])(?:[.。)]\s+|[)]\s*|[.。](?=[ぁ-んァ-ヶ一-鿿]))"),
    ("circled", r"(?P<circled>[①-⑳㉑-㉟㊀-㊉❶-❿])\s*"),
    ("bullet", r"(?P<bullet>[●○◯◎■□◆◇▼▽▲△▶►★☆※*•‣➢])(?![●○◯◎■□◆◇▼▽▲△▶►★☆※*•‣➢])\s*"),
    ("dash", r"(?P<dash>[−‐‑–—―・･·\-])(?:\s+|(?=[ぁ-んァ-ヶ一-鿿「『(]))"),
)  # fmt: skip
_MARK = re.compile("|".join(pattern for _, pattern in _MARKS))
_ORDER = {sign: value for signs in ("ⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩⅪⅫ", "ⅰⅱⅲⅳⅴⅵⅶⅷⅸⅹⅺⅻ", "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳", "アイウエオカキクケコサシスセソ", "㊀㊁㊂㊃㊄㊅㊆㊇㊈㊉") for value, sign in enumerate(signs, 1)}  # fmt: skip
_LATIN_ROMAN = {
    "I": 1,
    "II": 2,
    "III": 3,
    "IV": 4,
    "V": 5,
    "VI": 6,
    "VII": 7,
    "VIII": 8,
    "IX": 9,
    "X": 10,
}
_DIGITS = {sign: value for value, sign in enumerate("〇一二三四五六七八九")}


@dataclass(frozen=True, slots=True)
class Mark:
    """A mark at the beginning of a line: its style, the sign without full stop, its value, its length.

    ``value`` is the number meant (Ⅳ is 4), 0 where the mark does not count; ``length`` includes the full stop
    and the space after it.
    """

    style: str
    number: str
    value: int
    length: int

    @property
    def counts(self) -> bool:
        """Whether the mark is a number or letter, not a bullet."""
        return self.style not in {"bullet", "dash"}


def find_mark(line: str) -> Mark | None:
    """Return the mark that a line begins with.

    >>> [find_mark(line).number for line in ("１　双方は", "(2) 経済", "一、両国は", "Ⅳ．結語", "第三条 両国は", "1.2 貿易")]
    ['1', '(2)', '一', 'Ⅳ', '第三条', '1.2']
    >>> [find_mark(line) for line in ("21 日に", "2015 年3月", "第三条に基づき", "1.5億ドル", "一般に", "−5度")]
    [None, None, None, None, None, None]
    """
    match = _MARK.match(fold_width(line[:40]))
    if match is None or match.lastgroup is None:
        return None
    style, sign = match.lastgroup, match.group(match.lastgroup)
    if style in {"bullet", "dash"}:
        return Mark(style, "", 0, match.end())
    return Mark(style, sign, _value(sign), match.end())


def _value(sign: str) -> int:
    core = sign.strip("()第条章節部編")
    if core.isascii() and core.isdigit():
        return int(core)
    if "." in core or "-" in core:
        last = re.split(r"[.\-]", core)[-1]
        return int(last) if last.isdigit() else 0
    if core in _LATIN_ROMAN:
        return _LATIN_ROMAN[core]
    if core in _ORDER:
        return _ORDER[core]
    if len(core) == 1 and core.isascii() and core.isalpha():
        return ord(core.lower()) - ord("a") + 1
    return _kanji_value(core)


def _kanji_value(core: str) -> int:
    """Read 一 to 九十九."""
    tens, ten, ones = core.rpartition("十")
    if not all(sign in _DIGITS for sign in tens + ones):
        return 0
    return (_DIGITS.get(tens, 1) * 10 if ten else 0) + _DIGITS.get(ones, 0)
