"""A home of a street with bands is told its own and what beyond costs, and reads on its bill what became of it."""

from tempfile import TemporaryDirectory

import pytest
from tests.apps.street.kade import FIRST, KEYS, elsewhere, orders, prices, readings
from tests.apps.street.test_api import STREET, done, post, server
from tests.apps.street.test_own import home

from laag.adapters.neighbourhood.own import OwnBill, OwnDay
from laag.apps.street import codes
from laag.apps.wiring import Options, terms_of
from laag.cycle import live

BANDED = elsewhere(terms=terms_of(Options(policy="layered-bandwidth")))
TAKES_WH = {"m-0": 1000, "m-1": 300, "m-2": 300}
"""In every quarter-hour, behind 2 kW each: the second and third leave 200 Wh each to the first."""


@pytest.fixture(scope="module")
def said():
    """What a home is told before its day, and reads after it."""

    async def go():
        with TemporaryDirectory() as folder:
            place = f"{folder}/log.sqlite"
            async with server(place, neighbourhood=BANDED, connection="2 kW") as (running, caller):
                mine = home(caller, "m-0")
                await post(caller, *(orders(name, 1, ptu=44) for name in KEYS))
                await running.keeper.tell(live.Closed(FIRST))
                running.keeper.clock.at = live.settled_at(STREET, FIRST)
                board, positions = await mine.board(), await mine.positions(STREET.grid(FIRST).start, 96)
                for name, wh in TAKES_WH.items():
                    await post(caller, readings(name, 2, FIRST, range(96), [wh] * 96))
                for one in (*prices(FIRST), live.Settle(FIRST)):
                    await running.keeper.tell(one)
                bill = await mine.own(OwnBill, "GET", f"bill?first={FIRST}&last={FIRST}")
                day = await mine.own(OwnDay, "GET", f"days/{FIRST}")
                return board, positions, bill, day

    return done(go())


def test_the_board_says_what_beyond_costs_and_each_home_is_told_its_own_band(said):
    board, positions, _, _ = said
    assert board.beyond_eur_per_kwh == pytest.approx(0.30 * 1.21)
    assert positions.band_kw == 2.0


def test_the_bill_says_what_was_borrowed_what_was_paid_and_what_it_had_cost_alone(said):
    _, _, bill, day = said
    (line,) = (one for one in bill.lines if one.code == "band")
    assert line.amount_units == 96 * 100 * 30_000
    assert "your neighbours had 38.4 kWh of that to spare, and 9.6 kWh costs 30.0 ct/kWh" in line.because.en
    assert "Zonder buren om van te lenen was dit € 11,52 meer geweest." in line.otherwise.nl
    assert sum(one.amount_units for one in bill.lines[:-1]) == bill.total_units
    assert [one.units for one in bill.days] == [day.units] == [sum(day.units_each)]
    assert "above what your neighbours had to spare" in day.moments[0].because.en


def test_every_price_of_a_band_is_marked_on_the_bill(said):
    _, _, bill, _ = said
    banded = [one for one in bill.lines if one.code in {"band", "network"}]
    assert len(banded) == 2
    for one in banded:
        assert "voorbeeldprijs" in one.text.nl
        assert "example price" in one.text.en


def test_a_street_without_bands_says_nothing_of_them():
    async def go():
        async with server() as (_, caller):
            mine = home(caller, "m-0")
            return await mine.board(), await mine.positions(STREET.grid(FIRST).start, 96)

    board, positions = done(go())
    assert (board.beyond_eur_per_kwh, positions.band_kw) == (0.0, None)


def test_an_operator_may_choose_any_band_where_there_are_bands():
    assert {"2 kW", "4 kW", "8 kW", "17 kW", "3x25A"} <= set(codes.connections(BANDED))
    assert not [one for one in codes.connections(STREET) if one.endswith("kW")]
