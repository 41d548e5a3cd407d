from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from seimeibun.compare import CompareError, Comparison
from seimeibun.compare.keyness import Options

UNITS = ["lemma", "norm", "surface", "compound", "entity", "ngram:2", "formula", "act", "act_lemma", "act_actor", "act_level"]  # fmt: skip
SIGNED = ["g2", "log_ratio", "log_odds_z", "lrc", "jsd"]


def keyness(tables, target=2025, reference=2014, **options):
    options = {"permutations": 200} | options
    return Comparison.from_tables(tables).keyness(
        by="year", target=target, reference=reference, **options
    )


def terms(df, layer):
    return set(df.loc[df["layer"] == layer, "term"])


@pytest.mark.parametrize("unit", UNITS)
def test_exchanging_target_and_reference(many_documents, unit):
    forth = keyness(many_documents, 2014, 2012, unit=unit).set_index("term").sort_index()
    back = keyness(many_documents, 2012, 2014, unit=unit).set_index("term").sort_index()

    assert list(forth.index) == list(back.index)
    for column in SIGNED:
        assert (forth[column] == -back[column]).all(), column
    for column in ["p_exact", "p_holm", "q_bh", "p_para", "p_para_maxT", "p_doc"]:
        pd.testing.assert_series_equal(forth[column], back[column])
    assert forth["lr_lo"].to_numpy() == pytest.approx(-back["lr_hi"].to_numpy(), nan_ok=True)
    assert forth["boot_lo"].to_numpy() == pytest.approx(-back["boot_hi"].to_numpy(), nan_ok=True)


@pytest.mark.parametrize("unit", ["lemma", "norm", "surface", "compound", "ngram:2"])
def test_every_term_is_there_and_counts_add_up(two_documents, unit):
    df = keyness(two_documents, unit=unit)
    cmp = Comparison.from_tables(two_documents)

    assert df["term"].is_unique
    assert set(df["term"]) == set(cmp.occurrences(unit).terms)
    assert (df["count_target"].sum(), df["count_reference"].sum()) == df.attrs["n"]
    p = df["count_target"] / df.attrs["n"][0]
    q = df["count_reference"] / df.attrs["n"][1]
    m = (p + q) / 2
    with np.errstate(divide="ignore", invalid="ignore"):
        expected = np.nansum(p * np.log2(p / m)) + np.nansum(q * np.log2(q / m))
    assert df["jsd"].abs().sum() == pytest.approx(expected / 2)


def test_one_document_against_one_is_description(two_documents):
    df = keyness(two_documents)

    assert "各群1文書" in df.attrs["banner_ja"]
    assert df["p_doc"].isna().all()
    assert df["tdk"].isna().all()
    assert set(df["inference"]) == {"within_document", "descriptive"}
    assert (df.loc[~df["tested"], "inference"] == "descriptive").all()
    assert df["gate"].str.len().min() > 0
    assert df["reading_ja"].str.contains("各1件|回数が少なく").all()


def test_layers(two_documents):
    df = keyness(two_documents)

    assert {"双方", "各国外務大臣"} <= terms(df, "actor")
    assert {"日本", "カナダ", "<人名>"} <= terms(df, "entity")
    assert terms(df, "act") == {"歓迎", "確認", "一致", "表明"}
    assert "<日付>" in terms(df, "date_number")
    topic = terms(df, "topic")
    assert {"経済協力", "二国間協力", "農業分野", "平和"} <= topic
    assert not [t for t in topic if any(c.isdigit() or c.isspace() for c in t)]
    assert not {"山田", "大森"} & set(df["term"])


def test_a_layer_restricts_rows_and_number_of_tests(two_documents):
    every, topic = keyness(two_documents), keyness(two_documents, layer="topic")

    assert set(topic["layer"]) == {"topic"}
    assert topic.attrs["m_tests"] == (every["tested"] & (every["layer"] == "topic")).sum()
    assert topic.attrs["n"] == every.attrs["n"]


def test_confounding_is_said(two_documents):
    audit = Comparison.from_tables(two_documents).audit(by="year")

    verdicts = audit.groupby("against")["verdict"].first().to_dict()
    assert verdicts["partner"] == verdicts["place"] == "complete"
    assert verdicts["doc_type"] == "constant"
    assert set(audit.attrs["confounded"]) == {"partner", "place"}
    assert "完全に交絡" in audit.attrs["warnings_ja"][0]


def test_a_document_against_its_copy(maker):
    from .conftest import TALK

    tables = maker.add("a", TALK, year=2001).add("b", TALK, year=2002).tables()
    df = keyness(tables, 2002, 2001)

    assert (df[SIGNED] == 0).all().all()
    assert df["p_exact"].to_numpy() == pytest.approx(1)


def test_width_punctuation_and_wraps_do_not_matter(maker):
    from .conftest import TALK

    wide = [p.replace("2025年", "２０２５年").replace("。", "．") for p in TALK]
    tables = maker.add("a", TALK, year=2001).add("b", wide, year=2002).tables()
    for unit in ("surface", "norm", "compound", "ngram:2"):
        assert (keyness(tables, 2002, 2001, unit=unit)["g2"] == 0).all(), unit


def test_random_groups_give_no_finding(many_documents):
    """Documents dealt to two groups by chance: adjusted p below .05 in no more than one run of ten."""
    rng = np.random.default_rng(0)
    ids = many_documents["documents"]["doc_id"].tolist()
    runs = hits = 0
    for _ in range(10):
        group = rng.permutation([0, 1] * (len(ids) // 2))
        metadata = pd.DataFrame({"doc_id": ids, "chance": group.astype(str)})
        cmp = Comparison.from_tables(many_documents, metadata=metadata)
        df = cmp.keyness(by="chance", target=1, reference=0, permutations=100, bootstrap=0)
        runs += 1
        hits += (df["p_para_maxT"] < 0.05).any()
    assert hits <= runs / 10


def test_documents_are_the_unit_where_there_are_enough(many_documents):
    df = keyness(many_documents, "2013-2015", "2010-2012").set_index("term")

    assert set(df.loc[df["tested"], "inference"]) == {"document"}
    assert df.attrs["banner_ja"] == ""
    assert df.loc["気候変動", "p_doc"] < 0.01
    assert df.loc["気候変動", "tdk"] > 0
    assert df.loc["気候変動", "boot_unit"] == ""  # nothing to resample on the other side
    assert df.loc["平和", "boot_unit"] == "document"
    assert df.loc["平和", "boot_lo"] <= df.loc["平和", "log_ratio"] <= df.loc["平和", "boot_hi"]
    assert "並べ替え検定でp=0.005" in df.loc["気候変動", "reading_ja"]


def test_the_same_seed_gives_the_same_numbers(many_documents):
    options = {"permutations": 100, "bootstrap": 100}
    once, again = (keyness(many_documents, 2015, "rest", seed=7, **options) for _ in range(2))
    other = keyness(many_documents, 2015, "rest", seed=8, **options)

    pd.testing.assert_frame_equal(once, again)
    assert not once["p_para"].equals(other["p_para"])


@pytest.mark.parametrize(
    ("by", "target", "reference", "labels", "documents"),
    [
        ("year", 2014, "previous", ("2014", "2013"), (5, 5)),
        ("year", 2014, "rest", ("2014", "rest"), (5, 25)),
        ("year", "2010-2012", "2013–2015", ("2010-2012", "2013–2015"), (15, 15)),
        ("year", "2010,2012", "2011..2011", ("2010,2012", "2011..2011"), (10, 5)),
        ("doc_type", "共同声明", "rest", ("共同声明", "rest"), (12, 18)),
        ("decade", "2010-2019", None, None, None),
    ],
)
def test_groups(many_documents, by, target, reference, labels, documents):
    cmp = Comparison.from_tables(many_documents)
    if labels is None:
        assert cmp.groups(by).labels == (target,)
        return
    groups = cmp.groups(by, target, reference)

    assert groups.labels == labels
    assert tuple((groups.of_doc == g).sum() for g in (0, 1)) == documents


@pytest.mark.parametrize(
    ("by", "target", "reference", "message"),
    [
        ("speaker", "x", "rest", r"no column 'speaker'.*doc_type"),
        ("year", 1999, "rest", r"no document with year '1999'; there are 2010, 2011"),
        ("year", 2010, "previous", r"nothing is before year '2010'"),
        ("year", "2010-2015", "rest", r"the reference 'rest' is empty"),
        ("year", "2010-2012", 2011, r"2011 would be in target and reference"),
    ],
)
def test_what_cannot_be_compared_is_said(many_documents, by, target, reference, message):
    with pytest.raises(CompareError, match=message):
        Comparison.from_tables(many_documents).groups(by, target, reference)


def test_years_sort_as_numbers(maker):
    from .conftest import TALK

    for year in (2010, 998, 1998):
        maker.add(f"d{year}", TALK, year=year)

    assert Comparison.from_tables(maker.tables()).groups("year").labels == ("998", "1998", "2010")


def test_within_restricts_the_documents(many_documents):
    cmp = Comparison.from_tables(many_documents, within=["year=2011..2013", "doc_type=議長声明"])

    assert cmp.summary(by="year")["docs"].tolist() == [3, 3, 3]
    with pytest.raises(CompareError, match="no document fulfils"):
        Comparison.from_tables(many_documents, within=["year=2011", "year=2012"]).groups("year")


def test_summary_and_frequency_are_complete(two_documents):
    cmp = Comparison.from_tables(two_documents)
    summary, frequency = cmp.summary(by="year"), cmp.frequency(by="year")

    assert summary["group"].tolist() == ["2014", "2025"]
    assert (frequency.groupby("term").size() == 2).all()
    assert frequency.groupby("group")["count"].sum().tolist() == summary["unit_total"].tolist()
    row = frequency.query("term == '防災' and group == '2025'").iloc[0]
    assert (row["count"], row["per_1000"], row["per_1000_lo"]) == (0, 0, 0)
    assert row["per_1000_hi"] > 0


def test_new_lost_and_persistent_terms(many_documents, two_documents):
    status = Comparison.from_tables(two_documents).exclusive_terms(by="year").set_index("term")
    assert status.loc[["経済協力", "農業分野", "平和"], "status"].tolist() == [
        "new",
        "lost",
        "persistent",
    ]
    assert status.loc["農業分野", "last_doc_id"] == "a-2014"
    assert status.loc["農業分野", "p_absent"] < status.loc["支援", "p_absent"]

    status = Comparison.from_tables(many_documents).exclusive_terms(by="year").set_index("term")
    assert status.loc["気候変動", "first_group"] == "2013"
    assert status.loc["気候変動", "groups"] == 3


def test_formulae(two_documents):
    table = Comparison.from_tables(two_documents).formulae(by="year").set_index(["term", "group"])

    assert table.loc[("を歓迎した", "2014"), "count"] == 2
    assert table.loc[("を歓迎した", "2025"), "status"] == "persistent"
    assert "歓迎した" not in table.index.get_level_values(0)  # part of a longer one, no oftener


def test_verbs_by_actor(two_documents):
    cmp = Comparison.from_tables(two_documents)
    verbs = cmp.verbs(by="year").set_index(["lemma", "group"])

    assert verbs.loc[("歓迎", "2025"), "count"] == 2
    assert verbs.loc[("歓迎", "2025"), "per_100_sentences"] == pytest.approx(100 * 2 / 6)
    assert verbs.loc[("歓迎", "2025"), "share"] == pytest.approx(2 / 6)
    assert verbs.loc[("歓迎", "2025"), "actor_resolved"] == "JPN;CAN"
    assert cmp.verbs(by="year", actor=False)["count"].sum() == 12


def test_rejected_annotations_do_not_count(two_documents):
    spans = two_documents["annotations"]
    rejected = spans.assign(status=spans["status"].mask(spans["text"] == "歓迎", "rejected"))
    cmp = Comparison.from_tables(two_documents | {"annotations": rejected})

    assert "WELCOME" not in set(cmp.occurrences("act").terms)
    assert "歓迎" not in set(cmp.verbs(by="year")["lemma"])


@pytest.mark.parametrize(
    ("unit", "text", "gone", "instead"),
    [
        ("entity", "日本", "日本", None),
        ("act_lemma", "表明", "表明/STATE", None),
        ("compound", "山田", "", "山田"),  # no person any more: the word itself is counted
        ("compound", "2025年", "", "2025年"),
    ],
)
def test_a_rejected_annotation_is_as_if_it_were_not_there(two_documents, unit, text, gone, instead):
    spans = two_documents["annotations"]
    rejected = spans.assign(status=spans["status"].mask(spans["text"] == text, "rejected"))
    tables = two_documents | {"annotations": rejected}
    without = two_documents | {"annotations": spans[spans["text"] != text]}
    acts = two_documents["agreements"]
    without["agreements"] = acts[acts["text"] != text]
    df = keyness(tables, unit=unit)

    pd.testing.assert_frame_equal(df, keyness(without, unit=unit))
    assert gone not in set(df["term"])
    assert instead is None or instead in set(df["term"])


def test_the_actor_of_a_rejected_act_is_no_actor(maker):
    tables = maker.add("a", ["市民 は 平和 を 歓迎 し た 。"] * 5).add(
        "b", ["市民 は 平和 を 求める 。"] * 4, year=2014
    )
    tables = tables.tables()
    acts = tables["agreements"]
    tables["agreements"] = acts.assign(actor_text="市民", actor_start=acts["start"] - 6)
    tables["agreements"]["actor_end"] = tables["agreements"]["actor_start"] + 2
    spans = tables["annotations"]

    assert "市民" in terms(keyness(tables), "actor")
    rejected = spans.assign(status=spans["status"].mask(spans["text"] == "歓迎", "rejected"))
    assert "市民" in terms(keyness(tables | {"annotations": rejected}), "topic")


def test_each_group_against_the_rest_is_what_each_pair_gives(many_documents):
    cmp = Comparison.from_tables(many_documents)
    options = Options(permutations=1000, bootstrap=0)
    tables = cmp.against_rest(by="year", options=options)

    assert [table.attrs["target"] for table in tables] == [str(y) for y in range(2010, 2016)]
    for table in tables:
        pair = cmp.keyness(by="year", target=table.attrs["target"], permutations=1000, bootstrap=0)
        dealt = ["p_para", "p_para_maxT"]
        pd.testing.assert_frame_equal(
            table.drop(columns=["confounded_with", *dealt]),
            pair.drop(columns=["confounded_with", *dealt]),
        )
        assert table.attrs["noise_floor"] == pytest.approx(pair.attrs["noise_floor"], rel=0.15)
        assert (table["p_para"] - pair["p_para"]).abs().max() < 0.08


def test_telling_rows_are_some_of_all_and_nothing_else_changes(many_documents):
    cmp = Comparison.from_tables(many_documents)
    options = Options(permutations=50, bootstrap=0)
    every = cmp.against_rest(by="year", options=options)
    some = cmp.against_rest(by="year", options=replace(options, telling=True))
    for full, part in zip(every, some, strict=True):
        told = full[full["tested"] & ((full["g2"].abs() > 3.85) | (full["rank"] <= 50))]
        pd.testing.assert_frame_equal(part, told.reset_index(drop=True))
        assert part.attrs["rows"] == len(full) == full.attrs["rows_shown"]
        assert part.attrs["rows_shown"] == len(part)
        assert part.attrs["jsd"] == pytest.approx(full["jsd"].abs().sum())


def test_collocates(two_documents):
    table = Comparison.from_tables(two_documents).collocates("双方", by="year", min_count=1)
    row = table.query("collocate == '経済協力' and group == '2025'").iloc[0]

    assert (row["both"], row["with_node"], row["with_collocate"]) == (2, 3, 2)
    assert row["log_dice"] == pytest.approx(14 + np.log2(2 * 2 / 5))
    assert row["rate"] == pytest.approx(2 / 3)


def test_kwic_leads_to_text_and_annotation(two_documents):
    lines = Comparison.from_tables(two_documents).kwic("歓迎", by="year")

    assert lines["node"].tolist() == ["歓迎"] * 4
    assert lines["group"].tolist() == ["2014", "2014", "2025", "2025"]
    spans = two_documents["annotations"].set_index("span_id")
    for line in lines.itertuples():
        assert spans.loc[line.span_id, "start"] == line.start
        assert line.occurrence_id == f"{line.doc_id}#token:{line.start}-{line.end}"
    assert lines["left"].iloc[2].endswith("経済協力を")
    assert lines["right"].iloc[2].startswith("した。")


def test_kwic_of_what_is_not_there_names_what_is_near(two_documents):
    cmp = Comparison.from_tables(two_documents)

    with pytest.raises(CompareError, match=r"no '経済協' in any unit.*経済協力"):
        cmp.kwic("経済協")
    with pytest.raises(CompareError, match=r"no compound '協力'.*near it are 二国間協力, 経済協力"):
        cmp.kwic("協力", unit="compound")


def test_normalisation_audit(maker):
    tables = maker.add(
        "a", ["双方 は ＯＤＡ を 歓迎 し た 。", "双方 は ODA を 確認 し た 。"]
    ).tables()
    audit = Comparison.from_tables(tables).normalisation(by="year")

    oda = audit[audit["term"] == "ODA"]
    assert oda[["published", "count", "merged"]].to_numpy().tolist() == [
        ["ODA", 1, True],
        ["ＯＤＡ", 1, True],
    ]


def test_stratified(many_documents):
    from statsmodels.stats.contingency_tables import StratifiedTable

    cmp = Comparison.from_tables(many_documents)
    df = cmp.keyness(
        by="year",
        target="2013-2015",
        reference="2010-2012",
        stratify="doc_type",
        permutations=0,
        bootstrap=0,
    ).set_index("term")
    counts, documents = cmp.counts(), cmp.documents
    term = list(counts.terms).index("平和")
    tables = []
    for kind in ("共同声明", "議長声明"):
        cells = []
        for years in (range(2013, 2016), range(2010, 2013)):
            docs = np.flatnonzero(documents["year"].isin(years) & (documents["doc_type"] == kind))
            a, n = counts.of_docs[docs][:, [term]].sum(), counts.doc_totals[docs].sum()
            cells.append([a, n - a])
        tables.append(cells)
    oracle = StratifiedTable([np.array(t, dtype=float) for t in tables])

    assert df.loc["平和", "mh_log_odds"] == pytest.approx(oracle.logodds_pooled / np.log(2))
    width = (df.loc["平和", "mh_hi"] - df.loc["平和", "mh_lo"]) / 2 / 1.959964 * np.log(2)
    assert width == pytest.approx(oracle.logodds_pooled_se, rel=1e-4)
