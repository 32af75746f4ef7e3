"""A year of sixty homes: do they use, make and drive what Dutch homes do?"""

from datetime import date
from itertools import pairwise

import numpy as np
import pytest

from laag.foundation.ptu import AMSTERDAM
from laag.study.population import street
from laag.study.population.days import Days
from laag.study.population.households import SIZES, YEARLY_KWH, household
from laag.study.population.load import average_profile


@pytest.fixture(scope="module")
def year():
    return street(date(2025, 1, 1), 365, warmup_days=0)


@pytest.fixture(scope="module")
def days(year):
    return Days(year.grid)


@pytest.fixture(scope="module")
def loads_kw(year):
    return np.array([home.load_kw.values for home in year.homes])


def months(days):
    return np.array([date.fromordinal(int(day)).month for day in days.ordinal])


def test_a_household_uses_what_is_expected_of_it(year, loads_kw):
    """Holidays take a few per cent, chance adds or takes a few; a street's mean lies near the national one."""
    for index, home in enumerate(year.homes):
        people = household(index, 1)
        if not people.kind.heat_pump:
            assert home.load_kw.energy().total() == pytest.approx(people.yearly_kwh, rel=0.1), home.house.name
    assert 2400 < loads_kw.sum() / 4 / 60 < 3300


@pytest.mark.parametrize(("people", "mean_kwh"), list(zip(SIZES, YEARLY_KWH, strict=True)))
def test_a_size_of_household_uses_its_mean(people, mean_kwh):
    homes = [household(index, 5) for index in range(1200)]
    assert np.mean([home.yearly_kwh for home in homes if home.people == people]) == pytest.approx(
        mean_kwh, rel=0.06
    )


def test_together_the_homes_look_like_the_average_profile(year, days):
    """Where no heat pump heats tap water, the mean load by hour of the day follows BDEW H25."""
    average = average_profile(days)[96:-96]
    hour = days.quarter // 4
    total = np.sum([home.load_kw.values for home in year.homes if not home.house.heat_pump], axis=0)
    ours = np.array([total[hour == h].mean() for h in range(24)])
    theirs = np.array([average[hour == h].mean() for h in range(24)])
    assert np.corrcoef(ours, theirs)[0, 1] > 0.98
    assert np.abs(ours / ours.mean() - theirs / theirs.mean()).max() < 0.2


def test_one_home_has_peaks_and_the_street_does_not(loads_kw):
    peaks = loads_kw.max(axis=1)
    assert np.all((peaks > 2) & (peaks < 12))
    together = loads_kw.sum(axis=0).max()
    assert 0.1 < together / peaks.sum() < 0.3
    assert 0.6 < together / len(peaks) < 1.3


def test_a_home_differs_from_day_to_day_but_keeps_its_hours(loads_kw):
    """Consecutive days of one home correlate weakly, its monthly mean days strongly."""
    by_day = loads_kw[3, : 28 * 13 * 96].reshape(-1, 96)
    single = np.mean([np.corrcoef(a, b)[0, 1] for a, b in pairwise(by_day)])
    thirteen = by_day.reshape(13, 28, 96).mean(axis=1)
    monthly = np.mean([np.corrcoef(a, b)[0, 1] for a, b in pairwise(thirteen)])
    assert single < 0.5 < monthly


def test_the_weather_is_dutch(year, days):
    """Means by season and the year's sun near De Bilt's normals; frost in winter, a warm day in summer."""
    month = months(days)
    outdoor, sun = year.outdoor_c.values, year.sun_w_m2.values
    assert outdoor[np.isin(month, (12, 1, 2))].mean() == pytest.approx(3.9, abs=2.5)
    assert outdoor[np.isin(month, (6, 7, 8))].mean() == pytest.approx(17.5, abs=2.0)
    assert -20 < outdoor.min() < 0
    assert 26 < outdoor.max() < 41
    assert sun.sum() / 4000 == pytest.approx(1014, rel=0.08)
    assert sun.max() < 1000
    assert outdoor[days.quarter == 60].mean() > outdoor[days.quarter == 20].mean() + 4


def test_a_roof_makes_what_a_dutch_roof_makes(year, days):
    month = months(days)
    per_kwp = []
    for home in year.homes:
        if home.pv_kw and home.house.pv:
            made = home.pv_kw.values
            per_kwp.append(made.sum() / 4 / home.house.pv.peak_kw)
            assert made[month == 6].sum() > 4 * made[month == 12].sum()
            assert made.max() > 0.6 * home.house.pv.peak_kw
    assert 820 < np.mean(per_kwp) < 960
    assert min(per_kwp) > 680
    assert max(per_kwp) < 1030


def test_neighbouring_roofs_see_the_same_clouds(year):
    roofs = [home.pv_kw.values for home in year.homes if home.pv_kw][:6]
    noon = np.arange(len(roofs[0])) % 96 == 48
    assert np.min(np.corrcoef([roof[noon] for roof in roofs])) > 0.8


def test_a_stay_is_in_order_and_mostly_long_enough(year):
    """Stays never overlap, ask for what fits the battery, and nearly always leave time to charge it."""
    short = total = 0
    for home in year.homes:
        charger = home.house.charger
        assert bool(home.sessions) == bool(charger)
        left = 0
        for stay in home.sessions:
            assert left <= stay.arrives < stay.departs
            left = stay.departs
            assert 0 <= stay.stored_kwh <= stay.wanted_kwh <= charger.capacity_kwh
            could_kwh = (stay.departs - stay.arrives) / 4 * charger.max_kw * charger.efficiency
            short += stay.wanted_kwh - stay.stored_kwh > could_kwh
            total += 1
    assert total > 1500
    assert short / total < 0.03


def test_cars_drive_what_dutch_cars_drive(year):
    charged = [
        sum(stay.wanted_kwh - stay.stored_kwh for stay in home.sessions)
        for home in year.homes
        if home.sessions
    ]
    assert 1700 < np.mean(charged) < 2700
    assert min(charged) > 800
    assert max(charged) < 4500


def test_cars_are_at_home_in_the_night_and_out_by_day(year, days):
    there = np.zeros(len(year.grid))
    for home in year.homes:
        for stay in home.sessions:
            there[stay.arrives : stay.departs] += 1
    cars = sum(home.house.charger is not None for home in year.homes)
    assert there[days.quarter == 12].mean() / cars > 0.6
    assert there[days.quarter == 48].mean() < 0.75 * there[days.quarter == 12].mean()


def test_a_habit_resembles_what_happens(year):
    """On average the household's expectation of what it uses is right within a third."""
    for home in year.homes:
        if home.sessions:
            mean = np.mean([stay.wanted_kwh - stay.stored_kwh for stay in home.sessions])
            assert home.habit.used_kwh == pytest.approx(mean, rel=0.4), home.house.name


def test_holidays_are_quiet(year, days):
    """Christmas looks like a Sunday, not like a working day: more at noon than the day before the weekend."""
    christmas = days.ordinal == date(2025, 12, 25).toordinal()
    assert days.rest[christmas].all()
    assert not days.rest[days.ordinal == date(2025, 12, 23).toordinal()].any()
    assert days.locals[0][0] == date(2025, 1, 1)
    assert year.zone is AMSTERDAM
