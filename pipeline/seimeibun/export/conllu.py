"""CoNLL-U: tokens and trees of GiNZA, our spans as ``Entity=`` of CorefUD in MISC.

``newdoc id``, ``newpar id``, ``sent_id``, ``text``; ``SpaceAfter=No``, ``TokenRange=start:end`` with code points
of the text as published, ``Reading``, ``Inflection``, ``BunsetuBILabel``. A span is
``(e3-COUNTRY-1-layer:entity,value:JPN``: identifier, label, head word, the rest with ``%`` escapes. Not carried:
relations, spans that cross sentences or are not made of whole tokens (listed). A tree has one root, as the
format asks; further roots of the parser hang from it as ``parataxis``.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path

from seimeibun.export.dataset import Dataset, Document, Span, Token
from seimeibun.export.files import write_text
from seimeibun.export.outcome import LeftOut, Outcome
from seimeibun.export.pieces import UNALIGNED, Alignment, left_out
from seimeibun.export.trees import Sentence, head_word, sentences

CROSSING = "crosses a sentence"
GLOBAL = "# global.Entity = eid-etype-head-other\n"
_LINE_END = re.compile(r"[\r\n\f\v]")
_FEATURE = re.compile(
    r"[A-Z][A-Za-z0-9]*(\[[a-z]+\])?=[A-Z0-9][A-Za-z0-9]*(,[A-Z0-9][A-Za-z0-9]*)*"
)
_SIGNS = re.compile(r"[\s%|=:,()\-]")
Brackets = dict[str, list[str]]


def write(dataset: Dataset, path: Path) -> Outcome:
    outcome = Outcome()
    lines: list[str] = []
    for document in dataset.documents():
        trees = sentences(document)
        entities, missing = _entities(document, trees, outcome.spans)
        lines += _lines(document, trees, entities)
        outcome.documents += 1
        outcome.spans += len(document.spans) - len(missing)
        outcome.left_out += missing
    outcome.files.append(write_text(path, lines))
    return outcome


def _lines(document: Document, trees: list[Sentence], entities: Brackets) -> Iterator[str]:
    paragraph, bunsetu = 0, ""
    for number, tree in enumerate(trees, 1):
        if number == 1:
            yield f"# newdoc id = {_name(document.doc_id)}\n"
            yield GLOBAL
        if tree.para_no != paragraph:
            paragraph = tree.para_no
            yield f"# newpar id = {_name(document.doc_id)}-p{paragraph}\n"
        yield f"# sent_id = {_name(document.doc_id)}-s{number}\n"
        spaces = _spaces(document.text, tree.tokens)
        forms = [_form(token.row["token"]) for token in tree.tokens]
        yield f"# text = {''.join(f + s for f, s in zip(forms, spaces, strict=True)).rstrip()}\n"
        for at, token in enumerate(tree.tokens):
            misc = _misc(token, spaces[at], bunsetu, entities.get(token.number, []))
            bunsetu = token.row["bunsetu_no"]
            columns = (
                str(at + 1), forms[at], _form(token.row["lemma"]) or "_", token.row["upos"] or "X",
                token.row["xpos"] or "_", _features(token) or "_", str(tree.heads[at]), tree.relations[at], "_", misc,
            )  # fmt: skip
            yield "\t".join(columns) + "\n"
        yield "\n"


def _name(doc_id: str) -> str:
    return "_".join(doc_id.split())


def _form(text: str) -> str:
    """Return ``text`` without what would break the line."""
    return " ".join(text.split())


def _spaces(text: str, tokens: list[Token]) -> list[str]:
    """Return what stands after each token: a blank, or nothing, which a line wrap counts as."""
    nexts = [token.start for token in tokens[1:]] + [tokens[-1].end]
    gaps = (text[token.end : start] for token, start in zip(tokens, nexts, strict=True))
    return [" " if gap and not _LINE_END.search(gap) else "" for gap in gaps]


def _features(token: Token) -> str:
    """Return the features that are of UD; readings and inflections of UniDic go to MISC."""
    features = (f for f in token.row["feats"].split("|") if _FEATURE.fullmatch(f))
    return "|".join(sorted(features, key=str.lower))


def _misc(token: Token, space: str, bunsetu: str, entities: list[str]) -> str:
    row = token.row
    pairs = [
        feature
        for feature in row["feats"].split("|")
        if feature and not _FEATURE.fullmatch(feature)
    ]
    if row["bunsetu_no"]:
        pairs.append(f"BunsetuBILabel={'I' if row['bunsetu_no'] == bunsetu else 'B'}")
    if entities:
        pairs.append(f"Entity={''.join(entities)}")
    if not space:
        pairs.append("SpaceAfter=No")
    pairs.append(f"TokenRange={token.start}:{token.end}")
    return "|".join(sorted(pairs))


def _entities(
    document: Document, trees: list[Sentence], n_before: int
) -> tuple[Brackets, list[LeftOut]]:
    """Return the brackets at each token, and the spans that have none."""
    alignment = Alignment([(token.start, token.end) for token in document.tokens])
    places = [(tree, at) for tree in trees for at in range(1, len(tree.tokens) + 1)]
    opening: Brackets = defaultdict(list)
    single: Brackets = defaultdict(list)
    closing: Brackets = defaultdict(list)
    missing = []
    number = n_before
    for span in document.spans:
        units = alignment.units(span.start, span.end)
        if units is None or places[units[0]][0] is not places[units[1]][0]:
            missing.append(left_out(document, span, CROSSING if units else UNALIGNED))
            continue
        number += 1
        (tree, first), (_, last) = places[units[0]], places[units[1]]
        mention = f"(e{number}-{span.label}-{head_word(tree.heads, first, last)}-{_other(span)}"
        begin, end = tree.tokens[first - 1].number, tree.tokens[last - 1].number
        if begin == end:
            single[begin].append(f"{mention})")
        else:
            opening[begin].append(mention)
            closing[end].insert(0, f"e{number})")
    return _joined(opening, single, closing), missing


def _joined(opening: Brackets, single: Brackets, closing: Brackets) -> Brackets:
    """Return the brackets at each token; none that closes may follow one that opens, which would seem closed."""
    return {
        number: [*closing[number], *opening[number], *single[number]]
        if number in opening
        else [*single[number], *closing[number]]
        for number in {*opening, *single, *closing}
    }


def _other(span: Span) -> str:
    return ",".join(
        _pairs((("layer", span.layer), ("value", span.value), ("rule", span.row["rule"])))
    )


def _pairs(facts: Iterable[tuple[str, str]]) -> Iterator[str]:
    for name, value in facts:
        if value:
            yield f"{name}:{escape(value)}"


def escape(value: str) -> str:
    """Return ``value`` without the signs that part the fields of ``Entity=``; ``unquote`` undoes it.

    >>> escape("2025-04-01")
    '2025%2D04%2D01'
    """
    return _SIGNS.sub(lambda sign: "".join(f"%{byte:02X}" for byte in sign[0].encode()), value)
