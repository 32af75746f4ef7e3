"""What evidence proved of a line, and how far that goes."""

from __future__ import annotations

from dataclasses import dataclass

from laag.foundation.words import Said
from laag.ledger.canonical import Words
from laag.ledger.evidence import Pin
from laag.ledger.members import quorum


@dataclass(frozen=True, slots=True)
class Verified:
    """What was verified, and how far it goes."""

    says: Words
    """The household's line."""
    key: str
    """Of the entry that it is under."""
    index: int
    pin: Pin
    """The head, for the household to keep."""
    signed: tuple[str, ...]
    """Who signed the head."""
    stands: tuple[str, ...]
    """Who wrote the entry, and who recomputed it and got the same."""
    recomputed: tuple[str, ...]
    """The latter alone."""
    members: int

    @property
    def final(self) -> bool:
        """Whether more than two thirds of the members stand for the entry."""
        return len(self.stands) >= quorum(self.members)

    @property
    def said(self) -> Said:
        """All of it in one sentence."""
        others = ", ".join(self.recomputed)
        final = (
            Said("daarmee is het definitief", "that makes it final")
            if self.final
            else Said("definitief is het nog niet", "it is not final yet")
        )
        return Said(
            f"Deze regel ligt vast in {self.key}, in een grootboek dat is ondertekend door {len(self.signed)} van de "
            f"{self.members} leden; met dezelfde uitkomst nagerekend door {others or 'nog niemand'}: {final.nl}.",
            f"This line is committed in {self.key}, in a ledger signed by {len(self.signed)} of the "
            f"{self.members} members; recomputed with the same result by {others or 'nobody yet'}: {final.en}.",
        )
