"""Every term leads to its occurrences: keyword in context, with metadata and the ids of annotations."""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from seimeibun.compare.dataset import ABSENT
from seimeibun.compare.groups import NONE, Groups
from seimeibun.compare.units import Occurrences, token_keys
from seimeibun.compare.words import Text, token_range

Ints = NDArray[np.int64]
WIDTH = 30
METADATA = ("year", "date", "doc_type", "partner", "title")
COLUMNS = (
    "term", "unit", "group", "doc_id", "year", "date", "doc_type", "partner", "title", "para_no", "sent_no",
    "start", "end", "left", "node", "right", "occurrence_id", "span_id",
)  # fmt: skip


@dataclass(frozen=True)
class Context:
    """The tokens of a dataset as one string, to cut the text around a word from; no white space between them."""

    text: str
    start: Ints  # of each token, and of each document, in ``text``
    doc: Ints
    doc_start: Ints
    doc_end: Ints

    @classmethod
    def of(cls, text: Text) -> "Context":
        pieces = text.dataset["tokens"]["token"].to_numpy(dtype=object)
        doc = text.doc_of("tokens")
        start = np.concatenate([[0], np.cumsum([len(piece) for piece in pieces])]).astype(np.int64)
        docs = np.arange(len(text.doc_ids))
        first, last = np.searchsorted(doc, docs, "left"), np.searchsorted(doc, docs, "right")
        return cls("".join(pieces), start, doc, start[first], start[last])

    def around(self, first: Ints, last: Ints, width: int) -> list[tuple[str, str, str]]:
        """Return left context, words, right context; at most ``width`` characters, within the document."""
        begin, end, doc = self.start[first], self.start[last], self.doc[first]
        left = np.maximum(begin - width, self.doc_start[doc])
        right = np.minimum(end + width, self.doc_end[doc])
        places = zip(*(at.tolist() for at in (left, begin, end, right)), strict=True)
        return [(self.text[a:b], self.text[b:c], self.text[c:d]) for a, b, c, d in places]


def concordance(
    text: Text,
    found: Occurrences,
    rows: NDArray[np.int64],
    groups: Groups | None = None,
    *,
    width: int = WIDTH,
) -> pd.DataFrame:
    """Return the occurrences ``rows`` in context, in the order of groups, documents and text."""
    if groups is not None:
        rows = rows[groups.of_doc[found.doc[rows]] != NONE]
        rows = rows[
            np.lexsort((found.start[rows], found.doc[rows], groups.of_doc[found.doc[rows]]))
        ]
    documents = text.dataset["documents"]
    context = Context.of(text)
    parts = context.around(found.first[rows], found.last[rows], width)
    doc = found.doc[rows]
    labels = np.array([*(groups.labels if groups else ()), ""], dtype=object)
    group = labels[groups.of_doc[doc]] if groups else np.full(len(rows), "", dtype=object)
    sentences = text.dataset["sentences"].iloc[found.sent[rows]]
    columns: dict[str, object] = {
        "term": found.terms[found.term[rows]],
        "unit": np.full(len(rows), found.unit, dtype=object),
        "group": group,
        "doc_id": documents["doc_id"].to_numpy(dtype=object)[doc],
    }
    for name in METADATA:
        values = documents[name].to_numpy()[doc]
        columns[name] = pd.array(values, dtype="Int64") if name == "year" else values
    columns |= {
        "para_no": sentences["para_no"].to_numpy(),
        "sent_no": sentences["sent_no"].to_numpy(),
        "start": found.start[rows],
        "end": found.end[rows],
        "left": [left for left, _, _ in parts],
        "node": [node for _, node, _ in parts],
        "right": [right for _, _, right in parts],
        "occurrence_id": occurrence_ids(text, found, rows),
        "span_id": span_ids(text, found, rows),
    }
    df = pd.DataFrame(columns, columns=list(COLUMNS))
    df["year"] = df["year"].mask(df["year"] == ABSENT)
    return df


def occurrence_ids(text: Text, found: Occurrences, rows: NDArray[np.int64]) -> list[str]:
    """Return the span_id of annotations, and ids of the same form for words: {doc_id}#token:{start}-{end}."""
    ids = text.dataset["documents"]["doc_id"].to_numpy(dtype=object)
    return [
        found.span_id[i] or f"{ids[found.doc[i]]}#token:{found.start[i]}-{found.end[i]}"
        for i in rows
    ]


def span_ids(text: Text, found: Occurrences, rows: NDArray[np.int64]) -> list[str]:
    """Return the shortest annotation that each occurrence stands in, "" for none."""
    spans = text.dataset["annotations"]
    alive = np.flatnonzero(~text.rejected("annotations"))
    start, end = spans["start"].to_numpy()[alive], spans["end"].to_numpy()[alive]
    first, last = token_range(token_keys(text), text.doc_of("annotations")[alive], start, end)
    ids = spans["span_id"].to_numpy(dtype=object)[alive]
    # Longest first: what is written last into the tokens is the shortest span around them.
    order = np.lexsort((ids.astype(str), first - last))
    owner = np.full(len(text.dataset["tokens"]) + 1, -1)
    for i in order:
        owner[first[i] : last[i]] = i
    result = []
    for i in rows:
        at = owner[found.first[i]]
        holds = at >= 0 and first[at] <= found.first[i] and found.last[i] <= last[at]
        result.append(found.span_id[i] or (ids[at] if holds else ""))
    return result
