"""Whether an answer can be meant: what is not keeps nobody waiting and moves nobody."""

from __future__ import annotations

import numpy as np

from laag.foundation.contracts import Ints
from laag.foundation.words import Said
from laag.neighbourhood.coordination.messages import Answer, Connection

_KEPT = Said("Wat je het laatst doorgaf blijft staan.", "What you told last stands.")


def refused(
    answer: Answer, home: Connection, count: int, before: Ints | None, moved_wh: int, most_cents: int
) -> Said | None:
    """Why an answer does not count; ``None`` where it does."""
    wh = answer.wh
    if not isinstance(wh, np.ndarray) or wh.dtype.kind != "i" or wh.ndim != 1:
        return _and_kept(
            "Je antwoord bestaat niet uit gehele wattuur per kwartier.",
            "Your answer is not whole watt-hours per quarter-hour.",
        )
    if len(wh) != count:
        return _and_kept(
            f"Je antwoord telt {len(wh)} kwartieren; gevraagd waren er {count}.",
            f"Your answer has {len(wh)} quarter-hours; {count} were asked.",
        )
    beyond = np.flatnonzero((wh > home.import_max_wh) | (wh < -home.export_max_wh))
    if len(beyond):
        at = int(beyond[0])
        return _and_kept(
            f"In kwartier {at + 1} zeg je {int(wh[at])} Wh, meer dan je aansluiting aankan.",
            f"In quarter-hour {at + 1} you say {int(wh[at])} Wh, more than your connection carries.",
        )
    if abs(answer.beside_cents) > most_cents:
        return _and_kept(
            "Wat deze dag je verder zou kosten is meer dan alle stroom door je aansluiting.",
            "What this day would cost you beside is more than all the energy through your connection.",
        )
    if before is not None and abs(int(wh.sum()) - int(before.sum())) > moved_wh:
        return _and_kept(
            f"Je dag verschilt meer dan {moved_wh // 1000} kWh van de eerste die je doorgaf.",
            f"Your day differs by more than {moved_wh // 1000} kWh from the first that you told.",
        )
    return None


def late(answer: Answer, now: int) -> Said:
    """It answers another round than the one that is open."""
    return _and_kept(
        f"Je antwoordt op ronde {answer.round}; nu is ronde {now} open.",
        f"You answer round {answer.round}; round {now} is open now.",
    )


def missing() -> Said:
    """It did not answer before the round was closed."""
    return _and_kept("Je antwoord kwam niet op tijd.", "Your answer did not come in time.")


def twice() -> Said:
    """It told two different days in one round."""
    return _and_kept(
        "Je gaf in één ronde twee verschillende dagen door; geen van beide telt.",
        "You told two different days in one round; neither counts.",
    )


def stranger() -> Said:
    """It does not take part."""
    return Said(
        "Deze aansluiting doet niet mee aan deze rondes.", "This connection takes no part in these rounds."
    )


def over() -> Said:
    """The rounds are over."""
    return Said("De rondes van deze dag zijn afgelopen.", "The rounds of this day are over.")


def _and_kept(nl: str, en: str) -> Said:
    return Said(f"{nl} {_KEPT.nl}", f"{en} {_KEPT.en}")
