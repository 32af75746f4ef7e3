"""The benchmark home beside the project: as the file has it, and in our words."""

import json
from pathlib import Path
from typing import Any

from laag.adapters.homefile import asked, benchmark, parse
from laag.home.house import HomeState, House
from laag.home.outlook import Outlook

FILE = Path(__file__).resolve().parents[3] / "shared" / "data" / "cases" / "home-b.json"

Case = dict[str, Any]


def case_of(hours: int) -> Case:
    """The home over 24 or 48 hours."""
    cases: list[Case] = json.loads(FILE.read_text())["cases"]
    return next(case for case in cases if case["hours"] == hours)


def question(case: Case) -> tuple[House, HomeState, Outlook]:
    """What a plan of this case is made from."""
    file = json.dumps({"name": "home B", "note": "", "cases": [case]})
    home = asked(parse(json.dumps(benchmark(file, case["hours"]))))
    return home.house, home.state, home.outlook
