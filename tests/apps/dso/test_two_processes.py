"""From plan to settlement between two processes over HTTP, on the measured load of a real grid point; either may be killed at any moment."""

from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import numpy as np
import pytest
from tests.apps.dso.programs import AGR, POINT, agr_settings, dso_settings, pair

from laag.adapters.stores import open_log
from laag.adapters.uftp.desk import known_from, verified_messages
from laag.adapters.uftp.rules import Rules
from laag.apps.cli import main
from laag.apps.dso import powers

LOADS = (
    Path(__file__).parents[4] / "shared/data/grid_load/nl_openstef_model_input_2020-10_2021-01_15min.parquet"
)
DAY = date(2020, 12, 2)
RULES = Rules({})

pytestmark = [
    pytest.mark.real_data,
    pytest.mark.slow,
    pytest.mark.skipif(not LOADS.exists(), reason="the measured loads are not here"),
]


def measured_day():
    """A Wednesday in December at a grid point of Liander, in W."""
    import pyarrow.parquet as pq

    columns = pq.read_table(LOADS, columns=["time_utc", "pid", "load_mw"]).to_pydict()
    rows = zip(columns["time_utc"], columns["pid"], columns["load_mw"], strict=True)
    grid = RULES.grid(DAY)
    named = {at: load for at, point, load in rows if point == 287 and at in grid}
    return grid, np.array([round(named[at] * 1e6) for at in grid], np.int64)


@pytest.fixture
def sides(tmp_path):
    grid, watts = measured_day()
    capacity_kw = round(np.quantile(np.abs(watts), 0.97) / 1000)
    with pair(tmp_path) as (dso, agr):
        dso.settings(dso_settings(agr.url, agr.public, capacity_kw), datetime(2020, 12, 1, 8, tzinfo=UTC))
        agr.settings(agr_settings(dso.url, dso.public), datetime(2020, 12, 1, 8, tzinfo=UTC))
        (agr.folder / "prognoses").mkdir()
        (dso.folder / "measured").mkdir()
        powers.write(powers.of_day(agr.folder / "prognoses", DAY), grid, POINT, watts)
        yield dso, agr, watts


def at(both, hour, minute=0, day=1):
    for one in both:
        one.at(datetime(2020, 12, day, hour, minute, tzinfo=UTC))


def test_a_real_day_from_plan_to_settlement_with_either_side_killed_in_the_middle(sides, capsys):
    dso, agr, watts = sides
    # The aggregator speaks while nobody listens, dies, and speaks again.
    agr.start()
    agr.wait_for("said", "D-Prognosis")
    agr.kill()
    agr.start()
    dso.start()
    dso.wait_for("said", "FlexRequest")
    dso.kill()
    # The request may or may not have left; it arrives once.
    dso.start()
    dso.wait_for("heard", "FlexOffer")
    dso.kill()
    agr.kill()

    at((dso, agr), 8, 31)  # what was offered by now is chosen from
    dso.start()
    dso.wait_for("said", "FlexOrder")
    dso.kill()
    agr.start()
    dso.start()
    agr.wait_for("heard", "FlexOrder")
    agr.kill()
    agr.start()
    dso.wait_for("heard", "FlexOrderResponse")
    dso.wait_for("heard", "D-Prognosis", 2)
    dso.kill()
    agr.kill()

    (order,) = [known_from(one).message for one in agr.kept("heard", "FlexOrder")]
    powers.write(
        powers.of_day(dso.folder / "measured", DAY), RULES.grid(DAY), POINT, watts, AGR
    )  # nothing was done
    at((dso, agr), 3, day=3)
    dso.start()
    dso.wait_for("said", "FlexSettlement")
    dso.kill()
    agr.start()
    dso.start()
    dso.wait_for("heard", "FlexSettlementResponse")
    assert dso.stop() == 0
    assert agr.stop() == 0

    nothing_is_doubled(dso, agr)
    (settlement,) = [known_from(one).message for one in agr.kept("heard", "FlexSettlement")]
    (item,) = settlement.flex_order_settlements
    short_kwh = sum(-one.power * one.duration for one in order.isps if one.power < 0) / 4000
    assert item.price == order.price
    assert abs(item.net_settlement + Decimal("0.30") * Decimal(short_kwh)) < 1
    (told,) = [known_from(one).message for one in dso.kept("heard", "FlexSettlementResponse")]
    assert [str(one.disposition) for one in told.flex_order_settlement_statuses] == ["Accepted"]

    for one in (dso, agr):
        with open_log(one.store) as log:
            assert log.verify() > 10
            assert all(whole for _, whole in verified_messages(log))
        assert main(["dso", "verify", str(one.store)]) == 0
        assert main(["dso", "messages", str(one.store)]) == 0
    assert "FlexSettlement" in capsys.readouterr().out


def nothing_is_doubled(dso, agr):
    for one, other in ((dso, agr), (agr, dso)):
        said = {event.key for event in one.events("uftp-said")}
        heard = [event.key for event in other.events("uftp-heard")]
        assert sorted(heard) == sorted(set(heard)), "a message was taken twice"
        assert said == set(heard), "a message was lost, or came from nowhere"
    for kind in ("FlexRequest", "FlexOffer", "FlexOrder", "FlexSettlement"):
        assert len(dso.kept("said", kind) + agr.kept("said", kind)) == 1
    assert len(agr.kept("said", "D-Prognosis")) == 2
    assert [event.facts["standing"] for event in agr.events("uftp-heard") if event.facts["why"]] == []


def test_a_message_that_was_changed_on_disk_is_found(sides, capsys):
    import sqlite3
    import zlib

    _, agr, _ = sides
    agr.start()
    agr.wait_for("said", "D-Prognosis")
    agr.kill()
    db = sqlite3.connect(agr.store)
    seq, body = db.execute("SELECT seq, body FROM event WHERE kind = 'uftp-said'").fetchone()
    raw = zlib.decompress(body)
    db.execute(
        "UPDATE event SET body = ? WHERE seq = ?",
        (zlib.compress(raw.replace(b"2020-12-02", b"2020-12-03", 1)), seq),
    )
    db.commit()
    db.close()
    assert main(["dso", "verify", str(agr.store)]) == 2
    assert "was changed after it was written" in capsys.readouterr().err
