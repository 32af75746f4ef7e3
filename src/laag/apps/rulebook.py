"""The rules in force as people read them: which apply, how they stand on a day, what they amount to, and who said so."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from laag.adapters import facts, rules
from laag.foundation.words import Lang, Said
from laag.settlement.explain import named
from laag.settlement.rules import OVERDUE, STANDING_WORDS, SURE_WORDS, Rule, Standing
from laag.settlement.tariff import Facts, Figure

ORDER = (
    Standing.IN_FORCE,
    Standing.ANNOUNCED,
    Standing.PROPOSAL,
    Standing.REFERENCE,
    Standing.EXPIRED,
)
USUAL_CONNECTION = "3x25A"


@dataclass(frozen=True, slots=True)
class Told:
    """One rule as a page or a terminal shows it."""

    key: str
    title: Said
    standing: Standing
    stands: Said
    what: Said
    values: Sequence[Said]
    when: Said | None
    """``None`` where since when was not written down, and it goes on."""
    source: Said
    overdue: Said | None


def told(
    chosen: Iterable[Rule], day: date, *, today: date | None = None, network: str = f"*.{USUAL_CONNECTION}"
) -> list[Told]:
    """As they stand on a day, what holds first. ``network`` names the tariffs that are shown: ``Liander.*``."""
    now = today or day
    found = [_told(rule, day, now, network) for rule in chosen]
    return sorted(found, key=lambda one: ORDER.index(one.standing))


def overdue(today: date) -> list[Rule]:
    """Rules whose sources are to be read again."""
    return [rule for rule in rules.load() if rule.overdue(today)]


def to_be_read(today: date) -> Said | None:
    """One sentence about all that are; ``None`` where there are none."""
    old = overdue(today)
    if not old:
        return None
    keys = ", ".join(rule.key for rule in old[:3]) + (", …" if len(old) > 3 else "")
    return Said(
        f"van {len(old)} van de {len(rules.load())} regels over belasting, tarief en wet is de bron langer dan een jaar geleden gelezen "
        f"({keys}); lees ze opnieuw: laag rules --all",
        f"of {len(old)} of the {len(rules.load())} rules of tax, tariff and law the source was read more than a year ago "
        f"({keys}); read them again: laag rules --all",
    )


def _told(rule: Rule, day: date, today: date, network: str) -> Told:
    standing = rule.standing(day)
    figures = list(_figures(rule, day, network))
    values = [_worth(one, day) for one in figures]
    return Told(
        rule.key,
        rule.title,
        standing,
        STANDING_WORDS[standing],
        rule.what,
        ([rule.value] if rule.value else []) + values,
        _when(rule),
        _source(rule),
        OVERDUE if rule.overdue(today) else None,
    )


def _figures(rule: Rule, day: date, network: str) -> Iterator[Figure]:
    """Those of the day, and what follows on them in the next year."""
    if not rule.figures or rule.standing(day) is Standing.EXPIRED:
        return
    now = rule.valued(_known(day))
    later = [one for one in rule.valued(_known(date(day.year + 1, 1, 1))) if one.valid_from > day]
    yield from (one for one in (*now, *later) if _shown(one, network))


@lru_cache(8)
def _known(day: date) -> Facts:
    """Read once for all rules of a page."""
    return facts.load(day)


def _shown(one: Figure, network: str) -> bool:
    if not one.name.startswith("network."):
        return True
    operator, _, size = one.name.removeprefix("network.").partition(".")
    whose, _, which = network.partition(".")
    return whose in {"*", operator} and which in {"*", size}


def _worth(one: Figure, day: date) -> Said:
    """An amount, since when, and what it is worth knowing of it where it is not plainly so."""
    nl, en = (named(one, lang) for lang in Lang)
    sure = SURE_WORDS[one.status]
    from_nl = f"vanaf {one.valid_from}" if one.valid_from > day else f"sinds {one.valid_from}"
    from_en = f"from {one.valid_from}" if one.valid_from > day else f"since {one.valid_from}"
    return Said(f"{nl}, {from_nl} ({sure.nl})", f"{en}, {from_en} ({sure.en})")


def _when(rule: Rule) -> Said | None:
    match rule.first, rule.last:
        case None, None:
            return None
        case first, None:
            return Said(f"vanaf {first}", f"from {first}")
        case None, last:
            return Said(f"tot en met {last}", f"up to and including {last}")
        case first, last:
            return Said(f"van {first} tot en met {last}", f"from {first} up to and including {last}")


def _source(rule: Rule) -> Said:
    sure = SURE_WORDS[rule.sure]
    return Said(
        f"{rule.source}; {sure.nl}; gelezen in {rule.read_on:%Y-%m}",
        f"{rule.source}; {sure.en}; read in {rule.read_on:%Y-%m}",
    )
