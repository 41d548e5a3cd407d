"""A dataset to a folder: every file whole or not at all."""

import os
from collections.abc import Mapping
from pathlib import Path

import pandas as pd

from seimeibun.tables import checks, datapackage, dialect, frames
from seimeibun.tables.folder import TEXT, beside, old_documents, put
from seimeibun.tables.schema import TABLES


def write_dataset(
    tables: Mapping[str, pd.DataFrame],
    texts: Mapping[str, str],
    folder: str | os.PathLike[str],
    *,
    excel_guard: bool = True,
    run_json: str = "",
) -> None:
    """Write the tables, the texts by document id, and their description.

    All files are first written beside their places and then put there, so that a failure on the way
    leaves the old dataset as it was. Texts of documents that the old dataset had and the new one has not
    are removed; other files in the folder stay.
    """
    folder = Path(folder)
    if problems := checks.problems(tables):
        message = f"not written, since the tables are not as declared: {problems[0]}"
        raise ValueError(message)
    old = set(old_documents(folder))
    with beside(folder) as new:
        for doc_id, text in texts.items():
            (new / TEXT / f"{doc_id}.txt").write_text(text, encoding="utf-8", newline="")
        for name, table in TABLES.items():
            columns = (frames.values(tables[name], column) for column in table.columns)
            with (new / f"{name}.csv").open("w", encoding=dialect.ENCODING, newline="") as file:
                dialect.write_rows(file, table, columns, excel_guard=excel_guard)
        description = datapackage.to_json(excel_guard=excel_guard)
        (new / datapackage.NAME).write_text(description, encoding="utf-8", newline="")
        if run_json:
            (new / "run.json").write_text(run_json, encoding="utf-8", newline="")
        put(new, folder)
    for doc_id in old - texts.keys():
        (folder / TEXT / f"{doc_id}.txt").unlink(missing_ok=True)
