"""Between their messages and our values; pure. Powers are whole W towards the prosumer, as in both; prices are euros."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import ROUND_HALF_EVEN, Decimal

import numpy as np
import shapeshifter_uftp.uftp as u
from numpy.typing import NDArray
from xsdata.models.datatype import XmlDate, XmlDuration

from laag.adapters.uftp.isps import Ints, covered, runs, spread
from laag.adapters.uftp.judging import day_of
from laag.adapters.uftp.rules import Rules
from laag.adapters.uftp.wire import Message
from laag.adapters.uftp.words import instant
from laag.foundation.errors import GridMismatch
from laag.foundation.ptu import PtuGrid
from laag.gateway.nomination import Nomination, Role

Bools = NDArray[np.bool_]
CENT_OF_A_CENT = Decimal("0.0001")
_PT15M = XmlDuration("PT15M")
_PTUS_PER_HOUR = 4


@dataclass(frozen=True, slots=True, eq=False)
class Space:
    """What is asked at a point on a day, and what is left free, in W that the baseline may change by.

    Less offtake is negative. Where it is asked for, ``low_w`` to ``high_w`` lies on one side of zero.
    """

    grid: PtuGrid
    requested: Bools
    low_w: Ints
    high_w: Ints

    def __post_init__(self) -> None:
        shapes = {one.shape for one in (self.requested, self.low_w, self.high_w)}
        if shapes != {(len(self.grid),)}:
            raise GridMismatch(f"a request of {shapes} does not fit {self.grid}; give one number per PTU")


@dataclass(frozen=True, slots=True, eq=False)
class Offered:
    """A change of the baseline that somebody makes at a price; in part, where ``least`` is below 1."""

    watts: Ints
    """Per PTU of the day; in the PTUs that were not asked for it is what comes back."""
    price_eur: Decimal
    """For all of it."""
    expires: datetime
    least: Decimal = Decimal("1.00")
    option: str = "1"
    id: str = ""
    """Of the message, once it is one."""
    peer: str = ""


@dataclass(frozen=True, slots=True, eq=False)
class Ordered:
    """What was bought of an offer."""

    offer: str
    factor: Decimal
    reference: str
    watts: Ints
    price_eur: Decimal
    id: str = ""
    peer: str = ""


def watts_of(nomination: Nomination) -> Ints:
    """Whole Wh per quarter-hour as watts.

    >>> from laag.foundation.ptu import AMSTERDAM
    >>> day = PtuGrid.day(date(2026, 1, 1), AMSTERDAM)
    >>> int(watts_of(Nomination(day, np.full(96, 250), Role.DSO))[0])
    1000
    """
    return nomination.energy_wh * _PTUS_PER_HOUR


def nomination_of(message: Message, rules: Rules) -> Nomination:
    """A D-prognosis as the nomination it is; a remainder of a watt-hour is rounded to the even one."""
    grid = rules.grid(day_of(message))
    energy = np.rint(spread(message.isps, len(grid)) / _PTUS_PER_HOUR).astype(np.int64)
    return Nomination(grid, energy, Role.DSO, int(message.revision))


def prognosis(point: str, day: date, watts: Ints, revision: int, rules: Rules) -> Message:
    """A D-prognosis of one point."""
    _fits(watts, day, rules)
    isps = [u.DPrognosisISP(power=w, start=start, duration=n) for start, n, (w,) in runs(watts)]
    return u.DPrognosis(**_flex(point, day, rules), revision=revision, isps=isps)


def prognosed(message: Message, rules: Rules) -> Ints:
    """The watts of a D-prognosis."""
    return spread(message.isps, len(rules.grid(day_of(message))))


def request(point: str, day: date, space: Space, expires: datetime, revision: int, rules: Rules) -> Message:
    """A FlexRequest to one aggregator."""
    words = (u.AvailableRequested.AVAILABLE, u.AvailableRequested.REQUESTED)
    isps = [
        u.FlexRequestISP(
            disposition=words[int(asked)], min_power=low, max_power=high, start=start, duration=n
        )
        for start, n, (asked, low, high) in runs(space.requested, space.low_w, space.high_w)
    ]
    return u.FlexRequest(
        **_flex(point, day, rules), revision=revision, expiration_date_time=_stamp(expires), isps=isps
    )


def space_of(message: Message, rules: Rules) -> Space:
    """What a FlexRequest asks; where it names no ISP nothing is free."""
    grid = rules.grid(day_of(message))
    asked = covered(one for one in message.isps if str(one.disposition) == "Requested")
    requested = np.zeros(len(grid), np.bool_)
    requested[sorted(asked)] = True
    return Space(
        grid,
        requested,
        spread(message.isps, len(grid), "min_power"),
        spread(message.isps, len(grid), "max_power"),
    )


def offer(asked: Message, made: Sequence[Offered], prognosis_id: str | None, rules: Rules) -> Message:
    """A FlexOffer on a request, with its options; the first to expire ends all."""
    options = [
        u.FlexOfferOption(
            option_reference=one.option,
            price=euros(one.price_eur),
            min_activation_factor=one.least,
            isps=[
                u.FlexOfferOptionISP(power=w, start=start, duration=n)
                for start, n, (w,) in runs(one.watts)
                if w
            ],
        )
        for one in made
    ]
    return u.FlexOffer(
        **_flex(asked.congestion_point, day_of(asked), rules),
        conversation_id=asked.conversation_id,
        expiration_date_time=_stamp(min(one.expires for one in made)),
        flex_request_message_id=asked.message_id,
        d_prognosis_message_id=prognosis_id,
        currency=rules.currency,
        offer_options=options,
    )


def offered(message: Message, rules: Rules) -> list[Offered]:
    """The options of a FlexOffer."""
    count = len(rules.grid(day_of(message)))
    return [
        Offered(
            spread(one.isps, count),
            Decimal(one.price),
            instant(message.expiration_date_time),
            Decimal(one.min_activation_factor),
            one.option_reference,
            message.message_id.lower(),
            message.sender_domain,
        )
        for one in message.offer_options
    ]


def order(about: Message, option: str, factor: Decimal, reference: str, rules: Rules) -> Message:
    """A FlexOrder of a part of one option of an offer; powers and price are that part of it."""
    chosen = next(one for one in about.offer_options if one.option_reference == option)
    isps = [
        u.FlexOrderISP(power=_whole(one.power * factor), start=one.start, duration=one.duration)
        for one in chosen.isps
    ]
    return u.FlexOrder(
        **_flex(about.congestion_point, day_of(about), rules),
        conversation_id=about.conversation_id,
        flex_offer_message_id=about.message_id,
        d_prognosis_message_id=about.d_prognosis_message_id,
        price=euros(Decimal(chosen.price) * factor),
        currency=rules.currency,
        order_reference=reference,
        option_reference=option,
        activation_factor=factor,
        isps=isps,
    )


def ordered(message: Message, rules: Rules) -> Ordered:
    """What a FlexOrder bought."""
    return Ordered(
        (message.flex_offer_message_id or "").lower(),
        Decimal(message.activation_factor),
        message.order_reference,
        spread(message.isps, len(rules.grid(day_of(message)))),
        Decimal(message.price),
        message.message_id.lower(),
        message.sender_domain,
    )


def room(total_w: Ints, capacity_w: int, grid: PtuGrid) -> Space | None:
    """What must change where a sum is over a capacity, either way, and what is free elsewhere; ``None`` where nothing must.

    >>> from laag.foundation.ptu import AMSTERDAM
    >>> day = PtuGrid.day(date(2026, 1, 1), AMSTERDAM)
    >>> watts = np.zeros(96, np.int64); watts[70] = 12_000
    >>> asked = room(watts, 10_000, day)
    >>> [int(w) for w in (asked.low_w[70], asked.high_w[70], asked.low_w[0], asked.high_w[0])]
    [-2000, 0, -10000, 10000]
    """
    over, under = total_w > capacity_w, total_w < -capacity_w
    if not np.any(over | under):
        return None
    # A sum over its capacity asks for no more of the same: only the way back to it is named.
    low = np.where(under, 0, -capacity_w - total_w)
    high = np.where(over, 0, capacity_w - total_w)
    low = np.where(over, capacity_w - total_w, low)
    high = np.where(under, -capacity_w - total_w, high)
    return Space(grid, over | under, low, high)


def euros(amount: Decimal) -> Decimal:
    """An amount as UFTP writes it: four decimals."""
    return amount.quantize(CENT_OF_A_CENT, ROUND_HALF_EVEN)


def xml_day(day: date) -> XmlDate:
    """A day as the library writes it."""
    return XmlDate.from_date(day)


def _flex(point: str, day: date, rules: Rules) -> dict[str, object]:
    return {
        "isp_duration": _PT15M,
        "time_zone": rules.zone_name,
        "period": xml_day(day),
        "congestion_point": point,
    }


def _fits(watts: Ints, day: date, rules: Rules) -> None:
    if watts.shape != (count := len(rules.grid(day)),):
        raise GridMismatch(f"{day} has {count} PTUs and {watts.shape} were given; cut them to the day")


def _whole(power: Decimal) -> int:
    return int(power.to_integral_value(ROUND_HALF_EVEN))


def _stamp(at: datetime) -> str:
    return at.astimezone(UTC).isoformat()
