"""One reason as one sentence."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from math import isfinite
from types import MappingProxyType

from laag.foundation.words import Lang, Said
from laag.home.reasons.codes import Code, Doing
from laag.home.reasons.near import ABOUT_THE_SAME_EUR_PER_KWH, SAME_EUR_PER_KWH
from laag.home.reasons.reason import Alternative, Number, Reason, Span
from laag.home.reasons.sentences import CHEAPER, KINDS, OTHERWISE, STREET_GIVES, STREET_TAKES
from laag.home.reasons.words import cents, in_tenths, written

_WORTH_TELLING_EUR_PER_KWH = 0.01
_AGAINST_NO_PLAN = {Code.CHEAPEST, Code.CHEAPEST_WITH_ROOM}
"""Where what a home without a plan does is the plainer comparison."""
_ABOUT = {Doing.KEEP}
"""Where the difference is no more than about right, with a guess in it."""
_STARTS = {Doing.START_THEN, Doing.START_EARLIER}
"""Where a whole programme moves: by what a first bit of it costs alone, the difference is no more than about right."""
_COMPARES_ALREADY = {
    Code.SUN_USED,
    Code.SUN_SOLD,
    Code.SUN_FOR_LATER,
    Code.CHEAP_FOR_LATER,
    Code.MAKES_ROOM,
    Code.CHARGES_ON_SUN,
    Code.CHARGES_EXTRA,
    Code.HEATS_ON_SUN,
    Code.WATER_ON_SUN,
}
"""Where the sentence itself has the comparison."""
_WHOSE = {
    "dso": Said("de netbeheerder", "the grid operator"),
    "community": Said("de buurt", "the neighbourhood"),
    "neighbours": Said("de buren", "the neighbours"),
    "agreement": Said("de afspraak met de buren", "the agreement with the neighbours"),
    "law": Said("de wet", "the law"),
    "wish": Said("je eigen wens", "your own wish"),
    "default": Said("de standaardinstelling", "the default setting"),
}


_NAMED = {
    "dso:flexibility": Said(
        "de netbeheerder, aan wie je dit verkocht", "the grid operator, to whom you sold this"
    ),
    "dso:full cable": Said(
        "de netbeheerder, want de kabel is vol", "the grid operator, for the cable is full"
    ),
}
"""What is named after what it is rather than after who says it."""


def say(reason: Reason, language: Lang | str, called: Mapping[str, Said] = MappingProxyType({})) -> str:
    """The reason in one sentence, with one comparison where there is one; ``called`` are better names of sources."""
    return _said(reason, called.get(reason.source) or whose(reason.source)).to(Lang(language))


def _said(reason: Reason, who: Said) -> Said:
    kind = KINDS[reason.code]
    because = kind.claimed if reason.source and kind.claimed.en else kind.because
    parts = [because.filled({**reason.numbers, "who": ""}, _writer(who, _alike(reason.numbers)))]
    compared = _compared(reason)
    if compared is not None:
        parts.append(compared)
    street = reason.numbers.get("street_kw")
    if isinstance(street, float) and isfinite(street):
        parts.append(
            (STREET_TAKES if street >= 0 else STREET_GIVES).filled({"street_kw": abs(street)}, written)
        )
    return Said("; ".join(one.nl for one in parts) + ".", "; ".join(one.en for one in parts) + ".")


def _alike(numbers: Mapping[str, Number]) -> frozenset[str]:
    """The prices that would be said as the same whole cents, though they differ."""
    prices = {
        name: number
        for name, number in numbers.items()
        if name.endswith("_eur_per_kwh") and isinstance(number, float) and isfinite(number)
    }
    return frozenset(
        name
        for name, price in prices.items()
        for other in prices.values()
        if abs(price - other) > SAME_EUR_PER_KWH
        and cents(price, Lang.EN) == cents(other, Lang.EN) != in_tenths(price, Lang.EN)
    )


def _writer(who: Said, alike: frozenset[str]) -> Callable[[str, Number, Lang], str]:
    def write(name: str, number: Number, lang: Lang) -> str:
        if name in alike:
            return in_tenths(number, lang)
        return who.to(lang) if name == "who" else written(name, number, lang)

    return write


def _compared(reason: Reason) -> Said | None:
    other = None if reason.code in _COMPARES_ALREADY else reason.next_best
    if reason.code in _AGAINST_NO_PLAN and _tells(reason.unplanned):
        other = reason.unplanned
    if other is None:
        return None
    roughly = other.doing in _STARTS and other.at_most_eur_per_kwh is None
    about = roughly or other.doing in _ABOUT
    least, most = _ends(other)
    worst = Span(round(least, 2), round(most, 2)) if about else Span(least, most)
    numbers: dict[str, Number] = {"worse_eur_per_kwh": worst}
    if other.at is not None:
        numbers["other_at"] = other.at
    if least < -SAME_EUR_PER_KWH:
        return CHEAPER.filled({"worse_eur_per_kwh": -least}, written) if most < 0 else None
    worse, same = OTHERWISE[other.doing]
    nothing = ABOUT_THE_SAME_EUR_PER_KWH if about else SAME_EUR_PER_KWH
    if roughly and least <= nothing:
        return None
    if most <= nothing:
        return same.filled(numbers, written)
    write = _roughly if roughly else written if least > nothing else _at_most if about else _up_to
    return worse.filled(numbers, write)


def _roughly(name: str, number: Number, lang: Lang) -> str:
    text = written(name, number, lang)
    return f"{Said('ongeveer', 'about').to(lang)} {text}" if isinstance(number, Span) else text


def _at_most(name: str, number: Number, lang: Lang) -> str:
    """Said to be about so much already."""
    return written(name, number.high if isinstance(number, Span) else number, lang)


def _up_to(name: str, number: Number, lang: Lang) -> str:
    """A difference that may be none."""
    if not isinstance(number, Span):
        return written(name, number, lang)
    return f"{Said('tot', 'up to').to(lang)} {written(name, number.high, lang)}"


def _tells(other: Alternative | None) -> bool:
    return other is not None and _ends(other)[1] >= _WORTH_TELLING_EUR_PER_KWH


def _ends(other: Alternative) -> tuple[float, float]:
    ends = [
        end
        for one in (other.worse_eur_per_kwh, other.at_most_eur_per_kwh)
        if one is not None
        for end in ((one.low, one.high) if isinstance(one, Span) else (one,))
    ]
    return min(ends), max(ends)


def whose(source: str) -> Said:
    """Who stands behind a source: the word before its colon, in both languages, with its name if it has one.

    >>> whose("dso:emergency 12").en, whose("wish:no car 17-20").nl, whose("the harbour").en
    ('the grid operator (emergency 12)', 'je eigen wens (no car 17-20)', 'the harbour')
    """
    if (named := _NAMED.get(source)) is not None:
        return named
    known, colon, name = source.partition(":")
    who = _WHOSE.get(known)
    if who is None:
        return Said(source, source)
    return Said(f"{who.nl} ({name})", f"{who.en} ({name})") if colon and name else who
