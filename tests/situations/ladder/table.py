"""The table of named conflicts in `docs/ladder.md`, as the code decides them: `python -m tests.situations.ladder.table`."""

from __future__ import annotations

from pathlib import Path

from tests.situations.ladder.situations import NAMES, Situation, has_swap, situation

from laag.foundation.words import Lang
from laag.home.conflicts import Outcome, Request, Ruling, say
from laag.home.conflicts.called import called

PAGE = Path(__file__).parents[3] / "docs" / "ladder.md"
BEGIN, END = "<!-- named conflicts -->\n", "<!-- end -->\n"
HEAD = "| situation | who asked, on which rung | outcome | sentence |\n|---|---|---|---|\n"


def table() -> str:
    """One row for each ruling that a situation tells of."""
    rows = [_row(name, situation(name), source) for name in NAMES for source in _told(situation(name))]
    swapped = [
        _row(name, situation(name, swapped=True), source, " The rungs swapped.")
        for name in NAMES
        if has_swap(name)
        for source in _told(situation(name, swapped=True))
    ]
    return HEAD + "".join((*rows, *swapped))


def _told(one: Situation) -> list[str]:
    return [ruling["source"] for ruling in one.expected]


def _row(name: str, one: Situation, source: str, more: str = "") -> str:
    ruling = one.of(source)
    file = f"[{one.title}](../tests/situations/ladder/{name}.toml).{more}"
    who = f"{called(ruling.request).en}: {_rung(ruling.request)}"
    sentence = f"{say(ruling, Lang.EN)}<br>*{say(ruling, Lang.NL)}*"
    return f"| {file} | {who} | {_outcome(ruling)} | {sentence} |\n"


def _rung(request: Request) -> str:
    return f"`{request.rung.name.lower()}`"


def _outcome(ruling: Ruling) -> str:
    words = ruling.outcome.value
    if ruling.outcome in {Outcome.PARTLY, Outcome.UNMET}:
        words += f", {ruling.missed:.1f} {ruling.request.unit} missed"
    if ruling.decided_by:
        words += ", decided by " + " and ".join(_rung(one) for one in ruling.decided_by)
    if ruling.took:
        words += ", taken from " + " and ".join(_rung(one.request) for one in ruling.took)
    return words


def written(page: str) -> str:
    """The page with the table in its place."""
    before, _, rest = page.partition(BEGIN)
    _, _, after = rest.partition(END)
    return f"{before}{BEGIN}{table()}{END}{after}"


if __name__ == "__main__":
    PAGE.write_text(written(PAGE.read_text("utf-8")), "utf-8")
