"""GiNZA's own entities, where no rule spoke and only of types that it knows well."""

import re
from functools import cache

from seimeibun.entities.mention import Mention, Rank
from seimeibun.entities.reading import Reading
from seimeibun.entities.vocabulary import places
from seimeibun.rules import read_table

_KATAKANA_NAME = re.compile(r"[ァ-ヺー]+(?:[・=＝][ァ-ヺー]+)+")


@cache
def _types() -> dict[str, tuple[str, re.Pattern[str]]]:
    rows = read_table("entity_model_types.tsv", ("ginza", "label", "tag"))
    return {row["ginza"]: (row["label"], re.compile(row["tag"])) for row in rows}


def _label_of_place(text: str) -> str:
    """Return the type that the place noun says (宮古島|市 is a city), "" without one."""
    return places().get(text[-1], ("",))[0] if len(text) > 2 else ""


def model_mentions(reading: Reading) -> list[Mention]:
    """Return the model's entities with our types; every token must look like a proper name."""
    found = []
    for entity in reading.analysis.model_entities:
        label, tag = _types().get(entity.label, ("", None))
        if not label or tag is None:
            continue
        tokens = [reading.tokens[i] for i in reading.analysis.tokens_in(entity.start, entity.end)]
        text = reading.text[entity.start : entity.end]
        proper = all(tag.search(token.tag) or token.text in "・=＝" for token in tokens)
        if tokens and (proper or (label == "PERSON" and _KATAKANA_NAME.fullmatch(text))):
            rule = f"model/{entity.label}"
            label = _label_of_place(text) or label
            found.append(
                Mention(entity.start, entity.end, label, rule, source="model", rank=Rank.MODEL)
            )
    return found
