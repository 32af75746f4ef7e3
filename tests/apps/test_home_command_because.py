"""Why something happens is true of all of it: of each quarter-hour, of each price, of each moment that is named."""

import json
import re
import sys
from collections import Counter
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings

from laag.adapters import homefile
from laag.apps.home.because import because
from laag.apps.home.day import planned
from laag.apps.home.happenings import happenings
from laag.apps.home.sentences import sentence
from laag.foundation.words import Lang
from laag.home.plan.solver import Solver
from laag.home.reasons import Subject, say
from laag.home.reasons.reason import Span
from laag.home.reasons.sentences import KINDS
from laag.home.reasons.words import cents, in_tenths, written

sys.path.insert(0, str(Path(__file__).resolve().parent))
from test_home_command_any import homes

SOLVER = Solver()
BATTERY = {"capacity_kwh": 9, "charge_max_kw": 4, "discharge_max_kw": 4}
CHARGER = {"max_kw": 3.68, "phases": 1, "capacity_kwh": 60}
TIMES = re.compile(r"\d\d:\d\d")
SAID = re.compile(r"{(\w+)}")
NUMBERS = re.compile(r"\d[\d.,]*\d|\d")


def day_of(**more):
    least = {"version": 1, "name": "Kade 12", "start": "2026-04-14T00:00", "hours": 12, "defaults": None}
    return planned(homefile.asked(homefile.parse(json.dumps({**least, **more}))), SOLVER)


def one_of(day, subject):
    return next(one for one in happenings(day) if one.subject is subject)


def numbers_of(day, one):
    """Every number that may be said of any of its quarter-hours."""
    words = []
    columns = [column for column in day.reasons.columns if column.subject is one.subject]
    for ptu in range(one.first, one.stop):
        reason = day.reasons.reason(columns[one.run or 0], ptu)
        words.append(say(reason, Lang.EN, day.called))
        given = {name: value for name, value in reason.numbers.items() if isinstance(value, float)}
        for name, value in given.items():
            words += [written(name, value, Lang.EN), in_tenths(value, Lang.EN), cents(abs(value), Lang.EN)]
        for other in (reason.next_best, reason.unplanned):
            if other is not None:
                for value in (other.worse_eur_per_kwh, getattr(other, "at_most_eur_per_kwh", None)):
                    ends = (value.low, value.high) if isinstance(value, Span) else (value,)
                    for end in (abs(end) for end in ends if end is not None):
                        words += [cents(end, Lang.EN), in_tenths(end, Lang.EN), cents(round(end, 2), Lang.EN)]
    return set(NUMBERS.findall(" ".join(words)))


@given(homes())
@settings(max_examples=25, deadline=None)
def test_no_sentence_names_a_number_that_none_of_its_quarter_hours_has(home):
    day = planned(homefile.asked(homefile.parse(json.dumps(home))), SOLVER)
    for one in happenings(day):
        said = TIMES.sub("", because(day, one, Lang.EN))
        assert set(NUMBERS.findall(said)) <= numbers_of(day, one)


@given(homes())
@settings(max_examples=25, deadline=None)
def test_a_sentence_without_times_is_true_of_nearly_all_of_it(home):
    """And its numbers reach from the lowest to the highest of those that its quarter-hours have."""
    day = planned(homefile.asked(homefile.parse(json.dumps(home))), SOLVER)
    for one in happenings(day):
        said = because(day, one, Lang.EN)
        if not said or re.match(r"\d\d:\d\d–|On and off from ", said):
            continue
        column = [column for column in day.reasons.columns if column.subject is one.subject][one.run or 0]
        way = -1 if one.energy_kwh < 0 else 1
        kwh = {one.first + i: way * kwh for i, kwh in enumerate(one.each_kwh) if way * kwh > 0.0075}
        found = {ptu: day.reasons.reason(column, ptu) for ptu in kwh}
        by_code = Counter()
        for ptu, reason in found.items():
            by_code[reason.code] += kwh[ptu]
        ((code, most),) = by_code.most_common(1)
        assert most >= 0.95 * sum(kwh.values()) - 1e-9
        for name in SAID.findall(KINDS[code].because.en):
            told = [reason.numbers[name] for reason in found.values() if reason.code is code]
            if name.endswith("_kw"):
                for value in (min(told), max(told)):
                    assert written(name, value, Lang.EN).split()[0] in said


@given(homes())
@settings(max_examples=25, deadline=None)
def test_no_comparison_is_with_a_moment_inside_what_happens(home):
    day = planned(homefile.asked(homefile.parse(json.dumps(home))), SOLVER)
    for one in happenings(day):
        inside = {f"{day.local(ptu):%H:%M}" for ptu in range(one.first, one.stop)}
        named = re.findall(
            r"at (\d\d:\d\d)(?= (?:it would (?:cost|bring)|the same kWh|instead|would))",
            because(day, one, Lang.EN),
        )
        if one.subject is not Subject.APPLIANCE:
            assert not inside & set(named)


@given(homes())
@settings(max_examples=25, deadline=None)
def test_what_is_used_comes_from_somewhere_and_only_what_is_bought_has_a_price(home):
    day = planned(homefile.asked(homefile.parse(json.dumps(home))), SOLVER)
    assert np.allclose(sum(day.shares), 1.0)
    assert min(share.min() for share in day.shares) >= -1e-9
    gets_by = (day.plan.connection_kw <= 0) & (day.plan.load_kw > 0.01)
    assert not (day.shares.bought[gets_by] > 1e-3).any()
    for one in happenings(day):
        if one.energy_kwh < 0:
            continue
        from_kwh = one.own_sun_kwh + one.from_battery_kwh + one.from_car_kwh + one.bought_kwh
        assert from_kwh == pytest.approx(sum(kwh for kwh in one.each_kwh if kwh > 0), abs=1e-6)
        assert ("ct/kWh" in sentence(one, Lang.EN)) <= (one.bought_kwh > 1e-6)
        assert "-" not in sentence(one, Lang.NL).replace("-pomp", "")


def test_one_quarter_hour_that_pays_is_not_said_of_three_hours():
    buy = [0.05] * 7 + [-0.2] + [0.05] * 4 + [0.4] * 36
    day = day_of(
        devices={"battery": BATTERY | {"charge_max_kw": 2}},
        prices={"buy_eur_per_kwh": buy, "sell_eur_per_kwh": 0.0},
        expected={"load_kw": 0.8},
    )
    words = because(day, one_of(day, Subject.BATTERY), Lang.EN)
    assert "paid" not in words
    assert "-20 to 5 cents" in words


def test_another_reason_for_a_good_part_is_said_with_its_own_times():
    day = day_of(
        devices={"battery": BATTERY},
        state={"stored_kwh": 9},
        keep_stored=False,
        prices={"buy_eur_per_kwh": [0.3] * 24 + [0.1] * 24, "sell_eur_per_kwh": [0.28] * 4 + [0.02] * 44},
        expected={"load_kw": 1.0},
    )
    one = one_of(day, Subject.BATTERY)
    for lang, sells, powers in (
        (Lang.EN, "Sells", "Powers your home"),
        (Lang.NL, "Levert terug", "Voedt je huis"),
    ):
        words = because(day, one, lang)
        assert sells in words
        assert powers in words
        assert len(re.findall(r"\d\d:\d\d–\d\d:\d\d(?: (?:and|en) \d\d:\d\d–\d\d:\d\d)?: ", words)) == 2


def test_days_are_seen_from_the_day_under_which_the_line_stands():
    """A car that charges over midnight, most of it after, and the dear evening before."""
    day = day_of(
        start="2026-03-10T18:00",
        hours=14,
        devices={"charger": CHARGER},
        state={"ev_stored_kwh": 10},
        stays=[{"departs": "2026-03-11T07:00", "wanted_kwh": 36}],
        prices={"buy_eur_per_kwh": [0.4] * 8 + [0.2] * 48, "sell_eur_per_kwh": 0.0},
        signals=[
            {
                "kind": "limit",
                "rung": "agreement",
                "on": "car",
                "max_kw": 2,
                "until": "2026-03-11T00:00",
                "source": "neighbours",
            }
        ],
    )
    one = one_of(day, Subject.CAR)
    assert one.first < 24 < one.stop
    assert "; at 18:00 the same kWh would cost" in because(day, one, Lang.EN)


def test_under_tomorrow_the_day_after_is_not_called_tomorrow():
    """Filled at noon of the second day, for the night of the third."""
    buy = np.full(4 * 60, 0.3)
    buy[4 * 30 : 4 * 32], buy[4 * 50 : 4 * 54] = 0.05, 0.9
    day = day_of(
        start="2026-03-10T06:00",
        hours=60,
        devices={"battery": BATTERY},
        prices={"buy_eur_per_kwh": buy.tolist(), "sell_eur_per_kwh": 0.0},
        expected={"load_kw": 1.0},
    )
    told = [(one, because(day, one, Lang.NL)) for one in happenings(day)]
    charges = next(words for one, words in told if one.first >= 4 * 29 and one.energy_kwh > 0)
    assert "de dag erna 08:00" in charges
    assert "morgen" not in charges


def test_what_comes_from_the_home_battery_has_no_price():
    day = day_of(
        devices={"battery": BATTERY, "charger": CHARGER},
        state={"stored_kwh": 9, "ev_stored_kwh": 10},
        stays=[{"departs": "2026-04-14T06:00", "wanted_kwh": 14}],
        prices={"buy_eur_per_kwh": 0.5, "sell_eur_per_kwh": 0.0},
        expected={"load_kw": 0.1},
    )
    one = one_of(day, Subject.CAR)
    assert "all of it from the home battery" in sentence(one, Lang.EN)
    assert "alles uit de thuisbatterij" in sentence(one, Lang.NL)
    assert (day.plan.connection_kw[one.first : one.stop] < 1e-6).all()
