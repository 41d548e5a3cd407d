"""The command ``seimeibun``: parses and reports; every command is a plain function elsewhere.

One module a command. What is heavy (pandas, spaCy) is imported inside them, so that ``--help`` answers at
once. Data goes to files or stdout, words and progress to stderr. Exit codes: 0 done; 1 some documents
failed, or a check did; 2 wrong usage.
"""

import typer

from seimeibun.cli import (
    annotate,
    compare,
    evaluate,
    export,
    kwic,
    report,
    review,
    train,
    verify,
)
from seimeibun.cli.words import version

app = typer.Typer(
    name="seimeibun",
    help="Japanese diplomatic statements in, annotated tables out.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,  # plain help needs no rich, and is there sooner
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


@app.callback()
def _seimeibun(
    _version: bool = typer.Option(
        False, "--version", callback=version, is_eager=True, help="Show the version and exit."
    ),
) -> None:
    pass


app.command("annotate")(annotate.command)
app.command("compare")(compare.command)
app.command("evaluate")(evaluate.command)
app.command("export")(export.command)
app.command("kwic")(kwic.command)
app.add_typer(review.app, name="review")
app.command("train")(train.command)
app.command("verify")(verify.command)
app.command("report")(report.command)


def main() -> None:
    app(prog_name="seimeibun")
