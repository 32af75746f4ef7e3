"""A home beside homes like it: never beside so few that a neighbour could be recognised."""

from hypothesis import given
from hypothesis import strategies as st

from laag.foundation.words import Said
from laag.neighbourhood.people.comparison import LEAST_HOMES, MonthOfHome, beside, said

POWER = Said("stroom", "electricity")


def home(number, kwh=200, gas=None, **more):
    return MonthOfHome(f"m-{number}", kwh, gas, **more)


@st.composite
def streets(draw):
    classes = st.one_of(st.none(), st.integers(0, 2))
    return [
        MonthOfHome(
            f"m-{number}",
            draw(st.integers(0, 900)),
            draw(st.one_of(st.none(), st.integers(0, 300))),
            draw(classes),
            draw(classes),
            draw(st.sampled_from([None, "flat", "corner"])),
            draw(classes),
            draw(st.sampled_from(["gas", "heat_pump"])),
        )
        for number in range(draw(st.integers(1, 30)))
    ]


@given(streets())
def test_a_group_is_ten_others_or_it_is_not_told(street):
    mine, *others = street
    found = beside(mine, street)
    for group, among in (
        (found.electricity, others),
        (found.gas, [one for one in others if one.gas_m3 is not None]),
    ):
        if group is None:
            assert len(among) < LEAST_HOMES or mine.gas_m3 is None
        else:
            assert group.homes >= LEAST_HOMES
            assert group.homes == sum(mine.alike(one, group.aspects) for one in among)
            assert group.quarter <= group.median <= group.three_quarters
            assert group.less_than_mine in range(0, 101, 10)


@given(streets())
def test_the_order_in_which_homes_are_told_changes_nothing(street):
    assert beside(street[0], street) == beside(street[0], list(reversed(street)))


def test_with_fewer_than_ten_like_it_a_home_is_beside_a_wider_group_and_that_is_said():
    alike = [
        home(n, 300, year_class=1, size_class=1, kind="flat", people_class=1, heated_by="gas")
        for n in range(1, 10)
    ]
    others = [
        home(n, 100, year_class=3, size_class=1, kind="flat", people_class=1, heated_by="gas")
        for n in range(10, 13)
    ]
    mine = home(0, 200, year_class=1, size_class=1, kind="flat", people_class=1, heated_by="gas")
    group = beside(mine, [mine, *alike, *others]).electricity
    assert group.aspects == ("size_class", "kind", "heated_by")
    assert group.homes == 12
    assert "size, kind of home, heating" in said(200, group, "kWh", POWER).en
    assert "grootte, soort huis, verwarming" in said(200, group, "kWh", POWER).nl


def test_what_a_home_does_not_say_it_is_not_compared_in():
    street = [home(n, 100 + n) for n in range(12)]
    assert beside(street[0], street).electricity.aspects == ()


def test_a_home_without_gas_is_not_compared_in_gas():
    street = [home(n, 100, 50) for n in range(1, 12)]
    assert beside(home(0), street).gas is None
    assert beside(home(0, 100, 0), street).gas.homes == 11


def test_who_uses_more_is_not_blamed():
    street = [home(n, 100 + n) for n in range(1, 13)]
    told = said(500, beside(home(0, 500), street).electricity, "kWh", POWER)
    assert "goede reden" in told.nl


def test_too_few_is_said_and_why():
    assert "bepaalde buur" in said(100, None, "kWh", POWER).nl
