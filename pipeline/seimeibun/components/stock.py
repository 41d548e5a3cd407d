"""GiNZA's own analysis, kept beside the fast path: the judge of near ties and of the exact check."""

from collections.abc import Callable

from spacy.attrs import DEP, ENT_IOB, ENT_TYPE, HEAD, LEMMA, MORPH, NORM, POS, SENT_START, TAG
from spacy.language import Language
from spacy.tokens import Doc

from seimeibun.components.margins import MARGIN, NEAR, margin_of
from seimeibun.components.sentences import set_sentences

_TOKENIZED = [TAG, LEMMA, NORM, MORPH, SENT_START]
_DECIDED = [HEAD, DEP, POS, MORPH, ENT_IOB, ENT_TYPE]
BUNSETU = "bunsetu_recognizer"


class StockGinza:
    """The components of ``nlp`` that are GiNZA's, also those that ours replace, with spaCy's own matrix kernel."""

    def __init__(self, nlp: Language) -> None:
        self._nlp = nlp
        replaced = {nlp.get_pipe_config(name).get("stock") for name in nlp.pipe_names}
        self._names = [
            name
            for name in nlp.component_names
            if name in replaced or (name in nlp.pipe_names and not is_ours(nlp, name))
        ]

    def __call__(self, text: str, *, without: tuple[str, ...] = ()) -> Doc:
        """Analyse ``text`` in the sentences that we set."""
        return self._decide(set_sentences(self._nlp.tokenizer.base(text)), without)

    def decide_again(self, doc: Doc) -> None:
        """Replace what was decided about the tokens of ``doc`` but its 文節."""
        spaces = [bool(token.whitespace_) for token in doc]
        fresh = Doc(doc.vocab, words=[token.text for token in doc], spaces=spaces)
        fresh.from_array(_TOKENIZED, doc.to_array(_TOKENIZED))
        self._decide(fresh, (BUNSETU,))
        doc.from_array(_DECIDED, fresh.to_array(_DECIDED))
        doc.tensor = fresh.tensor

    def _decide(self, doc: Doc, without: tuple[str, ...]) -> Doc:
        for name in self._names:
            if name not in without:
                doc = self._nlp.get_pipe(name)(doc)
        return doc


def is_ours(nlp: Language, name: str) -> bool:
    factory: str = nlp.get_pipe_meta(name).factory
    return factory.startswith("seimeibun_")


class NearTieGuard:
    """Has GiNZA itself decide where the fast path came closer to a tie than rounding is sure of."""

    def __init__(self, stock: StockGinza) -> None:
        self._stock = stock
        self.decided_again = 0

    def __call__(self, doc: Doc) -> Doc:
        if margin_of(doc) < NEAR:
            self._stock.decide_again(doc)
            self.decided_again += 1
        doc.user_data.pop(MARGIN, None)
        return doc


@Language.factory("seimeibun_guard", requires=["doc.user_data"])
def make_guard(nlp: Language, name: str) -> Callable[[Doc], Doc]:  # noqa: ARG001
    return NearTieGuard(StockGinza(nlp))
