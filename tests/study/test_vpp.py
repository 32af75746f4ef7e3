"""A street as one power plant: nothing known too early, nothing lost in the books, and a page that says all of it."""

import xml.etree.ElementTree as ET
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import numpy as np
import pytest

from laag.adapters import facts
from laag.adapters.prices import load_nation
from laag.apps.cli import main
from laag.apps.power_plant import outcomes, write
from laag.cycle.street import Nation
from laag.cycle.terms import Terms
from laag.foundation.ptu import AMSTERDAM, PtuGrid
from laag.foundation.series import Profile, Unit
from laag.foundation.words import Lang
from laag.neighbourhood.charter import Charter
from laag.settlement.policy import named
from laag.study import vpp
from laag.study.vpp.lived import Faults
from laag.study.vpp.signals import foresight, signals

PRICES = Path(__file__).resolve().parents[3] / "shared" / "data" / "prices"
DAY_AHEAD = PRICES / "nl_day_ahead_2025_15min.csv.gz"
IMBALANCE = PRICES / "nl_tennet_imbalance_2025_15min.csv.gz"
FIRST = date(2026, 4, 20)
BEFORE = 40
"""Days of prices before the window."""
GRID = PtuGrid.days(FIRST - timedelta(days=BEFORE), BEFORE + 4, AMSTERDAM)
OURS = Charter("Our street")


def a_nation(seed=5):
    """Imbalance with a memory and wide swings, so that a day of few homes shows something."""
    chance = np.random.default_rng(seed)
    swing = np.zeros(len(GRID))
    for at in range(1, len(GRID)):
        swing[at] = 0.85 * swing[at - 1] + chance.normal(0, 60)
    day_ahead = 80 + 30 * np.sin(np.arange(len(GRID)) / 96 * 2 * np.pi)
    gap = np.where(chance.random(len(GRID)) < 0.2, 20.0, 0.0)
    sides = (day_ahead, day_ahead + swing + gap, day_ahead + swing - gap)
    return Nation(*(Profile(GRID, side, Unit.EUR_PER_MWH) for side in sides), "made up")


def terms():
    policy = named("dynamic-2027")
    return Terms(policy, facts.load(policy.facts_day), OURS, 0, 0)


@pytest.fixture(scope="module")
def lived():
    """Six homes: a car, a battery with panels and a heat pump among them."""
    asked = vpp.Asked(FIRST, 1, 6, knows=(vpp.Knows.LAST, vpp.Knows.CALLED))
    return vpp.week(asked, terms(), a_nation())


def span():
    return PtuGrid.days(FIRST, 1, AMSTERDAM).within(GRID)


@pytest.mark.parametrize("knows", [vpp.Knows.LAST, vpp.Knows.LATER])
def test_what_comes_later_changes_no_signal(knows):
    nation, now = a_nation(), span()
    told = signals(nation, now, knows).premium
    for row in (0, 13, 50):
        cut = now.start + row
        other = [np.array(side.values) for side in (nation.shortage, nation.surplus)]
        for side in other:
            side[cut:] = 5_000.0
        changed = replace(
            nation, **{name: Profile(GRID, side, Unit.EUR_PER_MWH) for name, side in zip(("shortage", "surplus"), other, strict=True)}
        )  # fmt: skip
        assert signals(changed, now, knows).premium[row].tolist() == told[row].tolist()


@pytest.mark.parametrize("knows", list(vpp.Knows))
def test_of_the_first_days_there_is_no_past_and_nobody_is_asked_by_it(knows):
    told = signals(a_nation(), slice(0, 3 * 96), knows).premium
    assert not told.any()


def test_who_is_called_is_never_called_into_a_loss():
    nation, now = a_nation(), span()
    told = signals(nation, now, vpp.Knows.CALLED).premium[:, 0]
    long_ = nation.surplus.values[now] - nation.day_ahead.values[now]
    short = nation.shortage.values[now] - nation.day_ahead.values[now]
    assert (long_[told > 0] > 0).all()
    assert (short[told < 0] < 0).all()


def test_foresight_is_worth_at_least_what_is_known(lived):
    for row in outcomes(lived, OURS, {})[0]:
        assert row.best.total >= row.net.total - 0.05


def test_nobody_asked_is_a_life_without_promises_and_the_others_live_it_too(lived):
    assert all(not one.promised_wh.any() for one in lived.alone)
    for at, steers in enumerate(lived.steers):
        if not steers:
            same = lived.together[vpp.Knows.LAST][at]
            assert same.metered_wh.tolist() == lived.alone[at].metered_wh.tolist()


def test_no_car_leaves_with_less_and_nobody_is_colder(lived):
    for row in outcomes(lived, OURS, {})[0]:
        assert row.missing_kwh < 0.05
        assert row.cold_kh < 0.05


def test_all_that_is_earned_is_shared_and_nothing_is_left_in_the_books(lived):
    for row in outcomes(lived, OURS, {})[0]:
        assert row.residue_units == 0
        units = sum(one.units for one in row.shares.members.values())
        assert units + row.shares.fund_units == row.shares.earned_units
        assert row.net.earned == pytest.approx(row.shares.earned_units / 1e8)


def test_what_a_street_does_is_most_of_what_it_promised_and_never_counted_as_more(lived):
    for row in outcomes(lived, OURS, {})[0]:
        assert 0.6 < row.delivered_kwh / row.promised_kwh <= 1.0
        assert row.lost_times <= row.asked_times


def test_a_home_that_hears_nothing_does_what_it_was_going_to_do():
    asked = vpp.Asked(FIRST, 1, 3, knows=(vpp.Knows.CALLED,))
    deaf = vpp.week(asked, terms(), a_nation(), Faults(unreached=1.1))
    for one in deaf.together[vpp.Knows.CALLED]:
        assert not one.called.any()
    (row,), _ = outcomes(deaf, OURS, {})
    assert abs(row.net.earned) < 0.3
    assert all(share.given_wh == 0 for share in row.shares.members.values())


def test_the_same_home_does_the_same_in_a_smaller_street_asked_the_same(lived):
    again = vpp.week(replace(lived.asked, homes=3, knows=(vpp.Knows.LAST,)), terms(), a_nation())
    for one, other in zip(again.together[vpp.Knows.LAST], lived.together[vpp.Knows.LAST][:3], strict=True):
        assert one.metered_wh.tolist() == other.metered_wh.tolist()


def test_the_page_says_every_window_in_both_languages(lived, tmp_path):
    rows, groups = outcomes(lived, OURS, {})
    write(rows, groups, tmp_path, vpp.whole(6, 1, 1), "made up")
    page = (tmp_path / "report.html").read_text("utf-8")
    for row in rows:
        for lang in Lang:
            assert vpp.sentence(row).to(lang) in page
    ET.fromstring((tmp_path / "vpp.svg").read_text("utf-8"))
    assert len((tmp_path / "vpp.csv").read_text("utf-8").splitlines()) == 1 + len(rows)


def test_a_loss_is_called_a_loss(lived):
    (row, *_), _ = outcomes(lived, OURS, {})
    lost = replace(row, net=replace(row.net, earned=-40.0), missing_kwh=1.2)
    assert "verloor € " in vpp.sentence(lost).nl
    assert "lost €" in vpp.sentence(lost).en
    assert "1,2 kWh minder" in vpp.sentence(lost).nl


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["--days", "0"], "one or more"),
        (["--day-ahead", "prices.csv"], "belong together"),
    ],
)
def test_what_cannot_be_lived_is_refused(arguments, says, capsys):
    assert main(["study", "vpp", *arguments]) != 0
    assert says in capsys.readouterr().err


@pytest.mark.real_data
@pytest.mark.skipif(not IMBALANCE.exists(), reason="the measured prices are not beside the project")
def test_on_the_prices_of_2025_who_is_asked_is_right_more_than_wrong_on_average():
    """Autumn: told less, a surplus earned more than the exchange on average; told more, a shortage cost less."""
    grid = PtuGrid.days(date(2025, 7, 1), 120, AMSTERDAM)
    nation, _ = load_nation(DAY_AHEAD, IMBALANCE, grid)
    autumn = slice(70 * 96, 110 * 96)
    told = signals(nation, autumn, vpp.Knows.LAST).premium[:, 0]
    less = nation.surplus.values[autumn] - nation.day_ahead.values[autumn]
    more = nation.shortage.values[autumn] - nation.day_ahead.values[autumn]
    assert less[told > 0].mean() > 20
    assert more[told < 0].mean() < -20
    assert (foresight(nation, autumn) != 0).mean() > 0.5
