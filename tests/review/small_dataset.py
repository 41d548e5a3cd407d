"""A small dataset made by hand: no model, a character outside the BMP, nested spans, every layer."""

from seimeibun.tables import frames
from seimeibun.tables.schema import LABELS, TABLES
from seimeibun.tables.write import write_dataset

ONE = "𠮷野港に関する共同声明\n\n１　日本国政府は、東京国際会議で2030年までに３億円を供与することで一致した。東京を歓迎した。"
TWO = "会談の概要\n\n大臣は、東京を訪問し、東京において2025年７月に協力を確認した。"
SPANS = {
    "one": [
        ("entity", "FACILITY", "𠮷野港", 0, "facility/yoshino"),
        ("entity", "GOVERNMENT_BODY", "日本国政府", 0, "government_body/jpn"),
        ("entity", "COUNTRY", "日本国", 0, "JPN"),
        ("entity", "EVENT", "東京国際会議", 0, "event/東京国際会議"),
        ("entity", "CITY", "東京", 0, "city/tokyo"),
        ("entity", "CITY", "東京", 1, "city/tokyo"),
        ("date", "DATE", "2030年", 0, "../2030"),
        ("money", "MONEY", "３億円", 0, "JPY 300000000"),
        ("quantity", "CARDINAL", "３億", 0, "300000000"),
        ("agreement", "AGREE", "一致", 0, "AGREE"),
        ("agreement", "WELCOME", "歓迎", 0, "WELCOME"),
    ],
    "two": [
        ("entity", "CITY", "東京", 0, "city/tokyo"),
        ("entity", "CITY", "東京", 1, "city/tokyo"),
        ("date", "DATE", "2025年７月", 0, "2025-07"),
        ("agreement", "CONFIRM", "確認", 0, "CONFIRM"),
    ],
}
TEXTS = {"one": ONE, "two": TWO}
# 20,400 characters with 600 spans, and signs that would be markup
LONG = "\n".join(["𠮷野大臣は、<b>東京</b>で2030年に３億円の協力を歓迎した。" + "あ" * 60] * 240)[
    :20_400
]
MANY_SPANS = [
    (layer, label, word, number, "x")
    for layer, label, word in (
        ("entity", "CITY", "東京"),
        ("date", "DATE", "2030年"),
        ("agreement", "WELCOME", "歓迎"),
    )
    for number in range(200)
]


def place(text, part, nth=0):
    """Code points of the nth occurrence of a part."""
    at = -1
    for _ in range(nth + 1):
        at = text.index(part, at + 1)
    return at, at + len(part)


def span_id(doc_id, layer, label, start, end):
    return f"{doc_id}#{layer}:{start}-{end}:{label}"


def rows_of(doc_id, text, spans):
    """Rows by table; spans are (layer, label, part, nth, value)."""
    rows = {name: [] for name in TABLES}
    lines, at = [], 0
    for line in text.split("\n"):
        if line:
            lines.append((at, at + len(line)))
        at += len(line) + 1
    rows["documents"].append(
        {"doc_id": doc_id, "title": text.split("\n")[0], "date": "2025-08-01", "date_source": "given", "year": 2025,
         "source_path": f"{doc_id}.txt", "source_sha256": "0" * 64, "media_type": "text/plain", "encoding": "utf-8",
         "newline": "LF", "n_chars": len(text), "n_paragraphs": len(lines), "n_sentences": len(lines),
         "n_tokens": len(text), "n_annotations": len(spans), "status": "ok"}
    )  # fmt: skip
    for number, (start, end) in enumerate(lines, 1):
        place_ = {"doc_id": doc_id, "para_no": number, "start": start, "end": end}
        rows["paragraphs"].append({**place_, "kind": "body"})
        rows["sentences"].append(
            {**place_, "sent_no": number, "kind": "body", "text": text[start:end]}
        )
    signs = [(i, sign) for i, sign in enumerate(text) if not sign.isspace()]
    for number, (i, sign) in enumerate(signs, 1):
        rows["tokens"].append(
            {
                "doc_id": doc_id,
                "token_id": number,
                "start": i,
                "end": i + 1,
                "token": sign,
                "norm": sign,
            }
        )
    rows["documents"][0]["n_tokens"] = len(signs)
    found = []
    for layer, label, part, nth, value in spans:
        start, end = place(text, part, nth)
        number = next(n for n, (a, b) in enumerate(lines, 1) if a <= start < b)
        key = span_id(doc_id, layer, label, start, end)
        here = {"span_id": key, "doc_id": doc_id, "start": start, "end": end, "text": part}
        found.append(
            here
            | {"year": 2025, "para_no": number, "sent_no": number, "layer": layer, "label": label, "value": value,
               "source": "rule", "rule": f"{layer}/test", "status": "pending", "sentence": text[slice(*lines[number - 1])],
               "entity_id": value if layer == "entity" else ""}
        )  # fmt: skip
        if layer == "date":
            rows["dates"].append(
                here | {"type": label, "edtf": value, "end_date": "2030-12-31", "in_name": False}
            )
        elif layer == "money":
            rows["money"].append(here | {"currency": "JPY"})
        elif layer == "agreement":
            rows["agreements"].append(
                here
                | {
                    "category": label,
                    "para_no": number,
                    "sent_no": number,
                    "year": 2025,
                    "rule": "x",
                }
            )
    from seimeibun.review.relations import parents

    found.sort(key=lambda row: (row["layer"], row["start"], row["end"], row["label"]))
    around = parents(found)
    rows["annotations"] = [r | {"parent_span_id": around.get(r["span_id"], "")} for r in found]
    return rows


def write(folder, spans=SPANS, texts=TEXTS, run="run 1"):
    """Write a dataset of the texts with the spans."""
    rows = {name: [] for name in TABLES}
    for doc_id, text in texts.items():
        for name, of_one in rows_of(doc_id, text, spans[doc_id]).items():
            rows[name] += of_one
    mentions = {}
    for row in rows["annotations"]:
        if row["entity_id"]:
            mentions.setdefault(row["entity_id"], []).append(row)
    rows["entities"] = [
        {"entity_id": key, "label": m[0]["label"], "canonical": m[0]["text"], "n_mentions": len(m),
         "n_docs": len({row["doc_id"] for row in m})}
        for key, m in sorted(mentions.items())
    ]  # fmt: skip
    tables = {}
    for name, table in TABLES.items():
        tables[name] = frames.frame(
            table,
            {
                c.name: [
                    row.get(c.name, "" if c.kind in {"string", "date"} else None)
                    for row in rows[name]
                ]
                for c in table.columns
            },
        )
    write_dataset(tables, texts, folder, run_json=run)
    return folder


assert {layer for spans in SPANS.values() for layer, *_ in spans} == set(LABELS)
