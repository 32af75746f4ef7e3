"""Dated figures: exact, one per day, each with a source and how sure it is."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from laag.adapters import facts
from laag.adapters.files.connections import CONNECTIONS
from laag.foundation.errors import BadInput
from laag.settlement.levy import levy_ticks
from laag.settlement.tariff import Status

DAYS = st.dates(date(2018, 1, 1), date(2029, 12, 31))


@given(DAYS)
def test_every_day_has_one_tax_rate_a_reduction_and_vat(day):
    known = facts.load(day)
    assert levy_ticks(known) > 0
    assert known["reduction"].value > 0
    assert known["vat"].value in {9, 21}
    assert all(figure.source for figure in known.figures.values())


@pytest.mark.parametrize(
    ("day", "name", "value", "status"),
    [
        (date(2018, 7, 1), "energy_tax.0", 10_458, Status.SECONDARY),
        (date(2025, 12, 31), "energy_tax.0", 10_154, Status.CONFIRMED),
        (date(2026, 1, 1), "energy_tax.0", 9161, Status.CONFIRMED),
        (date(2026, 1, 1), "energy_tax.10000", 6671, Status.SECONDARY),
        (date(2027, 1, 1), "energy_tax.0", 8800, Status.PROPOSAL),
        (date(2026, 5, 1), "reduction", 51_980_000_000, Status.CONFIRMED),
        (date(2022, 8, 1), "vat", 9, Status.CONFIRMED),
        (date(2026, 5, 1), "network.Liander.3x25A", 39_507_600_000, Status.SECONDARY),
        (date(2026, 5, 1), "feed_in_step", 30_000_000_000, Status.EXAMPLE),
    ],
)
def test_figures_as_read_in_their_sources(day, name, value, status):
    figure = facts.load(day)[name]
    assert (figure.value, figure.status) == (value, status)


def test_with_vat_the_reduction_of_2026_is_what_the_tax_office_prints():
    assert facts.load(date(2026, 1, 1))["reduction"].value * 121 // 100 == 62_895_800_000


def test_what_is_not_known_is_said_with_what_is():
    with pytest.raises(
        BadInput, match=r"no network.Liander.3x100A is known on 2026-01-01; known are .*Liander.3x25A"
    ):
        facts.load(date(2026, 1, 1)).network("Liander", "3x100A")


@pytest.mark.parametrize("dso", ["Liander", "Stedin", "Enexis"])
@pytest.mark.parametrize("day", [date(2026, 1, 1), date(2027, 1, 1)])
def test_every_connection_that_a_street_may_have_can_be_billed(dso, day):
    yearly = [facts.load(day).network(dso, size).value for size in sorted(CONNECTIONS, key=_amperes)]
    assert yearly == sorted(yearly)


def _amperes(size):
    return int(size[2:-1]) * int(size[0])


def own(tmp_path, text):
    path = tmp_path / "own.toml"
    path.write_text(text, "utf-8")
    return path


ROW = '{ value = "%s", unit = "%s", valid_from = 2026-01-01, source = "our contract", status = "C" }'


def test_a_communitys_own_contract_replaces_the_shipped_one(tmp_path):
    path = own(tmp_path, "[supplier]\nbare_price = [" + ROW % ("0.10", "EUR/kWh") + "]")
    known = facts.load(date(2026, 6, 1), path)
    assert (known["bare_price"].value, known["bare_price"].source) == (10_000, "our contract")
    assert known["energy_tax.0"].value == 9161
    assert facts.load(date(2025, 6, 1), path)["energy_tax.0"].value == 10_154


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[supplier]\nbare_prise = []", r"own.toml, supplier.bare_prise"),
        ("[supplier]\nbare_price = [" + ROW % ("0.1234567", "EUR/kWh") + "]", "does not fit in 5 decimals"),
        ("[supplier]\nbare_price = [" + ROW % ("cheap", "EUR/kWh") + "]", "'cheap' is not a decimal number"),
        ("[supplier]\nbare_price = [" + ROW % ("0.1", "EUR/MJ") + "]", r"supplier.bare_price.0.unit"),
        (
            "[supplier]\nbare_price = [" + ", ".join([ROW % ("0.1", "EUR/kWh")] * 2) + "]",
            "two values on 2026-06-01",
        ),
        ("supplier = ", "is not TOML"),
    ],
)
def test_a_figure_that_cannot_be_meant_is_refused_with_its_place(tmp_path, text, said):
    with pytest.raises(BadInput, match=said):
        facts.load(date(2026, 6, 1), own(tmp_path, text))


def test_a_file_that_is_not_there_is_named(tmp_path):
    with pytest.raises(BadInput, match="cannot read the figures in"):
        facts.load(date(2026, 6, 1), tmp_path / "none.toml")


def test_a_what_if_keeps_the_rest_and_says_where_it_is_from():
    known = facts.load(date(2026, 1, 1))
    cheaper = known.with_value("energy_tax.0", 100, "what if")
    assert (levy_ticks(cheaper), cheaper["energy_tax.0"].status, levy_ticks(known)) == (
        100,
        Status.EXAMPLE,
        9161,
    )


def test_new_years_eve_changes_the_law():
    last = date(2026, 12, 31)
    assert "feed_in_floor" not in facts.load(last).figures
    assert facts.load(last + timedelta(days=1))["feed_in_floor"].value == 50
