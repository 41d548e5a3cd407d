"""Small datasets made by hand: words between spaces, no model."""

import re

import pandas as pd
import pytest

from seimeibun.compare.write import write_csv
from seimeibun.tables import frames
from seimeibun.tables.schema import TABLES

PARTICLES = {"は", "を", "に", "の", "が", "と", "で", "し", "た", "する", "こと"}
ACTS = {"歓迎": "WELCOME", "確認": "CONFIRM", "一致": "AGREE", "表明": "STATE"}
STATES = {"日本": "JPN", "カナダ": "CAN", "ペルー": "PER"}
PERSONS = {"山田", "大森"}
ACTORS = {"双方", "各国外務大臣"}
_DATE = re.compile(r"[0-9０-９]{4}年")


def _tags(word):
    if re.fullmatch(r"[、。，．「」()]", word):
        return "PUNCT", "補助記号-句点"
    if word in PARTICLES:
        return "ADP", "助詞-格助詞"
    if word in ACTS:
        return "VERB", "名詞-普通名詞-サ変可能"
    if re.fullmatch(r"[0-9０-９]+", word):
        return "NUM", "名詞-数詞"
    return "NOUN", "名詞-普通名詞-一般"


class Maker:
    """Collects rows; a paragraph is a string of words, ``+`` joins words of one 文節."""

    def __init__(self):
        self.rows = {name: [] for name in TABLES}

    def add(
        self, doc_id, paragraphs, *, year=2025, doc_type="共同声明", partner="CAN", place="東京"
    ):
        self.rows["documents"].append({
            "doc_id": doc_id, "title": doc_id, "doc_type": doc_type, "date": f"{year}-05-01", "year": year,
            "place": place, "source_path": f"{doc_id}.txt", "status": "ok",
        })  # fmt: skip
        for number, iso3 in enumerate(["JPN", partner], 1):
            self.rows["parties"].append(
                {"doc_id": doc_id, "party_no": number, "iso3": iso3, "name": iso3}
            )
        self.position = self.token = self.bunsetu = 0
        for number, paragraph in enumerate(paragraphs, 1):
            self._paragraph(doc_id, number, paragraph, year)
        return self

    def _paragraph(self, doc_id, number, paragraph, year):
        start = self.position
        for chunk in paragraph.split():
            self.bunsetu += 1
            for word in chunk.split("+"):
                self._word(doc_id, number, word, year)
        common = {
            "doc_id": doc_id,
            "para_no": number,
            "start": start,
            "end": self.position,
            "kind": "body",
        }
        self.rows["paragraphs"].append(common)
        self.rows["sentences"].append(
            common | {"sent_no": number, "text": paragraph.replace(" ", "")}
        )

    def _word(self, doc_id, number, word, year):
        start, end = self.position, self.position + len(word)
        self.position, self.token = end, self.token + 1
        upos, xpos = _tags(word)
        folded = word.translate({c: c - 0xFEE0 for c in range(0xFF01, 0xFF5F)})
        self.rows["tokens"].append({
            "doc_id": doc_id, "token_id": self.token, "sent_no": number, "start": start, "end": end, "token": word,
            "norm": folded, "lemma": folded, "upos": upos, "xpos": xpos, "bunsetu_no": self.bunsetu,
        })  # fmt: skip
        place = {
            "doc_id": doc_id,
            "para_no": number,
            "sent_no": number,
            "start": start,
            "end": end,
            "year": year,
        }
        for layer, label, entity in _layers(word):
            span_id = f"{doc_id}#{layer}:{start}-{end}:{label}"
            self.rows["annotations"].append(place | {
                "span_id": span_id, "layer": layer, "label": label, "text": word, "value": entity,
                "source": "rule", "entity_id": entity, "status": "pending", "sentence": "",
            })  # fmt: skip
            if layer == "agreement":
                self.rows["agreements"].append(place | {
                    "span_id": span_id, "text": word, "lemma": word, "category": label, "category_ja": label,
                    "level": "MAIN", "commitment_level": 1, "polarity": "AFF", "actor_resolved": "JPN;CAN",
                    "actor_scope": "ALL_PARTIES", "passive": False,
                })  # fmt: skip

    def tables(self):
        entities = {row["entity_id"]: row for row in self.rows["annotations"] if row["entity_id"]}
        self.rows["entities"] = [
            {
                "entity_id": key,
                "label": row["label"],
                "canonical": row["text"],
                "n_mentions": 1,
                "n_docs": 1,
            }
            for key, row in sorted(entities.items())
        ]
        return {name: _frame(TABLES[name], rows) for name, rows in self.rows.items()}


def _layers(word):
    if word in ACTS:
        yield "agreement", ACTS[word], ""
    if word in STATES:
        yield "entity", "COUNTRY", STATES[word]
    if word in PERSONS:
        yield "entity", "PERSON", f"person/{word}"
    if _DATE.fullmatch(word):
        yield "date", "DATE", ""


def _frame(table, rows):
    def cell(column, row):
        null = "" if column.kind in {"string", "date"} else None
        return row.get(column.name, null)

    return frames.frame(
        table, {column.name: [cell(column, row) for row in rows] for column in table.columns}
    )


def write_folder(tables, folder):
    folder.mkdir(parents=True, exist_ok=True)
    for name, df in tables.items():
        write_csv(pd.DataFrame(df), folder / f"{name}.csv")
    return folder


@pytest.fixture
def maker():
    return Maker()


@pytest.fixture
def save():
    return write_folder


TALK = [
    "双方 は 経済+協力 を 歓迎 し た 。",
    "双方 は 2025年 に 港湾+計画 で 一致 し た 。",
    "日本 は 平和 の 重要性 を 確認 し た 。",
    "山田 は 二国間+協力 を 表明 し た 。",
    "双方 は 経済+協力 の 推進 で 一致 し た 。",
    "カナダ は 平和+構築 を 歓迎 し た 。",
]
OLDER = [
    "各国外務大臣 は 農業+分野 を 歓迎 し た 。",
    "各国外務大臣 は 平和 の 重要性 を 確認 し た 。",
    "大森 は 2014年 に 農業+分野 の 支援 を 表明 し た 。",
    "各国外務大臣 は 防災 の 推進 を 確認 し た 。",
    "日本 は 防災 と 平和 を 歓迎 し た 。",
    "各国外務大臣 は 農業+分野 の 推進 で 一致 し た 。",
]


@pytest.fixture
def two_documents():
    """One document of 2014 and one of 2025, other partners, other places."""
    maker = Maker()
    maker.add("a-2014", OLDER, year=2014, partner="PER", place="リマ")
    return maker.add("b-2025", TALK, year=2025).tables()


@pytest.fixture
def many_documents():
    """Five documents of each of six years; the second half of the years speaks of 防災 more."""
    maker = Maker()
    for year in range(2010, 2016):
        for number in range(5):
            paragraphs = [
                OLDER[(number + k) % 6] if (year + k + number) % 3 else TALK[(year + k) % 6]
                for k in range(6)
            ]
            if year >= 2013:
                paragraphs += ["双方 は 気候+変動 と 防災 を 確認 し た 。"] * (1 + number % 2)
            kind = "共同声明" if number % 2 else "議長声明"
            maker.add(f"{year}-{number}", paragraphs, year=year, doc_type=kind)
    return maker.tables()
