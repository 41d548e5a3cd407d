"""What the commands say, and how they end."""

import sys
from collections.abc import Callable
from functools import wraps
from importlib.metadata import version as installed
from typing import NoReturn, ParamSpec

import typer

P = ParamSpec("P")
DONE, FAILED, USAGE, INTERRUPTED = 0, 1, 2, 130


def say(message: str) -> None:
    """Write a line to stderr."""
    typer.echo(message, err=True)


def refuse(message: str) -> NoReturn:
    """Say what is wrong with the usage, and end."""
    say(f"seimeibun: {message}")
    raise typer.Exit(USAGE)


def version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"seimeibun {installed('ja-seimeibun')}")
        raise typer.Exit


def polite(command: Callable[P, None]) -> Callable[P, None]:
    """Let a command end in words, not in a traceback: after Ctrl-C and with a reader that is gone."""

    @wraps(command)
    def run(*args: P.args, **kwargs: P.kwargs) -> None:
        try:
            command(*args, **kwargs)
            sys.stdout.flush()
        except KeyboardInterrupt:
            say("seimeibun: interrupted; run the command again")
            raise typer.Exit(INTERRUPTED) from None
        except BrokenPipeError:  # seimeibun … | head
            _let_stdout_go()
            raise typer.Exit(DONE) from None

    return run


def _let_stdout_go() -> None:
    """Keep Python from complaining about the closed pipe once more when it ends."""
    import os

    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
