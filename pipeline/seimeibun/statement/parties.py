"""Whose statement it is."""

import re
from collections.abc import Iterable, Iterator, Sequence

from seimeibun.found import Found
from seimeibun.gazetteer import find_countries, find_names
from seimeibun.statement.model import Party
from seimeibun.statement.structure import Draft

_SEVERAL = 4  # states with an office: more than two sides that preside
_OPENING = 3  # paragraphs that may name who took part
_OPENING_LENGTH = 1200
_LONGEST_NAME = 40
_BRACKET = re.compile(r"\([^()]{1,40}\)")
# In a title: what the document is about, not whose it is (アフガニスタン復興, ウクライナに関する).
_TOPIC = re.compile(
    r"(?:情勢|問題|復興|危機|和平|和解|難民|支援国|選挙|沖|国内|人質|産|核|ミサイル|国民への|に関する|をめぐる|における|に対する(?!無償|有償|円借款|資金)|人[^材事])"
)
# What makes a state in the opening one that takes part: its office, government, delegation or side.
_HOLDER = re.compile(
    r"の?(?:[一-鿿ァ-ヶー・=＝]{0,30}?(?:を(?:担当|所管|代表)する)?)(?:大臣|大統領|首相|外相|国防相|総理|主席|国王|女王|元首|首脳|閣僚|長官|大使|総裁|議長|代表|次官|局長|閣下|政府|両国|側)"
)
_TOGETHER = re.compile(
    r"(?:の)?(?:両国|両政府|[三四五六七八九3-9][かヶカ箇]?国(?!家)|間で|首脳|は|との間|が参加|が出席)"
)
_AND = re.compile(r"(?:[、・]|及び|および|並びに|ならびに|と|、及び|、並びに|そして)")
_JAPAN = re.compile(
    r"我が[国方]|わが国|日本(?:国|側|政府|企業)?[のはがとに]"
    # offices and ministries that only Japan has under these names
    r"|(?<![ァ-ヺー])(?:経済産業|国土交通|農林水産|厚生労働|文部科学|内閣総理|内閣府特命担当)(?:副?大臣|省)|内閣官房長官"
)
# who speaks for Japan alone, whatever states the statement is about
_OF_JAPAN = re.compile(
    r"(?:総理大臣|総理|官房長官|外務大臣|防衛大臣|外務報道官|大臣|内閣)の?談話|我が国|日本政府"
)
_ONE_VOICE = re.compile("演説|談話|メッセージ")
# what stands before the brackets in which the states of a group are listed
_GROUP = re.compile(
    r"(?:加盟|参加|締約|構成|当事|沿岸|関係)[各諸]?国\Z|(?:各国|諸国|[かカヵヶ]国)\Z"
)
_JAPAN_AND = re.compile(r"(?<![本今同毎前翌曜0-9])日・?$")
_JOINED = re.compile(r"[・とー＝\-+&、及び]|並びに")


def find_parties(drafts: Sequence[Draft], doc_type: str = "") -> tuple[Party, ...]:
    """Return the parties: signatories, then who is named in the title or takes part in the opening sentences.

    A speech speaks of others: its parties are at most those of its title.
    """
    signed = [d.text for d in drafts if d.kind == "signature" and not d.is_statement]
    title = [d.text for d in drafts if d.kind == "title"]
    body = [d.content for d in drafts if d.kind in {"body", "list"}]
    if doc_type == "談話" and any(_OF_JAPAN.search(text) for text in (*title, *body[:1])):
        return (Party("JPN", "日本", "participant"),)
    opening = [text[:_OPENING_LENGTH] for text in body[:_OPENING]]
    if not title:
        opening = [opening[0].split("。")[0]] if opening else []
    parties: dict[str, Party] = {}
    _add(parties, "signatory", _countries(signed))
    if len(parties) < 2:
        _add(parties, "participant", _title_parties(title))
        if len([party for party in parties.values() if party.iso3]) < len(parties):
            _add(parties, "participant", _members(opening))
        if len(parties) < 2 and not _ONE_VOICE.search(doc_type):
            _add(parties, "participant", _participants(opening, several=not title))
    if [party.iso3 for party in parties.values() if party.iso3 != "JPN"] and "JPN" not in parties:
        _add_japan(parties, [*opening, *body])
    return tuple(parties.values())


def _add(parties: dict[str, Party], role: str, named: Iterable[tuple[str, str]]) -> None:
    for iso3, name in named:
        parties.setdefault(iso3 or name, Party(iso3, name, role))


def _found_countries(text: str) -> list[Found]:
    return find_countries(text)


def _countries(texts: Iterable[str]) -> Iterator[tuple[str, str]]:
    for text in texts:
        for found in _found_countries(text):
            yield found.value, text[found.start : found.end]


def _title_parties(lines: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Yield the states of a title that are not its topic, and organisations joined to one (日・ASEAN)."""
    for line in lines:
        text = re.sub(r"(?<=.)[「『][^「」『』]*[」』]$", "", line)
        countries = [c for c in _found_countries(text) if not _TOPIC.match(text, c.end)]
        yield from ((c.value, text[c.start : c.end]) for c in countries)
        ends = {c.end for c in countries}
        for found in find_names(text):
            if found.label != "ORGANIZATION":
                continue
            with_japan = _JAPAN_AND.search(text[: found.start])
            if with_japan and not any(c.value == "JPN" for c in countries):
                yield "JPN", "日"
            if with_japan or _is_joined(text, found, ends):
                yield "", str(found.facts.get("canonical") or text[found.start : found.end])


def _is_joined(text: str, found: Found, ends: set[int]) -> bool:
    before = found.start in ends or (
        found.start - 1 in ends and _JOINED.match(text[found.start - 1])
    )
    return bool(before)


def _members(opening: Iterable[str]) -> list[tuple[str, str]]:
    """Return the states that sit there for an organisation of the title, where the opening lists them."""
    named = _participants(opening, several=False)
    return named if len(named) >= _SEVERAL else []


def _participants(texts: Iterable[str], *, several: bool) -> list[tuple[str, str]]:
    """Return the states whose offices, governments or delegations the opening names.

    Without a title a single one is no statement's party (a speech tells of visits); ``several`` asks for two.
    """
    named: dict[str, str] = {}
    for text in texts:
        for chain in _chains(text):
            end = _after_organization(text, chain[-1].end)
            if defined := _BRACKET.match(text, end):
                end = defined.end()  # オマーン及びチリ(以下「参加国」という。)の閣僚
            end = _after_list_of_members(text, chain[0].start, end)
            together = len(chain) >= 2 and _TOGETHER.match(text, end)
            if together or _HOLDER.match(text, end):
                for found in chain:
                    named.setdefault(found.value, text[found.start : found.end])
    return [] if several and len(named) < 2 else list(named.items())


def _after_organization(text: str, end: int) -> int:
    """Step over an organisation that stands among states: 日本、ケニア|及び欧州連合|の共同議長."""
    joined = _AND.match(text, end)
    if joined is None:
        return end
    around = text[joined.end() : joined.end() + _LONGEST_NAME]
    ends = [
        found.end
        for found in find_names(around)
        if found.label == "ORGANIZATION" and found.start == 0
    ]
    if not ends:
        return end
    after = joined.end() + max(ends)
    abbreviated = _BRACKET.match(text, after)
    return abbreviated.end() if abbreviated else after


def _after_list_of_members(text: str, start: int, end: int) -> int:
    """Step out of the brackets in which a group's states are listed: 加盟国(ケニア及びウガンダ)|の外相."""
    closed = text[end : end + 1] == ")" and text[start - 1 : start] == "("
    return end + 1 if closed and _GROUP.search(text, 0, start - 1) else end


def _chains(text: str) -> list[list[Found]]:
    """Group states that are enumerated (甲国、乙国及び丙国の大臣)."""
    chains: list[list[Found]] = []
    for found in _found_countries(text):
        if chains and _AND.fullmatch(_undefined(text[chains[-1][-1].end : found.start])):
            chains[-1].append(found)
        else:
            chains.append([found])
    return chains


def _undefined(between: str) -> str:
    """Leave out what is said in brackets about the states before: 甲国及び乙国|(以下「両国」という。)|並びに丙国."""
    return between[end.end() :] if (end := _BRACKET.match(between)) else between


def _add_japan(parties: dict[str, Party], texts: Iterable[str]) -> None:
    """Add Japan where the text speaks of it as one of the two sides."""
    for text in texts:
        match = _JAPAN.search(text)
        if match:
            parties["JPN"] = Party("JPN", "日本", "participant")
            return
