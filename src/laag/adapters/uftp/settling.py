"""What an order comes to: delivered beside ordered, by UFTP's rule, per order of one aggregator at one point on one day."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

import numpy as np
import shapeshifter_uftp.uftp as u

from laag.adapters.uftp.isps import Ints, runs, spread
from laag.adapters.uftp.judging import day_of
from laag.adapters.uftp.rules import Rules
from laag.adapters.uftp.translate import Bools, Ordered, euros, xml_day
from laag.adapters.uftp.wire import Message
from laag.settlement.flexibility import uftp_units

_TENTHS_OF_MILLI = 10_000
"""Of an amount in UFTP in a euro."""
_WATT_PTUS_PER_KWH = 4_000


@dataclass(frozen=True, slots=True, eq=False)
class Settled:
    """One order, settled."""

    order: Ordered
    baseline_w: Ints
    actual_w: Ints
    delivered_w: Ints
    """Of what was ordered, with its sign."""
    deficiency_w: Ints
    penalty_eur: Decimal

    @property
    def net_eur(self) -> Decimal:
        """What the aggregator gets; negative is what it pays."""
        return self.order.price_eur - self.penalty_eur


def settled(
    orders: Sequence[Ordered],
    baseline_w: Ints,
    actual_w: Ints,
    requested: Bools,
    penalty_eur_per_kwh: Decimal,
) -> list[Settled]:
    """Each order in turn: what is delivered counts for the first first; what falls short is fined where it was asked for.

    >>> ten, asked = np.full(96, 10_000_000), np.zeros(96, bool)
    >>> asked[0] = True
    >>> order = Ordered("", Decimal(1), "o", np.where(asked, -2_000_000, 0), Decimal(14))
    >>> [int(settled([order], ten, np.full(96, mw * 1_000_000), asked, Decimal("0.044"))[0].net_eur) for mw in (7, 8, 9, 10, 11)]
    [14, 14, -4, -22, -33]
    """
    before = np.zeros_like(baseline_w)
    done = []
    for order in orders:
        done.append(_one(order, baseline_w, actual_w, requested, before, penalty_eur_per_kwh))
        before = before + np.abs(order.watts) * requested
    return done


def _one(
    order: Ordered, baseline_w: Ints, actual_w: Ints, requested: Bools, before: Ints, penalty: Decimal
) -> Settled:
    bought = np.where(requested, -order.watts, 0)
    wanted, way = np.abs(bought), np.sign(bought)
    relief = (baseline_w - actual_w) * way
    # What an earlier order took is not delivered twice; what is worse than the baseline is fined once, with the first.
    own = np.where(before > 0, np.maximum(relief - before, 0), relief)
    delivered = np.where(requested, np.clip(own, 0, wanted) * -way, order.watts)
    short = np.maximum(wanted - own, 0) * (wanted > 0)
    earned = _earned_eur(order, bought, own * way, wanted, penalty)
    return Settled(order, baseline_w, actual_w, delivered, short, order.price_eur - earned)


def _earned_eur(order: Ordered, bought: Ints, change: Ints, wanted: Ints, penalty: Decimal) -> Decimal:
    whole = int(wanted.sum())
    if not whole:
        return order.price_eur
    # In units so small that price and fine are whole numbers, and the rounding comes once, at the end.
    price = int(order.price_eur * _TENTHS_OF_MILLI) * _WATT_PTUS_PER_KWH
    fine = int(penalty * _TENTHS_OF_MILLI) * whole
    nothing = np.zeros(len(bought), object)
    units = uftp_units(nothing, bought.astype(object), -change.astype(object), price, fine)
    exact = Fraction(int(units.sum()), _WATT_PTUS_PER_KWH * whole)
    return euros(Decimal(round(exact)) / _TENTHS_OF_MILLI)


def settlement(
    items: Sequence[tuple[Message, Settled]], first: date, last: date, rules: Rules, reserved: str = ""
) -> Message:
    """A FlexSettlement of orders and what they came to."""
    contract = u.ContractSettlement(  # the schema asks for one, also where there is no contract
        contract_id=reserved or None,
        periods=[
            u.ContractSettlementPeriod(
                period=xml_day(first), isps=[u.ContractSettlementISP(start=1, reserved_power=0)]
            )
        ],
    )
    return u.FlexSettlement(
        period_start=xml_day(first),
        period_end=xml_day(last),
        currency=rules.currency,
        flex_order_settlements=[_item(message, one) for message, one in items],
        contract_settlements=[contract],
    )


def _item(message: Message, one: Settled) -> Message:
    columns = (one.baseline_w, one.order.watts, one.actual_w, one.delivered_w, one.deficiency_w)
    isps = [
        u.FlexOrderSettlementISP(
            start=start,
            duration=n,
            baseline_power=base,
            ordered_flex_power=bought,
            actual_power=actual,
            delivered_flex_power=delivered,
            power_deficiency=short,
        )
        for start, n, (base, bought, actual, delivered, short) in runs(*columns)
        if bought or delivered or short
    ]
    return u.FlexOrderSettlement(
        order_reference=message.order_reference,
        period=xml_day(day_of(message)),
        contract_id=message.contract_id,
        d_prognosis_message_id=message.d_prognosis_message_id,
        congestion_point=message.congestion_point,
        price=euros(one.order.price_eur),
        penalty=euros(one.penalty_eur),
        net_settlement=euros(one.net_eur),
        isps=isps,
    )


def settled_powers(item: Message, rules: Rules) -> dict[str, Ints]:
    """What a settlement says of one order, per PTU."""
    count = len(rules.grid(day_of(item)))
    fields = (
        "baseline_power",
        "ordered_flex_power",
        "actual_power",
        "delivered_flex_power",
        "power_deficiency",
    )
    return {field: spread(item.isps, count, field) for field in fields}
