"""Signature statements and signature blocks."""

import re

_NUMBER = "(?:[0-9]{1,4}|元|[〇○零一二三四五六七八九十百千]+)"
_DATE = rf"{_NUMBER}\s?年\s?(?:\([^()]{{2,12}}\))?\s?{_NUMBER}\s?月\s?{_NUMBER}\s?日"
_WHEN_OR_WHERE = re.compile(
    rf"{_DATE}|本日|[一-鿿ァ-ヶー・ ]{{2,20}}(?:市)?(?:において|に於いて|に於て|にて|で)"
)
_SIGNED = re.compile(
    r"(?:署名|調印|記名|作成|作製|発出|採択|公表)(?:さ?れ|し|を行[いっな]|を了し|する|せられ|を完了し)?[たつる]?(?:もの(?:である|とする))?(?:。|$)"
    r"|(?:署名|調印|作成|発出)(?:し|され|いたし)まし?た。"
)
_SUBJECT = re.compile(
    r"(?:双方|両国|両首脳|両大臣|両者|大臣|大統領|首相|首脳|日本|政府|側|会合|会談|会議|代表|参加国|各国)(?:等)?(?:は|が)"
)
_WITNESS = re.compile(r"以上の証拠として|右証拠として|下名は")
_OFFICE = r"(?:大臣|大統領|首相|総理|主席|国王|議長|委員長|書記長|長官|大使|公使|領事|総裁|代表|理事長|次官|局長|事務総長|事務局長|知事|市長|会長|女王|殿下|閣下|陛下|首長|顧問|元首|宰相|太子)"
_OFFICE_END = re.compile(rf"{_OFFICE}(?:代理|代行|補佐)?(?:\([^()]*\))?$")
_ON_BEHALF = re.compile(
    r"(?:の?ために|に代わって|を代表して)[::]?$|(?:For|On behalf of)\b", re.IGNORECASE
)
_CLOSING = re.compile(
    r"[(\[]?(?:以\s?上|了|おわり|終わり|終|完|以下余白|\*+|※+|-{3,}|=+|_{3,})[)\]]?"
)
_SIGNED_MARK = re.compile(r"\((?:署名|サイン|署名済み?)\)$")
_WIDE = re.compile(r"\s{2,}|\t")
_OFFICE_CELL = re.compile(rf"{_OFFICE}(?P<gap>\s)(?=\S)")


def is_signature_statement(text: str) -> bool:
    """Tell the sentence that says when and where a document was signed or made.

    >>> is_signature_statement("2001年4月3日に東京において、ひとしく正文である日本語及び英語により本書二通を作成した。")
    True
    >>> is_signature_statement("双方は、2001年4月3日に東京で覚書に署名した。"), is_signature_statement("覚書に署名した。")
    (False, False)
    """
    if len(text) > 220 or _SIGNED.search(text) is None:
        return False
    if _WITNESS.search(text):
        return True
    return _WHEN_OR_WHERE.search(text) is not None and _SUBJECT.search(text) is None


def is_signature_line(text: str) -> bool:
    """Tell a line of a signature block by its office (外務大臣), 日本国のために, or (署名).

    >>> [is_signature_line(line) for line in ("日本国外務大臣", "日本国のために", "For Japan", "結語")]
    [True, True, True, False]
    """
    if len(text) > 60 or text.endswith("。"):
        return False
    return any(pattern.search(text) for pattern in (_OFFICE_END, _ON_BEHALF, _SIGNED_MARK)) or bool(
        re.search(rf"{_OFFICE}\s?[^\s。、]{{2,24}}$", text) and "、" not in text
    )


def is_closing(text: str) -> bool:
    """Tell 以上, (了) and ruled lines, which close a document and say nothing."""
    return _CLOSING.fullmatch(text) is not None


def split_cells(line: str) -> list[tuple[int, int]]:
    """Return the cells of a line of a signature block set in columns, as spans of the line.

    Cells are parted by wide space, or by any space after an office.

    >>> line = "甲国外務大臣 日本国外務大臣"
    >>> [line[start:end] for start, end in split_cells(line)]
    ['甲国外務大臣', '日本国外務大臣']
    """
    gaps = {match.span() for match in _WIDE.finditer(line)}
    cuts = sorted(gaps | {match.span("gap") for match in _OFFICE_CELL.finditer(line)})
    cells, start = [], 0
    for left, right in cuts:
        if left > start:
            cells.append((start, left))
            start = right
    cells.append((start, len(line)))
    return cells
