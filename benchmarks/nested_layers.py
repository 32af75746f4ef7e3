"""Nested layers against the full power flow, on a stressed week of SimBench's semi-urban street.

`LAAG_PEERS=… python -m benchmarks.nested_layers` takes the year that benchmarks.powerflow exported, or the three weeks beside
the project. Homes and shops take what they take, at any price; cars, heat pumps, batteries and roofs are multiplied until it
pinches, and have a price: an offtaker's between 90 and 300 EUR/MWh, drawn once; a roof's 10. The outside asks and pays 80.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from benchmarks import powerflow
from laag.neighbourhood.grid.network import Cable
from laag.study.grid.nested import Outcome, Wanted, clear_within, safe_share, without_market

CODE = "1-LV-semiurb4--2-sw"
FLEXIBLE = ("HLS", "APLS", "Air", "Soil")
SEED = 4
WEEKS = {"11-17 January 2016": (960, 0, 10.0), "20-26 June 2016": (16_412, 1_340, 3.0)}
"""Its first PTU in the year and in the three weeks, and how many times cars, heat pumps, batteries and roofs stand there."""
PTUS = 672
SHORT = 2_012
"""PTUs of the three weeks; one has a clock change."""


def wanted(case: powerflow.Case, days: slice, times: float) -> Wanted:
    """A week of that street, with so many times its flexible devices."""
    saved, kw = case.saved, case.offtake_kw[days]
    flexible = np.array(
        [table != "load" or str(row["profile"]).startswith(FLEXIBLE) for table, row in saved.rows], np.bool_
    )
    drawn = np.random.default_rng(SEED).integers(9_000, 30_000, kw.shape[1])
    flexible_kw = np.where(flexible, kw * times, 0.0)
    rated_kw, rated_kvar = saved.offtake_kw.sum(axis=1), saved.offtake_kvar.sum(axis=1)
    tan_phi = np.where(rated_kw > 0, rated_kvar / np.where(rated_kw > 0, rated_kw, 1.0), 0.0)
    limits = np.where(flexible_kw < 0, 1_000, np.broadcast_to(drawn, kw.shape)).astype(np.int64)
    return Wanted(np.where(flexible, 0.0, kw), flexible_kw, limits, tan_phi, 8_000)


def _line(name: str, one: Outcome) -> str:
    return (
        f"{name:34} refused {one.refused_kwh / one.wanted_kwh:6.1%}  full {one.full_ptus:4}  overloaded PTUs "
        f"{one.overloaded_ptus:4} on {one.overloaded_branches:2} branches, at most {one.worst_loading:6.1%} ({one.worst_branch})  "
        f"{one.low_v:.1f}-{one.high_v:.1f} V, out of band {one.outside_band_ptus}"
    )


def main() -> None:
    """A table per week."""
    case = powerflow.simbench(CODE)
    network = case.saved.network
    cables = [branch.name for branch in network.branches if isinstance(branch, Cable)]
    for week, (in_year, in_weeks, times) in WEEKS.items():
        first = in_weeks if len(case.offtake_kw) == SHORT else in_year
        asked = wanted(case, slice(first, first + PTUS), times)
        unity = replace(asked, tan_phi=np.zeros_like(asked.tan_phi))
        print(f"{week}, {times:g} times")
        print(_line("everybody as wanted", without_market(network, asked)))
        choices = {"transformer": [], "and first cables": None, "and every cable": cables}
        for name, gateways in choices.items():
            print(_line(f"gateways: {name}", clear_within(network, asked, gateways)[0]))
        print(_line("every cable, no reactive power", clear_within(network, unity, cables)[0]))
        for name, gateways in (("first cables", None), ("every cable", cables)):
            share = safe_share(network, asked, gateways)
            print(_line(f"{name} at {share:.0%}", clear_within(network, asked, gateways, share)[0]))


if __name__ == "__main__":
    main()
