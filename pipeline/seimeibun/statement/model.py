"""What a statement is made of."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any, Self

from seimeibun.sources import SourceText
from seimeibun.statement.offsets import OffsetMap


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph; ``start`` and ``end`` are half-open, into the clean text.

    ``kind`` is header, title, heading, body, list or signature. ``number`` is the mark as written, without its
    full stop (1, (1), 一, Ⅰ, 第一条, ①); ``heading`` the heading that it stands under; ``page`` counts from 1,
    0 where the text shows no pages.
    """

    kind: str
    number: str
    heading: str
    page: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence; ``para_no`` counts from 1, offsets are into the clean text.

    ``kind`` is body, signature (the sentence that says where and when it was signed), or heading: a line that
    is no sentence, such as a title, a header field, the office and the name of a signatory.
    """

    para_no: int
    kind: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Party:
    """A state or organisation whose statement this is; ``role`` is signatory or participant.

    ``iso3`` is "" for an organisation, ``name`` the name as first written.
    """

    iso3: str
    name: str
    role: str


@dataclass(frozen=True, slots=True)
class Statement:
    """A statement with its structure. ``text`` is the clean copy, ``offsets`` its way back into the source."""

    source: SourceText
    text: str
    offsets: OffsetMap
    title: str = ""  # as published, without wraps
    doc_type: str = ""
    date: str = ""  # ISO 8601; "" where unknown
    date_source: str = ""  # given, header, signature, body, file_name
    place: str = ""
    parties: tuple[Party, ...] = ()
    paragraphs: tuple[Paragraph, ...] = ()
    sentences: tuple[Sentence, ...] = ()
    warnings: tuple[str, ...] = ()
    header: Mapping[str, str] = field(default_factory=dict)

    def to_dict(self) -> dict[str, Any]:
        """Return the statement as JSON-able data."""
        return {
            "source": asdict(self.source),
            "text": self.text,
            "offsets": self.offsets.to_dict(),
            "title": self.title,
            "doc_type": self.doc_type,
            "date": self.date,
            "date_source": self.date_source,
            "place": self.place,
            "parties": [asdict(party) for party in self.parties],
            "paragraphs": [asdict(paragraph) for paragraph in self.paragraphs],
            "sentences": [asdict(sentence) for sentence in self.sentences],
            "warnings": list(self.warnings),
            "header": dict(self.header),
        }

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Self:
        """Return the statement that ``to_dict`` wrote."""
        return cls(
            source=SourceText.from_dict(data["source"]),
            text=data["text"],
            offsets=OffsetMap.from_dict(data["offsets"]),
            title=data["title"],
            doc_type=data["doc_type"],
            date=data["date"],
            date_source=data["date_source"],
            place=data["place"],
            parties=tuple(Party(**party) for party in data["parties"]),
            paragraphs=tuple(Paragraph(**paragraph) for paragraph in data["paragraphs"]),
            sentences=tuple(Sentence(**sentence) for sentence in data["sentences"]),
            warnings=tuple(data["warnings"]),
            header=dict(data["header"]),
        )
