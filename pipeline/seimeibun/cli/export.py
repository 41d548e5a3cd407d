"""``seimeibun export``: a dataset in the format of another tool."""

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from seimeibun.cli.words import polite, refuse, say
from seimeibun.export.formats import FORMATS, Format

if TYPE_CHECKING:
    from seimeibun.export.outcome import Outcome

_SHOWN = 5


def _show(wanted: bool) -> None:
    """Write the formats and what they carry to stdout, tab-separated."""
    if wanted:
        typer.echo("format\twrites\toverlap\trelations\tattributes\toffsets\tcannot carry")
        for name, format_ in FORMATS.items():
            writes = format_.suffix or "folder"
            carried = (format_.overlap, format_.relations, format_.attributes, format_.offsets)
            typer.echo("\t".join((name, writes, *carried, format_.loses)))
        raise typer.Exit


@polite
def command(
    dataset: Annotated[Path, typer.Argument(help="Folder of a dataset.")],
    format_: Annotated[str, typer.Option("--format", "-f", help=f"One of {', '.join(FORMATS)}.")],
    out: Annotated[Path, typer.Option("--out", "-o", help="File or folder to write.")],
    layer: Annotated[
        list[str] | None, typer.Option(help="Only this layer (entity, date, money …).")
    ] = None,
    accepted: Annotated[
        bool, typer.Option("--accepted", help="Only what a reviewer accepted; rejected never is.")
    ] = False,
    force: Annotated[
        bool,
        typer.Option("--force", help="Replace the folder of an export that was changed since."),
    ] = False,
    _list: Annotated[
        bool,
        typer.Option("--list", callback=_show, is_eager=True, help="List the formats and exit."),
    ] = False,
) -> None:
    """Write a dataset for Excel, spaCy, brat, doccano, Label Studio, Prodigy, INCEpTION and others.

    What the format cannot carry is said, counted, and listed beside the result.
    """
    from seimeibun.export.dataset import Dataset
    from seimeibun.export.formats import format_by_name
    from seimeibun.export.write import export

    try:
        chosen = format_by_name(format_)
        selection = Dataset(dataset, tuple(layer or ()), accepted)
        outcome = export(selection, format_, out, force=force)
    except (OSError, ValueError, ImportError) as error:
        refuse(str(error))
    _report(chosen, out, outcome)


def _report(format_: Format, out: Path, outcome: "Outcome") -> None:
    relations = f", {outcome.relations:,} relations" if format_.relations != "no" else ""
    say(
        f"{out}: {outcome.documents:,} documents, {outcome.spans:,} spans{relations} "
        f"({format_.title})"
    )
    say(f"note: {format_.loses}")
    say(f"注意: {format_.loses_ja}")
    for note in outcome.notes:
        say(f"note: {note}")
    for (kind, reason), count in sorted(
        Counter((m.kind, m.reason) for m in outcome.left_out).items()
    ):
        say(f"left out: {count:,} {kind}s, {reason}")
        members = [m for m in outcome.left_out if (m.kind, m.reason) == (kind, reason)]
        for member in members[:_SHOWN]:
            say(f"  {member.name} {member.text}")
        if count > _SHOWN:
            say(f"  … all of them in {out.name}.left_out.csv")
