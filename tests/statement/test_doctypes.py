import pytest

from seimeibun.statement.doctypes import doc_type_of_opening, doc_type_of_title, doc_types


@pytest.mark.parametrize("kind", doc_types(), ids=lambda kind: kind.id)
def test_a_kind_of_document_is_found_in_its_own_examples(kind):
    find = doc_type_of_title if kind.where == "title" else doc_type_of_opening
    for example in kind.examples:
        assert find(example.replace("（", "(").replace("）", ")")) == kind.name


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("核実験に関する条約をめぐる共同声明", "共同声明"),
        ("共同声明「海の憲章に向けて」", "共同声明"),
        ("「友好宣言」に関する両国外務大臣の共同記者会見", "共同記者会見"),
        ("日・架空国首脳会談", "首脳会談の概要"),
        ("日・架空国外相会談(結果)", "外相会談の概要"),
        ("無償資金協力に関する書簡の交換", "交換公文"),
        ("外務大臣のバレッタ訪問", ""),
        ("", ""),
    ],
)
def test_the_last_kind_named_counts(title, name):
    assert doc_type_of_title(title) == name
