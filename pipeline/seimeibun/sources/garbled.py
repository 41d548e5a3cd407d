"""Texts that were damaged before they came here: they decode, and yet are not what was written."""

from seimeibun.sources.decoding import plausibility

_SAMPLE = 20_000  # characters
_FEW = 20  # characters: too few to tell a language by
_PLAUSIBLE = 0.25  # of the signs outside ASCII; Japanese is above .6
_MARKS = 0.3  # of the visible characters: no text asks as much


def garbled_warnings(text: str) -> list[str]:
    """Return what is to be said of lost characters, and of a text that hardly has any Japanese.

    >>> garbled_warnings("双方は、一致した。"), len(garbled_warnings("縺ｪ縺ｫ繧偵＠" * 9)), len(garbled_warnings("?" * 40))
    ([], 1, 1)
    """
    warnings = []
    if lost := text.count("\ufffd"):
        warnings.append(f"{lost} characters are lost (U+FFFD); a conversion damaged the source")
    shown = "".join(text[:_SAMPLE].split())
    foreign = [sign for sign in shown if sign > "\x7f" and sign != "\ufffd"]
    if len(shown) > _FEW and shown.count("?") > _MARKS * len(shown):
        warnings.append("文字化け: most of the text is question marks; a conversion lost it")
    elif len(foreign) > max(_FEW, 0.2 * len(shown)) and plausibility("".join(foreign)) < _PLAUSIBLE:
        warnings.append("文字化け: the text is garbled, or of another language than Japanese")
    return warnings
