"""From ENTSO-E's documents to ticks on a local day: every price arrives, and what is not complete is not there yet."""

import csv
import gzip
from contextlib import suppress
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.adapters.entsoe.documents import (
    NL,
    NO_DATA,
    REFUSED,
    balancing,
    day_of,
    period,
    publication,
    series,
    zipped,
)

from laag.adapters.entsoe.translate import day_ahead_ticks, imbalance_ticks
from laag.adapters.entsoe.wire import series_of
from laag.foundation.errors import BadInput
from laag.foundation.ptu import AMSTERDAM, PtuGrid

SUMMER, SPRING, AUTUMN = "2026-06-01", "2026-03-29", "2026-10-25"
days = st.dates(date(2020, 1, 1), date(2035, 12, 31)).map(
    lambda day: PtuGrid.day(day, AMSTERDAM)
) | st.sampled_from([day_of(SPRING), day_of(AUTUMN)])
prices = st.integers(-50_000, 400_000)
curves = st.sampled_from(["A01", "A03"])


def read(document, grid):
    found = series_of(document)
    ticks = None if found is None else day_ahead_ticks(found, NL, grid)
    return None if ticks is None else ticks.tolist()


def steps(draw, count):
    """Prices that often stay the same for a while, as A03 is made for."""
    few = draw(st.lists(prices, min_size=1, max_size=5))
    return draw(st.lists(st.sampled_from(few), min_size=count, max_size=count))


@given(st.data(), days, curves, st.sampled_from([15, 30, 60]))
def test_every_price_arrives_on_every_day_in_every_resolution(data, grid, curve, minutes):
    """92, 96 or 100 quarter-hours; a price of an hour holds in each of its quarters."""
    each = minutes // 15
    cents = steps(data.draw, len(grid) // each)
    document = publication(series(period(grid.start, cents, minutes, curve=curve), curve=curve))
    assert read(document, grid) == [cent for cent in cents for _ in range(each)]


@given(st.data(), days, curves)
def test_what_is_around_a_day_and_in_how_many_pieces_does_not_matter(data, grid, curve):
    cents = steps(data.draw, len(grid) + 16)
    cut = data.draw(st.integers(1, len(cents) - 1))
    start = grid.start - timedelta(hours=2)
    halves = [
        period(start, cents[:cut], curve=curve),
        period(start + cut * timedelta(minutes=15), cents[cut:], curve=curve),
    ]
    whole = data.draw(
        st.sampled_from([[series(*halves, curve=curve)], [series(half, curve=curve) for half in halves]])
    )
    assert read(publication(*whole), grid) == cents[8:-8]


@given(st.data(), days, curves)
def test_a_day_of_which_some_is_missing_is_not_there_yet(data, grid, curve):
    cents = steps(data.draw, data.draw(st.integers(1, len(grid) - 1)))
    assert read(publication(series(period(grid.start, cents, curve=curve), curve=curve)), grid) is None


@given(st.data(), days)
def test_both_imbalance_prices_arrive(data, grid):
    """In one series or in two, in a ZIP or not."""
    one, other = steps(data.draw, len(grid)), steps(data.draw, len(grid))
    short, long = list(map(max, one, other)), list(map(min, one, other))
    both = [
        period(grid.start, cents, tag="imbalance_Price.amount", category=kind)
        for kind, cents in (("A05", short), ("A04", long))
    ]
    apart = [balancing(one) for one in both]
    together = balancing(*both)
    for body in (zipped(*apart), zipped(together), together):
        shortage, surplus = imbalance_ticks(series_of(body), NL, grid)
        assert (shortage.tolist(), surplus.tolist()) == (short, long)


@given(
    st.binary(max_size=300)
    | st.text(max_size=300).map(str.encode)
    | st.binary(max_size=200).map(lambda tail: b"PK" + tail)
)
def test_whatever_comes_is_prices_nothing_or_a_reason(body):
    with suppress(BadInput):
        series_of(body)


@given(st.data())
def test_a_document_that_was_damaged_gives_no_other_prices_than_it_says(data):
    """Cut anywhere it is refused; nothing is made up from half a document."""
    grid = day_of(SUMMER)
    document = publication(series(period(grid.start, list(range(96)))))
    cut = data.draw(st.integers(0, len(document) - 1))
    with pytest.raises(BadInput):
        series_of(document[:cut])


def test_one_price_for_both_sides_counts_for_both():
    grid = day_of(SUMMER)
    body = balancing(period(grid.start, list(range(96)), tag="imbalance_Price.amount"))
    shortage, surplus = imbalance_ticks(series_of(body), NL, grid)
    assert shortage.tolist() == surplus.tolist() == list(range(96))


def test_half_of_the_imbalance_prices_is_none():
    grid = day_of(SUMMER)
    body = balancing(period(grid.start, [5] * 96, tag="imbalance_Price.amount", category="A04"))
    assert imbalance_ticks(series_of(body), NL, grid) is None


def test_sides_that_were_mixed_up_are_noticed():
    """Nobody earns more by being long than others pay for being short."""
    grid = day_of(SUMMER)
    both = [
        period(grid.start, [1] * 40 + [cents] * 56, tag="imbalance_Price.amount", category=kind)
        for kind, cents in (("A05", 3), ("A04", 4))
    ]
    with pytest.raises(BadInput, match="at 2026-06-01T08:00Z it would pay more for being long"):
        imbalance_ticks(series_of(balancing(*both)), NL, grid)


def test_of_several_auctions_the_one_that_couples_europe_counts():
    grid = day_of(SUMMER)
    second, first = (
        series(period(grid.start, [cents] * 96), sequence=number) for cents, number in ((9, 2), (8, 1))
    )
    assert read(publication(second, first), grid) == [8] * 96


def test_an_intraday_auction_is_not_the_day_ahead_one():
    grid = day_of(SUMMER)
    intraday = series(period(grid.start, [9] * 96), agreement="A07")
    assert read(publication(intraday, series(period(grid.start, [8] * 96))), grid) == [8] * 96
    assert read(publication(intraday), grid) is None


def test_the_finest_prices_count_where_there_are_two_resolutions():
    grid = day_of(SUMMER)
    hours, quarters = series(period(grid.start, [7] * 24, 60)), series(period(grid.start, [8] * 48))
    assert read(publication(quarters, hours), grid) == [8] * 48 + [7] * 48


def test_two_prices_for_one_quarter_hour_are_refused_and_the_same_twice_is_not():
    grid = day_of(SUMMER)
    once, other = (series(period(grid.start, [cents] * 96)) for cents in (7, 8))
    assert read(publication(once, once), grid) == [7] * 96
    with pytest.raises(BadInput, match=r"two prices for 2026-05-31T22:00Z: 0\.07 and 0\.08"):
        read(publication(once, other), grid)


def test_no_data_is_not_there_yet_and_a_refused_question_is_a_reason():
    assert series_of(NO_DATA.encode()) is None
    assert series_of(zipped(NO_DATA)) is None
    with pytest.raises(BadInput, match="refuses the question: Invalid query"):
        series_of(REFUSED.encode())


HUNDRED_LAUGHS = '<!DOCTYPE a [<!ENTITY b "&c;&c;"><!ENTITY c "ha">]>'


def document(**changed):
    grid = day_of(SUMMER)
    return publication(series(period(grid.start, [1] * 96), **changed)).decode()


@pytest.mark.parametrize(
    ("body", "says"),
    [
        (HUNDRED_LAUGHS + document().partition("?>")[2], "declares a document type"),
        (document().encode("utf-16"), "not in UTF-8"),
        ("<a>" * 100_000, "nested deeper"),
        ("", "no XML"),
        ("<html/>", "it is a 'html'"),
        (document(currency="GBP"), "EUR was expected"),
        (document(unit="KWH"), "MWH was expected"),
        (document(curve="A02"), "only A01 and A03"),
        (document().replace("PT15M", "P1D"), "cannot be put on quarter-hours"),
        (document().replace("PT15M", "PT60M"), "outside its period of 24"),
        (document().replace("<position>2<", "<position>1<"), "is there twice"),
        (document().replace("<position>2<", "<position>97<"), "outside its period"),
        (document().replace("<position>2<", "<position>two<"), "no position"),
        (document().replace(">0.01<", ">1e9<", 1), "no price that a market could have"),
        (document().replace(">0.01<", ">NaN<", 1), "no price that a market could have"),
        (document().replace(">0.01<", ">cheap<", 1), "is no price"),
        (document().replace("<price.amount>0.01</price.amount>", "", 1), "has no imbalance_Price.amount"),
        (document().replace("22:00Z</start>", "22:07Z</start>"), "is not cut into"),
        (document().replace("22:00Z</start>", "22:00</start>"), "leaves open in which zone"),
        (document().replace("<start>2026-05-31T22:00Z</start>", ""), "has no start"),
        (b"PK\x03\x04 and no more", "ZIP is broken"),
        (zipped(*["<a/>"] * 41), "more than a day's prices"),
        (zipped("\0" * 9_000_000), "more than a day's prices"),
    ],
)
def test_what_cannot_be_meant_is_refused_with_the_reason(body, says):
    with pytest.raises(BadInput, match=says):
        series_of(body if isinstance(body, bytes) else body.encode())


def test_prices_of_a_neighbour_are_not_ours():
    grid = day_of(SUMMER)
    belgian = "10YBE----------2"
    with pytest.raises(BadInput, match=f"are of {belgian}"):
        read(publication(series(period(grid.start, [1] * 96), area=belgian)), grid)
    with pytest.raises(BadInput, match=f"are of {belgian}"):
        imbalance_ticks(
            series_of(balancing(period(grid.start, [1] * 96, tag="imbalance_Price.amount"), area=belgian)),
            NL,
            grid,
        )


@pytest.mark.real_data
def test_a_year_of_real_prices_comes_through_a_document_unchanged(shared):
    """What was published for 2025, told again as ENTSO-E tells it, clock changes included."""
    with gzip.open(shared / "prices/nl_day_ahead_2025_15min.csv.gz", "rt") as file:
        rows = list(csv.DictReader(file))
    name = next(column for column in rows[0] if "eur" in column.lower())
    cents = [round(float(row[name]) * 100) for row in rows]
    year = PtuGrid.days(date(2025, 1, 1), 365, AMSTERDAM)
    assert len(cents) == len(year)
    for later in range(365):
        grid = PtuGrid.day(date(2025, 1, 1) + timedelta(days=later), AMSTERDAM)
        ours = cents[grid.within(year)]
        body = publication(series(period(grid.start, ours, curve="A03"), curve="A03"))
        assert read(body, grid) == ours
