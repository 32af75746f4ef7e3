"""The public page of the shared record: what anybody may see of it, in both languages, with a ledger and without."""

import asyncio
from tempfile import TemporaryDirectory

import httpx
import pytest
from tests.apps.street.kade import FIRST
from tests.apps.street.paged_street import street
from tests.apps.street.recorded import a_day, server

from laag.apps.street.pages import paged_app
from laag.apps.verify.naming import spoken


@pytest.mark.parametrize("lang", ["nl", "en"])
def test_anybody_sees_who_watches_what_came_last_and_whether_it_is_well(lang):
    with TemporaryDirectory() as folder:

        async def go():
            async with server(folder) as (running, caller):
                await a_day(running, caller)
                transport = httpx.ASGITransport(app=paged_app(running))
                async with httpx.AsyncClient(
                    transport=transport, base_url="http://street.example"
                ) as browser:
                    page = await browser.get(
                        "/record", headers={"accept": "text/html", "accept-language": lang}
                    )
                return running.shared.id, page

        ledger, page = asyncio.run(go())
    assert page.status_code == 200
    assert spoken(ledger) in page.text
    assert ledger in page.text
    assert f"settle/{FIRST}/1" in page.text
    assert f"book/day-ahead/{FIRST}/1" in page.text
    assert {"nl": "afrekening", "en": "settlement"}[lang] in page.text
    assert {"nl": "Het boek is in orde", "en": "The record is well"}[lang] in page.text


def test_a_street_without_a_ledger_says_so(tmp_path):
    with street(tmp_path) as place:
        assert "keeps no shared record yet" in place.ask().get("/record").text
