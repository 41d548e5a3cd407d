"""From the actor as written to states: 双方, 日本側, 中央アジア諸国の外務大臣, 大統領 → ISO 3166-1 alpha-3."""

import re
from dataclasses import dataclass

from seimeibun.agreements import lexicon
from seimeibun.agreements.context import TITLE, Context
from seimeibun.agreements.phrases import WE

EXCEPT = re.compile(r"以外の|を除く|除き|のぞく")
PLURAL_OFFICE = re.compile(r"(?:ら|たち|達|等)$")


@dataclass(frozen=True, slots=True)
class Resolved:
    states: tuple[str, ...]
    scope: str  # ALL_PARTIES SUBSET SINGLE THIRD UNKNOWN


def resolve(context: Context, start: int, end: int) -> Resolved:
    """Resolve the actor written between two code points of the analysed text."""
    states = _of_the_parts(context, start, end) or _states(context, start, end)
    return Resolved(tuple(dict.fromkeys(states)), scope_of(states, context.analysis.parties))


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
    r"(?:及び|および|並びに|ならびに|と(?=[^。]*(?:大臣|相|大統領|総理|長|使|代表|側|王|脳)))"
)


def _of_the_parts(context: Context, start: int, end: int) -> tuple[str, ...]:
    """Resolve the two of a pair one by one; one without a state is of the party that is left.

    有馬外務大臣とコヴァチ・スロベニア共和国外務大臣: the first is Japan's, in a statement of the two.
    """
    text, parties = context.analysis.text[start:end], context.analysis.parties
    cut = AND.search(text)
    if cut is None or len(parties) != 2:
        return ()
    first = _states(context, start, start + cut.start())
    second = _states(context, start + cut.end(), end)
    if first and second:
        return first + second
    if bool(first) == bool(second) or len(first + second) != 1:
        return ()
    missing = text[: cut.start()] if not first else text[cut.end() :]
    if not TITLE.search(missing):
        return ()
    left = tuple(state for state in parties if state not in first + second)
    return left + second if not first else first + left


def _states(context: Context, start: int, end: int) -> tuple[str, ...]:
    text = context.analysis.text[start:end]
    parties = context.analysis.parties
    named = context.countries_in(start, end)
    if text.startswith("先方") and not named:
        return tuple(state for state in parties if state != "JPN") if "JPN" in parties else ()
    if EXCEPT.search(text):
        return tuple(state for state in parties if state not in named)
    groups = _group_members(text, parties)
    if named or groups:
        return tuple(dict.fromkeys([*named, *groups]))
    bare = _bare(text)
    if bare.startswith(("我が方", "わが方")):
        return _speaker("我が方", parties)
    meaning = _alias_meaning(bare)
    if OTHERS.match(bare) and parties:
        return _the_others(context, start, parties)
    if meaning == "parties" and parties:
        return parties
    if term := context.terms.get(bare) or context.terms.get(text):
        return term
    if bare in WE:
        return context.ourselves
    if meaning == "speaker":
        return _speaker(bare, parties)
    if meaning == "other":
        return tuple(state for state in parties if state != "JPN") if "JPN" in parties else ()
    if meaning in {"former", "latter"}:
        return _of_the_two(context, start, meaning)
    if meaning == "several" and PLURAL_OFFICE.search(text):
        return parties
    holder = _by_person_or_office(context, text)
    return parties if meaning == "several" and not holder and len(parties) > 2 else holder


OTHERS = re.compile(r"(?:その)?他の|残る")


def _the_others(context: Context, start: int, parties: tuple[str, ...]) -> tuple[str, ...]:
    """Return the parties that the sentence has not named before: 他の三大臣."""
    begin, _ = context.analysis.sentence_of(start)
    named = context.countries_in(begin, start)
    return tuple(state for state in parties if state not in named) if named else ()


def _bare(text: str) -> str:
    text = re.sub(r"[(（][^)）]*[)）]", "", text).strip("「」 　")
    return re.sub(r"(?:とも|共|ら|たち|達|等|など)$", "", text)


def _group_members(text: str, parties: tuple[str, ...]) -> tuple[str, ...]:
    """Return the members of the longest group named in ``text``: those that are parties, or all."""
    name = max((n for n in lexicon.state_groups() if n in text), key=len, default="")
    if not name:
        return ()
    members = lexicon.state_groups()[name]
    present = tuple(state for state in parties if state in members)
    return present if len(present) > 1 else members


def _alias_meaning(bare: str) -> str:
    aliases = lexicon.actor_aliases()
    if bare in aliases:
        return aliases[bare]
    ending = bare.rpartition("の")[2]
    if re.fullmatch(
        r"(?:両国?の?|各国?の?)[一-龥・]*"
        r"|[二三四五六七八九十2-9]+(?:[かカヵヶ箇]国|国|大臣|首脳|閣僚|外相|者|代表|当事)(?:の?[一-龥・]*)",
        bare,
    ):
        return "parties"  # 両財務大臣, 三か国の首脳, 四大臣
    if re.search(r"(?:参加|出席|加盟|締約|対話)[一-龥]*(?:国|者)", bare):
        return "parties"
    if aliases.get(ending) == "parties" and ending[0] in "両各双":
        return "parties"
    if bare.endswith(("参加国", "加盟国", "参加各国", "参加者", "出席者", "締約国")):
        return "parties"
    return ""


def _speaker(bare: str, parties: tuple[str, ...]) -> tuple[str, ...]:
    if len(parties) == 1:
        return parties
    if bare in {"我が国", "わが国", "我が方", "わが方", "当方"} and (
        not parties or "JPN" in parties
    ):
        return ("JPN",)  # the statements are in Japanese, by or with Japan
    return ()


def _of_the_two(context: Context, start: int, meaning: str) -> tuple[str, ...]:
    """Return the first or second of the two states named last before ``start``."""
    begin, _ = context.analysis.sentence_of(start)
    before = context.countries_in(max(0, begin - 200), start)[-2:]
    if len(before) != 2:
        return ()
    return (before[0] if meaning == "former" else before[1],)


def _by_person_or_office(context: Context, text: str) -> tuple[str, ...]:
    if states := context.states_of_persons(text):
        return states
    offices = [office for office in context.offices if office and text.endswith(office)]
    if offices and TITLE.sub("", text) in {"", "同", "新", "現"}:  # no other holder is named
        states = context.offices[max(offices, key=len)]
        if len(states) == 1:
            return states
    return _office_default(text, context.analysis.parties)


WRITTEN_WITH_HAN = frozenset({"CHN", "KOR", "PRK", "TWN", "HKG", "MAC"})


def _state_by_script(text: str, parties: tuple[str, ...]) -> tuple[str, ...]:
    """Tell the two of a statement with Japan by how their names are written: 有馬大臣, ホルヴァト大臣.

    Only where two states speak, Japan is one, and the other does not write its names in Chinese characters.
    """
    if len(parties) != 2 or "JPN" not in parties or WRITTEN_WITH_HAN & set(parties):
        return ()
    name = TITLE.sub("", text)
    if name == text:
        return ()
    if re.fullmatch(r"[一-龥々]{2,6}", name) and name not in lexicon.actor_aliases():
        return ("JPN",)
    if re.fullmatch(r"[ァ-ヺー・=＝]{2,30}", name):
        return tuple(state for state in parties if state != "JPN")
    return ()


def _office_default(text: str, parties: tuple[str, ...]) -> tuple[str, ...]:
    """Use what offices a state has: 総理大臣 and 天皇 are Japan's, 大統領 and 国王 are not."""
    if re.search(r"天皇|皇后|内閣総理大臣|官房長官", text):
        return ("JPN",)
    others = tuple(state for state in parties if state != "JPN")
    if by_name := _state_by_script(text, parties):
        return by_name
    if "JPN" in parties and re.search(r"総理(?:大臣)?$", text):
        return ("JPN",)
    if len(others) == 1 and re.search(
        r"(?:大統領|国王|女王|主席|総書記|国務長官|国防長官|外交部長)(?:陛下|閣下)?$", text
    ):
        return others
    return ()
