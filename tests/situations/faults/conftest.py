"""A weekend's files for every test, to be spoiled."""

from datetime import timedelta

import pytest
from tests.situations.faults.weekend import GRID, Weekend

from laag.foundation.ptu import AMSTERDAM


@pytest.fixture
def weekend(tmp_path):
    return Weekend(tmp_path)


@pytest.fixture
def naive_hours():
    """Every hour of the four days as a clock that knows no summer would write it."""
    first = GRID.start.astimezone(AMSTERDAM).replace(tzinfo=None)
    return [f"{first + timedelta(hours=n):%Y-%m-%d %H:%M}" for n in range(96)]
