"""Where a run says that an engine must be there, its tests may not skip for want of it."""

import importlib.util
import os
import shutil

import pytest
from tests.ports.server import binaries

ENGINES = {
    "browser": lambda: (
        any(map(shutil.which, ("chromium", "chromium-browser", "google-chrome")))
        and importlib.util.find_spec("playwright")
    ),
    "cometbft": lambda: os.access(os.environ.get("LAAG_COMETBFT", ""), os.X_OK),
    "hass": lambda: os.access(os.environ.get("LAAG_HASS", ""), os.X_OK),
    "peers": lambda: os.access(os.environ.get("LAAG_PEERS", ""), os.X_OK),
    "mosquitto": lambda: shutil.which("mosquitto", path=f"{os.environ.get('PATH', '')}:/usr/sbin"),
    "postgres": lambda: binaries() and importlib.util.find_spec("pg8000"),
}


@pytest.mark.parametrize("engine", os.environ.get("LAAG_NEEDS", "").split())
def test_an_engine_that_must_be_there_is(engine):
    assert engine in ENGINES, f"LAAG_NEEDS names {engine!r}; known are {', '.join(ENGINES)}"
    assert ENGINES[engine](), f"LAAG_NEEDS names {engine!r}, which is not on this machine"
