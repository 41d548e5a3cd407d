import csv

import pytest

from seimeibun.expressions.quantities import find_quantities

QUANTITIES = [
    # cardinals
    ("3分野の協力", "3分野 CARDINAL 3 分野"),
    ("５か国", "5か国 CARDINAL 5 か国"),
    ("五カ国", "五カ国 CARDINAL 5 カ国"),
    ("15ヶ国", "15ヶ国 CARDINAL 15 ヶ国"),
    ("百二十か国・地域", "百二十か国・地域 CARDINAL 120 か国・地域"),
    ("ASEAN10か国", "10か国 CARDINAL 10 か国"),
    ("EU27か国", "27か国 CARDINAL 27 か国"),
    ("本書2通を作成した", "2通 CARDINAL 2 通"),
    ("課題の一つ", "一つ CARDINAL 1 つ"),
    ("二つの原則", "二つ CARDINAL 2 つ"),
    ("３つの柱", "3つ CARDINAL 3 つ"),
    ("三本柱", "三本柱 CARDINAL 3 本柱"),
    ("10件の署名", "10件 CARDINAL 10 件"),
    ("約80万人", "80万人 CARDINAL 800000 人"),
    ("3,000人以上", "3,000人 CARDINAL 3000 人"),
    ("36億人", "36億人 CARDINAL 3600000000 人"),
    ("1人当たりの所得", "1人 CARDINAL 1 人"),
    ("200人派遣", "200人 CARDINAL 200 人"),
    ("専門家二名", "二名 CARDINAL 2 名"),
    ("1,000キロ", "1,000キロ CARDINAL 1000 キロ"),
    ("1,000キロメートル", "1,000キロメートル CARDINAL 1000 キロメートル"),
    ("25万トン", "25万トン CARDINAL 250000 トン"),
    ("1.5度", "1.5度 CARDINAL 1.5 度"),
    ("300MW", "300MW CARDINAL 300 MW"),
    ("巡視船2隻", "2隻 CARDINAL 2 隻"),
    ("3機の輸送機", "3機 CARDINAL 3 機"),
    ("日系企業200社", "200社 CARDINAL 200 社"),
    ("2倍", "2倍 CARDINAL 2 倍"),
    ("2.5倍に", "2.5倍 CARDINAL 2.5 倍"),
    ("三回にわたり", "三回 CARDINAL 3 回"),
    ("12プロジェクト", "12プロジェクト CARDINAL 12 プロジェクト"),
    ("40項目", "40項目 CARDINAL 40 項目"),
    ("与党三党", "三党 CARDINAL 3 党"),
    ("県内12市町村", "12市町村 CARDINAL 12 市町村"),
    ("二段階で実施", "二段階 CARDINAL 2 段階"),
    ("200海里", "200海里 CARDINAL 200 海里"),
    # a compound is counted
    ("全ての５核兵器国", "5核兵器国 CARDINAL 5 核兵器国"),
    ("次の4重点分野", "4重点分野 CARDINAL 4 重点分野"),
    ("本年の7主要事業", "7主要事業 CARDINAL 7 主要事業"),
    # shares
    ("30%", "30% PERCENT 30 %"),
    ("３０％", "30% PERCENT 30 %"),
    ("〇・七パーセント", "〇・七パーセント PERCENT 0.7 パーセント"),
    ("三割", "三割 PERCENT 3 割"),
    ("2割増", "2割 PERCENT 2 割"),
    ("1割5分", "1割5分 PERCENT 1.5 割"),
    # ordinals
    ("第1回会合", "第1回 ORDINAL 1 回"),
    ("第６８回総会", "第68回 ORDINAL 68 回"),
    ("第二十四回国会", "第二十四回 ORDINAL 24 回"),
    ("第2次行動計画", "第2次 ORDINAL 2 次"),
    ("第九条", "第九条 ORDINAL 9 条"),
    ("第3項", "第3項 ORDINAL 3 項"),
    ("第7章", "第7章 ORDINAL 7 章"),
    ("第12号", "第12号 ORDINAL 12 号"),
    ("第2期", "第2期 ORDINAL 2 期"),
    ("第4段階", "第4段階 ORDINAL 4 段階"),
    ("第六委員会", "第六委員会 ORDINAL 6 委員会"),
    ("3回目", "3回目 ORDINAL 3 回目"),
    ("二番目", "二番目 ORDINAL 2 番目"),
    ("世界3位", "3位 ORDINAL 3 位"),
    ("決議1540号", "1540号 ORDINAL 1540 号"),
]
NOT_QUANTITIES = [
    "二国間",
    "2国間",
    "第三国",
    "第三者",
    "第一に",
    "第1に、",
    "第一線",
    "一致した",
    "一層",
    "一環として",
    "一体性",
    "一方",
    "一部の",
    "一員",
    "一人一人",
    "一人当たり",
    "バルト三国",
    "三国協力",
    "双方",
    "両国",
    "二重課税",
    "一村一品",
    "三位一体",
    "唯一",
    "多国間",
    "四国",
    "九州",
    "十分な",
    "万全",
    "二度と",
    "三角協力",
    "数十人",
    "数か国",
    "10数カ国",
    "三十余か国",
    "何人も",
    "A/RES/66/290",
    "NPB-7国",
    "東京+25",
    "2025",
    "G7首脳",
    "一票の格差",
    "三分の一",
    "一国二制度",
    "5人材育成",
    "3国際協力",
    "2本会議",
    "1 はじめに",
    "4優良農業分野における協力",
    "福島第一原発",
    "3地域情勢",
    "38度線",
    "F-15戦闘機",
    "2機関間協力",
    "〇か国",
    "12トンネル",
    "第三世界",
    "六者会合",
    "2、3件",
]


@pytest.mark.parametrize(("text", "expected"), QUANTITIES)
def test_quantities(text, expected):
    found = [(text[q.start : q.end], q.label, q.number, q.unit) for q in find_quantities(text)]
    wide = str.maketrans("０１２３４５６７８９％", "0123456789%")
    assert [" ".join(parts).translate(wide) for parts in found] == [expected]


@pytest.mark.parametrize("text", NOT_QUANTITIES)
def test_what_counts_nothing_is_left_alone(text):
    assert find_quantities(text) == []


def test_what_dates_and_money_took_is_left_alone():
    text = "5か国と3件と7社"
    found = find_quantities(text, taken=[(0, 4), (5, 7)])
    assert [text[q.start : q.end] for q in found] == ["7社"]


@pytest.mark.parametrize(
    "sign", ["1", "億", "一、", "1,000", "一・", "第1", "5核兵器", "一致", "1国"]
)
def test_long_runs_do_not_stall(sign):
    find_quantities(sign * (40_000 // len(sign)))


@pytest.mark.corpus
@pytest.mark.parametrize("key", ["2014", "2025"])
def test_the_reference_statements(corpus, key):
    from seimeibun.expressions.dates import find_dates
    from seimeibun.expressions.money import find_money

    path = next((corpus / "statements").glob(f"{key}*.txt"))
    text = path.read_bytes().decode()
    taken = [(found.start, found.end) for find in (find_dates, find_money) for found in find(text)]
    with (corpus / "gold" / f"quantities_{key}.tsv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    gold = [(int(row["start"]), int(row["end"]), row["kind"], row["value"]) for row in rows]
    found = find_quantities(text, taken=taken)
    assert [(q.start, q.end, q.label.lower(), q.number) for q in found] == gold
