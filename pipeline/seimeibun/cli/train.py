"""``seimeibun train``: go on training GiNZA's entity recognizer on certified gold."""

from pathlib import Path
from typing import Annotated

import typer

from seimeibun.cli.words import polite, refuse, say


@polite
def command(
    dataset: Annotated[Path, typer.Argument(help="Folder of a dataset with certified reviews.")],
    out: Annotated[
        Path | None, typer.Option("--out", "-o", help="Folder for the model, if it helps.")
    ] = None,
    held_out: Annotated[
        list[str] | None, typer.Option(help="A certified document to judge on; else every third.")
    ] = None,
    max_steps: Annotated[
        int | None, typer.Option(min=1, help="Steps of training; else as training.cfg says.")
    ] = None,
) -> None:
    """Fine-tune GiNZA's NER on certified gold, judged on other documents; change nothing if it does not help."""
    from seimeibun.review.log import LogError
    from seimeibun.review.machine import DatasetError

    say("loading and training; a minute or two")
    from seimeibun.train import TrainingError, train

    try:
        report = train(dataset, out=out, held_out=held_out or (), max_steps=max_steps)
    except (TrainingError, DatasetError, LogError) as error:
        refuse(str(error))
    for line in report.lines():
        typer.echo(line)
