"""The face of the package: a dataset in, DataFrames out."""

import os
from collections.abc import Collection, Mapping, Sequence
from difflib import get_close_matches
from pathlib import Path
from typing import Self

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from seimeibun.compare import acts, audit, frequency, kwic, permutation, summary, terms
from seimeibun.compare import groups as grouping
from seimeibun.compare import keyness as key
from seimeibun.compare.collocates import Sentences
from seimeibun.compare.counts import Counts, count
from seimeibun.compare.dataset import Dataset, read_folder, take_tables
from seimeibun.compare.errors import CompareError
from seimeibun.compare.formulae import LENGTHS, formula_spans
from seimeibun.compare.groups import REST, Groups
from seimeibun.compare.keyness import MIN_COUNT, MIN_PARAGRAPHS, PRIOR
from seimeibun.compare.normalisation import normalisation_audit
from seimeibun.compare.residuals import Correspondence, correspondence, residual_table
from seimeibun.compare.review_counts import accepted_counts
from seimeibun.compare.spelling import readings, variants
from seimeibun.compare.stratified import stratified
from seimeibun.compare.texts import bare
from seimeibun.compare.trends import trend_points, trends
from seimeibun.compare.units import Occurrences, occurrences, of_words
from seimeibun.compare.words import ALL_MASKS, ZONES, Text, masks

UNIT = "compound"
_TRIED = ("compound", "norm", "surface", "lemma", "entity", "act_lemma", "formula")


class Comparison:
    """Vocabulary of a dataset, to be compared by any column of its documents.

    ``zone`` is ``body``, ``headings``, ``frame`` or ``all``; ``mask`` names what is counted as one word
    (DATE, NUMBER, PERSON); ``within`` are conditions that documents must fulfil, such as
    ``year=2014..2025``. Methods that take ``by`` take a column, or what :meth:`groups` returned.
    """

    def __init__(
        self,
        dataset: Dataset,
        *,
        zone: str = "body",
        mask: Collection[str] = ALL_MASKS,
        within: Sequence[str] = (),
    ) -> None:
        if zone not in ZONES:
            message = f"no zone {zone!r}; there are {', '.join(ZONES)}"
            raise CompareError(message)
        self.dataset = dataset
        self.text = Text(dataset, zone, masks(mask))
        self.within = tuple(within)
        self._selected = np.ones(len(dataset["documents"]), dtype=bool)
        for condition in within:
            self._selected &= grouping.select(dataset["documents"], condition)
        self._occurrences: dict[str, Occurrences] = {}
        self._counts: dict[str, Counts] = {}
        self._readings_of: dict[str, dict[str, str]] = {}

    @classmethod
    def from_csv(
        cls,
        folder: str | os.PathLike[str],
        *,
        metadata: pd.DataFrame | str | Path | None = None,
        zone: str = "body",
        mask: Collection[str] = ALL_MASKS,
        within: Sequence[str] = (),
    ) -> Self:
        """Read the dataset in ``folder``; ``metadata`` joins further columns of documents on doc_id."""
        dataset = read_folder(folder, metadata=metadata)
        return cls(dataset, zone=zone, mask=mask, within=within)

    @classmethod
    def from_tables(
        cls,
        tables: Mapping[str, pd.DataFrame],
        *,
        metadata: pd.DataFrame | str | Path | None = None,
        zone: str = "body",
        mask: Collection[str] = ALL_MASKS,
        within: Sequence[str] = (),
    ) -> Self:
        """Take the DataFrames of a dataset, by name."""
        dataset = take_tables(tables, metadata=metadata)
        return cls(dataset, zone=zone, mask=mask, within=within)

    @property
    def documents(self) -> pd.DataFrame:
        """Return documents.csv with the columns ``partner`` and ``decade``, and what was joined."""
        return self.dataset["documents"]

    def occurrences(self, unit: str = UNIT) -> Occurrences:
        if unit not in self._occurrences:
            self._occurrences[unit] = occurrences(self.text, unit)
        return self._occurrences[unit]

    def counts(self, unit: str = UNIT) -> Counts:
        if unit not in self._counts:
            found = self.occurrences(unit)
            self._counts[unit] = count(found, self.text.para_doc, len(self.documents))
        return self._counts[unit]

    def groups(self, by: str, target: object = None, reference: object = REST) -> Groups:
        """Return the groups of ``by``: all of them, or with a ``target`` that and the ``reference``."""
        if not self._selected.any():
            message = f"no document fulfils {' and '.join(self.within)}"
            raise CompareError(message)
        documents = self.documents[self._selected]
        if target is None:
            found = grouping.all_groups(documents, by)
        else:
            found = grouping.two_groups(documents, by, target, reference)
        of_doc = np.full(len(self.documents), grouping.NONE)
        of_doc[self._selected] = found.of_doc
        return Groups(by, found.labels, of_doc)

    def _groups(self, by: str | Groups) -> Groups:
        return by if isinstance(by, Groups) else self.groups(by)

    def summary(self, *, by: str | Groups, unit: str = UNIT) -> pd.DataFrame:
        """Return documents, words, types and MATTR of each group."""
        return summary.summary(self.text, self.counts(unit), self._groups(by))

    def audit(self, *, by: str | Groups, against: Sequence[str] = ()) -> pd.DataFrame:
        """Return what else goes with the groups, with a verdict; see :func:`seimeibun.compare.audit.audit`."""
        return audit.audit(self.text, self._groups(by), against)

    def frequency(self, *, by: str | Groups, unit: str = UNIT) -> pd.DataFrame:
        """Return counts and rates of all terms in all groups, zeros included."""
        return frequency.frequency(self.counts(unit), self._groups(by))

    def keyness(
        self,
        *,
        by: str,
        target: object,
        reference: object = REST,
        unit: str = UNIT,
        layer: str | Collection[str] = (),
        exclude: Collection[str] = (),
        min_count: int = MIN_COUNT,
        min_paragraphs: int = MIN_PARAGRAPHS,
        prior_strength: float = PRIOR,
        permutations: int = permutation.PERMUTATIONS,
        bootstrap: int = permutation.PERMUTATIONS,
        stratify: str = "",
        seed: int = 0,
        progress: permutation.Progress = permutation.silent,
    ) -> pd.DataFrame:
        """Return every term of both groups with its measures, strongest first.

        ``layer`` restricts rows and tests to some kinds of words (topic, entity, actor …); ``stratify``
        adds the Mantel-Haenszel odds ratio over the values of another column.
        """
        layers = (layer,) if isinstance(layer, str) else tuple(layer)
        options = key.Options(
            layers=layers,
            exclude=tuple(exclude),
            min_count=min_count,
            min_paragraphs=min_paragraphs,
            prior_strength=prior_strength,
            permutations=permutations,
            bootstrap=bootstrap,
            seed=seed,
            progress=progress,
        )
        groups = self.groups(by, target, reference)
        return self.keyness_of(groups, unit=unit, stratify=stratify, options=options)

    def keyness_of(
        self, groups: Groups, *, unit: str = UNIT, stratify: str = "", options: key.Options
    ) -> pd.DataFrame:
        """Return the keyness of two groups, target and reference."""
        table = key.keyness(self.counts(unit), groups, options)
        confounded = self.audit(by=groups).attrs["confounded"]
        return self._further(table, groups, unit, stratify, confounded)

    def against_rest(
        self,
        *,
        by: str | Groups,
        unit: str = UNIT,
        stratify: str = "",
        options: key.Options | None = None,
    ) -> list[pd.DataFrame]:
        """Return the keyness of every group of ``by`` against all others, in the order of the groups.

        The permutations are made once for all groups, so p may differ in its last digits from those of
        :meth:`keyness` with one of them as target.
        """
        groups = self._groups(by)
        options = options or key.Options(bootstrap=0)
        tables = key.against_rest(self.counts(unit), groups, options)
        confounded = self.audit(by=groups).attrs["confounded"]
        return [
            self._further(table, pair, unit, stratify, confounded)
            for table, pair in zip(tables, key.each_and_rest(groups), strict=True)
        ]

    def _further(
        self,
        table: pd.DataFrame,
        groups: Groups,
        unit: str,
        stratify: str,
        confounded: Sequence[str],
    ) -> pd.DataFrame:
        """Add what other tables have to say of the terms: spelling, review, strata, confounding."""
        found, attrs = self.occurrences(unit), table.attrs
        table = bare(table)
        table["spelling_variant"] = variants(self._readings(unit), table)
        table["confounded_with"] = ";".join(confounded)
        parts = [table, accepted_counts(found, groups, table)]
        if stratify:
            counts = self.counts(unit)
            at = pd.Index(counts.terms).get_indexer(table["term"])
            strata = grouping.column(self.documents, stratify)
            parts.append(stratified(counts, groups, strata, at))
        table = pd.concat(parts, axis=1)
        table.attrs = attrs | {"confounded": list(confounded)}
        return table

    def _readings(self, unit: str) -> dict[str, str]:
        if unit not in self._readings_of:
            self._readings_of[unit] = readings(self.text, self.occurrences(unit))
        return self._readings_of[unit]

    def dispersion(self, term: str, *, by: str | Groups, unit: str = UNIT) -> pd.DataFrame:
        """Return range, DP, DPnorm and D of a term in each group."""
        counts = self.counts(unit)
        at = np.array([self.term(term, unit)])
        return frequency.dispersion_table(counts, self._groups(by), at)

    def exclusive_terms(
        self, *, by: str | Groups, unit: str = UNIT, min_count: int = 1
    ) -> pd.DataFrame:
        """Return new, lost and persistent terms over the groups of ``by``."""
        groups = self._groups(by)
        return terms.exclusive_terms(
            self.text, self.counts(unit), groups, min_count=min_count, ordered=is_ordered(groups)
        )

    def formulae(
        self, *, by: str | Groups, n: tuple[int, int] = LENGTHS, min_count: int = 3
    ) -> pd.DataFrame:
        """Return the repeated sequences of ``n`` words with counts by group and their status."""
        words = self.text.words
        first, last, found = formula_spans(words, n=n, min_count=min_count)
        unit = of_words(self.text, "formula", found, first, last, words.para, divides=False)
        counts = count(unit, self.text.para_doc, len(self.documents))
        groups = self._groups(by)
        table = frequency.frequency(counts, groups)
        status = terms.exclusive_terms(self.text, counts, groups, ordered=is_ordered(groups))
        return table.merge(
            status[["term", "status", "first_date", "last_date"]], on="term", how="left"
        ).sort_values(["term", "group"], kind="stable", ignore_index=True)

    def verbs(self, *, by: str | Groups, actor: bool = True) -> pd.DataFrame:
        """Return agreement verbs by group and, with ``actor``, by who acts."""
        return acts.verbs(self.text, self._groups(by), actor=actor)

    def collocates(
        self, term: str, *, by: str | Groups, unit: str = UNIT, min_count: int = 2
    ) -> pd.DataFrame:
        """Return what stands in the sentences of ``term``, by group."""
        return self.sentences(by=by, unit=unit).collocates(
            self.term(term, unit), min_count=min_count
        )

    def sentences(self, *, by: str | Groups, unit: str = UNIT) -> Sentences:
        """Return which terms stand together, to ask for the collocates of many."""
        return Sentences(self.occurrences(unit), self._groups(by))

    def trends(self, *, unit: str = UNIT, min_count: int = 10) -> pd.DataFrame:
        """Return the change of rate per year of each term; at least five different years."""
        years = np.where(self._selected, self.documents["year"].to_numpy(), -1)
        return trends(self.counts(unit), years, min_count=min_count)

    def trend_points(self, term: str, *, unit: str = UNIT) -> pd.DataFrame:
        """Return year, words and rate of ``term`` in each document, and the fitted rate with its interval."""
        years = np.where(self._selected, self.documents["year"].to_numpy(), -1)
        return trend_points(self.counts(unit), years, self.term(term, unit))

    def residuals(
        self, *, by: str | Groups, unit: str = UNIT, min_count: int = MIN_COUNT
    ) -> pd.DataFrame:
        """Return G² over all groups and the adjusted residual of each cell."""
        return residual_table(self.counts(unit), self._groups(by), min_count=min_count)

    def correspondence(
        self, *, by: str | Groups, unit: str = UNIT, top: int = 300
    ) -> Correspondence:
        """Return the map of at least three groups and their most telling terms."""
        return correspondence(self.counts(unit), self._groups(by), top=top)

    def normalisation(self, *, by: str | Groups, unit: str = UNIT) -> pd.DataFrame:
        """Return the published forms behind each term."""
        return normalisation_audit(self.text, self.occurrences(unit), self._groups(by))

    def kwic(
        self, term: str, *, by: str = "", unit: str = "", width: int = kwic.WIDTH
    ) -> pd.DataFrame:
        """Return the occurrences of ``term`` in context; without ``unit`` in the first unit that has it."""
        unit = unit or self.unit_of(term)
        found = self.occurrences(unit)
        rows = np.flatnonzero(found.term == self.term(term, unit))
        rows = rows[self._selected[found.doc[rows]]]
        groups = self.groups(by) if by else None
        return kwic.concordance(self.text, found, rows, groups, width=width)

    def unit_of(self, term: str) -> str:
        """Return the first unit that has ``term``."""
        for unit in _TRIED:
            if term in self.occurrences(unit).terms:
                return unit
        near = [
            match
            for unit in ("compound", "norm", "entity")
            for match in _near(term, self.occurrences(unit).terms)
        ]
        hint = f"; near it are {', '.join(dict.fromkeys(near))}" if near else ""
        message = f"no {term!r} in any unit of the zone {self.text.zone!r}{hint}"
        raise CompareError(message)

    def term(self, term: str, unit: str = UNIT) -> int:
        """Return the number of ``term`` among the terms of ``unit``."""
        names = self.occurrences(unit).terms
        found = np.flatnonzero(names == term)
        if not len(found):
            near = _near(term, names)
            hint = f"; near it are {', '.join(near)}" if near else ""
            message = f"no {unit} {term!r} in the zone {self.text.zone!r}{hint}"
            raise CompareError(message)
        return int(found[0])


def is_ordered(groups: Groups) -> bool:
    """Tell whether groups follow each other in time."""
    return groups.by in grouping.ORDERED


def _near(term: str, names: NDArray[np.object_], limit: int = 5) -> list[str]:
    holding = [name for name in names if term in name][:limit]
    return holding or get_close_matches(term, names.tolist(), n=limit, cutoff=0.6)
