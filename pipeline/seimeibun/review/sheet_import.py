"""An edited review sheet into the log: what differs from what was written out becomes events.

The whole sheet is tried on drafts of the logs first. Where anything in it cannot be, nothing is written and
every problem is named by sheet, row and column. A row that was not touched says nothing, so that decisions
made elsewhere since then stand; importing the same sheet twice adds nothing.
"""

import re
from collections.abc import Iterable, Mapping
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path

from seimeibun.export.review_sheet import ADD, ASKED, CERTIFIED
from seimeibun.review.events import Event
from seimeibun.review.log import Draft, LockedError, Log, log_file
from seimeibun.review.session import DocumentReview, Session
from seimeibun.review.settling import settle
from seimeibun.review.sheet import baseline, certified_cell, sheet_rows
from seimeibun.review.sheet_cells import Line, Sheet, SheetError, read_sheet
from seimeibun.review.sheet_lines import TICKS, ProblemError, refuse, span_of_line, wanted_of_line
from seimeibun.review.state import Span
from seimeibun.review.values import RefusalError
from seimeibun.tables.schema import LABELS

Cells = Mapping[str, str]
_BLANK = dict.fromkeys(ASKED, "")


@dataclass(slots=True)
class Imported:
    """What a sheet added to the logs; ``notes`` say what a human should know."""

    reviewer: str
    events: list[Event] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def import_sheet(
    folder: str | Path, path: str | Path, *, reviewer: str = "", over: bool = False
) -> Imported:
    """Write the decisions of the sheet ``path`` into the logs of ``folder``.

    ``reviewer`` is needed where the sheet names none. A row that was changed in the sheet and, since it was
    written, in the log as well is a problem; with ``over`` the sheet is right. Raises :class:`SheetError`,
    and :class:`LockedError` for a log that is open elsewhere; then nothing was written.
    """
    folder = Path(folder)
    sheet = read_sheet(path)
    result = Imported(_reviewer(sheet, reviewer))
    with ExitStack() as stack:
        session = stack.enter_context(Session(folder, reviewer=result.reviewer, write=False))
        _check_documents(sheet, session)
        drafts: list[tuple[Log, Draft]] = []
        for doc_id, lines in _by_document(sheet, session).items():
            known, about = session.peek(doc_id), sheet.documents[doc_id]
            if not known.events and not _says_anything(lines, about):
                continue
            log = _open(folder, doc_id, result.reviewer)
            stack.callback(log.close)
            draft = Draft(log.events)
            review = DocumentReview(
                folder, known.document, result.reviewer, disputes=known.disputes, draft=draft
            )
            _Import(sheet, review, about, over=over).run(lines, result.notes)
            drafts.append((log, draft))
        if sheet.problems:
            raise SheetError(sheet.path, sheet.problems)
        for log, draft in drafts:
            for event in draft.new:
                log.append(event)
                result.events.append(event)
    return result


def _open(folder: Path, doc_id: str, reviewer: str) -> Log:
    file = log_file(folder, doc_id, reviewer)
    if Log.is_open(file):  # a widget of this process, which opening it again would cut off
        message = f"{file.path} is open in this process; close its widget first"
        raise LockedError(message)
    return Log(file)


def _reviewer(sheet: Sheet, named: str) -> str:
    found = {line["reviewer"]: line for line in sheet.documents.values()}
    if len(found) > 1:
        line = [*found.values()][1]
        problem = f"{line.at('reviewer')}: reviewer が {'、'.join(found)} です。一つのシートは一人のものです"
        raise SheetError(sheet.path, [problem])
    of_sheet = next(iter(found), "")
    if not (of_sheet or named):
        message = f"{sheet.path} names no reviewer; say who filled it, with -r NAME"
        raise ValueError(message)
    if of_sheet and named and of_sheet != named:
        where = found[of_sheet].at("reviewer")
        problem = f"{where}: このシートは {of_sheet} のものです(指定は {named})"
        raise SheetError(sheet.path, [problem])
    log_file(Path(), "", of_sheet or named)  # refuses a name that cannot be
    return of_sheet or named


def _check_documents(sheet: Sheet, session: Session) -> None:
    """Note the documents of the sheet that the dataset has not, or not with that text."""
    for doc_id, line in sheet.documents.items():
        if doc_id not in session.doc_ids:
            some = "、".join(session.doc_ids[:3])
            where = line.at("doc_id")
            sheet.problems.append(
                f"{where}: {doc_id} という文書はこのデータセットにありません。ある文書: {some} …"
            )
        elif (sha := session.peek(doc_id).document.sha256) != line["text_sha256"]:
            sheet.problems.append(
                f"{line.at('text_sha256')}: {doc_id} の本文がシートのものと違います"
                f"(シート {line['text_sha256'][:12]}、データセット {sha[:12]})。シートを書き出し直してください"
            )


def _by_document(sheet: Sheet, session: Session) -> dict[str, list[Line]]:
    """Return the rows by document; what cannot be told is a problem."""
    only = next(iter(sheet.documents)) if len(sheet.documents) == 1 else ""
    found: dict[str, list[Line]] = {doc_id: [] for doc_id in sheet.documents}
    for line in sheet.spans:
        doc_id = line["doc_id"] or ("" if line["span_id"] else only)
        if doc_id in found:
            found[doc_id].append(line)
        else:
            some = "、".join([*found][:3])
            sheet.problems.append(
                f"{line.at('doc_id')}: 「{doc_id}」はシート「情報」にない文書です。文書: {some}"
            )
    return {doc_id: lines for doc_id, lines in found.items() if doc_id in session.doc_ids}


def _says_anything(lines: Iterable[Line], about: Line) -> bool:
    """Tell whether a reviewer filled anything in; an edited grey cell counts too, to be refused."""
    return bool(about[CERTIFIED]) or any(any(line.asked.values()) for line in lines)


class _Import:
    """The rows of one document, turned into events on a draft of its log."""

    def __init__(self, sheet: Sheet, review: DocumentReview, about: Line, *, over: bool) -> None:
        self.sheet, self.review, self.about, self.over = sheet, review, about, over
        self.document = review.document
        self.certified = set(review.state.certified)
        self.now = sheet_rows(self.document, review.state)
        state = baseline(self.document, review.events, about.cells)
        self.then = {} if state is None else sheet_rows(self.document, state)
        self.then_certified = "" if state is None else certified_cell(state)

    def run(self, lines: Iterable[Line], notes: list[str]) -> None:
        seen: dict[str, Line] = {}
        for line in lines:
            try:
                self._take(line, seen, notes)
            except ProblemError as problem:
                where = line.at(problem.column)
                self.sheet.problems.append(f"{where}: {problem.column} {problem}")
        if not self.sheet.problems:
            self._refuse_doubles(seen)
        if not self.sheet.problems:
            self._certify(notes)

    def _take(self, line: Line, seen: dict[str, Line], notes: list[str]) -> None:
        """Write what a row says that was not said before."""
        same_run = self.about["run_id"] == self.document.run_id
        span_id, origin = span_of_line(line, self.document, self.now, same_run=same_run)
        if (other := seen.setdefault(span_id, line)) is not line:
            refuse("span_id", f"は {other.number} 行目と同じ注釈です")
        if line["span_id"] and not self._is_edited(line):
            return
        wanted = wanted_of_line(line, self.document, origin)
        known = span_id in self.document.spans or span_id in self.now
        if not known and line["判定"] not in {ADD, ""}:
            notes.append(
                f"{line.at('span_id')}: {span_id} は今の注釈にありません。決定は記録しました"
            )
        try:
            settle(self.review, span_id, origin, wanted)
        except RefusalError as error:
            refuse("修正後の値" if line["修正後の値"] else "判定", str(error))

    def _is_edited(self, line: Line) -> bool:
        says = line.asked
        then, now = (_asked_of(rows, line["span_id"]) for rows in (self.then, self.now))
        if says in (then, now):
            return False
        if now not in (then, _BLANK) and not self.over:
            refuse(
                "判定",
                "この注釈は、シートを書き出した後に別のところで変わっています。"
                "シートを書き出し直すか、シートのほうを取るなら --over を付けてください",
            )
        return True

    def _refuse_doubles(self, seen: Mapping[str, Line]) -> None:
        """Refuse rows that leave two spans of one label at one place."""
        standing: dict[Span, str] = {}
        before = {span_id: row for span_id, row in self.now.items() if row["判定"]}
        for entry in self.review.entries:
            if entry.rejected:
                continue
            other = standing.setdefault(entry.span, entry.span_id)
            if other == entry.span_id or {other, entry.span_id} <= before.keys():
                continue
            if line := seen.get(entry.span_id) or seen.get(other):
                self.sheet.problems.append(
                    f"{line.at('判定')}: 同じ場所に同じラベル {entry.span.label} の注釈がすでにあります({other})"
                )

    def _certify(self, notes: list[str]) -> None:
        cell, where = self.about[CERTIFIED], self.about.at(CERTIFIED)
        parts = [part.strip() for part in re.split(r"[;；、,]", cell) if part.strip()]
        wanted = [*LABELS] if cell in TICKS else parts
        if unknown := [layer for layer in wanted if layer not in LABELS]:
            layers = "、".join(LABELS)
            self.sheet.problems.append(
                f"{where}: 「{unknown[0]}」という層はありません。層: {layers}"
            )
            return
        if ";".join(layer for layer in LABELS if layer in wanted) == self.then_certified:
            if lost := [
                name for name in LABELS if name in self.certified - self.review.state.certified
            ]:
                notes.append(
                    f"{where}: 変更により {';'.join(lost)} の完了が外れました。確かめたら、もう一度完了してください"
                )
            return
        now = self.review.state.certified
        more = [layer for layer in LABELS if layer in wanted and layer not in now]
        less = [layer for layer in LABELS if layer in now and layer not in wanted]
        if less:
            self.review.reopen(layers=less)
        if more:
            try:
                self.review.done(layers=more)
            except RefusalError as error:
                self.sheet.problems.append(f"{where}: {CERTIFIED} {error}")


def _asked_of(rows: Mapping[str, Cells], span_id: str) -> dict[str, str]:
    row = rows.get(span_id)
    return {name: row[name] for name in ASKED} if row else dict(_BLANK)
