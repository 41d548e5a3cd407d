"""Date, place and kind of document."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from seimeibun.statement.doctypes import doc_type_of_opening, doc_type_of_title
from seimeibun.statement.header import find_field
from seimeibun.statement.structure import DATE, Draft

_FILE_DATE = re.compile(
    r"(?<![0-9])((?:19|20)[0-9]{2})[-_.]?(0[1-9]|1[0-2])[-_.]?(0[1-9]|[12][0-9]|3[01])(?![0-9])"
)
_PLACE_NAME = (
    r"(?P<place>[一-鿿々ヶ]{2,8}|[ァ-ヶー・=＝]{2,20}(?:市|島|州)?|[A-Z][A-Za-z .\-]{2,24})"
)
_AT = r"(?:市内)?(?:において|におきまして|に於いて|に於て|における|にて|で)"
_DATED_PLACE = re.compile(
    rf"{DATE}[、,]?(?:に|から[^。]{{0,20}}まで)?[、,]?\s?(?:の)?{_PLACE_NAME}{_AT}"
)
_SIGNED_AT = re.compile(rf"(?:^|[、,。])\s?{_PLACE_NAME}{_AT}")
_PLACE_LINE = re.compile(r"於[::]?\s?([^。、()]{2,20})")
_OPENING = 3  # paragraphs of the text that may introduce it


@dataclass(frozen=True, slots=True)
class Metadata:
    """What is known about the document as a whole."""

    doc_type: str = ""
    date: str = ""
    date_source: str = ""
    place: str = ""
    header: Mapping[str, str] = field(default_factory=dict)
    warnings: tuple[str, ...] = ()


def metadata_of(
    drafts: Sequence[Draft], texts: Sequence[str], *, path: str = "", date: str = ""
) -> Metadata:
    """Collect the metadata of a statement whose paragraphs are classified."""
    header = header_fields(texts, drafts)
    title = " ".join(draft.text for draft in drafts if draft.kind == "title")
    opening = [draft.content for draft in drafts if draft.kind in {"body", "list"}][:_OPENING]
    found, source, warnings = _date(drafts, header, path, date)
    return Metadata(
        doc_type=doc_type_of_title(title) or doc_type_of_opening("".join(opening)),
        date=found,
        date_source=source,
        place=_place(drafts, header, opening),
        header=header,
        warnings=warnings,
    )


def header_fields(texts: Sequence[str], drafts: Sequence[Draft]) -> dict[str, str]:
    """Return the header fields by key; a field that stands twice keeps its first value."""
    fields: dict[str, str] = {}
    for at, draft in enumerate(drafts):
        if draft.kind != "header":
            continue
        found = find_field(draft.text, bare=True)
        if found is None:
            continue
        value = draft.text[found.length :].strip()
        if not value and found.key == "title" and at + 1 < len(texts):
            value = texts[at + 1]
        if value:
            fields.setdefault(found.key, value)
    return fields


def _date(
    drafts: Sequence[Draft], header: Mapping[str, str], path: str, given: str
) -> tuple[str, str, tuple[str, ...]]:
    if given:
        return given, "given", ()
    in_header = (
        full_date(header.get("date", ""))
        or _first_date(drafts, {"header"})
        or _first_date(drafts, {"title"})
    )
    signed = _first_date(drafts, {"signature"}, last=True)
    warnings: tuple[str, ...] = ()
    if in_header and signed and in_header != signed:
        warnings = (f"the header is dated {in_header}, the signature {signed}",)
    if in_header:
        return in_header, "header", warnings
    if signed:
        return signed, "signature", warnings
    body = _first_date(drafts, {"body", "list"})
    if body:
        return body, "body", warnings
    return (named, "file_name", warnings) if (named := date_in_name(path)) else ("", "", warnings)


def date_in_name(path: str) -> str:
    """Return the date that a file name begins with or contains.

    >>> date_in_name("2014-07-16_kyodo.txt"), date_in_name("a/20111028_179.txt"), date_in_name("179.txt")
    ('2014-07-16', '2011-10-28', '')
    """
    match = _FILE_DATE.search(re.split(r"[/\\]", path)[-1])
    return "-".join(match.groups()) if match else ""


def _first_date(drafts: Sequence[Draft], kinds: set[str], *, last: bool = False) -> str:
    dates = (full_date(draft.text) for draft in drafts if draft.kind in kinds)
    found = (
        [date for date in dates if date]
        if last
        else [date for date in [next((d for d in dates if d), "")] if date]
    )
    return found[-1] if found else ""


def full_date(text: str) -> str:
    """Return the first date of ``text`` that names its year, month and day, as ISO 8601; "" if there is none."""
    # expressions.dates folds width by this package
    try:
        from seimeibun.expressions.dates import find_dates
    except ImportError:
        match = re.search("([0-9]{4})年([0-9]{1,2})月([0-9]{1,2})日", text)
        return f"{match[1]}-{int(match[2]):02}-{int(match[3]):02}" if match else ""

    if not re.search("[年/.\\-]", text):
        return ""
    for found in find_dates(text):
        complete = found.granularity == "day" and len(found.start_date) == 10
        if (
            complete
            and found.label in {"DATE", "RANGE"}
            and found.anchor_source in {"", "none", "explicit"}
            and not found.anchor
        ):
            return found.start_date
    return ""


def _place(drafts: Sequence[Draft], header: Mapping[str, str], opening: Sequence[str]) -> str:
    if header.get("place"):
        return header["place"].strip("()、, ")
    for draft in drafts:
        if draft.kind == "header" and (match := _PLACE_LINE.search(draft.text)):
            return match[1].strip()
    signed = [draft.text for draft in drafts if draft.kind == "signature"]
    for text in signed:
        if match := _DATED_PLACE.search(text) or _SIGNED_AT.search(text):
            return match["place"]
    for text in opening:
        if match := _DATED_PLACE.search(text):
            return match["place"]
    return ""
