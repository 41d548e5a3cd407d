"""All logs of a dataset, folded."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from seimeibun.review.log import log_files, read_log
from seimeibun.review.state import State, fold


@dataclass(slots=True)
class Skipped:
    """What was not as it should be on the way."""

    torn: list[str] = field(default_factory=list)
    orphans: list[str] = field(default_factory=list)
    moved: int = 0  # decisions found again at another place


def read_states(
    folder: Path, skipped: Skipped | None = None, *, documents: Iterable[str] | None = None
) -> dict[str, dict[str, State]]:
    """Return the states by document and reviewer; ``skipped`` takes what could not be placed."""
    wanted = None if documents is None else set(documents)
    states: dict[str, dict[str, State]] = {}
    for file in log_files(folder):
        if wanted is not None and file.doc_id not in wanted:
            continue
        reading = read_log(file)
        path = folder / "text" / f"{file.doc_id}.txt"
        text = path.read_bytes().decode("utf-8") if path.is_file() else ""
        state = fold(reading.events, text)
        states.setdefault(file.doc_id, {})[file.reviewer] = state
        if skipped is not None:
            skipped.torn += [reading.torn] if reading.torn else []
            if path.is_file():
                skipped.moved += state.moved
                skipped.orphans += [
                    f"{file.path.name}: {orphan.event.op} {orphan.event.span_id}: {orphan.reason}"
                    for orphan in state.orphans
                ]
    return states
