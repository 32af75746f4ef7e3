"""The figures of the study as rows of words: one builder for the terminal, Markdown and the page."""

from __future__ import annotations

from collections.abc import Sequence

from laag.foundation.words import Lang, Said
from laag.neighbourhood.sharing.fairness import Group
from laag.settlement.words import count, euros, percent
from laag.settlement.words import days as days_said
from laag.study.fairness.gains import KEYS, KINDS, MARKET, NAMES, OTHERS, OWN, TENURES, Found

COLUMNS = (OWN, OTHERS, MARKET, *KEYS)
SHARED = (MARKET, *KEYS)
WAYS = {
    "kind": Said("naar apparaten", "by devices"),
    "tenure": Said("naar koop of huur", "by tenure"),
    "cable": Said("naar kabel", "by cable"),
}
_HOMES = Said("huizen", "homes")
_GINI = Said("ongelijkheid (Gini, 0 is gelijk)", "inequality (Gini, 0 is equal)")
_THIRD = Said("deel van het derde deel dat het minst krijgt", "share of the third that gets least")
_FLEXIBILITY = Said("gestuurd wordt door", "control is by")
_NONE = Said("-", "-")
Table = list[list[str]]


def label(group: Group, lang: Lang) -> str:
    """One name, or several where some were too few."""
    words = {**KINDS, **TENURES}
    either = Said(", of ", ", or ").to(lang)
    return either.join(words[name].to(lang) if name in words else name for name in group.names)


def by_group(found: Found, way: str, lang: Lang) -> Table:
    """The head, and what a home of each group gains on average."""
    head = ["", _HOMES.to(lang), *(NAMES[column].to(lang) for column in COLUMNS)]
    return [
        head,
        *(
            [
                label(group, lang),
                count(len(group.rows), lang),
                *(euros(found.mean_units(column, group), lang) for column in COLUMNS),
            ]
            for group in found.groups(way)
        ),
    ]


def unequal(found: Found, lang: Lang) -> Table:
    """How unequally the pot is shared by each."""
    rows = [["", _GINI.to(lang), _THIRD.to(lang)]]
    for column in SHARED:
        spread, third = found.unequal(column)
        rows.append(
            [
                NAMES[column].to(lang),
                _NONE.to(lang) if spread is None else _two(spread, lang),
                _NONE.to(lang) if third is None else percent(round(100 * third), lang),
            ]
        )
    return rows


def from_whom(found: Found, lang: Lang) -> Table:
    """Whose control brings whom how much."""
    table = found.from_whom()
    head = [_FLEXIBILITY.to(lang), *(label(group, lang) for group, _ in table)]
    return [head, *([label(giver, lang), *(euros(units, lang) for _, units in row)] for giver, row in table)]


def sentences(found: Found) -> tuple[Said, ...]:
    """What stands out."""
    homes, days = len(found.days.members), found.days.days
    own, others = (int(found.columns[column].sum()) for column in (OWN, OTHERS))
    said = [
        Said(
            f"Door samen te handelen betalen {homes} huizen in {days_said(days, Lang.NL)} samen {euros(found.pot_units, Lang.NL)} minder dan elk voor "
            "zich.",
            f"By trading together {homes} homes pay {euros(found.pot_units, Lang.EN)} less in {days_said(days, Lang.EN)} than each by itself.",
        ),
        _controlled(own, others),
    ]
    none = next((group for group in found.groups("kind") if group.names == ("nothing",)), None)
    if none is not None:
        market, key = (found.mean_units(column, none) for column in (MARKET, "shapley"))
        said.append(
            Said(
                f"Een huis zonder apparaten wint naar marktprijs gemiddeld {euros(market, Lang.NL)}, en met de sleutel van Shapley "
                f"{euros(key, Lang.NL)}.",
                f"A home without devices gains {euros(market, Lang.EN)} on average at market prices, and {euros(key, Lang.EN)} by "
                "Shapley's key.",
            )
        )
    return tuple(said)


def _controlled(own: int, others: int) -> Said:
    """What control brings those who have it, and the others."""
    nl, en = (f"{euros(abs(others), lang)}" for lang in (Lang.NL, Lang.EN))
    for_them = (
        Said(
            f"het kost de anderen samen {nl}. Zon die een huis zelf gebruikt of bewaart, is er niet voor de buren.",
            f"it costs the others {en}. Sun that a home uses or keeps itself is not there for its neighbours.",
        )
        if others < 0
        else Said(f"de anderen hebben er samen {nl} voordeel van.", f"the others gain {en} by it.")
    )
    return Said(
        f"Wie stuurt, verdient daar zelf samen {euros(own, Lang.NL)} mee; {for_them.nl}",
        f"Those who control their devices earn {euros(own, Lang.EN)} by it themselves; {for_them.en}",
    )


def markdown(table: Sequence[Sequence[str]]) -> str:
    """For the documentation."""
    head, *rows = table
    return "\n".join(f"| {' | '.join(row)} |" for row in (head, ["---", *["---:"] * (len(head) - 1)], *rows))


def _two(number: float, lang: Lang) -> str:
    return f"{number:.2f}".replace(".", "," if lang is Lang.NL else ".")
