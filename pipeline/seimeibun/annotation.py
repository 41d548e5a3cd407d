"""Statements through the pipeline: texts or files in, one ``Doc`` a statement out."""

from collections.abc import Iterable, Iterator
from itertools import groupby, repeat
from pathlib import Path
from typing import NamedTuple

from spacy.language import Language
from spacy.tokens import Doc

from seimeibun.components.exact import ExactCheck
from seimeibun.components.extensions import EXACT_CHECK, STATEMENT
from seimeibun.components.join import Piece, join
from seimeibun.components.layers import LAYERS
from seimeibun.components.tokenizer import cut
from seimeibun.sources import SUFFIXES, SourceText, read_source
from seimeibun.statement import Statement, read_statement
from seimeibun.statement.parts import Part, part_of

# Code points analysed side by side, 4,000 tokens or so: memory follows the batch, and so does the time a token.
BATCH = 7_000
UNITS = 256  # lines of a batch, where they are short or empty
PIECE = 2_000  # code points: a line longer than this is analysed in runs of sentences


class _Unit(NamedTuple):
    number: int  # of the statement
    text: str
    after: str


def load(**overrides: object) -> Language:
    """Load the pipeline, as ``spacy.load("ja_seimeibun")`` does, with the same options."""
    import ja_seimeibun

    return ja_seimeibun.load(**overrides)


def annotate(
    source: str | Path,
    *,
    date: str = "",
    nlp: Language | None = None,
    encoding: str | None = None,
) -> Doc:
    """Annotate one statement: a text, or the :class:`~pathlib.Path` of a file (text, HTML, PDF, DOCX).

    ``date`` is the date of the document (ISO) where you know it; else it is read from the statement.
    A bare phrase is a text. A ``str`` is taken for a path if it ends as one does (.txt, .html, .pdf, .docx).
    """
    statement = read_statement(_source(source, encoding), date=date)
    return next(annotate_statements([statement], nlp=nlp))


def annotate_texts(
    texts: Iterable[str], *, dates: Iterable[str] | None = None, nlp: Language | None = None
) -> Iterator[Doc]:
    """Yield one ``Doc`` a text, in their order; ``dates`` go along with the texts ("" unknown)."""
    pairs = zip(texts, repeat("") if dates is None else dates, strict=False)
    return annotate_statements((read_statement(t, date=d or "") for t, d in pairs), nlp=nlp)


def annotate_statements(
    statements: Iterable[Statement],
    *,
    nlp: Language | None = None,
    check: ExactCheck | None = None,
) -> Iterator[Doc]:
    """Yield one ``Doc`` a statement, in their order; its text is the clean text of the statement.

    ``check`` is shown every piece as it is analysed; what it found stands in the ``Doc``'s user data.
    """
    nlp = nlp or load()
    layers = [name for name in nlp.pipe_names if name.removeprefix("seimeibun_") in LAYERS]
    pending: list[Statement] = []

    def units() -> Iterator[_Unit]:
        for number, statement in enumerate(statements):
            pending.append(statement)
            for text, after in pieces(statement.text):
                yield _Unit(number, text, after)

    analysed = _analysed(units(), nlp, layers, check)
    for number, group in groupby(analysed, key=lambda pair: pair[1].number):
        doc = join(nlp.vocab, (Piece(doc, unit.after) for doc, unit in group))
        _attach(doc, pending.pop(0))
        if check is not None:
            doc.user_data[EXACT_CHECK] = check.take(number)
        for name in layers:
            doc = nlp.get_pipe(name)(doc)
        yield doc


def _analysed(
    units: Iterable[_Unit], nlp: Language, layers: list[str], check: ExactCheck | None
) -> Iterator[tuple[Doc, _Unit]]:
    """Yield every unit with its tokens, parse and entities, without our layers."""
    for batch in batches(units):
        texts = ((unit.text, unit) for unit in batch)
        for doc, unit in nlp.pipe(texts, as_tuples=True, batch_size=len(batch), disable=layers):
            if check is not None:
                check(doc, statement=unit.number)
            yield doc, unit


def batches(units: Iterable[_Unit]) -> Iterator[list[_Unit]]:
    """Yield runs of units that are analysed side by side, bounded in signs and in number."""
    batch: list[_Unit] = []
    size = 0
    for unit in units:
        if batch and (size + len(unit.text) > BATCH or len(batch) == UNITS):
            yield batch
            batch, size = [], 0
        batch.append(unit)
        size += len(unit.text)
    if batch:
        yield batch


def _source(source: str | Path, encoding: str | None) -> SourceText | str:
    if isinstance(source, Path):
        return read_source(source, encoding=encoding)
    if len(source) < 1_000 and "\n" not in source and source.lower().endswith(SUFFIXES):
        return read_source(source, encoding=encoding)
    return source


def pieces(text: str) -> Iterator[tuple[str, str]]:
    """Yield runs of text to analyse at once, each with the white space that follows it."""
    lines = text.split("\n")
    for number, line in enumerate(lines, 1):
        *head, tail = cut(line, PIECE)
        yield from ((piece, "") for piece in head)
        yield tail, "\n" if number < len(lines) else ""


def parts(statement: Statement, size: int) -> Iterator[Part]:
    """Yield ``statement`` in parts of at most ``size`` code points or so, cut at a line end where there is one.

    Analysed one by one they give the tokens and sentences that the whole gives: no run of text that is
    analysed at once is cut.
    """
    start = end = 0
    for piece, after in pieces(statement.text):
        if end > start and end + len(piece) - start > size:
            yield part_of(statement, start, end)
            start = end
        end += len(piece) + len(after)
    yield part_of(statement, start, end)


def _attach(doc: Doc, statement: Statement) -> None:
    doc.user_data[STATEMENT] = statement.to_dict()
    doc._.date = statement.date
    doc._.parties = ";".join(dict.fromkeys(p.iso3 for p in statement.parties if p.iso3))
