"""What a street file says of wishes, tanks, machines and defaults is what its homes live by."""

import re
from datetime import date, timedelta
from pathlib import Path

import numpy as np
import pytest

from laag.adapters.stores import SqliteLog
from laag.adapters.streetfile import load_street
from laag.apps.simulator import simulate
from laag.apps.wiring import Options, terms_of
from laag.cycle.day import prepare
from laag.cycle.events import STEPPED, from_event
from laag.cycle.fingerprint import fingerprint
from laag.foundation.errors import BadInput, CannotResume
from laag.foundation.ptu import AMSTERDAM, PtuGrid
from laag.home.defaults import Household
from laag.home.devices import Appliance, Boiler, Tank
from laag.home.preferences import parse
from laag.home.preferences.effects.car import SPARE_SHARE

PAGE = (Path(__file__).parents[2] / "docs" / "importing.md").read_text("utf-8")
EXAMPLE = next(b for b in re.findall(r"```toml\n(.*?)```", PAGE, re.DOTALL) if "wishes" in b)
FIRST = date(2025, 6, 6)
GRID = PtuGrid.days(date(2025, 5, 30), 9, AMSTERDAM)
QUARTER = GRID.quarter_of_day(AMSTERDAM)


def csv(header, values):
    return "\n".join([header, *(f"{t:%Y-%m-%dT%H:%MZ},{v:.3f}" for t, v in zip(GRID, values, strict=True))])


@pytest.fixture
def folder(tmp_path):
    """The street on the page, with everything it refers to."""
    evenings = [date(2025, 5, 30) + timedelta(days=k) for k in range(8)]
    stays = [f"{day} 18:00,{day + timedelta(days=1)} 10:30,8.0" for day in evenings]
    files = {
        "street.toml": EXAMPLE,
        "day_ahead_2025.csv": csv("start_utc,price_eur_per_mwh", 80 + 20 * np.sin(QUARTER / 96 * 12)),
        "load.csv": csv("start_utc,load_kw", np.full(len(GRID), 0.3)),
        "showers-3.csv": csv("start_utc,heat_kw", np.where(QUARTER == 28, 6.0, 0.0)),
        "sessions-1.csv": "\n".join(["arrival,departure,energy_kwh", *stays]),
        "sessions-5.csv": "\n".join(["arrival,departure,energy_kwh", *stays]),
    }
    for name, text in files.items():
        (tmp_path / name).write_text(text + "\n", "utf-8")
    return tmp_path


def changed(folder, old, new):
    path = folder / "street.toml"
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), "utf-8")
    return path


def lived(folder):
    run = prepare(load_street(folder / "street.toml"), terms_of(Options()), FIRST, 2)
    with SqliteLog(":memory:") as log:
        simulate(run, log, version="test", workers=1, resume=False, told=lambda *_: None)
        return run, [from_event(event) for event in log.events(STEPPED)]


def at(run, steps, name, home, when):
    """The reading of the quarter-hour that ends at a time on the wall."""
    ptu = run.street.grid.index(when.astimezone(AMSTERDAM)) - 1
    readings = next(r for r in (s.readings for s in steps) if r.first <= ptu < r.first + r.ptus)
    return getattr(readings, name)[home, ptu - readings.first]


def test_the_street_on_the_page_is_read_as_it_says(folder):
    street = load_street(folder / "street.toml")
    one, three, five = street.homes
    assert [wish for home in street.homes for wish in home.wants.wishes] == [
        parse("car at 80 % by 07:00 on weekdays"),
        parse("car at 50 % by 10:00 at weekends"),
        parse("run the dishwasher before six"),
    ]
    assert three.house.tank == Tank(150, element_max_kw=2)
    assert three.house.appliances == (Appliance("dishwasher", (2.0, 0.3, 0.1, 1.8)),)
    assert three.hot_water_kw.values.max() == 6.0
    assert (three.wants.household, five.wants.household) == (Household.COUPLE, None)
    assert one.wants.defaults.provenance.edition == five.wants.defaults.provenance.edition == "nl-2026.11"
    assert street.findings == ()


def test_the_street_on_the_page_lives_by_it(folder):
    run, steps = lived(folder)
    friday, saturday = (PtuGrid.day(date(2025, 6, d), AMSTERDAM).start for d in (6, 7))
    assert at(run, steps, "ev_stored_kwh", 0, friday + timedelta(hours=7)) >= 48.0 - 0.01
    assert at(run, steps, "ev_stored_kwh", 0, saturday + timedelta(hours=10)) >= 30.0 - 0.01
    assert at(run, steps, "ev_stored_kwh", 2, friday + timedelta(hours=10)) >= 7.36 + SPARE_SHARE * 60 - 0.01
    assert all(step.homes[1].tank_c > 44.5 for step in steps)
    assert [len(np.unique(step.began)) for step in steps if step.began is not None][-1] == 2
    assert not [text for step in steps for text in step.shortfalls]


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ('"run the dishwasher before six"', '"run the dishwasher sometime"',
         r"street\.toml: homes no\. 2 no-3, wishes no\. 1: 'run the dishwasher sometime' is understood up to .* for example"),
        ('"auto op 50 % om 10:00 in het weekend"', '"auto op 150 % om 10:00"',
         r"homes no\. 1 no-1, wishes no\. 2: 'auto op 150 % om 10:00'.* wel bijvoorbeeld|homes no\. 1 no-1, wishes no\. 2: .*zo kan het"),
        ("litres = 150", "liters = 150", r'homes no\. 2, tank has no "liters"; did you mean litres\?'),
        ("litres = 150", "litres = -1", r"homes no\. 2, tank\.litres is -1; give 0 or more"),
        ("[2.0, 0.3, 0.1, 1.8]", '[2.0, "much"]', r'homes no\. 2, appliances no\. 1, programme_kw no\. 2 is "much"; give a number'),
        ('household = "couple"', 'household = "giants"', r"homes no\. 2, household: .*'single'"),
        ('defaults = "nl-2026.11"\n', "", "no-3 names its household, which only public defaults ask; give the street defaults"),
        ('defaults = "nl-2026.11"', 'defaults = "nl-1999.01"', r"street\.toml: defaults: there are no public defaults 'nl-1999.01'; there are nl-2026\.11"),
        ("tank = {", "boiler = {}\ntank = {", r"homes no\. 2: .*a boiler needs a \[homes\.building\]"),
    ],
)  # fmt: skip
def test_what_cannot_be_meant_is_named_by_file_home_and_line(folder, old, new, says):
    with pytest.raises(BadInput, match=says):
        load_street(changed(folder, old, new))


def test_hot_water_needs_a_tank(folder):
    with pytest.raises(BadInput, match=r"homes no\. 2: .*hot_water needs a .*tank"):
        load_street(changed(folder, "tank = { litres = 150, element_max_kw = 2 }\n", ""))


def test_two_machines_of_one_name_are_refused(folder):
    machine = '{ name = "dishwasher", programme_kw = [2.0, 0.3, 0.1, 1.8] }'
    with pytest.raises(BadInput, match="appliances share the name dishwasher; give each one of its own"):
        load_street(changed(folder, machine, f"{machine}, {machine}"))


def test_a_wish_about_what_is_not_there_is_listed(folder):
    path = changed(folder, '"run the dishwasher before six"', '"keep 20 % for a power cut"')
    assert [str(one) for one in load_street(path).findings] == [
        "home no-3, wish 'keep 20 % for a power cut': this home has no home battery, so nothing follows from it (refused)"
    ]


def test_of_two_wishes_that_cannot_both_be_had_the_one_that_gives_way_is_listed(folder):
    path = changed(
        folder,
        "tank = {",
        "building = { loss_kw_per_k = 0.2, heat_capacity_kwh_per_k = 8 }\nboiler = {}\ntank = {",
    )
    changed(
        folder,
        '"run the dishwasher before six"',
        '"living room 20 °C from 07:00 to 22:00", "living room 21 °C from 07:00 to 22:00"',
    )
    (found,) = load_street(path).findings
    assert "gives way where needed to" in str(found)
    assert load_street(path).homes[1].house.boiler == Boiler()


def test_hot_water_that_is_not_given_is_an_average_households(folder):
    street = load_street(changed(folder, 'hot_water = { file = "showers-3.csv" }\n', ""))
    assert street.homes[1].hot_water_kw.values.sum() / 4 == pytest.approx(9 * 5.845)
    assert "tapping profile M" in str(street.findings[0])


def test_without_defaults_a_home_that_says_nothing_is_what_it_was(folder):
    changed(folder, 'household = "couple"\n', "")
    street = load_street(changed(folder, 'defaults = "nl-2026.11"\n', ""))
    assert street.homes[2].wants is None
    assert street.homes[0].wants.defaults is None


def test_a_communitys_own_defaults_lie_beside_the_street(folder):
    shipped = Path(__file__).parents[2] / "src/laag/adapters/defaults/nl-2026.11.toml"
    own = shipped.read_text("utf-8").replace('id = "nl-2026.11"', 'id = "nl-kade-2026.12"')
    (folder / "ours.toml").write_text(own, "utf-8")
    street = load_street(changed(folder, '"nl-2026.11"', '"ours.toml"'))
    assert street.homes[2].wants.defaults.provenance.edition == "nl-kade-2026.12"


def test_a_run_is_never_continued_with_other_wishes(folder):
    terms = terms_of(Options())
    before = load_street(folder / "street.toml")
    after = load_street(changed(folder, "car at 80 %", "car at 70 %"))
    assert fingerprint(before) != fingerprint(after)
    with SqliteLog(":memory:") as log:
        simulate(
            prepare(before, terms, FIRST, 1), log, version="t", workers=1, resume=False, told=lambda *_: None
        )
        with pytest.raises(CannotResume, match="another street"):
            simulate(
                prepare(after, terms, FIRST, 1),
                log,
                version="t",
                workers=1,
                resume=True,
                told=lambda *_: None,
            )


def test_comfort_in_numbers_settles_how_warm_it_is(folder):
    changed(folder, "charger = { max_kw = 11", "comfort = { low_day_c = 18 }\ncharger = { max_kw = 11")
    street = load_street(folder / "street.toml")
    assert [len(home.wants.settled) for home in street.homes] == [0, 0, 1]
