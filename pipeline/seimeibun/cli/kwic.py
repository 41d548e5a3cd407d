"""``seimeibun kwic``: a word in context, with metadata and the ids of annotations."""

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from seimeibun.cli.words import polite, refuse, say

if TYPE_CHECKING:
    from pandas import DataFrame


class Format(StrEnum):
    """How a concordance is written."""

    text = "text"
    csv = "csv"


@polite
def command(
    dataset: Annotated[Path, typer.Argument(help="Folder that `seimeibun annotate` wrote.")],
    term: Annotated[str, typer.Argument(help="Word, compound, entity, formula or act.")],
    by: Annotated[
        str, typer.Option(help="Column of documents.csv that orders the lines.")
    ] = "year",
    unit: Annotated[
        str, typer.Option(help="What TERM is; without it the first unit that has it.")
    ] = "",
    within: Annotated[
        list[str] | None, typer.Option(help="Only documents such as year=2014..2025.")
    ] = None,
    metadata: Annotated[
        Path | None, typer.Option(help="CSV with further columns of documents, joined on doc_id.")
    ] = None,
    width: Annotated[int, typer.Option(min=1, help="Characters on each side.")] = 30,
    zone: Annotated[
        str, typer.Option(help="Part of the statements: body, headings, frame or all.")
    ] = "body",
    form: Annotated[Format, typer.Option("--format", help="text or csv.")] = Format.text,
    out: Annotated[
        Path | None, typer.Option("--out", "-o", help="File to write; else stdout.")
    ] = None,
) -> None:
    """Show where a term stands: keyword in context."""
    from seimeibun.compare.comparison import Comparison
    from seimeibun.compare.errors import CompareError

    try:
        cmp = Comparison.from_csv(dataset, metadata=metadata, zone=zone, within=within or ())
        lines = cmp.kwic(term, by=by, unit=unit, width=width)
    except CompareError as error:
        refuse(str(error))
    if out is not None:
        from seimeibun.compare.write import write_csv

        try:
            write_csv(lines, out)
        except OSError as error:
            refuse(f"cannot write {out}: {error.strerror or error}")
    elif form is Format.csv:
        _print_csv(lines)
    else:
        _print_lines(lines, width)
    say(f"{len(lines):,} occurrences of {term} ({lines['unit'].iloc[0] if len(lines) else unit})")


def _print_csv(lines: "DataFrame") -> None:
    import csv
    import io

    from seimeibun.compare.write import cells

    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow(lines.columns)
    writer.writerows(zip(*(cells(lines[name]) for name in lines.columns), strict=True))
    typer.echo(buffer.getvalue(), nl=False)


def _print_lines(lines: "DataFrame", width: int) -> None:
    for group, left, node, right, doc_id, start in zip(
        *(lines[name] for name in ("group", "left", "node", "right", "doc_id", "start")),
        strict=True,
    ):
        gap = "　" * (width - len(left))
        typer.echo(f"{group}\t{gap}{left}【{node}】{right}\t{doc_id}:{start}")
