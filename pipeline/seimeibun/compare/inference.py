"""How far a comparison reaches: what is only described, what holds within the documents, what between them.

One document against one says something about these two documents. To say something about their years
takes several documents a year, and tests that take the document, not the word, as the unit of sampling.
"""

from dataclasses import dataclass
from math import comb

DESCRIPTIVE, WITHIN, DOCUMENT = "descriptive", "within_document", "document"
LEVELS_JA = {DESCRIPTIVE: "記述のみ", WITHIN: "文書内", DOCUMENT: "文書間"}
MIN_DOCS = (
    4  # with 4 against 4 the smallest two-sided exact p is 2/70 = .0286; with 3 against 3 it is .1
)
MIN_DOCS_BOOTSTRAP = 5
MIN_PARAGRAPHS = 5
MIN_YEARS = 5
MIN_GROUPS_MAP = 3


@dataclass(frozen=True)
class Gate:
    """What the numbers of documents and paragraphs allow for target and reference."""

    docs: tuple[int, int]
    paragraphs: tuple[int, int]

    @property
    def between_documents(self) -> bool:
        return min(self.docs) >= MIN_DOCS

    @property
    def bootstrap_documents(self) -> bool:
        return min(self.docs) >= MIN_DOCS_BOOTSTRAP

    @property
    def within_documents(self) -> bool:
        return min(self.paragraphs) >= MIN_PARAGRAPHS

    @property
    def level(self) -> str:
        """Return the level of inference of a row that is tested."""
        if self.between_documents:
            return DOCUMENT
        return WITHIN if self.within_documents else DESCRIPTIVE

    @property
    def reason(self) -> str:
        """Say why a test between documents is not made, "" if it is."""
        if self.between_documents:
            return ""
        return f"{self.docs[0]} and {self.docs[1]} documents: p_doc and tdk need {MIN_DOCS} in each group"

    @property
    def banner_ja(self) -> str:
        if max(self.docs) < 2:
            return "各群1文書：記述統計のみ。文書の違いであって、年や相手国の一般的傾向とは言えません。"
        if not self.between_documents:
            return (
                f"文書数は{self.docs[0]}件と{self.docs[1]}件：文書間の検定(各群{MIN_DOCS}件以上)は"
                "行いません。区間とp値は文書の中でのばらつきだけを表します。"
            )
        return ""

    @property
    def banner_en(self) -> str:
        if max(self.docs) < 2:
            return (
                "One document in each group: descriptive statistics only. "
                "Differences are those of two documents, not of their years or partners."
            )
        if not self.between_documents:
            return (
                f"{self.docs[0]} and {self.docs[1]} documents: no tests between documents (they need "
                f"{MIN_DOCS} in each group). Intervals and p show the variation within documents only."
            )
        return ""


def smallest_p(docs: int) -> float:
    """Return the smallest two-sided exact permutation p of ``docs`` against ``docs`` documents.

    >>> [round(smallest_p(k), 4) for k in (2, 3, 4, 5)]
    [0.3333, 0.1, 0.0286, 0.0079]
    """
    return 2 / comb(2 * docs, docs)
