"""Lines and transformers of a saved net, per kilometre and in per cent, as whole cables and transformers.

The tap: pandapower 3.5 ignores one whose ``tap_changer_type`` is not stated, and SimBench states none. Here a tap that stands
off its neutral counts as a ratio whenever it has a step, and a finding says so: it is worth 2.5 % of voltage.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

import numpy as np

from laag.adapters.pandapower.tables import Row
from laag.foundation.findings import Finding
from laag.neighbourhood.grid.network import Cable, Transformer

Opened = set[tuple[str, int]]
Naming = Callable[[Row], str]


def number(row: Row, column: str, absent: float) -> float:
    """A cell as a number.

    >>> number({"scaling": None}, "scaling", 1.0)
    1.0
    """
    value: Any = row.get(column)
    return absent if value is None or value != value else float(value)  # noqa: PLR0124 - nan differs from itself


def cables(
    source: str, lines: Iterable[Row], node_of_bus: Mapping[int, str], opened: Opened, name: Naming
) -> tuple[list[Cable], list[Finding]]:
    """Lines in service with their switches closed."""
    read = []
    findings = []
    for row in lines:
        called = name(row)
        if ("l", int(row["index"])) in opened:
            continue
        start, end = (node_of_bus.get(int(row[at]), f"bus {row[at]}") for at in ("from_bus", "to_bus"))
        if start == end:
            findings.append(Finding(source, f"line {called!r}", "closed switches join its ends"))
            continue
        side_by_side = number(row, "parallel", 1.0)
        km = number(row, "length_km", np.nan)
        read.append(
            Cable(
                called,
                start,
                end,
                r_ohm=number(row, "r_ohm_per_km", np.nan) * km / side_by_side,
                x_ohm=number(row, "x_ohm_per_km", np.nan) * km / side_by_side,
                rated_a=number(row, "max_i_ka", np.nan) * 1000 * number(row, "df", 1.0) * side_by_side,
                c_nf=number(row, "c_nf_per_km", 0.0) * km * side_by_side,
                r0_ohm=number(row, "r0_ohm_per_km", np.nan) * km / side_by_side,
                x0_ohm=number(row, "x0_ohm_per_km", np.nan) * km / side_by_side,
                c0_nf=number(row, "c0_nf_per_km", np.nan) * km * side_by_side,
            )
        )
    return read, findings


def transformers(
    source: str, trafos: Iterable[Row], node_of_bus: Mapping[int, str], opened: Opened, name: Naming
) -> tuple[list[Transformer], list[Finding]]:
    """Two-winding transformers in service with their switches closed."""
    read = []
    findings: list[Finding] = []
    for row in trafos:
        called = name(row)
        if ("t", int(row["index"])) in opened:
            continue
        start, end = (node_of_bus.get(int(row[at]), f"bus {row[at]}") for at in ("hv_bus", "lv_bus"))
        side_by_side, df = number(row, "parallel", 1.0), number(row, "df", 1.0)
        kva = number(row, "sn_mva", np.nan) * 1000 * side_by_side
        turns = _turns(row)
        if turns != 1 and row.get("tap_changer_type") not in {"Ratio", "Symmetrical"}:
            told = f"stands {turns - 1:+.1%} off its neutral tap and does not say how it changes"
            findings.append(Finding(source, f"transformer {called!r}", told, "counted as a ratio"))
        high = row.get("tap_side") != "lv"
        # A derated transformer has the impedance of the whole one: its shares are of a smaller rating.
        read.append(
            Transformer(
                called,
                start,
                end,
                rated_kva=kva * df,
                high_kv=number(row, "vn_hv_kv", np.nan),
                low_kv=number(row, "vn_lv_kv", np.nan),
                short_circuit=number(row, "vk_percent", np.nan) / 100 * df,
                copper_kw=number(row, "vkr_percent", np.nan) / 100 * kva * df**2,
                iron_kw=number(row, "pfe_kw", 0.0) * side_by_side,
                idle=number(row, "i0_percent", 0.0) / 100 / df,
                high_turns=turns if high else 1.0,
                low_turns=1.0 if high else turns,
                vector_group=_vector_group(row),
            )
        )
    return read, findings


def _turns(row: Row) -> float:
    off = number(row, "tap_pos", 0.0) - number(row, "tap_neutral", 0.0)
    return 1.0 + off * number(row, "tap_step_percent", 0.0) / 100


def _vector_group(row: Row) -> str:
    """As stated; else what goes with its turn: a delta above where that is odd."""
    clock = round(number(row, "shift_degree", 150.0) / 30) % 12
    stated = str(row.get("vector_group") or ("Dyn" if clock % 2 else "YNyn"))
    return stated if stated[-1:].isdigit() else f"{stated}{clock}"
