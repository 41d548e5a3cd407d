"""Where the statement stands on a page of a site, as ``site_profiles.jsonl`` says."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from itertools import chain

from seimeibun.rules import read_rules

NAME = "site_profiles.jsonl"
_KEYS = (
    "id", "hosts", "titles", "texts", "main", "drop", "drop_body", "drop_sections", "drop_lines", "begin",
    "examples",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Profile:
    """Where the pages of a site have their statement; the selectors are CSS, in the order of trust."""

    id: str
    hosts: tuple[str, ...] = ()
    titles: tuple[str, ...] = ()
    texts: tuple[tuple[str, ...], ...] = ()  # all of one of them
    main: tuple[str, ...] = ()
    drop: tuple[str, ...] = ()
    drop_body: tuple[str, ...] = ()
    drop_sections: frozenset[str] = frozenset()
    drop_lines: re.Pattern[str] | None = None
    begin: str = ""


@cache
def profiles() -> tuple[Profile, ...]:
    """Return the profiles of sites, the generic one last."""
    found = [_profile(rule) for rule in read_rules(NAME, _KEYS, ("id", "main", "examples"))]
    return tuple(sorted(found, key=lambda profile: profile.id == "generic"))


def generic() -> Profile:
    return profiles()[-1]


def profile_of(addresses: Iterable[str], title: str, text: str) -> Profile:
    """Return the profile for a page by its addresses, else by its title, else by its text.

    >>> profile_of(["https://www.mofa.go.jp/mofaj/x.html"], "", "").id, profile_of([], "声明", "").id
    ('mofa', 'generic')
    """
    known = list(addresses)
    by_address = (p for p in profiles() if any(_has_host(a, h) for h in p.hosts for a in known))
    by_title = (p for p in profiles() if any(name in title for name in p.titles))
    by_text = (p for p in profiles() if any(all(s in text for s in signs) for signs in p.texts))
    return next(chain(by_address, by_title, by_text), generic())


def _has_host(address: str, host: str) -> bool:
    return re.search(rf"(?:^|[/.]){re.escape(host)}(?:[/:?#]|$)", address) is not None


def _profile(rule: dict[str, object]) -> Profile:
    def strings(key: str) -> tuple[str, ...]:
        value = rule.get(key, [])
        if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
            message = f"{NAME}: {rule['id']}: {key} is {value!r}; it must be a list of strings"
            raise ValueError(message)
        return tuple(value)

    texts = rule.get("texts", [])
    lines = strings("drop_lines")
    return Profile(
        id=str(rule["id"]),
        hosts=strings("hosts"),
        titles=strings("titles"),
        texts=tuple(tuple(signs) for signs in texts) if isinstance(texts, list) else (),
        main=strings("main"),
        drop=strings("drop"),
        drop_body=strings("drop_body"),
        drop_sections=frozenset(strings("drop_sections")),
        drop_lines=re.compile("|".join(f"(?:{line})" for line in lines)) if lines else None,
        begin=str(rule.get("begin", "")),
    )
