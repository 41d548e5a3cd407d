"""Everything that one comparison writes, as tables."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import partial

import numpy as np
import pandas as pd

from seimeibun.compare import audit, frequency, inference, kwic, terms
from seimeibun.compare.beside import beside
from seimeibun.compare.comparison import UNIT, Comparison, is_ordered
from seimeibun.compare.errors import CompareError
from seimeibun.compare.groups import NONE, REST, Groups
from seimeibun.compare.keyness import MIN_COUNT, PRIOR, Options
from seimeibun.compare.permutation import PERMUTATIONS, Progress, silent
from seimeibun.compare.texts import bare

TOP_EVIDENCE = 40  # terms of each side that are shown with their occurrences
TOP_NODES = 8
MAX_OCCURRENCES = 60  # of a term in a group
MAX_GROUPS = 150  # that are each held against the rest
TABLES = (
    "summary", "confounding", "keyness", "frequency_long", "exclusive_terms", "formulae", "verbs_by_actor",
    "verbs", "dispersion", "collocates", "kwic", "normalisation_audit", "residuals", "correspondence", "trends",
)  # fmt: skip


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
    all_rows: bool = False


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
    groups, empty = _with_words(cmp, request)
    compared = _compared(cmp, request, groups)
    with beside(partial(_of_words, cmp, request, groups, compared)) as of_words:
        pairs = tuple(_pairs(cmp, request, groups, progress))
        found = [bare(table) for table in pairs]
        with beside(partial(_of_leading, cmp, request, compared, found)) as of_leading:
            # made here: what has many rows is slower to hand over than to make
            tables = {
                "keyness": pd.concat(found, ignore_index=True) if len(pairs) > 1 else pairs[0],
                "frequency_long": frequency.frequency(cmp.counts(request.unit), groups),
            }
            tables |= of_leading()
        tables |= of_words()
    tables = {name: tables[name] for name in TABLES if name in tables}
    warnings = [*_left_out(empty, pairs), *_warnings(pairs, tables)]
    return Report(cmp, request, groups, pairs, tables, tuple(warnings))


def _of_leading(
    cmp: Comparison, request: Request, compared: Groups, found: Sequence[pd.DataFrame]
) -> dict[str, pd.DataFrame]:
    """Return the tables that show the leading terms of keyness."""
    counts = cmp.counts(request.unit)
    return {
        "dispersion": frequency.dispersion_table(counts, compared, _indices(counts.terms, found)),
        "collocates": _collocates(cmp, request, compared, found),
        "kwic": _kwic(cmp, request, compared, found),
    }


def _of_words(
    cmp: Comparison, request: Request, groups: Groups, compared: Groups
) -> dict[str, pd.DataFrame]:
    """Return the tables of all words and acts, which need no keyness."""
    counts, ordered = cmp.counts(request.unit), is_ordered(groups)
    return {
        "summary": cmp.summary(by=compared, unit=request.unit),
        "confounding": audit.audit(cmp.text, compared),
        "exclusive_terms": terms.exclusive_terms(cmp.text, counts, compared, ordered=ordered),
        "formulae": cmp.formulae(by=compared),
        "verbs_by_actor": cmp.verbs(by=compared),
        "verbs": cmp.verbs(by=compared, actor=False),
        "normalisation_audit": cmp.normalisation(by=compared, unit=request.unit),
        **_of_many(cmp, request, groups),
    }


def _with_words(cmp: Comparison, request: Request) -> tuple[Groups, list[str]]:
    """Return the groups that have a word in the zone, and the names of those that have none."""
    groups = cmp.groups(request.by)
    totals = cmp.counts(request.unit).group_totals(groups)
    empty = [label for label, total in zip(groups.labels, totals, strict=True) if not total]
    if not empty or len(empty) == len(groups):
        return groups, []
    number = np.cumsum(totals > 0) - 1
    of_doc = np.where(
        (groups.of_doc >= 0) & (totals[groups.of_doc] > 0), number[groups.of_doc], NONE
    )
    kept = tuple(label for label in groups.labels if label not in empty)
    return Groups(groups.by, kept, of_doc), empty


def _left_out(empty: Sequence[str], pairs: Sequence[pd.DataFrame]) -> list[tuple[str, str]]:
    """Say which groups and which rows are not in the tables."""
    found = []
    if empty:
        found.append(
            (
                f"語のない群（{'、'.join(empty)}）は比較から除きました。",
                f"Groups without a word are left out: {', '.join(empty)}.",
            )
        )
    rows, shown = (sum(t.attrs[name] for t in pairs) for name in ("rows", "rows_shown"))
    if shown < rows:
        found.append(
            (
                f"keyness.csv には差のありそうな語（|G²|≧3.84、または各側の上位50語）{shown:,}行だけを書きました"
                f"（全{rows:,}行は --all-rows）。すべての語の回数と区間は frequency_long.csv にあります。",
                f"keyness.csv has the {shown:,} rows that may differ (|G²| >= 3.84, or the first 50 of a side) "
                f"of {rows:,}; --all-rows writes all. frequency_long.csv has the counts of every term.",
            )
        )
    return found


def _pairs(
    cmp: Comparison, request: Request, groups: Groups, progress: Progress
) -> list[pd.DataFrame]:
    options = Options(
        layers=request.layers,
        exclude=request.exclude,
        min_count=request.min_count,
        prior_strength=request.prior_strength,
        permutations=request.permutations,
        bootstrap=request.permutations,
        seed=request.seed,
        progress=progress,
    )
    if request.target is not None:
        pair = cmp.groups(request.by, request.target, request.reference)
        return [_of_two(cmp, request, pair, options)]
    if len(groups) == 1:
        message = (
            f"{groups.by} has one value, {groups.labels[0]}; there is nothing to compare it with"
        )
        raise CompareError(message)
    if len(groups) == 2:
        pair = cmp.groups(request.by, groups.labels[1], groups.labels[0])
        return [_of_two(cmp, request, pair, options)]
    if len(groups) > MAX_GROUPS:
        message = (
            f"{len(groups):,} groups of {groups.by}: to hold each of them against the rest, there may be "
            f"{MAX_GROUPS}. Name a --target, or take a column with fewer values, such as decade"
        )
        raise CompareError(message)
    # resampling is slow and nothing to read for dozens of pairs
    options = replace(options, bootstrap=0, telling=not request.all_rows)
    return cmp.against_rest(
        by=groups, unit=request.unit, stratify=request.stratify, options=options
    )


def _of_two(cmp: Comparison, request: Request, pair: Groups, options: Options) -> pd.DataFrame:
    return cmp.keyness_of(pair, unit=request.unit, stratify=request.stratify, options=options)


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
        term, layer, side = (
            table[name].to_numpy(dtype=object) for name in ("term", "layer", "side")
        )
        shown = table["tested"].to_numpy(dtype=bool) & (layer != "function")
        of_layer = shown & np.isin(layer, layers)
        shown = of_layer if of_layer.any() else shown
        for name in ("", "reference", "target"):
            found |= dict.fromkeys(term[shown & (side == name)][:each])
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
    names = list(dict.fromkeys(names))
    at = pd.Index(found.terms).get_indexer(pd.Index(names))
    wanted = np.unique(at)
    rows = np.flatnonzero(np.isin(found.term, wanted))
    order = pd.DataFrame({"term": found.term[rows], "group": compared.of_doc[found.doc[rows]]})
    rows = rows[order.groupby(["term", "group"]).cumcount().to_numpy() < MAX_OCCURRENCES]
    table = kwic.concordance(cmp.text, found, rows, compared)
    # in the order in which keyness.csv has the terms
    place = pd.Index(names).get_indexer(pd.Index(table["term"]))
    return table.iloc[np.argsort(place, kind="stable")].reset_index(drop=True)


def _of_many(cmp: Comparison, request: Request, groups: Groups) -> dict[str, pd.DataFrame]:
    """Return the tables that take several groups, or years."""
    tables = {}
    if len(groups) >= inference.MIN_GROUPS_MAP:
        tables["residuals"] = cmp.residuals(by=groups, unit=request.unit)
        map_ = cmp.correspondence(by=groups, unit=request.unit)
        # few terms may lie on a line, without a second dimension
        plane = [name for name in ("dim1", "dim2") if name in map_.terms]
        points = [
            map_.groups[["group", *plane, "mass"]],
            map_.terms[["term", "layer", "count", *plane, "contribution"]],
        ]
        tables["correspondence"] = pd.concat(points, ignore_index=True)
    years = cmp.documents["year"][groups.of_doc >= 0]
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
