"""Agreement verbs by actor: who commits, welcomes, confirms how often, in which clause, how strongly."""

import numpy as np
import pandas as pd

from seimeibun.compare import measures
from seimeibun.compare.dataset import ABSENT
from seimeibun.compare.groups import NONE, Groups
from seimeibun.compare.words import Text

LEVELS = ("MAIN", "EMBED", "NOMINAL")


def verbs(text: Text, groups: Groups, *, actor: bool = True) -> pd.DataFrame:
    """Return one row a group and verb (and actor), zeros included.

    ``per_1000`` refers to words, ``per_100_sentences`` to sentences, ``share`` to all acts of the group,
    with exact intervals. ``main``, ``embed`` and ``nominal`` count the clauses that the verb stands in,
    ``negated`` its negations, ``intensifiers`` the adverbs with it (高く2;改めて1).
    """
    acts = _acts(text, groups)
    keys = [
        "category",
        "category_ja",
        "lemma",
        *(["actor_scope", "actor_resolved"] if actor else []),
    ]
    bases = _bases(text, groups)
    if acts.empty:
        return _measured(pd.DataFrame(columns=["group", *keys, "count"]), bases)
    known = acts["commitment_level"] != ABSENT
    counted = (
        acts.assign(
            count=1,
            **{level.lower(): (acts["level"] == level).astype(int) for level in LEVELS},
            negated=(acts["polarity"] == "NEG").astype(int),
            mean_commitment=acts["commitment_level"].where(known).astype(float),
        )
        .groupby([*keys, "group"], sort=True, observed=True)
    )  # fmt: skip
    sums = ["count", *(level.lower() for level in LEVELS), "negated"]
    table = counted[sums].sum()
    table["mean_commitment"] = counted["mean_commitment"].mean()
    table["intensifiers"] = _adverbs(acts[acts["intensifier"] != ""], [*keys, "group"])
    complete = _complete(table.reset_index(), keys, groups)
    return _measured(complete, bases)


def _acts(text: Text, groups: Groups) -> pd.DataFrame:
    acts = text.dataset["agreements"]
    sent = text.sent_of("agreements")
    group = groups.of_doc[text.doc_of("agreements")]
    kept = (sent >= 0) & (text.sent_para[sent] >= 0) & (group != NONE)
    kept &= ~text.rejected("agreements")
    return acts[kept].assign(group=group[kept])


def _adverbs(acts: pd.DataFrame, keys: list[str]) -> pd.Series | str:
    """Return the adverbs of each verb and group with their counts, the most frequent first (高く2;改めて1)."""
    if acts.empty:
        return ""
    counted = acts.groupby([*keys, "intensifier"], observed=True).size().rename("n").reset_index()
    counted = counted.sort_values(["n", "intensifier"], ascending=[False, True], kind="stable")
    counted["shown"] = counted["intensifier"] + counted["n"].astype(str)
    return counted.groupby(keys, observed=True)["shown"].agg(";".join)


def _complete(table: pd.DataFrame, keys: list[str], groups: Groups) -> pd.DataFrame:
    """Add the groups in which a verb does not occur."""
    rows = table[keys].drop_duplicates()
    every = rows.merge(pd.DataFrame({"group": range(len(groups))}), how="cross")
    full = every.merge(table, on=[*keys, "group"], how="left")
    numbers = ["count", *(level.lower() for level in LEVELS), "negated"]
    full[numbers] = full[numbers].fillna(0).astype(np.int64)
    full["intensifiers"] = full["intensifiers"].fillna("")
    full["group"] = full["group"].astype(np.int64)
    return full


def _bases(text: Text, groups: Groups) -> pd.DataFrame:
    words = text.words
    sentences = pd.DataFrame({"group": groups.of_doc[words.doc], "sent": words.sent})
    acts = _acts(text, groups)
    index = range(len(groups))
    return pd.DataFrame(
        {
            "label": groups.labels,
            "n": sentences.groupby("group").size().reindex(index, fill_value=0),
            "n_sentences": sentences.groupby("group")["sent"]
            .nunique()
            .reindex(index, fill_value=0),
            "n_acts": acts.groupby("group").size().reindex(index, fill_value=0),
        }
    )


def _measured(table: pd.DataFrame, bases: pd.DataFrame) -> pd.DataFrame:
    base = bases.loc[table["group"]]
    count = table["count"].to_numpy(dtype=np.float64)
    n, sentences, acts = (
        base[name].to_numpy(dtype=np.float64) for name in ("n", "n_sentences", "n_acts")
    )
    low, high = measures.rate_interval(count, n)
    share_low, share_high = measures.share_interval(count, acts)
    with np.errstate(divide="ignore", invalid="ignore"):
        measured = table.assign(
            group=base["label"].to_numpy(dtype=object),
            n=n.astype(np.int64),
            per_1000=1000 * count / n,
            per_1000_lo=low,
            per_1000_hi=high,
            n_sentences=sentences.astype(np.int64),
            per_100_sentences=100 * count / sentences,
            n_acts=acts.astype(np.int64),
            share=count / acts,
            share_lo=share_low,
            share_hi=share_high,
        )
    return measured.reset_index(drop=True)
