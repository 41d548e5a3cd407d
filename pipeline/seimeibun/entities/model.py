"""GiNZA's own entities, where no rule spoke and only of types that it knows well."""

import re
from functools import cache

from seimeibun.analysis import Token
from seimeibun.entities.mention import Mention, Rank
from seimeibun.entities.reading import Reading
from seimeibun.entities.vocabulary import label_of_place
from seimeibun.rules import read_table

_HIRAGANA = re.compile(r"[ぁ-ん]+")
_CUT_NAME = re.compile(r"[ァ-ヺー]・?[ァ-ヺー]")  # ビニャ・デル|・マール
_KATAKANA_NAME = re.compile(r"[ァ-ヺー]+(?:[・=＝][ァ-ヺー]+)+")


@cache
def _types() -> dict[str, tuple[str, re.Pattern[str]]]:
    rows = read_table("entity_model_types.tsv", ("ginza", "label", "tag"))
    return {row["ginza"]: (row["label"], re.compile(row["tag"])) for row in rows}


def _is_person(text: str, tokens: list[Token]) -> bool:
    """Tell whether it can be a name: not a given name alone, not in hiragana (さき, 一国)."""
    given = all(token.tag.endswith("人名-名") for token in tokens)
    at = text.startswith("於")  # 於 東京
    return not given and not at and not _HIRAGANA.fullmatch(text)


def _label_of_place(text: str) -> str:
    """Return the type that the place noun says (宮古島|市 is a city), "" without one."""
    return label_of_place(text[-1]) if len(text) > 2 else ""


def model_mentions(reading: Reading) -> list[Mention]:
    """Return the model's entities with our types; every token must look like a proper name."""
    found = []
    for entity in reading.analysis.model_entities:
        label, tag = _types().get(entity.label, ("", None))
        if not label or tag is None:
            continue
        tokens = [reading.tokens[i] for i in reading.analysis.tokens_in(entity.start, entity.end)]
        text = reading.text[entity.start : entity.end]
        if label == "PERSON" and not _is_person(text, tokens):
            continue
        if _CUT_NAME.match(reading.text, entity.end - 1):
            continue
        proper = all(tag.search(token.tag) or token.text in "・=＝" for token in tokens)
        if tokens and (proper or (label == "PERSON" and _KATAKANA_NAME.fullmatch(text))):
            rule = f"model/{entity.label}"
            label = _label_of_place(text) or label
            found.append(
                Mention(entity.start, entity.end, label, rule, source="model", rank=Rank.MODEL)
            )
    return found
