"""The page on a terminal: now, this quarter-hour, today, how sure that is, and the last notices."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from laag.adapters.dsmr import Reading
from laag.apps.home.words import day, decimal, hours
from laag.apps.meter import phrases
from laag.apps.meter.hearing import Hearing
from laag.apps.meter.sentences import OTHERS
from laag.apps.meter.tally import Count, Tally, day_of
from laag.foundation.ptu import AMSTERDAM
from laag.foundation.words import Lang, Said

_QUIET_S = 60

_TITLE = Said("Slimme meter", "Smart meter")
_WAITING = Said(
    "Nog niets gehoord; een meter spreekt elke seconde of elke tien.",
    "Nothing heard yet; a meter speaks every second or every ten.",
)
_NOTICES = Said("Meldingen", "Notices")
_ASTERISK = Said(
    "* zonder wat de meter telde toen hij vervangen of teruggezet werd",
    "* without what was counted while the meter was replaced or reset",
)


def page(hearing: Hearing, lang: Lang, quiet_s: float) -> Group:
    """All of it; ``quiet_s`` is how long ago the meter last spoke."""
    parts: list[RenderableType] = [Text(_TITLE.to(lang), style="bold")]
    tally = hearing.tally
    if tally is None:
        parts += [Text(_WAITING.to(lang))]
    else:
        reading = tally.last.reading
        at = reading.at.astimezone(AMSTERDAM)
        parts += [Text(f"{day(at, lang)}, {at:%H:%M:%S}", style="dim"), Text()]
        parts += [Text(_now(reading, lang, quiet_s), style="bold"), *_phases(reading, lang), Text()]
        parts += [_counts(tally, lang), *_others(tally, lang)]
        parts += [Text(words) for words in (_sure(hearing, lang))]
    if hearing.notices:
        parts += [Text(), Text(_NOTICES.to(lang), style="bold"), _notices(hearing, lang)]
    return Group(*parts)


def _now(reading: Reading, lang: Lang, quiet_s: float) -> str:
    flow = phrases.flow(reading.import_w, reading.export_w, lang)
    if quiet_s <= _QUIET_S:
        return f"{Said('Nu', 'Now').to(lang)}: {flow}"
    ago = hours(quiet_s / 3600, lang)
    return Said(f"Al {ago} niets gehoord; het laatst: {flow}", f"Nothing heard for {ago}; last: {flow}").to(
        lang
    )


def _phases(reading: Reading, lang: Lang) -> Iterator[Table]:
    if not reading.phases:
        return
    table = Table.grid(padding=(0, 2, 0, 0))
    for phase in reading.phases:
        volts = "" if phase.volts is None else f"{decimal(phase.volts, 0, lang)} V"
        amperes = "" if phase.amperes is None else f"{decimal(phase.amperes, 0, lang)} A"
        table.add_row(f"  {phase.name}", phrases.flow(phase.import_w, phase.export_w, lang), volts, amperes)
    yield table


def _counts(tally: Tally, lang: Lang) -> Table:
    table = Table.grid(padding=(0, 2, 0, 0))
    table.add_column()
    for heading in (Said("afgenomen", "took"), Said("geleverd", "gave")):
        table.add_column(heading.to(lang), justify="right", no_wrap=True)
    table.add_row("", *(Text(column.header, style="dim") for column in table.columns[1:]))  # type: ignore[arg-type]
    for name, count, in_kwh in _rows(tally, lang):
        mark = "" if count.whole else " *"
        both = (phrases.energy(wh, lang, in_kwh=in_kwh) for wh in (count.import_wh, count.export_wh))
        table.add_row(name + mark, *both)
    return table


def _rows(tally: Tally, lang: Lang) -> Iterator[tuple[str, Count, bool]]:
    for name, count, in_kwh in (
        (Said("dit kwartier", "this quarter"), tally.quarter, False),
        (Said("vandaag", "today"), tally.today, True),
    ):
        begin = count.begin.astimezone(AMSTERDAM)
        on_time = (begin.minute % 15 if count is tally.quarter else begin.hour * 60 + begin.minute) == 0
        since = "" if on_time and begin.second == 0 else f" ({phrases.clock(begin)}–)"
        yield name.to(lang) + since, count, in_kwh
    yield _since(tally, lang), tally.since, True


def _since(tally: Tally, lang: Lang) -> str:
    at = _moment(tally.since.begin, tally)
    return Said(f"sinds {at}", f"since {at}").to(lang)


def _moment(at: datetime, tally: Tally) -> str:
    """With its day where that is not the page's."""
    local = at.astimezone(AMSTERDAM)
    return f"{local:%H:%M}" if day_of(at) == day_of(tally.last.reading.at) else f"{local:%d-%m %H:%M}"


def _others(tally: Tally, lang: Lang) -> Iterator[RenderableType]:
    if not tally.since.whole:
        yield Text(_ASTERISK.to(lang), style="dim")
    for one in tally.others.values():
        name = OTHERS.get(one.last.kind, OTHERS["other"]).to(lang)
        today, since = (phrases.volume(count, one.last.unit, lang) for count in (one.today, one.since))
        as_of = "" if one.last.at is None else _moment(one.last.at, tally)
        until = as_of and Said(f" (stand van {as_of})", f" (as of {as_of})").to(lang)
        yield Text(
            f"{name} {today} {Said('vandaag', 'today').to(lang)}, {since} {_since(tally, lang)}{until}"
        )


def _sure(hearing: Hearing, lang: Lang) -> Iterator[str]:
    if hearing.finished is None:
        return
    yield ""
    last = hearing.finished
    yield f"{phrases.span(last)} {phrases.amounts(last, lang)} ({phrases.sure(last, lang)})"
    yield sureness(hearing, lang)


def sureness(hearing: Hearing, lang: Lang) -> str:
    """How many of the quarter-hours were estimated, and how wrong one may be at most."""
    count, estimated, wh = hearing.quarters, hearing.estimated, decimal(hearing.unsure_wh, 0, lang)
    if not estimated:
        return Said(f"Kwartieren: {count}, alle gemeten.", f"Quarter-hours: {count}, all measured.").to(lang)
    return Said(
        f"Kwartieren: {count}, waarvan {estimated} geschat, elk op {wh} Wh na zeker.",
        f"Quarter-hours: {count}, {estimated} of them estimated, each sure to {wh} Wh.",
    ).to(lang)


def _notices(hearing: Hearing, lang: Lang) -> Table:
    table = Table.grid(padding=(0, 2, 0, 0))
    for told in reversed(hearing.notices):
        times = f" ({told.times}×)" if told.times > 1 else ""
        table.add_row(f"  {phrases.clock(told.at)}", told.said.to(lang) + times)
    return table
