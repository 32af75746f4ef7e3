"""Any home in a file, however odd its numbers and wishes, gets a page, a picture, reasons and JSON; nothing raises."""

import io
import json

from hypothesis import given, settings
from hypothesis import strategies as st
from rich.console import Console

from laag.adapters import homefile
from laag.apps.home import explain, machine, page, picture
from laag.apps.home.day import planned
from laag.foundation.words import Lang
from laag.home.plan.solver import Solver

SOLVER = Solver()
EXAMPLE = json.loads(homefile.example())
HOURS = 6
WISHES = (
    "car at 80 % by seven on weekdays",
    "keep 20 % for a power cut",
    "use my own sun first",
    "never feed in when the price is negative",
    "live green",
    "living room 20 °C from seven to ten, 17 °C at night",
    "car at most 80 % unless I travel",
    "charge when the sun shines or the wind blows",
    "neem hoogstens 3 kW van het net",
)
numbers = st.one_of(
    st.floats(-1, 4), st.sampled_from([None, float("nan"), float("inf"), -500.0, 4000.0, 1e9])
)
series = st.one_of(st.lists(numbers, min_size=4 * HOURS, max_size=4 * HOURS), numbers)
given_series = series.filter(lambda one: one is not None)  # null is a price that is left out
readings = st.one_of(st.floats(-5, 95), st.sampled_from([None, float("nan"), 1e9]))


def some_of(given):
    """Any part of a table."""
    return st.sets(st.sampled_from(sorted(given))).map(lambda names: {name: given[name] for name in names})


@st.composite
def homes(draw):
    devices = draw(some_of({**EXAMPLE["devices"], "boiler": {}}))
    if "building" not in devices:
        devices = {name: one for name, one in devices.items() if name not in {"heat_pump", "boiler"}}
    expected = draw(st.dictionaries(st.sampled_from(sorted(EXAMPLE["expected"])), series, max_size=4))
    home = {
        "version": 1,
        "name": "any",
        "start": draw(st.sampled_from(["2026-03-29T00:00", "2026-10-25T01:15", "2026-07-01T12:45Z"])),
        "hours": HOURS,
        "connection": draw(some_of(EXAMPLE["connection"])),
        "devices": devices,
        "state": draw(st.dictionaries(st.sampled_from(["stored_kwh", "indoor_c", "tank_c"]), readings)),
        "prices": draw(
            st.one_of(
                st.just({}),
                st.fixed_dictionaries({"day_ahead_eur_per_mwh": series}),
                st.fixed_dictionaries({"buy_eur_per_kwh": given_series, "sell_eur_per_kwh": series}),
            )
        ),
        "expected": expected,
        "wishes": draw(st.lists(st.sampled_from(WISHES), max_size=4)),
        "signals": draw(st.sampled_from([[], EXAMPLE["signals"]])),
        "defaults": draw(st.sampled_from([None, EXAMPLE["defaults"]])),
        "tariff": draw(some_of({**EXAMPLE["tariff"], "band": {"kw": 2, "beyond_eur_per_kwh": 0.1}})),
    }
    if "charger" in devices and draw(st.booleans()):
        home["stays"] = [{"departs": "2026-12-31T07:30", "wanted_kwh": draw(st.sampled_from([0, 30, 500]))}]
    return home


@given(homes(), st.sampled_from(list(Lang)))
@settings(max_examples=20, deadline=None)
def test_any_home_gets_a_page_a_picture_reasons_and_json(home, lang):
    day = planned(homefile.asked(homefile.parse(json.dumps(home))), SOLVER)
    shown = io.StringIO()
    console = Console(file=shown, width=80, highlight=False, markup=False)
    page.show(day, lang, console)
    for ptu in (0, len(day.plan) - 1):
        explain.show(day, ptu, lang, console)
        json.dumps(explain.as_words(day, ptu, lang), allow_nan=False)
    json.dumps(machine.as_words(day, lang), allow_nan=False)
    assert "nan" not in shown.getvalue().lower().split()
    assert "nan" not in picture.svg(day, lang)
