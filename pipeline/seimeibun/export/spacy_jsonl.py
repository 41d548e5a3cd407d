"""spaCy's JSON form of a ``Doc``, one a line: ``Doc(vocab).from_json(json.loads(line))``.

Carried: as in the DocBin but for the rule of a span, which ``Doc.to_json`` has no place for; offsets
are code points. Not carried: relations, spans that are not made of whole tokens (listed).
"""

from pathlib import Path
from typing import Any

from spacy.tokens import Doc
from spacy.vocab import Vocab

from seimeibun.export.dataset import Dataset, Document
from seimeibun.export.files import write_text
from seimeibun.export.outcome import Outcome
from seimeibun.export.spacy_docs import to_doc
from seimeibun.export.textual import json_line


def write(dataset: Dataset, path: Path) -> Outcome:
    outcome = Outcome()
    vocab = Vocab()
    lines = []
    for document in dataset.documents():
        doc, missing = to_doc(document, vocab)
        lines.append(json_line(_json(doc, document)))
        outcome.documents += 1
        outcome.spans += len(document.spans) - len(missing)
        outcome.left_out += missing
    outcome.files.append(write_text(path, lines))
    return outcome


def _json(doc: Doc, document: Document) -> dict[str, Any]:
    # keys beyond spaCy's own are left alone by Doc.from_json
    return {"doc_id": document.doc_id, **doc.to_json()}
