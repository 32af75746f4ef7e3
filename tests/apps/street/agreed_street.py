"""A street of twelve that agreed to charge no car at dinner on cold days; one of them did, and the clock has looked."""

import asyncio
import threading
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

import uvicorn
from tests.apps.access.hands import Hands
from tests.apps.street.paged_street import PAGE, PASSWORD
from tests.apps.web.asking import Asking
from tests.cycle.test_live_agreements import DAY, DINNER, FIRST, HOMES, TELLER, evening, place

from laag.adapters.keys import Key
from laag.adapters.stores import open_log, open_records
from laag.apps.access import Role
from laag.apps.street.keeper import Keeper
from laag.apps.street.pages import paged_app
from laag.apps.street.running import Running
from laag.apps.street.sources import InTurn, Model
from laag.apps.street.taking import Told
from laag.cycle import live
from laag.foundation.consent import scope
from laag.foundation.data import Purpose

TODAY = FIRST + 3 * DAY


def story(homes=HOMES):
    """Two cold days, and what the first home tells of the first of them."""
    yes = live.Consented(
        TELLER, FIRST, 1, Purpose.AGREEMENT.value, FIRST + 90 * DAY, scope(Purpose.AGREEMENT)
    )
    messages = [*(live.Joined(name, FIRST) for name in homes), yes]
    for i in range(2):
        day = FIRST + i * DAY
        messages += [live.Expected(day, -35, "KNMI"), live.Closed(day)]
        messages += [live.Metered(name, day, 10 + i, *evening(250)) for name in homes]
    return [
        *messages,
        live.Took(TELLER, FIRST, 12, DINNER.name, 2400, "comfort"),
        live.Weighed(FIRST, DINNER.name, TODAY),
    ]


class AgreedStreet:
    """Its server; the residents of all homes have accounts."""

    def __init__(self, folder, homes=HOMES) -> None:
        log = str(folder / "street.sqlite")
        self.homes = homes
        self.clock = Hands(datetime(TODAY.year, TODAY.month, TODAY.day, 10, tzinfo=UTC))
        self.records = open_records(log)
        self.keeper = Keeper(lambda: open_log(log), place(), self.clock)
        running = Running(self.keeper, self.records, InTurn([Model()], self.keeper.figures), version="test")
        self.app = paged_app(running)
        self.site = self.app.state.site

    async def tells(self):
        """All that happened before."""
        key = {"public_key": Key.new().public}
        for one in story(self.homes):
            (outcome,) = await self.keeper.ask([Told(one, key if isinstance(one, live.Joined) else {})])
            assert outcome.__class__.__name__ == "Taken", outcome

    def session(self, role, member=None):
        """Of somebody who is signed in."""
        name = f"{member or role.value} jansen"
        if self.site.accounts.find(name) is None:
            self.site.accounts.accept(self.site.accounts.invite(role, member=member), name, PASSWORD)
        return self.site.sessions.begin(self.site.accounts.find(name))


@contextmanager
def agreed(folder, homes=HOMES):
    """In this process."""
    made = AgreedStreet(folder, homes)
    with asyncio.Runner() as runner:
        runner.run(made.keeper.__aenter__())
        runner.run(made.tells())

        def ask(role=Role.RESIDENT, member=None, lang="en"):
            asking = Asking(made.app, {"accept": PAGE, "accept-language": lang}, runner=runner)
            asking.cookies.set("laag_session", made.session(role, member), domain="street.example")
            return asking

        made.ask = ask
        try:
            yield made
        finally:
            runner.run(made.keeper.__aexit__(None, None, None))
            made.records.close()


@contextmanager
def served(folder, homes=HOMES):
    """Behind a real port, with its clock's work."""
    with agreed(folder, homes):
        pass
    made = AgreedStreet(folder, homes)
    server = uvicorn.Server(uvicorn.Config(made.app, port=0, log_level="error", timeout_graceful_shutdown=1))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        assert thread.is_alive(), "the server did not start"
        thread.join(timedelta(milliseconds=50).total_seconds())
    made.url = f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
    try:
        yield made
    finally:
        server.should_exit = True
        thread.join(20)
        made.records.close()
