"""A circle of four members, ready to be disturbed."""

from contextlib import closing

import pytest
from tests.adapters.ledger.circle import Circle


@pytest.fixture
def circle(tmp_path):
    with closing(Circle(tmp_path)) as one:
        yield one
