"""``seimeibun annotate``: statements in, dataset out."""

import codecs
import os
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import asdict, dataclass
from datetime import date as calendar_date
from enum import StrEnum
from functools import partial
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from seimeibun.cli.progress import log, summary, watcher
from seimeibun.cli.spacy_alone import import_spacy
from seimeibun.cli.words import FAILED, polite, refuse, say
from seimeibun.sources.limits import DEFAULT, Limits

if TYPE_CHECKING:
    from spacy.tokens import Doc

    from seimeibun.batch.document import Annotate
    from seimeibun.batch.engine import Engine
    from seimeibun.batch.journal import Journal
    from seimeibun.batch.outcome import Settings
    from seimeibun.batch.plan import Plan
    from seimeibun.batch.record import Clock
    from seimeibun.batch.run import Tally, Todo
    from seimeibun.statement import Statement

_KINDS = 8  # of files that are passed over; more are not listed
ENCODINGS = "utf-8, utf-16, cp932 (Shift_JIS), euc_jp, iso2022_jp"


class EngineName(StrEnum):
    LOCAL = "local"
    DASK = "dask"


@dataclass(frozen=True, slots=True)
class _Words:
    """How much is said, and how."""

    quiet: bool
    log_json: bool

    @property
    def plain(self) -> bool:
        return not self.quiet and not self.log_json


@polite
def command(
    sources: Annotated[
        list[str],
        typer.Argument(
            help="Files (text, HTML, PDF, DOCX), folders (with all below them), ZIP archives, patterns such as "
            "'a/*.txt', or - for a list of these on standard input."
        ),
    ],
    out: Annotated[
        Path,
        typer.Option(
            "--out",
            "-o",
            help="Folder for the dataset; made if need be. One that is there is added to.",
        ),
    ],
    workers: Annotated[
        int, typer.Option("--workers", "-w", min=1, help="Processes to work with.")
    ] = 1,
    engine: Annotated[
        EngineName, typer.Option(help="What runs the workers: this machine, or Dask distributed.")
    ] = EngineName.LOCAL,
    cluster: Annotated[
        str,
        typer.Option(
            help="Address of a Dask scheduler, such as tcp://host:8786; without, a cluster on this machine."
        ),
    ] = "",
    timeout: Annotated[
        float,
        typer.Option(
            min=0,
            help="Seconds that one document may take, and each further megabyte of it; 0 is no limit.",
        ),
    ] = 600,
    max_memory: Annotated[
        int,
        typer.Option(
            min=0,
            help="Megabytes that a worker on this machine (Linux) may have; 0 is no limit.",
        ),
    ] = 8_000,
    force: Annotated[
        bool, typer.Option("--force", help="Annotate anew also what has not changed.")
    ] = False,
    prune: Annotated[
        bool,
        typer.Option("--prune", help="Remove documents of the dataset that SOURCES do not name."),
    ] = False,
    encoding: Annotated[
        str | None,
        typer.Option(help=f"Encoding of the files, where the bytes mislead: {ENCODINGS}."),
    ] = None,
    date: Annotated[
        str, typer.Option(help="Date of the statements (2025-12-20), where they do not say it.")
    ] = "",
    selector: Annotated[
        str,
        typer.Option(
            help="CSS selector of the part of a web page that is the statement, such as '#news div.body'; "
            "without, profiles of known sites and a generic one say which."
        ),
    ] = "",
    max_bytes: Annotated[
        int, typer.Option(min=1, help="Bytes of a file, also once it is decompressed.")
    ] = DEFAULT.max_bytes,
    max_chars: Annotated[
        int, typer.Option(min=1, help="Characters of a text.")
    ] = DEFAULT.max_chars,
    max_pages: Annotated[int, typer.Option(min=1, help="Pages of a PDF.")] = DEFAULT.max_pages,
    max_members: Annotated[
        int, typer.Option(min=1, help="Files in a ZIP archive or a Word document.")
    ] = DEFAULT.max_members,
    max_archive_bytes: Annotated[
        int, typer.Option(min=1, help="Bytes of a ZIP archive once it is decompressed.")
    ] = DEFAULT.max_archive_bytes,
    max_ratio: Annotated[
        int,
        typer.Option(
            min=1, help="How many times its size a compressed file may have once decompressed."
        ),
    ] = DEFAULT.max_ratio,
    excel_guard: Annotated[
        bool,
        typer.Option(
            "--excel-guard/--no-excel-guard",
            help="Put ' before cells that Excel would run as formulas.",
        ),
    ] = True,
    exact_check: Annotated[
        float,
        typer.Option(
            min=0,
            max=1,
            help="Share of the text to analyse once more with GiNZA itself, such as 0.02; tells every difference.",
        ),
    ] = 0,
    parquet: Annotated[
        bool,
        typer.Option(
            "--parquet", help="Write the tables also as Parquet, in files of 100,000 rows."
        ),
    ] = False,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Say only what failed.")] = False,
    log_json: Annotated[
        bool, typer.Option("--log-json", help="Say all as lines of JSON, for machines.")
    ] = False,
) -> None:
    """Annotate statements and write the tables of a dataset.

    What is in the dataset already and has not changed is kept. A run that was interrupted is finished by
    running it again.
    """
    _check_encoding(encoding)
    _check_date(date)
    _check_selector(selector)
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # one thread a worker is the fastest
    if engine == EngineName.DASK and not cluster:
        from seimeibun.batch import fork_server

        # while all else is still being imported here
        fork_server.start(["seimeibun.cli.at_hand", "seimeibun.batch.cluster"])
    import_spacy()
    from seimeibun.batch.identity import pipeline_hash
    from seimeibun.batch.outcome import Settings
    from seimeibun.batch.run import Todo

    limits = Limits(
        max_bytes=max_bytes,
        max_chars=max_chars,
        max_pages=max_pages,
        max_members=max_members,
        max_archive_bytes=max_archive_bytes,
        max_ratio=max_ratio,
    )
    settings = Settings(
        encoding=encoding,
        date=date,
        selector=selector,
        limits=limits,
        max_memory=max_memory,
        excel_guard=excel_guard,
    )
    todo = Todo(
        pipeline=pipeline_hash(settings), largest_first=workers > 1, force=force, prune=prune
    )
    arguments: dict[str, object] = {
        "sources": [Path(source).as_posix() for source in sources],
        "encoding": encoding,
        "date": date,
        "selector": selector,
        "excel_guard": excel_guard,
        "workers": workers,
        "engine": engine.value,
        "cluster": cluster,
        "parquet": parquet,
        "timeout": timeout,
        "max_memory": max_memory,
        **asdict(limits),
        "force": force,
        "prune": prune,
        "exact_check": exact_check,
    }
    working = _engine(engine, cluster, workers, timeout or None)
    if parquet:
        _need("pyarrow", "--parquet", "parquet")
    words = _Words(quiet, log_json)
    with ExitStack() as stack:
        plan, journal = _plan(sources, out, settings, stack, prune=prune)
        _tell_passed_over(plan, words)
        with _stopping_in_words(out):
            _annotate(plan, journal, out, working, settings, todo, arguments, words)


def _engine(name: EngineName, cluster: str, workers: int, timeout: float | None) -> "Engine":
    if name == EngineName.DASK:
        _need("distributed", "--engine dask", "dask")
        from seimeibun.batch.cluster import Cluster

        return Cluster(cluster, count=workers, timeout=timeout)
    if cluster:
        refuse("--cluster goes with --engine dask")
    from seimeibun.batch.workers import Workers

    return Workers(workers, timeout=timeout)


def _need(package: str, option: str, extra: str) -> None:
    if not find_spec(package):
        refuse(f"{option} needs {package}: pip install 'ja-seimeibun[{extra}]'")


def _plan(
    sources: list[str], out: Path, settings: "Settings", stack: ExitStack, *, prune: bool
) -> "tuple[Plan, Journal]":
    """Return what is to be read, and the journal, open; nothing is written before it is known to make sense."""
    from seimeibun.batch.journal import Journal, JournalError
    from seimeibun.batch.plan import plan_batch

    try:
        known = Journal.of(out)
        if known:
            stack.enter_context(known)
        plan = plan_batch(sources, without=out, limits=settings.limits, journal=known, prune=prune)
        _check_plan(plan, prune=prune)
        _check_out(out)
        if known:
            return plan, known
        _check_no_dataset(out)
        out.mkdir(parents=True, exist_ok=True)
        return plan, stack.enter_context(Journal(out))
    except JournalError as error:
        refuse(str(error))


@contextmanager
def _stopping_in_words(out: Path) -> Iterator[None]:
    """Say why a batch cannot go on: no workers, no cluster, no space."""
    import sqlite3

    from seimeibun.batch.engine import EngineError

    try:
        yield
    except BrokenPipeError:
        raise
    except (EngineError, OSError, sqlite3.Error) as error:
        say(f"seimeibun: {error}; what was done for {out} is kept: run the command again")
        raise typer.Exit(FAILED) from None


def _check_plan(plan: "Plan", *, prune: bool) -> None:
    if not len(plan):
        for refusal in plan.refusals:
            if refusal.is_wrong_name:
                say(f"seimeibun: {refusal.source_path}: {refusal.message}")
        if all(refusal.is_wrong_name for refusal in plan.refusals):
            refuse("no statement to annotate; name a file, a folder or a pattern")
    for refusal in plan.refusals:
        # a folder that is not there today must not take its documents with it
        if prune and refusal.code != "unsafe":
            refuse(f"--prune needs all sources; {refusal.source_path}: {refusal.message}")


def _tell_passed_over(plan: "Plan", words: _Words) -> None:
    """Say which files of folders and archives are not looked at, so that none is missing unseen."""
    if words.log_json and plan.passed_over:
        log("passed_over", **plan.passed_over)
    if not words.plain or not plan.passed_over:
        return
    kinds = plan.passed_over.most_common()
    shown = ", ".join(f"{n:,} {kind}" for kind, n in kinds[:_KINDS])
    more = f" and {sum(n for _, n in kinds[_KINDS:]):,} others" if len(kinds) > _KINDS else ""
    say(f"passed over, no statements: {shown}{more}")


def _annotate(
    plan: "Plan",
    journal: "Journal",
    out: Path,
    engine: "Engine",
    settings: "Settings",
    todo: "Todo",
    arguments: Mapping[str, object],
    words: _Words,
) -> None:
    from seimeibun.batch.merge import write_tables
    from seimeibun.batch.record import Clock, run_record
    from seimeibun.batch.run import annotate_plan

    clock = Clock()
    share = float(str(arguments["exact_check"]))
    load = partial(_pipeline, exact_check=share)
    with watcher(len(plan), quiet=words.quiet, log_json=words.log_json) as watching:
        tally = annotate_plan(
            plan, journal, load, watcher=watching, engine=engine, settings=settings, todo=todo
        )
    clock.lap("annotate")

    def record(counts: Mapping[str, int]) -> str:
        clock.lap("tables")
        return run_record(
            tally,
            counts,
            arguments=arguments,
            clock=clock,
            pipeline=todo.pipeline,
            passed_over=plan.passed_over,
        )

    counts = write_tables(journal, out, excel_guard=settings.excel_guard, run_json=record)
    _keep_decisions(out, words)
    _write_parquet(out, wanted=bool(arguments["parquet"]), guarded=settings.excel_guard)
    _close(tally, counts, out, clock, words)
    if tally.exact_check:
        _tell_differences(tally.exact_check, words)
    if tally.failed:
        if not tally.annotated and not tally.kept and counts["documents"]:
            say(f"seimeibun: no file gave a document; the dataset in {out} stays as it was")
        say(f"seimeibun: {tally.failed} failed; see {out / 'errors.csv'}")
        raise typer.Exit(FAILED)


def _write_parquet(out: Path, *, wanted: bool, guarded: bool) -> None:
    """Write the Parquet files, also where they only stand there: they must not be of an older dataset."""
    there = out / "parquet"
    if not wanted and not there.is_dir():
        return
    if not find_spec("pyarrow"):
        say(f"seimeibun: {there} is left as it was: pip install 'ja-seimeibun[parquet]'")
        return
    from seimeibun.tables.parquet import write_parquet

    write_parquet(out, guarded=guarded)


def _keep_decisions(out: Path, words: _Words) -> None:
    """Put the decisions of reviewers, if there are any, into the tables that were just written."""
    if not (out / "review").is_dir():
        return
    from seimeibun.review import apply

    try:
        report = apply(out)
    except ValueError as error:  # a log that cannot be read; the tables hold without it
        say(f"seimeibun: the decisions in {out / 'review'} are not in the tables: {error}")
        raise typer.Exit(FAILED) from None
    if report.documents and words.plain:
        say(
            f"decisions about {report.documents} documents kept; see `seimeibun review apply {out}`"
        )


def _pipeline(*, exact_check: float = 0) -> "Annotate":
    """Return the function that annotates statements; the model is loaded here."""
    from seimeibun.annotation import annotate_statements
    from seimeibun.batch.pipeline import pipeline
    from seimeibun.components.exact import ExactCheck

    nlp = pipeline()
    check = ExactCheck(nlp, exact_check) if exact_check else None

    def annotate(statements: "Iterable[Statement]") -> "Iterator[Doc]":
        return annotate_statements(statements, nlp=nlp, check=check)

    return annotate


def _tell_differences(checked: Mapping[str, Any], words: _Words) -> None:
    """Say what the check against GiNZA found; where nothing differed, only if words are wanted."""
    if words.log_json:
        log("exact_check", **checked)
        return
    for one in checked["differences"]:
        place = f" of token {one['token']}" if one["token"] >= 0 else ""
        say(
            f"seimeibun: {one['source_path']}: {one['attribute']}{place} is {one['ours']!r}, "
            f"with GiNZA {one['ginza']!r}: {one['text']}"
        )
    if words.quiet:
        return
    without = checked["pieces_without_bunsetu"]
    say(
        f"exact check: {checked['pieces']} pieces, {checked['tokens']:,} tokens, "
        f"{len(checked['differences'])} differences from GiNZA"
        + (f"; {without} pieces compared without 文節" if without else "")
    )


def _close(
    tally: "Tally", counts: Mapping[str, int], out: Path, clock: "Clock", words: _Words
) -> None:
    """Say what was done, and what the dataset holds now."""
    from seimeibun.batch.record import layers_in

    seconds = clock.seconds["annotate"] + clock.seconds["tables"]
    facts = {
        "documents": counts["documents"],
        "annotated now": tally.annotated,
        "kept as they were": tally.kept,
        **({"removed": tally.removed} if tally.removed else {}),
        "with warnings": counts["warned"],
        "errors": counts["errors"],
        "characters": counts["characters"],
        **{f"{layer} annotations": n for layer, n in layers_in(counts).items()},
    }
    if words.log_json:
        log("dataset", **{name.replace(" ", "_"): n for name, n in facts.items()}, seconds=seconds)
    elif words.plain:
        speed = round(tally.characters / max(clock.seconds["annotate"], 1e-3))
        rows = {name: f"{n:,}" for name, n in facts.items()}
        rows |= {"seconds": f"{seconds:,.1f}", "characters a second": f"{speed:,}"}
        summary(f"dataset in {out}", rows)
        if counts["warned"]:
            number = f"{counts['warned']:,} of {counts['documents']:,} documents"
            say(f"warnings for {number}; see {out / 'documents.csv'}")


def _check_no_dataset(out: Path) -> None:
    from seimeibun.tables.folder import old_documents

    if count := len(old_documents(out)):
        refuse(
            f"{out} holds a dataset of {count} documents without the journal that it was made with "
            "(.journal.sqlite3), so nothing can be added; name another folder, or empty this one"
        )


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


def _check_selector(selector: str) -> None:
    if not selector:
        return
    import soupsieve

    try:
        soupsieve.compile(selector)
    except (soupsieve.SelectorSyntaxError, ValueError) as error:
        reason = str(error).splitlines()[0]
        refuse(
            f"--selector is {selector!r}, no CSS selector ({reason}); for example '#news div.body'"
        )


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
