"""A ruling in one sentence."""

from __future__ import annotations

from collections.abc import Mapping

from laag.foundation.words import Lang, Said
from laag.home.conflicts import sentences
from laag.home.conflicts.called import called, machine_called, quoted
from laag.home.conflicts.request import NEEDS, WARM, Kind, Request
from laag.home.conflicts.ruling import Change, Outcome, Ruling, Taken
from laag.home.conflicts.words import written
from laag.home.ladder.words import RUNGS
from laag.home.reasons import Subject
from laag.home.reasons.reason import Number, Span
from laag.home.reasons.stretches import on_one_day

_A_CENT = 0.005
_ON_KW = 0.03
_TOLD = 2
"""How many of those who got less are named."""


def say(ruling: Ruling, language: Lang | str) -> str:
    """What was asked, what came of it and why, what it cost, and what would have happened otherwise."""
    return _said(ruling).to(Lang(language))


def say_apart(ruling: Ruling, language: Lang | str) -> tuple[str, ...]:
    """The same in sentences: what came of it, what others got less, and what it cost or would have been otherwise."""
    lang = Lang(language)
    told = [
        Said("; ".join(one.nl for one in part), "; ".join(one.en for one in part))
        for part in _parts(ruling)
        if part
    ]
    return tuple(_capital(one.to(lang)) + "." for one in told)


def _said(ruling: Ruling) -> Said:
    parts = [one for part in _parts(ruling) for one in part]
    nl, en = ("; ".join(part.to(lang) for part in parts) + "." for lang in Lang)
    return Said(_capital(nl), _capital(en))


def _parts(ruling: Ruling) -> tuple[list[Said], list[Said], list[Said]]:
    took = (
        [_filled(sentences.TAKES, items=_and([_taken(one) for one in ruling.took[:_TOLD]]))]
        if ruling.took
        else []
    )
    more: list[Said] = []
    # What a need costs is the day's bill; and what made no difference to itself is not worth its side effects.
    if ruling.request.kind not in NEEDS and ruling.outcome is not Outcome.UNMET:
        more += _costs(ruling)
        if ruling.otherwise is not None:
            more.append(_otherwise(ruling.otherwise))
    return [_asks(ruling.request), _comes(ruling)], took, more


def _asks(request: Request) -> Said:
    wish = quoted(request.source)
    if wish is not None:
        default = request.source.startswith("default:")
        return _filled(sentences.DEFAULT if default else sentences.WISH, wish=wish)
    who, numbers = called(request), _numbers(request)
    if request.kind in sentences.NEEDED:
        machine = machine_called(request.name)
        return _filled(sentences.NEEDED[request.kind], numbers, who=who, machine=machine)
    none = request.high == 0 and request.kind in sentences.CLAIMED_NONE
    claimed = (sentences.CLAIMED_NONE if none else sentences.CLAIMED)[request.kind]
    return _filled(sentences.ASKED_BY, who=who, what=_filled(claimed, numbers, hours=_hours(request)))


def _numbers(request: Request) -> dict[str, Number]:
    span: Number = Span(request.low, request.high) if request.low != request.high else request.high
    numbers: dict[str, Number] = {f"span_{unit}": span for unit in ("kw", "kwh", "c")}
    numbers |= {f"low_{unit}": request.low for unit in ("kw", "c")}
    numbers |= {f"high_{unit}": request.high for unit in ("kw", "kwh", "c")}
    if request.until is not None:
        numbers["until_at"] = request.until
    return numbers


def _hours(request: Request) -> Said:
    since, until = request.since, request.until
    if since is None and until is None:
        return Said()
    if since is not None and until is not None:
        since, until = on_one_day(since, until)
    numbers: dict[str, Number] = {}
    if since is not None:
        numbers["since_by"] = since
    if until is not None:
        numbers["until_by"] = until
    which = sentences.HOURS if len(numbers) == 2 else sentences.UNTIL if since is None else sentences.SINCE
    said = _filled(which, numbers)
    return Said(f"{said.nl} ", f" {said.en}")


def _comes(ruling: Ruling) -> Said:
    kind, outcome = ruling.request.kind, ruling.outcome
    comes = sentences.COMES[outcome]
    if outcome in sentences.COMES_OF_A_LEVEL and (kind in WARM or kind is Kind.STORED):
        comes = sentences.COMES_OF_A_LEVEL[outcome]
    elif kind is Kind.PROGRAMME and outcome in {Outcome.PARTLY, Outcome.UNMET}:
        comes = sentences.COMES_OF_A_PROGRAMME
    worst = "worst_c" if kind in WARM else "worst_kwh"
    said = _filled(
        comes,
        {"missed_kwh": ruling.missed},
        worst=Said(*(written(worst, ruling.worst, lang) for lang in Lang)),
    )
    why = _why(ruling)
    return said if why is None else Said(f"{said.nl}, {why.nl}", f"{said.en}, {why.en}")


def _why(ruling: Ruling) -> Said | None:
    if ruling.outcome not in {Outcome.PARTLY, Outcome.UNMET}:
        return None
    mine = ruling.request
    if not ruling.decided_by:
        return sentences.CANNOT.get(mine.kind)
    them = [
        _filled(
            sentences.EQUAL if one.rung == mine.rung else sentences.HIGHER,
            who=called(one),
            above=RUNGS[one.rung],
            below=RUNGS[mine.rung],
        )
        for one in ruling.decided_by[:_TOLD]
    ]
    return _filled(sentences.BECAUSE, them=_and(them))


def _taken(one: Taken) -> Said:
    kind = one.request.kind
    numbers: dict[str, Number] = {
        "taken_kwh": one.worst if kind is Kind.STORED else one.amount,
        "taken_c": one.worst,
    }
    taken = sentences.TAKEN.get(kind, sentences.BEYOND) if one.request.alone else sentences.BEYOND
    return _filled(
        taken,
        numbers,
        who=called(one.request),
        machine=machine_called(one.request.name),
    )


def _costs(ruling: Ruling) -> list[Said]:
    cost_eur = ruling.cost_eur
    if cost_eur is None:
        return []
    if abs(cost_eur) >= _A_CENT:
        return [_filled(sentences.COSTS if cost_eur > 0 else sentences.SAVES, {"cost_eur": cost_eur})]
    return [sentences.FOR_NOTHING] if ruling.outcome is Outcome.MET and not ruling.took else []


def _otherwise(change: Change) -> Said:
    then, now = (_doing(change.subject, kw) for kw in (change.otherwise_kw, change.planned_kw))
    alike = now is then or {now, then} == {sentences.GIVES, sentences.GIVES_NONE}
    instead = now.amount if alike and now.amount.en else now.instead_of
    return _filled(
        sentences.OTHERWISE,
        device=sentences.DEVICES[change.subject],
        at=Said(*(written("_at", change.at, lang) for lang in Lang)),
        then=_filled(then.would, {"power_kw": abs(change.otherwise_kw)}),
        now=_filled(instead, {"power_kw": abs(change.planned_kw)}),
    )


def _doing(subject: Subject, kw: float) -> sentences.Doing:
    if abs(kw) < _ON_KW:
        return sentences.GIVES_NONE if subject is Subject.PV else sentences.RESTS
    return sentences.TAKING.get(subject, sentences.TAKES_KW) if kw > 0 else sentences.GIVES


def _filled(template: Said, numbers: Mapping[str, Number] | None = None, **words: Said) -> Said:
    """With every number written in each language, and every word put in its place."""
    return template.filled({**(numbers or {}), **words}, _written)


def _written(name: str, value: Number | Said, lang: Lang) -> str:
    return value.to(lang) if isinstance(value, Said) else written(name, value, lang)


def _and(items: list[Said]) -> Said:
    return Said(*(sentences.AND.to(lang).join(item.to(lang) for item in items) for lang in Lang))


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
