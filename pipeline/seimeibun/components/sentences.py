"""Sentence boundaries before the parser: 。 outside brackets and quotes, paragraph ends, headings."""

from collections.abc import Callable

import numpy as np
from spacy.attrs import IDX, LENGTH, SENT_START
from spacy.language import Language
from spacy.tokens import Doc

from seimeibun.statement.sentences import sentence_spans
from seimeibun.width import fold_width

_NO = 2**64 - 1  # -1, as an unsigned number


def set_sentences(doc: Doc) -> Doc:
    """Set ``is_sent_start`` on every token, so that the parser neither adds nor drops a boundary."""
    if not len(doc):
        return doc
    spans = sentence_spans(fold_width(doc.text))
    ends = doc.to_array([IDX, LENGTH]).sum(axis=1)
    # A sentence begins with the token that its first sign stands in.
    tokens = np.searchsorted(ends, np.array([start for start, _ in spans], np.uint64), side="right")
    marks = np.full(len(doc), _NO, np.uint64)
    marks[0] = 1
    marks[tokens] = 1
    doc.from_array([SENT_START], marks)
    return doc


@Language.factory("seimeibun_sentences", assigns=["token.is_sent_start"])
def make_sentences(nlp: Language, name: str) -> Callable[[Doc], Doc]:  # noqa: ARG001
    return set_sentences
