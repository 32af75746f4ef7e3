"""Change what a reason names as its bound, and the decision changes as the sentence says; change a trifle, and it stays."""

from dataclasses import replace
from datetime import UTC, datetime

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from laag.foundation.ptu import PtuGrid
from laag.home.devices import (
    Appliance,
    Battery,
    Boiler,
    Building,
    Charger,
    Comfort,
    EvSession,
    HeatPump,
    Job,
    Pv,
    Tank,
)
from laag.home.house import HomeState, House
from laag.home.ladder import Floor, Level, Limit, On, Rung, SunFirst
from laag.home.outlook import Outlook
from laag.home.plan import cheapest
from laag.home.plan.solver import Solver
from laag.home.plan.weights import PlanSettings
from laag.home.reasons import Bound, Code, Doing, Subject, reasons, say
from laag.home.reasons.column import Column
from laag.home.tariff import Band, Peak

SOLVER = Solver()
COUNT = 96
HOUR = np.arange(COUNT) / 4
RIPPLE = 0.0002 * ((7 * np.arange(COUNT)) % 11)
"""A little unevenness, so that no two quarter-hours are equally cheap by chance."""
EVENING = (HOUR >= 17) & (HOUR < 21)
NIGHT = (HOUR >= 1) & (HOUR < 5)
PRICES = np.where(EVENING, 0.45, np.where(NIGHT, 0.12, 0.25)) + RIPPLE
NOON_SUN = np.where((HOUR >= 11) & (HOUR < 15), 3.0, 0.0)
MIDNIGHT, AT_TWO, AT_NOON, AT_SIX_PM = 0, 8, 48, 72
BOX = Battery(8.0, 4.0, 4.0, wear_eur_per_kwh=0.02)
CAR = Charger(4.0, efficiency=0.9)
NIGHTS_STAY = EvSession(0, 32, 20.0, 29.0)


def outlook(**given):
    usual = {
        "quarter": np.arange(COUNT),
        "load_kw": np.full(COUNT, 0.4),
        "pv_kw": np.zeros(COUNT),
        "outdoor_c": np.full(COUNT, 6.0),
        "heat_gain_kw": np.full(COUNT, 0.3),
        "buy_eur_per_kwh": PRICES,
        "sell_eur_per_kwh": np.full(COUNT, 0.06),
    }
    return Outlook(PtuGrid(datetime(2025, 3, 3, tzinfo=UTC), COUNT), **(usual | given))


def planned(house, ahead, state=HomeState(2.0, 20.0, 20.0)):  # noqa: B008
    return cheapest(house, state, ahead, solver=SOLVER)


def told(house, ahead, subject, ptu, state=HomeState(2.0, 20.0, 20.0)):  # noqa: B008
    """The reason that the plan of this day gives, and the plan."""
    plan = planned(house, ahead, state)
    return reasons(plan, house, ahead).of(subject, ptu), plan


def at_price(series, where, price):
    changed = series.copy()
    changed[where] = price
    return changed


def test_the_car_goes_where_the_price_falls_below_that_of_the_alternative():
    house = House("h", charger=CAR)
    ahead = outlook(sessions=(NIGHTS_STAY,))
    plan = planned(house, ahead)
    last = int(np.flatnonzero(plan.ev_kw > 0)[np.argmax(PRICES[plan.ev_kw > 0])])
    reason, _ = told(house, ahead, Subject.CAR, last)
    other = reason.next_best
    assert (reason.code, reason.bound, other.doing) == (Code.CHEAPEST, Bound.PRICE, Doing.CHARGE_THEN)
    assert plan.ev_kw[other.at.ptu] == 0
    same = other.worse_eur_per_kwh
    for change, goes in ((-same - 0.001, True), (-same + 0.0001, False)):
        lower = at_price(PRICES, other.at.ptu, PRICES[other.at.ptu] + change)
        moved = planned(house, replace(ahead, buy_eur_per_kwh=lower))
        assert bool(moved.ev_kw[other.at.ptu] > 0.1) is goes


def test_charging_at_once_is_what_the_neighbour_is_compared_with():
    reason, plan = told(House("h", charger=CAR), outlook(sessions=(NIGHTS_STAY,)), Subject.CAR, AT_TWO)
    assert reason.unplanned.at.ptu == 0
    assert reason.unplanned.worse_eur_per_kwh == pytest.approx(PRICES[0] - PRICES[AT_TWO])
    assert "at 00:00 the same kWh would cost 13 cents more" in say(reason, "en")
    assert "om 00:00 zou dezelfde kWh 13 cent meer kosten" in say(reason, "nl")
    assert f"one of the {(plan.ev_kw > 0).sum()} cheapest quarter-hours before 08:00" in say(reason, "en")


def test_a_car_that_cannot_be_full_can_be_with_a_later_departure():
    house = House("h", charger=CAR)
    stay = EvSession(0, 4, 20.0, 29.0)
    reason, _ = told(house, outlook(sessions=(stay,)), Subject.CAR, 2)
    assert (reason.code, reason.rung) == (Code.CAN_NO_MORE, Rung.COMFORT)
    assert reason.numbers["left_kwh"] == pytest.approx(23.6)
    later = replace(stay, departs=30)
    again, plan = told(house, outlook(sessions=(later,)), Subject.CAR, 2)
    assert again.code is Code.WAITS_FOR_PRICE
    assert plan.ev_kw[2] == 0
    assert plan.ev_stored_kwh[29] == pytest.approx(29.0)


def test_a_car_with_enough_charges_when_more_is_wanted():
    house = House("h", charger=CAR)
    reason, plan = told(house, outlook(sessions=(NIGHTS_STAY,)), Subject.CAR, 31)
    assert (reason.code, reason.bound) == (Code.HAS_ENOUGH, Bound.WISH)
    assert plan.ev_kw[20] == 0
    more = replace(NIGHTS_STAY, wanted_kwh=20.0 + 32 * 0.9)
    assert planned(house, outlook(sessions=(more,))).ev_kw[20] > 0


def test_a_car_charges_ahead_of_a_short_stay_and_no_more_than_is_needed_ahead_of_a_long_one():
    house = House("h", charger=CAR)
    first, short = EvSession(0, 32, 20.0, 22.0), EvSession(40, 44, 0.0, 24.0, used_kwh=6.0)
    cheap_then = at_price(PRICES, slice(40, 44), 0.05)
    ahead = outlook(sessions=(first, short), buy_eur_per_kwh=cheap_then)
    plan = planned(house, ahead)
    assert (plan.ev_kw[40:44] > CAR.max_kw - 0.01).all()
    assert plan.ev_stored_kwh[31] == pytest.approx(24.0 - 4 * 0.9 + 6.0)
    extra = [ptu for ptu in np.flatnonzero(plan.ev_kw[:32] > 0) if plan.ev_stored_kwh[ptu] > 23.0]
    told_of = reasons(plan, house, ahead)
    assert {told_of.of(Subject.CAR, ptu).code for ptu in extra} == {Code.CHARGES_AHEAD}
    reason = told_of.of(Subject.CAR, extra[0])
    assert "because after that trip it already charges all it can, every quarter-hour" in say(reason, "en")
    assert "want na die rit laadt hij al elk kwartier zo veel hij kan" in say(reason, "nl")
    longer = planned(
        house,
        replace(
            ahead,
            sessions=(first, replace(short, departs=64)),
            buy_eur_per_kwh=at_price(PRICES, slice(40, 64), 0.05),
        ),
    )
    assert longer.ev_stored_kwh[31] == pytest.approx(22.0)


def test_a_number_that_is_not_known_is_left_unsaid():
    column = Column(Subject.CAR, np.ones(3))
    column.numbers["worth_eur_per_kwh"] = np.array([0.2, np.inf, np.nan])
    column.numbers["all_told_eur_per_kwh"] = np.full(3, 0.1)
    column.rest(Code.CAR_WORTH)
    column.leave_unsaid()
    assert column.has(Code.WHOLE_DAY).tolist() == [False, True, True]


def test_a_car_that_waits_for_the_sun_does_not_when_there_is_none():
    house = House("h", charger=CAR, pv=Pv(4.0))
    stay = EvSession(28, 80, 20.0, 26.0)
    ahead = outlook(pv_kw=NOON_SUN, sessions=(stay,), buy_eur_per_kwh=0.30 - 0.001 * HOUR)
    reason, plan = told(house, ahead, Subject.CAR, 30)
    assert reason.code is Code.WAITS_FOR_SUN
    assert plan.ev_kw[reason.numbers["taken_at"].ptu] > 0
    assert told(house, ahead, Subject.CAR, reason.numbers["taken_at"].ptu)[0].code is Code.CHARGES_ON_SUN
    dark = planned(house, replace(ahead, pv_kw=np.zeros(COUNT)))
    assert dark.ev_kw[reason.numbers["taken_at"].ptu] == 0
    assert dark.ev_kw.sum() == pytest.approx(plan.ev_kw.sum())


def test_a_battery_filled_for_the_evening_is_not_when_the_evening_is_cheap():
    house = House("h", battery=BOX)
    reason, plan = told(house, outlook(), Subject.BATTERY, AT_TWO)
    first, end = reason.numbers["used_by"].ptu, reason.numbers["used_end_by"].ptu
    assert reason.code is Code.CHEAP_FOR_LATER
    assert plan.battery_kw[AT_TWO] > 0
    assert (plan.battery_kw[first:end] < 0).all()
    needed = (PRICES[AT_TWO] / BOX.charge_efficiency) / BOX.discharge_efficiency + BOX.wear_eur_per_kwh
    cheap = np.minimum(PRICES, needed - 0.01)
    assert planned(house, outlook(buy_eur_per_kwh=cheap)).battery_kw[AT_TWO] <= 0
    still = np.where(EVENING, PRICES - 0.02, PRICES)
    assert planned(house, outlook(buy_eur_per_kwh=still)).battery_kw[AT_TWO] > 0


def test_a_battery_keeps_for_the_evening_until_now_is_dearer():
    house = House("h", battery=BOX)
    prices, holds = np.where(EVENING, 0.29, 0.25), HomeState(1.2)
    ahead = outlook(buy_eur_per_kwh=prices)
    reason, plan = told(house, ahead, Subject.BATTERY, AT_NOON, holds)
    assert (reason.code, reason.next_best.doing) == (Code.KEEPS_FOR_LATER, Doing.GIVE_EARLIER)
    assert plan.battery_kw[AT_NOON] == 0
    gap = reason.next_best.worse_eur_per_kwh
    assert gap == pytest.approx(reason.numbers["used_eur_per_kwh"] - prices[AT_NOON])
    for rise, gives in ((gap + 0.02, True), (0.5 * gap, False)):
        dearer = at_price(prices, AT_NOON, prices[AT_NOON] + rise)
        moved = planned(house, replace(ahead, buy_eur_per_kwh=dearer), holds)
        assert bool(moved.battery_kw[AT_NOON] < 0) is gives


def test_a_full_battery_takes_more_when_it_is_larger():
    house = House("h", battery=replace(BOX, capacity_kwh=2.0))
    prices = np.where(NIGHT, 0.12, 0.40) + RIPPLE
    ahead = outlook(buy_eur_per_kwh=prices, sell_eur_per_kwh=np.full(COUNT, 0.02))
    plan = planned(house, ahead, HomeState(2.0))
    found = reasons(plan, house, ahead)
    full = [ptu for ptu in range(COUNT) if found.of(Subject.BATTERY, ptu).code is Code.FULL]
    assert full
    larger = planned(replace(house, battery=BOX), ahead, HomeState(2.0))
    assert max(larger.battery_kw[ptu] for ptu in full) > 0
    assert max(larger.stored_kwh) > 2.0


def test_an_empty_battery_gives_when_it_holds_more():
    house = House("h", battery=BOX)
    ahead = outlook(buy_eur_per_kwh=np.where(HOUR < 2, 0.45, 0.25))
    reason, plan = told(house, ahead, Subject.BATTERY, 6, HomeState(0.3))
    assert (reason.code, reason.bound, plan.battery_kw[6]) == (Code.EMPTY, Bound.LEVEL, 0.0)
    assert plan.battery_kw[0] < 0
    assert planned(house, ahead, HomeState(6.0)).battery_kw[6] < 0


def test_a_battery_rests_while_the_spread_is_too_small():
    house = House("h", battery=BOX)
    flat = 0.25 + RIPPLE
    reason, plan = told(house, outlook(buy_eur_per_kwh=flat), Subject.BATTERY, AT_TWO, HomeState(0.0))
    assert (reason.code, plan.battery_kw[AT_TWO]) == (Code.SPREAD_TOO_SMALL, 0.0)
    losing = reason.next_best.worse_eur_per_kwh
    best = int(np.argmin(flat[:AT_TWO]))
    dear = np.where(EVENING, flat + 1.5 * losing, flat)
    lively = planned(house, outlook(buy_eur_per_kwh=at_price(dear, best, 0.2)), HomeState(0.0))
    assert lively.battery_kw[best] > 0
    slightly = np.where(EVENING, flat + 0.3 * losing, flat)
    assert planned(house, outlook(buy_eur_per_kwh=slightly), HomeState(0.0)).battery_kw[AT_TWO] == 0


def test_a_battery_that_eases_a_full_connection_rests_on_a_larger_one():
    busy = np.where((HOUR >= 18) & (HOUR < 19), 4.0, 0.4)
    house = House("h", import_max_kw=3.0, battery=BOX)
    ahead = outlook(load_kw=busy, buy_eur_per_kwh=np.where(HOUR < 19, 0.25, 0.45))
    reason, plan = told(house, ahead, Subject.BATTERY, AT_SIX_PM)
    assert (reason.code, reason.rung) == (Code.EASES_CONNECTION, Rung.SAFETY)
    assert plan.battery_kw[AT_SIX_PM] == pytest.approx(-1.0)
    larger = planned(replace(house, import_max_kw=5.0), ahead)
    assert larger.battery_kw[AT_SIX_PM] > -0.9


def test_panels_turned_down_for_the_price_are_not_when_feeding_in_pays():
    house = House("h", pv=Pv(4.0))
    ahead = outlook(pv_kw=NOON_SUN, sell_eur_per_kwh=np.full(COUNT, -0.05))
    reason, plan = told(house, ahead, Subject.PV, AT_NOON)
    assert reason.code is Code.TURNED_DOWN_FOR_PRICE
    assert reason.next_best.worse_eur_per_kwh == pytest.approx(0.05)
    assert plan.pv_kw[AT_NOON] == pytest.approx(0.4)
    pays = replace(ahead, sell_eur_per_kwh=np.full(COUNT, 0.01))
    assert planned(house, pays).pv_kw[AT_NOON] == NOON_SUN[AT_NOON]
    still = replace(ahead, sell_eur_per_kwh=np.full(COUNT, -0.01))
    assert planned(house, still).pv_kw[AT_NOON] == pytest.approx(0.4)


def test_panels_turned_down_for_the_connection_are_not_on_a_larger_one():
    house = House("h", export_max_kw=1.0, pv=Pv(4.0))
    reason, plan = told(house, outlook(pv_kw=NOON_SUN), Subject.PV, AT_NOON)
    assert (reason.code, reason.bound) == (Code.TURNED_DOWN_FOR_LIMIT, Bound.LIMIT)
    assert plan.pv_kw[AT_NOON] == pytest.approx(1.4)
    larger = planned(replace(house, export_max_kw=2.0), outlook(pv_kw=NOON_SUN))
    assert larger.pv_kw[AT_NOON] == pytest.approx(2.4)


WARM_HOUSE = House(
    "h", heat_pump=HeatPump(2.5), building=Building(0.2, 8.0), comfort=Comfort(19.5, 19.5, high_c=22.0)
)


def test_heat_that_holds_the_band_is_not_made_in_a_wider_one():
    ahead = outlook(buy_eur_per_kwh=0.2 + 0.002 * HOUR)
    plan = planned(WARM_HOUSE, ahead, HomeState(indoor_c=19.5))
    found = reasons(plan, WARM_HOUSE, ahead)
    holds = [ptu for ptu in range(COUNT) if found.of(Subject.HEATING, ptu).code is Code.HOLDS_WARM]
    assert holds
    ptu = holds[0]
    assert plan.indoor_c[ptu] == pytest.approx(19.5, abs=0.05)
    wider = replace(WARM_HOUSE, comfort=Comfort(18.0, 18.0, high_c=22.0))
    assert planned(wider, ahead, HomeState(indoor_c=19.5)).heat_pump_kw[ptu] < plan.heat_pump_kw[ptu]


def test_heat_made_ahead_of_a_dear_hour_is_not_when_that_is_cheap():
    ahead = outlook()
    plan = planned(WARM_HOUSE, ahead)
    found = reasons(plan, WARM_HOUSE, ahead)
    early = [ptu for ptu in range(64, 68) if found.of(Subject.HEATING, ptu).code is Code.HEATS_AHEAD]
    assert early
    assert all(found.of(Subject.HEATING, ptu).numbers["needed_at"].ptu >= 68 for ptu in early)
    cheap = np.where(EVENING, 0.20, PRICES)
    later = planned(WARM_HOUSE, replace(ahead, buy_eur_per_kwh=cheap))
    assert later.heat_pump_kw[early].sum() < 0.5 * plan.heat_pump_kw[early].sum()


def test_heating_ahead_names_how_warm_it_should_be_then_and_is_less_where_less_is_asked():
    low = np.where(HOUR >= 18, 19.5, 16.0)
    ahead = outlook(comfort_low_c=low)
    plan = planned(WARM_HOUSE, ahead, HomeState(indoor_c=18.0))
    found = reasons(plan, WARM_HOUSE, ahead)
    early = [ptu for ptu in range(68) if found.of(Subject.HEATING, ptu).code is Code.HEATS_AHEAD]
    assert early
    for ptu in early:
        reason = found.of(Subject.HEATING, ptu)
        assert reason.numbers["needed_at"].ptu >= AT_SIX_PM
        assert "colder than 19.5 °C" in say(reason, "en")
    cooler = planned(
        WARM_HOUSE, replace(ahead, comfort_low_c=np.minimum(low, 16.0)), HomeState(indoor_c=18.0)
    )
    assert cooler.heat_pump_kw[early].sum() < 0.6 * plan.heat_pump_kw[early].sum()


def test_a_house_as_warm_as_wished_gets_warmer_in_a_wider_band():
    paid = np.where(NIGHT, -0.10, 0.30)
    ahead = outlook(buy_eur_per_kwh=paid, sell_eur_per_kwh=paid - 0.1)
    mild = replace(ahead, heat_gain_kw=np.full(COUNT, 3.2))
    plan = planned(WARM_HOUSE, mild, HomeState(indoor_c=21.9))
    found = reasons(plan, WARM_HOUSE, mild)
    warmest = [ptu for ptu in range(COUNT) if found.of(Subject.HEATING, ptu).code is Code.WARMEST]
    night = [ptu for ptu in warmest if NIGHT[ptu]]
    assert night
    wider = replace(WARM_HOUSE, comfort=Comfort(19.5, 19.5, high_c=24.0))
    assert planned(wider, mild, HomeState(indoor_c=21.9)).heat_pump_kw[night].sum() > 0


def test_a_reserve_is_given_when_nobody_asks_for_it():
    kept = Floor(Rung.COMFORT, Level.STORED, 0, COUNT, 2.0, "wish:keep 2 kWh for a power cut")
    house = House("h", battery=BOX)
    prices = np.where(HOUR < 2, 0.60, 0.25)
    ahead = outlook(buy_eur_per_kwh=prices, claims=(kept,))
    reason, plan = told(house, ahead, Subject.BATTERY, 4)
    assert (reason.code, reason.bound, reason.rung) == (Code.AT_RESERVE, Bound.CLAIM, Rung.COMFORT)
    assert reason.source == kept.source
    assert "your own wish (keep 2 kWh for a power cut)" in say(reason, "en")
    assert plan.battery_kw[4] == 0
    assert planned(house, replace(ahead, claims=())).battery_kw[4] < 0


def test_a_car_that_a_signal_holds_charges_without_it():
    signal = Limit(Rung.EMERGENCY, On.CAR, 4, 20, 0.0, "dso:emergency 12")
    house = House("h", charger=CAR)
    ahead = outlook(sessions=(NIGHTS_STAY,), claims=(signal,))
    reason, plan = told(house, ahead, Subject.CAR, AT_TWO)
    assert (reason.code, reason.rung, reason.bound) == (Code.CLAIMED, Rung.EMERGENCY, Bound.CLAIM)
    assert "the grid operator (emergency 12)" in say(reason, "en")
    assert plan.ev_kw[AT_TWO] == 0
    assert planned(house, replace(ahead, claims=())).ev_kw[AT_TWO] > 0


def test_own_sun_first_keeps_what_would_be_sold_without_it():
    kept = SunFirst(Rung.OWN_SUN, 0, COUNT, "wish:use my own sun first")
    house = House("h", pv=Pv(4.0), battery=BOX)
    dear = np.full(COUNT, 0.30)
    ahead = outlook(pv_kw=NOON_SUN, buy_eur_per_kwh=dear, sell_eur_per_kwh=dear, claims=(kept,))
    reason, plan = told(house, ahead, Subject.BATTERY, AT_NOON)
    assert (reason.code, reason.rung, reason.source) == (Code.SUN_FIRST, Rung.OWN_SUN, kept.source)
    assert plan.battery_kw[AT_NOON] > 0
    assert planned(house, replace(ahead, claims=())).battery_kw[AT_NOON] <= 0


def test_a_choice_for_the_grid_moves_what_money_would_not():
    busy = np.where(NIGHT, 0.20, 0.0)
    house = House("h", charger=CAR)
    ahead = outlook(sessions=(NIGHTS_STAY,), nudge_eur_per_kwh=busy)
    plan = planned(house, ahead)
    found = reasons(plan, house, ahead)
    chosen = [ptu for ptu in range(32) if found.of(Subject.CAR, ptu).code is Code.CHOSEN]
    takes = [ptu for ptu in chosen if plan.ev_kw[ptu] > 0]
    assert takes
    reason = found.of(Subject.CAR, takes[0])
    assert reason.bound is Bound.CHOICE
    assert reason.next_best.worse_eur_per_kwh < 0 <= reason.next_best.weighs_eur_per_kwh
    assert "cheaper" in say(reason, "en")
    alone = planned(house, replace(ahead, nudge_eur_per_kwh=None))
    assert alone.ev_kw[takes].sum() == 0


def test_a_limit_is_not_blamed_for_a_battery_that_would_rest_without_it():
    """At the limit for the car's sake, while the battery leaves a cheaper hour that nothing forbids."""
    night = np.where(NIGHT, 0.20 - 0.002 * (HOUR - 1), 0.25) + 0.05 * EVENING
    call = Limit(Rung.EMERGENCY, On.IMPORT, 4, 12, 2.0, "dso:emergency 12")
    house = House("h", battery=replace(BOX, wear_eur_per_kwh=0.05), charger=CAR)
    ahead = outlook(
        buy_eur_per_kwh=night, claims=(call,), sessions=(EvSession(0, 20, 20.0, 32.0),), peak=Peak(0.0, 1.0)
    )
    rests, plan = told(house, ahead, Subject.BATTERY, AT_TWO, HomeState(0.0))
    assert plan.connection_kw[AT_TWO] == pytest.approx(2.0)
    assert plan.battery_kw[AT_TWO] == 0
    assert planned(house, replace(ahead, claims=()), HomeState(0.0)).battery_kw[AT_TWO] == 0
    assert (rests.source, rests.rung) != (call.source, call.rung)


def test_a_full_connection_is_named_only_where_more_would_flow():
    """A lamp that happens to need just what is allowed is not held by it."""
    allowed = Limit(Rung.GRID_MARGIN, On.IMPORT, 0, COUNT, 0.4, "dso:evening peak")
    found, _ = told(House("h"), outlook(claims=(allowed,)), Subject.CONNECTION, AT_NOON)
    assert (found.rung, found.source) == (Rung.MARKET, "")


def test_what_a_home_needs_anyway_is_no_claim_on_the_minimum_of_everyone():
    found, _ = told(House("h"), outlook(), Subject.CONNECTION, AT_NOON)
    assert (found.code, found.rung, found.bound) == (Code.TAKES_WHAT_IS_USED, Rung.MARKET, Bound.PRICE)


def test_a_battery_names_what_takes_most_of_what_it_stores():
    """A kettle at five takes a little of what the sun gave; the evening, or the day after the plan, takes the rest."""
    kettle = np.where((HOUR >= 17) & (HOUR < 17.25), 0.8, 0.0)
    house = House("h", pv=Pv(4.0), battery=BOX)
    evening = np.where((HOUR >= 20) & (HOUR < 23), 2.0, 0.0)
    for load, code in ((kettle, Code.SUN_FOR_AFTER), (kettle + evening, Code.SUN_FOR_LATER)):
        ahead = outlook(
            load_kw=load,
            pv_kw=NOON_SUN,
            buy_eur_per_kwh=np.full(COUNT, 0.30),
            sell_eur_per_kwh=np.full(COUNT, -0.01),
        )
        reason, plan = told(house, ahead, Subject.BATTERY, AT_NOON, HomeState(0.0))
        assert plan.battery_kw[AT_NOON] > 0 > plan.battery_kw[68]
        assert reason.code is code
        if code is Code.SUN_FOR_LATER:
            assert reason.numbers["used_by"].ptu == 80
        else:
            assert "mostly for after this plan" in say(reason, "en")


def test_within_a_band_until_the_band_is_wider():
    house = House("h", battery=BOX)
    busy = np.where(EVENING, 3.0, 0.4)
    flat = np.full(COUNT, 0.25)
    ahead = outlook(load_kw=busy, buy_eur_per_kwh=flat, band=Band(2.0, 0.4))
    reason, plan = told(house, ahead, Subject.BATTERY, AT_SIX_PM, HomeState(6.0))
    assert reason.code is Code.WITHIN_BAND
    assert plan.connection_kw[AT_SIX_PM] == pytest.approx(2.0)
    assert told(house, ahead, Subject.CONNECTION, AT_SIX_PM, HomeState(6.0))[0].code is Code.AT_BAND
    wider = planned(house, replace(ahead, band=Band(4.0, 0.4)), HomeState(6.0))
    assert wider.connection_kw[AT_SIX_PM] == pytest.approx(3.0)


def test_under_a_peak_until_the_peak_costs_nothing():
    house = House("h", battery=BOX)
    busy = np.where((HOUR >= 18) & (HOUR < 19), 3.0, 0.4)
    ahead = outlook(load_kw=busy, buy_eur_per_kwh=np.full(COUNT, 0.25), peak=Peak(0.0, 3.0))
    reason, plan = told(house, ahead, Subject.BATTERY, AT_SIX_PM, HomeState(3.0))
    assert reason.code is Code.UNDER_PEAK
    assert plan.connection_kw[AT_SIX_PM] < 2.0
    free = planned(house, replace(ahead, peak=Peak(0.0, 0.0)), HomeState(3.0))
    assert free.connection_kw.max() > 2.0


HOT_HOUSE = House("h", tank=Tank(legionella_days=0))
SHOWERS = np.where((HOUR >= 7) & (HOUR < 8), 4.0, 0.0)


def test_water_heated_ahead_of_a_dear_hour_is_not_when_that_is_cheap():
    dear = np.where((HOUR >= 6) & (HOUR < 10), 0.50, 0.20) + 0.0001 * HOUR
    ahead = outlook(buy_eur_per_kwh=dear, hot_water_kw=SHOWERS)
    state = HomeState(tank_c=46.0)
    plan = planned(HOT_HOUSE, ahead, state)
    found = reasons(plan, HOT_HOUSE, ahead)
    early = [ptu for ptu in range(24) if found.of(Subject.WATER, ptu).code is Code.WATER_AHEAD]
    assert plan.water_kw[early].sum() > 1
    cheap = planned(HOT_HOUSE, replace(ahead, buy_eur_per_kwh=np.where(dear > 0.4, 0.15, dear)), state)
    assert cheap.water_kw[early].sum() < 0.5 * plan.water_kw[early].sum()


def test_a_tank_made_hot_against_legionella_is_not_where_there_is_no_such_run():
    house = House("h", tank=Tank())
    state = HomeState(tank_c=56.0, hot_ago_ptus=7 * 96 - 40)
    flat = outlook(buy_eur_per_kwh=np.full(COUNT, 0.25))
    plan = planned(house, flat, state)
    found = reasons(plan, house, flat)
    against = [ptu for ptu in range(COUNT) if found.of(Subject.WATER, ptu).code is Code.AGAINST_LEGIONELLA]
    assert against
    reason = found.of(Subject.WATER, against[0])
    assert reason.rung is Rung.SAFETY
    assert plan.tank_c[reason.numbers["hot_at"].ptu] == pytest.approx(60.0, abs=0.1)
    no_run = replace(house, tank=Tank(legionella_days=0))
    assert planned(no_run, flat, state).tank_c.max() < 59.9


HYBRID = replace(WARM_HOUSE, boiler=Boiler())


def test_a_hybrid_heats_on_gas_until_gas_is_dearer():
    ahead = outlook(buy_eur_per_kwh=np.full(COUNT, 0.60), gas_eur_per_kwh=0.10)
    cold = HomeState(indoor_c=19.5)
    plan = planned(HYBRID, ahead, cold)
    found = reasons(plan, HYBRID, ahead)
    burns = int(np.argmax(plan.gas_kw > 0.1))
    reason = found.of(Subject.BOILER, burns)
    assert (reason.code, reason.next_best.doing) == (Code.GAS_CHEAPER, Doing.HEAT_BY_PUMP)
    assert found.of(Subject.HEATING, burns).code is Code.GAS_INSTEAD
    gap = reason.next_best.worse_eur_per_kwh
    gas = 0.10 / HYBRID.boiler.efficiency
    dearer = replace(ahead, gas_eur_per_kwh=(gas + gap + 0.02) * HYBRID.boiler.efficiency)
    again, moved = told(HYBRID, dearer, Subject.BOILER, burns, cold)
    assert moved.gas_kw[burns] == 0
    assert again.code is Code.PUMP_CHEAPER


DISHES = Appliance("dishwasher", (2.0, 0.4, 0.4, 1.6))


def test_a_programme_starts_where_the_price_falls_below_that_of_the_alternative():
    house = House("h", appliances=(DISHES,))
    ahead = outlook(jobs=(Job(DISHES, 0, 32),))
    plan = planned(house, ahead)
    start = plan.runs[0].start
    found = reasons(plan, house, ahead)
    reason = found.of(Subject.APPLIANCE, start, "dishwasher")
    assert (reason.code, reason.power_kw) == (Code.RUN_CHEAPEST, 2.0)
    other = reason.next_best.at.ptu
    assert found.of(Subject.APPLIANCE, 0, "dishwasher").code is Code.RUN_WAITS
    assert found.of(Subject.APPLIANCE, 40, "dishwasher").code is Code.RUN_DONE
    span = np.zeros(COUNT, bool)
    span[other : other + 4] = True
    span[start : start + 4] = False
    cheap = at_price(PRICES, span, PRICES[span] - 0.08)
    assert planned(house, replace(ahead, buy_eur_per_kwh=cheap)).runs[0].start != start
    late = planned(house, replace(ahead, jobs=(Job(DISHES, 0, start + 3),)))
    assert late.runs[0].start < start


def test_a_car_that_gives_back_does_not_where_the_evening_is_cheap():
    giving = replace(CAR, discharge_max_kw=4.0)
    house = House("h", charger=giving)
    stay = EvSession(60, COUNT + 30, 40.0, 40.0)
    ahead = outlook(buy_eur_per_kwh=PRICES, sessions=(stay,))
    plan = planned(house, ahead)
    gives = np.flatnonzero(plan.ev_kw < 0)
    assert len(gives)
    reason = reasons(plan, house, ahead).of(Subject.CAR, int(gives[0]))
    assert reason.code in {Code.CAR_GIVES, Code.CAR_GIVES_SPARE, Code.CAR_GIVES_WORTH}
    even = replace(ahead, buy_eur_per_kwh=np.full(COUNT, 0.25))
    assert planned(house, even).ev_kw[gives].min() >= 0


def test_a_change_that_no_sentence_names_changes_nothing():
    """The price of a quarter-hour in which nothing could have been different moves no device."""
    house = House("h", battery=BOX, charger=CAR)
    ahead = outlook(sessions=(NIGHTS_STAY,))
    plan = planned(house, ahead)
    found = reasons(plan, house, ahead)
    every = [found.reason(column, ptu).next_best for column in found.columns for ptu in range(COUNT)]
    named = {other.at.ptu for other in every if other is not None and other.at is not None}
    idle = [ptu for ptu in range(36, 64) if ptu not in named]
    assert idle
    trifle = at_price(PRICES, idle[0], PRICES[idle[0]] + 0.002)
    again = planned(house, replace(ahead, buy_eur_per_kwh=trifle))
    assert np.allclose(again.battery_kw, plan.battery_kw, atol=1e-6)
    assert np.allclose(again.ev_kw, plan.ev_kw, atol=1e-6)


def weighs(plan, house, ahead):
    """What a plan is made to keep low: money, wear, and less what the battery holds at the end."""
    given_kwh = float(np.maximum(-plan.battery_kw, 0.0).sum()) / 4
    kept = PlanSettings().stored_at_end_eur_per_kwh(house.battery, ahead)
    return plan.cost_eur + house.battery.wear_eur_per_kwh * given_kwh - kept * float(plan.stored_kwh[-1])


def exactly(house, ahead):
    """To the last cent, however small what a search would find."""
    least = PlanSettings(worth_a_search_eur=0.0)
    return cheapest(house, HomeState(2.0, 20.0, 20.0), ahead, solver=SOLVER, settings=least)


@given(st.integers(0, 10**6))
@settings(max_examples=25, deadline=None)
def test_another_start_of_a_machine_costs_between_the_least_and_the_most_that_is_said(seed):
    """Made to start then, whatever else answers to it."""
    rng = np.random.default_rng(seed)
    machine = Appliance("washing machine", tuple(rng.uniform(0.2, 2.0, rng.integers(2, 6)).round(2)))
    house = House(
        "Kade 12", battery=BOX, pv=Pv(4.0, curtailable=True), export_max_kw=float(rng.choice([2.0, 17.0]))
    )
    job = Job(machine, 20, 84)
    ahead = outlook(
        pv_kw=NOON_SUN * rng.uniform(0.2, 1.2, COUNT),
        buy_eur_per_kwh=rng.uniform(0.05, 0.4, COUNT).round(3),
        sell_eur_per_kwh=rng.uniform(-0.1, 0.05, COUNT).round(3),
        jobs=(job,),
    )
    plan = exactly(house, ahead)
    why = reasons(plan, house, ahead).of(Subject.APPLIANCE, plan.runs[0].start, machine.name)
    other = why.next_best
    assert other.doing is Doing.START_THEN
    start = other.at.ptu
    then = exactly(
        house,
        replace(ahead, jobs=(replace(job, earliest=start, deadline=start + len(machine.programme_kw)),)),
    )
    assert then.runs[0].start == start
    more = (weighs(then, house, ahead) - weighs(plan, house, ahead)) / machine.energy_kwh
    assert more >= other.worse_eur_per_kwh - 1e-3
    assert other.at_most_eur_per_kwh is None or more <= other.at_most_eur_per_kwh + 1e-3


def test_where_sun_is_turned_down_another_moment_costs_the_same():
    """A car that could charge at any of these hours on sun that is thrown away otherwise."""
    house = House("Kade 12", pv=Pv(6.0, curtailable=True), charger=CAR)
    ahead = outlook(
        pv_kw=2 * NOON_SUN,
        sell_eur_per_kwh=np.full(COUNT, -0.05) - RIPPLE,
        sessions=(EvSession(44, 80, 30.0, 34.0),),
    )
    plan = planned(house, ahead)
    rests = [ptu for ptu in range(44, 60) if plan.ev_kw[ptu] == 0 and plan.sun_kw[ptu] > plan.pv_kw[ptu]]
    assert rests
    early = [ptu for ptu in rests if (plan.ev_kw[ptu:60] > 0).any()]
    for ptu in early:
        assert say(reasons(plan, house, ahead).of(Subject.CAR, ptu), "en").endswith("would cost the same.")
    takes = int(np.flatnonzero(plan.ev_kw > 0)[0])
    barred = Limit(Rung.AGREEMENT, On.CAR, takes, takes + 1, 0.0, "neighbours:noon")
    assert np.isclose(planned(house, replace(ahead, claims=(barred,))).cost_eur, plan.cost_eur, atol=1e-6)


def test_no_other_moment_is_as_good_where_a_kwh_more_would_only_be_fed_in():
    """At seven the battery serves the whole home already; what it gave at six could not be bought then, only sold."""
    house = House("Kade 12", battery=Battery(8.0, 4.0, 4.0, wear_eur_per_kwh=0.02))
    load = np.where((HOUR >= 17) & (HOUR < 20), 2.0, 0.4)
    ahead = outlook(load_kw=load)
    plan = planned(house, ahead, HomeState(6.0))
    serving = [
        ptu for ptu in range(COUNT) if plan.battery_kw[ptu] < -0.1 and abs(plan.connection_kw[ptu]) < 1e-6
    ]
    assert serving
    for ptu in serving:
        other = reasons(plan, house, ahead).of(Subject.BATTERY, ptu).next_best
        if other is not None and other.doing is Doing.GIVE_THEN and plan.connection_kw[other.at.ptu] < 1e-6:
            assert other.at_most_eur_per_kwh > 0.1


def test_being_paid_is_no_reason_where_no_more_may_be_taken():
    """The import is full: what the battery takes more of is sun that is turned down."""
    house = House("Kade 12", battery=Battery(12.0, 4.0, 4.0), pv=Pv(8.0, curtailable=True), import_max_kw=3.0)
    noon = (HOUR >= 11) & (HOUR < 15)
    ahead = outlook(
        pv_kw=2 * NOON_SUN,
        buy_eur_per_kwh=np.where(noon, -0.03, PRICES),
        sell_eur_per_kwh=np.where(noon, -0.13, 0.06),
    )
    plan = planned(house, ahead)
    why = reasons(plan, house, ahead)
    paid = [ptu for ptu in range(COUNT) if why.of(Subject.BATTERY, ptu).code is Code.PAID_TO_FILL]
    assert not [ptu for ptu in paid if plan.connection_kw[ptu] >= 3.0 - 1e-6]
