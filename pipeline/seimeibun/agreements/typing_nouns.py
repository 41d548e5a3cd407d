"""The content-noun rule: under a neutral verb the noun before it says what is done (意図を確認 = COMMIT)."""

from dataclasses import dataclass, replace

from seimeibun.agreements import lexicon
from seimeibun.agreements.clauses import closes_clause
from seimeibun.agreements.lexicon import Lexeme, TypingNoun
from seimeibun.agreements.phrases import asked_before, phrase_before
from seimeibun.agreements.words import JOINTS, Words

SENSE = frozenset(
    {"意", "念", "言葉", "気持ち", "意思", "立場", "姿勢", "考え"}
)  # 満足の意, 感謝の念
SHARED_VIEW = frozenset({"認識", "意見", "見解", "立場", "方針", "考え", "理解", "判断"})


@dataclass(frozen=True, slots=True)
class Typed:
    """What types a verb: the noun, the first token of the multiword form, the words it absorbs."""

    noun: TypingNoun | None
    left: int
    noun_speaks: bool = True
    absorbed: tuple[int, int] | None = None


def typed_by(words: Words, lexeme: Lexeme, start: int) -> Typed | None:
    """Return the typing noun of the verb that begins at ``start``."""
    if lexeme.lemma in {"一致", "合意"}:
        return _shared_view(words, start)
    if not (lexeme.neutral or lexeme.noun_only):
        return None
    particle = words.skip_adverbs_left(start)
    if particle < words.first or words.depth(particle):
        return None
    if words.surface(particle) == "に" and words.is_case(particle):
        # 謝意を日本政府に表明: the addressee stands between
        particle = _before_addressee(words, particle)
    if (asked := asked_before(words, particle)) is not None:
        particle = asked.start - 1  # 懸念を先方に対し|表明
    by = phrase_before(words, particle) if words.is_case(particle, "から", "より") else None
    if by is not None and words.is_case(by.start - 1, "が"):
        particle = by.start - 1  # 期待が|多くの閣僚から|示された
    if words.surface(particle) in {"を", "が", "も", "は", "で"} and words.is_case(particle):
        if lexeme.lemma == "確認" and words.surface(particle - 1) == "方針":
            return None  # what was decided before is confirmed
        if words.surface(particle - 1) in {"こと", "旨"}:
            return _typed_clause(words, lexeme, particle - 1, start)
        return _typed_noun(words, particle) or _declared_action(words, lexeme, particle, start)
    if words.is_case(particle, "の") and lexeme.neutral:
        spoken = _typed_noun(words, particle)  # 謝意の|表明があった
        return spoken if spoken and spoken.noun and spoken.noun.category else None
    if words.surface(particle) in {"旨", "と", "こと"}:
        return _typed_clause(words, lexeme, particle, start)
    return None


def _before_addressee(words: Words, particle: int) -> int:
    i = particle - 1
    while i > words.first and (words.is_noun(i) or words.surface(i) in {"の", "・"}):
        i -= 1
    return i if words.surface(i) == "を" else particle


def _typed_noun(words: Words, particle: int) -> Typed | None:
    last = particle - 1
    noun = _noun_ending(words, last)
    if words.surface(last) in SENSE and words.surface(last - 1) == "の":
        inner = _noun_ending(words, last - 2)
        if inner is not None or words.surface(last) in {"意", "念"}:
            left = _first_of_joined(words, inner[1] if inner else last - 2)
            return Typed(inner[0] if inner else None, left)
    if noun is not None:
        found, left = noun
        bare = found.noun in NEED_CLAUSE and not words.has_clause_before(left)
        if bare and words.is_noun(left - 1):
            return None  # 円借款の供与方針: a word of its own
        if found.noun in NEED_CLAUSE and _is_a_stand(words, left):
            found = replace(found, category="")  # 仲介を支持する|考えを述べる
        if bare or words.surface(left - 1) in {"その", "この"}:
            found = replace(
                found, category=""
            )  # 同じ考えを持つ, その意思を確認: nobody's own intent
        return Typed(found, _first_of_joined(words, left))
    return None


def _first_of_joined(words: Words, left: int) -> int:
    """Return the first of typing nouns that stand together: 懸念及び|遺憾の意."""
    if words.surface(left - 1) in JOINTS | {"や"} and (before := _noun_ending(words, left - 2)):
        return before[1]
    return left


NEED_CLAUSE = frozenset({"考え", "方針"})


def _is_a_stand(words: Words, noun: int) -> bool:
    """Tell whether what is thought is no action of one's own: 支持する|考え, 反対する|方針."""
    verb = noun - 1
    stem = verb - 1 if words.is_suru(verb) else verb
    act = lexicon.nouns().get(words.surface(stem))
    return act is not None and act.category in STANDS


STANDS = frozenset({"SUPPORT", "OBJECT", "WELCOME", "EVALUATE"})


def _noun_ending(words: Words, last: int) -> tuple[TypingNoun, int] | None:
    known = lexicon.typing_nouns()
    for length in (2, 1):
        first = last - length + 1
        noun = known.get(words.slice(first, last + 1)) if first >= words.first else None
        if noun is not None and words.depth(last) == 0:
            return noun, first
    return None


def _typed_clause(words: Words, lexeme: Lexeme, marker: int, start: int) -> Typed | None:
    """Read 用意がある|こと|を表明, 支援する意向である|旨|述べた, 努力する考え|と|述べた."""
    known = lexicon.typing_nouns()
    i = marker - 1
    while i > words.first and (
        words.tag(i).startswith("助動詞")
        or words.norm(i) in COPULAS
        or words.slice(i, i + 2) in {"ている", "ておる"}
        or (words.norm(i) == "居る" and words.surface(i - 1) == "て")
    ):
        i -= 1
    if words.surface(i) in {"が", "を", "は", "も"}:
        i -= 1
    noun = known.get(words.surface(i))
    held = i < marker - 1  # 用意が|ある, 懸念を|有する
    if held and lexeme.lemma == "確認" and _is_somebody_elses(words, i):
        return None
    if noun is not None and noun.category == "COMMIT" and (noun.copula or held):
        return Typed(noun, i, absorbed=(i, marker))
    if noun is not None and noun.category and held and words.surface(i + 1) in {"を", "が"}:
        return Typed(noun, i, absorbed=(i, marker))
    if lexeme.lemma in DECLARING and _is_own_future(words, marker):
        return Typed(COURSE, start, noun_speaks=False)
    return None


def _is_somebody_elses(words: Words, noun: int) -> bool:
    """Tell whether another than the topic has the intent: 双方は、|丙国が拠出する|意向を有していることを確認."""
    verbs = 0
    for i in range(noun - 1, words.first, -1):
        if words.depth(i):
            continue
        if words.is_case(i, "は"):
            return False
        if words.is_case(i, "が") and words.tag(i).startswith("助詞-格助詞"):
            holder = phrase_before(words, i)
            has_topic = any(words.is_case(j, "は") for j in range(words.first + 1, i))
            if holder is None or not has_topic or verbs > 1:
                return False
            # 双方は、両国が協力する意思を有することを確認: they are the topic again
            named = words.slice(holder.start, holder.end)
            return lexicon.actor_aliases().get(named) not in {"parties", "participants"}
        verbs += closes_clause(words, i, i + 1)
    return False


def _declared_action(words: Words, lexeme: Lexeme, particle: int, start: int) -> Typed | None:
    """Read 支援の継続を表明: what is declared is an action of one's own."""
    last = particle - 1
    if lexeme.lemma not in DECLARING or not words.tag(last).endswith("サ変可能"):
        return None
    if words.surface(last) in SHARED_VIEW or words.surface(particle) not in {"を", "が"}:
        return None
    return Typed(COURSE, start, noun_speaks=False)


COPULAS = frozenset({"有る", "有する", "持つ", "為る"})
DECLARING = frozenset({"表明"})
WISH = TypingNoun("typing/wish", "たい", "COMMIT", "INTENT", copula=False)  # 進めたいと考える
COURSE = TypingNoun("typing/course", "ていく", "COMMIT", "INTENT", copula=False)


def _is_own_future(words: Words, marker: int) -> bool:
    """Tell whether what is declared is to be done by the speaker: 受け入れることを表明, 続けていく旨表明."""
    verb = words.tokens[marker - 1]
    if not verb.tag.startswith("動詞") or "連体形" not in verb.inflection:
        return False
    if words.surface(marker) == "と" or verb.norm in STATIVE:
        return False
    noun = words.surface(marker - 2)
    act = lexicon.verbs().get(verb.norm)
    return noun not in lexicon.nouns() and (act is None or bool(act.requires))


STATIVE = frozenset({"有る", "居る", "出来る", "成る", "有する"})


def _shared_view(words: Words, start: int) -> Typed | None:
    """Read 認識で一致, 意見が一致, 意見の一致, 見解の一致."""
    particle = words.skip_adverbs_left(start)
    if words.surface(particle) not in {"で", "が", "の", "は", "も"}:
        return None
    noun = words.surface(particle - 1)
    if noun not in SHARED_VIEW:
        return None
    typing = lexicon.typing_nouns().get(noun)
    # 方針で一致 is agreement, whatever 方針 says under a neutral verb
    return Typed(typing and replace(typing, category=""), particle - 1)
