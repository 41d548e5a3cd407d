"""The exact check: a share of the pieces once more through GiNZA itself, attribute by attribute.

Which pieces are checked depends on their text alone, so that a run can be repeated. The judge is GiNZA's own
tokenizer and components with spaCy's own matrix kernel, given the sentence boundaries that we set.
"""

from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from hashlib import sha256
from typing import Any

from spacy.attrs import (
    DEP,
    ENT_IOB,
    ENT_TYPE,
    HEAD,
    IDX,
    LEMMA,
    MORPH,
    NORM,
    ORTH,
    POS,
    SENT_START,
    TAG,
)
from spacy.language import Language
from spacy.tokens import Doc

from seimeibun.components.bunsetu import CLAUSE_MARK
from seimeibun.components.stock import BUNSETU, StockGinza

ATTRIBUTES = {
    "lemma": LEMMA,
    "norm": NORM,
    "tag": TAG,
    "morph": MORPH,
    "pos": POS,
    "dep": DEP,
    "head": HEAD,
    "sent_start": SENT_START,
    "ent_iob": ENT_IOB,
    "ent_type": ENT_TYPE,
}
PHRASES = (
    "bunsetu_heads",
    "bunsetu_bi_labels",
    "bunsetu_position_types",
    "clauses",
    "clause_heads",
)
_NUMBERS = frozenset({"head", "sent_start", "ent_iob"})
# Beyond that GiNZA's recogniser takes minutes: its time grows with the third power of the commas in a sentence.
COMMAS = 150


@dataclass(frozen=True, slots=True)
class Difference:
    """Where the fast path and GiNZA disagree: ``token`` is the index in the piece, -1 for all of it."""

    text: str  # of the sentence, at most 80 signs
    attribute: str
    token: int
    ours: str
    ginza: str


@dataclass(slots=True)
class Checked:
    """What a check looked at and found."""

    pieces: int = 0
    tokens: int = 0
    pieces_without_bunsetu: int = 0  # too many commas for GiNZA: their 文節 were not compared
    differences: list[Difference] = field(default_factory=list)


class ExactCheck:
    """Checks the ``share`` (0 to 1) of the pieces that it is shown, and keeps what differed by statement."""

    def __init__(self, nlp: Language, share: float) -> None:
        if not 0 <= share <= 1:
            message = f"the share to check is {share}; it must lie between 0 and 1"
            raise ValueError(message)
        self._share = share
        self._ginza = StockGinza(nlp)
        self._checked: dict[int, Checked] = {}

    def __call__(self, doc: Doc, *, statement: int = 0) -> None:
        """Compare ``doc``, an analysed piece of a statement, if its text is among the chosen."""
        if not len(doc) or not chosen(doc.text, self._share):
            return
        many = doc.to_array(TAG).tolist().count(doc.vocab.strings[CLAUSE_MARK]) > COMMAS
        want = self._ginza(doc.text, without=(BUNSETU,) if many else ())
        checked = self._checked.setdefault(statement, Checked())
        checked.pieces += 1
        checked.tokens += len(doc)
        checked.pieces_without_bunsetu += many
        checked.differences.extend(differences(doc, want))

    def take(self, statement: int = 0) -> dict[str, Any]:
        """Return, in plain data, what was found in a statement, and forget it."""
        return asdict(self._checked.pop(statement, Checked()))


def chosen(text: str, share: float) -> bool:
    """Tell whether ``text`` belongs to the share that is checked; the same in every run."""
    number = int.from_bytes(sha256(text.encode("utf-8", "surrogatepass")).digest()[:8], "big")
    return number < share * 2**64


def differences(doc: Doc, want: Doc) -> Iterator[Difference]:
    """Yield every attribute of a token, and every list of 文節, in which ``doc`` is not as ``want``."""
    if doc.to_array([ORTH, IDX]).tolist() != want.to_array([ORTH, IDX]).tolist():
        ours, ginza = (" ".join(token.text for token in d) for d in (doc, want))
        yield Difference(doc.text[:80], "tokens", -1, ours, ginza)
        return
    for name, attribute in ATTRIBUTES.items():
        ours, ginza = (d.to_array([attribute]).reshape(-1) for d in (doc, want))
        for token in (ours != ginza).nonzero()[0].tolist():
            pair = (_readable(doc, name, int(values[token])) for values in (ours, ginza))
            yield Difference(doc[token].sent.text[:80], name, token, *pair)
    for name in PHRASES:
        if name in want.user_data and doc.user_data.get(name) != want.user_data[name]:
            pair = (str(d.user_data.get(name)) for d in (doc, want))
            yield Difference(doc.text[:80], name, -1, *pair)


def _readable(doc: Doc, name: str, value: int) -> str:
    if name in _NUMBERS:
        return str(value - 2**64 if value >= 2**63 else value)
    return str(doc.vocab.strings[value])
