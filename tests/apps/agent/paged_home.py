"""The pages of a lived-in home, asked without a browser; its neighbourhood is a value."""

import asyncio
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from tests.apps.access.hands import QUICK
from tests.apps.agent.lived_in import NOW, TODAY, Stopped, heard, home_with, life_of, thinks
from tests.apps.web.asking import Asking

from laag.adapters.neighbourhood.charter import Change, OwnCharter, OwnProposal, ProposalSeen, Rule
from laag.adapters.neighbourhood.everyone import (
    Forgotten,
    OwnBeside,
    OwnFinal,
    OwnGiven,
    OwnMove,
    OwnSupport,
    SupportTold,
)
from laag.adapters.neighbourhood.link import Away
from laag.adapters.neighbourhood.own import (
    OwnBill,
    OwnConsents,
    OwnCorrection,
    OwnData,
    OwnDay,
    OwnGoodbye,
    OwnLike,
    OwnLine,
    OwnLook,
    OwnLooks,
    OwnMoment,
    OwnStreet,
    OwnTotal,
)
from laag.adapters.neighbourhood.wire import Both
from laag.adapters.stores import open_records
from laag.apps.access import Role
from laag.apps.agent.agent import Agent
from laag.apps.agent.app import agent_app
from laag.apps.agent.pages import site_of
from laag.apps.agent.pages.street import Street
from laag.foundation.errors import BadInput
from laag.foundation.words import Said

CENT = 1_000_000
GONE = Said("de buurt is niet te bereiken", "the neighbourhood cannot be reached")
NAME, PASSWORD = "Ann", "drie groene fietsen"


def both(nl, en):
    return Both(nl=nl, en=en)


def line(code, nl, en, cents, wh=None):
    because = both("Zo is het afgesproken.", "So it was agreed.")
    otherwise = both("Zonder de markt was het meer.", "Without the market it would have been more.")
    return OwnLine(
        code=code,
        text=both(nl, en),
        amount_units=cents * CENT,
        energy_wh=wh,
        because=because,
        otherwise=otherwise,
    )


YESTERDAY = TODAY - timedelta(days=1)
LINES = [
    line("market_purchase", "Gekocht op de markt", "Bought on the market", 412, 18_400),
    line("energy_tax", "Energiebelasting", "Energy tax", 61, 6_600),
    line("market_sale", "Verkocht op de markt", "Sold on the market", -87, 7_900),
    line("deviation", "Anders dan afgesproken", "Other than agreed", 14, 900),
    line("vat", "Btw", "VAT", 84),
    line("total", "Totaal", "Total", 484),
]
BILL = OwnBill(
    first=YESTERDAY - timedelta(days=1),
    last=YESTERDAY,
    total_units=484 * CENT,
    lines=LINES,
    days=[
        OwnTotal(day=YESTERDAY - timedelta(days=1), taken_wh=9_100, given_wh=3_000, units=212 * CENT, estimated=0, corrected=True),
        OwnTotal(day=YESTERDAY, taken_wh=9_300, given_wh=4_900, units=188 * CENT, estimated=3, corrected=False),
    ],
    corrections=[OwnCorrection(day=YESTERDAY - timedelta(days=1), because=both("Een stand kwam later; dat scheelt € 0,12.", "A reading came later; that makes €0.12."))],
    waiting=[TODAY],
    benefit=[
        both("Over 2 dagen betaal je € 4,84; met een dynamisch contract was het € 5,60 geweest.", "Over 2 days you pay €4.84; with a dynamic contract it would have been €5.60."),
        both("Hetzelfde verbruik is gerekend.", "The same use was counted."),
    ],
)  # fmt: skip
DAY = OwnDay(
    day=YESTERDAY,
    units=188 * CENT,
    lines=LINES[:4],
    moments=[
        OwnMoment(quarter=73, units=14 * CENT, because=both("Om 18:15 nam je 0,9 kWh meer af dan afgesproken.", "At 18:15 you took 0.9 kWh more than agreed.")),
        OwnMoment(quarter=54, units=-9 * CENT, because=both("Om 13:30 verkocht je 1,1 kWh zon.", "At 13:30 you sold 1.1 kWh of sun.")),
    ],
    corrections=[],
    quarter=list(range(96)),
    metered_wh=[100 if at < 50 else -40 for at in range(96)],
    agreed_wh=[90 if at < 50 else -60 for at in range(96)],
    units_each=[2 * CENT if at < 50 else -CENT for at in range(96)],
    estimated=[3, 4, 5],
    unordered=both("Je huis deed voor deze dag geen bod.", "Your home did not order for this day."),
)  # fmt: skip


RULE = Rule(article="market.k_percent", value="50", said=both("De helft gaat naar verkopers.", "Half goes to sellers."), may=both("0 tot 99", "0 to 99"))  # fmt: skip
FIXED = Rule(article="ladder.first", value="minimum", said=both("Veiligheid gaat voor.", "Safety comes first."), may=both("alleen dit", "this only"), fixed=both("de wet (Energiewet)", "the law (Energiewet)"))  # fmt: skip
SEEN = ProposalSeen(proposal="p-1", title=both("De markt", "The market"), stage="voting", standing=both("Er wordt gestemd.", "The vote is open."), why="Eerlijker.", changes=[Change(article="market.k_percent", before=RULE.said, after=both("Een derde gaat naar verkopers.", "A third goes to sellers."))], shadow=[both("Van 12 huizen gaan er 6 op vooruit.", "Of 12 homes 6 gain.")], from_day=TODAY + timedelta(days=9), voted=3, may_vote=12, needed=6)  # fmt: skip
CHARTER = OwnCharter(version="1", since=YESTERDAY, rules=[RULE, FIXED], proposals=[OwnProposal(about=SEEN, own=both("Jouw huis had € 1,00 minder betaald.", "Your home would have paid €1.00 less."), can_vote=True, choice="yes", code="K7Q3-9XM2")])  # fmt: skip


@dataclass
class Neighbours:
    """What a neighbourhood would answer; ``None`` is nobody there."""

    answers: dict = field(
        default_factory=lambda: {
            OwnBill: BILL,
            OwnDay: DAY,
            OwnLike: OwnLike(days=7, taken_wh=9_000, given_wh=2_000, homes=12, theirs_wh=8_700, said=both("Je nam per dag 9,0 kWh af; 12 huizen met zonnepanelen namen gemiddeld 8,7 kWh af.", "You took 9.0 kWh a day; 12 homes with solar panels took 8.7 kWh on average.")),
            OwnConsents: OwnConsents(asked=["coordination", "agreement", "comparison", "coach"], given=[]),
            OwnLooks: OwnLooks(looks=[OwnLook(said=both("Op 19 mei 2026 om 10:00 keek Bob (beheerder) naar je rekening, om je te helpen met een vraag.", "On 19 May 2026 at 10:00 Bob (operator) looked at your bill, to help you with a question."))]),
            OwnData: OwnData(tables={"readings": [{"number": 7, "start": "2026-05-19T10:00:00+00:00", "wh": 120}]}),
            OwnStreet: OwnStreet(start=datetime(2026, 5, 20, 16, 15, tzinfo=UTC), wh=3_100),
            OwnCharter: CHARTER,
            OwnFinal: OwnFinal(first=YESTERDAY, last=YESTERDAY, total_units=484 * CENT, without_vat_units=400 * CENT, lines=LINES, corrections=[], closes=TODAY + timedelta(days=34), is_closed=False, said=[both("Dit is je eindafrekening.", "This is your final account.")]),
            OwnSupport: OwnSupport(until="2026-07", given=[OwnGiven(month="2026-04", units=2_500 * CENT)], all=[SupportTold(month="2026-04", homes=12, total_units=30_000 * CENT)]),
            OwnBeside: OwnBeside(month="2026-04", said=[both("De helft van 12 huizen zoals het jouwe gebruikte minder dan 210 kWh.", "Half of 12 homes like yours used less than 210 kWh.")], shared=1),
            OwnMove: OwnMove(last_day=YESTERDAY, code="K7QP-3MXA", link="http://street.test/account/abc"),
            Forgotten: Forgotten(months=1),
            OwnGoodbye: OwnGoodbye(last_day=TODAY + timedelta(days=1), stays=both("Wat is afgerekend blijft.", "What was settled stays.")),
        }
    )  # fmt: skip
    away: bool = False
    nothing: set = field(default_factory=set)
    asked: list = field(default_factory=list)
    told: list = field(default_factory=list)

    async def tell(self, kind, method, path, said):
        self.told.append((path, said))
        return await self.own(kind, method, path)

    async def own(self, kind, method, path):
        self.asked.append((method, path))
        if self.away:
            raise Away(GONE)
        if kind in self.nothing:
            raise BadInput("there is nothing yet; ask again later")
        return self.answers[kind]


async def nothing_heard():
    return
    yield


@contextmanager
def standing(folder, *devices, joined=True, neighbours=None, planned=True, **about):
    """The application of a home, and the site that is on it."""
    life = heard(life_of(home_with(*devices), **about)) if devices else life_of(home_with(), **about)
    if planned:
        thinks(life)
    if joined:
        life.store.keep("member", "m-3fa9c2")
        life.store.keep("first_day", (TODAY - timedelta(days=20)).isoformat())
        life.store.keep("cable", "noord")
    with open_records(str(folder / "access.sqlite3")) as records:
        site = site_of(Agent(life, nothing_heard), records, Stopped(NOW))
        site.here.street = Street(neighbours or Neighbours(), life.store)
        site.here.sessions.accounts._passwords = QUICK
        app = agent_app(site.here.agent, routers=site.routers, doors=site.doors, ways=site.ways)
        site.dress(app)
        yield app, site
    life.store.close()


@contextmanager
def paged(folder, *devices, signed_in=True, language="nl", **about):
    """A browser's side of the pages, signed in; and the site behind them."""
    with standing(folder, *devices, **about) as (app, site):
        headers = {"accept": "text/html", "accept-language": language}
        with asyncio.Runner() as runner:
            client = Asking(app, headers, "198.51.100.7", "http://home.test", runner)
            if signed_in:
                client.cookies.set("laag_session", session(site), domain="home.test")
            yield client, site


def session(site):
    """The secret of somebody who is signed in; the account is made where there is none."""
    accounts = site.here.sessions.accounts
    if not accounts.all():
        account = accounts.accept(accounts.invite(Role.RESIDENT), NAME, PASSWORD)
        assert not isinstance(account, Said), account
    return site.here.sessions.begin(accounts.all()[0])


def token(client, path):
    """What a form of this page needs to be believed."""
    text = client.get(path).text
    return text.split('name="form_token" value="')[1].split('"')[0]
