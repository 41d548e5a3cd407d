"""``seimeibun verify``: hold a dataset against its invariants."""

from pathlib import Path
from typing import Annotated

import typer

from seimeibun.cli.words import FAILED, polite, refuse, say


@polite
def command(
    out: Annotated[Path, typer.Argument(help="Folder of a dataset.")],
    limit: Annotated[int, typer.Option(min=1, help="Show at most so many violations.")] = 40,
) -> None:
    """Check offsets, keys, references and values of a dataset; one line a violation."""
    if not out.is_dir():
        refuse(f"no such folder: {out}; a dataset is what `seimeibun annotate … -o` wrote")
    from seimeibun.verify import verify_dataset

    report = verify_dataset(out)
    for violation in report.violations[:limit]:
        typer.echo(str(violation))
    if len(report.violations) > limit:
        typer.echo(f"… and {len(report.violations) - limit} more")
    say(
        f"{report.rows:,} rows, {report.documents:,} documents, {len(report.violations):,} violations"
    )
    if report.violations:
        raise typer.Exit(FAILED)
