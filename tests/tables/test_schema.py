"""The declaration, and what follows from it: pandera's checks, datapackage.json, the reader."""

import json

import frictionless
import pandas as pd
import pytest

from seimeibun.tables import checks, datapackage, frames
from seimeibun.tables.read import read_dataset
from seimeibun.tables.schema import ENTITY_LABELS, LABELS, TABLES
from seimeibun.tables.write import write_dataset

# The contract with those who read the CSV: key, then the columns that must be there, in this order.
CONTRACT = {
    "documents": "doc_id | title doc_type date date_source year place source_path source_sha256 media_type encoding newline n_chars n_paragraphs n_sentences n_tokens n_annotations status warnings",
    "parties": "doc_id party_no | iso3 name role",
    "paragraphs": "doc_id para_no | kind number heading page start end",
    "sentences": "doc_id sent_no | para_no kind start end text",
    "tokens": "doc_id token_id | sent_no start end token norm lemma reading upos xpos feats head_token_id dep_rel bunsetu_no",
    "annotations": "span_id | doc_id year para_no sent_no layer label start end text value source rule parent_span_id entity_id status reviewer sentence",
    "dates": "span_id | doc_id start end text type edtf start_date end_date granularity duration mod freq anchor anchor_source in_name",
    "money": "span_id | doc_id start end text amount_min amount_max currency currency_candidates mod per full_start full_end",
    "agreements": "span_id | doc_id year para_no sent_no start end text lemma mwe category category_ja content_type level commitment_level polarity form tense passive intensifier actor_text actor_start actor_end actor_resolved actor_scope actor_source target_text target_resolved object_text object_start object_end chain_id cameo_root plover rule sentence",
    "relations": "doc_id relation head_span_id dep_span_id | start end text",
    "entities": "entity_id | label canonical iso3 n_mentions n_docs",
    "errors": "source_path code | stage message",
}
TABLE_SCHEMA_KINDS = {
    "string": "string",
    "date": "date",
    "integer": "integer",
    "decimal": "number",
    "boolean": "boolean",
}


@pytest.fixture(scope="module")
def empty_dataset(tmp_path_factory):
    folder = tmp_path_factory.mktemp("empty")
    write_dataset(_empty(), {}, folder)
    return folder


@pytest.mark.parametrize("name", CONTRACT)
def test_the_columns_of_the_contract_are_there(name):
    key, columns = (part.split() for part in CONTRACT[name].split("|"))

    assert list(TABLES[name].key) == key
    assert TABLES[name].names[: len(key) + len(columns)] == key + columns


def test_there_are_no_other_tables():
    assert list(TABLES) == list(CONTRACT)
    assert len(ENTITY_LABELS) == 15
    assert sorted(LABELS) == ["agreement", "date", "entity", "money", "quantity"]


@pytest.mark.parametrize("table", TABLES.values(), ids=lambda table: table.name)
def test_declaration_checks_description_and_reader_agree(table, empty_dataset):
    resources = {resource["name"]: resource for resource in datapackage.datapackage()["resources"]}
    schema = resources[table.name]["schema"]
    pandera = checks.pandera_schema(table.name)
    read = read_dataset(empty_dataset, check=False)[table.name]

    assert [field["name"] for field in schema["fields"]] == table.names
    assert list(pandera.columns) == table.names
    assert list(read.columns) == table.names
    assert tuple(schema["primaryKey"]) == table.key
    assert pandera.unique == list(table.key)
    for column, field in zip(table.columns, schema["fields"], strict=True):
        constraints = field.get("constraints", {})
        assert field["type"] == TABLE_SCHEMA_KINDS[column.kind]
        assert field["title"] == column.title
        assert constraints.get("required", False) is not column.nullable
        assert tuple(constraints.get("enum", ())) == column.enum
        assert read[column.name].dtype == frames.DTYPES[column.kind]
        if column.kind != "decimal":
            assert pandera.columns[column.name].dtype.type == frames.DTYPES[column.kind]


@pytest.mark.parametrize("table", TABLES.values(), ids=lambda table: table.name)
def test_every_column_is_told_in_both_languages(table):
    for column in table.columns:
        assert column.title
        assert column.ja
        assert (
            column.en.isascii()
            or "文節" in column.en
            or "共同" in column.en
            or "総額" in column.en
            or "Ⅰ" in column.en
            or "以上" in column.en
            or "改めて" in column.en
        )


@pytest.mark.parametrize("table", TABLES.values(), ids=lambda table: table.name)
def test_references_point_to_columns_that_are_there(table):
    for reference in table.references:
        assert set(reference.columns) <= set(table.names)
        assert set(reference.to) <= set(TABLES[reference.table].names)


@pytest.mark.parametrize("guard", [True, False])
def test_frictionless_accepts_the_dataset(make_doc, tmp_path, guard):
    import seimeibun.tables
    from seimeibun.tables.document import Document

    doc = make_doc()
    write_dataset(
        seimeibun.tables([doc]), {"minato": Document.of(doc).source}, tmp_path, excel_guard=guard
    )

    package = frictionless.Package(str(tmp_path / "datapackage.json"))
    report = package.validate()

    assert report.flatten(["name", "rowNumber", "fieldName", "note"]) == []
    assert frictionless.Package.validate_descriptor(
        json.loads((tmp_path / "datapackage.json").read_text(encoding="utf-8"))
    ).valid


def _empty():
    return {name: frames.empty(table) for name, table in TABLES.items()}


def test_checks_name_table_column_row_and_what_would_be_right():
    tables = _empty()
    row = {
        "entity_id": "x",
        "label": "PLANET",
        "canonical": "",
        "iso3": "",
        "n_mentions": 0,
        "n_docs": 1,
    }
    tables["entities"] = frames.frame(
        TABLES["entities"], {key: [value] for key, value in row.items()}
    )

    problems = checks.problems(tables)

    assert {(p.column, p.row) for p in problems} == {("label", 0), ("n_mentions", 0)}
    assert str(problems[0]).startswith(
        "entities.label, row 1: 'PLANET'; it must be one of PERSON, "
    )


def test_checks_see_keys_that_repeat():
    tables = _empty()
    row = {"source_path": "a.txt", "code": "empty", "stage": "read", "message": "empty"}
    tables["errors"] = pd.concat(
        [frames.frame(TABLES["errors"], {k: [v] for k, v in row.items()})] * 2, ignore_index=True
    )

    assert {problem.column for problem in checks.problems(tables)} == {"source_path", "code"}
