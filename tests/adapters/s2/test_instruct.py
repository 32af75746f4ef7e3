"""A power as envelopes and modes: always one that the device allows, and the nearest."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.adapters.s2.schemas import FOLDER, valid
from tests.adapters.s2.words import (
    at,
    constraints,
    details,
    limit,
    message,
    mode,
    started,
    switches,
    system,
    told,
    way,
)  # fmt: skip

from laag.adapters.s2.instruct import instruct
from laag.adapters.s2.wire import written

FRBC, PEBC, OMBC = ("FILL_RATE_BASED_CONTROL", "POWER_ENVELOPE_BASED_CONTROL", "OPERATION_MODE_BASED_CONTROL")
KW = st.floats(-20, 20) | st.sampled_from([0.0, float("inf"), float("-inf")])


def level(value):
    return message("FRBC.StorageStatus", present_fill_level=value)


def active(name, actuator="inverter"):
    return message(
        "FRBC.ActuatorStatus", actuator_id=actuator, active_operation_mode_id=name, operation_mode_factor=0
    )


def sent(done, kw, **how):
    """The one message that an instruction becomes, which the published schema agrees with."""
    replies = instruct(done.session, kw, at(), **how).replies
    if not replies:
        return None
    [reply] = replies
    if FOLDER.exists():
        assert valid(written(reply))
    return json.loads(written(reply))


def held(instruction):
    """Between what the only envelope holds, in W."""
    [envelope] = instruction["power_envelopes"]
    [element] = envelope["power_envelope_elements"]
    return element["lower_limit"], element["upper_limit"]


class TestEnvelopes:
    def test_where_both_limits_may_be_set_the_device_is_held_to_the_power(self):
        both = told(
            started(), details(PEBC), constraints(limit("LOWER", -5000, 5000), limit("UPPER", -5000, 5000))
        )
        assert held(sent(both, 2.5)) == (2500, 2500)
        assert held(sent(both, -2.5)) == (-2500, -2500)
        assert held(sent(both, 9)) == (5000, 5000)

    def test_a_charger_that_lets_only_its_most_be_set_takes_at_most_that(self):
        charger = told(started(), details(PEBC), constraints(limit("LOWER", 0, 0), limit("UPPER", 0, 7400)))
        assert held(sent(charger, 3.7)) == (0, 3700)

    def test_a_limit_may_lie_only_where_a_range_says(self):
        steps = constraints(limit("LOWER", 0, 0), limit("UPPER", 0, 0), limit("UPPER", 1400, 7400))
        charger = told(started(), details(PEBC), steps)
        assert held(sent(charger, 0.6)) == (0, 0)
        assert held(sent(charger, 0.9)) == (0, 1400)

    def test_what_is_only_for_an_emergency_is_not_used(self):
        steps = constraints(
            limit("LOWER", 0, 0), limit("UPPER", 3000, 7400), limit("UPPER", 0, 0, abnormal=True)
        )
        assert held(sent(told(started(), details(PEBC), steps), 0)) == (0, 3000)

    def test_a_roof_is_told_the_most_that_it_gives(self):
        roof = told(started(), details(PEBC), constraints(limit("LOWER", -4000, 0), limit("UPPER", 0, 0)))
        assert held(sent(roof, -2, as_most=True)) == (-2000, 0)
        assert held(sent(roof, float("-inf"), as_most=True)) == (-4000, 0)

    def test_phases_share_a_power_evenly(self):
        phases = [f"ELECTRIC.POWER.L{one}" for one in (1, 2, 3)]
        limits = [
            one for phase in phases for one in (limit("LOWER", 0, 0, phase), limit("UPPER", 0, 3680, phase))
        ]
        charger = told(started(), details(PEBC), constraints(*limits))
        uppers = [
            envelope["power_envelope_elements"][0]["upper_limit"]
            for envelope in sent(charger, 6.9)["power_envelopes"]
        ]
        assert uppers == [2300, 2300, 2300]

    @given(
        KW,
        st.booleans(),
        st.lists(st.tuples(st.integers(-9, 9), st.integers(0, 5)), min_size=1, max_size=3),
        st.lists(st.tuples(st.integers(-9, 9), st.integers(0, 5)), min_size=1, max_size=3),
    )
    def test_limits_are_in_order_and_the_upper_one_is_allowed(self, kw, as_most, lowers, uppers):
        limits = [limit("LOWER", 100 * a, 100 * (a + b)) for a, b in lowers]
        limits += [limit("UPPER", 100 * a, 100 * (a + b)) for a, b in uppers]
        low, high = held(sent(told(started(), details(PEBC), constraints(*limits)), kw, as_most=as_most))
        assert low <= high
        assert any(100 * a <= high <= 100 * (a + b) for a, b in uppers)


class TestFilling:
    IDLE, CHARGE, GIVE = (
        mode("idle", 0, 0),
        mode("charge", 500, 5000, (0, 95)),
        mode("give", -4000, -400, (10, 100)),
    )

    def battery(self, *said, ways=(), timers=()):
        return told(
            started(), details(FRBC), level(50), system(self.IDLE, self.CHARGE, self.GIVE, ways=ways, timers=timers), *said
        )  # fmt: skip

    @pytest.mark.parametrize(
        ("kw", "name", "factor"),
        [
            (2.75, "charge", 0.5),
            (9, "charge", 1),
            (-0.4, "give", 1),
            (-4, "give", 0),
            (0, "idle", 1),
            (0.1, "idle", 1),
        ],
    )
    def test_the_nearest_mode_and_factor_are_chosen(self, kw, name, factor):
        instruction = sent(self.battery(), kw)
        assert (instruction["operation_mode"], instruction["operation_mode_factor"]) == (name, factor)

    def test_a_mode_that_does_not_go_at_this_level_is_not_chosen(self):
        assert sent(self.battery(level(97)), 3)["operation_mode"] == "idle"
        assert sent(self.battery(level(5)), -3)["operation_mode"] == "idle"

    def test_only_ways_that_lead_from_where_it_is_are_taken(self):
        ways = [way("idle", "charge"), way("charge", "idle"), way("give", "idle")]
        assert sent(self.battery(active("idle"), ways=ways), -3)["operation_mode"] == "idle"
        assert sent(self.battery(active("idle"), ways=ways), 3)["operation_mode"] == "charge"
        assert sent(self.battery(active("give"), ways=ways), 3)["operation_mode"] == "idle"

    def test_a_way_is_closed_while_its_timer_runs(self):
        ways = [way("idle", "charge", ["rest"])]

        def until(stamp):
            timer = message("FRBC.TimerStatus", timer_id="rest", actuator_id="inverter", finished_at=stamp)
            battery = self.battery(active("idle"), timer, ways=ways, timers=["rest"])
            return sent(battery, 3)["operation_mode"]

        assert until("2026-06-01T12:01:00Z") == "idle"
        assert until("2026-06-01T11:59:00Z") == "charge"

    def test_a_device_in_no_mode_that_goes_on_is_told_nothing(self):
        stuck = told(started(), details(FRBC), level(150), system(self.CHARGE))
        done = instruct(stuck.session, 3, at())
        assert not done.replies
        assert done.facts

    @given(KW, st.floats(0, 100))
    def test_a_factor_is_a_share_and_no_mode_would_have_come_nearer(self, kw, filled):
        instruction = sent(self.battery(level(filled)), kw)
        assert 0 <= instruction["operation_mode_factor"] <= 1
        spans = {"idle": (0, 0, 0, 100), "charge": (500, 5000, 0, 95), "give": (-4000, -400, 10, 100)}
        low, high, *_ = spans[instruction["operation_mode"]]
        got = low + instruction["operation_mode_factor"] * (high - low)
        watts = min(max(1000 * kw, -1e6), 1e6)
        reach = [(a, b) for a, b, least, most in spans.values() if least <= filled <= most]
        best = min(abs(min(max(watts, a), b) - watts) for a, b in reach)
        assert abs(got - watts) <= best + 1


class TestSwitching:
    BOILER = switches(("off", 0, 0), ("low", 1000, 1000), ("high", 2000, 3000))

    @pytest.mark.parametrize(
        ("kw", "name"), [(0, "off"), (0.4, "off"), (1.2, "low"), (2.4, "high"), (9, "high")]
    )
    def test_the_nearest_mode_is_chosen(self, kw, name):
        assert sent(told(started(), details(OMBC), self.BOILER), kw)["operation_mode_id"] == name

    def test_of_two_that_are_as_near_the_one_that_runs_stays(self):
        runs = message("OMBC.Status", active_operation_mode_id="low", operation_mode_factor=1)
        assert sent(told(started(), details(OMBC), self.BOILER, runs), 1.5)["operation_mode_id"] == "low"
        runs = message("OMBC.Status", active_operation_mode_id="high", operation_mode_factor=0)
        assert sent(told(started(), details(OMBC), self.BOILER, runs), 1.5)["operation_mode_id"] == "high"


def test_a_device_that_has_said_nothing_is_told_nothing():
    done = instruct(started(), 3, at())
    assert not done.replies
    assert done.facts
