"""``seimeibun compare``: a dataset in, tables, plots and a page about its vocabulary out."""

import gc
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from seimeibun.cli.words import polite, refuse, say

if TYPE_CHECKING:
    from seimeibun.compare.report import Report

UNITS = (
    "compound, norm, lemma, surface, entity, ngram:N, formula, act, act_lemma, act_actor, act_level"
)


@polite
def command(
    dataset: Annotated[Path, typer.Argument(help="Folder that `seimeibun annotate` wrote.")],
    out: Annotated[Path, typer.Option("--out", "-o", help="Folder for the results.")],
    by: Annotated[
        str,
        typer.Option(help="Column of documents.csv that makes the groups; also decade, partner."),
    ] = "year",
    target: Annotated[
        str | None,
        typer.Option(
            help="Group of interest: a value, several (2014,2015) or a range (1990-1999). "
            "Without it every group is held against the rest."
        ),
    ] = None,
    reference: Annotated[
        str, typer.Option(help="What it is held against: as --target, or rest, or previous.")
    ] = "rest",
    unit: Annotated[str, typer.Option(help=f"What is counted: {UNITS}.")] = "compound",
    layer: Annotated[
        list[str] | None,
        typer.Option(help="Test only these kinds of words (topic, entity, actor, act …)."),
    ] = None,
    within: Annotated[
        list[str] | None,
        typer.Option(help="Only documents such as year=2014..2025 or doc_type=共同声明."),
    ] = None,
    stratify: Annotated[
        str, typer.Option(help="Column within whose values the comparison is made as well.")
    ] = "",
    metadata: Annotated[
        Path | None, typer.Option(help="CSV with further columns of documents, joined on doc_id.")
    ] = None,
    collocates: Annotated[
        list[str] | None, typer.Option(help="Words whose collocates are wanted.")
    ] = None,
    exclude: Annotated[list[str] | None, typer.Option(help="Terms that are not tested.")] = None,
    zone: Annotated[
        str, typer.Option(help="Part of the statements: body, headings, frame or all.")
    ] = "body",
    min_count: Annotated[int, typer.Option(min=1, help="Occurrences that a tested term has.")] = 3,
    prior_strength: Annotated[
        float, typer.Option(min=1, help="Size of the Dirichlet prior, in words.")
    ] = 500,
    permutations: Annotated[int, typer.Option(min=0, help="Deals of paragraphs.")] = 2000,
    all_rows: Annotated[
        bool,
        typer.Option(
            "--all-rows",
            help="With more than two groups: write every row of keyness.csv, also of words that differ nowhere.",
        ),
    ] = False,
    seed: Annotated[int, typer.Option(min=0, help="The same seed gives the same bytes.")] = 0,
    plots: Annotated[bool, typer.Option("--plots/--no-plots", help="Draw PNG and SVG.")] = True,
    page: Annotated[bool, typer.Option("--page/--no-page", help="Write comparison.html.")] = True,
    excel: Annotated[
        bool | None,
        typer.Option("--excel/--no-excel", help="Write comparison.xlsx (extra `excel`)."),
    ] = None,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Say only what is wrong.")] = False,
) -> None:
    """Compare the vocabulary of years, partners or kinds of documents."""
    # Modules, tables and figures live till the end; to look through them for garbage takes a quarter of the time
    gc.set_threshold(500_000)
    from seimeibun.compare.comparison import Comparison
    from seimeibun.compare.errors import CompareError
    from seimeibun.compare.report import Request, make_report
    from seimeibun.compare.write import write_report

    workbook = _workbook(excel)
    if out.exists() and not out.is_dir():
        refuse(f"the output {out} is a file; it must be a folder")
    try:
        cmp = Comparison.from_csv(dataset, metadata=metadata, zone=zone, within=within or ())
        request = Request(
            by=by,
            target=target,
            reference=reference,
            unit=unit,
            layers=tuple(layer or ()),
            exclude=tuple(exclude or ()),
            stratify=stratify,
            collocates=tuple(collocates or ()),
            min_count=min_count,
            prior_strength=prior_strength,
            permutations=permutations,
            seed=seed,
            all_rows=all_rows,
        )
        with _progress(quiet=quiet) as progress:
            report = make_report(cmp, request, progress=progress)
    except CompareError as error:
        refuse(str(error))
    _warn(report)
    try:
        files = write_report(report, out, workbook=workbook, plots=plots, page=page)
    except OSError as error:
        refuse(f"cannot write to the output {out}: {error.strerror or error}")
    if not quiet:
        _summarise(report, out, len(files))


def _workbook(excel: bool | None) -> bool:
    from importlib.util import find_spec

    installed = find_spec("xlsxwriter") is not None
    if excel and not installed:
        refuse("comparison.xlsx needs the extra `excel`: pip install 'ja-seimeibun[excel]'")
    return installed if excel is None else excel


@contextmanager
def _progress(*, quiet: bool) -> "Iterator[Callable[[int, int], None]]":
    """Give what is told of the permutations: a bar on a terminal, ten lines elsewhere."""
    from rich.console import Console
    from rich.progress import Progress

    console = Console(stderr=True, highlight=False)
    if quiet:
        yield lambda _done, _total: None
    elif console.is_terminal:
        # no thread that refreshes: tables are made by a process that is forked while the bar is shown
        with Progress(console=console, transient=True, auto_refresh=False) as bar:
            task = bar.add_task("permutations", total=None)
            yield lambda done, total: bar.update(task, completed=done, total=total, refresh=True)
    else:
        yield _lines()


def _lines() -> Callable[[int, int], None]:
    said = 0

    def tell(done: int, total: int) -> None:
        nonlocal said
        if done * 10 // total > said:
            said = done * 10 // total
            say(f"permutations {done:,}/{total:,}")

    return tell


def _warn(report: "Report") -> None:
    for ja, en in report.warnings:
        say(f"note: {en}")
        say(f"注意: {ja}")


def _summarise(report: "Report", out: Path, files: int) -> None:
    from seimeibun.cli.progress import summary

    main, groups = report.main, report.groups
    rows = {
        "groups": f"{len(groups):,} of {groups.by}",
        "documents": f"{int(report.tables['summary']['docs'].sum()):,}",
        "words": f"{int(report.tables['summary']['words'].sum()):,}",
        "terms tested": f"{main.attrs['m_tests']:,}",
        "inference": str(main.attrs["inference"]),
        "noise floor |G²|": f"{main.attrs['noise_floor']:.1f}",
    }
    for side in ("target", "reference"):
        top = main[(main["side"] == side) & main["layer"].isin(["topic", "entity", "act"])]
        top = top[top["tested"]].head(8)
        rows[f"more in {main.attrs[side]}"] = "、".join(top["term"])
    rows["files"] = f"{files:,}"
    summary(f"comparison in {out}", rows)
