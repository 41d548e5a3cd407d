"""How far reviewers agree: F1 of spans, κ where the items are fixed, and what they disagree about.

F1 of spans is the measure for annotation in which there is no "nothing here" to count (Hripcsak and
Rothschild 2005); it takes documents that both certified, since only there a span that is missing was left
out on purpose. κ is for decisions on the same suggestions, and for labels of spans that both have.
"""

from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations
from pathlib import Path

import numpy as np

from seimeibun.review.entries import merge
from seimeibun.review.machine import Document, check_folder, read_documents
from seimeibun.review.state import Span, State
from seimeibun.review.states import Skipped, read_states
from seimeibun.review.verdict import ADJUDICATOR, disputes

SAMPLES = 1000
Match = Callable[[Span, Span], bool]


@dataclass(frozen=True, slots=True)
class F1:
    """Span F1 of two reviewers; ``low``–``high`` is a 95 % interval over documents, None for one document."""

    n_a: int
    n_b: int
    both: int
    value: float | None
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True, slots=True)
class Kappa:
    """Cohen's κ; None where it is not defined: nothing in common, or one category only."""

    n: int
    observed: float | None
    value: float | None


@dataclass(slots=True)
class Agreement:
    """What two reviewers have in common. ``confusion`` counts pairs of labels; "" is no span there."""

    a: str
    b: str
    documents: list[str] = field(default_factory=list)  # both certified at least one layer
    exact: dict[str, F1] = field(default_factory=dict)  # by label, "" for all
    overlap: F1 | None = None
    iou: F1 | None = None
    decisions: Kappa | None = None
    labels: Kappa | None = None
    characters: Kappa | None = None
    confusion: dict[tuple[str, str], int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Disagreement:
    """A span that reviewers see differently: an entry of the adjudicator's queue."""

    doc_id: str
    span_id: str
    text: str
    said: str


def kappa(pairs: Sequence[tuple[Hashable, Hashable]]) -> Kappa:
    """Return Cohen's κ of pairs of judgements.

    >>> kappa([("yes", "yes"), ("yes", "no"), ("no", "no"), ("no", "no")]).value
    0.5
    >>> kappa([("yes", "yes")] * 9).value is None
    True
    """
    n = len(pairs)
    if not n:
        return Kappa(0, None, None)
    observed = sum(a == b for a, b in pairs) / n
    left, right = Counter(a for a, _ in pairs), Counter(b for _, b in pairs)
    expected = sum(left[name] * right[name] for name in left) / (n * n)
    value = None if expected == 1 else (observed - expected) / (1 - expected)
    return Kappa(n, observed, value)


def span_f1(documents: Sequence[tuple[set[Span], set[Span]]], match: Match | None = None) -> F1:
    """Return F1 over documents, each a pair of span sets; spans match if equal, or as ``match`` says."""
    counts = np.array(
        [(len(a), len(b), _matches(a, b, match)) for a, b in documents], dtype=np.int64
    ).reshape(-1, 3)
    n_a, n_b, both = (int(total) for total in counts.sum(axis=0))
    value = _f1(n_a, n_b, both)
    if len(documents) < 2 or value is None:
        return F1(n_a, n_b, both, value)
    rng = np.random.default_rng(0)
    draws = rng.integers(0, len(counts), size=(SAMPLES, len(counts)))
    totals = counts[draws].sum(axis=1)
    sizes = totals[:, 0] + totals[:, 1]
    scores = 2 * totals[sizes > 0, 2] / sizes[sizes > 0]
    low, high = (float(bound) for bound in np.percentile(scores, [2.5, 97.5]))
    return F1(n_a, n_b, both, value, low, high)


def _f1(n_a: int, n_b: int, both: int) -> float | None:
    return 2 * both / (n_a + n_b) if n_a + n_b else None


def _matches(a: set[Span], b: set[Span], match: Match | None) -> int:
    if match is None:
        return len(a & b)
    pairs = sorted(
        (-_shared(left, right), left, right)
        for left in a
        for right in b
        if (left.layer, left.label) == (right.layer, right.label) and match(left, right)
    )
    used_a: set[Span] = set()
    used_b: set[Span] = set()
    for _, left, right in pairs:  # the greatest overlap first, each span once
        if left not in used_a and right not in used_b:
            used_a.add(left)
            used_b.add(right)
    return len(used_a)


def _shared(a: Span, b: Span) -> int:
    return max(0, min(a.end, b.end) - max(a.start, b.start))


def overlaps(a: Span, b: Span) -> bool:
    return _shared(a, b) > 0


def overlaps_half(a: Span, b: Span) -> bool:
    """Tell whether what the spans share is at least half of what they cover together."""
    shared = _shared(a, b)
    return 2 * shared >= (a.end - a.start) + (b.end - b.start) - shared


def agreement(folder: str | Path, *, layers: Iterable[str] | None = None) -> list[Agreement]:
    """Return the agreement of every two reviewers of the dataset, the adjudicator aside."""
    folder = Path(folder)
    check_folder(folder)
    states = read_states(folder, Skipped())
    documents = read_documents(folder, sorted(states))
    reviewers = sorted({name for of_one in states.values() for name in of_one} - {ADJUDICATOR})
    wanted = None if layers is None else set(layers)
    return [_pair(a, b, documents, states, wanted) for a, b in combinations(reviewers, 2)]


def _pair(
    a: str,
    b: str,
    documents: Mapping[str, Document],
    states: Mapping[str, Mapping[str, State]],
    layers: set[str] | None,
) -> Agreement:
    found = Agreement(a, b)
    spans: list[tuple[set[Span], set[Span]]] = []
    judged: list[tuple[str, str]] = []
    characters: list[tuple[str, str]] = []
    for doc_id, of_one in states.items():
        if a not in of_one or b not in of_one:
            continue
        document, left, right = documents[doc_id], of_one[a], of_one[b]
        judged += _decisions(document, left, right, layers)
        both = left.certified & right.certified & (layers or left.certified)
        if both:
            found.documents.append(doc_id)
            pair = (_standing(document, left, both), _standing(document, right, both))
            spans.append(pair)
            for layer in sorted(both):
                characters += _characters(pair, layer, len(document.text))
    labels = sorted({span.label for pair in spans for side in pair for span in side})
    found.exact[""] = span_f1(spans)
    for label in labels:
        found.exact[label] = span_f1([_of_label(pair, label) for pair in spans])
    found.overlap, found.iou = span_f1(spans, overlaps), span_f1(spans, overlaps_half)
    found.decisions = kappa(judged)
    pairs, found.confusion = _labels(spans)
    found.labels, found.characters = kappa(pairs), kappa(characters)
    return found


def _standing(document: Document, state: State, layers: set[str]) -> set[Span]:
    entries, _ = merge(document, state)
    return {e.span for e in entries if e.span.layer in layers and e.decided and not e.rejected}


def _decisions(
    document: Document, left: State, right: State, layers: set[str] | None
) -> list[tuple[str, str]]:
    """Return the decisions of both on the same suggestions of the machine."""
    sides = []
    for state in (left, right):
        entries, _ = merge(document, state)
        sides.append(
            {
                e.span_id: _decision(e.span, e.row["label"], rejected=e.rejected)
                for e in entries
                if e.row is not None and e.decided and (layers is None or e.span.layer in layers)
            }
        )
    return [(said, sides[1][key]) for key, said in sides[0].items() if key in sides[1]]


def _decision(span: Span, label: str, *, rejected: bool) -> str:
    if rejected:
        return "reject"
    return "accept" if span.label == label else f"relabel {span.label}"


def _of_label(pair: tuple[set[Span], set[Span]], label: str) -> tuple[set[Span], set[Span]]:
    a, b = ({span for span in side if span.label == label} for side in pair)
    return a, b


def _labels(
    spans: Iterable[tuple[set[Span], set[Span]]],
) -> tuple[list[tuple[str, str]], dict[tuple[str, str], int]]:
    """Return the labels of spans that both have in the same place, and the table of all pairs."""
    pairs: list[tuple[str, str]] = []
    table: Counter[tuple[str, str]] = Counter()
    for a, b in spans:
        left, right = _by_place(a), _by_place(b)
        for place in sorted(left.keys() | right.keys()):
            mine, other = left.get(place, set()), right.get(place, set())
            same = mine & other
            table.update((label, label) for label in same)
            rest = sorted(mine - same), sorted(other - same)
            pairs += [(label, label) for label in sorted(same)]
            for number in range(max(map(len, rest))):
                one, two = (side[number] if number < len(side) else "" for side in rest)
                table[one, two] += 1
                if one and two:
                    pairs.append((one, two))
    return pairs, dict(sorted(table.items()))


def _by_place(spans: Iterable[Span]) -> dict[tuple[str, int, int], set[str]]:
    found: dict[tuple[str, int, int], set[str]] = {}
    for span in spans:
        found.setdefault((span.layer, span.start, span.end), set()).add(span.label)
    return found


def _characters(
    pair: tuple[set[Span], set[Span]], layer: str, length: int
) -> list[tuple[str, str]]:
    """Return the label of each character, the innermost span's, "O" outside; O inflates this κ."""
    sides = []
    for spans in pair:
        signs = ["O"] * length
        inner_last = sorted((s for s in spans if s.layer == layer), key=lambda s: s.start - s.end)
        for span in inner_last:
            signs[span.start : span.end] = [span.label] * (span.end - span.start)
        sides.append(signs)
    return list(zip(*sides, strict=True))


def disagreements(folder: str | Path) -> list[Disagreement]:
    """Return the spans on which reviewers differ and no adjudicator has spoken: the next queue."""
    folder = Path(folder)
    states = read_states(folder)
    found = []
    for doc_id, document in read_documents(folder, sorted(states)).items():
        judge = states[doc_id].get(ADJUDICATOR)
        judged = {key for key, item in judge.items.items() if item.decision} if judge else set()
        entries = {
            entry.span_id: entry
            for state in states[doc_id].values()
            for entry in merge(document, state)[0]
        }
        for span_id, said in disputes(document, states[doc_id]).items():
            if span_id not in judged:
                span = entries[span_id].span
                text = document.quote(span.start, span.end)
                found.append(Disagreement(doc_id, span_id, text, said))
    return found
