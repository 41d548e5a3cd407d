"""From the actor as written to states: 双方, 日本側, 中央アジア諸国の外務大臣, 大統領 → ISO 3166-1 alpha-3."""

import re
from dataclasses import dataclass

from seimeibun.agreements import lexicon
from seimeibun.agreements.context import (
    UNNAMED_STATES,
    Context,
    names_in_full,
    title_of_person,
)
from seimeibun.agreements.phrases import WE
from seimeibun.expressions.numerals import parse_numeral
from seimeibun.offices import own_offices

NAMED, PERSON, OFFICE, ALIAS = "named", "person", "office", "alias"
PARTIES, GROUP, CARRIED, INFERRED = "parties", "group", "carried", "inferred"
BASES = (NAMED, PERSON, OFFICE, ALIAS, PARTIES, GROUP, CARRIED, INFERRED)

EXCEPT = re.compile(r"以外の|を除く|除き|のぞく")
PLURAL_OFFICE = re.compile(r"(?:ら|たち|達|等)$")


@dataclass(frozen=True, slots=True)
class Read:
    """States, and what they were read from: one of ``BASES``, "" where there are none."""

    states: tuple[str, ...] = ()
    basis: str = ""

    def __bool__(self) -> bool:
        return bool(self.states)


NOTHING = Read()


@dataclass(frozen=True, slots=True)
class Resolved:
    states: tuple[str, ...]
    scope: str  # ALL_PARTIES SUBSET SINGLE THIRD UNKNOWN
    basis: str = ""


def resolve(context: Context, start: int, end: int) -> Resolved:
    """Resolve the actor written between two code points of the analysed text."""
    if among := AMONG.search(context.analysis.text, start, end):
        start = among.end()  # 加盟国のうち|甲国及び乙国
    if SOME.match(context.analysis.text, start, end):
        return Resolved((), "SUBSET")
    read = _of_the_parts(context, start, end) or _states(context, start, end)
    if read and _misses_holder(context, start, end):
        read = _with_the_last(read, context.analysis.parties)
    if read.basis in {NAMED, PERSON, GROUP} and _is_half_known(context, start, end):
        read = NOTHING
    if not read and WE_ARE.match(context.analysis.text, start, end):
        read = Read(context.ourselves, ALIAS) if context.ourselves else NOTHING
    states = tuple(dict.fromkeys(read.states))
    return Resolved(states, scope_of(states, context.everyone), read.basis)


# 我々、東南アジア諸国連合(ASEAN)、中国及び日本の大臣: those of a body are no party by name
WE_ARE = re.compile(rf"(?:{'|'.join(sorted(WE))})[、，]")
AMONG = re.compile(r"の(?:うち|中で)[、，]?(?=.)")
# some of those who took part: who, is not said
SOME = re.compile(
    r"(?:一部|多く|大多数|大半|過半数|ほとんど|幾つか|いくつか|複数|多数|若干|数多く|幾人か|何人か|何名か|何か国か|少数)の?"
    r"|数(?:名|人|者|[かカヵヶ箇]国)の?|(?:ある|或る)(?=[一-龥ァ-ヺ])"
)


BODIES_JOINED = re.compile(r"[、，]|及び|および|並びに|ならびに|と")


def _is_half_known(context: Context, start: int, end: int) -> bool:
    """Tell whether bodies act together, and the state of one is not known: 宇宙航空研究開発機構とUAE宇宙庁."""
    edges = [
        edge.span()
        for edge in BODIES_JOINED.finditer(context.analysis.text, start, end)
        if not context.is_inside_body(*edge.span())
    ]
    begins = [start, *(after for _, after in edges)]
    ends = [*(before for before, _ in edges), end]
    parts = list(zip(begins, ends, strict=True))
    return (
        len(parts) > 1
        and all(context.is_body(*part) for part in parts)
        and not all(_states(context, *part) for part in parts)
    )


def scope_of(states: tuple[str, ...], parties: tuple[str, ...]) -> str:
    """Tell how the actors stand to the parties of the document.

    >>> scope_of(("JPN",), ("JPN", "KGZ")), scope_of(("JPN", "KGZ"), ("KGZ", "JPN"))
    ('SINGLE', 'ALL_PARTIES')
    """
    if not states:
        return "UNKNOWN"
    if parties and len(parties) > 1 and set(states) == set(parties):
        return "ALL_PARTIES"
    if parties and not set(states) & set(parties):
        return "THIRD"
    if len(set(states)) == 1:
        return "SINGLE"
    return "SUBSET" if parties else "UNKNOWN"


AND = re.compile(
    r"(?:及び|および|並びに|ならびに|と(?=[^。]*(?:大臣|相|大統領|総理|長|官|使|代表|側|王|脳)))"
)


def _of_the_parts(context: Context, start: int, end: int) -> Read:
    """Resolve the two of a pair one by one; one without a state is of the party that is left.

    有馬外務大臣とコヴァチ・スロベニア共和国外務大臣: the first is Japan's, in a statement of the two.
    """
    text, parties = context.analysis.text[start:end], context.analysis.parties
    cut = AND.search(text)
    if cut is None or len(parties) != 2:
        return NOTHING
    first = _states(context, start, start + cut.start())
    second = _states(context, start + cut.end(), end)
    if first and second:
        return Read(first.states + second.states, _weaker(first.basis, second.basis))
    if bool(first) == bool(second) or len(first.states + second.states) != 1:
        return NOTHING
    missing = text[: cut.start()] if not first else text[cut.end() :]
    if not title_of_person().search(missing):
        return NOTHING
    left = tuple(state for state in parties if state not in first.states + second.states)
    states = left + second.states if not first else first.states + left
    return Read(states, INFERRED)


LISTED = re.compile(r"[、，]|及び|および|並びに|ならびに|(?<=[臣相領理長使官脳])と")
COLLECTIVE = re.compile(
    r"[両各双]|[0-9二三四五六七八九十]+(?:[かカヵヶ箇]?国|大臣|首脳)|諸国|参加|加盟|代表"
)


def _misses_holder(context: Context, start: int, end: int) -> bool:
    """Tell whether some office-holder of a list is of no known state: ミラー長官及び|ハーディ副首相."""
    text = context.analysis.text[start:end]
    edges = [(match.start(), match.end()) for match in LISTED.finditer(text)]
    if not edges:
        return False
    begins = [0, *(after for _, after in edges)]
    ends = [*(before for before, _ in edges), len(text)]
    parts = [(begin, stop) for begin, stop in zip(begins, ends, strict=True) if begin < stop]
    return any(
        title_of_person().search(text, begin, stop)
        and not COLLECTIVE.search(text, begin, stop)
        and "の" not in text[begin:stop]
        and not _states(context, start + begin, start + stop)
        for begin, stop in parts
    )


def _with_the_last(read: Read, parties: tuple[str, ...]) -> Read:
    """Give the holder without a state the only party that is left; without one, nobody is resolved."""
    left = [state for state in parties if state not in read.states]
    return Read((*read.states, left[0]), INFERRED) if len(left) == 1 else NOTHING


def _weaker(first: str, second: str) -> str:
    """Return the basis that says less."""
    return max(first, second, key=BASES.index)


def _states(context: Context, start: int, end: int) -> Read:
    text = context.analysis.text[start:end]
    parties = context.analysis.parties
    named = context.countries_in(start, end)
    if text.startswith("先方") and not named:
        return _other(parties)
    if EXCEPT.search(text):
        if not set(named) & set(parties):
            return NOTHING  # 丙国を除く全ての参加国, of a body that 丙国 sits in
        return Read(tuple(state for state in parties if state not in named), PARTIES)
    bare = _bare(text)
    if (
        not named
        and (excepted := _excepted_before(context, start))
        and set(excepted) <= set(parties)
    ):
        return Read(tuple(state for state in parties if state not in excepted), PARTIES)
    if OTHERS.match(bare) and parties and not _group_members(context, start, end):
        # 日本及びチリは合意し、|残る参加国は
        return Read(_the_others(context, start, parties), PARTIES)
    if not named and (bare in context.terms or _alias_meaning(bare, len(parties))):
        return _by_word(context, start, text, bare)
    if by_name := _named(context, start, end, named):
        return by_name
    if bare.startswith(("我が方", "わが方")):
        return _speaker("我が方", parties)
    if same := _same(context, start, bare):
        return same
    return _by_word(context, start, text, bare)


# 甲国を除き、|参加国は: who is left out stands before
EXCEPTED = re.compile(r"[^、，。は]{2,30}を(?:除き|除いて|除いては)[、，]?$")


def _excepted_before(context: Context, start: int) -> list[str]:
    """Return the states that are left out just before the phrase."""
    begin, _ = context.analysis.sentence_of(start)
    text = context.analysis.text[begin:start]
    match = EXCEPTED.search(text)
    return context.countries_in(begin + match.start(), start) if match else []


def _named(context: Context, start: int, end: int, named: list[str]) -> Read:
    """Resolve by what stands in the phrase: states, persons of known states, groups."""
    text = context.analysis.text[start:end]
    bearers = context.bearers_in(start, end)
    theirs = [entity.facts["iso3"] for entity in bearers]
    named = list(dict.fromkeys([*named, *context.states_of_bodies(start, end)]))
    groups = _group_members(context, start, end)
    states = tuple(dict.fromkeys([*named, *groups, *theirs]))
    if groups:
        return Read(states, GROUP)
    if _leaves_open(context, start, end):
        return NOTHING
    if set(theirs) <= set(named):
        return Read(states, NAMED) if states else NOTHING
    known = context.states_of_names
    told = all(state != "JPN" for state in theirs) or any(names_in_full(n, text) for n in known)
    return Read(states, PERSON if told else INFERRED)


def _leaves_open(context: Context, start: int, end: int) -> bool:
    """Tell whether a list has states that it does not name: 日本及び|アフリカ各国の首脳."""
    edges = list(LISTED.finditer(context.analysis.text, start, end))
    begins = [start, *(match.end() for match in edges)]
    ends = [*(match.start() for match in edges), end]
    return len(begins) > 1 and any(
        UNNAMED_STATES.search(context.analysis.text, begin, stop)
        and not context.countries_in(begin, stop)
        for begin, stop in zip(begins, ends, strict=True)
    )


# 我々|四か国外相は, われわれ|首脳は: who we are follows without a comma
WE_WHO = re.compile(rf"(?P<we>{'|'.join(sorted(WE))})(?P<who>[^のら].+)")


def _apposed(context: Context, bare: str) -> str:
    """Return 我々 or the defined term beside it, whichever says who speaks; ``bare`` where neither does."""
    match = WE_WHO.fullmatch(bare)
    if match is None:
        return bare
    who = match["who"]
    if who in context.terms:
        return who
    counted = COUNTED.fullmatch(who)
    if counted and not any(
        _fits(counted, len(states)) for states in (context.analysis.parties, context.ourselves)
    ):
        return bare  # 我々七か国 of a statement by two
    group = lexicon.longest_end(who, lexicon.actor_nouns()) or who in lexicon.actor_aliases()
    return match["we"] if group else bare


def _by_word(context: Context, start: int, text: str, bare: str) -> Read:
    """Resolve words that name no state: 双方, 参加国, 我々, 我が国, 前者, 外相ら, 大統領."""
    bare = _apposed(context, bare)
    parties = context.analysis.parties
    meaning = _alias_meaning(bare, len(parties))
    term = context.terms.get(bare) or context.terms.get(text)
    if meaning in {"participants", "parties"} and len(context.everyone) > len(parties):
        return Read(context.sides if meaning == "parties" else context.everyone, GROUP)
    if meaning == "participants" and not _are_all(context, bare):
        return Read(term, ALIAS) if term and len(term) > 2 else NOTHING
    if bare in WE and len(context.ourselves) > 1:
        return Read(context.ourselves, ALIAS)
    if bare in WE and not term and context.is_by_chairs:
        return Read(context.ourselves, ALIAS) if context.ourselves else NOTHING
    if parties == ("JPN",) and bare in PAIRED and (pair := context.pair_of_title):
        return Read(pair, INFERRED)  # Japan speaks of two others
    if meaning == "parties" and len(parties) == 1 and context.analysis.organizations:
        return Read(parties, PARTIES)  # of Japan and the EU only one has a code
    if meaning == "parties" and len(parties) == 1:
        alone = bare in WE and parties == ("JPN",)  # not of a meeting whose host alone is known
        return Read(parties, INFERRED) if alone else NOTHING
    if bare in BOTH and (addressed := context.addressed_before(start)) is not None:
        return Read(addressed, INFERRED) if len(addressed) == 2 else NOTHING
    if len(parties) > 2 and bare in PAIRED and (pair := context.pair_before(start)):
        return Read(pair, INFERRED)
    if meaning in {"parties", "participants"} and parties:
        return Read(parties, ALIAS if term else PARTIES)
    if term:
        return Read(term, ALIAS)
    if bare in WE:
        return Read(context.ourselves, ALIAS) if context.ourselves else NOTHING
    if meaning == "speaker":
        return _speaker(bare, parties)
    if meaning == "other":
        return _other(parties)
    if meaning in {"former", "latter"}:
        return _of_the_two(context, start, meaning)
    if bare in {"議長", "議長国"} and context.chair:
        return Read(context.chair, OFFICE)
    if meaning == "several" and PLURAL_OFFICE.search(text):
        return Read(parties, PARTIES) if parties else NOTHING
    holder = _by_person_or_office(context, text)
    if meaning == "several" and not holder and len(parties) > 2:
        return Read(parties, PARTIES)
    return holder


BOTH = frozenset({"双方", "両者", "両当事者", "両派", "両勢力"})
PAIRED = frozenset({"両国", "両国政府", "両者", "両政府", "両国首脳", "両大臣", "両外相"})


def _are_all(context: Context, bare: str) -> bool:
    """Tell whether the parties known are all who took part: not in a summary by one or two chairs.

    加盟国 and 締約国 in a statement by two are those of some body or treaty.
    """
    two = context.is_between_two and not OF_A_BODY.search(bare)
    several = len(context.analysis.parties) > 2 or two
    return several and not context.has_more_participants


OF_A_BODY = re.compile(r"加盟|締約")


def _other(parties: tuple[str, ...]) -> Read:
    others = tuple(state for state in parties if state != "JPN")
    return Read(others, INFERRED) if "JPN" in parties and others else NOTHING


OTHERS = re.compile(r"(?:その)?他の|残る")


def _the_others(context: Context, start: int, parties: tuple[str, ...]) -> tuple[str, ...]:
    """Return the parties that the sentence has not named before: 他の三大臣."""
    begin, _ = context.analysis.sentence_of(start)
    named = context.countries_in(begin, start)
    return tuple(state for state in parties if state not in named) if named else ()


SAME_STATE = re.compile(r"同国(?:政府|側|代表|外相|首相)?$")
REACH = 400  # code points back to the minister that 同大臣 is


def _same(context: Context, start: int, bare: str) -> Read:
    """Resolve 同国, 同大臣, 同大統領 by the state or the holder of that office named last."""
    if not bare.startswith("同"):
        return NOTHING
    if SAME_STATE.match(bare):
        state = context.country_before(start)
        return Read((state,), INFERRED) if state else NOTHING
    office = bare[1:]
    if not office or title_of_person().sub("", office):
        return NOTHING
    begin = max(0, start - REACH)
    holder = None
    for match in re.finditer(HELD + re.escape(office), context.analysis.text[begin:start]):
        if not match["name"].endswith(("両", "同", "各", "四", "三", "副")):
            holder = match
    if holder is None:
        return NOTHING
    found = _states(context, begin + holder.start(), begin + holder.end())
    return Read(found.states, _weaker(found.basis, OFFICE)) if found else NOTHING


HELD = r"(?P<name>[一-龥々ァ-ヺーA-Za-z・=＝]{1,30}?)"


def _bare(text: str) -> str:
    text = re.sub(r"[(（][^)）]*[)）]", "", text).strip("「」 　")
    text = re.sub(r"(?:自身|自ら)$", "", text)
    return re.sub(r"(?:とも|共|ら|たち|達|等|など)$", "", text) if text not in WE else text


def _group_members(context: Context, start: int, end: int) -> tuple[str, ...]:
    """Return the members of the longest group named there: those that are parties, or all."""
    text, parties = context.analysis.text[start:end], context.analysis.parties
    name = max((n for n in lexicon.state_groups() if n in text), key=len, default="")
    if not name:
        return ()
    at = start + text.index(name)
    if context.is_inside_body(at, at + len(name)):
        return ()  # 北欧|投資銀行 is not the states of the north
    members = lexicon.state_groups()[name]
    if context.analysis.text.endswith(REST, start, at):
        # 甲国は提案し、|他のV4諸国は同意した
        begin, _ = context.analysis.sentence_of(start)
        named = context.countries_in(begin, start)
        members = tuple(state for state in members if state not in named)
    present = tuple(state for state in parties if state in members)
    return present if len(present) > 1 else members


REST = ("他の", "残りの", "残る")
COUNTED = re.compile(
    r"(?P<number>[二三四五六七八九十2-9]+)(?P<unit>[かカヵヶ箇]国|国|大臣|首脳|閣僚|外相|者|代表|当事)(?:の?[一-龥・]*)"
)


def _alias_meaning(bare: str, parties: int) -> str:
    """Return what a word for speakers means; ``parties`` is how many the document has."""
    aliases = lexicon.actor_aliases()
    if bare in aliases:
        return aliases[bare]
    ending = bare.rpartition("の")[2]
    if re.fullmatch(r"両国?の?[一-龥・]*", bare):
        return "parties"  # 両財務大臣
    if re.fullmatch(r"各国?の?[一-龥・]*", bare):
        return "participants"
    if counted := COUNTED.fullmatch(bare):
        return "parties" if _fits(counted, parties) else ""  # 三か国の首脳, 四大臣
    if aliases.get(ending) == "parties" and ending[0] in "両各双":
        return "parties"
    if re.search(r"(?<![未非不])(?:参加|出席|加盟|締約|対話)[一-龥]*(?:国|者)", bare):
        return "participants"
    return ""


def _fits(counted: re.Match[str], parties: int) -> bool:
    """Tell whether so many are the parties: two ministers each in 四大臣 of two states."""
    number = int(parse_numeral(counted["number"]) or 0)
    return number == parties or ("国" not in counted["unit"] and number == 2 * parties)


OF_JAPAN = frozenset(
    [
        "我が国",
        "わが国",
        "我が国政府",
        "わが国政府",
        "我が国側",
        "我が方",
        "わが方",
        "当方",
        "本大臣",
        "政府",
    ]
)


def _speaker(bare: str, parties: tuple[str, ...]) -> Read:
    if len(parties) == 1:
        return Read(parties, INFERRED)
    if bare in OF_JAPAN and (not parties or "JPN" in parties):
        return Read(("JPN",), INFERRED)  # the statements are in Japanese, by or with Japan
    return NOTHING


def _of_the_two(context: Context, start: int, meaning: str) -> Read:
    """Return the first or second of the two states named last before ``start``."""
    begin, _ = context.analysis.sentence_of(start)
    before = context.countries_in(max(0, begin - 200), start)[-2:]
    if len(before) != 2:
        return NOTHING
    return Read((before[0] if meaning == "former" else before[1],), ALIAS)


NOBODY_NAMED = frozenset({"", "同", "新", "現"})  # before a title


def _by_person_or_office(context: Context, text: str) -> Read:
    if states := context.states_of_persons(text):
        known = any(names_in_full(name, text) for name in context.states_of_names)
        return Read(states, PERSON if known else INFERRED)
    offices = [office for office in context.offices if office and text.endswith(office)]
    if offices and title_of_person().sub("", text) in NOBODY_NAMED:
        states = context.offices[max(offices, key=len)]
        if len(states) == 1:
            return Read(states, OFFICE)
    if len(borne := context.states_of_bearers(text)) == 1:
        return Read(borne, INFERRED)
    guessed = _office_default(text, context.analysis.parties)
    return Read(guessed, INFERRED) if guessed else NOTHING


WRITTEN_WITH_HAN = frozenset({"CHN", "KOR", "PRK", "TWN", "HKG", "MAC"})


def _state_by_script(text: str, parties: tuple[str, ...]) -> tuple[str, ...]:
    """Tell the two of a statement with Japan by how their names are written: 有馬大臣, ホルヴァト大臣.

    Only where two states speak, Japan is one, and the other does not write its names in Chinese characters.
    """
    if len(parties) != 2 or "JPN" not in parties or WRITTEN_WITH_HAN & set(parties):
        return ()
    name = title_of_person().sub("", text)
    if name == text or lexicon.longest_end(name, lexicon.actor_nouns()):
        return ()  # 島嶼国側 is a side, not a name
    if re.fullmatch(r"[一-龥々]{2,6}", name) and name not in lexicon.actor_aliases():
        return ("JPN",)
    if re.fullmatch(r"[ァ-ヺー・=＝]{2,30}", name):
        return tuple(state for state in parties if state != "JPN")
    return ()


def _office_default(text: str, parties: tuple[str, ...]) -> tuple[str, ...]:
    """Use what offices a state has: 総理大臣 and 天皇 are Japan's, 大統領 and 国王 are not."""
    if any(office in text for office in own_offices()["JPN"]):
        return ("JPN",)
    others = tuple(state for state in parties if state != "JPN")
    if by_name := _state_by_script(text, parties):
        return by_name
    if "JPN" in parties and re.search(r"総理(?:大臣)?$", text):
        return ("JPN",)
    if state := next((s for s, own in own_offices().items() if text.endswith(own)), ""):
        return (state,) if state in parties else ()
    if len(others) == 1 and re.search(
        r"(?:大統領|国王|女王|主席|総書記|国務長官|国防長官|外交部長)(?:陛下|閣下)?$", text
    ):
        return others
    return ()


GIVING = re.compile(
    r"(?:国)?(?:政府|国民|側|議長国|議長)?(?:(?:及び|および|と)(?:その)?(?:国民|政府))?(?=の|による|が|から)"
)


def thanked(
    context: Context, start: int, end: int, actors: tuple[str, ...]
) -> tuple[tuple[int, int] | None, Resolved]:
    """Return who gave what is thanked for, by the object itself: |日本|の支援に謝意, |日本|が届けたこと.

    Nobody thanks himself: the states of the actor are passed over.
    """
    text, parties = context.analysis.text, context.analysis.parties
    for country in context.countries_between(start, end):
        giving = GIVING.match(text, country.end, end)
        if giving is not None and country.value not in actors:
            states = (country.value,)
            return (country.start, giving.end()), Resolved(
                states, scope_of(states, parties), INFERRED
            )
    return None, Resolved((), "UNKNOWN")
