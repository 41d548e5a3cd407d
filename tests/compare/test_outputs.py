"""The command, the files that it writes, the page, the workbook, the plots."""

import csv
import json
import re
import shutil
import subprocess
import warnings

import openpyxl
import pandas as pd
import pytest
from typer.testing import CliRunner

from seimeibun.cli import app
from seimeibun.compare import Comparison, plots
from seimeibun.compare.columns import columns
from seimeibun.compare.keyness import Options
from seimeibun.compare.plots.style import style
from seimeibun.compare.report import Request, make_report
from seimeibun.compare.write import write_csv, write_report

TABLES = {
    "frequency_long", "keyness", "formulae", "verbs_by_actor", "exclusive_terms", "collocates", "kwic",
    "confounding", "normalisation_audit", "summary",
}  # fmt: skip


def run(*arguments):
    return CliRunner().invoke(app, [str(argument) for argument in arguments])


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    from .conftest import OLDER, TALK, Maker, write_folder

    maker = Maker().add("a-2014", OLDER, year=2014, partner="PER", place="リマ")
    return write_folder(
        maker.add("b-2025", TALK, year=2025).tables(), tmp_path_factory.mktemp("data")
    )


@pytest.fixture(scope="module")
def written(folder, tmp_path_factory):
    out = tmp_path_factory.mktemp("out")
    result = run("compare", folder, "--by", "year", "--target", 2025, "--reference", 2014, "-o", out,
                 "--permutations", 200)  # fmt: skip
    assert result.exit_code == 0, result.output
    return out, result


def read(path):
    return pd.read_csv(path, encoding="utf-8-sig", keep_default_na=False, dtype=str)


def test_the_command_writes_the_tables(written):
    out, result = written

    assert {f"{name}.csv" for name in TABLES} <= {path.name for path in out.iterdir()}
    assert (out / "keyness.csv").read_bytes().startswith(b"\xef\xbb\xbf")
    keyness = read(out / "keyness.csv")
    assert (keyness["target"] == "2025").all()
    assert (keyness["p_doc"] == "").all()
    assert "One document in each group" in result.stderr
    assert "partner are completely confounded" in re.sub(r"\s+", " ", result.stderr)
    manifest = json.loads((out / "manifest.json").read_text(encoding="utf-8"))
    assert manifest["request"]["seed"] == 0
    assert set(manifest["files"]) == {
        path.relative_to(out).as_posix()
        for path in out.rglob("*.*")
        if path.name != "manifest.json"
    }
    assert len(manifest["dataset"]["sha256"]["tokens"]) == 64


def test_every_column_is_explained(written):
    explained = read(written[0] / "columns.csv").set_index(["table", "column"])

    for name in TABLES:
        for column in read(written[0] / f"{name}.csv").columns:
            assert explained.loc[(name, column), "ja"], column
    assert len(columns()) == len(set(columns()))


def test_the_same_seed_gives_the_same_bytes(folder, written, tmp_path):
    run(
        "compare",
        folder,
        "--target",
        2025,
        "--reference",
        2014,
        "-o",
        tmp_path,
        "--permutations",
        200,
    )

    first = {p.relative_to(written[0]): p.read_bytes() for p in written[0].rglob("*.*")}
    second = {p.relative_to(tmp_path): p.read_bytes() for p in tmp_path.rglob("*.*")}
    assert [name for name in first if first[name] != second.get(name)] == []
    assert len(first) > 20


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--by", "speaker"], "no column 'speaker'"),
        (["--target", "1999"], "no document with year '1999'; there are 2014, 2025"),
        (["--target", "2025", "--within", "year=2025"], "the reference 'rest' is empty"),
        (["--unit", "morpheme"], "no unit 'morpheme'; there are compound"),
        (["--unit", "ngram:99"], "n-grams have 2 to 9 words"),
        (["--layer", "verb"], "no layer verb"),
        (["--zone", "footnotes"], "no zone 'footnotes'"),
        (["--within", "year"], "is no condition"),
    ],
)
def test_wrong_usage_ends_with_2_and_says_what_there_is(folder, tmp_path, arguments, message):
    result = run("compare", folder, "-o", tmp_path / "out", *arguments)

    assert result.exit_code == 2
    assert message in result.stderr
    assert not (tmp_path / "out").exists()


def test_an_empty_group(maker, save, tmp_path):
    from .conftest import OLDER, TALK

    maker.add("a", TALK, year=2001).add("b", OLDER, year=2002).add("c", TALK, year=2003)
    folder = save(maker.add("d", ["。", "、 。"], year=2004).tables(), tmp_path / "data")
    small = ("--permutations", 20, "--no-plots", "--no-page", "--no-excel")

    result = run("compare", folder, "-o", tmp_path / "out", "--target", 2004, *small)
    assert result.exit_code == 2
    assert "year '2004' has no word in this zone" in result.stderr
    result = run("compare", folder, "-o", tmp_path / "out", *small)
    assert result.exit_code == 0
    assert "Groups without a word are left out: 2004" in " ".join(result.stderr.split())
    assert set(read(tmp_path / "out/frequency_long.csv")["group"]) == {"2001", "2002", "2003"}


def test_with_many_groups_the_manifest_says_what_is_left_out(save, many_documents, tmp_path):
    folder = save(many_documents, tmp_path / "data")
    small = ("--permutations", 20, "--no-plots", "--no-page", "--no-excel", "--min-count", 12)
    assert run("compare", folder, "-o", tmp_path / "some", *small).exit_code == 0
    assert run("compare", folder, "-o", tmp_path / "all", *small, "--all-rows").exit_code == 0
    some, every = (read(tmp_path / name / "keyness.csv") for name in ("some", "all"))
    manifest = json.loads((tmp_path / "some/manifest.json").read_text(encoding="utf-8"))

    assert len(some) < len(every)
    assert set(some["term"]) < set(every["term"])
    pairs = manifest["comparisons"]
    assert sum(pair["rows"] for pair in pairs) == len(every)
    assert sum(pair["rows_shown"] for pair in pairs) == len(some)
    assert any(f"{len(every):,}" in warning["en"] for warning in manifest["warnings"])
    terms = set(read(tmp_path / "some/frequency_long.csv")["term"])
    assert terms == set(every["term"])


def test_too_many_groups_are_refused(maker, save, tmp_path):
    for number in range(151):
        maker.add(f"d{number}", ["双方 は 平和 を 歓迎 し た 。"], year=1800 + number)
    result = run("compare", save(maker.tables(), tmp_path / "data"), "-o", tmp_path / "out")

    assert result.exit_code == 2
    assert "151 groups of year" in " ".join(result.stderr.split())


def test_ids_of_digits_and_short_rows_are_read_as_they_are(maker, save, tmp_path):
    from .conftest import OLDER, TALK

    tables = maker.add("007", TALK, year=2001).add("08", OLDER, year=2002).tables()
    folder = save(tables, tmp_path / "data")
    lines = (folder / "documents.csv").read_text(encoding="utf-8-sig").splitlines()
    (folder / "documents.csv").write_text(
        "\n".join([lines[0], lines[1].rstrip(","), lines[2]]), encoding="utf-8"
    )

    assert Comparison.from_csv(folder).documents["doc_id"].tolist() == ["007", "08"]


def test_a_number_that_is_none_is_refused(folder, tmp_path):
    broken = shutil.copytree(folder, tmp_path / "broken")
    df = read(broken / "tokens.csv")
    write_csv(df.assign(start=df["start"].mask(df.index == 3, "x")), broken / "tokens.csv")
    result = run("compare", broken, "-o", tmp_path / "out")

    assert result.exit_code == 2
    assert "tokens.csv is not CSV as seimeibun writes it" in result.stderr


def test_cells_are_those_of_the_csv_module(tmp_path):
    texts = ["a,b", 'say "x"', "two\nlines", "", "=1+1", "港"]
    df = pd.DataFrame({"text": texts, "number": [1, 2.5, None, 1e-9, 3, 4], "flag": [True] * 6})
    write_csv(df, tmp_path / "t.csv")
    with (tmp_path / "t.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file, strict=True))

    assert [row[0] for row in rows[1:]] == [t if t != "=1+1" else "'=1+1" for t in texts]
    assert [row[1] for row in rows[1:]] == ["1", "2.5", "", "1e-09", "3", "4"]
    assert {row[2] for row in rows[1:]} == {"true"}


def test_a_dataset_of_another_version(folder, tmp_path):
    newer, older = (
        shutil.copytree(folder, tmp_path / "newer"),
        shutil.copytree(folder, tmp_path / "older"),
    )
    (newer / "run.json").write_text('{"versions": {"ja-seimeibun": "9.1.0"}}')
    write_csv(read(older / "tokens.csv").drop(columns="norm"), older / "tokens.csv")

    result = run("compare", newer, "-o", tmp_path / "out")
    assert result.exit_code == 2
    assert "was written by seimeibun 9.1.0" in result.stderr
    result = run("compare", older, "-o", tmp_path / "out")
    assert result.exit_code == 2
    assert "tokens.csv: no column norm" in result.stderr
    result = run("compare", tmp_path / "nowhere", "-o", tmp_path / "out")
    assert result.exit_code == 2
    assert "no such folder" in result.stderr


def test_a_folder_reads_as_its_tables_do(folder, two_documents):
    options = {"by": "year", "target": 2025, "reference": 2014, "permutations": 50, "bootstrap": 50}

    pd.testing.assert_frame_equal(
        Comparison.from_csv(folder).keyness(**options),
        Comparison.from_tables(two_documents).keyness(**options),
    )


def test_metadata_is_joined(folder, tmp_path):
    path = tmp_path / "meta.csv"
    path.write_text("doc_id,speaker\na-2014,大森\nb-2025,山田\n", encoding="utf-8")
    result = run("compare", folder, "--by", "speaker", "--metadata", path, "-o", tmp_path / "out",
                 "--no-plots", "--no-page", "--no-excel", "--permutations", 20)  # fmt: skip
    assert result.exit_code == 0, result.stderr
    assert set(read(tmp_path / "out/summary.csv")["group"]) == {"大森", "山田"}

    path.write_text("doc_id,speaker\na-2014,大森\n", encoding="utf-8")
    result = run("compare", folder, "--by", "speaker", "--metadata", path, "-o", tmp_path / "out")
    assert result.exit_code == 2
    assert "no row for 1 of 2 documents, such as 'b-2025'" in result.stderr


def test_kwic(folder, tmp_path):
    result = run("kwic", folder, "歓迎")
    assert result.exit_code == 0
    assert result.stdout.count("【歓迎】") == 4
    assert "4 occurrences of 歓迎" in result.stderr

    result = run("kwic", folder, "歓迎", "--format", "csv", "--within", "year=2025")
    assert result.stdout.splitlines()[0].startswith("term,unit,group,doc_id,year")
    assert len(result.stdout.splitlines()) == 3
    assert run("kwic", folder, "歓迎", "-o", tmp_path / "kwic.csv").exit_code == 0
    assert len(read(tmp_path / "kwic.csv")) == 4

    result = run("kwic", folder, "宇宙")
    assert result.exit_code == 2
    assert "no '宇宙' in any unit" in result.stderr


def test_formulas_stay_text(maker, save, tmp_path):
    tables = maker.add("a", ["=SUM(A1) は 平和 を 歓迎 し た 。"] * 3, year=2001).add(
        "b", ["双方 は 平和 を 歓迎 し た 。"] * 3, year=2002
    )
    folder = save(tables.tables(), tmp_path / "data")
    report = make_report(Comparison.from_csv(folder), Request(permutations=20))
    write_report(report, tmp_path / "out", plots=False, page=False)

    assert '"=SUM' not in (tmp_path / "out/keyness.csv").read_text(encoding="utf-8-sig")
    assert "'=SUM(A1)" in (tmp_path / "out/keyness.csv").read_text(encoding="utf-8-sig")
    book = openpyxl.load_workbook(tmp_path / "out/comparison.xlsx")
    cells = [
        cell
        for row in book["特徴語"].iter_rows()
        for cell in row
        if str(cell.value).startswith("=")
    ]
    assert cells
    assert all(cell.data_type == "s" for cell in cells)


def test_the_workbook_has_titles_and_numbers(written):
    book = openpyxl.load_workbook(written[0] / "comparison.xlsx")

    assert {"はじめに", "特徴語", "用例", "交絡", "列の説明"} <= set(book.sheetnames)
    sheet = book["特徴語"]
    titles = [cell.value for cell in sheet[1]]
    assert titles[0] == "語"
    g2 = sheet.cell(2, titles.index("G²") + 1)
    assert isinstance(g2.value, float)
    assert sheet.freeze_panes == "B2"
    front = [row[1].value for row in book["はじめに"].iter_rows() if row[1].value]
    assert any("各群1文書" in value for value in front)


def test_the_page_holds_everything_and_asks_for_nothing(written):
    html = (written[0] / "comparison.html").read_text(encoding="utf-8")

    assert not re.search(r"https?://(?!www\.w3\.org)", html)
    assert "default-src 'none'" in html
    data = json.loads(re.search(r'id="data">(.*?)</script>', html, re.DOTALL)[1])
    row = dict(zip(data["columns"], data["pairs"][0]["rows"][0], strict=True))
    assert row["term"] in data["occurrences"]
    for sentence, offset, length, _, _ in data["occurrences"]["双方"]:
        assert data["sentences"][sentence][3][offset : offset + length] == "双方"
    assert data["warnings"][0]["ja"].startswith("各群1文書")


def test_what_an_earlier_comparison_wrote_goes(save, two_documents, tmp_path):
    folder, out = save(two_documents, tmp_path / "data"), tmp_path / "out"
    report = make_report(Comparison.from_csv(folder), Request(permutations=20))
    write_report(report, out, plots=False)
    with (out / "kwic.csv").open("a", encoding="utf-8") as kept:
        kept.write("a remark of mine\r\n")
    (out / "notes.txt").write_text("mine too", encoding="utf-8")
    report.tables.pop("kwic")

    write_report(report, out, plots=False, page=False)

    assert (out / "comparison.xlsx").exists()
    assert not (out / "comparison.html").exists()
    assert (out / "kwic.csv").read_text(encoding="utf-8-sig").endswith("a remark of mine\n")
    assert (out / "notes.txt").exists()


def test_the_page_cuts_words_from_their_sentences(save, two_documents, tmp_path):
    """Also where tokens between sentences, such as signs of a heading, are in none."""
    tokens = two_documents["tokens"]
    loose = tokens.assign(sent_no=tokens["sent_no"].mask(tokens["token"] == "。"))
    folder = save(two_documents | {"tokens": loose}, tmp_path / "data")
    report = make_report(Comparison.from_csv(folder), Request(permutations=20))
    write_report(report, tmp_path / "out", plots=False, workbook=False)

    html = (tmp_path / "out/comparison.html").read_text(encoding="utf-8")
    data = json.loads(re.search(r'id="data">(.*?)</script>', html, re.DOTALL)[1])
    words = {
        term: {
            data["sentences"][s][3][offset : offset + length] for s, offset, length, _, _ in places
        }
        for term, places in data["occurrences"].items()
        if not term.startswith("<")
    }
    assert words
    assert words == {term: {term} for term in words}


def test_the_page_survives_what_texts_may_hold(maker, save, tmp_path):
    evil = [
        "</script><b>は 平和 を 歓迎 し た 。",
        "<!-- は 平和 を 歓迎 し た 。",
        "双方 は 平和 を 確認 し た 。",
    ]
    folder = save(
        maker.add("a", evil, year=2001).add("b", evil[1:], year=2002).tables(), tmp_path / "data"
    )
    report = make_report(Comparison.from_csv(folder), Request(permutations=20, min_count=1))
    write_report(report, tmp_path / "out", plots=False, workbook=False)

    html = (tmp_path / "out/comparison.html").read_text(encoding="utf-8")
    assert html.count("</script>") == 2
    assert "<!--" not in html


@pytest.mark.skipif(not shutil.which("chromium"), reason="no chromium to open the page in")
def test_the_page_works_in_a_browser(written, tmp_path):
    page = (written[0] / "comparison.html").resolve().as_uri()
    run = subprocess.run(
        ["chromium", "--headless", "--no-sandbox", "--disable-gpu", f"--user-data-dir={tmp_path}",
         "--virtual-time-budget=2000", "--dump-dom", f"{page}#%E5%8F%8C%E6%96%B9"],
        capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip
    assert re.search("<b[^>]*>双方</b>", run.stdout)
    assert 'class="term"' in run.stdout


def test_plots_are_there(written):
    names = {path.name for path in (written[0] / "plots").iterdir()}

    for name in ("keyness", "forest", "scatter", "network", "rates", "verbs", "dispersion"):
        assert {f"{name}.png", f"{name}.svg"} <= names
    assert (written[0] / "plots/keyness.png").read_bytes().startswith(b"\x89PNG")
    svg = (written[0] / "plots/keyness.svg").read_text(encoding="utf-8")
    assert "<text" not in svg  # outlines: no font is needed where it is looked at


def test_no_sign_is_missing_without_system_fonts(monkeypatch, many_documents, tmp_path):
    from matplotlib import font_manager

    from seimeibun.compare.plots.save import save_png, save_svg

    own = [f for f in font_manager.fontManager.ttflist if "matplotlib" in f.fname]
    monkeypatch.setattr(font_manager.fontManager, "ttflist", own)
    many = Comparison.from_tables(many_documents)
    df = many.keyness(
        by="year", target="2013-2015", reference="2010-2012", permutations=50, bootstrap=0
    )
    groups = many.groups("year", "2013-2015", "2010-2012")
    drawn = [
        plots.plot_keyness(df), plots.plot_forest(df), plots.plot_scatter(df),
        plots.plot_rates(many.frequency(by="year"), ["平和", "防災", "≤≥①髙㈱"]),
        plots.plot_verbs(many.verbs(by="year", actor=False)),
        plots.plot_barcode(many.text, many.occurrences(), groups, ["防災"]),
        plots.plot_trend(many.trend_points("防災"), "防災"),
        plots.plot_correspondence(many.correspondence(by="year")),
        plots.plot_keyness_of_groups(
            many.against_rest(by="year", options=Options(permutations=20, bootstrap=0))
        ),
    ]  # fmt: skip
    with style(), warnings.catch_warnings():
        warnings.simplefilter("error")
        for ax in drawn:
            found = ax.get_figure(root=True)
            found.draw_without_rendering()
            save_png(found, tmp_path / "a.png")
            save_svg(found, tmp_path / "a.svg")


def test_plots_draw_into_given_axes_and_change_no_settings(two_documents):
    import matplotlib as mpl
    from matplotlib.figure import Figure

    before = dict(mpl.rcParams)
    df = Comparison.from_tables(two_documents).keyness(
        by="year", target=2025, reference=2014, permutations=50, bootstrap=0
    )
    ax = Figure().subplots()

    assert plots.plot_keyness(df, ax=ax) is ax
    assert plots.plot_forest(df, ax=Figure().subplots()) is not ax
    assert dict(mpl.rcParams) == before
