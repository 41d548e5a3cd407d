"""What several reviewers' decisions about a document come to: agreement, an adjudicator's word, or a conflict."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from seimeibun.review.entries import Entry, merge
from seimeibun.review.machine import Document
from seimeibun.review.state import State
from seimeibun.tables.schema import TABLES

ADJUDICATOR = "adjudicator"


@dataclass(frozen=True, slots=True)
class Verdict:
    """A span that was decided upon. ``conflict`` says who disagrees how, "" where nobody does."""

    entry: Entry
    status: str
    reviewer: str  # who decided, joined by ;
    conflict: str = ""


@dataclass(frozen=True, slots=True)
class Opinion:
    """What one reviewer says of a span. ``outcome`` is the same for those who say the same."""

    reviewer: str
    entry: Entry | None
    outcome: str


def opinions(document: Document, states: Mapping[str, State]) -> dict[str, list[Opinion]]:
    """Return what the reviewers say of each span that at least one of them decided upon or flagged.

    One who certified the layer and does not have the span says, by that, that it is none.
    """
    entries = {
        reviewer: {entry.span_id: entry for entry in merge(document, state)[0]}
        for reviewer, state in states.items()
    }
    spoken = {
        span_id: entry.span.layer
        for of_one in entries.values()
        for span_id, entry in of_one.items()
        if entry.status != "pending"
    }
    found: dict[str, list[Opinion]] = {}
    for span_id, layer in sorted(spoken.items()):
        said = []
        for reviewer, of_one in entries.items():
            entry = of_one.get(span_id)
            if entry is not None and (entry.decided or entry.status == "flagged"):
                said.append(Opinion(reviewer, entry, _outcome(entry)))
            elif entry is None and _says_no(states[reviewer], span_id, layer):
                said.append(Opinion(reviewer, None, "rejected"))
        found[span_id] = said
    return found


def _says_no(state: State, span_id: str, layer: str) -> bool:
    item = state.items.get(span_id)
    return layer in state.certified or (item is not None and item.decision == "rejected")


def _outcome(entry: Entry) -> str:
    item = entry.item
    if item is None or not item.decision:
        return ""
    if item.decision == "rejected":
        return "rejected"
    span = entry.span
    values = ";".join(f"{k}={v}" for k, v in sorted(item.values.items()))
    return f"{span.label} {span.start}–{span.end} {values}".rstrip()


def verdicts(document: Document, states: Mapping[str, State]) -> list[Verdict]:
    """Return a verdict on every span that was decided upon, in the order of span ids."""
    found = [
        _verdict([opinion for opinion in said if opinion.entry is not None], said)
        for said in opinions(document, states).values()
    ]
    return [verdict for verdict in found if verdict is not None]


def _verdict(having: list[Opinion], said: list[Opinion]) -> Verdict | None:
    judge = next((o for o in said if o.reviewer == ADJUDICATOR and o.outcome), None)
    if judge is not None and judge.entry is not None:
        return Verdict(_with_values(judge.entry, having), judge.entry.status, judge.reviewer)
    if judge is not None and having and having[0].entry is not None:
        return Verdict(having[0].entry, "rejected", judge.reviewer)  # an addition that is none
    spoken = [opinion for opinion in said if opinion.outcome]
    if len({opinion.outcome for opinion in spoken}) > 1:
        words = " | ".join(f"{o.reviewer}: {o.outcome}" for o in spoken)
        names = ";".join(opinion.reviewer for opinion in spoken)
        entry = next(o.entry for o in having if o.entry is not None)
        return Verdict(entry, "flagged", names, words)
    first = next((o for o in having if o.outcome), having[0] if having else None)
    if first is None or first.entry is None:
        return None
    names = ";".join(opinion.reviewer for opinion in having)
    flagged = any(o.entry is not None and o.entry.status == "flagged" for o in having)
    return Verdict(first.entry, "flagged" if flagged else first.entry.status, names)


def _with_values(judged: Entry, having: list[Opinion]) -> Entry:
    """Return the entry of who added the span, if the adjudicator only said yes to it."""
    if judged.row is not None or (judged.item and judged.item.values):
        return judged
    for opinion in having:
        entry = opinion.entry
        if entry is not None and entry.item and entry.item.values and entry.span == judged.span:
            return entry
    return judged


def disputes(document: Document, states: Mapping[str, State]) -> dict[str, str]:
    """Return who says what of the spans on which reviewers differ, the adjudicator aside."""
    others = {name: state for name, state in states.items() if name != ADJUDICATOR}
    found = {}
    for span_id, said in opinions(document, others).items():
        spoken = [opinion for opinion in said if opinion.outcome]
        if len({opinion.outcome for opinion in spoken}) > 1:
            found[span_id] = " | ".join(f"{o.reviewer}: {o.outcome}" for o in spoken)
    return found


def with_proposals(document: Document, states: Mapping[str, State]) -> Document:
    """Return the document with the additions of reviewers among its rows, for the adjudicator to judge."""
    annotations = [*document.tables["annotations"]]
    known = {row["span_id"] for row in annotations}
    for reviewer, state in states.items():
        for span_id, item in state.items.items():
            if reviewer == ADJUDICATOR or not item.added or item.removed or span_id in known:
                continue
            known.add(span_id)
            span = item.span
            annotations.append(
                dict.fromkeys(TABLES["annotations"].names, "")
                | {
                    "span_id": span_id,
                    "doc_id": document.doc_id,
                    "layer": span.layer,
                    "label": span.label,
                    "start": str(span.start),
                    "end": str(span.end),
                    "text": document.quote(span.start, span.end),
                    "value": item.values.get("value", ""),
                    "source": "review",
                    "rule": f"review/{reviewer}",
                    "status": "pending",
                }
            )
    return replace(document, tables={**document.tables, "annotations": annotations})
