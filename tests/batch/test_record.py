import json
from collections import Counter
from pathlib import Path

from seimeibun.batch.identity import distribution_hash, pipeline_hash, rules_hash
from seimeibun.batch.outcome import Settings
from seimeibun.batch.record import Clock, run_record
from seimeibun.batch.run import Tally
from seimeibun.sources import Limits


def test_the_record_says_what_made_the_dataset():
    clock = Clock()
    clock.lap("annotate")
    tally = Tally(annotated=2, kept=1, characters=40)
    counts = Counter({"documents": 3, "characters": 60, "dates": 2, "layer date": 2, "warned": 1})

    record = json.loads(
        run_record(tally, counts, arguments={"sources": ["."]}, clock=clock, pipeline="abc")
    )

    assert record["arguments"] == {"sources": ["."]}
    assert record["run"]["annotated"] == 2
    assert record["counts"]["documents"] == 3
    assert record["counts"]["layers"] == {"date": 2}
    assert record["counts"]["characters"] == 60
    assert record["seconds"]["annotate"] >= 0
    assert {"ja-seimeibun", "python", "spacy", "ginza"} <= record["versions"].keys()
    assert record["rules_sha256"] == rules_hash()
    assert record["pipeline_sha256"] == "abc"
    assert len(record["model"]["sha256"]) == len(rules_hash()) == 64


def test_a_package_that_is_not_installed_has_no_hash():
    assert distribution_hash("no-such-distribution") == ""


def test_the_identity_is_of_what_decides_on_rows():
    plain = pipeline_hash(Settings())

    assert pipeline_hash(Settings()) == plain
    assert pipeline_hash(Settings(excel_guard=False)) == plain
    assert pipeline_hash(Settings(date="2025-12-20")) != plain
    assert pipeline_hash(Settings(encoding="cp932")) != plain
    assert pipeline_hash(Settings(selector="main")) != plain
    assert pipeline_hash(Settings(limits=Limits(max_pages=1), max_memory=1)) == plain
    assert pipeline_hash(Settings(), {"exact": True}) != plain


def test_the_identity_has_the_code_that_makes_rows(tmp_path, monkeypatch):
    import shutil

    import seimeibun.batch.identity as module

    library = tmp_path / "seimeibun"
    shutil.copytree(Path(module.__file__).parents[1], library)
    folders = {"seimeibun": library, "ja_seimeibun": module.files("ja_seimeibun")}
    monkeypatch.setattr(module, "files", folders.get)

    def changed(name):
        before = module.code_hash.__wrapped__()
        with (library / name).open("a", encoding="utf-8") as file:
            file.write("# another comment\n")
        return module.code_hash.__wrapped__() != before

    assert changed("expressions/dates.py")
    assert changed("components/parser.py")
    assert not changed("report/page.py")
    assert not changed("cli/annotate.py")
