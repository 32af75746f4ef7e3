"""What is said of machines that run a programme once."""

from __future__ import annotations

from laag.foundation.words import Said
from laag.home.ladder import Rung
from laag.home.reasons.codes import Bound, Code
from laag.home.reasons.sentences.kind import Kind

KINDS: dict[Code, Kind] = {
    Code.RUN_GOES_ON: Kind(
        Rung.COMFORT,
        Bound.WISH,
        Said("Is begonnen en maakt zijn programma af", "Has begun and finishes its programme"),
    ),
    Code.RUN_CHEAPEST: Kind(
        Rung.MARKET,
        Bound.PRICE,
        Said(
            "Draait vanaf {start_by}, het goedkoopst om vóór {deadline_by} klaar te zijn",
            "Runs from {start_by}, the cheapest way to be done before {deadline_by}",
        ),
    ),
    Code.RUN_ONLY: Kind(
        Rung.COMFORT,
        Bound.WISH,
        Said(
            "Draait vanaf {start_by}, want anders is hij vóór {deadline_by} niet klaar",
            "Runs from {start_by}, or it would not be done before {deadline_by}",
        ),
    ),
    Code.RUN_WAITS: Kind(
        Rung.MARKET,
        Bound.PRICE,
        Said("Wacht tot {start_by}", "Waits until {start_by}"),
    ),
    Code.RUN_NOT_YET: Kind(
        Rung.COMFORT,
        Bound.WISH,
        Said("Mag pas vanaf {earliest_by} beginnen", "May begin only from {earliest_by}"),
    ),
    Code.RUN_DONE: Kind(Rung.COMFORT, Bound.LEVEL, Said("Is klaar", "Is done")),
    Code.RUN_LATER: Kind(
        Rung.MARKET,
        Bound.WORTH,
        Said(
            "Wacht tot na dit plan: ook dan is hij nog vóór {deadline_by} klaar",
            "Waits until after this plan: even then it is done before {deadline_by}",
        ),
    ),
    Code.RUN_NO_ROOM: Kind(
        Rung.COMFORT,
        Bound.LIMIT,
        Said(
            "Draait niet, want vóór {deadline_by} is er geen ruimte voor zijn programma",
            "Does not run, because there is no room for its programme before {deadline_by}",
        ),
    ),
    Code.RUN_FITS: Kind(
        Rung.MARKET,
        Bound.WORTH,
        Said(
            "Draait vanaf {start_by}, want dat past het best bij de rest van de dag",
            "Runs from {start_by}, because that fits the rest of the day best",
        ),
    ),
}
