"""The agreement lexicon: rule files read into frozen objects, each once."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from seimeibun.rules import read_rules, read_table

LEMMAS = "agreement_lemmas.jsonl"
FLAGS = (
    "neutral",
    "noun_only",
    "weak",
    "agent_only",
    "clause_only",
    "main_only",
    "reported_only",
    "passive_only",
    "denied_form",
    "light_only",
    "negated_only",
    "takes_ni",
)
LEMMA_KEYS = (
    "id",
    "lemma",
    "norms",
    "kind",
    "category",
    "phrase",
    "light",
    "not_after",
    "not_before",
    "requires",
    *FLAGS,
    "negated_category",
    "examples",
    "not_examples",
)
KINDS = ("noun", "verb", "copula")
LEMMA_REQUIRED = ("id", "lemma", "kind", "category", "examples")


@dataclass(frozen=True, slots=True)
class Lexeme:
    """A word that does something by being said; the flags are explained in the rule file."""

    id: str
    lemma: str
    is_noun: bool
    category: str
    light: frozenset[str] = frozenset()
    not_after: frozenset[str] = frozenset()
    not_before: frozenset[str] = frozenset()
    requires: tuple[str, ...] = ()
    phrase: tuple[str, ...] = ()
    neutral: bool = False
    noun_only: bool = False
    weak: bool = False
    agent_only: bool = False
    clause_only: bool = False
    main_only: bool = False
    reported_only: bool = False
    passive_only: bool = False
    denied_form: bool = False
    light_only: bool = False
    negated_only: bool = False
    takes_ni: bool = False
    copula: bool = False  # 遺憾|である: what is said with the verb to be
    negated_category: str = ""  # of the act where it is denied: 併合を認めない


@dataclass(frozen=True, slots=True)
class TypingNoun:
    """A noun that says what kind of act a neutral verb performs (意図を確認)."""

    id: str
    noun: str
    category: str  # "" keeps the verb's own
    content: str
    copula: bool


@dataclass(frozen=True, slots=True)
class LightVerb:
    """A verb that carries a verbal noun (意見交換を行う)."""

    id: str
    particles: frozenset[str]
    verbs: frozenset[str]
    arises: bool  # the noun is its subject though it is active: 要請があった


@cache
def lexemes() -> tuple[tuple[Lexeme, tuple[str, ...]], ...]:
    """Return every lexeme with the normal forms under which it is looked up."""
    found = []
    for rule in read_rules(LEMMAS, LEMMA_KEYS, LEMMA_REQUIRED):
        if rule["kind"] not in KINDS:
            message = (
                f"{LEMMAS}: {rule['id']} is of kind {rule['kind']!r}; a lexeme is one of {KINDS}"
            )
            raise ValueError(message)
        lexeme = Lexeme(
            id=rule["id"],
            lemma=rule["lemma"],
            is_noun=rule["kind"] == "noun",
            category=rule["category"],
            light=frozenset(rule.get("light", ())),
            not_after=frozenset(rule.get("not_after", ())),
            not_before=frozenset(rule.get("not_before", ())),
            requires=tuple(filter(None, rule.get("requires", "").split("|"))),
            phrase=tuple(rule.get("phrase", ())),
            copula=rule["kind"] == "copula",
            negated_category=rule.get("negated_category", ""),
            **{flag: bool(rule.get(flag, False)) for flag in FLAGS},
        )
        found.append((lexeme, tuple(rule.get("norms", (rule["lemma"],)))))
    return tuple(found)


@cache
def nouns() -> dict[str, Lexeme]:
    """Return verbal nouns by surface (一致, 意見交換)."""
    return {
        norm: lexeme
        for lexeme, norms in lexemes()
        if lexeme.is_noun and not lexeme.phrase
        for norm in norms
    }


@cache
def initials_of_nouns() -> frozenset[str]:
    """Return the first signs of verbal nouns: most words can be passed over for theirs."""
    return frozenset(noun[0] for noun in nouns())


@cache
def verbs() -> dict[str, Lexeme]:
    """Return verbs by Sudachi's normal form or lemma (述べる)."""
    return {
        norm: lexeme
        for lexeme, norms in lexemes()
        if not lexeme.is_noun and not lexeme.phrase and not lexeme.copula
        for norm in norms
    }


@cache
def copulas() -> dict[str, Lexeme]:
    """Return what is an act with the verb to be, by surface (遺憾|である)."""
    return {norm: lexeme for lexeme, norms in lexemes() if lexeme.copula for norm in norms}


@cache
def phrases() -> dict[str, tuple[Lexeme, ...]]:
    """Return acts of fixed words by their last word (新たに|する, 意見を|交換)."""
    by_last: dict[str, list[Lexeme]] = {}
    for lexeme, _ in lexemes():
        if lexeme.phrase:
            by_last.setdefault(lexeme.phrase[-1], []).append(lexeme)
    return {last: tuple(found) for last, found in by_last.items()}


@cache
def typing_nouns() -> dict[str, TypingNoun]:
    columns = ("id", "noun", "category", "content", "copula", "example")
    return {
        row["noun"]: TypingNoun(
            row["id"], row["noun"], row["category"], row["content"], row["copula"] == "yes"
        )
        for row in read_table("typing_nouns.tsv", columns)
    }


@cache
def light_verbs() -> dict[str, tuple[LightVerb, ...]]:
    """Return light verbs by the group that a lexeme names."""
    columns = ("id", "group", "particles", "verbs", "passive", "example")
    groups: dict[str, list[LightVerb]] = {}
    for row in read_table("agreement_light_verbs.tsv", columns):
        light = LightVerb(
            row["id"],
            frozenset(row["particles"].split("|")),
            frozenset(row["verbs"].split("|")),
            row["passive"] == "arise",
        )
        groups.setdefault(row["group"], []).append(light)
    return {group: tuple(found) for group, found in groups.items()}


@cache
def compound_particles() -> dict[str, tuple[tuple[tuple[str, ...], str], ...]]:
    """Return particles of several words by their last word, those of most words first (に|つい|て)."""
    by_last: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    for row in read_table("compound_particles.tsv", ("words", "particle")):
        parts = tuple(row["words"].split("|"))
        by_last.setdefault(parts[-1], []).append((parts, row["particle"]))
    return {
        last: tuple(sorted(found, key=lambda particle: len(particle[0]), reverse=True))
        for last, found in by_last.items()
    }


@cache
def categories() -> dict[str, dict[str, str]]:
    columns = ("category", "ja", "cameo", "plover")
    return {row["category"]: row for row in read_table("agreement_categories.tsv", columns)}


@cache
def commitment_levels() -> tuple[tuple[str, str, frozenset[str], str], ...]:
    columns = ("category", "content", "lemma", "level", "reason")
    return tuple(
        (row["category"], row["content"], frozenset(row["lemma"].split("|")), row["level"])
        for row in read_table("commitment_levels.tsv", columns)
    )


@cache
def connectives() -> dict[str, bool]:
    """Return what opens a clause and belongs to no actor and no object, longest first.

    The value tells whether it does so without a comma too.
    """
    rows = read_table("connectives.tsv", ("kind", "text"))
    kinds = {row["text"]: row["kind"] == "bare" for row in rows}
    return {text: kinds[text] for text in sorted(kinds, key=len, reverse=True)}


@cache
def actor_nouns() -> dict[str, tuple[str, frozenset[str]]]:
    """Return the ends of actor nouns: kind, and what before them makes them something else."""
    rows = read_table("actor_nouns.tsv", ("noun", "kind", "not_after"))
    return {row["noun"]: (row["kind"], _parts(row["not_after"])) for row in rows}


@cache
def actor_aliases() -> dict[str, str]:
    rows = read_table("actor_aliases.tsv", ("alias", "meaning", "example"))
    return {row["alias"]: row["meaning"] for row in rows}


@cache
def state_groups() -> dict[str, tuple[str, ...]]:
    rows = read_table("state_groups.tsv", ("name", "aliases", "members"))
    return {
        name: tuple(row["members"].split("|"))
        for row in rows
        for name in (row["name"], *_parts(row["aliases"]))
    }


def _parts(cell: str) -> frozenset[str]:
    return frozenset(filter(None, cell.split("|")))


def level_of(category: str, content: str, lemma: str) -> str:
    """Return the ordinal commitment level ("0"–"5") of an act.

    >>> level_of("AGREE", "PROSPECTIVE", "一致"), level_of("WELCOME", "ENTITY", "歓迎")
    ('4', '0')
    """
    for row_category, row_content, lemmas, level in commitment_levels():
        if (
            row_category in {category, "*"}
            and row_content in {content, "*"}
            and (lemma in lemmas or "*" in lemmas)
        ):
            return level
    return ""


def longest_end(text: str, endings: Iterable[str]) -> str:
    """Return the longest of ``endings`` with which ``text`` ends, "" where none does."""
    return max((e for e in endings if text.endswith(e)), key=len, default="")


@cache
def adverbials() -> dict[str, bool]:
    """Return adverbs between complement and act; whether they count as intensifiers."""
    rows = read_table("intensifiers.tsv", ("text", "strength"))
    return {row["text"]: row["strength"] == "yes" for row in rows}


@cache
def attributes() -> frozenset[str]:
    """Return attributes of several tokens before the noun of an act: 心からの|謝意, 一貫した|支持."""
    return frozenset(row["text"] for row in read_table("attributes.tsv", ("text",)))


@cache
def adjuncts() -> dict[str, str]:
    rows = read_table("adjuncts.tsv", ("ending", "kind", "example"))
    return {row["ending"]: row["kind"] for row in rows}
