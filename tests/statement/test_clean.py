import unicodedata

import pytest

from seimeibun.statement import read_statement
from seimeibun.statement.clean import fold_in_place, radicals
from seimeibun.statement.header import find_field


def test_every_radical_of_both_blocks_has_a_kanji():
    kangxi = set(range(0x2F00, 0x2FD6))
    supplement = set(range(0x2E81, 0x2EF4)) - {0x2E9A}

    assert kangxi <= radicals().keys()
    assert supplement <= radicals().keys()
    assert all(unicodedata.category(kanji) == "Lo" for kanji in radicals().values())


def test_kangxi_radicals_agree_with_unicode_but_for_what_japan_writes_otherwise():
    other = {
        chr(code): kanji
        for code, kanji in radicals().items()
        if code >= 0x2F00 and kanji != unicodedata.normalize("NFKC", chr(code))
    }

    assert other == {"⼾": "戸", "⿈": "黄", "⿊": "黒"}


@pytest.mark.parametrize(
    ("text", "clean"),
    [
        ("⽇本と⺠間の⻑い⼒", "日本と民間の長い力"),
        ("ｱｼﾞｱﾊﾟｰﾄﾅｰ｢海｣｡", "アジアパートナー「海」。"),
        ("共　同　声　明", "共同声明"),
        ("２０１４年７月１６日，会談を行った．", "2014年7月16日、会談を行った。"),
        ("３，６００億円", "3,600億円"),
        (
            "双方は、日本国による総額３，\n６００億円の供与を歓迎した。",
            "双方は、日本国による総額3,600億円の供与を歓迎した。",
        ),
        ("2015 年3月 21 日", "2015年3月21日"),
        ("32.8 億ドル", "32.8億ドル"),
        ("から 20 13 年まで", "から2013年まで"),
        ("開催し，20 13 年 11 月に", "開催し、2013年11月に"),
        ("（１） 2 12 か国", "(1) 2 12か国"),
        (
            "　双方は、租税条約の改正に関する交渉を一層加速し、これを20 1\n3 年末までに妥結させること及び次回の協議を来年の春に東京で開催\n"
            "することで意見の一致をみた。",
            "双方は、租税条約の改正に関する交渉を一層加速し、これを2013年末までに妥結させること及び次回の協議を来年の春に東京で開催することで意見の一致をみた。",
        ),
        ("それぞれ 3 50 万ユーロを拠出した。", "それぞれ350万ユーロを拠出した。"),
        ("約 ３２． ８ 億円", "約32.8億円"),
        ("総額 1, 200 億円", "総額1,200億円"),
        ("計 1 2,500 名", "計12,500名"),
        ("平成 2 5 年 1 2 月", "平成25年12月"),
        ("今後 1 0 年 間", "今後10年間"),
        ("3 50 万ユーロの供与", "3 50万ユーロの供与"),
        ("予算 350 400 億円", "予算350 400億円"),
        ("男女 20 30人", "男女20 30人"),
        ("第 2 12 月", "第2 12月"),
        ("毎年 10 12 日", "毎年10 12日"),
        ("Free and Open な海", "Free and Openな海"),
        ("１　　双方は", "1 双方は"),
        ("～〜・「」Ⅰ㈱①", "～〜・「」Ⅰ㈱①"),
        ("﨑と髙と神", "﨑と髙と神"),
        ("協\u200b力\ufeff\u202a\u202c", "協力"),
        ("協力\t\t署名", "協力 署名"),
        ("令和3年3月30日　外務省", "令和3年3月30日 外務省"),
        ("昭和四十年三月三十日（火）　ハノイ", "昭和四十年三月三十日(火) ハノイ"),
        ("3月30日　に", "3月30日に"),
        ("附属書　行動計画", "附属書 行動計画"),
        ("ケニア共和国外交部長　姫路飛（署名）", "ケニア共和国外交部長 姫路飛(署名)"),
        ("外　務　大　臣　談　話", "外務大臣談話"),
        ("別添１　共　同　声　明", "別添1 共同声明"),
    ],
)
def test_clean_text(text, clean):
    assert read_statement(text).text == clean


def test_a_warning_counts_the_radicals():
    assert any("2 CJK radicals" in w for w in read_statement("⽇本の⼒").warnings)


def test_folding_in_place_keeps_every_place():
    text = "⽇本ｱｼﾞｱ　（２０２５年）\t，．\u2003が"

    assert len(fold_in_place(text)) == len(text)


@pytest.mark.parametrize(
    ("line", "key"),
    [
        ("[文書名] 共同声明", "title"),
        ("［年月日］　1983年", "date"),
        ("【備考】", "note"),
        ("[全文]", "text"),
        ("日　時：5月1日", "date"),
        ("場所: 東京", "place"),
    ],
)
def test_header_fields(line, key):
    field = find_field(fold_in_place(line), bare=True)

    assert field is not None
    assert field.key == key


@pytest.mark.parametrize("line", ["【経済】", "[1]", "双方は:", "目的：協力", "場所は東京"])
def test_what_only_looks_like_a_header_field(line):
    assert find_field(fold_in_place(line), bare=True) is None
