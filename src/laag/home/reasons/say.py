"""One reason as one sentence."""

from __future__ import annotations

from collections.abc import Callable

from laag.foundation.words import Lang, Said
from laag.home.reasons.codes import Code
from laag.home.reasons.column import SAME_EUR_PER_KWH
from laag.home.reasons.reason import Alternative, Number, Reason, Span
from laag.home.reasons.sentences import CHEAPER, KINDS, OTHERWISE, STREET
from laag.home.reasons.words import written

_WORTH_TELLING_EUR_PER_KWH = 0.01
_AGAINST_NO_PLAN = {Code.CHEAPEST, Code.CHEAPEST_WITH_ROOM}
"""Where what a home without a plan does is the plainer comparison."""
_WHOSE = {
    "dso": Said("de netbeheerder", "the grid operator"),
    "community": Said("de buurt", "the neighbourhood"),
    "neighbours": Said("de buren", "the neighbours"),
    "agreement": Said("de afspraak met de buren", "the agreement with the neighbours"),
    "law": Said("de wet", "the law"),
    "wish": Said("je eigen wens", "your own wish"),
    "default": Said("de standaardinstelling", "the default setting"),
}


def say(reason: Reason, language: Lang | str) -> str:
    """The reason in one sentence, with one comparison where there is one."""
    lang = Lang(language)
    return _said(reason).to(lang)


def _said(reason: Reason) -> Said:
    kind = KINDS[reason.code]
    because = kind.claimed if reason.source and kind.claimed.en else kind.because
    parts = [because.filled({**reason.numbers, "who": ""}, _writer(reason))]
    compared = _compared(reason)
    if compared is not None:
        parts.append(compared)
    if "street_kw" in reason.numbers:
        parts.append(STREET.filled(reason.numbers, _writer(reason)))
    return Said("; ".join(one.nl for one in parts) + ".", "; ".join(one.en for one in parts) + ".")


def _writer(reason: Reason) -> Callable[[str, Number, Lang], str]:
    def write(name: str, number: Number, lang: Lang) -> str:
        return whose(reason.source).to(lang) if name == "who" else written(name, number, lang)

    return write


def _compared(reason: Reason) -> Said | None:
    other = reason.next_best
    if reason.code in _AGAINST_NO_PLAN and _tells(reason.unplanned):
        other = reason.unplanned
    if other is None:
        return None
    least, most = _ends(other)
    numbers: dict[str, Number] = {"worse_eur_per_kwh": other.worse_eur_per_kwh}
    if other.at is not None:
        numbers["other_at"] = other.at
    if least < -SAME_EUR_PER_KWH:
        return CHEAPER.filled({"worse_eur_per_kwh": -least}, written) if most < 0 else None
    worse, same = OTHERWISE[other.doing]
    return (same if most <= SAME_EUR_PER_KWH else worse).filled(numbers, written)


def _tells(other: Alternative | None) -> bool:
    return other is not None and _ends(other)[0] >= _WORTH_TELLING_EUR_PER_KWH


def _ends(other: Alternative) -> tuple[float, float]:
    worse = other.worse_eur_per_kwh
    return (worse.low, worse.high) if isinstance(worse, Span) else (worse, worse)


def whose(source: str) -> Said:
    """Who stands behind a source: the word before its colon, in both languages, with its name if it has one.

    >>> whose("dso:emergency 12").en, whose("wish:no car 17-20").nl, whose("the harbour").en
    ('the grid operator (emergency 12)', 'je eigen wens (no car 17-20)', 'the harbour')
    """
    known, colon, name = source.partition(":")
    who = _WHOSE.get(known)
    if who is None:
        return Said(source, source)
    return Said(f"{who.nl} ({name})", f"{who.en} ({name})") if colon and name else who
