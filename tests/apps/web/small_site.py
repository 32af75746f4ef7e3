"""A server with nothing but the kit on it: accounts, a page for members, and one with somebody's data."""

from contextlib import contextmanager
from datetime import timedelta

from fastapi import APIRouter, Depends, FastAPI, Request
from tests.apps.access.hands import QUICK, Hands
from tests.apps.web.asking import Asking

from laag.adapters.stores import open_records
from laag.apps.access import Accounts, ApiKeys, Door, Role, Sessions, guard, undeclared
from laag.apps.web import Link, Web, dress
from laag.apps.web.accounts import DOORS, AccountPages
from laag.apps.web.dress import static_pages
from laag.foundation.words import Said

GOOD = "fiets regen kaasplank"
PAGE = "text/html,application/xhtml+xml"
BILL = ("GET", "/members/{member}/bill")


@contextmanager
def site():
    """The site, and what it noted; ``client`` reads as a browser does."""
    with open_records(":memory:") as records:
        yield Site(records)


class Site:
    def __init__(self, records) -> None:
        self.clock = Hands()
        self.accounts = Accounts(records, self.clock, passwords=QUICK)
        self.sessions = Sessions(self.accounts)
        self.keys = ApiKeys(records, self.clock)
        self.looks = []
        self.bills_given = 0
        own = {
            ("GET", "/"): Door.of(Role.ANYBODY),
            ("GET", "/members-only"): Door.of(Role.RESIDENT, Role.OPERATOR),
            ("POST", "/change"): Door.of(Role.RESIDENT),
            BILL: Door.of(Role.RESIDENT, Role.OPERATOR, Role.GRID, personal=True, what=Said("je rekening", "your bill")),
        }  # fmt: skip
        files, file_doors = static_pages()
        self.doors = {**own, **DOORS, **file_doors}
        links = [Link("/", Said("Begin", "Start")), Link("/members-only", Said("Leden", "Members"))]
        self.web = Web("Kade", links=links, doors=self.doors)
        ways = [self.sessions.knows(), self.keys.knows()]
        self.app = FastAPI(
            openapi_url=None,
            docs_url=None,
            redoc_url=None,
            dependencies=[Depends(guard(self.doors, ways, self._note))],
        )
        for router in (self._pages(), files, AccountPages(self.web, self.sessions).router()):
            self.app.include_router(router)
        dress(self.app, self.web)
        undeclared(self.app, self.doors)

    async def _note(self, member, caller, purpose, what):
        self.looks.append((member, caller.name, purpose, what, self.bills_given))

    def _pages(self):
        router = APIRouter()

        def page(request: Request):
            return self.web.message(request, Said("Hallo", "Hello"), Said("Dag buurt.", "Hello neighbours."))

        def bill(request: Request, member: str):
            self.bills_given += 1
            return page(request)

        router.add_api_route("/", page)
        router.add_api_route("/members-only", page)
        router.add_api_route("/change", page, methods=["POST"])
        router.add_api_route(BILL[1], bill)
        return router

    def client(self, address="198.51.100.7", base_url="http://street.example", **headers):
        given = {"accept": PAGE, "accept-language": "en", **headers}
        return Asking(self.app, given, address, base_url)

    def somebody(self, name="Ann", role=Role.RESIDENT, member="m-1"):
        return self.accounts.accept(self.accounts.invite(role, member=member), name, GOOD)

    def signed_in(self, name="Ann", role=Role.RESIDENT, member="m-1", **headers):
        """A browser in which somebody is signed in."""
        self.somebody(name, role, member)
        client = self.client(**headers)
        assert sign_in(client, name, GOOD).status_code == 303
        return client

    def later(self, **by):
        self.clock.at += timedelta(**by)


def token(page):
    """What the form on a page holds."""
    return page.text.split('name="form_token" value="')[1].split('"')[0]


def sign_in(client, name, password, onward="/", **headers):
    shown = client.get("/sign-in")
    given = {"form_token": token(shown), "name": name, "password": password, "next": onward}
    return client.post("/sign-in", data=given, headers=headers)
