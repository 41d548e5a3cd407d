"""Whose statement it is."""

from collections.abc import Sequence

from seimeibun.statement.model import Party
from seimeibun.statement.structure import Draft

_OPENING = 3


def find_parties(drafts: Sequence[Draft]) -> tuple[Party, ...]:
    """Return the parties by signature block, title and opening sentences."""
    # gazetteer folds width by this package
    from seimeibun.gazetteer import find_countries

    signed = [
        draft.text for draft in drafts if draft.kind == "signature" and not draft.is_statement
    ]
    title = [draft.text for draft in drafts if draft.kind == "title"]
    opening = [draft.content for draft in drafts if draft.kind == "body"][:1]
    parties: dict[str, Party] = {}
    for role, texts in (("signatory", signed), ("participant", title), ("participant", opening)):
        for text in texts:
            for found in find_countries(text):
                name = text[found.start : found.end]
                parties.setdefault(found.value, Party(found.value, name, role))
        if len(parties) >= 2:
            break
    return tuple(parties.values())
