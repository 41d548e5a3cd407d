"""The words of a dataset as arrays: in which paragraph, masked by what, of which layer.

A word is a token that is no punctuation, symbol or white space. What stands in a date, an amount, a
number or a person's name is one word and counts as such (``<日付>``, ``<人名>``): otherwise the keywords of
a year would be its numerals and its ministers.
"""

import re
import unicodedata
from collections.abc import Collection
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from seimeibun.compare.dataset import ABSENT, Dataset

Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]

MASKS = {
    "PERSON": "<人名>",
    "DATE": "<日付>",
    "RANGE": "<日付>",
    "SET": "<日付>",
    "DURATION": "<期間>",
    "TIME": "<時刻>",
    "MONEY": "<金額>",
    "CARDINAL": "<数量>",
    "ORDINAL": "<序数>",
    "PERCENT": "<割合>",
}
NUMERAL = "<数>"
MASK_LAYERS = {"PERSON": "PERSON", "date": "DATE", "money": "NUMBER", "quantity": "NUMBER"}
ALL_MASKS = frozenset({"DATE", "NUMBER", "PERSON"})
# Zones of a statement, by the kind of its paragraphs; what stands in no zone is not counted.
ZONES = {
    "body": {"body", "list"},
    "headings": {"title", "heading"},
    "frame": {"header", "signature"},
    "all": {"body", "list", "title", "heading", "header", "signature"},
}
_NO_WORD = re.compile(r"PUNCT|SYM|SPACE")
# Sudachi normalises 二 to 2 and 南シナ海 to 南支那海: numerals and names stay as they are written
_AS_WRITTEN = re.compile(r"数詞|固有名詞")
REJECTED = (
    "rejected"  # status of an annotation that a reviewer took back: it is as if it were not there
)
_DOC = 1 << 32  # position keys: document number above, code point below


@dataclass(frozen=True)
class Words:
    """Words in the order of the text; all arrays have one element a word, but for ``paragraph`` tables.

    ``doc``, ``para``, ``sent`` are row numbers of documents, paragraphs, sentences; ``start`` and ``end``
    are offsets into the text as published; ``mask`` is the mask or "". ``in_entity``, ``in_actor`` and
    ``in_act`` say which layers of annotations a word stands in.
    """

    doc: Ints
    para: Ints
    sent: Ints
    start: Ints
    end: Ints
    first: Ints  # token that the word begins with, and the one behind it: rows of the token table
    last: Ints
    bunsetu: Ints
    mask: NDArray[np.object_]
    surface: NDArray[np.object_]
    norm: NDArray[np.object_]
    lemma: NDArray[np.object_]
    upos: NDArray[np.object_]
    xpos: NDArray[np.object_]
    in_entity: Bools
    in_actor: Bools
    in_act: Bools

    def __len__(self) -> int:
        return len(self.doc)

    @cached_property
    def breaks(self) -> Bools:
        """Say which words do not follow the one before them without a break: another sentence, or punctuation."""
        same = (self.sent[1:] == self.sent[:-1]) & (self.first[1:] == self.last[:-1])
        return np.concatenate([[True], ~same]) if len(self) else np.zeros(0, dtype=bool)


@dataclass(frozen=True)
class Text:
    """The tables of a dataset as numbers: rows of documents, paragraphs and sentences, and the zone."""

    dataset: Dataset
    zone: str
    mask: frozenset[str]
    _found: dict[tuple[str, str], Ints] = field(default_factory=dict, compare=False, repr=False)

    @cached_property
    def doc_ids(self) -> pd.Index:
        return pd.Index(self.dataset["documents"]["doc_id"])

    def doc_of(self, table: str) -> Ints:
        """Return the row of the document of each row of ``table``."""
        if ("doc", table) not in self._found:
            rows = self.doc_ids.get_indexer(self.dataset[table]["doc_id"])
            self._found["doc", table] = np.asarray(rows.astype(np.int64))
        return self._found["doc", table]

    @cached_property
    def para_doc(self) -> Ints:
        return self.doc_of("paragraphs")

    @cached_property
    def sent_doc(self) -> Ints:
        return self.doc_of("sentences")

    @cached_property
    def sent_para(self) -> Ints:
        """Return the row of the paragraph of each sentence, -1 outside the zone."""
        sentences, paragraphs = self.dataset["sentences"], self.dataset["paragraphs"]
        row = _lookup(
            self.para_doc, paragraphs["para_no"].to_numpy(),
            self.sent_doc, sentences["para_no"].to_numpy(),
        )  # fmt: skip
        within = paragraphs["kind"].isin(ZONES[self.zone]).to_numpy()
        return np.where((row >= 0) & within[row], row, ABSENT)

    def sent_of(self, table: str) -> Ints:
        """Return the row of the sentence of each row of ``table``, -1 for none."""
        if ("sent", table) not in self._found:
            self._found["sent", table] = _lookup(
                self.sent_doc, self.dataset["sentences"]["sent_no"].to_numpy(),
                self.doc_of(table), self.dataset[table]["sent_no"].to_numpy(),
            )  # fmt: skip
        return self._found["sent", table]

    def rejected(self, table: str) -> Bools:
        """Say which rows of annotations or agreements a reviewer has rejected."""
        spans = self.dataset["annotations"]
        if table == "annotations":
            return np.asarray((spans["status"] == REJECTED).to_numpy())
        ids = spans.loc[spans["status"] == REJECTED, "span_id"]
        return np.asarray(self.dataset[table]["span_id"].isin(ids).to_numpy())

    @cached_property
    def words(self) -> Words:
        return _words(self)


def _lookup(doc: Ints, number: Ints, of_doc: Ints, of_number: Ints) -> Ints:
    """Return for each (document, number) the row that has them, -1 where none does."""
    keys, wanted = doc * _DOC + number, of_doc * _DOC + of_number
    order = np.argsort(keys, kind="stable")
    at = np.searchsorted(keys[order], wanted)
    if not len(keys):
        return np.full(len(wanted), ABSENT)
    rows = order[np.minimum(at, len(keys) - 1)]
    return np.where(keys[rows] == wanted, rows, ABSENT)


def fold(text: str) -> str:
    """Return a word whatever the layout: ２０１４ and ⽇ are 2014 and 日."""
    return unicodedata.normalize("NFKC", text)


def folded(values: NDArray[np.object_]) -> NDArray[np.object_]:
    codes, unique = pd.factorize(values)
    return (
        np.array([fold(value) for value in unique], dtype=object)[codes] if len(values) else values
    )


def _words(text: Text) -> Words:
    tokens = text.dataset["tokens"]
    doc, start, end = text.doc_of("tokens"), tokens["start"].to_numpy(), tokens["end"].to_numpy()
    keys = (doc * _DOC + start, doc * _DOC + end)
    sent = text.sent_of("tokens")
    para = np.where(sent >= 0, text.sent_para[sent], ABSENT)
    upos = tokens["upos"].to_numpy(dtype=object)
    surface = folded(tokens["token"].to_numpy(dtype=object))
    mask, run = _masked(text, keys, surface, upos)
    kept = (para >= 0) & ((mask != "") | ~_matches(upos, _NO_WORD))
    head = np.ones(len(doc), dtype=bool)  # the first token of a masked run stands for all of it
    head[1:] = (run[1:] == 0) | (run[1:] != run[:-1])
    rows = np.flatnonzero(kept & head)
    ends = np.append(np.flatnonzero(head), len(doc))
    last = ends[np.searchsorted(ends, rows, side="right")]

    def form(name: str) -> NDArray[np.object_]:
        values = tokens[name].to_numpy(dtype=object)[rows]
        values = np.where(values == "", surface[rows], values)
        return np.where(mask[rows] == "", values, mask[rows])

    as_written = _matches(tokens["xpos"].to_numpy(dtype=object)[rows], _AS_WRITTEN)
    norm = np.where(as_written & (mask[rows] == ""), surface[rows], form("norm"))
    covered = _layers(text, keys)
    return Words(
        doc=doc[rows],
        para=para[rows],
        sent=sent[rows],
        start=start[rows],
        end=end[last - 1],
        first=rows,
        last=last,
        bunsetu=doc[rows] * _DOC + tokens["bunsetu_no"].to_numpy()[rows],
        mask=mask[rows],
        surface=np.where(mask[rows] == "", surface[rows], mask[rows]),
        norm=folded(norm),
        lemma=folded(form("lemma")),
        upos=upos[rows],
        xpos=tokens["xpos"].to_numpy(dtype=object)[rows],
        in_entity=covered["entity"][rows],
        in_actor=covered["actor"][rows],
        in_act=covered["agreement"][rows],
    )


def _matches(values: NDArray[np.object_], pattern: re.Pattern[str]) -> Bools:
    codes, unique = pd.factorize(values)
    found = np.array([bool(pattern.search(value)) for value in unique], dtype=bool)
    return found[codes] if len(values) else np.zeros(0, dtype=bool)


def token_range(keys: tuple[Ints, Ints], doc: Ints, start: Ints, end: Ints) -> tuple[Ints, Ints]:
    """Return the tokens (first, behind the last) that spans of characters touch."""
    first = np.searchsorted(keys[1], doc * _DOC + start, side="right")
    last = np.searchsorted(keys[0], doc * _DOC + end, side="left")
    return first, np.maximum(first, last)


def _masked(
    text: Text, keys: tuple[Ints, Ints], surface: NDArray[np.object_], upos: NDArray[np.object_]
) -> tuple[NDArray[np.object_], Ints]:
    """Return the mask of each token, "" for none, and the number of the masked run that it is in, 0 for none."""
    mask = np.full(len(surface), "", dtype=object)
    run = np.zeros(len(surface), dtype=np.int64)
    for number, (label, first, last) in enumerate(_mask_spans(text, keys), 1):
        mask[first:last], run[first:last] = MASKS[label], number
    if "NUMBER" in text.mask:
        left = (mask == "") & (upos == "NUM") & _matches(surface, re.compile(r"\d"))
        mask[left] = NUMERAL
    return mask, run


def _mask_spans(text: Text, keys: tuple[Ints, Ints]) -> list[tuple[str, int, int]]:
    """Return (label, first token, behind the last), none within another: of two that overlap the first, then longer."""
    spans = text.dataset["annotations"]
    kind = np.where(spans["label"] == "PERSON", "PERSON", spans["layer"])
    wanted = np.array([MASK_LAYERS.get(k, "") in text.mask for k in kind], dtype=bool)
    wanted &= (spans["layer"] != "agreement").to_numpy() & ~text.rejected("annotations")
    rows = spans[wanted]
    first, last = token_range(
        keys, text.doc_of("annotations")[wanted], rows["start"].to_numpy(), rows["end"].to_numpy()
    )
    found: list[tuple[str, int, int]] = []
    order = np.lexsort((rows["label"].to_numpy(dtype=str), -last, first))
    labels = rows["label"].tolist()
    behind = 0
    for i in order:
        if first[i] >= behind and last[i] > first[i]:
            found.append((labels[i], int(first[i]), int(last[i])))
            behind = int(last[i])
    return found


def _layers(text: Text, keys: tuple[Ints, Ints]) -> dict[str, Bools]:
    """Return which tokens stand in an entity, in an actor, in the word of an act."""
    spans, acts = text.dataset["annotations"], text.dataset["agreements"]
    doc = text.doc_of("annotations")
    alive = ~text.rejected("annotations")
    covered = {}
    for layer in ("entity", "agreement"):
        at = alive & (spans["layer"] == layer).to_numpy()
        covered[layer] = _covered(
            keys, doc[at], spans["start"].to_numpy()[at], spans["end"].to_numpy()[at]
        )
    named = (acts["actor_start"].to_numpy() != ABSENT) & ~text.rejected("agreements")
    covered["actor"] = _covered(
        keys,
        text.doc_of("agreements")[named],
        acts["actor_start"].to_numpy()[named],
        acts["actor_end"].to_numpy()[named],
    )
    return covered


def _covered(keys: tuple[Ints, Ints], doc: Ints, start: Ints, end: Ints) -> Bools:
    first, last = token_range(keys, doc, start, end)
    size = len(keys[0]) + 1
    depth = np.bincount(first, minlength=size) - np.bincount(last, minlength=size)
    return (np.cumsum(depth) > 0)[:-1]


def masks(names: Collection[str]) -> frozenset[str]:
    """Return the set of masks that is asked for, or say which there are."""
    if unknown := set(names) - ALL_MASKS:
        message = f"no mask {sorted(unknown)}; there are {sorted(ALL_MASKS)}"
        raise ValueError(message)
    return frozenset(names)
