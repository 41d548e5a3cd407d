"""A batch: what is new or changed is annotated and kept in the journal, then the tables are made from it."""

from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from typing import Any, Protocol

from seimeibun.batch.engine import Engine, InProcess, Load
from seimeibun.batch.journal import Journal
from seimeibun.batch.outcome import Done, Failure, Item, Settings
from seimeibun.batch.plan import Plan, digest


class Watcher(Protocol):
    """Is told when annotating begins, if there is anything to annotate, and of every file once it is done."""

    def begins(self) -> None: ...
    def done(self, item: Item, *, chars: int) -> None: ...
    def kept(self, item: Item) -> None: ...
    def failed(self, failure: Failure) -> None: ...


@dataclass(slots=True)
class Tally:
    """What a run did: files annotated, kept as they were, removed, failed; characters annotated.

    ``exact_check`` sums up what the check against GiNZA found, where it was asked for.
    """

    annotated: int = 0
    kept: int = 0
    removed: int = 0
    failed: int = 0
    characters: int = 0
    exact_check: dict[str, Any] | None = None

    def add_check(self, source_path: str, checked: dict[str, Any]) -> None:
        """Add what was found in a file; differences say which."""
        total = self.exact_check or {}
        found = [{"source_path": source_path, **each} for each in checked["differences"]]
        self.exact_check = {
            **{
                name: total.get(name, 0) + n for name, n in checked.items() if name != "differences"
            },
            "differences": [*total.get("differences", ()), *found],
        }


@dataclass(frozen=True, slots=True)
class Todo:
    """What to do with files and documents that are there: ``force`` annotates all anew, ``prune`` removes the rest.

    ``pipeline`` is the identity of what annotates; a document that another made is annotated anew.
    ``largest_first`` keeps several workers busy to the end.
    """

    pipeline: str = ""
    largest_first: bool = False
    force: bool = False
    prune: bool = False


_SETTINGS, _TODO = Settings(), Todo()


def annotate_plan(
    plan: Plan,
    journal: Journal,
    load: Load,
    *,
    watcher: Watcher,
    engine: Engine | None = None,
    settings: Settings = _SETTINGS,
    todo: Todo = _TODO,
) -> Tally:
    """Bring the journal up to date with the files of ``plan``; what fails does not stop the others.

    A file is annotated if it is new, if its bytes changed, or if something else annotates now. Documents
    whose files are not planned stay, unless ``prune`` is said; so do rows of a file that fails this time.
    """
    tally = Tally()
    journal.forget_refusals()
    for refusal in plan.refusals:
        failure = Failure(refusal.source_path, refusal.code, "plan", refusal.message)
        _fail(failure, journal, watcher, tally)
    if todo.prune:
        _prune(plan, journal, tally)
    engine = engine or InProcess()
    pending = _pending(plan, journal, settings, todo, watcher, tally)
    with closing(engine.run(pending, load, settings)) as outcomes:
        for outcome in outcomes:
            if isinstance(outcome, Done):
                _keep(outcome, journal, settings, todo, watcher, tally)
            else:
                _fail(outcome, journal, watcher, tally)
    journal.commit()
    return tally


def _pending(
    plan: Plan, journal: Journal, settings: Settings, todo: Todo, watcher: Watcher, tally: Tally
) -> Iterator[Item]:
    """Yield what is to be annotated; what is as it was is told to the ``watcher``."""
    begun = False
    for item in plan.items(largest_first=todo.largest_first):
        known = None if todo.force else journal.by_path(item.source_path)
        if (
            known
            and (known.doc_id, known.pipeline) == (item.doc_id, todo.pipeline)
            and known.sha256 == digest(item.path, settings.limits)
        ):
            journal.forget_failure(item.source_path)
            tally.kept += 1
            watcher.kept(item)
        else:
            if not begun:
                watcher.begins()
                begun = True
            yield item


def _keep(
    done: Done, journal: Journal, settings: Settings, todo: Todo, watcher: Watcher, tally: Tally
) -> None:
    journal.put(done, pipeline=todo.pipeline, excel_guard=settings.excel_guard)
    tally.annotated += 1
    tally.characters += done.n_chars
    if done.exact_check is not None:
        tally.add_check(done.item.source_path, done.exact_check)
    watcher.done(done.item, chars=done.n_chars)


def _fail(failure: Failure, journal: Journal, watcher: Watcher, tally: Tally) -> None:
    journal.fail(failure)
    tally.failed += 1
    watcher.failed(failure)


def _prune(plan: Plan, journal: Journal, tally: Tally) -> None:
    """Remove the documents and failures whose files are not planned."""
    for known in [known for known in journal.documents() if not plan.has(known.source_path)]:
        journal.remove(known)
        tally.removed += 1
    for failure in list(journal.failures()):
        if failure.stage != "plan" and not plan.has(failure.source_path):
            journal.forget_failure(failure.source_path)
