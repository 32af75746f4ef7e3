"""Everything that is kept of a home as tables: made at home, with what the neighbourhood keeps of it beside it."""

from __future__ import annotations

import csv
import io
import json
import re
import zipfile
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

import numpy as np

from laag.adapters.homestore import SERIES
from laag.adapters.neighbourhood.agreed import agreed_ladder
from laag.adapters.neighbourhood.own import OwnData
from laag.apps.agent import promising
from laag.apps.agent.life import Life
from laag.apps.agent.wishing import ladder_of
from laag.foundation.ptu import PTU, PtuGrid

_FORMULAS = ("=", "+", "-", "@", "\t", "\r")
Rows = Sequence[Mapping[str, Any]]
_README = """What is kept of this home, as tables. Times are UTC; energy is in Wh or kWh, power in kW, gas in dm3, as the columns say.
Wat van dit huis wordt bewaard, als tabellen. Tijden zijn UTC; energie in Wh of kWh, vermogen in kW, gas in dm3, zoals de kolommen zeggen.

quarters.csv       per quarter-hour: what was measured, planned and foreseen / per kwartier: gemeten, gepland, voorzien
stays.csv          stays of the car / wanneer de auto er was
wishes.csv         what you said / wat je hebt gezegd
sold.csv           what you sold to the grid operator, per quarter-hour / wat je aan de netbeheerder verkocht, per kwartier
ladder.csv         who goes first, and who says so / wie er voorgaat, en wie dat bepaalt
neighbourhood/*    all that the neighbourhood keeps of this home / alles wat de buurt van dit huis bewaart
"""


def tables(life: Life, theirs: OwnData | None) -> dict[str, Rows]:
    """All of it, by the name of its table."""
    ladder = ladder_of(life.store, agreed_ladder(life.board))
    return {
        "quarters": quarters(life),
        "stays": [
            {
                "arrives": one.arrives.isoformat(),
                "departs": one.departs.isoformat(),
                "stored_kwh": one.stored_kwh,
                "wanted_kwh": one.wanted_kwh,
                "over": one.over,
            }
            for one in life.store.stays(datetime.fromtimestamp(0, life.zone))
        ],
        "wishes": [{"number": number, "line": line} for number, line in life.store.wishes()],
        "sold": sold(life),
        "ladder": [{"rung": rung.name.lower(), "set_by": ladder.set_by(rung)} for rung in ladder.order],
        **{f"neighbourhood/{name}": rows for name, rows in (theirs.tables if theirs else {}).items()},
    }


def sold(life: Life) -> Rows:
    """What this home promised its grid operator, a row for each quarter-hour."""
    return [
        {
            "request": one["request"],
            "start": start,
            "less_wh": wh,
            "takes_at_most_kw": takes,
            "gives_at_most_kw": gives,
            "let_go": one["let_go"],
        }
        for one in promising.plainly(life)["promised"]
        for start, wh, takes, gives in zip(
            one["start"], one["less_wh"], one["takes_kw"], one["gives_kw"], strict=True
        )
    ]


def quarters(life: Life) -> Rows:
    """Every quarter-hour of which something is known."""
    first = life.store.first()
    if first is None:
        return []
    end = life.past.grid.end
    grid = PtuGrid(first, (end - first) // PTU)
    series = life.store.series(grid)
    known = np.any([np.isfinite(series[name]) for name in SERIES], axis=0)
    return [
        {"start": grid[at].isoformat()}
        | {name: None if np.isnan(series[name][at]) else round(float(series[name][at]), 4) for name in SERIES}
        for at in np.flatnonzero(known).tolist()
    ]


def as_zip(found: Mapping[str, Rows]) -> bytes:
    """A zip of CSV files, and what is in each."""
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("README.txt", _README)
        for name, rows in found.items():
            archive.writestr(f"{placed(name)}.csv", as_csv(rows))
    return whole.getvalue()


def placed(name: str) -> str:
    """A table's name as a place inside the zip; the neighbourhood names its own.

    >>> placed("neighbourhood/readings"), placed("neighbourhood/../../.profile")
    ('neighbourhood/readings', 'neighbourhood/_______profile')
    """
    return "/".join(re.sub(r"[^A-Za-z0-9_-]", "_", part) for part in name.split("/", 1))


def as_csv(rows: Rows) -> str:
    r"""One table; the columns of all its rows.

    >>> as_csv([{"a": 1}, {"a": 2, "b": None}])
    'a,b\r\n1,\r\n2,\r\n'
    """
    columns = list(dict.fromkeys(name for row in rows for name in row))
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(map(_cell, columns))
    writer.writerows([_cell(row.get(name)) for name in columns] for row in rows)
    return text.getvalue()


def _cell(value: Any) -> Any:
    """Text that a spreadsheet would take for a formula, as text: some of it is the neighbourhood's."""
    return f"'{value}" if isinstance(value, str) and value.startswith(_FORMULAS) else value


def as_json(found: Mapping[str, Rows]) -> bytes:
    """The same for a program."""
    return json.dumps(found, indent=1, ensure_ascii=False).encode()
