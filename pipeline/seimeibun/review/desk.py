"""Messages of a screen to a session and back: what the widget shows, without any notebook.

A screen sends ``hello``, ``open``, ``do``, ``check`` and ``queue``, and gets ``view``, ``ack``, ``checked`` and
``queue``. An ``ack`` with ``ok`` is sent once the decision is on disk, not before.
"""

from collections import OrderedDict
from collections.abc import Callable, Mapping
from dataclasses import asdict
from typing import Any

from seimeibun.review.edtf import EdtfError, edtf_days
from seimeibun.review.entries import Entry, editable, facts_of
from seimeibun.review.log import LockedError, LogError
from seimeibun.review.machine import DatasetError
from seimeibun.review.session import DocumentReview, Progress, Session
from seimeibun.review.values import FIELDS, RefusalError, check_values
from seimeibun.review.words import CHOICES_JA, LABELS_JA, LAYERS_JA
from seimeibun.tables.schema import LABELS

Message = dict[str, Any]
_REMEMBERED = 500  # answers kept, for screens that ask again since an answer was lost


class Desk:
    """Answers the messages of screens."""

    def __init__(self, session: Session) -> None:
        self.session = session
        self._shown: dict[str, dict[str, Message]] = {}
        self._answers: OrderedDict[tuple[str, int], Message] = OrderedDict()
        self._handlers: dict[str, Callable[[Message], Message]] = {
            "hello": self._hello,
            "open": self._hello,
            "do": self._do,
            "check": self._check,
            "queue": self._queue,
        }

    def handle(self, message: Mapping[str, Any]) -> Message:
        """Return the answer; whatever goes wrong is an answer too, since a notebook swallows errors."""
        asked = dict(message)
        about = {"client": asked.get("client", ""), "seq": asked.get("seq", 0)}
        known = self._answers.get((about["client"], about["seq"]))
        if asked.get("type") == "do" and known is not None:
            return known
        handler = self._handlers.get(str(asked.get("type")))
        try:
            if handler is None:
                text = f"{asked.get('type')!r} という要求はありません"
                raise RefusalError(text)
            answer = handler(asked) | about
        except RefusalError as error:
            answer = {"type": "ack", "ok": False, "kind": "refused", "error": str(error)} | about
        except (LogError, LockedError, DatasetError, OSError) as error:
            return {"type": "ack", "ok": False, "kind": "failed", "error": str(error)} | about
        except Exception as error:  # a reviewer must see it: in a notebook nobody else does
            text = f"{type(error).__name__}: {error}"
            return {"type": "ack", "ok": False, "kind": "failed", "error": text} | about
        if asked.get("type") == "do":
            self._answers[about["client"], about["seq"]] = answer
            while len(self._answers) > _REMEMBERED:
                self._answers.popitem(last=False)
        return answer

    # What is asked

    def _hello(self, message: Message) -> Message:
        doc_id = message.get("doc_id") or self._first()
        review = self.session.open(doc_id)
        document = review.document
        self._shown[doc_id] = _items(review)
        return {
            "type": "view",
            "reviewer": self.session.reviewer,
            "blind": self.session.blind,
            "doc": {
                "doc_id": doc_id,
                "title": document.row.get("title", ""),
                "date": document.row.get("date", ""),
                "text": document.text,
            },
            "items": list(self._shown[doc_id].values()),
            "tokens": [edge for token in review.tokens for edge in token],
            "layers": [_layer(name) for name in self.session.layers],
            "notes": _notes(review),
            "read_only": review.read_only,
            "progress": [_line(line) for line in self.session.progress()],
            **self._standing(review),
        }

    def _first(self) -> str:
        """Return the first document that is not certified."""
        for line in self.session.progress():
            if not line.certified:
                return line.doc_id
        return self.session.doc_ids[0]

    def _do(self, message: Message) -> Message:
        review = self.session.open(str(message.get("doc_id")))
        events = review.perform(str(message.get("op")), message.get("params") or {})
        before, after = self._shown.get(review.doc_id, {}), _items(review)
        self._shown[review.doc_id] = after
        return {
            "type": "ack",
            "ok": True,
            "doc_id": review.doc_id,
            "ops": [event.op for event in events],
            "items": [item for key, item in after.items() if before.get(key) != item],
            "gone": [key for key in before if key not in after],
            **self._standing(review),
        }

    def _check(self, message: Message) -> Message:
        review = self.session.open(str(message.get("doc_id")))
        entry = review.entry(str(message.get("span_id")))
        values = {**editable(review.document, entry), **message.get("values", {})}
        answer: Message = {"type": "checked", "span_id": entry.span_id}
        try:
            checked = check_values(entry.span.layer, entry.span.label, values, review.document.text)
        except RefusalError as error:
            return answer | {"ok": False, "error": str(error)}
        return answer | {"ok": True, "says": _says(checked)}

    def _queue(self, message: Message) -> Message:
        doc_ids = [str(message["doc_id"])] if message.get("doc_id") else None
        found = self.session.queue(doc_ids)
        return {
            "type": "queue",
            "queue": [{"doc_id": c.doc_id, "id": c.span_id, "reason": c.reason} for c in found],
        }

    def _standing(self, review: DocumentReview) -> Message:
        return {
            "n_events": len(review.events),
            "certified": review.certified,
            "pending": [entry.span_id for entry in review.pending],
            "line": _line(self.session.progress_of(review.doc_id)),
        }


def _line(progress: Progress) -> Message:
    return asdict(progress)


def _items(review: DocumentReview) -> dict[str, Message]:
    return {entry.span_id: _item(review, entry) for entry in review.entries}


def _item(review: DocumentReview, entry: Entry) -> Message:
    span, item, row = entry.span, entry.item, entry.row
    return {
        "id": entry.span_id,
        "layer": span.layer,
        "label": span.label,
        "start": span.start,
        "end": span.end,
        "status": entry.status,
        "decided": entry.decided,
        "rejected": entry.rejected,
        "flagged": bool(item and item.flagged),
        "added": bool(item and item.added),
        "changed": bool(item and item.changed),
        "machine": row["label"] if row else "",
        "source": row["source"] if row else "review",
        "rule": row["rule"] if row else "",
        "value": facts_of(review.document, entry)["value"],
        "fields": editable(review.document, entry),
        "comments": list(item.comments) if item else [],
        "note": (review.disputes or {}).get(entry.span_id, ""),
    }


def _layer(name: str) -> Message:
    return {
        "name": name,
        "ja": LAYERS_JA[name],
        "labels": [{"name": label, "ja": LABELS_JA[label]} for label in LABELS[name]],
        "fields": [
            {
                "name": f.name,
                "title": f.title,
                "choices": [
                    {"name": choice, "ja": CHOICES_JA.get(choice, "")} for choice in f.choices
                ],
                "stretch": f.stretch,
            }
            for f in FIELDS[name]
        ],
    }


def _notes(review: DocumentReview) -> list[str]:
    """Return what the reviewer should know about the log before going on."""
    notes = (
        [f"記録の最後の行が壊れていたため読み飛ばしました: {review.torn}"] if review.torn else []
    )
    notes += [
        f"位置が見つからない決定: {orphan.event.op} {orphan.event.quote or orphan.event.span_id}"
        for orphan in review.state.orphans
    ]
    notes += [
        f"今回の実行にはない注釈への決定: {item.origin.label} {item.origin.start}–{item.origin.end}"
        for item in review.gone
        if item.decision != "rejected"  # a rejected span that is gone is as it should be
    ]
    if review.state.moved:
        notes.append(f"本文が変わったため、{review.state.moved} 件の決定を新しい位置に移しました")
    return notes


def _says(values: Mapping[str, str]) -> str:
    """Return what the machine will understand, for the reviewer to see while typing."""
    if "edtf" not in values:
        return ""
    try:
        first, last = edtf_days(values["edtf"])
    except EdtfError:
        return ""
    if not first and not last:
        return ""
    return f"{first or '(開始なし)'} 〜 {last or '(終了なし)'}" if first != last else first
