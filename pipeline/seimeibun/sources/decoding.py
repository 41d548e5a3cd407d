"""Bytes to text, in the encodings that Japanese text comes in."""

import codecs
import re
from dataclasses import dataclass

from seimeibun.sources.errors import SourceError

# Longer marks first: that of UTF-32-LE begins with that of UTF-16-LE.
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# What browsers read under these names (WHATWG): the supersets with ① and ㈱.
_MEANT = {"shift_jis": "cp932", "iso2022_jp": "iso2022_jp_ext"}
_ALIASES = {"x_sjis": "cp932", "x_euc_jp": "euc_jp", "windows_31j": "cp932"}
_JAPANESE_SIGN = re.compile("[ぁ-ゖァ-ヺー々、。，．・「」（）]")
_UNLIKELY = re.compile("[｡-ﾟ\ue000-\uf8ff\x00-\x08\x0e-\x1f\x80-\x9f]")
_STRAY = re.compile("[\x80\xa0\uf8f0-\uf8f3]")
_KANJI = re.compile("[一-鿿]")
_KANA = re.compile("[ぁ-ゖァ-ヺ]")
_MANY = 20  # kanji, after which Japanese has had some kana
_SAMPLE = 20_000  # characters that the plausibility of an encoding is judged by
_PLAUSIBLE = 0.25  # of the signs outside ASCII; mojibake scores below 0, Japanese above .6


@dataclass(frozen=True, slots=True)
class Decoded:
    """Text, the encoding of its bytes, how that was found, and whether a byte order mark was cut off."""

    text: str
    encoding: str
    method: str
    bom: bool = False


def decode(data: bytes, name: str, *, encoding: str | None = None, declared: str = "") -> Decoded:
    """Decode strictly: by ``encoding``, by the mark, by the bytes, by what the text itself declares.

    ``declared`` (the charset of a web page) is heard where the bytes are not UTF-8: pages that were saved anew
    often still declare what they were. ``name`` is that of the file, for messages.
    """
    mark, marked = next(((m, e) for m, e in _MARKS if data.startswith(m)), (b"", ""))
    if encoding is not None:
        used = _known_encoding(encoding, name)
        bare = data[len(mark) :] if mark and _same_family(used, marked) else data
        if used in {"utf-16", "utf-32"} and bare is not data:
            used = marked
        text = _strict(bare, used, name, len(data) - len(bare))
        return Decoded(text, used, "given", bom=bare is not data)
    if mark:
        return Decoded(_strict(data[len(mark) :], marked, name, len(mark)), marked, "bom", bom=True)
    return _ladder(data, name, declared)


def has_mark(data: bytes) -> bool:
    """Tell whether the bytes begin with a byte order mark."""
    return any(data.startswith(mark) for mark, _ in _MARKS)


def _declared_encoding(declared: str) -> str:
    """Return the encoding that a text says it has, "" where there is no such encoding."""
    try:
        return _known_encoding(declared, "") if declared else ""
    except SourceError:
        return ""


def _known_encoding(encoding: str, name: str) -> str:
    plain = encoding.strip().lower().replace("-", "_")
    try:
        codec = codecs.lookup(_ALIASES.get(plain, plain))
    except LookupError:
        message = (
            f"unknown encoding {encoding!r}; for example utf-8, cp932, euc_jp, iso2022_jp, utf-16"
        )
        raise SourceError(name, "encoding_name", message) from None
    if not codec._is_text_encoding:
        message = f"{encoding!r} is no encoding of text; for example utf-8, cp932, euc_jp"
        raise SourceError(name, "encoding_name", message)
    used = codec.name.replace("-sig", "").replace("_sig", "")
    return _MEANT.get(used, used)


def _same_family(encoding: str, marked: str) -> bool:
    return marked.replace("-", "").startswith(encoding.replace("-", "").replace("_", ""))


def _to_text(data: bytes, encoding: str) -> str:
    """Decode strictly; Python's cp932 also lets bytes pass that stand for nothing (80, A0, FD to FF)."""
    text = data.decode(encoding)
    if encoding == "cp932" and (stray := _STRAY.search(text)):
        at = len(text[: stray.start()].encode(encoding))
        raise UnicodeDecodeError(encoding, data, at, at + 1, "no character has this byte")
    return text


def _strict(data: bytes, encoding: str, name: str, skipped: int = 0) -> str:
    try:
        return _to_text(data, encoding)
    except UnicodeDecodeError as error:
        where = _where(error, data, skipped)
        message = f"not {encoding}: {where}; name the encoding that the file has"
        raise SourceError(name, "encoding", message) from None


def _where(error: UnicodeDecodeError, data: bytes, skipped: int = 0) -> str:
    found = data[error.start : error.start + 4].hex(" ")
    return f"bytes {found} at position {error.start + skipped} ({error.reason})"


def _ladder(data: bytes, name: str, declared: str) -> Decoded:
    """Decode by escape sequences, then UTF-8, then as declared, then by the likelier of cp932 and EUC-JP."""
    if b"\x1b" in data and (text := _attempt(data, "iso2022_jp_ext")) is not None:
        return Decoded(text, "iso2022_jp_ext", "escape")
    if (text := _attempt(data, "utf-8")) is not None:
        return Decoded(text, "utf-8", "utf-8")
    used = _declared_encoding(declared)
    if used and (text := _attempt(data, used)) is not None and plausibility(text) >= _PLAUSIBLE:
        return Decoded(text, used, "declared")
    readings = [
        (text, encoding)
        for encoding in ("cp932", "euc_jp")
        if (text := _attempt(data, encoding)) is not None
    ]
    if not any(encoding == "euc_jp" for _, encoding in readings):
        text = _attempt(data, "euc_jis_2004")
        readings += [(text, "euc_jis_2004")] if text is not None else []
    readings = [(text, used) for text, used in readings if used == "cp932" or _has_kana(text)]
    best = max(readings, key=lambda reading: plausibility(reading[0]), default=None)
    if best is not None and plausibility(best[0]) >= _PLAUSIBLE:
        return Decoded(*best, "plausibility")
    raise SourceError(name, "encoding", _why_none(data))


def _attempt(data: bytes, encoding: str) -> str | None:
    try:
        return _to_text(data, encoding)
    except UnicodeDecodeError:
        return None


def _why_none(data: bytes) -> str:
    reasons = []
    for encoding in ("utf-8", "cp932", "euc_jp"):
        try:
            _to_text(data, encoding)
        except UnicodeDecodeError as error:
            reasons.append(f"{encoding}: {_where(error, data)}")
        else:
            reasons.append(f"{encoding}: decodes, but not to Japanese")
    return (
        f"no encoding explains the bytes – {'; '.join(reasons)}; name the encoding or mend the file"
    )


def _has_kana(text: str) -> bool:
    """Tell Japanese from Chinese and Korean, whose encodings have their characters at the places of EUC-JP."""
    return len(_KANJI.findall(text[:_SAMPLE])) < _MANY or _KANA.search(text) is not None


def plausibility(text: str) -> float:
    """Return how Japanese a decoding looks: 1 is all kana and common kanji, below 0 is mojibake.

    >>> plausibility("双方は、一致した。") > 0.8 > 0.2 > plausibility("縺ｪ縺ｫ繧偵＠")
    True
    """
    signs = [sign for sign in text[:_SAMPLE] if sign > "\x7f"]
    if not signs:
        return 0.0
    sample = "".join(signs)
    likely = len(_JAPANESE_SIGN.findall(sample))
    common = sum(map(_is_first_level, _KANJI.findall(sample)))
    unlikely = len(_UNLIKELY.findall(sample))
    return (likely + common - 2 * unlikely) / len(signs)


def _is_first_level(kanji: str) -> bool:
    """Tell the 2,965 kanji in common use (JIS X 0208 level 1), which mojibake seldom hits."""
    try:
        return 0xB0 <= kanji.encode("euc_jp")[0] <= 0xCF
    except UnicodeEncodeError:
        return True  # 髙, 﨑: names write them, and mojibake does not reach them
