"""Fixtures: the acts of a text, through the whole pipeline."""

import pytest


@pytest.fixture(scope="session")
def acts_of(nlp):
    """Return a function from a text to its acts, in text order."""
    from seimeibun.agreements.find import find_acts
    from seimeibun.components.analysis import analysis_of

    def acts(text, *, parties=()):
        from dataclasses import replace

        analysis = replace(analysis_of(nlp(text)), parties=tuple(parties))
        return find_acts(analysis)

    return acts
