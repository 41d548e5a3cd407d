"""Names that a text defines for itself: 以下「対話」という, 政府開発援助(ODA), 「知的対話」(「東京対話」)."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from seimeibun.entities.compounds import run_start
from seimeibun.entities.mention import Mention, Rank
from seimeibun.entities.reading import JOINERS, QUOTES, Reading
from seimeibun.entities.vocabulary import heads_ending, office_pattern, words, works
from seimeibun.gazetteer import names

_LEAD = r"以下[、,]?(?:これら?(?:の[^「」()、。]{1,12})?を|右を|上記を)?(?:単に|総称して|併せて|それぞれ)?"
_SAYS = r"(?:という|とする|と称する|と称す|と呼ぶ|と略称する|と略す|と記す|と表記する)"
_DEFINITION = re.compile(
    rf"{_LEAD}[「『](?P<quoted>[^「」『』\n]{{1,40}})[」』](?:{_SAYS}|。?\))"
    rf"|(?<=\(){_LEAD}(?P<plain>[^「」『』()、。\n]{{1,20}}?)(?:{_SAYS})?。?(?=\))"
)
_ACRONYM = re.compile(
    r"(?:以下[、,]?)?(?P<alias>(?=[^)]*[A-Z])[A-Z0-9][A-Za-z0-9&+/.\-]{0,9}[A-Za-z0-9+])(?:(?:という|とする)。?|[:：、,].*)?"
)
_NO_ACRONYM = re.compile(
    r"(?:[IVX]+|[0-9]+|[A-Z]|(?:US|A|C|NZ)?\$.*|USD|JPY|EUR|[kMG]?W|[kMG]Wh|[cmk]m[23]?)"
)
_ONE_QUOTED = re.compile(r"[「『](?P<alias>[^「」『』]{2,30})[」』]")
_OTHER_NAME = re.compile(r"(?P<alias>[^「」『』()。、\n]{3,30})")
_COLLECTIVE = re.compile(r"^(?:各|両|三|四|五|六|全|諸|[0-9]+)")
_ENDS_IN_DIGIT = re.compile(r"[0-9年月日円号%]$")
_ASCII = re.compile(r"[A-Za-z0-9]")
_LISTED = re.compile(r"(?:及び|並びに|、|と)$")
_GROUPED = frozenset({"COUNTRY", "ORGANIZATION"})
_SHORT = 4  # a defined word with fewer signs may be the common noun again


@dataclass(frozen=True, slots=True)
class Alias:
    """A short form where it is defined, and what it stands for."""

    mention: Mention
    antecedents: tuple[Mention, ...]
    text: str
    explicit: bool  # by 以下, not by a mere parenthesis


def aliases(reading: Reading, known: Iterable[Mention]) -> list[Alias]:
    """Return the aliases in text order; antecedents that no rule found yet are made here."""
    by_end: dict[int, list[Mention]] = {}
    for mention in known:
        by_end.setdefault(mention.end, []).append(mention)
    found = [*_explicit(reading, by_end), *_parenthetical(reading, by_end)]
    unique: dict[tuple[str, str], Alias] = {}
    for alias in sorted(found, key=lambda alias: alias.mention.start):
        unique.setdefault((alias.text, alias.mention.label), alias)
    return list(unique.values())


def later_mentions(reading: Reading, defined: Iterable[Alias]) -> Iterator[Mention]:
    """Yield the other mentions of the aliases, in the meaning of their definition.

    両首脳 and 両大臣 name nobody: they say, as 双方 does, that those named before are meant.
    """
    for alias in defined:
        if alias.mention.label == "POSITION" and alias.text.startswith("両"):
            continue
        begin = 0 if _ASCII.match(alias.text) else alias.mention.end
        for match in re.finditer(re.escape(alias.text), reading.text):
            if match.start() < begin or match.start() == alias.mention.start:
                continue
            if _means_alias(reading, alias, match.start(), match.end()):
                yield Mention(
                    match.start(),
                    match.end(),
                    alias.mention.label,
                    "defined-term/later",
                    canonical=alias.mention.canonical,
                    entity_id=alias.mention.entity_id,
                    iso3=alias.mention.iso3,
                    rank=Rank.ALIAS,
                    alias=True,
                )


def _explicit(reading: Reading, by_end: dict[int, list[Mention]]) -> Iterator[Alias]:
    for match in _DEFINITION.finditer(reading.text):
        name = "quoted" if match["quoted"] else "plain"
        if match[name] in words("undefined") or (
            name == "plain" and re.search(r"同じ|略|の通り|省略", match[name])
        ):
            continue
        end = _end_of_antecedent(reading, match.start())
        if _COLLECTIVE.match(match[name]) or match[name] in words("collective-office"):
            antecedents = _members(reading, match[name], end, by_end)
        else:
            antecedents = _antecedent(reading, end, by_end, match[name])
        if antecedents and not _names_last_of_list(reading, match[name], antecedents[0]):
            yield _alias(reading, match.span(name), antecedents, explicit=True)
        elif antecedents and _ASCII.match(match[name]):
            yield _of_group(reading, match.span(name), _listed(reading, antecedents[0], by_end))


def _names_last_of_list(reading: Reading, alias: str, antecedent: Mention) -> bool:
    """Tell whether the alias is for a list of states, of which only the last was read (参加国, NB8)."""
    before = reading.text[max(0, antecedent.start - 3) : antecedent.start]
    # …及びアラブ首長国連邦(以下「ア首連」という。): the short form of the last alone
    own = alias[0] in reading.text[antecedent.start : antecedent.end]
    return antecedent.label == "COUNTRY" and not own and bool(_LISTED.search(before))


def _listed(
    reading: Reading, last: Mention, by_end: dict[int, list[Mention]]
) -> tuple[Mention, ...]:
    """Return the states and bodies of a list by its last; 並びに is a joint above 及び."""
    members, joints = [last], ""
    while joint := _LISTED.search(reading.text, max(0, members[0].start - 3), members[0].start):
        if joint.group() == "並びに" and "及び" in joints:
            break
        joints += joint.group()
        end = joint.start()
        opening = reading.partner.get(end - 1, end)  # 東南アジア諸国連合(ASEAN)|、
        before = [m for m in by_end.get(opening, ()) if m.label in _GROUPED]
        if not before:
            break
        members.insert(0, max(before, key=lambda mention: mention.end - mention.start))
    return tuple(members)


def _of_group(reading: Reading, span: tuple[int, int], members: tuple[Mention, ...]) -> Alias:
    """Make the short name of a group of states: チェコ、ハンガリー及びスロバキア(以下「C3」という。)."""
    alias = _alias(reading, span, members, explicit=True)
    known = [m for m in reading.literals_starting.get(span[0], ()) if m.end == span[1]]
    named = known[0] if known else None
    mention = replace(
        alias.mention,
        label=named.label if named else "ORGANIZATION",
        entity_id=named.entity_id if named else "",
        canonical=named.canonical if named else "",
    )
    return replace(alias, mention=mention)


def _end_of_antecedent(reading: Reading, start: int) -> int:
    """Return the end of what 以下 refers to: before its parenthesis, or before を."""
    while start and reading.text[start - 1] in "(、,を ":
        start -= 1
    opening = reading.partner.get(start - 1)
    if opening is not None and reading.text[opening] == "(":
        return opening  # …計画(第二期)(以下「計画」という。)
    return start


def _alias(
    reading: Reading, span: tuple[int, int], antecedents: tuple[Mention, ...], *, explicit: bool
) -> Alias:
    first = antecedents[0]
    texts = [reading.text[mention.start : mention.end] for mention in antecedents]
    canonical = "、".join(
        mention.canonical or text for mention, text in zip(antecedents, texts, strict=True)
    )
    mention = Mention(
        *span,
        first.label,
        "defined-term/explicit" if explicit else "defined-term/parenthesis",
        canonical=canonical,
        entity_id=first.entity_id if len(antecedents) == 1 else "",
        iso3=first.iso3 if len(antecedents) == 1 else "",
        rank=Rank.ALIAS,
        alias_of=tuple(mention.key for mention in antecedents),
        alias=True,
    )
    return Alias(mention, antecedents, reading.text[slice(*span)], explicit)


def _members(
    reading: Reading, alias: str, end: int, by_end: dict[int, list[Mention]]
) -> tuple[Mention, ...]:
    """Return the offices listed before 以下「各国外務大臣」という."""
    if not (office_pattern().search(alias) or alias.endswith(("首脳", "大臣", "閣僚"))):
        return ()
    first, _ = reading.analysis.sentence_of(end)
    listed = [
        mention
        for position in range(first, end + 1)
        for mention in by_end.get(position, ())
        if mention.label == "POSITION" and mention.start >= first
    ]
    return tuple(sorted(listed, key=lambda mention: mention.start))


def _antecedent(
    reading: Reading, end: int, by_end: dict[int, list[Mention]], alias: str
) -> tuple[Mention, ...]:
    """Return the name that ends at ``end`` (or before a closing quote there)."""
    inner = end - 1 if end and reading.text[end - 1] in "」』" else end
    candidates = [*by_end.get(end, ()), *by_end.get(inner, ())]
    meant = {name.entity_id for name in names().get(alias, ())}
    if known := [found for found in candidates if found.entity_id and found.entity_id in meant]:
        return (known[0],)  # ヘルムセン|国連世界食糧計画(WFP)
    compound = _compound(reading, end, alias)
    if candidates:
        longest = max(candidates, key=lambda mention: (mention.end - mention.start, mention.rank))
        covered = (
            compound is None or compound.start >= longest.start or longest.source == "gazetteer"
        )
        if covered or longest.rank > Rank.LITERAL:
            return (longest,)
    return (compound,) if compound else ()


def _compound(reading: Reading, end: int, alias: str) -> Mention | None:
    """Return the run of nouns before ``end`` as a name of the type that its head, or the alias, says."""
    last = reading.last_token.get(end)
    if last is None or not reading.is_noun[last] or _ENDS_IN_DIGIT.search(reading.text[:end]):
        return None
    first = run_start(reading, last)
    while first < last and reading.tokens[first].text in words("left"):
        first += 1
    start = reading.tokens[first].start
    name = reading.text[start:end]
    if end - start < 2 or reading.tokens[first].text in words("anaphor"):
        return None
    label = _label_of(name) or _label_of(alias) or ("CONCEPT" if _introduces(alias) else "")
    if not label or name == alias:
        return None
    return Mention(start, end, label, "defined-term/full-form", rank=Rank.QUOTED)


def _introduces(alias: str) -> bool:
    """Tell whether an acronym is defined: only such a one makes a concept of a common noun."""
    return not alias or bool(_ASCII.match(alias))


def _label_of(name: str) -> str:
    group = heads_ending(name)
    if group:
        return group[-1].label
    return "FACILITY" if name.endswith(works(shortest=2)) else ""


def _parenthetical(reading: Reading, by_end: dict[int, list[Mention]]) -> Iterator[Alias]:
    for opening, closing in sorted(reading.partner.items()):
        if reading.text[opening] != "(" or not 1 < closing - opening <= 60:
            continue
        inside = reading.text[opening + 1 : closing]
        if match := _ACRONYM.fullmatch(inside):
            alias = _of_acronym(reading, opening, match, by_end)
        elif match := _ONE_QUOTED.fullmatch(inside):
            alias = _of_other_name(reading, opening, match, by_end, quoted=True)
        elif match := _OTHER_NAME.fullmatch(inside):
            alias = _of_other_name(reading, opening, match, by_end, quoted=False)
        else:
            alias = None
        if alias:
            yield alias


def _of_acronym(
    reading: Reading, opening: int, match: re.Match[str], by_end: dict[int, list[Mention]]
) -> Alias | None:
    if _NO_ACRONYM.fullmatch(match["alias"]) or match["alias"] in words("undefined"):
        return None
    start, end = opening + 1 + match.start("alias"), opening + 1 + match.end("alias")
    antecedents = _antecedent(reading, opening, by_end, "")
    antecedents = tuple(_with_its_thing(reading, found, match["alias"]) for found in antecedents)
    if not antecedents or antecedents[0].label in {"PERSON", "POSITION", "CITY"}:
        return None
    known = next((m for m in reading.literals_starting.get(start, ()) if m.end == end), None)
    known = known or _known_around(reading, opening, end)
    first = antecedents[0]
    if first.label == "COUNTRY" and first.end - first.start == 1 and known:
        return None  # 日米豪印(QUAD): a name of its own, not the last of the states
    antecedents = (_with_owner(reading, antecedents[0], known), *antecedents[1:])
    if antecedents[0].label == "COUNTRY" and not (known and known.label == "COUNTRY"):
        before = reading.text[max(0, antecedents[0].start - 3) : antecedents[0].start]
        if _LISTED.search(before):
            return None  # 日本、豪州及び韓国(IP4): the acronym is for all of them
    made = antecedents[0].rule == "defined-term/full-form"
    if known and made and antecedents[0].label == "CONCEPT":
        first = antecedents[0]
        antecedents = (
            Mention(
                first.start,
                first.end,
                known.label,
                first.rule,
                known.canonical,
                known.entity_id,
                rank=first.rank,
            ),
        )
    return _alias(reading, (start, end), antecedents, explicit=False)


def _with_its_thing(reading: Reading, found: Mention, alias: str) -> Mention:
    """Take in what is done to, where the acronym has a letter more than acts: 炭素の|回収・貯留(CCS)."""
    if found.rule != "defined-term/full-form" or found.label != "CONCEPT":
        return found
    tokens = [reading.tokens[i] for i in reading.analysis.tokens_in(found.start, found.end)]
    acts = [token for token in tokens if token.text not in JOINERS]
    letters = sum(sign.isupper() for sign in alias)
    done = len(acts) > 1 and len(acts) < len(tokens) and letters > len(acts)
    if not done or any("サ変可能" not in token.tag for token in acts):
        return found
    thing = reading.last_token.get(found.start - 1)
    if reading.text[found.start - 1 : found.start] != "の" or thing is None:
        return found
    if not reading.is_noun[thing]:
        return found
    return found.with_span(reading.tokens[run_start(reading, thing)].start, found.end)


def _with_owner(reading: Reading, antecedent: Mention, known: Mention | None) -> Mention:
    """Take in the name that a made full form goes on from: |チェンマイ・イニシアティブの|マルチ化(CMIM)."""
    made = antecedent.rule == "defined-term/full-form"
    if not known or not made or not reading.text.endswith("の", 0, antecedent.start):
        return antecedent
    owners = [
        owner
        for owner in reading.literals_ending.get(antecedent.start - 1, ())
        if owner.label == known.label
    ]
    return antecedent.with_span(owners[0].start, antecedent.end) if owners else antecedent


def _known_around(reading: Reading, opening: int, end: int) -> Mention | None:
    """Return the known name that runs over the parenthesis: 地域的な包括的経済連携(RCEP)協定."""
    around = reading.literals_in(max(0, opening - 40), end + 40)
    return next((m for m in around if m.start < opening and m.end > end + 1), None)


def _of_other_name(
    reading: Reading,
    opening: int,
    match: re.Match[str],
    by_end: dict[int, list[Mention]],
    *,
    quoted: bool,
) -> Alias | None:
    """「知的対話」(「東京対話」): the parenthesis must name the same kind of thing."""
    start, end = opening + 1 + match.start("alias"), opening + 1 + match.end("alias")
    alias = match["alias"]
    label = next(
        (m.label for m in reading.literals_starting.get(start, ()) if m.end == end), ""
    ) or _label_of(alias)
    antecedents = _antecedent(reading, opening, by_end, alias if label else "")
    if not antecedents:
        return None
    same = antecedents[0].label == label or (quoted and antecedents[0].rule.startswith("quoted"))
    made = antecedents[0].rule == "defined-term/full-form"
    if not same or (made and not re.match(r"[A-Z]{2}", alias)):
        return None
    return _alias(reading, (start, end), antecedents, explicit=False)


def _means_alias(reading: Reading, alias: Alias, start: int, end: int) -> bool:
    """Tell whether the word is the defined name again, not the common noun."""
    text = reading.text
    if _ASCII.match(alias.text[0]) and _ASCII.match(text[start - 1 : start]):
        return False
    if _ASCII.match(alias.text[-1]) and _ASCII.match(text[end : end + 1]):
        return False
    if _ASCII.match(alias.text):
        return True
    if text[start - 1 : start] in QUOTES and reading.partner.get(start - 1) == end:
        return True
    first, last = reading.first_token.get(start), reading.last_token.get(end)
    if last is None and text[end : end + 1] == "側":
        last = reading.last_token.get(end + 1)  # 共同|体側
    if first is None or last is None or _runs_on(reading, first):
        return False
    if len(alias.text) >= _SHORT:
        return True
    return alias.explicit and _used_as_name(reading, alias, last)


def _runs_on(reading: Reading, first: int) -> bool:
    """Tell whether the word is the end of another compound (地域協力|対話, 同|対話)."""
    if first == 0 or reading.tokens[first - 1].end != reading.tokens[first].start:
        return False
    before = reading.tokens[first - 1]
    return (
        reading.is_noun[first - 1]
        or before.tag.startswith(("連体詞", "接頭辞"))
        or before.text in {"な", "的"}
    )


def _used_as_name(reading: Reading, alias: Alias, last: int) -> bool:
    following = last + 1
    if following >= len(reading.tokens):
        return alias.text not in words("common-again")
    token = reading.tokens[following]
    if reading.is_noun[following] and token.start == reading.tokens[last].end:
        return token.text in words("tail")
    if alias.mention.label in {"ORGANIZATION", "GOVERNMENT_BODY"}:
        return True
    return alias.text not in words("common-again") and token.text not in {"と", "や", "及び"}
