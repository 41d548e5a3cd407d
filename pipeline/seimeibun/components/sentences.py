"""Sentence boundaries before the parser: 。 outside brackets and quotes, paragraph ends, headings."""

from collections.abc import Callable

from spacy.language import Language
from spacy.tokens import Doc

from seimeibun.statement.sentences import sentence_spans
from seimeibun.width import fold_width


def set_sentences(doc: Doc) -> Doc:
    """Set ``is_sent_start`` on every token, so that the parser neither adds nor drops a boundary."""
    starts = iter([start for start, _ in sentence_spans(fold_width(doc.text))])
    next_start = next(starts, None)
    for token in doc:
        begins = token.i == 0
        while next_start is not None and next_start < token.idx + len(token.text):
            begins, next_start = True, next(starts, None)
        token.is_sent_start = begins
    return doc


@Language.factory("seimeibun_sentences", assigns=["token.is_sent_start"])
def make_sentences(nlp: Language, name: str) -> Callable[[Doc], Doc]:  # noqa: ARG001
    return set_sentences
