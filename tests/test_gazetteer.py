"""The tables of names hold together, and names are found where they stand and nowhere else."""

import re
from collections import Counter

import pytest
from babel import Locale
from babel.core import get_global

from seimeibun.country_compounds import COLUMNS as COMPOUND_COLUMNS
from seimeibun.gazetteer import (
    CONTEXT_COLUMNS,
    COUNTRY_COLUMNS,
    FILES,
    NAME_COLUMNS,
    country_by_name,
    country_characters,
    find_countries,
    find_names,
    names,
    split_aliases,
)
from seimeibun.rules import read_table
from seimeibun.width import fold_width

COUNTRIES = read_table("countries.tsv", COUNTRY_COLUMNS)
CONTEXTS = read_table("gazetteer_contexts.tsv", CONTEXT_COLUMNS)
COMPOUNDS = read_table("country_compounds.tsv", COMPOUND_COLUMNS)
# States that are gone (ISO 3166-3) and Kosovo (user-assigned code, as the World Bank and the EU write it)
FORMER = {"ANT", "CSK", "DDR", "PCI", "SCG", "SUN", "VDR", "YMD", "YUG"}
KOSOVO = "XKX"
# CLDR's territories that are no states or territories of ISO 3166-1, and the Antarctic, a region here
NO_TERRITORY = {"AC", "AQ", "CP", "CQ", "DG", "EA", "EU", "EZ", "IC", "QO", "TA", "UN", "XA", "XB"}
NO_TERRITORY |= {"XK", "ZZ"}


def texts(found, text):
    return [(text[span.start : span.end], span.value) for span in found]


def alpha3_to_alpha2():
    aliases = get_global("territory_aliases")
    return {code: targets[0] for code, targets in aliases.items() if re.fullmatch("[A-Z]{3}", code)}


def test_countries_have_codes_of_iso_3166():
    known = set(alpha3_to_alpha2()) | FORMER | {KOSOVO}

    assert [row["iso3"] for row in COUNTRIES if row["iso3"] not in known] == []


def test_no_territory_of_cldr_is_missing():
    alpha2 = alpha3_to_alpha2()
    present = {alpha2.get(row["iso3"]) for row in COUNTRIES} - {None}
    territories = {code for code in Locale("ja").territories if re.fullmatch("[A-Z]{2}", code)}

    assert territories - present - NO_TERRITORY == set()


@pytest.mark.parametrize("row", COUNTRIES, ids=lambda row: row["iso3"])
def test_each_form_of_a_country_is_found(row):
    for form in {row["formal"], row["short"], *split_aliases(row["aliases"])}:
        text = f"、{form}との協議"
        expected = (fold_width(form), row["iso3"])
        assert country_by_name(form) == row["iso3"]
        assert expected in texts(find_countries(text), fold_width(text))


def test_characters_name_one_state_each():
    pairs = [(char, row["iso3"]) for row in COUNTRIES for char in split_aliases(row["chars"])]

    assert len({char for char, _ in pairs}) == len(pairs)
    assert all(len(char) == 1 for char, _ in pairs)
    assert dict(pairs) == dict(country_characters())


@pytest.mark.parametrize("file", FILES)
def test_tables_are_sound(file):
    rows = read_table(f"{file}.tsv", NAME_COLUMNS)
    ids = [row["id"] for row in rows]
    surfaces = Counter(
        form for row in rows for form in [row["name"], *split_aliases(row["aliases"])]
    )
    codes = {row["iso3"] for row in COUNTRIES}

    assert ids == sorted(set(ids))
    assert [form for form, n in surfaces.items() if n > 1] == []
    assert [form for form in surfaces if form != form.strip() or not form] == []
    assert [form for form in surfaces if form != fold_width(form)] == []
    assert [row for row in rows if row["iso3"] and row["iso3"] not in codes] == []
    assert [row for row in rows if any(cell != cell.strip() for cell in row.values())] == []


def test_countries_are_sorted_and_spell_each_name_once():
    codes = [row["iso3"] for row in COUNTRIES]
    forms = [
        form
        for row in COUNTRIES
        for form in {row["formal"], row["short"], *split_aliases(row["aliases"])}
    ]

    assert codes == sorted(set(codes))
    assert [form for form, n in Counter(forms).items() if n > 1] == []


def test_no_surface_has_two_readings():
    ambiguous = {
        surface: [name.entity_id for name in readings]
        for surface, readings in names().items()
        if len(readings) > 1
    }

    assert ambiguous == {}


def test_each_name_is_found_by_itself():
    lost = [
        surface
        for surface in names()
        if not any((f.start, f.end) == (0, len(surface)) for f in find_names(surface))
    ]

    assert lost == []


@pytest.mark.parametrize("row", CONTEXTS, ids=lambda row: f"{row['label']}:{row['name']}")
def test_context_rules_hold_for_their_examples(row):
    def has_name(text):
        return any(
            found.label == row["label"] and row["name"] in ("", text[found.start : found.end])
            for found in find_names(text)
        )

    assert [text for text in split_aliases(row["not_examples"]) if has_name(text)] == []
    assert [text for text in split_aliases(row["examples"]) if not has_name(text)] == []


@pytest.mark.parametrize("row", COMPOUNDS, ids=lambda row: f"{row['kind']}:{row['text']}")
def test_compound_rules_hold_for_their_examples(row):
    for text in split_aliases(row["examples"]):
        short = [found for found in find_countries(text) if found.end - found.start == 1]
        assert bool(short) is (row["kind"] != "refused"), text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("日米豪印の連携", "JPN USA AUS IND"),
        ("日・キルギス関係", "JPN KGZ"),
        ("日本・キルギス関係", "JPN KGZ"),
        ("日、米、比三か国の首脳", "JPN USA PHL"),
        ("日ソ共同宣言から日ロ関係へ", "JPN SUN JPN RUS"),
        ("在日米軍", "JPN USA"),
        ("同日、日ASEAN特別首脳会議", "JPN"),
        ("日EU定期首脳協議", "JPN"),
        ("サンダース米大統領とルグラン仏大統領", "USA FRA"),
        ("印パ両国", "IND PAK"),
        ("日比両国", "JPN PHL"),
        ("グレートブリテン及び北アイルランド連合王国", "GBR"),
        ("朝鮮民主主義人民共和国", "PRK"),
        ("コンゴ民主共和国とコンゴ共和国", "COD COG"),
        ("ギニアビサウ、赤道ギニア及びギニア", "GNB GNQ GIN"),
        ("ドミニカ国、ドミニカ共和国", "DMA DOM"),
        ("南スーダンとスーダン", "SSD SDN"),
        ("ヴィエトナム、グァテマラ及びタジキスタン", "VNM GTM TJK"),
        ("ソヴィエト社会主義共和国連邦", "SUN"),
        ("ｷﾘｷﾞｽ", ""),
        ("ＮＺとＵＡＥ", "NZL ARE"),
        ("15日米国は翌日中国に", "USA CHN"),
        ("米中関係と中米関係", "USA CHN CHN USA"),
        ("対日輸出と対ソ制裁、対米豪関係", "JPN SUN USA AUS"),
        ("先月米韓両国が、昨年日中韓が、本日日英が", "USA KOR JPN CHN KOR JPN GBR"),
        ("日「ビルマ」平和条約", "JPN MMR"),
    ],
)
def test_countries_in_text(text, expected):
    assert [found.value for found in find_countries(text)] == expected.split()


@pytest.mark.parametrize(
    "text",
    [
        "2025年12月15日ASEANの会合",
        "タイトルとチリソース",
        "中東、中米諸国、中欧諸国",
        "朝日新聞と日比谷公園",
        "加盟国の比率、独自の印象",
        "土日の会合",
        "インドシナ半島とインド洋",
        "中央アジア、南アジア",
        "日本海、日本語、日本人",
        "会議中の印刷物",
        "我が国",
        "イランド、スペインター、マリン",
        "対中央アジア、対中小企業、対英語圏、対加盟国、対独立派",
        "反対日程、絶対中止、対外政策、対欧政策",
        "昨日中に、本年中の、今回独自の",
    ],
)
def test_no_country_in_text(text):
    assert texts(find_countries(text), text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("アジア開発銀行", "アジア開発銀行:org/adb アジア:region/asia"),
        ("国連安保理", "国連安保理:org/unsc 国連:org/un"),
        ("国連憲章", "国連憲章:treaty/un-charter 国連:org/un"),
        ("国家安全保障会議", "国家安全保障会議:gov/jp-nsc"),
        ("中央アジア", "中央アジア:region/central-asia"),
        ("日本語", "日本語:lang/ja"),
        ("日本海", "日本海:location/sea-of-japan"),
        ("東京都", "東京都:region/tokyo-pref"),
        ("ＡＤＢＩとＡＤＢ", "ADBI:org/adbi ADB:org/adb"),
        ("SDGsの達成", "SDGs:concept/sdgs"),
        ("ユネスコプロジェクト", "ユネスコ:org/unesco"),
        ("日本・ペルーパートナーシップ", "日本:JPN ペルー:PER"),
        ("OVOP運動", "OVOP運動:program/ovop-movement OVOP:program/ovop"),
        ("G7とG77", "G7:org/g7 G77:org/g77"),
        ("京都議定書とパリ協定", "京都議定書:treaty/kyoto-protocol 京都:city/kyoto パリ協定:treaty/paris-agreement パリ:city/paris"),
        ("東南アジア諸国連合", "東南アジア諸国連合:org/asean 東南アジア:region/southeast-asia"),
    ],
)  # fmt: skip
def test_names_in_text(text, expected):
    folded = fold_width(text)

    assert [
        f"{folded[found.start : found.end]}:{found.value}" for found in find_names(text)
    ] == expected.split()


@pytest.mark.parametrize(
    "text",
    ["両国連携の強化", "GAIN", "IMFX", "各国会合", "締約国会議", "パリティ", "バリア", "ローマン"],
)
def test_no_name_in_text(text):
    assert texts(find_names(text), text) == []
