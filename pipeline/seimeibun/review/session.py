"""What a reviewer does, one function a decision: the widget and the commands both call these."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from seimeibun.review.entries import Entry, editable, facts_of, merge, pending
from seimeibun.review.events import (
    CONTEXT,
    EDITS,
    Change,
    Event,
    Place,
    label_complaint,
    new_event_id,
    now,
)
from seimeibun.review.log import Draft, LockedError, Log, LogFile, log_file, read_log
from seimeibun.review.machine import Document, document_ids, read_documents, read_tokens
from seimeibun.review.state import BATCH, LAYERS, Item, Span, State, extend, fold
from seimeibun.review.states import read_states
from seimeibun.review.values import RefusalError, check_values
from seimeibun.review.verdict import ADJUDICATOR, disputes, with_proposals
from seimeibun.tables.schema import LABELS


class DocumentReview:
    """One document under the eyes of one reviewer.

    Every decision is a method; when it returns, the decision is on disk. What cannot be is refused with
    :class:`RefusalError`, and nothing is written. ``read_only`` says why nothing can be, "" if it can.
    """

    def __init__(
        self,
        folder: Path,
        document: Document,
        reviewer: str,
        *,
        layers: Sequence[str] = tuple(LABELS),
        blind: bool = False,
        write: bool = True,
        disputes: Mapping[str, str] | None = None,
        draft: Draft | None = None,
    ) -> None:
        self.folder, self.document, self.reviewer = folder, document, reviewer
        self.disputes = disputes  # all that an adjudicator has to decide, and who says what of it
        self.layers, self.blind = tuple(layers), blind
        self.read_only = "" if write else "閲覧のみで開きました"
        file = log_file(folder, document.doc_id, reviewer)
        self._log: Log | Draft | None = draft
        if write and draft is None:
            try:
                self._log = Log(file)
            except LockedError as error:
                self.read_only = f"別の画面で開かれています: {error}"
        self._file = file
        self.torn = self._log.torn if self._log else read_log(file).torn
        self._refold()

    # What stands

    @property
    def doc_id(self) -> str:
        return self.document.doc_id

    @property
    def events(self) -> Sequence[Event]:
        return self._log.events if self._log else read_log(self._file).events

    def _refold(self) -> None:
        self.state: State = fold(self.events, self.document.text)
        self._merged: tuple[list[Entry], list[Item]] | None = None

    @property
    def entries(self) -> list[Entry]:
        """The spans in the layers in view, in the order of the text."""
        return self._merge()[0]

    @property
    def gone(self) -> list[Item]:
        """Decisions about spans that this run does not have."""
        return self._merge()[1]

    def _merge(self) -> tuple[list[Entry], list[Item]]:
        if self._merged is None:
            entries, gone = merge(self.document, self.state)
            wanted = set(self.layers)
            shown = [e for e in entries if e.span.layer in wanted and self._shown(e)]
            self._merged = shown, gone
            self._by_id = {entry.span_id: entry for entry in shown}
        return self._merged

    def _shown(self, entry: Entry) -> bool:
        """Tell whether the reviewer sees the span: in blind mode only what he marked himself."""
        return not self.blind or entry.decided

    def entry(self, span_id: str) -> Entry:
        """Return the span called ``span_id``, or whose place and label that id names now."""
        entries = self.entries
        if span_id in self._by_id:
            return self._by_id[span_id]
        for entry in entries:
            if entry.span.span_id(self.doc_id) == span_id:
                return entry
        message = f"{span_id} という注釈は {self.doc_id} にありません"
        raise RefusalError(message)

    @property
    def taken_over(self) -> bool:
        """Tell whether this process opened the log again, so that writing goes on there."""
        return self._log is not None and self._log.closed

    @property
    def pending(self) -> list[Entry]:
        left = pending(self.entries, self.layers)
        return [e for e in left if self.disputes is None or e.span_id in self.disputes]

    @property
    def certified(self) -> bool:
        return set(self.layers) <= self.state.certified

    @cached_property
    def tokens(self) -> list[tuple[int, int]]:
        return read_tokens(self.folder, self.doc_id)

    # Decisions

    def accept(self, span_id: str, *, ms: int | None = None) -> list[Event]:
        return [self.about("accept", self.entry(span_id), ms=ms)]

    def reject(self, span_id: str, *, ms: int | None = None) -> list[Event]:
        return [self.about("reject", self.entry(span_id), ms=ms)]

    def accept_same(self, span_id: str, *, ms: int | None = None) -> list[Event]:
        """Accept all undecided spans of the document with the characters and label of this one."""
        return self._same("accept", span_id, ms)

    def reject_same(self, span_id: str, *, ms: int | None = None) -> list[Event]:
        return self._same("reject", span_id, ms)

    def relabel(self, span_id: str, label: str, *, ms: int | None = None) -> list[Event]:
        entry = self.entry(span_id)
        _refuse_if(label_complaint(entry.span.layer, label))
        if entry.span.label == label:
            return self.accept(span_id, ms=ms)
        self._refuse_double(entry.span._replace(label=label), entry)
        return [self.about("relabel", entry, after=Change(label=label), ms=ms)]

    def adjust(self, span_id: str, start: int, end: int, *, ms: int | None = None) -> list[Event]:
        """Move the edges of a span; offsets into the text as published."""
        entry = self.entry(span_id)
        quote = self._quote(start, end)
        if (start, end) == (entry.span.start, entry.span.end):
            return []
        self._refuse_double(entry.span._replace(start=start, end=end), entry)
        change = Change(start=start, end=end, quote=quote)
        return [self.about("adjust", entry, after=change, attrs=self.aligned(start, end), ms=ms)]

    def add(
        self, layer: str, label: str, start: int, end: int, *, ms: int | None = None
    ) -> list[Event]:
        """Add a span; where a hidden or rejected one stands there already, that one is accepted."""
        _refuse_if(label_complaint(layer, label))
        self._quote(start, end)
        span = Span(layer, label, start, end)
        entries, _ = merge(self.document, self.state)
        standing = next((entry for entry in entries if entry.span == span), None)
        if standing is not None and standing.row is not None:
            if standing.decided and not standing.rejected:
                self._refuse_double(span, None)
            return [self.about("accept", standing, ms=ms)]
        self._refuse_double(span, None)
        return [self.write_addition(span.span_id(self.doc_id), span, ms=ms)]

    def write_addition(self, span_id: str, span: Span, *, ms: int | None = None) -> Event:
        """Write that ``span`` is to be, whatever else stands in the document."""
        start, end = span.start, span.end
        change = Change(**span._asdict(), quote=self._quote(start, end))
        attrs = self.aligned(start, end)
        return self._write(
            "add", span_id=span_id, after=change, attrs=attrs, ms=ms, place=(start, end)
        )

    def remove(self, span_id: str, *, ms: int | None = None) -> list[Event]:
        """Take away an addition of one's own; what the machine found is rejected instead."""
        entry = self.entry(span_id)
        if entry.item is None or not entry.item.added:
            message = "削除できるのは自分で追加した注釈だけです。機械の注釈は却下(x)してください"
            raise RefusalError(message)
        return [self.about("remove", entry, ms=ms)]

    def set_value(
        self, span_id: str, values: Mapping[str, str], *, ms: int | None = None
    ) -> list[Event]:
        """Correct values by column; what follows from them (days of an EDTF date) is set as well."""
        entry = self.entry(span_id)
        now_ = editable(self.document, entry)
        merged = check_values(
            entry.span.layer, entry.span.label, {**now_, **values}, self.document.text
        )
        changed = {
            name: value for name, value in merged.items() if name not in now_ or value != now_[name]
        }
        if not changed.keys() & now_.keys():
            return self.accept(span_id, ms=ms)
        return [self.about("set_value", entry, attrs=changed, ms=ms)]

    def comment(self, span_id: str, comment: str, *, ms: int | None = None) -> list[Event]:
        if not comment.strip():
            message = "コメントが空です"
            raise RefusalError(message)
        return [self.about("comment", self.entry(span_id), comment=comment.strip(), ms=ms)]

    def flag(self, span_id: str, *, ms: int | None = None) -> list[Event]:
        """Mark a span as one to be talked about, or take the mark away."""
        entry = self.entry(span_id)
        flagged = entry.item is not None and entry.item.flagged
        return [self.about("unflag" if flagged else "flag", entry, ms=ms)]

    def undo(self, event_id: str = "") -> list[Event]:
        """Take back the last decision in force, or the one named, with all that were made with it."""
        undone = [event for event in self.state.effective if event.op != "undo"]
        if event_id:
            chosen = next((event for event in self.events if event.event_id == event_id), None)
            if chosen is None:
                message = (
                    f"{event_id} という記録は {self.doc_id} の {self.reviewer} のログにありません"
                )
                raise RefusalError(message)
            if chosen not in self.state.effective:
                message = f"{event_id} はすでに取り消されています"
                raise RefusalError(message)
        elif undone:
            chosen = undone[-1]
        else:
            message = "元に戻す操作はありません"
            raise RefusalError(message)
        batch = chosen.attrs.get(BATCH)
        together = [e for e in undone if batch and e.attrs.get(BATCH) == batch] or [chosen]
        return [
            self._write("undo", target=event.event_id, more=event is not together[0])
            for event in reversed(together)
        ]

    def withdraw(self, span_id: str, *, comments: bool = False) -> list[Event]:
        """Take back all that was decided about one span (or said in comments), however long ago."""
        item = self.state.items.get(span_id) or self.entry(span_id).item
        made = set(item.events) if item else set()
        ops = {"comment"} if comments else EDITS
        chosen = [e for e in self.state.effective if e.event_id in made and e.op in ops]
        return [
            self._write("undo", target=event.event_id, more=event is not chosen[0])
            for event in reversed(chosen)
        ]

    def done(
        self,
        *,
        accept_rest: bool = False,
        layers: Sequence[str] = (),
        ms: int | None = None,
    ) -> list[Event]:
        """Certify that the layers (those in view) are complete and right: nothing wrong, nothing missing."""
        wanted = tuple(layers) or self.layers
        left = [entry for entry in self.pending if entry.span.layer in wanted]
        if left and not accept_rest:
            message = f"未確認の注釈が {len(left)} 件あります。すべて承認して完了するか、確認を続けてください"
            raise RefusalError(message)
        batch = new_event_id()
        events = [self.about("accept", entry, attrs={BATCH: batch}) for entry in left]
        attrs = {LAYERS: ";".join(wanted), **({BATCH: batch} if left else {})}
        return [*events, self._write("doc_done", attrs=attrs, ms=ms)]

    def reopen(self, *, layers: Sequence[str] = ()) -> list[Event]:
        return [self._write("doc_reopen", attrs={LAYERS: ";".join(layers or self.layers)})]

    def perform(self, op: str, params: Mapping[str, Any]) -> list[Event]:
        """Do what ``op`` names with the arguments that it takes: how the widget calls the above."""
        if op not in _OPERATIONS:
            message = f"{op} という操作はありません。操作: {', '.join(_OPERATIONS)}"
            raise RefusalError(message)
        operation: Callable[..., list[Event]] = getattr(self, op)
        try:
            return operation(**params)
        except TypeError as error:  # wrong arguments, never a reason to lose the session
            message = f"{op}: {error}"
            raise RefusalError(message) from error

    def close(self) -> None:
        if self._log is not None:
            self._log.close()

    # How a decision is written

    def _same(self, op: str, span_id: str, ms: int | None) -> list[Event]:
        entry = self.entry(span_id)
        quote = self._surface(entry)
        same = [
            other
            for other in self.entries
            if other is entry
            or (
                not other.decided
                and (other.span.layer, other.span.label) == (entry.span.layer, entry.span.label)
                and self._surface(other) == quote
            )
        ]
        attrs = {BATCH: new_event_id()}
        return [self.about(op, other, attrs=attrs, ms=ms) for other in same]

    def _surface(self, entry: Entry) -> str:
        return "".join(self.document.text[entry.span.start : entry.span.end].split())

    def about(
        self,
        op: str,
        entry: Entry,
        *,
        after: Change | None = None,
        attrs: dict[str, str] | None = None,
        comment: str | None = None,
        ms: int | None = None,
    ) -> Event:
        """Write a decision about ``entry`` as it is given, whatever else stands in the document."""
        span = entry.span
        before = Place(layer=span.layer, label=span.label, start=span.start, end=span.end)
        return self._write(
            op,
            span_id=entry.span_id,
            before=before,
            after=after,
            attrs=attrs or {},
            comment=comment,
            ms=ms,
            place=(span.start, span.end),
        )

    def _write(
        self,
        op: str,
        *,
        place: tuple[int, int] | None = None,
        more: bool = False,
        **fields: Any,
    ) -> Event:
        """Put an event on disk; ``place`` is what it quotes, ``more`` that further undos follow at once."""
        if self._log is None:
            raise RefusalError(self.read_only)
        fields |= {} if place is None else self._anchor(*place)
        event = Event(
            event_id=new_event_id(),
            ts=now(),
            reviewer=self.reviewer,
            doc_id=self.doc_id,
            text_sha256=self.document.sha256,
            run_id=self.document.run_id,
            op=op,  # type: ignore[arg-type]  # checked by the model
            blind=self.blind,
            **fields,
        )
        try:
            self._log.append(event)
        except OSError:
            self._refold()  # of several decisions, those before this one stand
            raise
        if event.op != "undo":
            extend(self.state, event, self.document.text, self.document.sha256)
            self._merged = None
        elif not more:
            self._refold()
        return event

    def _anchor(self, start: int, end: int) -> dict[str, str]:
        text = self.document.text
        return {
            "quote": text[start:end],
            "prefix": text[max(0, start - CONTEXT) : start],
            "suffix": text[end : end + CONTEXT],
        }

    def _quote(self, start: int, end: int) -> str:
        text = self.document.text
        if not 0 <= start < end <= len(text):
            message = f"{start}–{end} は本文(0–{len(text)})の範囲ではありません"
            raise RefusalError(message)
        quote = text[start:end]
        if not quote.strip():
            message = "空白だけの注釈はできません"
            raise RefusalError(message)
        return quote

    def aligned(self, start: int, end: int) -> dict[str, str]:
        """Say whether both edges are those of tokens: spaCy cannot learn from others."""
        if not self.tokens:
            return {}
        starts, ends = {a for a, _ in self.tokens}, {b for _, b in self.tokens}
        return {"token_aligned": "true" if start in starts and end in ends else "false"}

    def _refuse_double(self, span: Span, entry: Entry | None) -> None:
        for other in self.entries:
            if other.span == span and (entry is None or other.span_id != entry.span_id):
                if other.rejected:
                    continue
                message = f"同じ場所に同じラベル {span.label} の注釈がすでにあります"
                raise RefusalError(message)


_OPERATIONS = (
    "accept", "reject", "accept_same", "reject_same", "relabel", "adjust", "add", "remove", "set_value",
    "comment", "flag", "undo", "done", "reopen",
)  # fmt: skip


def _refuse_if(complaint: str) -> None:
    if complaint:
        message = f"そのラベルは使えません: {complaint}"
        raise RefusalError(message)


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a document is: spans in the layers in view, how many decided, how many flagged."""

    doc_id: str
    title: str
    total: int
    decided: int
    flagged: int
    certified: bool


class Session:
    """A reviewer at a dataset: documents are opened as they are asked for, and stay open."""

    def __init__(
        self,
        folder: str | Path,
        *,
        reviewer: str,
        layers: Iterable[str] = tuple(LABELS),
        documents: Iterable[str] | None = None,
        blind: bool = False,
        write: bool = True,
    ) -> None:
        self.folder = Path(folder)
        self.reviewer, self.blind, self.write = reviewer, blind, write
        self.layers = tuple(layers)
        if unknown := [layer for layer in self.layers if layer not in LABELS]:
            message = f"{unknown[0]!r} is no layer; the layers are {', '.join(LABELS)}"
            raise ValueError(message)
        known = document_ids(self.folder)
        self.doc_ids = list(documents) if documents is not None else known
        log_file(self.folder, "", reviewer)  # refuses a name that cannot be
        self._documents = read_documents(self.folder, self.doc_ids)
        self._states = (
            read_states(self.folder, documents=self.doc_ids) if reviewer == ADJUDICATOR else {}
        )
        self._open: dict[str, DocumentReview] = {}
        self._peeked: dict[str, DocumentReview] = {}

    def open(self, doc_id: str) -> DocumentReview:
        if doc_id not in self._documents:
            message = f"{doc_id} という文書はありません。文書: {', '.join(self.doc_ids[:3])} …"
            raise RefusalError(message)
        if doc_id not in self._open:
            self._open[doc_id] = self._review(doc_id, write=self.write)
            self._peeked.pop(doc_id, None)
        elif self.write and (log := self._open[doc_id]).taken_over:
            log.read_only = "同じ文書が別のセルで開き直されました。そちらで続けてください"
        return self._open[doc_id]

    def _review(self, doc_id: str, *, write: bool) -> DocumentReview:
        document, others = self._documents[doc_id], self._states.get(doc_id, {})
        judging = self.reviewer == ADJUDICATOR
        return DocumentReview(
            self.folder,
            with_proposals(document, others) if judging else document,
            self.reviewer,
            layers=self.layers,
            blind=self.blind,
            write=write,
            disputes=disputes(document, others) if judging else None,
        )

    def peek(self, doc_id: str) -> DocumentReview:
        """Return the document as it stands, without taking its log for writing."""
        if doc_id in self._open:
            return self._open[doc_id]
        if doc_id not in self._peeked:
            self._peeked[doc_id] = self._review(doc_id, write=False)
        return self._peeked[doc_id]

    def progress(self) -> list[Progress]:
        """Return how far every document is; those without a log are not looked into."""
        return [self.progress_of(doc_id) for doc_id in self.doc_ids]

    def progress_of(self, doc_id: str) -> Progress:
        if (
            doc_id in self._open
            or self.blind
            or self._states
            or log_file(self.folder, doc_id, self.reviewer).path.exists()
        ):
            return _progress(self.peek(doc_id))
        document = self._documents[doc_id]
        total = sum(row["layer"] in self.layers for row in document.tables["annotations"])
        return Progress(doc_id, document.row.get("title", ""), total, 0, 0, certified=False)

    def queue(self, doc_ids: Iterable[str] | None = None) -> list["Candidate"]:
        """Return what is undecided, the most doubtful first."""
        reviews = [self.peek(doc_id) for doc_id in (doc_ids or self.doc_ids)]
        return queue(reviews)

    def close(self) -> None:
        for review in self._open.values():
            review.close()
        self._open.clear()
        self._peeked.clear()

    def __enter__(self) -> "Session":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def _progress(review: DocumentReview) -> Progress:
    return Progress(
        doc_id=review.doc_id,
        title=review.document.row.get("title", ""),
        total=len(review.entries),
        decided=sum(entry.decided for entry in review.entries),
        flagged=sum(entry.status == "flagged" for entry in review.entries),
        certified=review.certified,
    )


@dataclass(frozen=True, slots=True)
class Candidate:
    """An undecided span and why it comes when it comes."""

    doc_id: str
    span_id: str
    reason: str
    risk: int  # 0 is the most doubtful


_RARE = 3  # a label with fewer spans in the dataset is rare


def queue(reviews: Iterable[DocumentReview]) -> list[Candidate]:
    """Return the undecided spans by risk: conflicts, the model's word alone, no value, rare labels, the rest."""
    reviews = list(reviews)
    labels = Counter(entry.span.label for review in reviews for entry in review.entries)
    found = [
        Candidate(review.doc_id, entry.span_id, *_risk(review, entry, labels, crossing))
        for review in reviews
        for crossing in [_conflicts(review.entries)]
        for entry in review.pending
    ]
    return sorted(found, key=lambda candidate: candidate.risk)


def _risk(
    review: DocumentReview, entry: Entry, labels: Counter[str], crossing: set[str]
) -> tuple[str, int]:
    if review.disputes and entry.span_id in review.disputes:
        return review.disputes[entry.span_id], 0
    if entry.status == "flagged":
        return "要確認", 0
    if entry.span_id in crossing:
        return "他の注釈と食い違う", 1
    if entry.row is not None and entry.row["source"] == "model":
        return "モデルだけが見つけた", 2
    if not facts_of(review.document, entry)["value"]:
        return "値が空", 3
    if labels[entry.span.label] < _RARE:
        return "珍しいラベル", 4
    return "", 5


def _conflicts(entries: Sequence[Entry]) -> set[str]:
    """Return spans that cross another one of the layer, or stand where one of another label does."""
    found: set[str] = set()
    for layer in LABELS:
        standing = [e for e in entries if e.span.layer == layer and not e.rejected]
        for left, right in _overlapping(standing):
            a, b = left.span, right.span
            if (a.start, a.end) == (b.start, b.end) or a.start < b.start < a.end < b.end:
                found |= {left.span_id, right.span_id}
    return found


def _overlapping(entries: Sequence[Entry]) -> Iterator[tuple[Entry, Entry]]:
    open_: list[Entry] = []
    for entry in sorted(entries, key=lambda entry: (entry.span.start, -entry.span.end)):
        open_ = [other for other in open_ if other.span.end > entry.span.start]
        yield from ((other, entry) for other in open_)
        open_.append(entry)


__all__ = ["ADJUDICATOR", "Candidate", "DocumentReview", "Item", "LogFile", "Progress", "RefusalError", "Session", "queue"]  # fmt: skip
