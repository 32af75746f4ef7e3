"""Every article of a charter, in the order in which it is read: one entry per rule, and no rule without one."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from laag.foundation.data import GROUNDS, Ground
from laag.foundation.errors import BadInput
from laag.foundation.words import Said
from laag.neighbourhood.charter import said
from laag.neighbourhood.charter.article import Article, Fixed
from laag.neighbourhood.charter.likely import nearest
from laag.neighbourhood.charter.parts import SHOWN, LadderTable
from laag.neighbourhood.charter.values import Agreements, OneOf, Ordered, SomeOf, Truth, Value, Whole
from laag.neighbourhood.commons.questions import SHIPPED as QUESTIONS
from laag.neighbourhood.market import RULES

if TYPE_CHECKING:
    from laag.neighbourhood.charter.charter import Charter

MOST_TICKS = 1_000_000
"""EUR 10 per kWh, beyond any price that a market here allows."""
_PERMILLE, _PERCENT, _YEARS_DAYS = 1_000, 100, 3_660
CONSENT = tuple(one.value for one, ground in GROUNDS.items() if ground is Ground.CONSENT)
"""Only for these purposes can a household be asked; the others are allowed otherwise, or never."""

SAFETY = Fixed(
    Said(
        "de veiligheid van mensen en van het net gaat voor alles; de netbeheerder moet het net in nood kunnen ontlasten",
        "the safety of people and of the grid comes first; the grid operator has to be able to relieve it in an emergency",
    ),
    "Energiewet; aansluit- en transportovereenkomst; NEN 1010",
)
COMES_LAST = Fixed(
    Said(
        "zo is dit systeem gemaakt: niets wordt gemist om geld te besparen",
        "this is how the system is made: nothing is missed to save money",
    ),
    "docs/ladder.md",
)
STATUTES = Fixed(
    Said(
        "wie stemt, staat in de statuten van de vereniging; die veranderen bij de notaris en niet hier",
        "who votes stands in the statutes of the association, which are changed before a notary and not here",
    ),
    "Burgerlijk Wetboek 2:38 en 2:42-43",
)

ARTICLES: tuple[Article, ...] = (
    Article("market.rule", OneOf(tuple(RULES)), said.rule, "laag.cycle.market_day", two_thirds=True),
    Article("market.k_percent", Whole(0, 99), said.k, "laag.neighbourhood.charter.charter"),
    Article(
        "market.scarcity_ticks",
        Whole(-MOST_TICKS, MOST_TICKS, "gateway"),
        said.scarcity,
        "laag.neighbourhood.charter.charter",
    ),
    Article(
        "market.surplus_ticks",
        Whole(-MOST_TICKS, MOST_TICKS, "gateway"),
        said.surplus,
        "laag.neighbourhood.charter.charter",
    ),
    Article("market.silent_order_nothing", Truth(unsaid=True), said.silent, "laag.cycle.live.week_before"),
    Article(
        "ladder.first",
        Ordered(LadderTable().first, fixed=True),
        said.ladder_first,
        "laag.adapters.neighbourhood.agreed",
        SAFETY,
    ),
    Article(
        "ladder.order", Ordered(LadderTable().order), said.ladder_order, "laag.adapters.neighbourhood.agreed"
    ),
    Article(
        "ladder.last",
        Ordered(LadderTable().last, fixed=True),
        said.ladder_last,
        "laag.adapters.neighbourhood.agreed",
        COMES_LAST,
    ),
    Article("grid.when_full", OneOf(("watches", "limits")), said.when_full, "laag.apps.street.wired"),
    Article("grid.flexibility_bought", Truth(), said.flexibility, "laag.cycle.live.judge_flex"),
    Article("grid.bands_pooled", Truth(), said.bands, "laag.cycle.live.fold"),
    Article(
        "sharing.key", OneOf(tuple(said.KEYS)), said.key, "laag.neighbourhood.sharing.agreed", two_thirds=True
    ),
    Article("sharing.fund_permille", Whole(0, _PERMILLE), said.fund, "laag.neighbourhood.sharing.agreed"),
    Article("sharing.pot", SomeOf(tuple(said.POTS)), said.pot, "laag.cycle.pot"),
    Article(
        "sharing.pro_rata_by",
        OneOf(tuple(said.PRO_RATA)),
        said.pro_rata_by,
        "laag.neighbourhood.sharing.agreed",
        two_thirds=True,
    ),
    Article(
        "sharing.low_income_percent",
        Whole(100, 400),
        said.low_income,
        "laag.neighbourhood.sharing.agreed",
        two_thirds=True,
    ),
    Article(
        "sharing.high_income_percent",
        Whole(0, 100),
        said.high_income,
        "laag.neighbourhood.sharing.agreed",
        two_thirds=True,
    ),
    Article(
        "sharing.part_of_who_leaves",
        OneOf(tuple(said.LEAVING)),
        said.part_of_who_leaves,
        "laag.neighbourhood.sharing.agreed",
        two_thirds=True,
    ),
    Article("support.most_eur_per_home", Whole(0, 500), said.support_most, "laag.cycle.live.supporting"),
    Article("support.fund_percent", Whole(0, _PERCENT), said.support_fund, "laag.cycle.live.supporting"),
    Article("vpp.takes_part", Truth(), said.takes_part, "laag.cycle.vpp"),
    Article("vpp.least_gain_kept_permille", Whole(0, _PERMILLE), said.kept, "laag.cycle.vpp"),
    Article("data.purposes", SomeOf(CONSENT), said.purposes, "laag.cycle.live.consents", two_thirds=True),
    Article("data.visible_inside", SomeOf(SHOWN), said.inside, "laag.apps.street.few", two_thirds=True),
    Article("data.visible_outside", SomeOf(SHOWN), said.outside, "laag.apps.street.few", two_thirds=True),
    Article("data.floor_homes", Whole(10, 1_000), said.floor, "laag.cycle.live.commons"),
    Article(
        "data.questions", SomeOf(tuple(QUESTIONS)), said.questions, "laag.cycle.live.commons", two_thirds=True
    ),
    Article("data.epsilon_milli", Whole(0, 10_000), said.epsilon, "laag.cycle.live.commons", two_thirds=True),
    Article("data.retention_days", Whole(35, _YEARS_DAYS), said.retention, "laag.cycle.live.agreeing"),
    Article(
        "agreements",
        Agreements(tuple(said.DEVICES), ("warning", "share")),
        said.agreements,
        "laag.neighbourhood.agreements",
    ),
    Article("consequences.warned_first", Truth(), said.warned_first, "laag.neighbourhood.agreements"),
    Article(
        "consequences.share_lost_permille",
        Whole(0, _PERMILLE),
        said.share_lost,
        "laag.neighbourhood.agreements",
    ),
    Article("consequences.appeal_days", Whole(7, 90), said.appeal, "laag.neighbourhood.agreements"),
    Article(
        "voting.one_vote_per",
        OneOf(("connection",)),
        said.one_vote_per,
        "laag.neighbourhood.charter.counting",
        STATUTES,
    ),
    Article(
        "voting.quorum_percent",
        Whole(1, _PERCENT),
        said.quorum,
        "laag.neighbourhood.charter.counting",
        two_thirds=True,
    ),
    Article(
        "voting.majority_percent",
        Whole(50, _PERCENT - 1),
        said.majority,
        "laag.neighbourhood.charter.counting",
        two_thirds=True,
    ),
    Article("voting.days", Whole(1, 60), said.days, "laag.neighbourhood.charter.judged", two_thirds=True),
    Article(
        "voting.notice_days",
        Whole(1, 90),
        said.notice,
        "laag.neighbourhood.charter.changes",
        two_thirds=True,
    ),
    Article("voting.shadow_days", Whole(1, 35), said.shadow, "laag.apps.street.trying"),
)
_BY_NAME = {one.name: one for one in ARTICLES}


def article(name: str) -> Article:
    """The one of that name.

    >>> article("market.k_procent")
    Traceback (most recent call last):
    laag.foundation.errors.BadInput: there is no article market.k_procent; did you mean market.k_percent?
    """
    if name in _BY_NAME:
        return _BY_NAME[name]
    near = nearest(name, _BY_NAME)
    raise BadInput(
        f"there is no article {name}; did you mean {near}?"
        if near
        else f"there is no article {name}; choose one of {', '.join(_BY_NAME)}"
    )


def articles_of(charter: Charter) -> Mapping[str, Value]:
    """What each one is."""
    return {one.name: one.of(charter) for one in ARTICLES}


def sentences(charter: Charter) -> tuple[Said, ...]:
    """The whole charter, to be read: one for each article, in order."""
    return tuple(one.said(charter) for one in ARTICLES)
