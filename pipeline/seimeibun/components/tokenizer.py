"""GiNZA's tokens, sooner, and from texts of any length.

spaCy's tokenizer for Japanese spends nine tenths of its time describing words that it has described before,
aligns white space in quadratic time and hands the whole text to SudachiPy, which takes at most 49,149 bytes.
Here a word is described once, and a long text is tokenized in pieces: cut at line ends, else after 。, else
after 、, else anywhere. Texts below the limit give exactly the tokens of GiNZA.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from typing import Any, NamedTuple

import numpy as np
from spacy.attrs import LEMMA, MORPH, NORM, TAG
from spacy.lang.ja import DetailedToken, JapaneseTokenizer, get_dtokens_and_spaces
from spacy.language import Language
from spacy.tokens import Doc
from spacy.util import DummyTokenizer
from sudachipy.errors import SudachiError

from seimeibun.components.join import Piece, join

LIMIT = 4_000  # code points a call: 12 kB, and below Sudachi's limit after its own normalisation (㍿ is 4 signs)
ENTRIES = 200_000  # words remembered; beyond that the memory starts anew

_ATTRS = (TAG, LEMMA, NORM, MORPH)
_WHITE = re.compile(r"\s")
_RESERVED = re.compile(r"[=|]")  # signs with a meaning in the notation of features
_GAP = "空白"
# Sudachi joins numerals after the look-up: words of one dictionary entry may differ in reading and norm.
_NUMERALS = frozenset("0123456789０１２３４５６７８９〇一二三四五六七八九十百千万億兆")


class Entry(NamedTuple):
    """A word as the dictionary (or Sudachi's guess) describes it."""

    surface: str
    tag: str
    inflection: str
    lemma: str
    norm: str
    reading: str


class SudachiTokenizer(DummyTokenizer):  # type: ignore[misc]
    """Tokenizes as ``base`` does; keeps what it learned about words.

    ``base`` itself is used where GiNZA is told to split compounds (``ginza.set_split_mode``), since only
    it describes their parts.
    """

    def __init__(self, base: JapaneseTokenizer, splitter: Any = None) -> None:
        self.base = base
        self.vocab = base.vocab
        self._splitter = splitter
        self._morphemes = base.tokenizer.tokenize("")  # SudachiPy fills it anew at each call
        self._forget()

    def _forget(self) -> None:
        self._number: dict[tuple[Any, ...], int] = {}
        self._words: list[str] = []
        self._rows: list[tuple[int, ...]] = []
        self._parts: dict[int, tuple[str, str]] = {}

    def __call__(self, text: str) -> Doc:
        if len(text) > LIMIT:
            return join(self.vocab, (Piece(self(piece), "") for piece in cut(text, LIMIT)))
        try:
            return self._tokenize(text)
        except SudachiError:
            if len(text) < 2:
                raise
            halves = cut(text, (len(text) + 1) // 2)
            return join(self.vocab, (Piece(self(half), "") for half in halves))

    def _tokenize(self, text: str) -> Doc:
        if self._splitter is not None and self._splitter.split_mode:
            return self.base(text)
        if len(self._words) > ENTRIES:
            self._forget()
        numbers = None if _WHITE.search(text) else self._numbers(text)
        spaces: Sequence[bool] | None = None
        if numbers is None:
            numbers, spaces = self._aligned(text)
        words = [self._words[number] for number in numbers]
        doc = Doc(self.vocab, words=words, spaces=spaces or [False] * len(words))
        if words:
            rows = np.array([self._rows[number] for number in numbers], dtype=np.uint64)
            doc.from_array(list(_ATTRS), rows)
        return doc

    def _numbers(self, text: str) -> list[int] | None:
        """Return the numbers of the words of ``text``; None where Sudachi's words are not all of it."""
        numbers, length = [], 0
        for morpheme in self.base.tokenizer.tokenize(text, out=self._morphemes):
            surface = morpheme.surface()
            if not surface:
                continue
            key: tuple[Any, ...] = (morpheme.word_id(), surface)
            if surface[0] in _NUMERALS or morpheme.is_oov():
                key = self._entry(morpheme)
            number = self._number.get(key)
            numbers.append(self._remember(key, self._entry(morpheme)) if number is None else number)
            length += len(surface)
        return numbers if length == len(text) else None

    def _aligned(self, text: str) -> tuple[list[int], list[bool]]:
        """Return the numbers of the words of ``text`` and whether a space follows each, as spaCy aligns them."""
        morphemes = self.base.tokenizer.tokenize(text, out=self._morphemes)
        entries = [self._entry(m) for m in morphemes if m.surface()]
        tokens = [
            DetailedToken(*entry, None)
            for before, entry in zip([None, *entries], entries, strict=False)
            if not (before and _is_gap(before) and _is_gap(entry))
        ]
        tokens, spaces = get_dtokens_and_spaces(tokens, text)
        return [self._number_of(Entry(*token[:6])) for token in tokens], spaces

    def _entry(self, morpheme: Any) -> Entry:
        tag, inflection = self._part_of_speech(morpheme)
        return Entry(
            morpheme.surface(),
            tag,
            inflection,
            morpheme.dictionary_form(),
            morpheme.normalized_form(),
            morpheme.reading_form(),
        )

    def _part_of_speech(self, morpheme: Any) -> tuple[str, str]:
        key = morpheme.part_of_speech_id()
        if key not in self._parts:
            part = morpheme.part_of_speech()
            tag = "-".join(field for field in part[:4] if field != "*")
            self._parts[key] = (tag, ";".join(field for field in part[4:] if field != "*"))
        return self._parts[key]

    def _number_of(self, entry: Entry) -> int:
        number = self._number.get(entry)
        return self._remember(entry, entry) if number is None else number

    def _remember(self, key: tuple[Any, ...], entry: Entry) -> int:
        strings, features = self.vocab.strings, {}
        if entry.inflection:
            features["Inflection"] = entry.inflection
        if entry.reading:
            features["Reading"] = _RESERVED.sub("_", entry.reading)
        self._rows.append(
            (
                strings.add(entry.tag),
                strings.add(entry.lemma or entry.surface),
                strings.add(entry.norm),
                self.vocab.morphology.add(features),
            )
        )
        self._words.append(entry.surface)
        number = self._number[key] = len(self._words) - 1
        return number

    def __reduce__(self) -> tuple[Any, ...]:
        return SudachiTokenizer, (self.base,)

    def to_bytes(self, **options: Any) -> bytes:
        data: bytes = self.base.to_bytes(**options)
        return data

    def from_bytes(self, data: bytes, **options: Any) -> "SudachiTokenizer":
        self.base.from_bytes(data, **options)
        return self

    def to_disk(self, path: Any, **options: Any) -> None:
        self.base.to_disk(path, **options)

    def from_disk(self, path: Any, **options: Any) -> "SudachiTokenizer":
        self.base.from_disk(path, **options)
        return self


def _is_gap(entry: Entry) -> bool:
    return entry.tag == _GAP and entry.surface.isspace()


def cut(text: str, limit: int) -> Iterator[str]:
    """Yield pieces of at most ``limit`` code points that make up ``text``.

    >>> list(cut("一致した。確認した。歓迎した。", 11))
    ['一致した。確認した。', '歓迎した。']
    """
    start = 0
    while len(text) - start > limit:
        end = start + limit
        best = max(text.rfind("\n", start, end), text.rfind("。", start, end))
        if best < start:
            best = text.rfind("、", start, end)
        best = best + 1 if best >= start else end
        yield text[start:best]
        start = best
    yield text[start:]


def make_tokenizer(split_mode: str = "C") -> Callable[[Language], SudachiTokenizer]:
    """Return what builds the tokenizer of a pipeline, around the one that it has."""

    def build(nlp: Language) -> SudachiTokenizer:
        base = getattr(nlp, "tokenizer", None)
        if not isinstance(base, JapaneseTokenizer):
            base = JapaneseTokenizer(nlp.vocab, split_mode=split_mode)
        has_splitter = "compound_splitter" in nlp.component_names
        return SudachiTokenizer(base, nlp.get_pipe("compound_splitter") if has_splitter else None)

    return build
