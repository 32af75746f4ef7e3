"""An energy scan of this home, for its household: what is seen, what can be done, and what it brought."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from datetime import date
from typing import Any

from fastapi import APIRouter, Request
from starlette.datastructures import FormData
from starlette.responses import HTMLResponse, RedirectResponse, Response

from laag.apps.agent.pages.everyone import kept, words
from laag.apps.agent.pages.here import Here, here
from laag.apps.agent.pages.written import filled
from laag.apps.home.words import decimal, euros
from laag.apps.web.languages import language
from laag.apps.web.written import day as in_words
from laag.foundation.errors import BadInput
from laag.foundation.words import Lang, Said, pointed
from laag.home.scan import Days, Dwelling, DwellingKind, HeatedBy, Measure, Scan, Stage, effects, scan
from laag.home.scan.dwelling import HEATED_WORDS, KIND_WORDS
from laag.home.scan.effect import Effect
from laag.home.scan.rules import RULES, WHO_WORDS

router = APIRouter(include_in_schema=False)
_FIRST_DAYS = 7
STEPS = {"insight": words.INSIGHT, "control": words.CONTROL} | {name: one.what for name, one in RULES.items()}
"""What a household can say that it did."""


@router.get("/advice")
async def page(request: Request) -> HTMLResponse:
    """All of it."""
    return _page(here(request), request)


def _page(home: Here, request: Request, *, why: Said | None = None, status: int = 200) -> HTMLResponse:
    said = kept.dwelling(home.life.store)
    return home.web.page(
        request,
        "home/everyone/advice.html",
        status=status,
        t=words,
        why=why,
        **advice(home, language(request)),
        home=said,
        gas_eur=(home.life.store.kept(kept.DWELLING) or {}).get("gas_eur"),
        kinds=[("", words.UNSAID), *((one.value, KIND_WORDS[one]) for one in DwellingKind)],
        heats=[(one.value, HEATED_WORDS[one]) for one in HeatedBy],
        tenure=[("", words.OWNED), ("yes", words.RENTED)],
        steps=list(STEPS.items()),
        today=home.today.isoformat(),
    )


def advice(home: Here, lang: Lang) -> dict[str, Any]:
    """What the scan says, ready to be shown to the household or to whom it lets look."""
    store, days = home.life.store, kept.days(home.life, home.today)
    asked, said = kept.prices(home.life, home.today), kept.dwelling(store)
    found = scan(days, said, asked)
    return {
        "seen": list(_seen(found, lang)),
        "measures": [_measure(one, lang) for one in found.measures],
        "example_prices": filled(words.EXAMPLE_PRICES, lang, gas=euros(asked.eur_per_m3, lang))
        if asked.examples and any(one.unit == "m³" for one in found.measures)
        else "",
        "effects": list(_effects(days, kept.stages(store), lang)),
        "rents": said.rents,
    }


def _seen(found: Scan, lang: Lang) -> Iterator[str]:
    if not found.days:
        yield words.NOTHING_YET.to(lang)
        return
    if found.days < _FIRST_DAYS:
        yield filled(words.FIRST_DAYS, lang, days=found.days)
    for one in found.seen if found.base_kw is not None or found.heating is not None else ():
        yield one.to(lang)


def _measure(one: Measure, lang: Lang) -> dict[str, Any]:
    numbers = {name: _number(name, value, one.unit, lang) for name, value in one.numbers}
    return {
        "code": one.code,
        "what": one.rule.what,
        "saves": filled(
            words.SAVES,
            lang,
            about=_whole_euros(one.eur.about, lang),
            low=_whole_euros(one.eur.low, lang),
            high=_whole_euros(one.eur.high, lang),
            amount=pointed(str(round(one.saves.about)), lang),
            unit=one.unit,
        ),
        "how": one.rule.how.to(lang).format(**numbers),
        "who": WHO_WORDS[one.who],
        "source": one.rule.source,
    }


def _number(name: str, value: float, unit: str, lang: Lang) -> str:
    if name == "per_degree":
        return f"{decimal(value, 2, lang)} {unit}"
    return pointed(str(round(value)), lang)


def _whole_euros(amount: float, lang: Lang) -> str:
    return euros(round(amount), lang).removesuffix(",00").removesuffix(".00")


def _effects(days: Days, stages: list[Stage], lang: Lang) -> Iterator[dict[str, Any]]:
    power = effects(days.first, days.electricity_kwh, days.outdoor_c, stages)
    gas = effects(days.first, days.gas_m3, days.outdoor_c, stages)
    for stage, kwh, m3 in zip(stages, power, gas, strict=True):
        said = [_effect(stage, kwh, "kWh", words.POWER, lang)]
        if m3 is not None or bool((days.gas_m3 > 0).any()):
            said.append(_effect(stage, m3, "m³", words.GAS, lang))
        what = STEPS.get(stage.name, words.STEP)
        yield {
            "name": stage.name,
            "forget": filled(words.FORGET_STEP, lang, what=what.to(lang)),
            "said": said,
            "note": words.CONTROL_NOTE if stage.name == "control" else None,
        }


def _effect(stage: Stage, one: Effect | None, unit: str, unit_what: Said, lang: Lang) -> str:
    given = {
        "what": STEPS.get(stage.name, words.STEP).to(lang),
        "since": in_words(stage.since, lang),
        "unit": unit,
        "unit_what": unit_what.to(lang),
    }
    if one is None:
        return filled(words.EFFECT_LATER, lang, **given)
    if not one.is_sure:
        return filled(words.EFFECT_UNSURE, lang, **given, low=_number("", one.low, unit, lang), high=_number("", one.high, unit, lang))  # fmt: skip
    sign = 1 if one.saved > 0 else -1
    low, high = sorted((abs(one.low), abs(one.high)))
    return filled(
        words.EFFECT_SURE,
        lang,
        **given,
        way=(words.LESS if sign > 0 else words.MORE).to(lang),
        saved=_number("", abs(one.saved), unit, lang),
        low=_number("", low, unit, lang),
        high=_number("", high, unit, lang),
        before=_number("", one.before, unit, lang),
    )


@router.post("/advice")
async def about(request: Request) -> Response:
    """Keep what the household says of its home."""
    home, form = here(request), await request.form()
    try:
        said = _dwelling(form)
        gas_eur = _amount(form, "gas_eur")
    except (BadInput, ValueError):
        return _page(home, request, why=words.WRONG, status=422)
    kept.keep_dwelling(home.life.store, said, gas_eur)
    return RedirectResponse("/advice", 303)


def _dwelling(form: FormData) -> Dwelling:
    kind = str(form.get("kind") or "")
    return Dwelling(
        _count(form, "built"),
        _count(form, "size_m2"),
        DwellingKind(kind) if kind else None,
        _count(form, "people"),
        HeatedBy(str(form.get("heated_by") or HeatedBy.GAS.value)),
        form.get("rents") == "yes",
        _count(form, "old_lamps"),
    )


def _count(form: FormData, name: str) -> int | None:
    text = str(form.get(name) or "").strip()
    return int(text) if text else None


def _amount(form: FormData, name: str) -> float | None:
    text = str(form.get(name) or "").strip().replace(",", ".")
    value = float(text) if text else None
    if value is not None and not 0.0 < value < 20.0:
        raise BadInput(f"a m3 of gas for EUR {value} cannot be; give its price in euros, or leave it empty")
    return value


@router.post("/advice/step")
async def step(request: Request) -> Response:
    """Write down what was done, and since when."""
    home, form = here(request), await request.form()
    name, since = str(form.get("step") or ""), home.today
    with suppress(ValueError):
        since = date.fromisoformat(str(form.get("since") or ""))
    if name not in STEPS or since > home.today:
        return _page(home, request, why=words.WRONG_DAY, status=422)
    kept.keep_stage(home.life.store, Stage(name, since))
    return RedirectResponse("/advice#effect", 303)


@router.post("/advice/step/forget")
async def no_step(request: Request) -> Response:
    """It was not done after all."""
    kept.no_stage(here(request).life.store, str((await request.form()).get("step") or ""))
    return RedirectResponse("/advice#effect", 303)
