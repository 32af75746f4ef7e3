"""How a charter changes, and how it does not."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from laag.neighbourhood.charter import Charter, VotingTable
from laag.neighbourhood.charter.changes import begin, step
from laag.neighbourhood.charter.process import (
    Activated,
    Choice,
    Counted,
    Decided,
    Feedback,
    Holds,
    Moment,
    NotTaken,
    Proposed,
    Shadowed,
    Stage,
    Voted,
    Why,
    Withdrawn,
)

FIRST = date(2026, 3, 1)
STREET = tuple(f"no-{number}" for number in range(10))
RULES = VotingTable(days=7, notice_days=7, quorum_percent=50, majority_percent=50)
NOON = datetime(2026, 3, 1, 11, tzinfo=UTC)


def at(days, members=STREET):
    today = FIRST + timedelta(days=days)
    return Moment(today, today + timedelta(days=1), members)


def proposed(name="lower", articles=("market.k_percent",), values=("30",), *, from_days=20, member="no-0"):
    return Proposed(
        member, name, articles, values, "Buyers should have more.", FIRST + timedelta(days=from_days), NOON
    )


def voted(choices, name="lower"):
    return [Voted(f"no-{i}", name, choice, NOON) for i, choice in enumerate(choices)]


def told(process, motions, moment):
    outcomes = []
    for motion in motions:
        process, more = step(process, motion, moment)
        outcomes += more
    return process, outcomes


def started(charter=None):
    return begin(charter or Charter("Our street", voting=RULES), FIRST)


def voting(*proposals):
    process = started()
    for one in proposals or (proposed(),):
        process, _ = told(process, [one, Shadowed(one.proposal, "ab", 20, NOON)], at(0))
    return process


def counted(choices, process=None, name="lower", day=8, members=STREET):
    process, _ = told(process or voting(), voted(choices, name), at(1))
    return step(process, Counted(name, FIRST + timedelta(days=day)), at(day, members))


def refusal(process, motion, moment):
    after, (outcome,) = step(process, motion, moment)
    assert after is process
    assert isinstance(outcome, NotTaken)
    assert outcome.why.nl
    return outcome.why.en


YES, NO, ABSTAIN = Choice.YES, Choice.NO, Choice.ABSTAIN


def test_a_change_goes_the_whole_way():
    process, (decided,) = counted([YES] * 4 + [NO] * 2)
    assert (decided.stage, decided.said.en) == (
        Stage.ADOPTED,
        "Adopted: 4 for, 2 against, 0 abstained. It holds from 2026-03-21 on.",
    )
    day = date(2026, 3, 21)
    process, (holds,) = step(process, Activated("lower", day), at(19))
    assert isinstance(holds, Holds)
    assert (process.on(day - timedelta(days=1)).k_percent, process.on(day).k_percent) == (50, 30)
    assert (process.on(FIRST).version, process.on(day).version) == ("1", "2")


def test_a_vote_below_quorum_changes_nothing_and_says_so_with_its_figures():
    process, (decided,) = counted([YES] * 4)
    assert process.proposals["lower"].rejected == Why.QUORUM
    assert decided.said.en == "Nothing changes: 4 homes voted of the 10 who could vote, and 5 were needed."


def test_abstaining_counts_for_the_quorum_and_for_nothing_else():
    process, _ = counted([YES, ABSTAIN, ABSTAIN, ABSTAIN, ABSTAIN])
    assert process.proposals["lower"].stage == Stage.ADOPTED
    process, _ = counted([ABSTAIN] * 9)
    assert process.proposals["lower"].rejected == Why.MAJORITY


def test_a_tie_changes_nothing():
    process, (decided,) = counted([YES, YES, YES, NO, NO, NO])
    assert process.proposals["lower"].rejected == Why.MAJORITY
    assert "3 for, 3 against" in decided.said.en


@pytest.mark.parametrize(("yes", "stage"), [(4, Stage.ADOPTED), (3, Stage.REJECTED)])
def test_some_articles_need_two_thirds(yes, stage):
    process = voting(proposed(articles=("market.rule",), values=("uniform",)))
    process, _ = counted([YES] * yes + [NO] * 2, process)
    assert process.proposals["lower"].stage == stage


def test_the_newest_vote_counts():
    process, _ = told(voting(), voted([NO] * 6), at(1))
    process, _ = counted([YES] * 6, process)
    assert process.proposals["lower"].count.yes == 6


def test_who_leaves_is_not_counted_and_keeps_no_quorum_from_being_reached():
    stayed = STREET[:7]
    process, _ = counted([YES] * 4, members=stayed)
    count = process.proposals["lower"].count
    assert (count.may_vote, count.needed, count.yes, process.proposals["lower"].stage) == (
        7,
        4,
        4,
        Stage.ADOPTED,
    )
    process, _ = counted([YES] * 4 + [NO] * 3, members=STREET[3:])
    assert process.proposals["lower"].count.yes == 1


def test_who_joins_during_a_vote_votes_the_next_time():
    new = at(2, (*STREET, "no-new"))
    assert "votes the next time" in refusal(voting(), Voted("no-new", "lower", YES, NOON), new)


def test_a_household_split_in_two_has_as_many_votes_as_connections_and_no_more():
    """Two connections are two votes; two names on one connection are one, for a member is a connection."""
    street = (*STREET, "no-0-upstairs")
    process, _ = told(started(), [proposed(), Shadowed("lower", "", 0, NOON)], at(0, street))
    process, _ = told(process, [Voted("no-0", "lower", YES, NOON)] * 3, at(1, street))
    process, _ = told(process, [Voted("no-0-upstairs", "lower", YES, NOON)], at(1, street))
    assert dict(process.proposals["lower"].votes) == {"no-0": YES, "no-0-upstairs": YES}


def test_two_open_proposals_on_one_article_and_the_first_in_force_overtakes_the_other():
    process = voting(proposed(), proposed("higher", values=("70",), from_days=25, member="no-1"))
    for name in ("lower", "higher"):
        process, _ = told(process, voted([YES] * 6, name), at(1))
        process, _ = step(process, Counted(name, FIRST + timedelta(days=8)), at(8))
    assert [one.name for one in process.waiting()] == ["lower", "higher"]
    process, (_, overtaken) = step(process, Activated("lower", date(2026, 3, 21)), at(19))
    assert isinstance(overtaken, Decided)
    assert overtaken.said.en.startswith("Overtaken: lower changed market.k_percent.")
    assert process.proposals["higher"].rejected == Why.OVERTAKEN
    assert "rejected, and not adopted" in refusal(process, Activated("higher", date(2026, 3, 26)), at(24))


def test_an_overtaken_vote_is_over_at_once():
    process, _ = counted([YES] * 6)
    process, _ = told(
        process, [proposed("higher", values=("70",), from_days=40), Shadowed("higher", "", 0, NOON)], at(15)
    )
    process, _ = step(process, Activated("lower", date(2026, 3, 21)), at(19))
    assert "rejected" in refusal(process, Voted("no-3", "higher", YES, NOON), at(19))


def test_two_proposals_on_different_articles_both_come_to_hold():
    process = voting(proposed(), proposed("wait", ("voting.days",), ("14",), from_days=20))
    for name in ("lower", "wait"):
        process, _ = told(process, voted([YES] * 6, name), at(1))
        process, _ = step(process, Counted(name, FIRST + timedelta(days=8)), at(8))
        process, _ = (
            step(process, Activated(name, date(2026, 3, 21)), at(19)) if name == "lower" else (process, ())
        )
    process, _ = step(process, Activated("wait", date(2026, 3, 21)), at(19))
    now = process.on(date(2026, 3, 21))
    assert (now.k_percent, now.voting.days, now.version) == (30, 14, "3")


def test_the_rules_of_a_vote_are_those_of_the_day_on_which_it_opened():
    process = voting(proposed("easier", ("voting.quorum_percent",), ("10",)))
    process, _ = told(process, voted([YES] * 6, "easier"), at(1))
    process, _ = step(process, Counted("easier", FIRST + timedelta(days=8)), at(8))
    process, _ = told(process, [proposed(from_days=40), Shadowed("lower", "", 0, NOON)], at(18))
    process, _ = step(process, Activated("easier", date(2026, 3, 21)), at(19))
    process, _ = told(process, [Voted("no-1", "lower", YES, NOON)], at(20))
    process, (decided,) = step(process, Counted("lower", FIRST + timedelta(days=26)), at(26))
    assert "5 were needed" in decided.said.en


def test_a_day_that_time_has_made_impossible_moves_and_that_is_said():
    """The server was off when the vote ended, and counts it a month later."""
    process, (decided,) = counted([YES] * 6, day=40)
    assert process.proposals["lower"].from_day == FIRST + timedelta(days=47)
    assert decided.said.en.endswith(
        "the first day that is still possible, for 2026-03-21 has become too early."
    )


@pytest.mark.parametrize(
    ("motion", "says"),
    [
        (
            proposed(from_days=14),
            "2026-03-15 is too early: after the vote and the notice it can be from 2026-03-16 on",
        ),
        (proposed(from_days=-3), "too early"),
        (proposed(values=("50",)), "market.k_percent is 50 already"),
        (
            proposed(values=("130",)),
            "market.k_percent cannot be '130'; it may be a whole number from 0 to 99",
        ),
        (proposed(articles=("market.k_procent",)), "did you mean market.k_percent?"),
        (proposed(articles=("ladder.first",), values=("market",)), "ladder.first is not voted on here"),
        (proposed(articles=("voting.one_vote_per",), values=("person",)), "changed before a notary"),
        (proposed(articles=()), "names each article once"),
        (proposed(articles=("market.k_percent",) * 2, values=("30", "40")), "names each article once"),
        (proposed(member="no-99"), "no-99 is no member"),
        (proposed(name=""), "give it a name of its own"),
        (Feedback("no-1", "market.k", "too high", NOON), "there is no article market.k"),
        (Feedback("no-1", "market.k_percent", " ", NOON), "say why"),
        (Voted("no-1", "upper", YES, NOON), "there is no proposal upper"),
    ],
)
def test_what_cannot_be_proposed_is_refused_with_a_way_out(motion, says):
    assert says in refusal(started(), motion, at(0))


def test_votes_before_the_shadow_run_and_after_the_end_are_refused():
    process, _ = told(started(), [proposed()], at(0))
    assert "proposed, and not being voted on" in refusal(process, Voted("no-1", "lower", YES, NOON), at(1))
    assert "is over" in refusal(voting(), Voted("no-1", "lower", YES, NOON), at(8))
    assert "is no vote" in refusal(voting(), Voted("no-1", "lower", "perhaps", NOON), at(1))
    assert "lasts until 2026-03-09" in refusal(voting(), Counted("lower", FIRST + timedelta(days=7)), at(7))


def test_only_its_proposer_takes_a_proposal_back_and_only_before_the_vote_is_over():
    assert "only who proposed" in refusal(voting(), Withdrawn("no-1", "lower", NOON), at(1))
    assert "is over" in refusal(voting(), Withdrawn("no-0", "lower", NOON), at(8))
    process, _ = step(voting(), Withdrawn("no-0", "lower", NOON), at(7))
    assert process.proposals["lower"].rejected == Why.WITHDRAWN


def test_nobody_keeps_all_others_reading():
    process = started()
    for number in range(5):
        process, _ = step(process, proposed(f"p{number}", values=(str(number),)), at(0))
    assert "you have 5 already" in refusal(process, proposed("one too many"), at(0))


def test_what_is_in_force_or_coming_cannot_come_on_another_day():
    process, _ = counted([YES] * 6)
    for day in (10, 19, 21):
        assert "when that day's gate is the next" in refusal(
            process, Activated("lower", FIRST + timedelta(days=day)), at(day)
        )


MOTIONS = st.one_of(
    st.builds(
        proposed,
        st.sampled_from("abc"),
        st.sampled_from([("market.k_percent",), ("voting.days",), ("market.k_percent", "voting.days")]),
        st.sampled_from([("30",), ("5", "9"), ("12",)]),
        from_days=st.integers(0, 60),
        member=st.sampled_from(STREET),
    ),
    st.builds(Shadowed, st.sampled_from("abc"), st.just("ab"), st.integers(0, 28), st.just(NOON)),
    st.builds(Voted, st.sampled_from(STREET), st.sampled_from("abc"), st.sampled_from(Choice), st.just(NOON)),
    st.builds(Withdrawn, st.sampled_from(STREET), st.sampled_from("abc"), st.just(NOON)),
)


@given(st.lists(st.lists(MOTIONS, max_size=12), min_size=10, max_size=60), st.data())
def test_whatever_people_say_the_past_stays_and_the_notice_is_kept(days, data):
    """No day whose gate is closed ever gets another charter, and nothing holds without a vote and its notice."""
    process = started()
    for number, motions in enumerate(days):
        moment = at(number, tuple(data.draw(st.lists(st.sampled_from(STREET), unique=True, min_size=4))))
        past = [process.on(FIRST + timedelta(days=day)) for day in range(number + 1)]
        process, _ = told(process, motions, moment)
        for one in list(process.proposals.values()):
            process, outcomes = step(process, Counted(one.name, moment.today), moment)
            for decided in outcomes:
                if isinstance(decided, Decided) and decided.stage == Stage.ADOPTED:
                    assert process.proposals[one.name].from_day >= moment.today + timedelta(
                        days=one.rules.notice_days
                    )
        for one in process.waiting():
            process, _ = step(process, Activated(one.name, moment.first_open), moment)
        assert past == [process.on(FIRST + timedelta(days=day)) for day in range(number + 1)]
    versions = [int(one.charter.version) for one in process.charters]
    assert versions == list(range(1, len(versions) + 1))
    assert all(one.rejected or one.is_open or one.stage == Stage.ACTIVE for one in process.proposals.values())
