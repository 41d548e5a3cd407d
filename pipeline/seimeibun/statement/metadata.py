"""Date, place and kind of document."""

import datetime
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from seimeibun.statement.doctypes import doc_type_of_opening, doc_type_of_title
from seimeibun.statement.header import find_field
from seimeibun.statement.structure import DATE, OPENING_WORD, Draft, is_place_alone

_FILE_DATE = re.compile(
    r"(?<![0-9])((?:19|20)[0-9]{2})[-_.]?(0[1-9]|1[0-2])[-_.]?(0[1-9]|[12][0-9]|3[01])(?![0-9])"
)
_NAME = r"(?!明治|大正|昭和|平成|令和|西暦|午[前後])(?:[一-鿿々ヶ]{2,12}|[ァ-ヶー・=＝]{2,20}(?:市|島|州)?|[A-Z][A-Za-z .\-]{2,24})"
_LONG_NAME = r"[一-鿿々ァ-ヶー・=A-Za-z .\-]{2,40}"  # with the country before the city
_IN_COUNTRY = (
    r"(?:[ァ-ヶー一-鿿・]{2,16}の)?(?:首都)?(?:[ァ-ヶー一-鿿・]{2,12}(?:[州県府]|首都圏|自治区))?"
)
_AT = r"(?:市内|市)?(?:\([^()]{2,12}\))?(?:において|におきまして|に於いて|に於て|における|にて|で)"
_DATED_PLACE = re.compile(
    rf"{DATE}(?:[、,]|に|から[^。、]{{0,20}}まで(?:の間)?|\s|の)*{_IN_COUNTRY}(?P<place>{_NAME}){_AT}"
)
_SIGNED_AT = re.compile(rf"(?:^|[、,。])\s?{_IN_COUNTRY}(?P<place>{_NAME}){_AT}")
_DATE_AND_PLACE = re.compile(
    rf"{DATE}[、,]?\s?(?:於)?(?P<place>(?:{_LONG_NAME}[、,])?{_LONG_NAME})[)\]]?$"
)
_PLACE_AND_DATE = re.compile(
    rf"^(?P<place>(?:{_LONG_NAME}[、,])?{_NAME})(?:\([^()]{{2,12}}\))?[、,]?\s?{DATE}"
)
_PLACE_LINE = re.compile(r"於[::]?\s?(?P<place>[^。、()]{2,20})")
_ALONE = re.compile(r"(?P<place>.+)")
_MEETING = re.compile(
    rf"{_AT}[^。]{{0,140}}?(?:会談|会合|会議|協議|開催|開かれ|署名|調印|交換|発出|採択|実施|行)"
)
# ニューヨークの国連本部において…開かれた; ニューヨークを訪問中の大臣は…会合を行った
_MEETING_INSIDE = re.compile(rf"の[^、。はを]{{2,24}}?{_MEETING.pattern}")
_STAY = re.compile(
    r"(?:を(?:公式)?訪問(?:中|した)|滞在中|訪問中|に滞在)[^。]{0,200}?(?:会談|会合|会議|協議|署名|実施|行)"
)
_FUTURE = re.compile("次回|来年|明年|予定|今後|招待")
_FACILITY = re.compile(
    r"(?:官邸|ホテル|会館|公邸|議事堂|国会|外務省|大統領府|会議場|会場|本部|センター|迎賓館|宮殿|大使館)$"
)
_FULL_DATE = re.compile(
    rf"{DATE}(?:\s?\(.{{2,12}}?\))?|[12][0-9]{{3}}(?P<sep>[/.\-])[01]?[0-9](?P=sep)[0-3]?[0-9](?![0-9])"
)
_OF_ANOTHER = re.compile(
    r"付け?の?|以[来後降前]|に(?:署名|調印|採択|発効|締結|設立|創設)|の[^、。]{0,30}(?:宣言|声明|協定|条約|会談|会合|会議|合意|決議|訪問)"
)
# イタリア共和国プーリア州|ファザーノ, マニラ首都圏|パサイ市: the town is the place
_REGION_BEFORE = re.compile(r".{2,}(?:[州県府]|首都圏|自治区|共和国)(?=[一-鿿ァ-ヶー]{2})")
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
        return checked_date(given), "given", ()
    in_header = (
        full_date(header.get("date", ""))
        or _first_date([draft for draft in drafts if _tells_date(draft)], {"header"})
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
    text = [draft.text for draft in drafts if draft.kind in {"body", "list"}]
    named = date_in_name(path)
    if found := next((d for t in text[:_OPENING] if (d := full_date(t, own=True))), ""):
        if named and named != found:
            warnings = (f"the text opens with {found}, the file name says {named}",)
        return found, "body", warnings
    if named:
        return named, "file_name", ()
    found = next((d for t in text if (d := full_date(t))), "")
    return (found, "body", ()) if found else ("", "", ())


def _tells_date(draft: Draft) -> bool:
    """Tell a header line whose date is the document's: not that of the source or of a note."""
    label = find_field(draft.text, bare=True)
    return label is None or label.key in {"date", "place", "venue", "event"}


def checked_date(date: str) -> str:
    """Return a date given by the caller; anything but ISO 8601 (2014-07-16) is an error."""
    try:
        return datetime.date.fromisoformat(date).isoformat() if date else ""
    except ValueError:
        message = f"the date {date!r} is none; a date is written as 2014-07-16"
        raise ValueError(message) from None


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


def full_date(text: str, *, own: bool = False) -> str:
    """Return the first date of ``text`` that names its year, month and day, as ISO 8601; "" if there is none.

    ``own`` passes over dates of other documents and events (1956年10月19日の共同宣言).

    >>> full_date("双方は、本日、2003年5月6日の協定（平成十五年）を確認した。"), full_date("昨年5月6日")
    ('2003-05-06', '')
    """
    # expressions.dates folds width by this package
    from seimeibun.expressions.dates import find_dates

    for match in _FULL_DATE.finditer(text):
        if own and _OF_ANOTHER.match(text, match.end()):
            continue
        for found in find_dates(match.group()):
            if (
                len(found.start_date) == 10
                and found.granularity in {"day", "range"}
                and not found.anchor
            ):
                return found.start_date
    return ""


def _place(drafts: Sequence[Draft], header: Mapping[str, str], opening: Sequence[str]) -> str:
    """Return where the document was made: header, statement of signature, opening."""
    if header.get("place"):
        return re.split(r"[、,(]", header["place"].strip("()、, "))[0]
    front = [draft.text.strip("()[]") for draft in drafts if draft.kind == "header"]
    signed = [draft.text for draft in drafts if draft.kind == "signature"]
    alone = next(
        (place for text in front if is_place_alone(text) and (place := _as_place(text))), ""
    )
    for texts, patterns in (
        (front, (_PLACE_LINE, _DATE_AND_PLACE, _PLACE_AND_DATE)),
        ([alone], (_ALONE,)),
        (signed, (_DATED_PLACE, _SIGNED_AT, _DATE_AND_PLACE, _PLACE_AND_DATE)),
        (opening, (_DATED_PLACE,)),
    ):
        for text in texts:
            for pattern in patterns:
                if (match := pattern.search(text)) and (place := _as_place(match["place"])):
                    return place
    return _venue(opening)


def _as_place(name: str) -> str:
    """Return the city in a name if one is known in it, the name itself if it may be a place, else ""."""
    # gazetteer folds width by this package
    from seimeibun.gazetteer import find_names

    name = name.strip()
    if region := _REGION_BEFORE.match(name):
        name = name[region.end() :]
    cities = [found for found in find_names(name) if found.label == "CITY"]
    if cities:
        return name[cities[-1].start : cities[-1].end]
    name = re.split("[、,]", name)[-1].strip()
    return "" if _FACILITY.search(name) or OPENING_WORD.fullmatch(name) else name


def _venue(opening: Sequence[str]) -> str:
    """Return the city at which the opening says that a meeting took place."""
    from seimeibun.gazetteer import find_names

    for sentence in "".join(opening[:1])[:600].split("。")[:2]:
        if _FUTURE.search(sentence):
            continue
        cities = [found for found in find_names(sentence) if found.label == "CITY"]
        for pattern in (_MEETING, _MEETING_INSIDE, _STAY):
            for found in cities:
                if pattern.match(sentence, found.end):
                    return sentence[found.start : found.end]
    return ""
