"""A folder holds one street that lives: two would write each other's clocks."""

import fcntl
from datetime import UTC, datetime

import pytest

from laag.apps.live.making import Made
from laag.apps.live.street import Living
from laag.foundation.errors import BadInput

AT = datetime(2026, 6, 1, 9, tzinfo=UTC)


def test_a_street_that_lives_is_not_begun_a_second_time(tmp_path):
    made = Made(tmp_path, homes=0, speed=60.0, port=8400, at=AT, trades_from=AT)
    with (tmp_path / "lives").open("w") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        with pytest.raises(BadInput, match=r"lives already; look at http://127\.0\.0\.1:8400"):
            Living(made).live()
    assert not (tmp_path / "street").exists()
