"""A power as what a device understands: an envelope, or modes and how far."""

from __future__ import annotations

from pydantic import BaseModel
from s2python.generated import gen_s2 as s2

from laag.adapters.s2.facts import Odd
from laag.adapters.s2.modes import Chosen, Mode, electric, nearest, within_reach
from laag.adapters.s2.pebc import Limits, envelopes
from laag.adapters.s2.state import Moment, Session, Step, new_id, sending

HOLDS_MS = 900_000
"""An envelope holds for a quarter-hour: a device that hears nothing for longer goes its own way again."""
_MOST_W = 1e6


def instruct(session: Session, kw: float, at: Moment, *, as_most: bool = False) -> Step:
    """Tell the device to take this (below zero: to give); with ``as_most`` at most that is given.

    No replies: it has not said how it can be told, and the facts say why.
    """
    watts = min(max(1000 * kw, -_MOST_W), _MOST_W)
    match session.described:
        case s2.PEBCPowerConstraints() as constraints:
            return _envelope(session, constraints, watts, at, as_most=as_most)
        case s2.FRBCSystemDescription() as system:
            return _filling(session, system, watts, at)
        case s2.OMBCSystemDescription() as system:
            return _switching(session, system, watts, at)
        case _:
            return Step(session, facts=(Odd("has not said how it can be steered"),))


def _envelope(
    session: Session, constraints: s2.PEBCPowerConstraints, watts: float, at: Moment, *, as_most: bool
) -> Step:
    limits = envelopes(constraints, watts, as_most=as_most)
    if not limits:
        return Step(session, facts=(Odd("lets no limit of its power be set"),))
    session, message = new_id(session)
    session, name = new_id(session)
    wrapped = []
    for one in limits:
        session, envelope = new_id(session)
        wrapped.append(_wrapped(envelope, one))
    return sending(
        session, at,
        s2.PEBCInstruction(
            message_id=message, id=name, execution_time=at.now, abnormal_condition=False,
            power_constraints_id=constraints.id, power_envelopes=wrapped,
        ),
    )  # fmt: skip


def _wrapped(name: s2.ID, limits: Limits) -> s2.PEBCPowerEnvelope:
    element = s2.PEBCPowerEnvelopeElement(
        duration=s2.Duration(HOLDS_MS), upper_limit=limits.upper_w, lower_limit=limits.lower_w
    )
    return s2.PEBCPowerEnvelope(
        id=name, commodity_quantity=limits.quantity, power_envelope_elements=[element]
    )


def _filling(session: Session, system: s2.FRBCSystemDescription, watts: float, at: Moment) -> Step:
    """Each actuator in turn comes as near as it can to what those before it have left."""
    messages: list[BaseModel] = []
    left_w = watts
    for actuator in system.actuators:
        if s2.Commodity.ELECTRICITY not in actuator.supported_commodities:
            continue
        chosen = _chosen(session, actuator, left_w, at)
        if chosen is None:
            continue
        left_w -= chosen.watts
        session, message = new_id(session)
        session, name = new_id(session)
        messages.append(
            s2.FRBCInstruction(
                message_id=message, id=name, actuator_id=actuator.id, operation_mode=s2.ID(chosen.id),
                operation_mode_factor=chosen.factor, execution_time=at.now, abnormal_condition=False,
            )
        )  # fmt: skip
    if not messages:
        return Step(session, facts=(Odd("has no mode of electricity that it could go to now"),))
    return sending(session, at, *messages)


def _chosen(
    session: Session, actuator: s2.FRBCActuatorDescription, watts: float, at: Moment
) -> Chosen | None:
    active = session.active.get(actuator.id.root)
    timers = {timer: ends for (whose, timer), ends in session.finished.items() if whose == actuator.id.root}
    reach = within_reach(actuator.transitions, timers, active, at.now)
    modes = [
        Mode(mode.id.root, *ends)
        for mode in actuator.operation_modes
        if not mode.abnormal_condition_only and (reach is None or mode.id.root in reach)
        if (element := _element(mode, session.level)) is not None
        if (ends := electric(element.power_ranges)) is not None
    ]
    return nearest(modes, watts, active)


def _element(mode: s2.FRBCOperationMode, level: float | None) -> s2.FRBCOperationModeElement | None:
    """What a mode does at this level; of a level that was never told, what it does first."""
    if level is None:
        return mode.elements[0]
    for element in mode.elements:
        low, high = element.fill_level_range.start_of_range, element.fill_level_range.end_of_range
        if min(low, high) <= level <= max(low, high):
            return element
    return None


def _switching(session: Session, system: s2.OMBCSystemDescription, watts: float, at: Moment) -> Step:
    active = session.active.get("")
    timers = {timer: ends for (whose, timer), ends in session.finished.items() if not whose}
    reach = within_reach(system.transitions, timers, active, at.now)
    modes = [
        Mode(mode.id.root, *ends)
        for mode in system.operation_modes
        if not mode.abnormal_condition_only and (reach is None or mode.id.root in reach)
        if (ends := electric(mode.power_ranges)) is not None
    ]
    chosen = nearest(modes, watts, active)
    if chosen is None:
        return Step(session, facts=(Odd("has no mode of electricity that it could go to now"),))
    session, message = new_id(session)
    session, name = new_id(session)
    return sending(
        session, at,
        s2.OMBCInstruction(
            message_id=message, id=name, execution_time=at.now, operation_mode_id=s2.ID(chosen.id),
            operation_mode_factor=chosen.factor, abnormal_condition=False,
        ),
    )  # fmt: skip
