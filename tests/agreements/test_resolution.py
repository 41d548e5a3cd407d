"""Actors as written → states."""

import pytest

from seimeibun.agreements.context import Context
from seimeibun.agreements.resolution import resolve
from seimeibun.analysis import Analysis
from seimeibun.found import Found

PAIR = ("JPN", "LAO")
MANY = ("JPN", "KAZ", "KGZ", "TJK", "TKM", "UZB")


def states_of(text, actor, parties):
    analysis = Analysis(text, (), ((0, len(text)),), ((0, len(text)),), parties=parties)
    start = text.rindex(actor)
    return resolve(Context(analysis), start, start + len(actor))


@pytest.mark.parametrize(
    ("actor", "parties", "states", "scope"),
    [
        ("双方", PAIR, "JPN;LAO", "ALL_PARTIES"),
        ("両首脳", PAIR, "JPN;LAO", "ALL_PARTIES"),
        ("両国の外務大臣", PAIR, "JPN;LAO", "ALL_PARTIES"),
        ("両財務大臣", PAIR, "JPN;LAO", "ALL_PARTIES"),
        ("各国首脳", MANY, "JPN;KAZ;KGZ;TJK;TKM;UZB", "ALL_PARTIES"),
        ("我々", MANY, "JPN;KAZ;KGZ;TJK;TKM;UZB", "ALL_PARTIES"),
        ("参加国の代表", MANY, "JPN;KAZ;KGZ;TJK;TKM;UZB", "ALL_PARTIES"),
        ("日本側", PAIR, "JPN", "SINGLE"),
        ("ラオス人民民主共和国外務大臣", PAIR, "LAO", "SINGLE"),
        ("先方", PAIR, "LAO", "SINGLE"),
        ("参加国のうち、カザフスタン及びウズベキスタン", MANY, "KAZ;UZB", "SUBSET"),
        ("5核兵器国のうち4か国", PAIR, "", "UNKNOWN"),  # which four, is not said
        ("カザフスタンを除く参加国", MANY, "JPN;KGZ;TJK;TKM;UZB", "SUBSET"),
        ("ロシアを除く全ての参加国", MANY, "", "UNKNOWN"),  # of a body that others sit in
        ("日本以外の参加国", MANY, "KAZ;KGZ;TJK;TKM;UZB", "SUBSET"),
        ("中央アジア諸国の外務大臣", MANY, "KAZ;KGZ;TJK;TKM;UZB", "SUBSET"),
        ("カザフスタン及びウズベキスタンの大統領", MANY, "KAZ;UZB", "SUBSET"),
        ("日本、米国及び豪州", ("JPN", "USA", "AUS"), "JPN;USA;AUS", "ALL_PARTIES"),
        ("日・ラオス両国", PAIR, "JPN;LAO", "ALL_PARTIES"),
        ("G7外相", ("JPN",), "CAN;DEU;FRA;GBR;ITA;JPN;USA", "SUBSET"),
        ("5核兵器国", PAIR, "CHN;FRA;GBR;RUS;USA", "THIRD"),
        ("フィジー", PAIR, "FJI", "THIRD"),
        ("我が国", (), "JPN", "SINGLE"),
        ("我が国政府", (), "JPN", "SINGLE"),
        ("本大臣", ("JPN",), "JPN", "SINGLE"),
        ("我々", ("PHL",), "", "UNKNOWN"),  # the host of many
        ("王部長", ("JPN", "CHN"), "CHN", "SINGLE"),
        ("王部長", PAIR, "", "UNKNOWN"),
        ("ハーディ豪外相及びミラー長官", MANY, "", "UNKNOWN"),  # one of the two is anybody's
        ("一部の参加国", MANY, "", "SUBSET"),
        ("多くの代表", MANY, "", "SUBSET"),
        ("委員会", PAIR, "", "UNKNOWN"),
        ("三枝大臣", MANY, "", "UNKNOWN"),
        ("三大臣", ("JPN", "IND", "AUS"), "JPN;IND;AUS", "ALL_PARTIES"),
        ("双方", (), "", "UNKNOWN"),
        ("我々両国外相", PAIR, "JPN;LAO", "ALL_PARTIES"),
        ("われわれ首脳", PAIR, "JPN;LAO", "ALL_PARTIES"),
        ("我々六か国の閣僚", MANY, "JPN;KAZ;KGZ;TJK;TKM;UZB", "ALL_PARTIES"),
        ("我々閣僚一同", MANY, "JPN;KAZ;KGZ;TJK;TKM;UZB", "ALL_PARTIES"),
        ("我々の外務大臣", PAIR, "", "UNKNOWN"),  # ours is not us
        ("我々委員会", (), "", "UNKNOWN"),
        ("全ての未締約国", MANY, "", "UNKNOWN"),
        ("我々七か国", PAIR, "", "UNKNOWN"),  # not the two that are known
        ("日本及び島嶼の各国の首脳", (), "", "UNKNOWN"),
        ("我々、日本及び島嶼の各国の首脳", (), "", "UNKNOWN"),
    ],
)
def test_actor_is_resolved(actor, parties, states, scope):
    resolved = states_of(f"{actor}は、協力を確認した。", actor, parties)

    assert (";".join(resolved.states), resolved.scope) == (states, scope)


@pytest.mark.parametrize(
    ("text", "actor", "states"),
    [
        ("ソムチャイ・ラオス外務大臣が訪日した。外務大臣は、", "外務大臣", "LAO"),
        ("ハーディ豪外相が訪日した。", "ハーディ豪外相", "AUS"),
        ("日本を除き、参加国は、", "参加国", "LAO"),
        (
            "我々、東南アジア諸国連合(ASEAN)、中国及び日本(以下「A2」という。)の大臣は、会合した。我々は、",
            "我々",
            "CHN;JPN;BRN;IDN;KHM;LAO;MMR;MYS;PHL;SGP;THA;VNM",
        ),
        ("我々、日本、ラオス及び欧州連合の共同議長は、表明する。我々は、", "我々", "JPN;LAO"),
        (
            "ソムチャイ・ラオス外務大臣が訪日した。ソムチャイ外務大臣は、",
            "ソムチャイ外務大臣",
            "LAO",
        ),
        ("山川日本国総理大臣とカム・ラオス首相が会談した。山川総理は、", "山川総理", "JPN"),
        ("日本国政府(以下「甲」という。)は、支援する。甲は、", "甲", "JPN"),
        ("日本とラオスは協議した。後者は、", "後者", "LAO"),
        ("日本とラオスは協議した。前者は、", "前者", "JPN"),
        ("国王陛下は、", "国王陛下", "LAO"),
        ("森山大臣は、", "森山大臣", "JPN"),
        ("カムパン大臣は、", "カムパン大臣", "LAO"),
        (
            "森山外務大臣とカムパン・ラオス外務大臣は、",
            "森山外務大臣とカムパン・ラオス外務大臣",
            "JPN;LAO",
        ),
        (
            "我が方谷川駐ラオス大使と先方計画投資大臣は、",
            "我が方谷川駐ラオス大使と先方計画投資大臣",
            "JPN;LAO",
        ),
        (
            "我が方谷川駐ラオス大使と先方カムパン財務次官は、",
            "我が方谷川駐ラオス大使と先方カムパン財務次官",
            "JPN;LAO",
        ),
        ("谷川一郎日本国外務大臣が訪問した。谷川大臣は、", "谷川大臣", "JPN"),
        ("内閣総理大臣は、", "内閣総理大臣", "JPN"),
        (
            "日本とラオスの大臣(以下「両大臣」という。)は、協議した。我々両大臣は、",
            "我々両大臣",
            "JPN;LAO",
        ),
        ("ポーランドは提案し、他のV4諸国は、", "他のV4諸国", "CZE;HUN;SVK"),
        ("ポーランドは提案した。V4諸国は、", "V4諸国", "CZE;HUN;POL;SVK"),
        # 日・ラオス外相会談 makes nobody called ラオス a minister of Japan
        ("日・ラオス外相会談が開かれた。ラオス銅公社は、", "ラオス銅公社", "LAO"),
        ("日・ラオス外相会談が開かれた。機構とラオス側は、", "機構とラオス側", "LAO"),
        (
            "日本、ラオス及びチリの大臣が出席した(以下これらの大臣を「閣僚」という。)。閣僚は、",
            "閣僚",
            "JPN;LAO;CHL",
        ),
        ("日本国政府(以下これを「甲」という。)は、支援する。甲は、", "甲", "JPN"),
        # a title that names the two says that they were all who took part
        ("日・ラオス安全保障協議委員会共同発表\n閣僚は、", "閣僚", "JPN;LAO"),
        ("東南アジア会議の議長総括\n閣僚は、", "閣僚", ""),
        ("日・ラオス外相共同声明\n全ての未締約国は、", "全ての未締約国", ""),
        ("日・ラオス外相共同声明\n加盟国は、", "加盟国", ""),
        # two that have been addressed, from the parties
        ("我々は、政府軍及び反政府勢力に対し、双方が", "双方", ""),
        ("我々は、インド及びパキスタンに対し、リマで双方が", "双方", "IND;PAK"),
        ("我々は、インド政府とパキスタン政府に対して、双方が", "双方", "IND;PAK"),
        ("我々は、核開発及び武器の拡散に対し、双方が", "双方", "JPN;LAO"),
        ("我々は、インド及びパキスタンに対し、対話を求め、双方が", "双方", "JPN;LAO"),
        ("我々は、インド及びパキスタンに対し、対話を求めた。双方が", "双方", "JPN;LAO"),
    ],
)
def test_actor_is_resolved_by_what_the_document_said(text, actor, states):
    assert ";".join(states_of(text, actor, PAIR).states) == states


def test_both_countries_of_a_statement_by_japan_alone_are_those_of_its_title():
    text = "インドとネパールとの間の国境画定について\n両国は、協力を確認した。"

    assert states_of(text, "両国", ("JPN",)).states == ("IND", "NPL")


@pytest.mark.parametrize(
    ("text", "actor", "states"),
    [
        ("日本及びカザフスタンは合意し、残る参加国は、", "残る参加国", "KGZ;TJK;TKM;UZB"),
        ("参加国(以下「参加国」という。)は、一致した。日本は提案し、残る参加国は、", "残る参加国", "KAZ;KGZ;TJK;TKM;UZB"),
        ("会合が開かれた。残る参加国は、", "残る参加国", ""),
    ],
)  # fmt: skip
def test_those_who_are_left_are_not_those_named_before(text, actor, states):
    assert ";".join(states_of(text, actor, MANY).states) == states


def test_a_body_named_after_states_is_none_of_them():
    text = "北欧投資銀行は、融資を決定した。"
    body = Found(0, 6, "ORGANIZATION", "北欧投資銀行", "", {})
    analysis = Analysis(
        text, (), ((0, len(text)),), ((0, len(text)),), layers={"entities": (body,)}, parties=PAIR
    )

    assert resolve(Context(analysis), 0, 6).states == ()


@pytest.mark.parametrize(
    ("text", "bodies", "states"),
    [
        (
            "宇宙機構とラオス宇宙庁は、",
            ("宇宙機構", "ラオス宇宙庁"),
            (),
        ),  # whose the first is, is not said
        ("日本宇宙庁とラオス宇宙庁は、", ("日本宇宙庁", "ラオス宇宙庁"), ("JPN", "LAO")),
        (
            "宇宙機構とラオス財務省は、",
            ("宇宙機構", "ラオス財務省"),
            ("LAO",),
        ),  # a ministry is the state
        ("日本及び欧州連合は、", ("欧州連合",), ("JPN",)),
        ("ラオス宇宙庁は、", ("ラオス宇宙庁",), ("LAO",)),
    ],
)
def test_bodies_that_act_together_are_resolved_where_all_are(text, bodies, states):
    found = tuple(
        Found(text.index(body), text.index(body) + len(body), "ORGANIZATION", body, "", {})
        for body in bodies
    )
    analysis = Analysis(
        text, (), ((0, len(text)),), ((0, len(text)),), layers={"entities": found}, parties=PAIR
    )

    assert resolve(Context(analysis), 0, text.index("は")).states == states


@pytest.mark.parametrize(
    ("actor", "organizations", "states"),
    [
        ("議長国であるラオスの首相が出席した。双方", ("東南アジア諸国連合",), "JPN;LAO"),
        ("首脳", ("東南アジア諸国連合",), "JPN;BRN;IDN;KHM;LAO;MMR;MYS;PHL;SGP;THA;VNM"),
        ("双方", ("湾岸協力理事会",), "JPN;BHR;KWT;OMN;QAT;SAU;ARE"),
        ("双方", ("欧州連合",), "JPN"),  # whose members do not speak
    ],
)
def test_a_body_of_states_brings_its_members(actor, organizations, states):
    text = f"{actor}は、協力を確認した。"
    analysis = Analysis(
        text,
        (),
        ((0, len(text)),),
        ((0, len(text)),),
        parties=("JPN",),
        organizations=organizations,
    )
    resolved = resolve(Context(analysis), actor.rfind("。") + 1, len(actor))

    assert set(resolved.states) == set(states.split(";"))
