"""Powers, amounts and times of the meter in words, as the page and the lines both write them."""

from __future__ import annotations

from datetime import datetime

from laag.apps.home.words import decimal
from laag.apps.meter.hearing import Finished
from laag.foundation.ptu import AMSTERDAM
from laag.foundation.words import Lang, Said


def flow(import_w: int | None, export_w: int | None, lang: Lang) -> str:
    """What is taken or given now.

    >>> flow(0, 1240, Lang.NL), flow(None, None, Lang.EN)
    ('levert 1.240 W', 'power unknown')
    """
    if import_w is None and export_w is None:
        return Said("vermogen onbekend", "power unknown").to(lang)
    net = (import_w or 0) - (export_w or 0)
    if net == 0:
        return Said("neemt en levert niets", "takes and gives nothing").to(lang)
    verb = Said("neemt", "takes") if net > 0 else Said("levert", "gives")
    return f"{verb.to(lang)} {decimal(abs(net), 0, lang)} W"


def energy(wh: int | None, lang: Lang, *, in_kwh: bool = False) -> str:
    """Wh as they are, or kWh for a day; an amount that is not known is a dash.

    >>> energy(1234, Lang.EN, in_kwh=True), energy(None, Lang.EN)
    ('1.234 kWh', '–')
    """
    if wh is None:
        return "–"
    return f"{decimal(wh / 1000, 3, lang)} kWh" if in_kwh else f"{decimal(wh, 0, lang)} Wh"


def volume(count: int, unit: str, lang: Lang) -> str:
    """Gas and water in m³, heat in GJ.

    >>> volume(1045, "dm3", Lang.NL)
    '1,045 m³'
    """
    return f"{decimal(count / 1000, 3, lang)} {'GJ' if unit == 'MJ' else 'm³'}"


def sure(finished: Finished, lang: Lang) -> str:
    """Whether a quarter-hour was measured, or by how much its estimate may be wrong."""
    quarter = finished.quarter
    if not quarter.estimated:
        return Said("gemeten", "measured").to(lang)
    wh = decimal(quarter.unsure_wh, 0, lang)
    return Said(f"geschat, op {wh} Wh na zeker", f"estimated, sure to {wh} Wh").to(lang)


def span(finished: Finished) -> str:
    """Its begin and end on the wall."""
    return f"{clock(finished.quarter.start)}–{clock(finished.end)}"


def clock(at: datetime, *, seconds: bool = False) -> str:
    """A time on the wall."""
    return at.astimezone(AMSTERDAM).strftime("%H:%M:%S" if seconds else "%H:%M")


def amounts(finished: Finished, lang: Lang) -> str:
    """What a quarter-hour took and gave."""
    quarter = finished.quarter
    taken, given = energy(quarter.import_wh, lang), energy(quarter.export_wh, lang)
    return Said(f"{taken} afgenomen, {given} geleverd", f"took {taken}, gave {given}").to(lang)
