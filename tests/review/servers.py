"""Notebook servers that the tests start."""

import time
import urllib.request

import pytest


def wait_for(address, server, name):
    """Wait, a minute at most, until ``address`` answers; ``server`` is its process."""
    for _ in range(120):
        assert server.poll() is None, f"{name} ended"
        try:
            with urllib.request.urlopen(address, timeout=2):
                return
        except OSError:
            time.sleep(0.5)
    pytest.fail(f"{address} did not answer")
