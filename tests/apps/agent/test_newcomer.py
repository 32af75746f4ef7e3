"""A newcomer with a meter and nothing else: a code, a member, and the first days' insight; the street is a real one."""

import html

from tests.apps.agent.lived_in import thinks
from tests.apps.agent.paged_home import paged, token
from tests.apps.street.test_api import HERE, server

from laag.adapters.keys import Key
from laag.adapters.neighbourhood.link import Neighbourhood
from laag.apps.agent.neighbour import Neighbour
from laag.apps.agent.pages.street import Street
from laag.apps.agent.senses import Senses
from laag.apps.street import codes
from laag.home.house import House


def test_a_code_makes_a_home_without_devices_a_member_with_insight(tmp_path):
    with paged(tmp_path, joined=False, language="en", planned=False) as (client, site):
        home, run = site.here, client._runner.run
        home.life.house, home.life.senses = House("Kade 12"), Senses(House("Kade 12"), home.life.senses.held)
        thinks(home.life)
        street = server(f"{tmp_path}/log.sqlite")
        running, caller = run(street.__aenter__())
        try:
            link = Neighbourhood(HERE, Key.new(), None, caller)
            home.agent.neighbour = Neighbour(home.life, link, home.life.clock.now())
            home.street = Street(link, home.life.store)
            code = codes.made(running.records, "north", "nr 12", running.now())
            page = client.post(
                "/join", data={"form_token": token(client, "/join"), "code": codes.shown(code.code)}
            )
            assert page.status_code == 303
            joined = html.unescape(client.get("/join").text)
            member = home.life.store.kept("member")
            assert member in joined
            assert running.keeper.live.members[member].joined.kind == "person"
            assert "is always on" in html.unescape(client.get("/advice").text)
            assert client.get("/use").status_code == 200
            assert "have not joined" not in html.unescape(client.get("/compare").text)
        finally:
            run(street.__aexit__(None, None, None))
