"""What a ``Doc`` knows about its statement: plain strings that survive ``DocBin`` and processes.

``doc._.doc_id`` names it, ``doc._.date`` is its date (ISO, "" unknown), ``doc._.parties`` holds the
ISO 3166-1 alpha-3 codes of the states that speak, joined by ``;``.
"""

from spacy.tokens import Doc

# Keys of Doc.user_data
STATEMENT = "seimeibun.statement"  # Statement.to_dict()
EXACT_CHECK = "seimeibun.exact_check"  # what ExactCheck found, where it was asked for


def register() -> None:
    """Declare the extensions; harmless when repeated."""
    for name in ("doc_id", "date", "parties"):
        if not Doc.has_extension(name):
            Doc.set_extension(name, default="")


register()


def date_of(doc: Doc) -> str:
    date: str = doc._.date
    return date


def parties_of(doc: Doc) -> tuple[str, ...]:
    return tuple(filter(None, doc._.parties.split(";")))
