"""GiNZA's tokenizer without its limit: SudachiPy takes at most 49,149 bytes a call.

A long text is cut at line ends, else after 。, else anywhere, well below the limit; texts below it are
tokenized exactly as GiNZA does.
"""

from collections.abc import Callable, Iterator
from typing import Any

from spacy.language import Language
from spacy.tokens import Doc
from spacy.util import DummyTokenizer

from seimeibun.components.join import Piece, join

# Code points. Three bytes each in UTF-8, and up to five times as many after Sudachi's own normalisation
# (㍿ → 株式会社), whose limit is 65,535 bytes.
LIMIT = 4_000


class SudachiTokenizer(DummyTokenizer):  # type: ignore[misc]
    """Tokenizes texts of any length with the tokenizer of GiNZA."""

    def __init__(self, base: Callable[[str], Doc]) -> None:
        self.base = base
        self.vocab = base.vocab  # type: ignore[attr-defined]

    def __call__(self, text: str) -> Doc:
        if len(text) <= LIMIT:
            return self.base(text)
        return join(self.vocab, (Piece(self.base(piece), "") for piece in cut(text, LIMIT)))

    def __reduce__(self) -> tuple[Any, ...]:
        return SudachiTokenizer, (self.base,)

    def __getattr__(self, name: str) -> Any:
        # ginza.set_split_mode and GiNZA's command reach for the attributes of the tokenizer they know.
        if name == "base":  # not yet set while unpickling
            raise AttributeError(name)
        return getattr(self.base, name)


def cut(text: str, limit: int) -> Iterator[str]:
    """Yield pieces of at most ``limit`` code points that make up ``text``.

    >>> list(cut("一致した。確認した。歓迎した。", 11))
    ['一致した。確認した。', '歓迎した。']
    """
    start = 0
    while len(text) - start > limit:
        end = start + limit
        best = max(text.rfind("\n", start, end), text.rfind("。", start, end))
        best = best + 1 if best > start else _comma(text, start, end)
        yield text[start:best]
        start = best
    yield text[start:]


def _comma(text: str, start: int, end: int) -> int:
    best = text.rfind("、", start, end) + 1
    return best if best > start else end


def make_tokenizer() -> Callable[[Language], SudachiTokenizer]:
    """Return what builds the tokenizer for a pipeline: around the one it has, else around spaCy's own."""

    def build(nlp: Language) -> SudachiTokenizer:
        from spacy.lang.ja import JapaneseTokenizer

        base = getattr(nlp, "tokenizer", None)
        return SudachiTokenizer(base or JapaneseTokenizer(nlp.vocab, split_mode="C"))

    return build
