"""A grid operator with a network of its own and an aggregator, two processes: a thin cable is bought its way out of, a thick one asks nothing."""

import time
from datetime import UTC, date, datetime

import numpy as np
import pytest
from tests.apps.dso.programs import PATIENCE_S, POINT, agr_settings, dso_settings, pair
from tests.apps.dso.wires import grid_file

from laag.adapters.uftp import translate
from laag.adapters.uftp.desk import known_from
from laag.adapters.uftp.rules import Rules
from laag.apps.dso import powers

pytest.importorskip("power_grid_model")
pytestmark = pytest.mark.slow

THICK = "ean.871685900012636550"
DAY = date(2026, 6, 2)
RULES = Rules({})
EVENING = range(72, 80)


def evening(grid):
    watts = np.full(len(grid), 30_000)
    watts[EVENING] = 90_000
    return watts


@pytest.fixture
def sides(tmp_path):
    """Two points with the same homes' days: one behind 69 kW of cable, one behind 208."""
    grid = RULES.grid(DAY)
    with pair(tmp_path) as (dso, agr):
        thin = dso_settings(agr.url, agr.public, 1).replace("capacity_kw = 1\n", 'network = "thin.json"\n')
        table, rest = thin.split("[[participant]]")
        point = table[table.index("[[dso.point]]") :]
        thick = point.replace(POINT, THICK).replace("thin.json", "thick.json")
        grid_file(dso.folder, 100, "thin.json")
        grid_file(dso.folder, 300, "thick.json")
        dso.settings(f"{table}{thick}[[participant]]{rest}", datetime(2026, 6, 1, 8, tzinfo=UTC))
        agr.settings(
            agr_settings(dso.url, dso.public).replace(f'["{POINT}"]', f'["{POINT}", "{THICK}"]'),
            datetime(2026, 6, 1, 8, tzinfo=UTC),
        )
        (agr.folder / "prognoses").mkdir()
        both = powers.of_day(agr.folder / "prognoses", DAY)
        powers.write(both, grid, POINT, evening(grid))
        powers.write(both.with_suffix(".more"), grid, THICK, evening(grid))
        with both.open("a") as file:
            file.writelines(both.with_suffix(".more").read_text().splitlines(keepends=True)[1:])
        yield dso, agr


def steps(dso, begin, count):
    """The notes of steps that it took, once there are so many."""
    until = time.monotonic() + PATIENCE_S
    while True:
        found = {e.key: e.facts["note"] for e in dso.events("uftp-step") if e.key.startswith(begin)}
        if len(found) >= count:
            return found
        assert time.monotonic() < until, (found, (dso.folder / "log.jsonl").read_text())
        time.sleep(0.3)


def test_what_a_thin_cable_does_not_bear_is_asked_ordered_and_then_borne(sides):
    dso, agr = sides
    dso.start()
    agr.start()
    assert sorted(steps(dso, "checked/", 2).values()) == ["asked, request 1", "clear"]
    dso.wait_for("heard", "FlexOffer")
    dso.kill()
    agr.kill()
    for one in (dso, agr):
        one.at(datetime(2026, 6, 1, 8, 31, tzinfo=UTC))  # what was offered by now is chosen from
    dso.start()
    agr.start()
    (looked,) = steps(dso, "looked/", 1).values()
    checked = steps(dso, "checked/", 3)
    dso.kill()
    agr.kill()

    (request,) = [known_from(one).message for one in dso.kept("said", "FlexRequest")]
    assert request.congestion_point == POINT
    asked = translate.space_of(request, RULES)
    assert np.flatnonzero(asked.requested).tolist() == list(EVENING)
    (order,) = [known_from(one).message for one in dso.kept("said", "FlexOrder")]
    assert (translate.ordered(order, RULES).watts[EVENING] <= asked.low_w[EVENING]).all()
    assert looked.startswith("with what was ordered the wires bear it, even side is ")
    assert sorted(checked.values()) == ["asked, request 1", "clear", "clear"]
    log = (dso.folder / "log.jsonl").read_text()
    assert (
        f"{POINT}, 2026-06-02: even side is 129.6% full at 18:00 (8 quarter-hours in all); at most 20.3 kW is asked for"
        in log
    )
    assert f"{THICK}, 2026-06-02: the wires bear it" in log
    assert f"{POINT}, 2026-06-02: {looked}" in log
