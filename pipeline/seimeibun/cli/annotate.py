"""``seimeibun annotate``: statements in, dataset out."""

import codecs
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import suppress
from datetime import date as calendar_date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from seimeibun.cli.progress import summary, watcher
from seimeibun.cli.words import FAILED, polite, refuse, say

if TYPE_CHECKING:
    from spacy.tokens import Doc

    from seimeibun.batch.plan import Plan
    from seimeibun.batch.record import Clock
    from seimeibun.batch.run import Annotate, Batch
    from seimeibun.statement import Statement

ENCODINGS = "utf-8, utf-16, cp932 (Shift_JIS), euc_jp, iso2022_jp"


@polite
def command(
    sources: Annotated[
        list[str],
        typer.Argument(
            help="Text files, folders (with all below them) or patterns such as 'a/*.txt'."
        ),
    ],
    out: Annotated[
        Path, typer.Option("--out", "-o", help="Folder for the dataset; made if need be.")
    ],
    encoding: Annotated[
        str | None,
        typer.Option(help=f"Encoding of the files, where the bytes mislead: {ENCODINGS}."),
    ] = None,
    date: Annotated[
        str, typer.Option(help="Date of the statements (2025-12-20), where they do not say it.")
    ] = "",
    excel_guard: Annotated[
        bool,
        typer.Option(
            "--excel-guard/--no-excel-guard",
            help="Put ' before cells that Excel would run as formulas.",
        ),
    ] = True,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Say only what failed.")] = False,
) -> None:
    """Annotate statements and write the tables of a dataset."""
    from seimeibun.batch.plan import plan_batch

    _check_encoding(encoding)
    _check_date(date)
    plan = plan_batch(sources, without=out)
    if not plan.items:
        for refusal in plan.refusals:
            say(f"seimeibun: {refusal.source_path}: {refusal.message}")
        refuse("no statement to annotate; name a text file, a folder or a pattern")
    _check_out(out)
    arguments: dict[str, object] = {
        "sources": [Path(source).as_posix() for source in sources],
        "encoding": encoding,
        "date": date,
        "excel_guard": excel_guard,
    }
    _annotate(plan, out, arguments, excel_guard=excel_guard, quiet=quiet)


def _annotate(
    plan: "Plan", out: Path, arguments: dict[str, object], *, excel_guard: bool, quiet: bool
) -> None:
    from seimeibun.batch.record import Clock, run_record
    from seimeibun.batch.run import run_batch
    from seimeibun.tables.write import old_documents, write_dataset

    clock = Clock()
    annotate = _pipeline(quiet=quiet)
    clock.lap("load")
    with watcher(len(plan.items), quiet=quiet) as watching:
        batch = run_batch(
            plan,
            annotate,
            watcher=watching,
            encoding=str(arguments["encoding"]) if arguments["encoding"] else None,
            date=str(arguments["date"]),
        )
    clock.lap("annotate")
    clock.seconds["tables"] = round(batch.table_seconds, 3)  # of those of "annotate"
    if not batch.texts and old_documents(out):
        say(f"seimeibun: no file gave a document; the dataset in {out} stays as it was")
        raise typer.Exit(FAILED)
    record = run_record(batch, arguments=arguments, clock=clock)
    write_dataset(batch.tables, batch.texts, out, excel_guard=excel_guard, run_json=record)
    if not quiet:
        _summarise(batch, out, clock)
    if batch.failures:
        say(f"seimeibun: {len(batch.failures)} failed; see {out / 'errors.csv'}")
        raise typer.Exit(FAILED)


def _pipeline(*, quiet: bool) -> "Annotate":
    """Return the function that annotates statements; the model is loaded here."""
    if not quiet:
        say("loading ja_seimeibun")
    from seimeibun.annotation import annotate_statements, load

    nlp = load()

    def annotate(statements: "Iterable[Statement]") -> "Iterator[Doc]":
        return annotate_statements(statements, nlp=nlp)

    return annotate


def _summarise(batch: "Batch", out: Path, clock: "Clock") -> None:
    documents, annotations = batch.tables["documents"], batch.tables["annotations"]
    chars = int(documents["n_chars"].sum())
    layers = annotations["layer"].value_counts().sort_index()
    rows = {
        "documents": f"{len(documents):,}",
        "with warnings": f"{int((documents['status'] == 'warning').sum()):,}",
        "errors": f"{len(batch.failures):,}",
        "characters": f"{chars:,}",
        **{f"{layer} annotations": f"{count:,}" for layer, count in layers.items()},
        "seconds": f"{clock.seconds['load'] + clock.seconds['annotate']:,.1f}",
    }
    summary(f"dataset in {out}", rows)


def _check_encoding(encoding: str | None) -> None:
    if encoding is None:
        return
    try:
        codec = codecs.lookup(encoding)
    except LookupError:
        refuse(f"unknown encoding {encoding!r}; for example {ENCODINGS}")
    if not codec._is_text_encoding:
        refuse(f"{encoding!r} is no encoding of text; for example {ENCODINGS}")


def _check_date(date: str) -> None:
    try:
        if date:
            calendar_date.fromisoformat(date)
    except ValueError:
        refuse(f"--date is {date!r}; it must be a day such as 2025-12-20")


def _check_out(out: Path) -> None:
    """Refuse, before the work starts, a folder that could not be written to."""
    if out.exists() and not out.is_dir():
        refuse(f"the output {out} is a file; it must be a folder")
    made = not out.exists()
    try:
        out.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=out):
            pass
    except OSError as error:
        refuse(f"cannot write to the output {out}: {error.strerror or error}")
    if made:
        with suppress(OSError):
            out.rmdir()
