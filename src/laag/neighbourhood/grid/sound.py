"""Whether a cable or transformer can be as it is written down."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

import numpy as np

from laag.foundation.findings import Finding
from laag.neighbourhood.grid.network import Branch, Cable, Transformer

SHORTEST_OHM = 1e-5
"""A cable of no length counts as some centimetres: its rating still holds."""
_VECTOR_GROUP = re.compile(r"(D|YN?|ZN?)(d|yn?|zn?)(1[01]|\d)")
_SAME_KV = (0.7, 1.5)
"""A winding and its node agree within this: 230 V beside 400 V is another grid."""


def sound(source: str, branch: Branch, kv: Mapping[str, float]) -> tuple[Branch | None, tuple[Finding, ...]]:
    """The branch, mended where that can be; ``None`` where it cannot be meant."""
    what = "cable" if isinstance(branch, Cable) else "transformer"
    where = f"{what} {branch.name!r}"
    astray = next((node for node in (branch.start, branch.end) if node not in kv), None)
    if astray is not None:
        return None, (Finding(source, where, f"ends at {astray!r}, which is no node"),)
    if branch.start == branch.end:
        return None, (Finding(source, where, f"begins and ends at {branch.start!r}"),)
    if isinstance(branch, Cable):
        refused, mended = _cable(branch, kv)
    else:
        refused, mended = _transformer(branch, kv)
    if refused:
        return None, (Finding(source, where, refused),)
    for _, change in mended:
        branch = replace(branch, **change)  # type: ignore[arg-type]  # the fields belong to its own type
    return branch, tuple(Finding(source, where, *repair) for repair, _ in mended)


Mended = list[tuple[tuple[str, str], dict[str, object]]]


def _cable(cable: Cable, kv: Mapping[str, float]) -> tuple[str | None, Mended]:
    if not (np.isfinite(cable.r_ohm) and np.isfinite(cable.x_ohm)):
        return "has no impedance; give its resistance, reactance and length", []
    if cable.r_ohm < 0 or cable.x_ohm < 0 or cable.r0_ohm < 0 or cable.x0_ohm < 0:
        return "has a negative impedance", []
    if cable.c_nf < 0 or cable.c0_nf < 0 or not np.isfinite(cable.c_nf):
        return "has a capacitance that cannot be", []
    if not _alike(kv[cable.start], kv[cable.end]):
        return f"joins {kv[cable.start]:g} kV to {kv[cable.end]:g} kV; between them belongs a transformer", []
    mended: Mended = []
    if cable.r_ohm + cable.x_ohm < SHORTEST_OHM:
        mended.append((("has no length", "counted as some centimetres"), {"r_ohm": SHORTEST_OHM}))
    if not cable.rated_a > 0:
        mended.append((("has no rating", "taken as unlimited"), {"rated_a": np.inf}))
    return None, mended


def _transformer(trafo: Transformer, kv: Mapping[str, float]) -> tuple[str | None, Mended]:
    positive = (trafo.rated_kva, trafo.high_kv, trafo.low_kv, trafo.high_turns, trafo.low_turns)
    if not all(np.isfinite(number) and number > 0 for number in positive):
        return "needs a rating, two rated voltages and a tap above zero", []
    if not 0 < trafo.short_circuit < 1:
        return (
            "needs a short-circuit voltage between 0 and 100 %: its impedance cannot be zero or negative",
            [],
        )
    if not 0 <= trafo.copper_kw <= trafo.short_circuit * trafo.rated_kva:
        return "loses more at full load than its short-circuit voltage allows", []
    if not (0 <= trafo.iron_kw < trafo.rated_kva and 0 <= trafo.idle < 1):
        return "has losses at no load that cannot be", []
    mended: Mended = []
    start, end = kv[trafo.start], kv[trafo.end]
    if not (_alike(start, trafo.high_kv) and _alike(end, trafo.low_kv)):
        if not (_alike(end, trafo.high_kv) and _alike(start, trafo.low_kv)):
            return (
                f"is wound {trafo.high_kv:g} to {trafo.low_kv:g} kV and stands between {start:g} and {end:g} kV",
                [],
            )
        turned = {"start": trafo.end, "end": trafo.start}
        mended.append((("has its high side at the low voltage", "turned round"), dict(turned)))
    if trafo.idle * trafo.rated_kva < trafo.iron_kw:
        idle = trafo.iron_kw / trafo.rated_kva
        mended.append((("draws less at no load than it loses", "the loss counts"), {"idle": idle}))
    if not _can_be_wound(trafo.vector_group):
        told = f"has the vector group {trafo.vector_group!r}, which cannot be"
        mended.append(((told, "read as Dyn5"), {"vector_group": "Dyn5"}))
    return None, mended


def winding(group: str) -> tuple[str, str, int]:
    """Of a vector group: how its high and low side are wound, and the clock.

    >>> winding("Dyn5")
    ('D', 'yn', 5)
    """
    parts = _VECTOR_GROUP.fullmatch(group)
    return (parts[1], parts[2], int(parts[3])) if parts else ("D", "yn", 5)


def _can_be_wound(group: str) -> bool:
    """A delta or a zigzag turns by an odd clock, two of them or none by an even one."""
    if not _VECTOR_GROUP.fullmatch(group):
        return False
    high, low, clock = winding(group)
    turns = (high == "D") + (low == "d") + high.startswith("Z") + low.startswith("z")
    return turns % 2 == clock % 2


def _alike(one: float, other: float) -> bool:
    return _SAME_KV[0] < one / other < _SAME_KV[1]
