"""``seimeibun report``: a dataset as pages to read."""

from pathlib import Path
from typing import Annotated

import typer

from seimeibun.cli.words import polite, refuse, say


@polite
def command(
    dataset: Annotated[Path, typer.Argument(help="Folder of a dataset.")],
    out: Annotated[
        Path | None,
        typer.Option("--out", "-o", help="Folder for the pages; else 'report' in the dataset."),
    ] = None,
) -> None:
    """Write one self-contained HTML page a document: marked text, and the table of its acts."""
    if not dataset.is_dir():
        refuse(f"no such folder: {dataset}; a dataset is what `seimeibun annotate … -o` wrote")
    from seimeibun.report.write import write_report

    folder = out or dataset / "report"
    try:
        pages = write_report(dataset, folder)
    except (OSError, ValueError) as error:
        refuse(str(error))
    say(f"{len(pages):,} pages; begin with {folder / 'index.html'}")
