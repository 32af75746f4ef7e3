"""Who speaks, in which version, and by which of its ways of steering: what a session begins with."""

from __future__ import annotations

from dataclasses import replace

from s2python.generated import gen_s2 as s2

from laag.adapters.s2.facts import Known
from laag.adapters.s2.state import Moment, Session, Step, farewell, new_id, once, sending
from laag.adapters.s2.steering import fits
from laag.adapters.s2.wire import VERSIONS


def greeted(session: Session, message: s2.Handshake, at: Moment) -> Step | str:
    """Only a device, in a version that we speak."""
    if message.role is not s2.EnergyManagementRole.RM:
        return "comes from an energy manager, and that is who we are"
    theirs = message.supported_protocol_versions
    version = next((ours for ours in VERSIONS if theirs is None or ours in theirs), None)
    if version is None:
        why = f"speaks {', '.join(theirs or ())[:100]}, and we speak {', '.join(VERSIONS)}"
        return farewell(session, s2.SessionRequestType.TERMINATE, why)
    session, name = new_id(replace(session, greeted=True))
    return sending(session, at, s2.HandshakeResponse(message_id=name, selected_protocol_version=version))


def introduced(session: Session, details: s2.ResourceManagerDetails, at: Moment) -> Step:
    """It is steered in the way that we like best of those it offers; what it told of another way is forgotten."""
    known = Known(details.resource_id.root, details.name or "")
    session = replace(session, details=details)
    offered = [one for one in session.preferred if one in details.available_control_types]
    control = offered[0] if offered else s2.ControlType.NO_SELECTION
    if control is session.control:
        return Step(session, facts=(known,))
    described = session.described if fits(session.described, control) else None
    session, name = new_id(replace(session, control=control, described=described))
    chosen = sending(session, at, s2.SelectControlType(message_id=name, control_type=control))
    if not offered:
        kinds = ", ".join(one.value for one in details.available_control_types)
        chosen = chosen.and_then(
            once(chosen.session, f"can only be steered in ways not spoken here: {kinds}")
        )
    return replace(chosen, facts=(known, *chosen.facts))
