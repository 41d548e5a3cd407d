"""GiNZA's 文節 and clauses on arrays, in time that does not explode on enumerations.

Follows ``ginza.BunsetuRecognizer`` to the letter, its oddities included (a function word is never
``FUNC``), so that ``ginza``'s own functions for 文節 give the same answers. Where that one asks for
subtrees and ancestors again and again (an exponent above three in the number of comma clauses), counts are
kept along the tree.
"""

from collections.abc import Iterable
from functools import cached_property
from itertools import pairwise
from typing import Any

import numpy as np
from ginza.bunsetu_recognizer import (
    BUNSETU_HEAD_SUFFIX,
    MIN_BUNSETU_NUM_IN_CLAUSE,
    PHRASE_RELATIONS,
)
from spacy.attrs import DEP, HEAD, IS_PUNCT, IS_SPACE, POS, SENT_START, TAG
from spacy.language import Language
from spacy.tokens import Doc

from seimeibun.components.arrays import Array
from seimeibun.components.reading import Strings

CLAUSE_MARK = "補助記号-読点"
_ATTRS = [HEAD, DEP, POS, TAG, SENT_START, IS_PUNCT, IS_SPACE]
_FUNCTION_WORDS = frozenset({"AUX", "ADP", "SCONJ", "CCONJ", "PART"})


class Tree:
    """The dependency tree of a document: token indices, and what follows from them."""

    def __init__(
        self,
        heads: list[int],
        *,
        sentence_starts: frozenset[int] = frozenset(),
        signs: frozenset[int] = frozenset(),
    ) -> None:
        self.heads = heads
        self.sentence_starts = sentence_starts
        self.signs = signs  # punctuation and white space
        self.lefts: list[list[int]] = [[] for _ in heads]
        self.rights: list[list[int]] = [[] for _ in heads]
        self.roots: list[int] = []
        for token, head in enumerate(heads):
            if head == token:
                self.roots.append(token)
            else:
                (self.lefts if token < head else self.rights)[head].append(token)

    @cached_property
    def from_roots(self) -> list[int]:
        """The tokens, each after its head."""
        order = list(self.roots)
        for token in order:  # grows while it is read
            order.extend(self.lefts[token])
            order.extend(self.rights[token])
        return order

    @cached_property
    def depths(self) -> list[int]:
        depths = [0] * len(self.heads)
        for token in self.from_roots:
            if self.heads[token] != token:
                depths[token] = depths[self.heads[token]] + 1
        return depths

    @cached_property
    def edges(self) -> tuple[list[int], list[int]]:
        """The first and the last token of each subtree."""
        first, last = list(range(len(self.heads))), list(range(len(self.heads)))
        for token in reversed(self.from_roots):
            head = self.heads[token]
            if first[token] < first[head]:
                first[head] = first[token]
            if last[token] > last[head]:
                last[head] = last[token]
        return first, last

    def counts(self, marked: list[bool]) -> list[int]:
        """Return how many ``marked`` tokens each subtree holds."""
        counts = [int(mark) for mark in marked]
        for token in reversed(self.from_roots):
            if self.heads[token] != token:
                counts[self.heads[token]] += counts[token]
        return counts

    @cached_property
    def _walk(self) -> tuple[list[int], list[int]]:
        """When a walk through the tree enters and leaves each token."""
        sizes = [1] * len(self.heads)
        for token in reversed(self.from_roots):
            if self.heads[token] != token:
                sizes[self.heads[token]] += sizes[token]
        enter, following = [0] * len(self.heads), 0
        next_place = [0] * len(self.heads)
        for token in self.from_roots:
            head = self.heads[token]
            if head == token:
                enter[token], following = following, following + sizes[token]
            else:
                enter[token], next_place[head] = next_place[head], next_place[head] + sizes[token]
            next_place[token] = enter[token] + 1
        return enter, [place + size for place, size in zip(enter, sizes, strict=True)]

    def above(self, token: int, other: int) -> bool:
        """Tell whether ``token`` is a proper ancestor of ``other``."""
        enter, leave = self._walk
        return enter[token] < enter[other] < leave[token]

    @cached_property
    def in_order(self) -> list[int]:
        """The tokens, each after what hangs on it from the left and before what hangs on it from the right."""
        order = []
        waiting = self.roots[::-1]
        while waiting:
            token = waiting.pop()
            if token < 0:  # its left is done
                order.append(~token)
                continue
            waiting.extend(reversed(self.rights[token]))
            waiting.append(~token)
            waiting.extend(reversed(self.lefts[token]))
        return order


class ArrayBunsetuRecognizer:
    """Writes what GiNZA's ``bunsetu_recognizer`` writes to ``Doc.user_data``."""

    def __init__(self, *, keep_suffix: bool = False, min_bunsetu_in_clause: int = 2) -> None:
        self.keep_suffix = keep_suffix
        self.min_bunsetu_in_clause = min_bunsetu_in_clause

    def __call__(self, doc: Doc) -> Doc:
        if not len(doc):
            return self._write(doc, [], [], [], [], [])
        array = doc.to_array(_ATTRS)
        heads_by, dep, pos, tag, starts, punct, space = array.T
        tree = Tree(
            (heads_by.astype(np.int64) + np.arange(len(doc))).tolist(),
            sentence_starts=frozenset(np.flatnonzero(starts == 1).tolist()),
            signs=frozenset(np.flatnonzero(punct | space).tolist()),
        )
        string = Strings(doc.vocab.strings)
        deps = [string[key] for key in dep.tolist()]
        poses = [string[key] for key in pos.tolist()]
        is_head = _heads(tree, deps, poses)
        _drop_heads_in_entities(tree, is_head, [(ent.start, ent.end) for ent in doc.ents])
        if not self.keep_suffix:
            deps = _without_suffix(doc, array[:, 1], string)
        heads = [token for token, mark in enumerate(is_head) if mark]
        begins = _begins(tree, heads)
        marks = np.flatnonzero(tag == doc.vocab.strings[CLAUSE_MARK]).tolist()
        clause_of = _clause_heads(tree, is_head, deps, marks, self.min_bunsetu_in_clause)
        positions = _positions(tree, heads, begins, deps, poses)
        return self._write(doc, heads, begins, positions, clause_of, tree.in_order)

    def _write(
        self,
        doc: Doc,
        heads: list[int],
        begins: list[bool],
        positions: list[str],
        clause_of: list[int],
        in_order: list[int],
    ) -> Doc:
        doc.user_data["bunsetu_heads"] = tuple(heads)
        doc.user_data["bunsetu_bi_labels"] = ["B" if begin else "I" for begin in begins]
        doc.user_data["bunsetu_position_types"] = positions
        clauses: dict[int, list[int]] = {head: [] for head in sorted(set(clause_of))}
        for token in in_order:
            clauses[clause_of[token]].append(token)
        clauses.pop(-1, None)  # of a tree without ROOT
        doc.user_data["clauses"] = clauses
        doc.user_data["clause_heads"] = clause_of
        return doc


def _heads(tree: Tree, deps: list[str], poses: list[str]) -> list[bool]:
    """Return which tokens head a 文節, subtrees that the parser left out recovered."""
    is_head = [dep == "ROOT" or dep.endswith(BUNSETU_HEAD_SUFFIX) for dep in deps]
    heads = tree.heads
    for token in range(len(heads)):
        if is_head[token]:
            climbing = token
            while heads[climbing] < climbing and not is_head[heads[climbing]]:
                is_head[heads[climbing]] = poses[heads[climbing]] != "PUNCT"
                climbing = heads[climbing]
            is_head[heads[climbing]] = True
    return is_head


def _drop_heads_in_entities(
    tree: Tree, is_head: list[bool], entities: Iterable[tuple[int, int]]
) -> None:
    """Let an entity that hangs on one token outside have one head, its first that does."""
    for start, end in entities:
        outside = [
            token
            for token in range(start, end)
            if tree.heads[token] == token or not start <= tree.heads[token] < end
        ]
        if outside and len({tree.heads[token] for token in outside}) == 1:
            for token in range(start, end):
                if token != outside[0]:
                    is_head[token] = False


def _without_suffix(doc: Doc, keys: Array, string: Strings) -> list[str]:
    """Take the mark of heads off the labels of ``doc``, and return the labels."""
    bare = {key: string[key].removesuffix(BUNSETU_HEAD_SUFFIX) for key in set(keys.tolist())}
    if any(label != string[key] for key, label in bare.items()):
        plain = {key: doc.vocab.strings.add(label) for key, label in bare.items()}
        doc.from_array([DEP], np.array([plain[key] for key in keys.tolist()], np.uint64))
    return [bare[key] for key in keys.tolist()]


def _begins(tree: Tree, heads: list[int]) -> list[bool]:
    """Return which tokens begin a 文節."""
    first, last = tree.edges
    begins = [token == 0 for token in range(len(tree.heads))]
    for left, right in pairwise(heads):
        if last[left] + 1 == first[right] or last[left] >= right:
            begins[first[right]] = True
        elif left <= first[right]:
            begins[last[left] + 1] = True
        else:
            begins[_branch(tree, left, right)] = True
    return begins


def _branch(tree: Tree, left: int, right: int) -> int:
    """Return where the 文節 of ``right`` begins among tokens that belong to neither subtree."""
    first, last = tree.edges
    for token in range(last[left] + 1, first[right]):
        climbing = token
        while True:
            if tree.above(climbing, right):
                return climbing
            if tree.above(climbing, left) or tree.heads[climbing] == climbing:
                break
            climbing = tree.heads[climbing]
    return last[left] + 1


def _positions(
    tree: Tree, heads: list[int], begins: list[bool], deps: list[str], poses: list[str]
) -> list[str]:
    positions: list[str | None] = [None] * len(begins)
    for head in heads:
        for token in _phrase(tree, head, begins, deps):
            if tree.heads[token] == token:
                positions[token] = "ROOT"
            elif token == head:
                positions[token] = "NO_HEAD" if deps[token] == "punct" else "SEM_HEAD"
            else:
                positions[token] = "CONT"
    return [
        position or ("SYN_HEAD" if pos in _FUNCTION_WORDS else "CONT")
        for position, pos in zip(positions, poses, strict=True)
    ]


def _phrase(tree: Tree, head: int, begins: list[bool], deps: list[str]) -> range:
    """Return the content words of the 文節 around ``head``."""
    start, end = _bunsetu(tree, head, begins)
    reached = [_span_root(tree, start, end)]
    for token in reached:  # grows while it is read
        reached.extend(
            child
            for child in (*tree.lefts[token], *tree.rights[token])
            if start <= child < end and deps[child] in PHRASE_RELATIONS
        )
    return range(min(reached), max(reached) + 1)


def _bunsetu(tree: Tree, token: int, begins: list[bool]) -> tuple[int, int]:
    start, end = token, token + 1
    while start > 0 and not begins[start] and start not in tree.sentence_starts:
        start -= 1
    while end < len(begins) and not begins[end]:
        end += 1
    return start, end


def _span_root(tree: Tree, start: int, end: int) -> int:
    """Return what ``spacy.tokens.Span.root`` returns."""
    span = range(start, end)
    for token in span:
        if tree.heads[token] == token:
            return token
    outside = [token for token in span if not start <= tree.heads[token] < end]
    return min(outside, key=lambda token: _distance(tree, token), default=start)


def _distance(tree: Tree, token: int) -> int:
    """Return the steps to the root; a sign with nothing below it is as far off as can be, as in spaCy."""
    if token in tree.signs and not tree.lefts[token] and not tree.rights[token]:
        return len(tree.heads) - 1
    return tree.depths[token]


def _clause_heads(
    tree: Tree, is_head: list[bool], deps: list[str], marks: list[int], minimum: int
) -> list[int]:
    """Return the head of each token's clause."""
    root_labels = {dep for dep in set(deps) if dep.lower() == "root"}
    roots = {token for token, dep in enumerate(deps) if dep in root_labels}
    counts = tree.counts(is_head)
    candidates = _clause_candidates(tree, is_head, marks) - roots
    candidates = {token for token in candidates if counts[token] >= minimum} | roots
    kept = _large_clauses(tree, candidates, roots, counts, minimum)
    clause_of = [-1] * len(deps)
    for token in tree.from_roots:
        clause_of[token] = token if token in kept else clause_of[tree.heads[token]]
    return clause_of


def _clause_candidates(tree: Tree, is_head: list[bool], marks: list[int]) -> set[int]:
    below_head = [False] * len(is_head)
    for token in tree.from_roots:
        head = tree.heads[token]
        if head != token:
            below_head[token] = is_head[head] or below_head[head]
    found = set()
    for mark in marks:
        if is_head[mark]:
            found.add(mark)
        elif below_head[mark]:
            found.add(tree.heads[mark])
    return found


def _large_clauses(
    tree: Tree, candidates: set[int], roots: set[int], counts: list[int], minimum: int
) -> set[int]:
    """Return the candidates with at least ``minimum`` 文節 of their own.

    A clause that is too small falls to the one above it; under a root that is too small all fall to it.
    """
    over = _nearest_above(tree, candidates)
    own = {token: counts[token] for token in candidates}
    below: dict[int, list[int]] = {}
    for token in candidates:
        if over[token] >= 0:
            own[over[token]] -= counts[token]
            below.setdefault(over[token], []).append(token)
    kept = set(candidates)
    for token in sorted(candidates):
        if own[token] >= minimum or token not in kept:
            continue
        if token in roots:
            fallen = _all_below(token, below)
            kept.difference_update(fallen)
        else:
            kept.discard(token)
            heir = _kept_over(token, over, kept)
            if heir >= 0:
                own[heir] += own[token]
    return kept


def _nearest_above(tree: Tree, candidates: set[int]) -> list[int]:
    nearest = [-1] * len(tree.heads)
    for token in tree.from_roots:
        head = tree.heads[token]
        if head != token:
            nearest[token] = head if head in candidates else nearest[head]
    return nearest


def _kept_over(token: int, over: list[int], kept: set[int]) -> int:
    """Return the nearest kept candidate above; paths are shortened as they are walked."""
    path = []
    while over[token] >= 0 and over[token] not in kept:
        path.append(token)
        token = over[token]
    for passed in path:
        over[passed] = over[token]
    return over[token]


def _all_below(token: int, below: dict[int, list[int]]) -> list[int]:
    reached = list(below.get(token, ()))
    for other in reached:  # grows while it is read
        reached.extend(below.get(other, ()))
    return reached


@Language.factory("seimeibun_bunsetu", assigns=["doc.user_data"], default_config={"stock": ""})
def make_bunsetu(nlp: Language, name: str, stock: str) -> Any:  # noqa: ARG001
    """Return the recogniser; the ``stock`` component itself where its settings are not GiNZA's own."""
    if not stock:
        return ArrayBunsetuRecognizer(min_bunsetu_in_clause=MIN_BUNSETU_NUM_IN_CLAUSE)
    component = nlp.get_pipe(stock)
    if component.clause_marker_rules != [{"tag_": CLAUSE_MARK}]:
        return component
    return ArrayBunsetuRecognizer(
        keep_suffix=component.remain_bunsetu_suffix,
        min_bunsetu_in_clause=component.min_bunsetu_num_in_clause,
    )
