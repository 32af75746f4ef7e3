"""Real homes, prices and weather, from the command line to accounts that close: a stranger adds the tables up again."""

from collections import Counter
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from tests.apps import audit
from tests.situations.real import streets

from laag.apps.cli import main

pytestmark = [
    pytest.mark.real_data,
    pytest.mark.skipif(not streets.DATA.is_dir(), reason="the measured data are not beside the project"),
]


def lived(name, folder):
    street = streets.write(name, folder)
    out = folder / "out"
    assert main(["run", "--street", str(street), "--out", str(out), "--workers", "1"]) == 0
    assert {claim: left for claim, left in audit.residues(out).items() if left} == {}
    assert not any(audit.prices_out_of_place(out).values())
    return out


def quarters_by_day(out):
    """How many quarter-hours each local day has in the gateway's table."""
    run = audit.Published(out)
    zone = ZoneInfo(run.about["zone"])
    days = Counter(at.astimezone(zone).date() for at in run.column("gateway", "ptu_start"))
    return [count for _, count in sorted(days.items())]


@pytest.mark.slow
def test_a_june_week_in_which_power_costs_less_than_nothing(tmp_path):
    out = lived("june_negative_prices", tmp_path)
    week = audit.figures(out)
    assert (week.homes, week.quarters, week.negative) == (19, 7 * 96, 128)
    assert quarters_by_day(out) == [96] * 7
    below, above = audit.by_sign_of_price(out, "battery")
    assert below > 0 > above
    assert week.made_kwh > week.used_kwh
    assert all(
        any(audit.Published(out).column("readings", f"{device}_wh"))
        for device in ("pv", "battery", "ev", "heat_pump")
    )


def test_a_january_week_fills_two_cables_and_pays_their_rent(tmp_path):
    out = lived("january_cold", tmp_path)
    week = audit.figures(out)
    assert (week.homes, week.quarters, week.negative) == (8, 7 * 96, 0)
    assert week.rationed > 0
    rent = audit.Published(out).total("clearings", "rent_units")
    assert rent == -audit.accounts(out)["grid"] > 0
    cold = min(audit.Published(out).column("readings", "indoor_c"), key=lambda c: 99 if c is None else c)
    assert cold > 16.0


@pytest.mark.parametrize(
    ("name", "quarters"), [("clocks_forward", [96, 92, 96]), ("clocks_back", [96, 100, 96])]
)
def test_a_day_with_another_number_of_hours_adds_up_like_any_other(name, quarters, tmp_path):
    out = lived(name, tmp_path)
    assert quarters_by_day(out) == quarters
    changed = datetime.fromisoformat(audit.Published(out).about["first_day"]).weekday()
    assert changed == 5, "the Saturday before"
