"""doccano JSON lines for a sequence labelling project with relations.

Import as "JSONL (relation)" into a project with "Allow overlapping entities" and "Use relation
labeling", and without "Count grapheme clusters as one character". Carried: text, nested and crossing spans,
relations; title and date as metadata. Offsets are UTF-16 units, as doccano's page counts them; a CR is a
space, since it loses it. Not carried: value, source, rule, state of review.
"""

from pathlib import Path
from typing import Any

from seimeibun.export.dataset import Dataset, Document
from seimeibun.export.files import write_text
from seimeibun.export.outcome import Outcome
from seimeibun.export.textual import json_line, plain_newlines, utf16_offsets
from seimeibun.export.unlinked import unlinked


def write(dataset: Dataset, path: Path) -> Outcome:
    outcome = Outcome()
    lines = []
    spans = relations = 0  # identifiers are unique in the file
    for document in dataset.documents():
        lines.append(json_line(_example(document, spans, relations)))
        spans += len(document.spans)
        relations += len(document.relations)
        outcome.documents += 1
        outcome.left_out += unlinked(document)
    outcome.spans, outcome.relations = spans, relations
    outcome.files.append(write_text(path, lines))
    return outcome


def _example(document: Document, n_spans: int, n_relations: int) -> dict[str, Any]:
    at = utf16_offsets(document.text)
    ids = {span.span_id: number for number, span in enumerate(document.spans, n_spans + 1)}
    return {
        "text": plain_newlines(document.text),
        "entities": [
            {
                "id": ids[span.span_id],
                "label": span.label,
                "start_offset": at[span.start],
                "end_offset": at[span.end],
            }
            for span in document.spans
        ],
        "relations": [
            {
                "id": number,
                "from_id": ids[relation.head.span_id],
                "to_id": ids[relation.dep.span_id],
                "type": relation.name,
            }
            for number, relation in enumerate(document.relations, n_relations + 1)
        ],
        "doc_id": document.doc_id,
        "title": document.meta["title"],
        "date": document.meta["date"],
    }
