"""The public page of the shared record: what anybody may see of it, in both languages, with a ledger and without."""

import asyncio
from dataclasses import replace
from tempfile import TemporaryDirectory

import httpx
import pytest
from tests.apps.street.kade import FIRST
from tests.apps.street.paged_street import street
from tests.apps.street.recorded import a_day, server

from laag.adapters.ledger.embedded.publishing import Standing
from laag.apps.access import Role
from laag.apps.street.pages import paged_app
from laag.apps.verify.naming import spoken
from laag.foundation.words import Lang, Said


def after_a_day(lang):
    """The ledger's name, and the page of a street that has committed a day."""
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

        return asyncio.run(go())


@pytest.mark.parametrize("lang", ["nl", "en"])
def test_anybody_sees_who_watches_what_came_last_and_whether_it_is_well(lang):
    ledger, page = after_a_day(lang)
    assert page.status_code == 200
    assert spoken(ledger) in page.text
    assert ledger in page.text
    assert f"settle/{FIRST}/1" in page.text
    assert f"book/day-ahead/{FIRST}/1" in page.text
    assert {"nl": "afrekening", "en": "settlement"}[lang] in page.text
    assert {"nl": "Het boek is in orde", "en": "The record is well"}[lang] in page.text


class Refusing:
    """A publisher one of whose witnesses answers and will not sign, while another is only away."""

    def standing(self):
        return (
            Standing("dso", "https://dso.example", why="entry 8 may not stand there", refuses=True),
            Standing("town", "https://town.example", why="nobody is there"),
        )


@pytest.mark.parametrize("lang", ["nl", "en"])
@pytest.mark.parametrize("seen", ["refused", "two histories"])
def test_the_operator_is_told_at_once_when_a_witness_refuses_or_saw_another_history(tmp_path, lang, seen):
    async def go():
        async with server(tmp_path) as (running, _):
            shared = running.shared
            ledger = shared.opened.ledger.ledger
            shared.opened = replace(shared.opened, ledger=ledger)
            if seen == "refused":
                shared.opened = replace(shared.opened, publisher=Refusing())
            else:
                ledger.halt(Said("dso zag een andere geschiedenis", "dso saw another history"))
            return shared.alarms(), shared.record()

    alarms, made = asyncio.run(go())
    (one,) = alarms
    expected = {
        "refused": (
            "dso weigert voor het gezamenlijke boek te tekenen",
            "dso refuses to sign for the shared record",
        ),
        "two histories": ("een andere geschiedenis", "another history"),
    }[seen]
    assert expected[["nl", "en"].index(lang)] in one.to(Lang(lang))
    assert not made.well
    assert "town" not in "".join(note.en for note in made.notes if "refuses" in note.en)


def test_a_street_without_a_ledger_says_so(tmp_path):
    with street(tmp_path) as place:
        assert "keeps no shared record yet" in place.ask().get("/record").text


class Rings:
    """A record with which something is wrong."""

    def alarms(self):
        return [Said("dso weigert te tekenen.", "dso refuses to sign.")]

    def notes(self, _):
        return self.alarms()


@pytest.mark.parametrize(
    ("lang", "says"), [("nl", "dso weigert te tekenen."), ("en", "dso refuses to sign.")]
)
def test_the_operators_first_page_begins_with_it(tmp_path, lang, says):
    with street(tmp_path) as place:
        assert 'role="alert"' not in place.ask(Role.OPERATOR, lang).get("/operator").text
        place.running.shared = Rings()
        text = place.ask(Role.OPERATOR, lang).get("/operator").text
    alarm = text.partition('role="alert"')[2].partition("</div>")[0]
    assert says in alarm
    assert 'href="/record"' in alarm
    assert text.count(says) == 1, "said once"
