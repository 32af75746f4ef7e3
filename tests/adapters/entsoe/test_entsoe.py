"""Asking ENTSO-E: for the right day, with a key that nobody sees, and with a sentence for each way in which it may fail."""

import asyncio
import logging
from datetime import date

import numpy as np
import pytest
from hypothesis import strategies as st
from tests.adapters.entsoe.documents import (
    NL,
    NO_DATA,
    REFUSED,
    balancing,
    day_of,
    period,
    publication,
    series,
    zipped,
)
from tests.adapters.loopback import http

from laag.adapters.entsoe import Entsoe, token_of
from laag.adapters.fetch import Away
from laag.cycle.live import Imbalanced, Priced
from laag.foundation.errors import BadInput

KEY = "1d9cd4bd-f8aa-476c-8cc1-3442dc91506d"
DAY = date(2026, 6, 1)
GRID = day_of("2026-06-01")


def asked(answer, day=DAY, what="day_ahead"):
    async def main():
        async with http(answer) as base:
            return await getattr(Entsoe(KEY, base=base), what)(day)

    return asyncio.run(main())


def test_tomorrows_prices():
    seen = []

    def answer(path, query):
        seen.append((path, query))
        return publication(series(period(GRID.start, list(range(96)))))

    found = asked(answer)
    assert isinstance(found, Priced)
    assert (found.day, found.day_ahead_ticks.tolist()) == (DAY, list(range(96)))
    assert found.day_ahead_ticks.dtype == np.int64
    assert seen == [("/api", {
        "documentType": "A44", "contract_MarketAgreement.type": "A01", "in_Domain": NL, "out_Domain": NL,
        "periodStart": "202605312200", "periodEnd": "202606012200", "securityToken": KEY,
    })]  # fmt: skip


def test_what_imbalance_cost():
    both = [
        period(GRID.start, [cents] * 96, tag="imbalance_Price.amount", category=kind)
        for kind, cents in (("A04", 3), ("A05", 4))
    ]
    found = asked(
        lambda _path, query: zipped(balancing(*both)) if query["documentType"] == "A85" else b"",
        what="imbalance",
    )
    assert isinstance(found, Imbalanced)
    assert (found.shortage_ticks[0], found.surplus_ticks[0], found.day) == (4, 3, DAY)


@pytest.mark.parametrize(("day", "start", "end"), [
    (date(2026, 3, 29), "202603282300", "202603292200"), (date(2026, 10, 25), "202610242200", "202610252300"),
])  # fmt: skip
def test_a_day_is_asked_from_midnight_to_midnight_on_the_wall(day, start, end):
    seen = []
    asked(lambda _path, query: seen.append((query["periodStart"], query["periodEnd"])) or NO_DATA, day)
    assert seen == [(start, end)]


@pytest.mark.parametrize("status", [200, 400])
def test_not_there_yet(status):
    assert asked(lambda *_: (status, NO_DATA)) is None


@pytest.mark.parametrize(
    ("answer", "says", "wait_s"),
    [
        ((401, b"Unauthorized. Missing or invalid security token"), "refuses the key", None),
        (
            (429, b"Too many requests", {"retry-after": "120"}),
            "asked too often; it may be asked again in 120 s",
            120,
        ),
        (
            (429, b"Too many requests", {"retry-after": "Wed, 21 Oct 2026 07:28:00 GMT"}),
            "again in 600 s",
            600,
        ),
        ((503, b"", {"retry-after": "30"}), "fault (503)", 30),
        ((500, b"<html>"), "fault (500)", None),
        ((302, b"", {"location": "http://elsewhere/"}), "fault (302)", None),
        ((400, REFUSED), "refuses the question", None),
        ((200, b"<html>"), "no XML", None),
        ((200, b"x" * 5_000_000), "more than 4194304 bytes", None),
        ((200, REFUSED.replace("Invalid", f"securityToken={KEY} Invalid")), "securityToken=…", None),
    ],
)
def test_each_way_to_fail_is_said_in_both_languages(answer, says, wait_s, caplog):
    caplog.set_level(logging.DEBUG)
    with pytest.raises(Away) as away:
        asked(lambda *_: answer)
    assert says in away.value.said.en
    assert away.value.said.nl != away.value.said.en
    assert away.value.wait_s == wait_s
    assert KEY not in caplog.text + str(away.value) + repr(away.value.said) + repr(away.value.__cause__)


def test_nobody_there_is_said_without_the_key(caplog):
    caplog.set_level(logging.DEBUG)
    with pytest.raises(Away, match="ENTSO-E cannot be reached") as away:
        asyncio.run(Entsoe(KEY, base="http://127.0.0.1:1").day_ahead(DAY))
    assert KEY not in caplog.text + str(away.value) + repr(away.value.__cause__)


def test_the_key_is_in_no_log_when_all_goes_well_either(caplog):
    caplog.set_level(logging.DEBUG)
    asked(lambda *_: NO_DATA)
    assert "HTTP Request" in caplog.text
    assert KEY not in caplog.text
    assert KEY not in repr(Entsoe(KEY))


def test_the_key_comes_from_the_environment_or_a_file(tmp_path):
    path = tmp_path / "key"
    path.write_text(KEY + "\n")
    assert token_of({"LAAG_ENTSOE_TOKEN_FILE": str(path)}) == KEY
    assert token_of({"LAAG_ENTSOE_TOKEN": KEY, "LAAG_ENTSOE_TOKEN_FILE": "/nowhere"}) == KEY


@pytest.mark.parametrize(
    ("environ", "says"),
    [({}, "ask for one at transparency"), ({"LAAG_ENTSOE_TOKEN_FILE": "/nowhere/key"}, "cannot be read from /nowhere/key"),
     ({"LAAG_ENTSOE_TOKEN": "two words here"}, "holds no key")],
)  # fmt: skip
def test_a_key_that_is_none_is_refused_and_not_repeated(environ, says):
    with pytest.raises(BadInput, match=says) as refused:
        token_of(environ)
    assert "two words" not in str(refused.value)


days = st.dates(date(2024, 1, 1), date(2030, 12, 31)) | st.sampled_from(
    [date(2026, 3, 29), date(2026, 4, 5), date(2026, 10, 25), date(2026, 11, 1)]
)
