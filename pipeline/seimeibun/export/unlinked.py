"""Relations that cannot be written, told the same way by every format that has relations."""

from collections.abc import Iterable

from seimeibun.export.dataset import Document, Relation
from seimeibun.export.outcome import LeftOut


def unlinked(document: Document) -> list[LeftOut]:
    """Return the relations to what is not among the exported spans, such as an actor that is no entity."""
    return [
        LeftOut(
            document.doc_id,
            "relation",
            f"{row['relation']} {row['head_span_id']} {row['dep_span_id']}".rstrip(),
            row["dep_text"],
            "one end is not an exported span",
        )
        for row in document.unlinked
    ]


def dropped(document: Document, relations: Iterable[Relation]) -> list[LeftOut]:
    """Return ``relations``, one of whose spans was left out, as left out."""
    return [
        LeftOut(
            document.doc_id,
            "relation",
            f"{relation.name} {relation.head.span_id} {relation.dep.span_id}",
            relation.dep.row["text"],
            "one of its spans is left out",
        )
        for relation in relations
    ]
