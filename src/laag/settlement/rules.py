"""Rules of law, tax and tariff that hold or are on their way: for whom, from when, how sure that is, and who said so.

What is read from a file, and how, is the business of ``laag.adapters.rules``.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from types import MappingProxyType

from laag.foundation.errors import BadInput
from laag.foundation.words import Said
from laag.settlement.tariff import Facts, Figure, Status

READ_AGAIN_AFTER = timedelta(days=365)
"""A source that was read longer ago is to be read again."""


class Standing(StrEnum):
    """How a rule stands on a day."""

    IN_FORCE = "in force"
    ANNOUNCED = "announced"
    """Decided, and not yet in force."""
    PROPOSAL = "proposal"
    EXPIRED = "expired"
    REFERENCE = "elsewhere"
    """Of another country, to compare with."""


class Scope(StrEnum):
    """What a rule is about."""

    HOME = "home"
    COMMUNITY = "community"


class Whom(StrEnum):
    """To whom a rule says something."""

    RESIDENT = "resident"
    OPERATOR = "operator"
    GRID = "grid"
    SUPPLIER = "supplier"
    RESEARCHER = "researcher"
    MAKER = "maker"
    """Of devices and programs."""


class Connection(StrEnum):
    """Whose connection a rule is about."""

    ANY = "any"
    SMALL = "small"
    """Up to 3x80A."""
    LARGE = "large"


class Member(StrEnum):
    """Which kind of member a rule is about."""

    PERSON = "person"
    FIRM = "firm"
    MUNICIPALITY = "municipality"
    HOUSING_ASSOCIATION = "housing association"


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule. Its value, where it has one, is in the dated figures that it names, or in words."""

    key: str
    title: Said
    what: Said
    scopes: frozenset[Scope]
    whom: frozenset[Whom]
    source: str
    sure: Status
    read_on: date
    """When somebody last read the source."""
    members: frozenset[Member] = frozenset(Member)
    connection: Connection = Connection.ANY
    first: date | None = None
    """``None``: nobody wrote down here since when."""
    last: date | None = None
    """The last day; ``None``: until it is replaced."""
    proposed: bool = False
    elsewhere: bool = False
    value: Said | None = None
    figures: tuple[str, ...] = ()
    """Names of figures, or what comes before their first dot."""

    def standing(self, day: date) -> Standing:
        """How it stands on a day."""
        if self.elsewhere:
            return Standing.REFERENCE
        if self.last is not None and day > self.last:
            return Standing.EXPIRED
        if self.proposed:
            return Standing.PROPOSAL
        return Standing.ANNOUNCED if self.first is not None and day < self.first else Standing.IN_FORCE

    def overdue(self, today: date) -> bool:
        """Whether its source is to be read again."""
        return today - self.read_on > READ_AGAIN_AFTER

    def has(self, figure: str) -> bool:
        """Whether a figure is its value."""
        return figure in self.figures or figure.partition(".")[0] in self.figures

    def valued(self, facts: Facts) -> tuple[Figure, ...]:
        """Its figures of a day, by name."""
        return tuple(facts.figures[name] for name in sorted(facts.figures) if self.has(name))


def about(
    rules: Iterable[Rule],
    *,
    scope: Scope | None = None,
    whom: Whom | None = None,
    connection: Connection = Connection.ANY,
    member: Member | None = None,
) -> Iterator[Rule]:
    """Those that apply; what is not given picks nothing out."""
    for rule in rules:
        if (
            (scope is None or scope in rule.scopes)
            and (whom is None or whom in rule.whom)
            and (member is None or member in rule.members)
            and (connection is rule.connection or Connection.ANY in {connection, rule.connection})
        ):
            yield rule


def rule_of(rules: Iterable[Rule], figure: str) -> Rule:
    """The rule that a figure comes from."""
    found = next((rule for rule in rules if rule.has(figure)), None)
    if found is None:
        raise BadInput(f"no rule says where the figure {figure} comes from; add it to the table of rules")
    return found


LINES: Mapping[str, str] = MappingProxyType(
    {
        "energy_tax": "energy-tax",
        "reduction": "energy-tax-reduction",
        "vat": "vat",
        "network": "network-tariff",
        "fixed_fee": "supply-contract",
        "supply": "supply-contract",
        "feed_in": "feed-in-compensation",
        "feed_in_cost": "feed-in-costs",
        "netting": "netting",
        "deviation": "imbalance-price",
        "flexibility": "flexibility-market",
        "band": "bandwidth",
    }
)
"""By the code of a bill's line the rule on which its amount depends."""


STANDING_WORDS: Mapping[Standing, Said] = MappingProxyType(
    {
        Standing.IN_FORCE: Said("geldt nu", "in force"),
        Standing.ANNOUNCED: Said("komt eraan", "on its way"),
        Standing.PROPOSAL: Said("voorstel", "proposal"),
        Standing.EXPIRED: Said("geldt niet meer", "expired"),
        Standing.REFERENCE: Said("elders, ter vergelijking", "elsewhere, to compare with"),
    }
)
SURE_WORDS: Mapping[Status, Said] = MappingProxyType(
    {
        Status.CONFIRMED: Said("gelezen in de bron zelf", "read in the source itself"),
        Status.SECONDARY: Said(
            "gelezen bij wie de bron aanhaalt, niet in de bron zelf",
            "read where somebody quotes the source, not in the source itself",
        ),
        Status.UNVERIFIED: Said("niet nagekeken", "not verified"),
        Status.PROPOSAL: Said("een voorstel; besloten is het nog niet", "a proposal; it is not decided yet"),
        Status.EXAMPLE: Said("een voorbeeld, in geen bron gevonden", "an example, found in no source"),
    }
)
OVERDUE = Said(
    "De bron is langer dan een jaar geleden gelezen: lees hem opnieuw voordat je hierop vertrouwt.",
    "The source was read more than a year ago: read it again before you rely on this.",
)
