"""Statements written for these tests: what is read from each form."""

import json
from typing import NamedTuple

import pytest

from seimeibun.sources import SourceText
from seimeibun.statement import Statement, read_statement


class Expected(NamedTuple):
    title: str
    doc_type: str
    date: str
    date_source: str
    place: str
    parties: str
    kinds: str  # of the paragraphs, each with its number
    n_body: int
    n_signature: int


BILATERAL_HEADER = """\
[文書名] 日本国とアルメニア共和国との間の防災協力に関する共同声明
[場所] エレバン
[年月日] 2009年5月18日
[出典] 外務省
[備考] 仮訳
[全文]
　1 日本国外務大臣とアルメニア共和国外務大臣は、2009年5月18日、エレバンにおいて会談を行った。
　2 両大臣は、地震への備えを強めることで一致した。両大臣は、専門家の往来を歓迎した。
（1）日本側は、観測機器12基を供与する意向を表明した。
（2）アルメニア側は、この表明に謝意を述べた。
"""
MULTILATERAL_SECTIONS = """\
第２回太平洋・島嶼国海洋会合
議長総括

平成２２年６月４日
於：那覇

第２回太平洋・島嶼国海洋会合は，２０１０年６月３日及び４日，那覇で開催された。会合には，日本国，フィジー諸島共和国，パラオ共和国及びサモア独立国の海洋担当大臣が出席した。

Ⅰ　漁業資源
１．参加国は，資源の管理の重要性を確認した。
２．参加国は，次の事項について一致した。
（ア）漁獲量の報告
（イ）監視船の相互訪問
Ⅱ　海上の安全
３．参加国は，救難訓練（２０１１年に実施予定。）を歓迎した。
以上
"""
PRESS_SUMMARY = """\
日・ラトビア首脳会談（概要）
平成25年3月7日

3月7日午後2時から約40分間、総理大臣は訪日中のラトビア大統領と会談を行いました。概要は以下のとおりです。

１　冒頭
（１）総理大臣から、訪日を歓迎すると述べました。
（２）先方から、温かい歓迎に感謝すると述べました。

２　二国間関係
●両首脳は、投資協定の交渉を始めることで一致しました。
●両首脳は、学生交流の拡大を歓迎しました。

| |
別ウィンドウで開く
"""
EXCHANGE_OF_NOTES = """\
モザンビークに対する無償資金協力に関する書簡の交換
令和3年11月9日

１　11月9日（現地時間同日）、モザンビーク共和国の首都マプトにおいて、我が方在モザンビーク大使と先方外務大臣との間で、総額15億4,000万円の無償資金協力に関する書簡の交換が行われました。
２　対象案件の概要は次のとおりです。
（１）「灌漑施設整備計画」（供与限度額11億2,000万円）
（２）「職業訓練校拡充計画」（供与限度額4億2,000万円）
（参考）モザンビーク共和国は、面積約80万平方キロメートル、人口約3,100万人です。
"""
TWO_COLUMNS = """\
日本国政府とマルタ共和国政府との間の海事協力に関する共同声明

双方は、船員の訓練について協力することを確認した。双方は、毎年協議を行うことで一致した。

2006年9月12日にバレッタで署名された。

    山川　太郎              カルメロ・ボルグ
    日本国国土交通大臣      マルタ共和国運輸大臣
"""
WORLDJPN_STRIPPED = """\
[文書名] 日本・ボツワナ外相共同プレス発表
1996年8月20日、東京において、日本国外務大臣とボツワナ共和国外務大臣は会談し、次のとおり発表した。
両大臣は、「南部の水」構想（以下「構想」という。）を進めることで意見の一致をみた。
両大臣は、再会を約した。
"""
ARTICLES = """\
文化協力に関する日本国政府とウルグアイ東方共和国政府との間の協定

日本国政府及びウルグアイ東方共和国政府は、
友好の精神に基づき、
次のとおり協定した。

第一条
両締約国政府は、学者の交換を奨励する。
第二条　両締約国政府は、互いの言語の教育を助ける。
第三条
1　この協定は、署名の日に効力を生ずる。
2　この協定は、五年間効力を有する。

以上の証拠として、下名は、各自の政府から正当に委任を受けてこの協定に署名した。

千九百七十八年四月十四日にモンテビデオで、ひとしく正文である日本語及びスペイン語により本書二通を作成した。

日本国政府のために
　　北沢　五郎
ウルグアイ東方共和国政府のために
　　フアン・ロドリゲス
"""
PDF_PAGES = """\
日・ガーナ共同声明

2012 年10 月3 日、日本国内閣総理大臣とガーナ共和国大統領は、東京で会
談を行い、両国の協力を一層深めることについて意見が一致した。両首脳は、
カカオの品質を高める取組（第1期）を歓迎した。
- 1 -
1. 両首脳は、農村の電化について、2015 年までに新たな事業を始めること
を確認した。これに関連し、ガーナ共和国大統領は、日本の支援が地方の暮
らしを支えてきたことを高く評価し、

- 2 -

引き続き緊密に協力していく意向を表明した。
2. 両首脳は、国連の場における協力を続けることで一致した。
"""
SEVENTIES = """\
日本・モーリタニア共同コミュニケ

　モーリタニア回教共和国外務大臣は、日本国政府の招待により、昭和四十七年三月六日から十日まで日本国を公式に訪問した。
一、両大臣は、国際情勢について意見を交換し、その見解が近似していることに満足の意を表した。
二、両大臣は、漁業の分野における協力を促進することに意見の一致を見た。
三、モーリタニア側は、日本国に対し、技術者の派遣を要請した。
　昭和四十七年三月十日　東京
　　日本国外務大臣　大川　一郎
　　モーリタニア回教共和国外務大臣　アフメド・シディ
"""
MOFA_HTML = """\
トップページ > 会談・訪問 > 外務大臣
日・コスタリカ外相会談
英語版 (English)
平成28年2月3日

本3日午前10時00分から約30分間、外務大臣は、訪日中のコスタリカ共和国外務大臣との間で外相会談を行ったところ、概要は以下のとおりです。

1．二国間関係
（1）両大臣は、地熱発電に関する円借款の進捗を歓迎しました。
（2）両大臣は、査証の緩和について協議を続けることで一致しました。

2．国際場裡における協力
両大臣は、安保理改革や海洋の分野で連携することで一致しました。

このページのトップへ戻る
関連リンク
コスタリカ共和国基礎データ
"""
JOINT_STATEMENT_1998 = """\
日本国とトルコ共和国との間の
二十一世紀に向けた友好協力に関する
共同宣言

　日本国内閣総理大臣及びトルコ共和国首相は、平成十年（一九九八年）十月五日、アンカラで会談し、以下のとおり宣言した。

１．双方は、
（１）政治対話を毎年行う。
（２）経済使節団を派遣する。

２．日本側は、耐震技術の移転のため、三億二千万円を限度とする無償資金協力を行う意図を表明した。

　　　　　　　　　　一九九八年十月五日　アンカラにて

日本国内閣総理大臣　　　　　　トルコ共和国首相
（署名）　　　　　　　　　　　（署名）
"""
CHAIR_ASEAN = """\
第7回日ASEAN防災担当大臣会合
議長声明
（仮訳）
2019年8月20日、ブルネイ・ダルサラーム国・バンダルスリブガワン

我々、ASEAN加盟国及び日本の防災担当大臣は、2019年8月20日に会合を開催した。

前文
1.我々は、域内の防災力の強化を再確認した。
　　1.1　我々は、AHAセンターの役割を強調した。
　　1.2　我々は、訓練を歓迎した。

結び
2.我々は、次回会合を2021年にラオスで開催することを決定した。
***
"""
MEMORANDUM_EN = """\
日本国国土交通省とチュニジア共和国設備省との間の協力覚書

日本国国土交通省とチュニジア共和国設備省（以下「双方」という。）は、

次のとおり認識に達した。

1　目的
この覚書は、橋梁の保全に関する協力を進めることを目的とする。

2　協力の分野
ア　点検技術
イ　人材の育成
ウ　その他双方が決定する分野

本覚書は、2017年1月9日にチュニスで、英語により2通作成された。

For the Ministry of Land, Infrastructure, Transport and Tourism of Japan

For the Ministry of Equipment of the Republic of Tunisia
"""
FACT = """\
日・ジョージア首脳会談

日時：平成31年1月15日(火曜日)　14時30分～15時10分
場所：総理大臣官邸
出席者：（日本側）総理大臣ほか
　　　　（先方）ジョージア大統領ほか

１　総理大臣から、大統領の訪日を歓迎した。
２　両首脳は、以下の諸点で一致。
・　租税条約の早期署名
・　直行便の開設に向けた協議
３　結果として、両首脳は共同声明に署名した。
（了）
"""
NARROW = """\
共同声明

両大臣は、二〇
一一年五月の会
合で示された方
針に基づき、海
洋資源の調査を
共同で行うこと
で一致した。
両大臣は、次回
会合を東京で開
催する。
"""
LETTER_EXCHANGE = """\
（日本側書簡）

　書簡をもって啓上いたします。本大臣は、ニジェール共和国の経済開発を促進するため、五億四千万円（五四〇、〇〇〇、〇〇〇円）を限度とする額の贈与が行われることを申し述べる光栄を有します。
　本大臣は、以上を申し進めるに際し、ここに重ねて閣下に向かって敬意を表します。
　千九百九十九年二月十六日にニアメで
　　　　　　　　日本国特命全権大使　山田花子
ニジェール共和国外務大臣
　　アマドゥ・イサカ閣下
"""
MIXED_BULLETS = """\
日・カザフスタン首脳会談（ポイント）

○　経済
－両首脳は、投資協定の発効を歓迎。
－両首脳は、レアアースの共同探査を進めることで一致。
○　人的交流
－　日本語教師の派遣を継続。
"""
SPEECH = """\
太平洋の友へ
外務大臣政策スピーチ
（於：スバ）

　御列席の皆様、ブラ・ヴィナカ。
　本日、ここスバで、日本の太平洋政策についてお話しできることを光栄に思います。
１　海がつなぐもの
　日本とフィジーは、海でつながっています。
　御清聴ありがとうございました。
"""

STATEMENTS = {
    "bilateral_header": (
        BILATERAL_HEADER,
        Expected(
            "日本国とアルメニア共和国との間の防災協力に関する共同声明",
            "共同声明",
            "2009-05-18",
            "header",
            "エレバン",
            "JPN ARM",
            "header title header header header header header body:1 body:2 body:(1) body:(2)",
            5,
            0,
        ),
    ),
    "multilateral_sections": (
        MULTILATERAL_SECTIONS,
        Expected(
            "第２回太平洋・島嶼国海洋会合 議長総括",
            "議長総括",
            "2010-06-04",
            "header",
            "那覇",
            "JPN FJI PLW WSM",
            "title title header header body heading:Ⅰ body:1 body:2 list:(ア) list:(イ) heading:Ⅱ body:3 header",
            7,
            0,
        ),
    ),
    "press_summary": (
        PRESS_SUMMARY,
        Expected(
            "日・ラトビア首脳会談（概要）",
            "首脳会談の概要",
            "2013-03-07",
            "header",
            "",
            "JPN LVA",
            "title header body heading:1 body:(1) body:(2) heading:2 list list header header",
            6,
            0,
        ),
    ),
    "exchange_of_notes": (
        EXCHANGE_OF_NOTES,
        Expected(
            "モザンビークに対する無償資金協力に関する書簡の交換",
            "交換公文",
            "2021-11-09",
            "header",
            "マプト",
            "MOZ JPN",
            "title header body:1 body:2 list:(1) list:(2) body",
            5,
            0,
        ),
    ),
    "two_columns": (
        TWO_COLUMNS,
        Expected(
            "日本国政府とマルタ共和国政府との間の海事協力に関する共同声明",
            "共同声明",
            "2006-09-12",
            "signature",
            "バレッタ",
            "JPN MLT",
            "title body signature signature signature signature signature",
            2,
            1,
        ),
    ),
    "worldjpn_stripped": (
        WORLDJPN_STRIPPED,
        Expected(
            "日本・ボツワナ外相共同プレス発表",
            "共同プレス発表",
            "1996-08-20",
            "body",
            "東京",
            "JPN BWA",
            "header title body body body",
            3,
            0,
        ),
    ),
    "articles": (
        ARTICLES,
        Expected(
            "文化協力に関する日本国政府とウルグアイ東方共和国政府との間の協定",
            "協定",
            "1978-04-14",
            "signature",
            "モンテビデオ",
            "JPN URY",
            "title body body body heading:第一条 body body:第二条 heading:第三条 body:1 body:2 signature signature signature signature signature signature",
            7,
            2,
        ),
    ),
    "pdf_pages": (
        PDF_PAGES,
        Expected(
            "日・ガーナ共同声明",
            "共同声明",
            "2012-10-03",
            "body",
            "東京",
            "JPN GHA",
            "title body body:1 body:2",
            5,
            0,
        ),
    ),
    "seventies": (
        SEVENTIES,
        Expected(
            "日本・モーリタニア共同コミュニケ",
            "共同コミュニケ",
            "1972-03-10",
            "signature",
            "東京",
            "JPN MRT",
            "title body body:一 body:二 body:三 signature signature signature signature signature",
            4,
            0,
        ),
    ),
    "mofa_html": (
        MOFA_HTML,
        Expected(
            "日・コスタリカ外相会談",
            "外相会談の概要",
            "2016-02-03",
            "header",
            "",
            "JPN CRI",
            "header title header header body heading:1 body:(1) body:(2) heading:2 body header header header",
            4,
            0,
        ),
    ),
    "joint_statement_1998": (
        JOINT_STATEMENT_1998,
        Expected(
            "日本国とトルコ共和国との間の二十一世紀に向けた友好協力に関する共同宣言",
            "共同宣言",
            "1998-10-05",
            "signature",
            "アンカラ",
            "JPN TUR",
            "title title title body body:1 body:(1) body:(2) body:2 signature signature signature signature signature",
            5,
            0,
        ),
    ),
    "chair_asean": (
        CHAIR_ASEAN,
        Expected(
            "第7回日ASEAN防災担当大臣会合 議長声明",
            "議長声明",
            "2019-08-20",
            "header",
            "バンダルスリブガワン",
            "JPN ",
            "title title header header body heading body:1 body:1.1 body:1.2 heading body:2 header",
            5,
            0,
        ),
    ),
    "memorandum_en": (
        MEMORANDUM_EN,
        Expected(
            "日本国国土交通省とチュニジア共和国設備省との間の協力覚書",
            "覚書",
            "2017-01-09",
            "signature",
            "チュニス",
            "JPN TUN",
            "title body body heading:1 body heading:2 list:ア list:イ list:ウ signature signature signature",
            6,
            1,
        ),
    ),
    "fact": (
        FACT,
        Expected(
            "日・ジョージア首脳会談",
            "首脳会談の概要",
            "2019-01-15",
            "header",
            "総理大臣官邸",
            "JPN GEO",
            "title header header header header body:1 body:2 list list body:3 header",
            5,
            0,
        ),
    ),
    "narrow": (NARROW, Expected("共同声明", "共同声明", "", "", "", "", "title body body", 2, 0)),
    "letter_exchange": (
        LETTER_EXCHANGE,
        Expected(
            "",
            "交換公文",
            "1999-02-16",
            "signature",
            "ニアメ",
            "JPN NER",
            "heading body body signature signature signature signature signature",
            3,
            0,
        ),
    ),
    "mixed_bullets": (
        MIXED_BULLETS,
        Expected(
            "日・カザフスタン首脳会談（ポイント）",
            "首脳会談の概要",
            "",
            "",
            "",
            "JPN KAZ",
            "title heading list list heading list",
            3,
            0,
        ),
    ),
    "speech": (
        SPEECH,
        Expected(
            "太平洋の友へ 外務大臣政策スピーチ",
            "演説",
            "",
            "",
            "スバ",
            "",
            "title title header body body heading:1 body body",
            4,
            0,
        ),
    ),
}

each_text = pytest.mark.parametrize(
    "text", [text for text, _ in STATEMENTS.values()], ids=STATEMENTS
)
each_statement = pytest.mark.parametrize(("text", "expected"), STATEMENTS.values(), ids=STATEMENTS)


@each_statement
def test_metadata(text, expected):
    statement = read_statement(text)

    assert statement.title == expected.title
    assert statement.doc_type == expected.doc_type
    assert (statement.date, statement.date_source) == (expected.date, expected.date_source)
    assert statement.place == expected.place
    assert " ".join(party.iso3 for party in statement.parties) == expected.parties


@each_statement
def test_paragraphs_and_sentences(text, expected):
    statement = read_statement(text)
    kinds = [f"{p.kind}:{p.number}".rstrip(":") for p in statement.paragraphs]

    assert " ".join(kinds) == expected.kinds
    sentences = [sentence.kind for sentence in statement.sentences]
    assert sentences.count("body") == expected.n_body
    assert sentences.count("signature") == expected.n_signature


@each_text
def test_paragraphs_are_the_lines_of_the_clean_text_and_hold_their_sentences(text):
    statement = read_statement(text)

    lines = [statement.text[p.start : p.end] for p in statement.paragraphs]
    assert "\n".join(lines) == statement.text
    for sentence in statement.sentences:
        paragraph = statement.paragraphs[sentence.para_no - 1]
        assert paragraph.start <= sentence.start < sentence.end <= paragraph.end
    assert {s.para_no for s in statement.sentences} == set(range(1, len(lines) + 1))


@each_text
@pytest.mark.parametrize("newline", ["\r\n", "\r"])
def test_line_ends_change_nothing_but_the_way_back(text, newline):
    plain, other = read_statement(text), read_statement(text.replace("\n", newline))

    assert other.text == plain.text
    assert (other.paragraphs, other.sentences) == (plain.paragraphs, plain.sentences)


@each_text
def test_statements_survive_json(text):
    statement = read_statement(text, date="2001-02-03")

    assert Statement.from_dict(json.loads(json.dumps(statement.to_dict()))) == statement


def headings(text):
    statement = read_statement(text)
    return {
        statement.text[s.start : s.end]: statement.paragraphs[s.para_no - 1].heading
        for s in statement.sentences
        if s.kind == "body"
    }


def test_paragraphs_stand_under_their_heading():
    assert headings(MULTILATERAL_SECTIONS)["監視船の相互訪問"] == "漁業資源"
    assert (
        headings(MULTILATERAL_SECTIONS)["参加国は、救難訓練(2011年に実施予定。)を歓迎した。"]
        == "海上の安全"
    )
    assert headings(ARTICLES)["両締約国政府は、互いの言語の教育を助ける。"] == "第二条"


def test_the_number_is_no_part_of_the_sentence():
    statement = read_statement(SEVENTIES)

    assert "両大臣は、漁業の分野における協力を促進することに意見の一致を見た。" in [
        statement.text[s.start : s.end] for s in statement.sentences
    ]


def test_roles():
    assert {p.role for p in read_statement(ARTICLES).parties} == {"signatory"}
    assert {p.role for p in read_statement(PRESS_SUMMARY).parties} == {"participant"}


def test_pages_and_page_numbers():
    statement = read_statement(PDF_PAGES)

    assert [p.page for p in statement.paragraphs] == [1, 1, 2, 3]
    assert "を高く評価し、引き続き緊密に" in statement.text
    assert any("2 page numbers" in warning for warning in statement.warnings)


def test_form_feeds_count_pages():
    statement = read_statement("共同声明\n双方は一致した。\f双方は協議した。\f\n終わった。")

    assert [p.page for p in statement.paragraphs] == [1, 1, 2, 3]


def test_columns_of_a_signature_block_are_cells():
    statement = read_statement(TWO_COLUMNS)
    block = [statement.text[p.start : p.end] for p in statement.paragraphs if p.kind == "signature"]

    assert block[1:] == [
        "山川太郎",
        "カルメロ・ボルグ",
        "日本国国土交通大臣",
        "マルタ共和国運輸大臣",
    ]


def test_vertical_writing_is_joined_and_said():
    statement = read_statement(
        "\n".join("日本とペルーは友好を深めることで一致した。両国は漁業の協力を進める。")
    )

    assert statement.text == "日本とペルーは友好を深めることで一致した。両国は漁業の協力を進める。"
    assert any("vertical" in warning for warning in statement.warnings)


@pytest.mark.parametrize("text", ["昨年7月の会合", "外相会談と首脳会談", "10億円", "共同声明"])
def test_a_bare_phrase_is_a_sentence_without_title(text):
    statement = read_statement(text)

    assert (statement.title, statement.text) == ("", text)
    assert [(p.kind, p.start, p.end) for p in statement.paragraphs] == [("body", 0, len(text))]
    assert [(s.kind, s.start, s.end) for s in statement.sentences] == [("body", 0, len(text))]


@pytest.mark.parametrize("text", ["", "\n \n", "\u200b", "　"])
def test_nothing_is_read_from_nothing(text):
    statement = read_statement(text)

    assert (statement.text, statement.paragraphs, statement.sentences) == ("", (), ())


@pytest.mark.parametrize(
    ("path", "text", "date", "date_source"),
    [
        (
            "2003-04-05_a.txt",
            "[年月日] 2001年2月3日\n[全文]\n双方は、2002年3月4日、会談した。",
            "2001-02-03",
            "header",
        ),
        ("2003-04-05_a.txt", "双方は、2002年3月4日、会談した。", "2002-03-04", "body"),
        ("20030405_a.txt", "双方は、3月4日、会談した。", "2003-04-05", "file_name"),
        (
            "2003-04-05_a.txt",
            "双方は、1956年10月19日の友好宣言を想起した。",
            "2003-04-05",
            "file_name",
        ),
        ("a.txt", "[出典] 白書、2001年2月3日\n[全文]\n双方は会談した。", "", ""),
        ("a.txt", "双方は、先月4日に会談した。", "", ""),
    ],
)
def test_dates_by_their_source(path, text, date, date_source):
    statement = read_statement(SourceText(path=path, text=text, sha256=""))

    assert (statement.date, statement.date_source) == (date, date_source)


def test_a_given_date_wins_and_must_be_one():
    assert read_statement(ARTICLES, date="1999-01-02").date_source == "given"
    with pytest.raises(ValueError, match="'1999-13-02' is none; a date is written as"):
        read_statement(ARTICLES, date="1999-13-02")


def test_dates_that_disagree_are_said():
    text = (
        BILATERAL_HEADER
        + "2009年5月19日にエレバンで署名された。\n日本国外務大臣\nアルメニア共和国外務大臣\n"
    )

    assert any("2009-05-18" in w and "2009-05-19" in w for w in read_statement(text).warnings)


@pytest.mark.parametrize(
    ("opening", "place"),
    [
        ("2031年5月2日、フルバリン(モルディブ)において、外相会合を開催した。", "フルバリン"),
        ("両大臣は、2031年5月2日、ニューヨークの国連本部において会談した。", "ニューヨーク"),
        ("2031年5月2日、ナイロビを訪問中の外務大臣は、財務大臣と会談を行った。", "ナイロビ"),
        ("2031年5月2日、タイのバンコク首都圏ラートヤイ市において会談した。", "ラートヤイ市"),
        ("大臣は、明年、ナイロビを訪問する。", ""),
    ],
)
def test_place_of_the_opening(opening, place):
    assert read_statement(f"共同声明\n\n{opening}\n双方は協力する。\n").place == place


@pytest.mark.parametrize(
    ("header", "place"),
    [
        ("2031年5月2日\n富山市", "富山市"),
        ("リマ\n2031年5月2日", "リマ"),
        ("リマ（ペルー）\n2031年5月2日", "リマ"),
        ("富山県富山市\n2031年5月2日", "富山市"),
        ("チリ共和国、サンティアゴ　2031年5月2日", "サンティアゴ"),
        ("2031年5月2日、セネガル共和国、ダカール", "ダカール"),
        ("2031年5月2日\n\n漁業", ""),
        ("2031年5月2日\n\nリマ会合の成果", ""),
    ],
)
def test_place_of_the_header(header, place):
    text = f"首脳会合　共同宣言\n{header}\n\n前文\n1　首脳は協力する。\n2　首脳は連携する。\n"
    statement = read_statement(text)

    assert (statement.place, statement.date) == (place, "2031-05-02")
    assert statement.title.rstrip() == "首脳会合　共同宣言"


@pytest.mark.parametrize(
    ("lines", "kinds"),
    [
        ("2.0 海洋\n2.1 漁業\n2.1.1 双方は協力する。", "heading heading body"),
        ("2 海洋\n2.1 漁業\n2.1.1 双方は協力する。", "heading heading body"),
        ("2.1 漁業\n2.2 海運\n双方は協力する。", "list list body"),
        ("2.1 漁業\n3.1 海運\n双方は協力する。", "list list body"),
    ],
)
def test_sections_over_sections_are_headings(lines, kinds):
    statement = read_statement(f"共同声明\n2031年5月2日\n\n1.0 前文\n1.1 双方は会した。\n{lines}\n")

    found = [p.kind for p in statement.paragraphs]
    assert " ".join(found[4:]) == kinds


@pytest.mark.parametrize(
    ("title", "opening", "parties"),
    [
        ("日・EU首脳協議共同プレス発表", "首脳は会談した。", "JPN 欧州連合"),
        ("アフガニスタン復興支援に関する日・カナダ共同声明", "双方は一致した。", "JPN CAN"),
        (
            "日本国とヨルダンとの間の共同声明",
            "双方は、イスラエル及びパレスチナは隣人であると述べた。",
            "JPN JOR",
        ),
        ("共同声明", "日本国内閣総理大臣とオマーン国首相は会談した。", "JPN OMN"),
        (
            "外相会談（概要）",
            "外務大臣はケニア外務大臣と会談した。日本側から、歓迎の意を述べた。",
            "KEN JPN",
        ),
        (
            "日・メルコスール閣僚会合共同声明",
            "日本国、アルゼンチン共和国、ウルグアイ東方共和国、パラグアイ共和国及びブラジル連邦共和国の外相が出席した。",
            "JPN メルコスール ARG URY PRY BRA",
        ),
        ("所信表明演説", "我が国は、米国との同盟を重んじます。", ""),
        ("外務大臣談話", "シリアにおける暴力を懸念します。", "JPN"),
        ("コンゴ民主共和国東部の衝突について(外務報道官談話)", "暴力を非難する。", "JPN"),
        (
            "難民に関する共同議長声明",
            "我々、日本、ケニア及び欧州連合(EU)の共同議長は、ウガンダの外相を招いた。",
            "JPN KEN UGA",
        ),
        (
            "港湾に関する首脳会合　リマ宣言",
            "我々、日本国並びにケニア共和国及びチリ共和国の国家元首及び政府の長は、ここに宣言する。",
            "JPN KEN CHL",
        ),
        (
            "港湾技術閣僚会合",
            "ケニア、チリ及びオマーン（以下「三者」という。）並びに日本の港湾技術を担当する閣僚は、リマで会合した。",
            "KEN CHL OMN JPN",
        ),
    ],
)
def test_parties(title, opening, parties):
    statement = read_statement(f"{title}\n\n{opening}\n双方は協力する。\n")

    assert " ".join(party.iso3 or party.name for party in statement.parties) == parties


@pytest.mark.parametrize(
    ("listed", "parties"),
    [
        ("加盟国（フィジー、サモア、トンガ及びバヌアツ）の外務大臣", "JPN FJI WSM TON VUT"),
        ("参加国(フィジー、サモア、トンガ及びバヌアツ)の代表", "JPN FJI WSM TON VUT"),
        ("諸国の漁場（フィジー、サモア、トンガ及びバヌアツ）の保全に当たる船舶", "JPN"),
    ],
)
def test_states_listed_in_brackets_after_their_group_are_parties(listed, parties):
    statement = read_statement(
        f"第3回日・太平洋諸島フォーラム外相会合共同声明\n\n1　日本及びフォーラム{listed}は、スバに集まった。\n"
    )

    assert " ".join(party.iso3 for party in statement.parties if party.iso3) == parties


def test_an_old_text_is_read_with_small_kana_and_keeps_its_own_characters():
    source = "共同声明\n昭和三十二年六月二十一日\n\n一、両者は、会談を行なつた。したがつて両者は、もつとも早い機会に協議する。\n"
    statement = read_statement(source)
    start = statement.text.index("行なった")

    assert "したがって両者は、もっとも早い" in statement.text
    assert source[slice(*statement.offsets.to_source(start, start + 4))] == "行なつた"
