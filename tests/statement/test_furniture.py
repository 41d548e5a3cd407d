import pytest

from seimeibun.statement.furniture import furniture, is_furniture
from seimeibun.statement.structure import is_header_line


@pytest.mark.parametrize("kind", furniture(), ids=lambda kind: kind.id)
def test_furniture_is_found_in_its_own_examples(kind):
    for example in kind.examples:
        assert kind.pattern.fullmatch(example.replace("（", "(").replace("）", ")"))


@pytest.mark.parametrize(
    "line",
    [
        "共同声明",
        "日本国外務大臣",
        "双方は、全文を公表した。",
        "検索技術の協力",
        "印刷物の交換",
        "関連する協力",
        "1 写真展",
    ],
)
def test_what_only_looks_like_furniture(line):
    assert not is_furniture(line)


@pytest.mark.parametrize(
    ("line", "header"),
    [
        ("2019年8月20日、バンダルスリブガワン", True),
        ("(2019年8月20日)", True),
        ("令和元年八月二十日(火曜日)", True),
        ("於:東京", True),
        ("(於:スバ)", True),
        ("2019年8月20日の共同声明は有効である", False),
        ("二国間関係", False),
    ],
)
def test_header_lines(line, header):
    assert is_header_line(line) is header
