"""What must be zero, added up anew from the days as they were settled, and shown with its residue."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from laag.cycle.day import Run
from laag.cycle.replay import DayDone, accounts
from laag.cycle.subscribing import WH_PER_KW
from laag.foundation.contracts import Ints
from laag.settlement.bands import BEYOND
from laag.settlement.bill import Bill
from laag.settlement.books import Cause, Postings, joined, totals, unreconciled
from laag.settlement.day import Settled
from laag.settlement.policy import net_value

PER_PTU = (Cause.CLEARING, Cause.FLEXIBILITY, Cause.DEVIATION)
"""Entries in which a local market's energy tax is booked."""


@dataclass(frozen=True, slots=True)
class Check:
    """One claim about a run; it holds when the residue is zero."""

    name: str
    text_nl: str
    text_en: str
    residue: int
    passed: bool


@dataclass(frozen=True, slots=True)
class Beyond:
    """A cable or the transformer that was asked for more than it carries: no check, but something to know.

    The market keeps what is agreed within the capacity; what homes do otherwise than agreed it does not hold back.
    """

    layer: str
    ptus: int
    wh: int


class Sums:
    """Residues, gathered day by day."""

    def __init__(self, run: Run) -> None:
        self.run = run
        self.postings: list[Postings] = []
        self.entries = 0
        self.amount = self.energy = self.traded = self.devices = self.position = 0
        self.levied = self.unordered = 0
        self.unlent = self.worse_off = 0
        self._beyond = np.zeros((2, len(run.layers.names)), np.int64)

    def add(self, day: DayDone) -> None:
        """One settled day."""
        self.post(day.postings)
        lived, market = day.readings, day.market
        self.devices += int(np.abs(day.settled.metered_wh - lived.offtake_wh).sum())
        if market:
            street = slice(0, market.ptus)
            cleared = market.clearings
            through = cleared.imported_wh[street] - cleared.exported_wh[street]
            self.position += int(np.abs(through - day.position.nominated_wh).sum())
            awarded = market.day_ahead_order.awarded_wh(self.run.prices_of(day.span).day_ahead_ticks)
            if self.run.terms_on(day.day).charter.rule == "layered":
                self.unordered += int(np.abs(awarded - through)[market.within_cables].sum())
            money = (
                day.settled.bought_units.sum(axis=0)
                + day.settled.sold_units.sum(axis=0)
                - cleared.levy_units[street]
                + cleared.gateway_units[street]
                + cleared.fund_units[street]
                - market.rent_units.reshape(market.layers, market.ptus).sum(axis=0)
            )
            self.traded += int(np.abs(money).sum())
            self.levied += int(np.maximum(day.position.metered_wh, 0).sum()) * self.run.terms.levy_ticks

        if self.run.terms.policy.bands:
            self._pooled(day.settled)
        self._carried(lived.offtake_wh)

    def _pooled(self, settled: Settled) -> None:
        """What is borrowed is lent by somebody, and nobody pays for more than went above its own band."""
        unlent = settled.band_borrowed_wmin.sum(axis=0) - settled.band_lent_wmin.sum(axis=0)
        self.unlent += int(np.abs(unlent).sum())
        ticks = net_value(self.run.terms.facts, BEYOND)
        bands_wh = np.array(self.run.bands_kw, np.int64)[:, None] * int(WH_PER_KW)
        alone = np.maximum(np.abs(settled.metered_wh) - bands_wh, 0) * ticks
        self.worse_off += int(np.maximum(settled.band_units - alone, 0).sum())

    def _carried(self, offtake_wh: Ints) -> None:
        layers = self.run.layers
        for layer in range(len(layers.names)):
            on_it = offtake_wh if layer == 0 else offtake_wh[layers.of_member == layer]
            net = on_it.sum(axis=0)
            over = np.maximum(net - layers.import_max_wh[layer], 0) + np.maximum(
                -net - layers.export_max_wh[layer], 0
            )
            self._beyond[:, layer] += (int((over > 0).sum()), int(over.sum()))

    def beyond_capacity(self) -> list[Beyond]:
        """Where more went through than fits, in how many quarter-hours, and how much."""
        found = zip(self.run.layers.names, *self._beyond.tolist(), strict=True)
        return [Beyond(name, ptus, wh) for name, ptus, wh in found if ptus]

    def post(self, postings: Postings) -> None:
        """Some entries."""
        self.postings.append(postings)
        numbers, at = np.unique(postings.entry, return_inverse=True)
        amount, energy = np.zeros((2, len(numbers)), np.int64)
        np.add.at(amount, at, postings.amount_units)
        np.add.at(energy, at, postings.energy_wh)
        self.entries += len(numbers)
        self.amount += int(np.abs(amount).sum())
        self.energy += int(np.abs(energy).sum())


def proofs(sums: Sums, bills: Sequence[Bill]) -> Iterator[Check]:
    """Every claim, with what is left of it."""
    everyone = totals(accounts(sums.run), joined(sums.postings))
    count = f"{sums.entries:,}"
    yield _zero(
        "entries_money",
        f"Elke van de {count.replace(',', '.')} boekingen telt op tot nul, in eenheden van 0,00000001 euro.",
        f"Every one of the {count} entries sums to zero, in units of 0.00000001 euro.",
        sums.amount,
    )
    yield _zero(
        "entries_energy",
        "Elke boeking telt op tot nul in Wh: wat de een afneemt, levert een ander.",
        "Every entry sums to zero in Wh: what one takes, another gives.",
        sums.energy,
    )
    yield _zero(
        "bills_accounts",
        "Elke rekening is precies wat het lid volgens de boeken betaalt.",
        "Every bill is exactly what the member pays according to the books.",
        sum(map(abs, unreconciled({bill.member: bill.total_units for bill in bills}, everyone).values())),
    )
    others = sum(units for name, (units, _) in everyone.items() if not name.startswith("member/"))
    yield _zero(
        "bills_parties",
        "Alle rekeningen samen zijn precies wat leverancier, belastingdienst, netbeheerder en beurs ontvangen.",
        "All bills together are exactly what supplier, tax office, grid operator and exchange receive.",
        sum(bill.total_units for bill in bills) + others,
    )
    yield _zero(
        "meters_devices",
        "Elke meterstand is de som van wat de apparaten in huis deden.",
        "Every meter reading is the sum of what the devices in the home did.",
        sums.devices,
    )
    if not sums.run.terms.policy.has_market:
        return
    yield _zero(
        "market_money",
        "In elk kwartier betalen kopers precies wat verkopers, belastingdienst en poort ontvangen.",
        "In every quarter-hour buyers pay exactly what sellers, tax office and gateway receive.",
        sums.traded,
    )
    yield _zero(
        "position",
        "Wat de straat bij het land aanmeldt, is precies wat haar eigen markt door de poort laat.",
        "What the street announces to the nation is exactly what its own market lets through the gateway.",
        sums.position,
    )
    yield _zero(
        "day_ahead_order",
        "Wat de beurs bij haar prijs aan de order van de straat toewijst, is wat de straat in haar eigen markt afhandelt.",
        "What the exchange awards to the street's order at its price is what the street clears in its own market.",
        sums.unordered,
    )
    levy = sum(
        int(
            p.amount_units[
                (p.account == accounts(sums.run).of("tax/energy")) & np.isin(p.cause, PER_PTU)
            ].sum()
        )
        for p in sums.postings
    )
    yield _zero(
        "energy_tax",
        "De energiebelasting is het tarief maal wat er echt door de poort binnenkwam, niets meer en niets minder.",
        "The energy tax is the rate times what really came in through the gateway, no more and no less.",
        sums.levied + levy,
    )

    if sums.run.terms.policy.bands:
        yield _zero(
            "bands_lent",
            "In elk kwartier is wat boven een bandbreedte is geleend precies wat buren van de hunne overlieten.",
            "In every quarter-hour what was borrowed above a band is exactly what neighbours left of theirs.",
            sums.unlent,
        )
        yield _zero(
            "bands_alone",
            "Niemand betaalt met gedeelde bandbreedte meer dan met alleen de eigen bandbreedte.",
            "Nobody pays more with pooled bands than with its own band alone.",
            sums.worse_off,
        )


def _zero(name: str, text_nl: str, text_en: str, residue: int) -> Check:
    return Check(name, text_nl, text_en, residue, residue == 0)
