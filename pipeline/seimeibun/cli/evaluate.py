"""``seimeibun evaluate``: score a dataset against gold, and hold it to its floors."""

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from seimeibun.cli.words import FAILED, polite, refuse, say

if TYPE_CHECKING:
    from seimeibun.evaluate import Evaluation


@polite
def command(
    out: Annotated[Path, typer.Argument(help="Folder of a dataset.")],
    gold: Annotated[Path, typer.Option(help="Folder of gold, <layer>_<key>.tsv.")],
    floors: Annotated[
        Path | None, typer.Option(help="File with the least that must be reached.")
    ] = None,
    update: Annotated[
        bool, typer.Option("--update", help="Raise the floors to what was reached.")
    ] = False,
    allow_regression: Annotated[
        bool, typer.Option("--allow-regression", help="Let --update lower floors too.")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Write the scores as JSON.")] = False,
    errors: Annotated[int, typer.Option(min=0, help="Show at most so many errors a layer.")] = 0,
) -> None:
    """Score a dataset against gold; exit 1 where a floor is not reached."""
    _check_usage(out, floors, update=update, allow_regression=allow_regression)
    from seimeibun.evaluate import GoldError, evaluate

    try:
        evaluation = evaluate(out, gold)
    except (GoldError, FileNotFoundError) as error:
        refuse(str(error))
    if as_json:
        typer.echo(json.dumps(_data(evaluation), ensure_ascii=False))
    else:
        _print(evaluation, errors)
    if floors is not None:
        _hold(evaluation, floors, update=update, allow_regression=allow_regression)


def _check_usage(out: Path, floors: Path | None, *, update: bool, allow_regression: bool) -> None:
    if not out.is_dir():
        refuse(f"no such folder: {out}; a dataset is what `seimeibun annotate … -o` wrote")
    if update and floors is None:
        refuse("--update needs --floors FILE")
    if allow_regression and not update:
        refuse("--allow-regression goes with --update")
    if floors is not None and not update and not floors.is_file():
        refuse(f"no such file: {floors}; make it with --update")


def _hold(evaluation: "Evaluation", path: Path, *, update: bool, allow_regression: bool) -> None:
    from seimeibun.evaluate import Floors

    try:
        floors = Floors.read(path) if path.is_file() else None
    except ValueError as error:
        refuse(str(error))
    if update:
        complaints = floors.regressions(evaluation) if floors and not allow_regression else []
    else:
        complaints = list(floors.judge(evaluation).complaints) if floors else []
    for complaint in complaints:
        say(f"seimeibun: {complaint}")
    if complaints:
        if update:
            say(
                "seimeibun: floors stay as they are; lower them with --allow-regression, and say why"
            )
        raise typer.Exit(FAILED)
    if update:
        Floors.of(evaluation).write(path)
        say(f"floors written to {path}")


def _data(evaluation: "Evaluation") -> dict[str, object]:
    return {
        "documents": evaluation.documents,
        "gold_sha256": evaluation.gold_sha256,
        "layers": {name: score.as_dict() for name, score in evaluation.scores.items()},
    }


def _print(evaluation: "Evaluation", errors: int) -> None:
    typer.echo(f"scored: {', '.join(evaluation.documents)}")
    for name, score in evaluation.scores.items():
        values = "  ".join(f"{key} {right}/{asked}" for key, (right, asked) in score.values.items())
        line = (
            f"{name:14} gold {score.tp + score.fn:4}  P {score.precision:.3f}  R {score.recall:.3f}"
            f"  F1 {score.f1:.3f}  {values}"
        )
        typer.echo(line.rstrip())
        for error in score.errors[:errors]:
            typer.echo(f"    {error}")
