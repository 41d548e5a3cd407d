"""Everything that one comparison writes, as tables."""

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from seimeibun.compare import audit, frequency, inference, kwic, terms
from seimeibun.compare.comparison import UNIT, Comparison, is_ordered
from seimeibun.compare.errors import CompareError
from seimeibun.compare.groups import REST, Groups
from seimeibun.compare.keyness import MIN_COUNT, PRIOR
from seimeibun.compare.permutation import PERMUTATIONS, Progress, silent

TOP_EVIDENCE = 40  # terms of each side that are shown with their occurrences
TOP_NODES = 8
MAX_OCCURRENCES = 60  # of a term in a group


@dataclass(frozen=True)
class Request:
    """What is compared, and how."""

    by: str = "year"
    target: str | None = None
    reference: str = REST
    unit: str = UNIT
    layers: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    stratify: str = ""
    collocates: tuple[str, ...] = ()
    min_count: int = MIN_COUNT
    prior_strength: float = PRIOR
    permutations: int = PERMUTATIONS
    seed: int = 0


@dataclass(frozen=True)
class Report:
    """The tables of a comparison by name, and the keyness tables one by one (they carry ``attrs``)."""

    comparison: Comparison
    request: Request
    groups: Groups
    pairs: tuple[pd.DataFrame, ...]
    tables: dict[str, pd.DataFrame]
    warnings: tuple[tuple[str, str], ...] = field(default=())  # (Japanese, English)

    @property
    def main(self) -> pd.DataFrame:
        return self.pairs[0]


def make_report(cmp: Comparison, request: Request, *, progress: Progress = silent) -> Report:
    """Compare as ``request`` says: target and reference, or two groups, or each group and the rest."""
    groups = cmp.groups(request.by)
    pairs = tuple(_pairs(cmp, request, groups, progress))
    counts = cmp.counts(request.unit)
    compared = _compared(cmp, request, groups)
    ordered = is_ordered(groups)
    tables = {
        "summary": cmp.summary(by=compared, unit=request.unit),
        "confounding": audit.audit(cmp.text, compared),
        "keyness": pd.concat(pairs, ignore_index=True) if len(pairs) > 1 else pairs[0],
        "frequency_long": frequency.frequency(counts, groups),
        "exclusive_terms": terms.exclusive_terms(cmp.text, counts, compared, ordered=ordered),
        "formulae": cmp.formulae(by=compared),
        "verbs_by_actor": cmp.verbs(by=compared),
        "verbs": cmp.verbs(by=compared, actor=False),
        "dispersion": frequency.dispersion_table(counts, compared, _indices(counts.terms, pairs)),
        "collocates": _collocates(cmp, request, compared, pairs),
        "kwic": _kwic(cmp, request, compared, pairs),
        "normalisation_audit": cmp.normalisation(by=compared, unit=request.unit),
    }
    tables |= _of_many(cmp, request, groups)
    return Report(cmp, request, groups, pairs, tables, tuple(_warnings(pairs, tables)))


def _pairs(
    cmp: Comparison, request: Request, groups: Groups, progress: Progress
) -> list[pd.DataFrame]:
    asked = _asked(request, groups)
    total = request.permutations * len(asked)
    tables = []
    for number, (target, reference) in enumerate(asked):

        def told(done: int, of: int, before: int = number) -> None:
            progress(before * of + done, total)

        table = cmp.keyness(
            by=request.by,
            target=target,
            reference=reference,
            unit=request.unit,
            layer=request.layers,
            exclude=request.exclude,
            min_count=request.min_count,
            prior_strength=request.prior_strength,
            permutations=request.permutations,
            # resampling is slow and nothing to read for dozens of pairs
            bootstrap=request.permutations if len(asked) == 1 else 0,
            stratify=request.stratify,
            seed=request.seed,
            progress=told,
        )
        tables.append(table)
    return tables


def _asked(request: Request, groups: Groups) -> list[tuple[str, str]]:
    if request.target is not None:
        return [(request.target, request.reference)]
    if len(groups) == 1:
        message = (
            f"{groups.by} has one value, {groups.labels[0]}; there is nothing to compare it with"
        )
        raise CompareError(message)
    if len(groups) == 2:
        return [(groups.labels[1], groups.labels[0])]
    return [(label, REST) for label in groups.labels]


def _compared(cmp: Comparison, request: Request, groups: Groups) -> Groups:
    """Return all groups, or the reference and the target: in this order, which is mostly that of time."""
    if request.target is None:
        return groups
    pair = cmp.groups(request.by, request.target, request.reference)
    turned = np.where(pair.of_doc >= 0, 1 - pair.of_doc, pair.of_doc)
    return Groups(pair.by, pair.labels[::-1], turned)


def _top(pairs: Sequence[pd.DataFrame], number: int, layers: tuple[str, ...] = ()) -> list[str]:
    """Return the first tested terms of each side of each pair."""
    each = max(number // len(pairs), 5)
    found: dict[str, None] = {}
    for table in pairs:
        shown = table[table["tested"] & (table["layer"] != "function")]
        if layers and shown["layer"].isin(layers).any():
            shown = shown[shown["layer"].isin(layers)]
        for _, part in shown.groupby("side", sort=True):
            found |= dict.fromkeys(part["term"].head(each))
    return list(found)


def _indices(names: np.ndarray, pairs: Sequence[pd.DataFrame]) -> np.ndarray:
    at = pd.Index(names).get_indexer(pd.Index(_top(pairs, TOP_EVIDENCE)))
    return np.sort(at)


def _collocates(
    cmp: Comparison, request: Request, compared: Groups, pairs: Sequence[pd.DataFrame]
) -> pd.DataFrame:
    nodes = request.collocates or _top(pairs, TOP_NODES, ("topic", "entity"))[: 3 * TOP_NODES]
    sentences = cmp.sentences(by=compared, unit=request.unit)
    frames = [sentences.collocates(cmp.term(n, request.unit), min_count=3) for n in nodes]
    return pd.concat(frames, ignore_index=True) if frames else pd.DataFrame()


def _kwic(
    cmp: Comparison, request: Request, compared: Groups, pairs: Sequence[pd.DataFrame]
) -> pd.DataFrame:
    """Return occurrences of the leading terms, at most 60 a term and group."""
    found = cmp.occurrences(request.unit)
    names = [
        *_top(pairs, TOP_EVIDENCE),
        *_top(pairs, TOP_EVIDENCE, ("topic", "entity", "act")),
        *request.collocates,
    ]
    wanted = np.unique(pd.Index(found.terms).get_indexer(pd.Index(names)))
    rows = np.flatnonzero(np.isin(found.term, wanted))
    order = pd.DataFrame({"term": found.term[rows], "group": compared.of_doc[found.doc[rows]]})
    rows = rows[order.groupby(["term", "group"]).cumcount().to_numpy() < MAX_OCCURRENCES]
    table = kwic.concordance(cmp.text, found, rows, compared)
    return table.sort_values("term", kind="stable", ignore_index=True)


def _of_many(cmp: Comparison, request: Request, groups: Groups) -> dict[str, pd.DataFrame]:
    """Return the tables that take several groups, or years."""
    tables = {}
    if len(groups) >= inference.MIN_GROUPS_MAP:
        tables["residuals"] = cmp.residuals(by=request.by, unit=request.unit)
        map_ = cmp.correspondence(by=request.by, unit=request.unit)
        points = [
            map_.groups[["group", "dim1", "dim2", "mass"]],
            map_.terms[["term", "layer", "count", "dim1", "dim2", "contribution"]],
        ]
        tables["correspondence"] = pd.concat(points, ignore_index=True)
    years = cmp.documents["year"][cmp.groups(request.by).of_doc >= 0]
    if years[years >= 0].nunique() >= inference.MIN_YEARS:
        tables["trends"] = cmp.trends(unit=request.unit)
    return tables


def _warnings(
    pairs: Sequence[pd.DataFrame], tables: dict[str, pd.DataFrame]
) -> list[tuple[str, str]]:
    found: dict[tuple[str, str], None] = {}
    few = [table.attrs for table in pairs if table.attrs["banner_ja"]]
    if len(pairs) == 1 and few:
        found[few[0]["banner_ja"], few[0]["banner_en"]] = None
    elif few:
        names = [attrs["target"] for attrs in few]
        found[
            f"文書が{inference.MIN_DOCS}件未満の群（{'、'.join(names)}）では文書間の検定をしません。",
            f"No tests between documents for groups of fewer than {inference.MIN_DOCS} documents "
            f"({', '.join(names)}).",
        ] = None
    confounding = tables["confounding"].attrs
    found |= dict.fromkeys(zip(confounding["warnings_ja"], confounding["warnings_en"], strict=True))
    return list(found)
