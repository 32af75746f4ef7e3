"""What a shadow run found, in sentences."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from laag.cycle.live.views.sentences import HALF_A_CENT, tell
from laag.cycle.shadow.days import LACKS
from laag.cycle.shadow.table import YEAR_DAYS, Effect, Share, Table
from laag.foundation.words import Lang, Said, dated

OTHERWISE = Said(
    "Dit is gerekend met de orders die huizen toen stuurden. Onder andere regels hadden mensen en hun apparaten anders "
    "besteld, en dat telt hier niet mee: zie het als richting, niet als belofte.",
    "This is reckoned with the orders that homes sent then. Under other rules people and their devices would have ordered "
    "otherwise, and that is left out here: take it as a direction, not as a promise.",
)
YEARLY = Said(
    f"Bedragen per jaar zijn die van deze dagen, maal {YEAR_DAYS} gedeeld door het aantal dagen. Een heel jaar is anders dan deze dagen.",
    f"Amounts a year are those of these days, times {YEAR_DAYS} over the number of days. A whole year is not like these days.",
)
_USED = Said(
    "Opnieuw gerekend over {days}, van {first} tot en met {last}.",
    "Worked out again over {days}, from {first} to {last}.",
)
_IDLE = Said(
    "Dit voorstel verandert niets aan dagen die geweest zijn: het gaat over wat vanaf de eerste dag geldt.",
    "This proposal changes nothing of days that have been: it is about what holds from its first day on.",
)
_ALSO_IDLE = Said(
    "Een deel van het voorstel verandert niets aan dagen die geweest zijn, en staat niet in deze tabel: {which}.",
    "Part of the proposal changes nothing of days that have been, and is not in this table: {which}.",
)
_NO_DAYS = Said(
    "Er is nog geen verrekende dag om het voorstel op te proberen. Er kan toch gestemd worden; wie liever eerst een uitkomst ziet, stemt later of onthoudt zich.",
    "There is no settled day yet to try the proposal on. It can be voted on all the same; who would rather see an outcome first can vote later or abstain.",
)
_LEFT_OUT = Said(
    "{number_count} dagen konden niet mee: {which}.", "{number_count} days could not be used: {which}."
)
_ONE_LEFT_OUT = Said("Eén dag kon niet mee: {which}.", "One day could not be used: {which}.")
_NO_DIFFERENCE = Said(
    "Op deze dagen had het voorstel voor niemand iets uitgemaakt.",
    "On these days the proposal would have made no difference to anybody.",
)
_SKIPPED = Said(
    "{number_count} keer had wat na de markt gebeurde (een wijziging, iets voor de netbeheerder) niet zo gekund; dat is weggelaten.",
    "{number_count} times what came after the market (a change, something for the grid operator) could not have been so; that is left out.",
)
_FEW = Said(
    "Er doen minder dan {floor_count} huizen mee. Wie erop vooruit- of achteruitgaat zou verraden wat één huis deed; ieder ziet alleen het eigen huis.",
    "Fewer than {floor_count} homes take part. Who gains and who loses would give away what one home did; each sees its own home only.",
)
_WHO = Said(
    "Van {homes_count} huizen gaan er {gain_count} op vooruit en {lose_count} op achteruit; voor {same_count} maakt het minder dan een halve cent uit.",
    "Of {homes_count} homes {gain_count} gain and {lose_count} lose; for {same_count} it makes less than half a cent.",
)
_MIDDLE = (
    Said(
        "Het middelste huis betaalt ongeveer {middle_units} per jaar meer.",
        "The home in the middle pays about {middle_units} a year more.",
    ),
    Said(
        "Het middelste huis betaalt ongeveer {middle_units} per jaar minder.",
        "The home in the middle pays about {middle_units} a year less.",
    ),
)
_MOST = Said(
    "Niemand gaat er meer dan {gain_eur} per jaar op vooruit, en niemand meer dan {lose_eur} op achteruit.",
    "Nobody gains more than {gain_eur} a year, and nobody loses more than {lose_eur}.",
)
_OWN = (
    Said(
        "Jouw huis had over {days} {units} meer betaald. In een jaar van zulke dagen is dat ongeveer {year_units} meer.",
        "Your home would have paid {units} more over {days}. In a year of such days that is about {year_units} more.",
    ),
    Said(
        "Jouw huis had over {days} {units} minder betaald. In een jaar van zulke dagen is dat ongeveer {year_units} minder.",
        "Your home would have paid {units} less over {days}. In a year of such days that is about {year_units} less.",
    ),
)
_OWN_SAME = Said(
    "Voor jouw huis had het over {days} minder dan een halve cent uitgemaakt.",
    "For your home it would have made less than half a cent over {days}.",
)


def told(table: Table) -> tuple[Said, ...]:
    """What is said of a whole table, the most important first; nothing of any one home."""
    if len(table.idle) == len(table.articles):
        return (_IDLE,)
    if not table.replayed:
        return (_NO_DAYS, *_left_out(table))
    return (
        _used(table.days),
        *(who(table.street) if table.street else (tell(_FEW, {"floor_count": table.floor}),)),
        *_left_out(table),
        *_more(table),
        OTHERWISE,
        *((YEARLY,) if table.street else ()),
    )


def who(share: Share) -> tuple[Said, ...]:
    """Of a group of homes."""
    if share.gain == share.lose == 0:
        return (_NO_DIFFERENCE,)
    counts = {
        "homes_count": share.homes,
        "gain_count": share.gain,
        "lose_count": share.lose,
        "same_count": share.same,
    }
    found = [tell(_WHO, counts)]
    if share.median_units:
        found.append(tell(_MIDDLE[share.median_units < 0], {"middle_units": abs(share.median_units)}))
    euros = {"gain_eur": f"€ {share.most_gained_eur}", "lose_eur": f"€ {share.most_lost_eur}"}
    most = tell(_MOST, euros)
    return (*found, Said(most.nl, most.en.replace("€ ", "€")))


def own(effect: Effect) -> Said:
    """To a home of itself."""
    if abs(effect.change_units) < HALF_A_CENT:
        return tell(_OWN_SAME, {"days": effect.days})
    return tell(
        _OWN[effect.change_units < 0],
        {
            "days": effect.days,
            "units": abs(effect.change_units),
            "year_units": abs(effect.per_year_units),
        },
    )


def _used(days: Sequence[date]) -> Said:
    first, last = dated(days[0]), dated(days[-1])
    both = (
        _USED.to(lang).replace("{first}", first.to(lang)).replace("{last}", last.to(lang)) for lang in Lang
    )
    return tell(Said(*both), {"days": len(days)})


def _left_out(table: Table) -> tuple[Said, ...]:
    """Which days lacked what, by what they lacked."""
    if not table.missing:
        return ()
    by_lack: dict[str, list[str]] = {}
    for day, lack in table.missing:
        by_lack.setdefault(lack, []).append(day.isoformat())
    which = Said(
        *(
            "; ".join(
                f"{_some(days, more)} ({getattr(LACKS[lack], language)})" for lack, days in by_lack.items()
            )
            for language, more in (("nl", "en nog {}"), ("en", "and {} more"))
        )
    )
    said = tell(
        _ONE_LEFT_OUT if len(table.missing) == 1 else _LEFT_OUT,
        {"number_count": len(table.missing), "which": "{which}"},
    )
    return (Said(said.nl.replace("{which}", which.nl), said.en.replace("{which}", which.en)),)


def _some(days: Sequence[str], more: str) -> str:
    """The first three, and how many more.

    >>> _some(["a", "b", "c", "d", "e"], "and {} more")
    'a, b, c and 2 more'
    """
    rest = len(days) - 3
    return ", ".join(days[:3]) + (f" {more.format(rest)}" if rest > 0 else "")


def _more(table: Table) -> tuple[Said, ...]:
    found = []
    if table.idle:
        found.append(tell(_ALSO_IDLE, {"which": ", ".join(table.idle)}))
    if table.left_out > 0:
        found.append(tell(_SKIPPED, {"number_count": table.left_out}))
    return tuple(found)
