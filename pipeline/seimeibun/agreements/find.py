"""Agreement acts: who does what with words."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from seimeibun.agreements import lexicon
from seimeibun.agreements.actor import AGENT, CARRY, NONE, SIGNATURE, Actor, is_several
from seimeibun.agreements.actors import assign_actors
from seimeibun.agreements.chains import demoted
from seimeibun.agreements.content import content_type
from seimeibun.agreements.context import Context
from seimeibun.agreements.heads import find_predicates
from seimeibun.agreements.level import EMBED, MAIN, NOMINAL
from seimeibun.agreements.main_clause import SHARED, SIGNED
from seimeibun.agreements.objects import NO_COMPLEMENT, Object, read_object
from seimeibun.agreements.paragraphs import carries_over
from seimeibun.agreements.predicates import Predicate
from seimeibun.agreements.resolution import CARRIED, Resolved, resolve, scope_of, thanked
from seimeibun.agreements.subjects import Subject, find_subjects
from seimeibun.agreements.words import Words
from seimeibun.analysis import Analysis
from seimeibun.found import Found
from seimeibun.width import fold_width


@dataclass(frozen=True, slots=True)
class _Act:
    predicate: Predicate
    actor: Actor
    object: Object
    chain: str


def find_acts(analysis: Analysis) -> list[Found]:
    """Return the acts of a text in text order; label and value are the category, facts the columns.

    Facts are strings under the column names of ``agreements.csv``; offsets are code points into
    ``analysis.text``.
    """
    if (folded := fold_width(analysis.text)) != analysis.text:
        analysis = replace(analysis, text=folded)
    context = Context(analysis)
    found: list[Found] = []
    for words, acts in _acts_by_sentence(context):
        for act in acts:
            found.append(_with_antecedent(_found(context, words, act), found))
    return found


POINTING = frozenset({"これ", "それ", "このこと", "これら"})


def _with_antecedent(act: Found, before: Sequence[Found]) -> Found:
    """これを支持した is about what the act before was about."""
    if before and act.facts["object_text"] in POINTING:
        facts = {**act.facts, "content_type": before[-1].facts["content_type"]}
        return replace(act, facts=facts)
    return act


def _acts_by_sentence(context: Context) -> Iterator[tuple[Words, list[_Act]]]:
    carried: Actor | None = None
    previous: tuple[int, int] | None = None
    for number, sentence in enumerate(context.analysis.sentences):
        if previous is None or not carries_over(context.analysis, previous, sentence):
            carried = None
        previous = sentence
        for words in context.words(sentence):
            subjects = find_subjects(words)
            predicates = demoted(words, find_predicates(words), subjects)
            actors, carried = assign_actors(words, predicates, subjects, carried)
            if predicates:
                yield words, list(_acts(words, number, predicates, actors, subjects))


def _acts(
    words: Words,
    number: int,
    predicates: Sequence[Predicate],
    actors: Sequence[Actor],
    subjects: Sequence[Subject],
) -> Iterator[_Act]:
    link, doer = -1, None
    for place, (predicate, actor) in enumerate(zip(predicates, actors, strict=True)):
        obj = read_object(words, predicate, predicates[:place], subjects, actor.start)
        if predicate.level == MAIN and (actor.start, actor.end) != doer:
            link, doer = link + 1, (actor.start, actor.end)
        doing = _signed(words, predicate, actor, obj)
        if _only_settles(predicate, predicates[:place]):
            continue
        settled = _settled_by(words, predicate, doing)
        chain = f"{number}{chr(ord('a') + max(link, 0) % 26)}" if predicate.level != EMBED else ""
        yield _Act(settled, doing, obj, chain)


def _only_settles(predicate: Predicate, earlier: Sequence[Predicate]) -> bool:
    """Tell whether こととした adds nothing to the act before it: 検討する|こととした."""
    return (
        predicate.lexeme.lemma == "こととする"
        and bool(earlier)
        and earlier[-1].tail.end == predicate.start
    )


def _settled_by(words: Words, predicate: Predicate, actor: Actor) -> Predicate:
    """〜することとした binds one who says it alone (COMMIT) and is agreed by several (AGREE)."""
    if predicate.lexeme.lemma != "こととする" or not actor.written:
        return predicate
    if actor.source == AGENT:
        return predicate  # 当局間で調整する|こととなった
    if is_several(words.text[actor.start : actor.end]):
        return predicate
    return replace(predicate, category="COMMIT")


def _signed(words: Words, predicate: Predicate, actor: Actor, obj: Object) -> Actor:
    """署名した without a doer in the main clause: those of the signature block.

    Not where it tells that something else was signed (航空協定が昨年署名された).
    """
    if predicate.lexeme.lemma not in SIGNED or predicate.level != MAIN or actor.source != NONE:
        return actor
    about = words.text[obj.start : obj.end] if obj.written else ""
    if predicate.passive and about and not about.startswith(("本", "この", "これ")):
        return actor
    return replace(actor, source=SIGNATURE)


def _found(context: Context, words: Words, act: _Act) -> Found:
    predicate = act.predicate
    start, end = (
        words.tokens[predicate.start].start,
        words.tokens[predicate.end - 1].end - predicate.cut,
    )
    return Found(
        start,
        end,
        predicate.category,
        predicate.category,
        predicate.lexeme.id,
        {
            **_type_facts(context, act),
            **_form_facts(predicate, words),
            **_actor_facts(context, act),
            **_object_facts(context, act),
            "chain_id": act.chain,
        },
    )


def _type_facts(context: Context, act: _Act) -> dict[str, str]:
    predicate, obj = act.predicate, act.object
    text = context.analysis.text[obj.start : obj.end] if obj.written else ""
    content = content_type(predicate, text, obj)
    category = lexicon.categories()[predicate.category]
    return {
        "lemma": predicate.lemma,
        "mwe": predicate.mwe,
        "category_ja": category["ja"],
        "content_type": content,
        "commitment_level": lexicon.level_of(predicate.category, content, predicate.lexeme.lemma),
        "cameo_root": category["cameo"],
        "plover": category["plover"],
    }


def _form_facts(predicate: Predicate, words: Words) -> dict[str, str]:
    return {
        "level": predicate.level,
        "polarity": "NEG" if predicate.tail.negative != predicate.lexeme.denied_form else "AFF",
        "form": predicate.position.form,
        "tense": _tense(predicate, words),
        "passive": "true" if predicate.passive else "false",
        "intensifier": _intensifier(predicate, words),
        "modality": predicate.tail.modal,
    }


def _tense(predicate: Predicate, words: Words) -> str:
    """PAST, PRES (main clause) or NONPAST (embedded); a linked clause has the tense of its sentence."""
    if predicate.tail.past:
        return "PAST"
    if predicate.level == EMBED:
        return "NONPAST"
    if predicate.position.form != "MAIN" or predicate.level == NOMINAL:
        closing = words.slice(max(words.first, words.last - 4), words.last)
        return "PAST" if "た。" in closing or closing.endswith("た") else "PRES"
    return "PRES"


def _intensifier(predicate: Predicate, words: Words) -> str:
    """Return the strengthening adverbs before the act (改めて, 高く), and 再 of 再確認."""
    known = lexicon.adverbials()
    found: list[str] = []
    for edge in {predicate.left, predicate.start}:
        before = words.skip_adverbs_left(edge)
        text = words.slice(before + 1, edge)
        found.extend(word for word, strong in known.items() if strong and word in text)
    if predicate.lemma.startswith("再") and predicate.lexeme.is_noun:
        found.append("再")
    return ";".join(dict.fromkeys(found))


def _actor_facts(context: Context, act: _Act) -> dict[str, str]:
    actor, parties, everyone = act.actor, context.analysis.parties, context.everyone
    if actor.written:
        resolved = resolve(context, actor.start, actor.end)
    elif actor.source == CARRY and act.predicate.lexeme.lemma in SHARED and len(parties) < 2:
        resolved = Resolved((), "UNKNOWN")  # nobody agrees with himself
    elif actor.source in {SIGNATURE, CARRY}:
        resolved = Resolved(everyone, scope_of(everyone, everyone), CARRIED)
    else:
        resolved = Resolved((), "UNKNOWN")
    unnamed = NONE if actor.source == CARRY else actor.source
    return {
        "actor_text": context.analysis.text[actor.start : actor.end] if actor.written else "",
        "actor_start": str(actor.start) if actor.written else "",
        "actor_end": str(actor.end) if actor.written else "",
        "actor_resolved": ";".join(resolved.states),
        "actor_scope": resolved.scope,
        "actor_source": actor.source if actor.written or resolved.states else unnamed,
        "actor_basis": _basis(actor, resolved),
    }


def _basis(actor: Actor, resolved: Resolved) -> str:
    """Return what the states were read from; an actor from another sentence is carried."""
    return CARRIED if actor.source == CARRY and resolved.states else resolved.basis


def _object_facts(context: Context, act: _Act) -> dict[str, str]:
    text, obj = context.analysis.text, act.object
    target, resolved = obj.target, Resolved((), "UNKNOWN")
    written = obj is not NO_COMPLEMENT and obj.written
    if target:
        resolved = resolve(context, *target)
    elif act.predicate.category == "THANK" and written:
        actors = resolve(context, act.actor.start, act.actor.end) if act.actor.written else resolved
        target, resolved = thanked(context, obj.start, obj.end, actors.states)
    return {
        "target_text": text[target[0] : target[1]] if target else "",
        "target_start": str(target[0]) if target else "",
        "target_end": str(target[1]) if target else "",
        "target_resolved": ";".join(resolved.states),
        "target_basis": resolved.basis,
        "object_text": text[obj.start : obj.end] if written else "",
        "object_start": str(obj.start) if written else "",
        "object_end": str(obj.end) if written else "",
        "complement_marker": obj.marker,
        "basis_text": obj.basis,
        "purpose_text": obj.purpose,
    }
