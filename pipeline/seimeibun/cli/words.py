"""What the commands say, and how they end."""

import re
import sys
from collections.abc import Callable
from functools import wraps
from importlib.metadata import version as installed
from typing import NoReturn, ParamSpec

import typer

P = ParamSpec("P")
DONE, FAILED, USAGE, INTERRUPTED = 0, 1, 2, 130


# what a terminal obeys: a file may have any name
_OBEYED = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]")


def say(message: str) -> None:
    """Write a line to stderr."""
    typer.echo(harmless(message), err=True)


def harmless(message: str) -> str:
    r"""Return ``message`` with what a terminal would obey, line ends excepted, spelt out as in JSON.

    >>> harmless("声明\x1b[31m.txt")
    '声明\\u001b[31m.txt'
    """
    return _OBEYED.sub(lambda sign: f"\\u{ord(sign[0]):04x}", message)


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
