"""``seimeibun review``: decisions about annotations, and what is made of them.

Everything that the widget in a notebook does is a command here too; both call the same functions.
"""

import json
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from seimeibun.cli.words import FAILED, USAGE, polite, refuse, say

if TYPE_CHECKING:
    from seimeibun.review.agreement import F1, Agreement, Kappa
    from seimeibun.review.events import Event
    from seimeibun.review.session import DocumentReview, Session

app = typer.Typer(
    help="Review annotations: decide, apply, compare reviewers, gather candidates for the rules.",
    no_args_is_help=True,
    rich_markup_mode=None,
)

Out = Annotated[Path, typer.Argument(help="Folder of a dataset.")]
SpanId = Annotated[str, typer.Argument(help="Identifier of the span, as in annotations.csv.")]
DocId = Annotated[str, typer.Argument(help="Identifier of the document.")]
Reviewer = Annotated[
    str, typer.Option("--reviewer", "-r", help="Who decides; 'adjudicator' settles disagreements.")
]
Layers = Annotated[
    list[str] | None,
    typer.Option("--layer", help="Only this layer (entity, date, money, quantity, agreement)."),
]
Start = Annotated[int, typer.Argument(help="First code point in text/<doc_id>.txt.")]
End = Annotated[int, typer.Argument(help="Code point after the last.")]
Same = Annotated[bool, typer.Option("--same", help="All with the same characters too.")]
_SHOWN = 20  # lines of a list on stderr


@app.command("apply")
@polite
def apply_(out: Out) -> None:
    """Write the decisions into the tables, and review/gold.csv; exit 1 where one has no place."""
    from seimeibun.review import apply

    with _polite_errors():
        report = apply(out)
    for title, lines in (
        ("torn and skipped", report.torn),
        ("no such document", report.unknown),
        ("not to be placed", report.orphans),
        ("span is gone", report.gone),
        ("reviewers differ", report.conflicts),
        ("flagged", report.flagged),
        ("not renewed", report.stale),
    ):
        _list(title, lines)
    say(
        f"{report.documents} documents reviewed: {report.accepted} accepted (of these {report.added} not found "
        f"by the machine), {report.rejected} rejected, {report.moved} found again at another place; "
        f"{report.gold} spans of gold"
    )
    if report.orphans or report.unknown:
        raise typer.Exit(FAILED)


@app.command("status")
@polite
def status(
    out: Out,
    reviewer: Annotated[str, typer.Option("--reviewer", "-r", help="Only of this reviewer.")] = "",
) -> None:
    """Show how far every reviewer is, document by document, as a table with tabs."""
    from seimeibun.review.log import log_files
    from seimeibun.review.session import Session

    with _polite_errors():
        names = [reviewer] if reviewer else sorted({file.reviewer for file in log_files(out)})
        typer.echo("reviewer\tdoc_id\tspans\tdecided\tflagged\tcertified")
        for name in names:
            with Session(out, reviewer=name, write=False) as session:
                for line in session.progress():
                    certified = "yes" if line.certified else "no"
                    typer.echo(
                        f"{name}\t{line.doc_id}\t{line.total}\t{line.decided}\t{line.flagged}\t{certified}"
                    )
        if not names:
            say(f"no decisions in {out / 'review'} yet")


@app.command("list")
@polite
def list_(out: Out, doc_id: DocId, reviewer: Reviewer, layer: Layers = None) -> None:
    """Show the spans of a document and what was decided, as a table with tabs."""
    from seimeibun.review.entries import facts_of

    with _document(out, doc_id, reviewer, layer, write=False) as review:
        typer.echo("span_id\tlayer\tlabel\tstart\tend\ttext\tvalue\tstatus")
        for entry in review.entries:
            span, document = entry.span, review.document
            text = document.quote(span.start, span.end)
            value = facts_of(document, entry)["value"]
            cells = (entry.span_id, span.layer, span.label, span.start, span.end, text, value, entry.status)  # fmt: skip
            typer.echo("\t".join(map(str, cells)))


@app.command("queue")
@polite
def queue(out: Out, reviewer: Reviewer, layer: Layers = None, limit: int = 20) -> None:
    """Show what is undecided, the most doubtful first, as a table with tabs."""
    with _session(out, reviewer, layer, write=False) as session:
        for candidate in session.queue()[:limit]:
            review = session.peek(candidate.doc_id)
            span = review.entry(candidate.span_id).span
            text = review.document.quote(span.start, span.end)
            typer.echo(f"{candidate.span_id}\t{text}\t{candidate.reason}")


@app.command("accept")
@polite
def accept(out: Out, span_id: SpanId, reviewer: Reviewer, same: Same = False) -> None:
    """Accept a span as it stands."""
    _decide(out, span_id, reviewer, lambda r: (r.accept_same if same else r.accept)(span_id))


@app.command("reject")
@polite
def reject(out: Out, span_id: SpanId, reviewer: Reviewer, same: Same = False) -> None:
    """Reject a span."""
    _decide(out, span_id, reviewer, lambda r: (r.reject_same if same else r.reject)(span_id))


@app.command("relabel")
@polite
def relabel(
    out: Out,
    span_id: SpanId,
    label: Annotated[str, typer.Argument(help="The right label of the layer.")],
    reviewer: Reviewer,
) -> None:
    """Give a span another label."""
    _decide(out, span_id, reviewer, lambda r: r.relabel(span_id, label))


@app.command("adjust")
@polite
def adjust(out: Out, span_id: SpanId, start: Start, end: End, reviewer: Reviewer) -> None:
    """Move the edges of a span."""
    _decide(out, span_id, reviewer, lambda r: r.adjust(span_id, start, end))


@app.command("add")
@polite
def add(
    out: Out,
    doc_id: DocId,
    layer: Annotated[str, typer.Argument(help="entity, date, money, quantity or agreement.")],
    label: Annotated[str, typer.Argument(help="A label of the layer.")],
    start: Start,
    end: End,
    reviewer: Reviewer,
) -> None:
    """Add a span that was missed."""
    with _document(out, doc_id, reviewer) as review:
        _tell(review.add(layer, label, start, end))


@app.command("remove")
@polite
def remove(out: Out, span_id: SpanId, reviewer: Reviewer) -> None:
    """Take away a span that you added; what the machine found is rejected instead."""
    _decide(out, span_id, reviewer, lambda r: r.remove(span_id))


@app.command("set")
@polite
def set_(
    out: Out,
    span_id: SpanId,
    values: Annotated[list[str], typer.Argument(help="column=value, such as edtf=2025-07.")],
    reviewer: Reviewer,
) -> None:
    """Correct values of a span: EDTF, amount, actor, object, entity id."""
    pairs = [value.partition("=") for value in values]
    if wrong := next((name for name, equals, _ in pairs if not equals), ""):
        refuse(f"{wrong!r} is no correction; write column=value, such as edtf=2025-07")
    corrections = {name: value for name, _, value in pairs}
    _decide(out, span_id, reviewer, lambda r: r.set_value(span_id, corrections))


@app.command("comment")
@polite
def comment(
    out: Out,
    span_id: SpanId,
    words: Annotated[str, typer.Argument(help="What to say about it.")],
    reviewer: Reviewer,
) -> None:
    """Say something about a span."""
    _decide(out, span_id, reviewer, lambda r: r.comment(span_id, words))


@app.command("flag")
@polite
def flag(out: Out, span_id: SpanId, reviewer: Reviewer) -> None:
    """Mark a span as one to be talked about, or take the mark away."""
    _decide(out, span_id, reviewer, lambda r: r.flag(span_id))


@app.command("undo")
@polite
def undo(
    out: Out,
    doc_id: DocId,
    reviewer: Reviewer,
    event: Annotated[str, typer.Option(help="The event to take back; else the last one.")] = "",
) -> None:
    """Take back the last decision about a document, or the one named."""
    with _document(out, doc_id, reviewer) as review:
        _tell(review.undo(event))


@app.command("done")
@polite
def done(
    out: Out,
    doc_id: DocId,
    reviewer: Reviewer,
    layer: Layers = None,
    accept_rest: Annotated[
        bool, typer.Option("--accept-rest", help="Accept what is still undecided.")
    ] = False,
) -> None:
    """Certify a document: nothing in it is wrong, and nothing missing. Only such become gold."""
    with _document(out, doc_id, reviewer, layer) as review:
        _tell(review.done(accept_rest=accept_rest))


@app.command("reopen")
@polite
def reopen(out: Out, doc_id: DocId, reviewer: Reviewer, layer: Layers = None) -> None:
    """Take a certificate back."""
    with _document(out, doc_id, reviewer, layer) as review:
        _tell(review.reopen())


@app.command("withdraw")
@polite
def withdraw(out: Out, span_id: SpanId, reviewer: Reviewer) -> None:
    """Take back all that you decided about one span, however long ago; comments stay."""
    _decide(out, span_id, reviewer, lambda r: r.withdraw(span_id))


@app.command("export-sheet")
@polite
def export_sheet_(
    out: Out,
    reviewer: Reviewer,
    sheet: Annotated[Path, typer.Option("--sheet", "-o", help="The .xlsx file to write.")],
    doc: Annotated[list[str] | None, typer.Option(help="Only this document.")] = None,
    layer: Layers = None,
) -> None:
    """Write the spans and what you decided as an Excel sheet with drop-down lists, to go on with there."""
    from seimeibun.review import export_sheet
    from seimeibun.tables.schema import LABELS

    _check_excel()
    with _polite_errors():
        written = export_sheet(
            out, sheet, reviewer=reviewer, layers=layer or LABELS, documents=doc or None
        )
    say(
        f"{sheet}: {written.documents} documents, {written.spans} spans, {written.decided} of them decided"
    )
    for note in written.notes:
        say(f"note: {note}")
    say(f"then: seimeibun review import-sheet {out} {sheet}")


@app.command("import-sheet")
@polite
def import_sheet_(
    out: Out,
    sheet: Annotated[Path, typer.Argument(help="The .xlsx file as it was filled in.")],
    reviewer: Annotated[
        str, typer.Option("--reviewer", "-r", help="Who filled it in, if the sheet does not say.")
    ] = "",
    over: Annotated[
        bool,
        typer.Option("--over", help="Take the sheet's word where the log has changed since, too."),
    ] = False,
) -> None:
    """Write what a sheet decided into the log: all of it, or, if anything cannot be, nothing."""
    from seimeibun.review import import_sheet
    from seimeibun.review.sheet_cells import SheetError

    _check_excel()
    with _polite_errors():
        try:
            imported = import_sheet(out, sheet, reviewer=reviewer, over=over)
        except SheetError as error:
            _list(f"{sheet}: 取り込めないところ(何も書き込んでいません)", error.problems)
            raise typer.Exit(USAGE) from None
    _tell(imported.events)
    for note in imported.notes:
        say(f"note: {note}")
    say(
        f"{len(imported.events)} decisions of {imported.reviewer} written; then: seimeibun review apply {out}"
    )


def _check_excel() -> None:
    from importlib.util import find_spec

    if missing := [name for name in ("openpyxl", "xlsxwriter") if find_spec(name) is None]:
        refuse(f"{missing[0]} is not installed; sheets need: pip install 'ja-seimeibun[excel]'")


@app.command("agreement")
@polite
def agreement(
    out: Out,
    layer: Layers = None,
    as_json: Annotated[bool, typer.Option("--json", help="Write the measures as JSON.")] = False,
) -> None:
    """Measure how far reviewers agree, and list what they disagree about."""
    from seimeibun.review.agreement import agreement as measure
    from seimeibun.review.agreement import disagreements

    with _polite_errors():
        pairs, open_ = measure(out, layers=layer), disagreements(out)
    if as_json:
        data = {
            "pairs": [_data(pair) for pair in pairs],
            "disagreements": [asdict(one) for one in open_],
        }
        typer.echo(json.dumps(data, ensure_ascii=False))
        return
    if not pairs:
        say(f"fewer than two reviewers in {out / 'review'}; nothing to compare")
    for pair in pairs:
        _print(pair)
    _list("to adjudicate", [f"{one.span_id}\t{one.text}\t{one.said}" for one in open_])


@app.command("candidates")
@polite
def candidates(
    out: Out,
    measure: Annotated[
        bool,
        typer.Option("--measure", help="Score the ticked ones on documents they are not from."),
    ] = False,
    rules: Annotated[
        Path | None,
        typer.Option(help="Add what is ticked to the tables in this folder of rules."),
    ] = None,
) -> None:
    """Gather names for the gazetteer and words for the stop list; put x under decision to take one."""
    from seimeibun.review import candidates as gather

    with _polite_errors():
        if measure:
            _print_effect(gather.measure(out))
        elif rules is not None:
            for line in gather.promote(out, rules):
                typer.echo(line)
        else:
            names, stops = gather.write_candidates(out)
            say(
                f"{names} names in {gather.gazetteer_path(out)}, {stops} words in {gather.stop_path(out)}"
            )
            say(
                "put x under decision for those to take, then: seimeibun review candidates --measure"
            )


# Shared


@contextmanager
def _polite_errors() -> Iterator[None]:
    from seimeibun.review.log import LockedError, LogError
    from seimeibun.review.machine import DatasetError
    from seimeibun.review.values import RefusalError

    try:
        yield
    except (LogError, DatasetError, RefusalError, FileNotFoundError, ValueError) as error:
        refuse(str(error))
    except (LockedError, OSError) as error:
        say(f"seimeibun: {error}")
        raise typer.Exit(FAILED) from None


@contextmanager
def _session(
    out: Path, reviewer: str, layers: Iterable[str] | None = None, *, write: bool = True
) -> "Iterator[Session]":
    from seimeibun.review.session import Session
    from seimeibun.tables.schema import LABELS

    with (
        _polite_errors(),
        Session(out, reviewer=reviewer, layers=layers or LABELS, write=write) as session,
    ):
        yield session


@contextmanager
def _document(
    out: Path,
    doc_id: str,
    reviewer: str,
    layers: Iterable[str] | None = None,
    *,
    write: bool = True,
) -> "Iterator[DocumentReview]":
    with _session(out, reviewer, layers, write=write) as session:
        review = session.open(doc_id)
        if write and review.read_only:
            say(f"seimeibun: {review.read_only}")
            raise typer.Exit(FAILED)
        if review.torn:
            say(f"seimeibun: {review.torn}")
        yield review


def _decide(
    out: Path, span_id: str, reviewer: str, decide: "Callable[[DocumentReview], list[Event]]"
) -> None:
    with _polite_errors():
        from seimeibun.review.events import parse_span_id

        parse_span_id(span_id)
    with _document(out, span_id.rpartition("#")[0], reviewer) as review:
        _tell(decide(review))


def _tell(events: "list[Event]") -> None:
    for event in events:
        typer.echo(f"{event.event_id}\t{event.op}\t{event.span_id or event.doc_id}")


def _list(title: str, lines: list[str]) -> None:
    if lines:
        say(f"{title}: {len(lines)}")
    for line in lines[:_SHOWN]:
        say(f"  {line}")
    if len(lines) > _SHOWN:
        say(f"  … and {len(lines) - _SHOWN} more")


def _data(pair: "Agreement") -> dict[str, Any]:
    data = asdict(pair)
    data["confusion"] = [[a, b, n] for (a, b), n in pair.confusion.items()]
    return data


def _print(pair: "Agreement") -> None:
    typer.echo(f"{pair.a} – {pair.b}: {len(pair.documents)} documents certified by both")
    rows: list[tuple[str, F1 | None]] = [("all, exact", pair.exact.get(""))]
    rows += [("all, overlap", pair.overlap), ("all, IoU 0.5", pair.iou)]
    rows += [(label, f1) for label, f1 in pair.exact.items() if label]
    for name, f1 in rows:
        if f1 is not None:
            interval = "" if f1.low is None else f"  [{f1.low:.3f}, {f1.high:.3f}]"
            typer.echo(f"  {name:18} F1 {_number(f1.value)}{interval}  n {f1.n_a} + {f1.n_b}")
    for title, kappa in (
        ("decisions", pair.decisions),
        ("labels", pair.labels),
        ("characters", pair.characters),
    ):
        if kappa is not None:
            typer.echo(f"  {title:18} κ  {_kappa(kappa)}")
    for (a, b), count in pair.confusion.items():
        if a != b:
            typer.echo(f"  {a or '–':18} → {b or '–':18} {count}")


def _kappa(kappa: "Kappa") -> str:
    return f"{_number(kappa.value)}  n {kappa.n}"


def _number(value: float | None) -> str:
    return "undefined" if value is None else f"{value:.3f}"


def _print_effect(effect: Any) -> None:
    for line in effect.lines():
        typer.echo(line)
