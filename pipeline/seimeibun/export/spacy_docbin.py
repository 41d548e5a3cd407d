"""spaCy ``DocBin`` (``.spacy``), as ``spacy train`` and ``spacy evaluate`` read it.

Read it with ``DocBin().from_disk(path).get_docs(nlp.vocab)``. Carried: the text sign for sign, tokens with
tags, lemmas and heads, one span group a layer with nested and crossing spans, value (``kb_id_``) and rule
(``id_``). Not carried: relations, the state of review, spans that are not made of whole tokens (listed).
"""

from pathlib import Path

from spacy.tokens import DocBin
from spacy.vocab import Vocab

from seimeibun.export.dataset import Dataset
from seimeibun.export.files import write_bytes
from seimeibun.export.outcome import Outcome
from seimeibun.export.spacy_docs import to_doc

ATTRIBUTES = (
    "ORTH", "TAG", "POS", "MORPH", "LEMMA", "HEAD", "DEP", "ENT_IOB", "ENT_TYPE", "ENT_KB_ID", "ENT_ID",
)  # fmt: skip


def write(dataset: Dataset, path: Path) -> Outcome:
    outcome = Outcome()
    vocab = Vocab()
    docs = DocBin(attrs=ATTRIBUTES, store_user_data=True)
    for document in dataset.documents():
        doc, missing = to_doc(document, vocab)
        docs.add(doc)
        outcome.documents += 1
        outcome.spans += len(document.spans) - len(missing)
        outcome.left_out += missing
    outcome.files.append(write_bytes(path, docs.to_bytes()))
    return outcome
