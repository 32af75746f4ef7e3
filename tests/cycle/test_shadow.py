"""Our own past days under a proposal: the real ones to the digit, the others by hand, and nobody given away."""

from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.cycle.any_street import FIRST, PLACE, Street, after, logged, streets

from laag.cycle import live, shadow
from laag.cycle.live import views
from laag.cycle.live.views.charged import charged
from laag.foundation.words import Lang
from laag.neighbourhood.charter import ARTICLES
from laag.neighbourhood.charter.process import Activated, Counted, Proposed, Shadowed, Voted

DAY = timedelta(days=1)
CHARTER = PLACE.terms.charter


def under(**changes):
    return replace(CHARTER, **changes)


def tried(messages, charter, articles=("market.k_percent",), floor=10, most=28, **more):
    state, events = logged(messages)
    chosen = shadow.chosen(state, (state.newest_closed or FIRST) + DAY, most)
    return shadow.tried(PLACE, events, chosen, "p-1", articles, charter, floor=floor, **more)


@given(streets())
@settings(max_examples=15)
def test_under_the_charter_that_held_days_come_out_as_they_were_settled(street):
    state, events = logged(street.messages())
    lived = shadow.lived(PLACE, events, street.dates)
    real = views.period(state, FIRST, street.last)
    assert lived.period.days == real.days
    for again, was in zip(lived.period.wholes, real.wholes, strict=True):
        ours, theirs = again.done.settled, was.done.settled
        assert (ours.bought_units == theirs.bought_units).all()
        assert (ours.deviation_units == theirs.deviation_units).all()
        assert again.known.revision == was.known.revision
    assert list(lived.paid_units.values()) == [one.units for one in charged(real)]
    assert not lived.skipped


@given(streets(), st.integers(0, 99))
@settings(max_examples=15)
def test_a_proposal_gives_the_street_that_would_have_lived_under_it(street, k):
    """A street whose charter it had been all along comes to the same as the shadow of one whose it was not."""
    charter = under(k_percent=k)
    _, events = logged(street.messages())
    shadowed = shadow.lived(PLACE, events, street.dates, charter)
    place = replace(PLACE, terms=replace(PLACE.terms, charter=charter))
    state = live.begin(place)
    for message in street.messages():
        state, _ = live.apply(state, message)
    real = views.period(state, FIRST, street.last)
    assert list(shadowed.paid_units.values()) == [one.units for one in charged(real)]


@given(
    streets(days=2, silent=False), st.sampled_from(["uniform", "pay_as_bid", "mid_market", "peer_to_peer"])
)
@settings(max_examples=10)
def test_another_rule_moves_no_meter(street, rule):
    _, events = logged(street.messages())
    was = shadow.lived(PLACE, events, street.dates)
    would = shadow.lived(PLACE, events, street.dates, under(rule=rule))
    for one, other in zip(was.period.wholes, would.period.wholes, strict=True):
        assert (one.done.settled.metered_wh == other.done.settled.metered_wh).all()


def test_what_is_the_same_changes_nobody_s_bill():
    table = tried(Street(12, 2, 3).messages(), under(version="2"))
    assert {one.change_units for one in table.homes.values()} == {0}
    assert table.before == table.after
    assert "no difference" in shadow.told(table)[1].en


def test_who_gains_and_who_loses_is_counted_and_adds_up():
    table = tried(Street(12, 2, 3).messages(), under(k_percent=30))
    changes = [one.change_units for one in table.homes.values()]
    assert table.street.gain == sum(one < -500_000 for one in changes)
    assert table.street.lose == sum(one > 500_000 for one in changes)
    assert table.street.gain > 0
    assert table.street.lose > 0
    assert table.street.gain + table.street.lose + table.street.same == table.street.homes == 12
    assert table.street.change_units == sum(changes)
    yearly = [one.per_year_units / 1e8 for one in table.homes.values()]
    assert table.street.most_lost_eur - 1 < max(yearly) <= table.street.most_lost_eur
    assert -table.street.most_gained_eur <= min(yearly) < 1 - table.street.most_gained_eur
    assert abs(table.street.median_units / 1e8 - float(np.median(yearly))) <= 0.05 + 1e-9


def test_a_year_is_said_to_be_these_days_again_and_again():
    effect = shadow.Effect(2, 10_00000000, 10_02000000)
    assert effect.per_year_units == 365 * 2_000_000 // 2
    said = shadow.own(effect)
    assert (
        said.nl
        == "Jouw huis had over 2 dagen € 0,02 meer betaald. In een jaar van zulke dagen is dat ongeveer € 3,65 meer."
    )
    assert "€3.65 more" in said.en


def test_one_who_joined_later_is_scaled_by_its_own_days():
    street = Street(12, 2, 3)
    joins = [*street.joins()[:-1], replace(street.joins()[-1], first_day=street.last)]
    told = [
        *joins,
        *(
            one
            for one in street.messages(joins=[])
            if not (getattr(one, "member", "") == joins[-1].member and one.day == FIRST)
        ),
    ]
    table = tried(told, under(k_percent=30))
    assert [one.days for one in table.homes.values()] == [2] * 11 + [1]


@pytest.mark.parametrize("article", ["voting.quorum_percent", "data.retention_days"])
def test_what_decides_nothing_of_the_past_gets_a_sentence_and_no_zeros(article):
    table = tried(Street(12, 1, 3).messages(), CHARTER, [article])
    assert not table.replayed
    assert [one.en for one in shadow.told(table)] == [
        "This proposal changes nothing of days that have been: it is about what holds from its first day on."
    ]


def test_of_a_proposal_of_two_parts_it_says_which_is_not_in_the_table():
    table = tried(Street(12, 1, 3).messages(), under(k_percent=30), ["market.k_percent", "voting.days"])
    assert table.idle == ("voting.days",)
    assert any("not in this table: voting.days" in one.en for one in shadow.told(table))


def test_a_day_without_prices_is_named_with_what_it_lacks_and_the_others_are_used():
    street = Street(12, 3, 3)
    told = [
        one
        for one in street.messages()
        if getattr(one, "day", None) != FIRST + DAY or not isinstance(one, live.Imbalanced | live.Settle)
    ]
    table = tried(told, under(k_percent=30))
    assert table.days == (FIRST, FIRST + 2 * DAY)
    assert table.missing == ((FIRST + DAY, "imbalance"),)
    said = [one.en for one in shadow.told(table)]
    assert "Worked out again over 2 days, from 28 March 2026 to 30 March 2026." in said
    assert "One day could not be used: 2026-03-29 (its imbalance prices are missing)." in said


def test_with_no_settled_day_it_says_so_and_that_people_may_vote_all_the_same():
    street = Street(12, 1, 3)
    table = tried(street.joins(), under(k_percent=30))
    assert table.days == ()
    assert "no settled day yet" in shadow.told(table)[0].en


def test_only_the_newest_days_count():
    table = tried(Street(11, 3, 3).messages(), under(k_percent=30), most=2)
    assert table.days == (FIRST + DAY, FIRST + 2 * DAY)


def test_of_a_small_street_each_sees_its_own_home_only():
    table = tried(Street(4, 1, 3).messages(), under(k_percent=30))
    assert table.street is None
    assert table.groups == ()
    assert len(table.homes) == 4
    assert any("Fewer than 10 homes" in one.en for one in shadow.told(table))


def test_groups_large_enough_are_shown():
    table = tried(Street(24, 1, 3).messages(), under(k_percent=30), floor=4)
    assert {(one.of, one.name) for one in table.groups} >= {("cable", "north"), ("devices", "pv")}
    assert all(one.homes >= 4 for one in table.groups)


memberships = st.lists(st.sets(st.integers(0, 29)), max_size=6)


@given(st.integers(1, 30), memberships, st.integers(1, 12))
def test_no_sum_of_what_is_shown_is_about_fewer_homes_than_the_floor(homes, sets, floor):
    everybody = frozenset(map(str, range(homes)))
    wanted = [shadow.Group("g", str(at), frozenset(map(str, one))) for at, one in enumerate(sets)]
    found = shadow.shown(everybody, wanted, floor)
    alike = Counter(tuple(name in one.members for one in found) for name in everybody)
    if homes < floor:
        assert found == ()
    else:
        assert min(alike.values()) >= floor


def test_it_says_how_far_it_is():
    heard = []
    tried(Street(3, 3, 3).messages(), under(k_percent=30), far=lambda done, of: heard.append((done, of)))
    assert heard[-1] == (6, 6)
    assert all(before[0] <= now[0] for before, now in pairwise(heard))


def test_every_sentence_is_whole_in_both_languages():
    street = Street(12, 3, 3, silent=True, late=True)
    for charter in (CHARTER, under(k_percent=30), under(rule="uniform")):
        table = tried(street.messages(), charter, ["market.k_percent", "voting.days"])
        for one in (*shadow.told(table), *map(shadow.own, table.homes.values())):
            assert all("{" not in one.to(lang) and one.to(lang).endswith(".") for lang in Lang)


def test_what_can_no_longer_be_said_is_left_out_and_counted():
    state, events = logged(Street(3, 1, 3).messages())
    assert state.day(FIRST).is_settled
    ptu = np.array([95])
    odd = live.to_event(live.RoundClosed(FIRST, int(ptu[0]) - 4))
    was = shadow.lived(PLACE, [*events, odd], [FIRST], CHARTER)
    assert was.skipped == {"round_closed": 1}
    assert after(Street(3, 1, 3).messages()).day(FIRST).is_settled


def test_every_article_that_is_replayed_is_one():
    """An article that is renamed does not silently fall out of the table."""
    assert set(shadow.REPLAYED) <= {one.name for one in ARTICLES}


def test_days_under_two_charters_come_out_each_as_they_were():
    """The charter had changed within the days that are replayed; a proposal then changes all of them."""
    street = Street(4, 3, 3)
    changed = CHARTER.changed({"market.k_percent": 20})
    motions = [
        Proposed("member-000", "p", ("market.k_percent",), ("20",), "Why not.", FIRST + 20 * DAY, at(0)),
        Shadowed("p", "", 0, at(0)),
        *(Voted(name, "p", "yes", at(0)) for name in street.members),
    ]
    told = [*street.joins(), *motions, Counted("p", FIRST + 10 * DAY)]
    state, events = logged([*told, *street.messages(joins=[])])
    assert state.process.proposals["p"].stage == "adopted"
    later = [one for number in range(3, 20) for one in [live.Closed(FIRST + number * DAY)]]
    for one in (*later, Activated("p", FIRST + 20 * DAY), *Street(4, 3, 3).day(FIRST + 20 * DAY, 1_000)):
        state, effects = live.apply(state, one)
        assert not [each for each in effects if isinstance(each, live.Refused)], effects
        events.append(live.to_event(one, live.told_by(effects)))
    days = [FIRST + DAY, FIRST + 20 * DAY]
    lived = shadow.lived(PLACE, events, days)
    assert [one.charter.version for one in lived.period.wholes] == ["1", "2"]
    assert lived.period.wholes[1].charter.k_percent == changed.k_percent
    would = shadow.lived(PLACE, events, days, under(k_percent=70))
    assert [one.charter.k_percent for one in would.period.wholes] == [70, 70]


def at(day):
    return datetime(2026, 3, 28, 9, tzinfo=UTC) + day * DAY
