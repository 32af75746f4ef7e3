"""How what was heard is shown: a page that refreshes, lines to read, or lines for a program."""

from __future__ import annotations

import json
from typing import Any, Protocol

from rich.console import Console
from rich.live import Live

from laag.apps.home.lines import line
from laag.apps.meter import phrases, summary
from laag.apps.meter.hearing import Finished, Hearing, Told
from laag.apps.meter.page import page
from laag.apps.meter.register_file import RegisterFile
from laag.foundation.words import Lang, Said

_REFRESH_S = 0.25


class Voice(Protocol):
    """One way to show it."""

    def say(self, told: Told | Finished) -> None:
        """Something happened."""

    def show(self, now_s: float, quiet_s: float, /) -> None:
        """Time passed, or the meter spoke; ``now_s`` is of any clock that runs on."""

    def end(self, file: RegisterFile | None) -> None:
        """It is over."""

    def abandon(self) -> None:
        """It went wrong, and somebody else says how."""


def voice_for(hearing: Hearing, lang: Lang, *, as_json: bool) -> Voice:
    """The page on a terminal, lines elsewhere."""
    if as_json:
        return Json(hearing, lang)
    console = Console(highlight=False, markup=False, emoji=False)
    return Page(hearing, lang, console) if console.is_terminal else Lines(hearing, lang, console)


class Page:
    """The whole page, anew at most four times a second."""

    def __init__(self, hearing: Hearing, lang: Lang, console: Console) -> None:
        self._hearing, self._lang, self._console = hearing, lang, console
        self._live = Live(console=console, auto_refresh=False)
        self._live.start()
        self._shown_s, self._quiet_s = float("-inf"), 0.0
        self._draw()

    def say(self, told: Told | Finished) -> None:
        """The page shows it when it is drawn next."""

    def show(self, now_s: float, quiet_s: float, /) -> None:
        """Draw it."""
        self._quiet_s = quiet_s
        if now_s - self._shown_s >= _REFRESH_S:
            self._shown_s = now_s
            self._draw()

    def abandon(self) -> None:
        """Give the terminal back."""
        self._live.stop()

    def end(self, file: RegisterFile | None) -> None:
        """Leave the last page where it is, and sum up."""
        self._draw()
        self._live.stop()
        self._console.print()
        for words in summary.sentences(self._hearing, self._lang, file):
            line(self._console, "", words)

    def _draw(self) -> None:
        self._live.update(page(self._hearing, self._lang, self._quiet_s), refresh=True)


class Lines:
    """A line per quarter-hour and per notice that is not the one before it again."""

    def __init__(self, hearing: Hearing, lang: Lang, console: Console) -> None:
        self._hearing, self._lang, self._console = hearing, lang, console
        self._begun = False

    def say(self, told: Told | Finished) -> None:
        """One line."""
        if isinstance(told, Finished):
            words = f"{phrases.amounts(told, self._lang)} ({phrases.sure(told, self._lang)}); {self._now()}."
            self._line(f"{phrases.span(told)}  ", words)
        elif told.times == 1:
            self._line(f"{phrases.clock(told.at)}  ", told.said.to(self._lang))

    def show(self, _now_s: float, _quiet_s: float, /) -> None:
        """Once, so that a reader knows that the meter is heard."""
        if self._hearing.tally and not self._begun:
            self._begun = True
            self._line(
                f"{phrases.clock(self._hearing.tally.last.reading.at)}  ",
                f"{Said('Nu', 'Now').to(self._lang)}: {self._now()}.",
            )

    def abandon(self) -> None:
        """Nothing is open."""

    def end(self, file: RegisterFile | None) -> None:
        """Sum up."""
        for words in summary.sentences(self._hearing, self._lang, file):
            self._line("", words)

    def _now(self) -> str:
        if self._hearing.tally is None:
            return phrases.flow(None, None, self._lang)
        reading = self._hearing.tally.last.reading
        return phrases.flow(reading.import_w, reading.export_w, self._lang)

    def _line(self, before: str, words: str) -> None:
        line(self._console, before, words)
        self._console.file.flush()


class Json:
    """A line of JSON per quarter-hour and per notice, and one at the end."""

    def __init__(self, hearing: Hearing, lang: Lang) -> None:
        self._hearing, self._lang = hearing, lang

    def say(self, told: Told | Finished) -> None:
        """One line."""
        _print(_quarter(told) if isinstance(told, Finished) else _notice(told, self._lang))

    def show(self, _now_s: float, _quiet_s: float, /) -> None:
        """Programs are told what happened, not that time passes."""

    def abandon(self) -> None:
        """Nothing is open."""

    def end(self, file: RegisterFile | None) -> None:
        """Sum up."""
        _print(summary.as_words(self._hearing, file))


def _quarter(finished: Finished) -> dict[str, Any]:
    quarter = finished.quarter
    return {
        "kind": "quarter",
        "start": f"{quarter.start:%Y-%m-%dT%H:%M:%SZ}",
        "end": f"{finished.end:%Y-%m-%dT%H:%M:%SZ}",
        "import_wh": quarter.import_wh,
        "export_wh": quarter.export_wh,
        "estimated": quarter.estimated,
        "unsure_wh": quarter.unsure_wh,
    }


def _notice(told: Told, lang: Lang) -> dict[str, Any]:
    at = f"{told.at:%Y-%m-%dT%H:%M:%SZ}"
    return {"kind": "notice", "at": at, "about": told.about, "why": told.why, "said": told.said.to(lang)}


def _print(words: dict[str, Any]) -> None:
    print(json.dumps(words, ensure_ascii=False), flush=True)
