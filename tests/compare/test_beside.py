"""Work that another processor does meanwhile."""

import os

import pytest

from seimeibun.compare import beside as module
from seimeibun.compare.beside import beside


@pytest.mark.parametrize("fork", [True, False])
def test_the_result_is_that_of_the_work(monkeypatch, fork):
    monkeypatch.setattr(module, "_can_fork", lambda: fork)

    with beside(lambda: ["港", os.getpid()]) as result:
        word, process = result()

    assert word == "港"
    assert (process == os.getpid()) is not fork


def test_what_fails_there_fails_here(monkeypatch):
    monkeypatch.setattr(module, "_can_fork", lambda: True)

    with beside(lambda: 1 / 0) as result, pytest.raises(ZeroDivisionError):
        result()


def test_what_cannot_come_back_is_done_here(monkeypatch):
    monkeypatch.setattr(module, "_can_fork", lambda: True)

    with beside(lambda: lambda: "港") as result:
        assert result()() == "港"


def test_a_failure_meanwhile_is_not_held_up(monkeypatch):
    monkeypatch.setattr(module, "_can_fork", lambda: True)

    with pytest.raises(KeyError), beside(lambda: "港" * 10_000_000):
        raise KeyError
