"""An act's head with its inflection, its place in the sentence and its multiword form."""

from dataclasses import dataclass

from seimeibun.agreements.inflection import Tail
from seimeibun.agreements.level import Position
from seimeibun.agreements.lexicon import Lexeme, TypingNoun


@dataclass(frozen=True, slots=True)
class Predicate:
    """An act's head, in token indices.

    ``start``–``end`` is the head, ``left`` the first word of its multiword form (謝意 of 謝意を表明).
    """

    lexeme: Lexeme
    start: int
    end: int
    left: int
    tail: Tail
    position: Position
    category: str
    lemma: str
    mwe: str = ""
    typed: TypingNoun | None = None
    arises: bool = False  # active in form, but its doer is a から-phrase: 要請があった
    absorbed: tuple[int, int] | None = None  # 用意がある of 用意があることを表明
    cut: int = 0  # code points of the last token that are ending, not stem: 述べ|る

    def shares_verb(self, other: "Predicate") -> bool:
        """Tell whether one verb carries both: 署名・交換を|行う."""
        return self.tail.end == other.tail.end and self.level == other.level

    @property
    def level(self) -> str:
        return self.position.level

    @property
    def passive(self) -> bool:
        return self.tail.passive
