"""Any bytes at all as files: a dataset that holds, or rows of errors.

``SEIMEIBUN_CASES`` is the number of cases; each has up to four files.
"""

import os
import shutil

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from seimeibun.tables.read import read_table
from seimeibun.verify import verify_dataset

CASES = int(os.environ.get("SEIMEIBUN_CASES", "300"))
PHRASES = [
    "共同声明", "\n", "\r\n", "　", "双方は、", "2025年", "１２月３１日", "に", "一致した。", "=1+1", "'", '"', ",", "\x00",
    "\ufeff", "\u202e", "\x0c", "𠮷", "か\u3099", "㈱", "<html>", "<p>", "</p>", "&#xD800;", "<table>", "%PDF-1.7", "PK\x03\x04", "（", "）", "「", "\t", "\u2028",
]  # fmt: skip

texts = st.lists(st.sampled_from(PHRASES), max_size=30).map("".join)
encoded = st.builds(
    lambda text, encoding: text.encode(encoding, "ignore"),
    texts,
    st.sampled_from(["utf-8", "utf-8-sig", "cp932", "euc_jp", "iso2022_jp", "utf-16", "utf-16-le"]),
)
files = st.dictionaries(
    st.sampled_from(["a.txt", "b.html", "c.pdf", "d.docx"]),
    st.one_of(st.binary(max_size=400), encoded),
    min_size=1,
)


@settings(
    max_examples=CASES,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(found=files)
def test_any_bytes_give_a_dataset_that_holds(folder, annotate_by_hand, run_with, found):
    for old in ("in", "out"):
        shutil.rmtree(folder / old, ignore_errors=True)
    (folder / "in").mkdir()
    for name, data in found.items():
        (folder / "in" / name).write_bytes(data)

    tally = run_with([str(folder / "in")], annotate_by_hand, folder / "out")

    report = verify_dataset(folder / "out")
    assert report.violations == []
    assert tally.annotated + tally.failed == len(found)
    errors = read_table(folder / "out/errors.csv")
    assert (report.documents, len(errors)) == (tally.annotated, tally.failed)
