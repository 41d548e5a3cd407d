"""The pages of a whole dataset, and an index of them."""

import os
import tempfile
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path
from urllib.parse import quote

from seimeibun.report.marking import escape
from seimeibun.report.page import Document, Row, head, page
from seimeibun.tables.read import read_strings

_INDEX = {
    "date": "日付",
    "title": "題名",
    "doc_type": "種類",
    "place": "場所",
    "n_annotations": "注釈",
}


def write_report(dataset: Path, folder: Path) -> list[Path]:
    """Write ``<doc_id>.html`` for each document of the dataset, and ``index.html``; return the pages."""
    folder.mkdir(parents=True, exist_ok=True)
    documents = read_strings(dataset, "documents")
    tables = {
        name: _by_document(read_strings(dataset, name))
        for name in ("parties", "paragraphs", "sentences", "annotations", "agreements")
    }
    pages = []
    for meta in documents:
        doc_id = meta["doc_id"]
        text = (dataset / "text" / f"{doc_id}.txt").read_bytes().decode("utf-8")
        rows = {name: table.get(doc_id, []) for name, table in tables.items()}
        pages.append(_write(folder / f"{doc_id}.html", page(Document(meta, text, **rows))))
    _write(folder / "index.html", _index(documents))
    return pages


def _by_document(rows: Iterable[dict[str, str]]) -> dict[str, list[Row]]:
    grouped: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        grouped[row["doc_id"]].append(row)
    return grouped


def _write(path: Path, pieces: Iterable[str]) -> Path:
    """Write the file whole or not at all."""
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="") as file:
            file.writelines(pieces)
        Path(name).chmod(0o644)
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
    return path


def _index(documents: list[dict[str, str]]) -> Iterator[str]:
    yield head("声明文の一覧")
    yield '<body>\n<header><h1>声明文の一覧</h1></header>\n<main class="index">\n<table>\n<thead><tr>'
    yield "".join(f'<th scope="col">{label}</th>' for label in _INDEX.values())
    yield "</tr></thead>\n<tbody>\n"
    for meta in sorted(documents, key=lambda meta: (meta["date"], meta["doc_id"])):
        cells = {name: escape(meta[name]) for name in _INDEX}
        link = escape(quote(f"{meta['doc_id']}.html"))
        cells["title"] = f'<a href="{link}">{cells["title"] or escape(meta["doc_id"])}</a>'
        yield f"<tr>{''.join(f'<td>{cell}</td>' for cell in cells.values())}</tr>\n"
    yield "</tbody>\n</table>\n</main>\n</body>\n</html>\n"
