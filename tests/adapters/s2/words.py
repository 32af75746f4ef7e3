"""What resource managers say, as plain dictionaries."""

from itertools import count
from uuid import UUID

from tests.adapters.devices.listening import NOON

from laag.adapters.s2.session import begin, step
from laag.adapters.s2.state import Moment

_numbers = count(1)
STAMP = "2026-06-01T12:00:00Z"
L1 = "ELECTRIC.POWER.L1"


def message(kind, **fields):
    return {"message_type": kind, "message_id": f"{UUID(int=next(_numbers))}", **fields}


def handshake(versions=("0.0.2-beta",)):
    return message("Handshake", role="RM", supported_protocol_versions=list(versions))


def details(*controls, resource="battery-1"):
    return message(
        "ResourceManagerDetails",
        resource_id=resource,
        name="Thuisbatterij",
        roles=[{"role": "ENERGY_STORAGE", "commodity": "ELECTRICITY"}],
        instruction_processing_delay=500,
        available_control_types=list(controls),
        provides_forecast=False,
        provides_power_measurement_types=[L1],
    )


def power(watts, quantity=L1, at=STAMP):
    return message(
        "PowerMeasurement",
        measurement_timestamp=at,
        values=[{"commodity_quantity": quantity, "value": watts}],
    )


def span(low, high):
    return {"start_of_range": low, "end_of_range": high}


def limit(kind, low, high, quantity=L1, abnormal=False):
    return {
        "commodity_quantity": quantity,
        "limit_type": f"{kind}_LIMIT",
        "range_boundary": span(low, high),
        "abnormal_condition_only": abnormal,
    }


def constraints(*limits, name="constraints-1"):
    return message(
        "PEBC.PowerConstraints",
        id=name,
        valid_from=STAMP,
        consequence_type="VANISH",
        allowed_limit_ranges=list(limits),
    )


def mode(name, low_w, high_w, levels=(0, 100), abnormal=False):
    """An operation mode of FRBC."""
    element = {
        "fill_level_range": span(*levels),
        "fill_rate": span(0, 0.01),
        "power_ranges": [{**span(low_w, high_w), "commodity_quantity": L1}],
    }
    return {"id": name, "elements": [element], "abnormal_condition_only": abnormal}


def way(start, end, blocked_by=(), abnormal=False):
    return {
        "id": f"{start}-{end}",
        "from": start,
        "to": end,
        "start_timers": [],
        "blocking_timers": list(blocked_by),
        "abnormal_condition_only": abnormal,
    }


def system(*modes, ways=(), timers=(), label="SoC in %", actuator="inverter"):
    return message(
        "FRBC.SystemDescription",
        valid_from=STAMP,
        actuators=[
            {
                "id": actuator,
                "supported_commodities": ["ELECTRICITY"],
                "operation_modes": list(modes),
                "transitions": list(ways),
                "timers": [{"id": timer, "duration": 60000} for timer in timers],
            }
        ],
        storage={
            "provides_leakage_behaviour": False,
            "provides_fill_level_target_profile": False,
            "provides_usage_forecast": False,
            "fill_level_range": span(0, 100),
            "fill_level_label": label,
        },
    )


def switches(*modes, ways=()):
    """A system of OMBC; each mode is its name and its power at both ends."""
    return message(
        "OMBC.SystemDescription",
        valid_from=STAMP,
        operation_modes=[
            {
                "id": name,
                "power_ranges": [{**span(low_w, high_w), "commodity_quantity": L1}],
                "abnormal_condition_only": False,
            }
            for name, low_w, high_w in modes
        ],
        transitions=list(ways),
        timers=[],
    )


def started():
    return begin(UUID(int=0), at(0)).session


def at(tick_s=0.0):
    return Moment(NOON, tick_s)


def told(session, *messages):
    """The session after these, and what the last of them led to."""
    import json

    done = None
    for one in messages:
        done = step(session, one if isinstance(one, str | bytes) else json.dumps(one), at())
        session = done.session
    return done


def kinds(done):
    return [reply.message_type for reply in done.replies]
