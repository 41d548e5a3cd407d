import pytest

from seimeibun.statement.marks import find_mark


@pytest.mark.parametrize(
    ("line", "number", "value", "rest"),
    [
        ("１　双方は", "1", 1, "双方は"),
        ("12．双方は", "12", 12, "双方は"),
        ("1、双方は", "1", 1, "双方は"),
        ("1 日本側は", "1", 1, "日本側は"),
        ("2 国連改革", "2", 2, "国連改革"),
        ("3 人的交流", "3", 3, "人的交流"),
        ("4 5月の会合は", "4", 4, "5月の会合は"),
        ("（２）経済", "(2)", 2, "経済"),
        ("(イ) 監視", "(イ)", 2, "監視"),
        ("ア　漁業", "ア", 1, "漁業"),
        ("一、両国は", "一", 1, "両国は"),
        ("十二　両国は", "十二", 12, "両国は"),
        ("Ⅳ．結語", "Ⅳ", 4, "結語"),
        ("II. 結語", "II", 2, "結語"),
        ("第三条　両国は", "第三条", 3, "両国は"),
        ("第3条（目的）", "第3条", 3, "（目的）"),
        ("1.2 貿易", "1.2", 2, "貿易"),
        ("1-2 貿易", "1-2", 2, "貿易"),
        ("①貿易", "①", 1, "貿易"),
        ("a) 貿易", "a", 1, "貿易"),
        ("● 貿易", "", 0, "貿易"),
        ("・貿易", "", 0, "貿易"),
        ("－　貿易", "", 0, "貿易"),
        ("○両首脳は", "", 0, "両首脳は"),
    ],
)
def test_marks(line, number, value, rest):
    mark = find_mark(line)

    assert mark is not None
    assert (mark.number, line[mark.length :]) == (number, rest)
    assert mark.value == value


@pytest.mark.parametrize(
    "line",
    [
        "21 日に", "2015 年3月", "5 か国は", "3 人の大臣", "10 月の会合", "2 国間", "1.5億ドル", "3,600億円", "23、24日", "第三条に基づき",
        "第5回会合", "一般に", "一、二の国", "−5度", "○○省", "ア、それは", "U.S.は", "GDPは", "（以下同じ）", "・", "ー長音",
    ],
)  # fmt: skip
def test_what_only_looks_like_a_mark(line):
    assert find_mark(line) is None or find_mark(line).length == len(line)
