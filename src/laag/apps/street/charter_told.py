"""The charter as programs and homes are told of it, in the words that pages use."""

from __future__ import annotations

from laag.adapters.neighbourhood import charter as wire
from laag.adapters.neighbourhood.wire import Both
from laag.apps.street.charter_seen import own_of, seen, version_on
from laag.apps.street.running import Running
from laag.cycle.live.charters import moment_on
from laag.cycle.shadow import told
from laag.foundation.words import Lang, Said
from laag.neighbourhood.charter import ARTICLES, Charter, digest
from laag.neighbourhood.charter.counting import counted
from laag.neighbourhood.charter.process import Proposal, Since, Stage


def holds(here: Running) -> Since:
    """The charter that holds today."""
    state = here.keeper.live
    return version_on(state.process, here.now().astimezone(state.neighbourhood.zone).date())


def charter_seen(here: Running) -> wire.CharterSeen:
    """To whoever may read it."""
    now = holds(here)
    return wire.CharterSeen(
        version=now.charter.version,
        since=now.day,
        digest=digest(now.charter),
        rules=_rules(now.charter),
        proposals=[_about(here, one) for one in _newest_first(here)],
    )


def own_charter(here: Running, member: str) -> wire.OwnCharter:
    """To one home."""
    now = holds(here)
    return wire.OwnCharter(
        version=now.charter.version,
        since=now.day,
        rules=_rules(now.charter),
        proposals=[_own(here, one, member) for one in _newest_first(here)],
    )


def _newest_first(here: Running) -> list[Proposal]:
    every = here.keeper.live.process.proposals.values()
    return sorted(every, key=lambda one: one.proposed.at, reverse=True)


def _rules(charter: Charter) -> list[wire.Rule]:
    return [
        wire.Rule(
            article=one.name,
            value=one.text(charter),
            said=_both(one.said(charter)),
            may=_both(one.may.said),
            fixed=None
            if one.fixed is None
            else Both(
                nl=f"{one.fixed.why.nl} ({one.fixed.source})", en=f"{one.fixed.why.en} ({one.fixed.source})"
            ),
        )
        for one in ARTICLES
    ]


def _about(here: Running, one: Proposal) -> wire.ProposalSeen:
    state = here.keeper.live
    read = seen(state, one, None, Lang.EN)
    dutch = seen(state, one, None, Lang.NL)
    table = here.trying.shadows.get(one.name) if one.shadowed else None
    count = one.count
    if count is None and one.rules is not None:
        today = here.now().astimezone(state.neighbourhood.zone).date()
        count = counted(one, moment_on(state, today).members)
    return wire.ProposalSeen(
        proposal=one.name,
        title=_both(read.title),
        stage=one.stage,
        standing=Both(nl=dutch.standing.nl, en=read.standing.en),
        why=one.proposed.why,
        changes=[
            wire.Change(
                article=change.article, before=_both(change.said_before), after=_both(change.said_after)
            )
            for change in read.changes
        ],
        shadow=[] if table is None else [_both(each) for each in told(table)],
        from_day=one.from_day or one.proposed.from_day,
        voted=None if count is None else count.voted,
        may_vote=None if count is None else count.may_vote,
        needed=None if count is None else count.needed,
        votes=None
        if one.count is None
        else {"yes": one.count.yes, "no": one.count.no, "abstain": one.count.abstain},
    )


def _own(here: Running, one: Proposal, member: str) -> wire.OwnProposal:
    state = here.keeper.live
    table = here.trying.shadows.get(one.name) if one.shadowed else None
    said = None if table is None else own_of(table, member)
    choice = one.votes.get(member)
    today = here.now().astimezone(state.neighbourhood.zone).date()
    can = one.stage == Stage.VOTING and member in one.electorate and state.takes_part(member, today)
    return wire.OwnProposal.model_validate(
        {
            "about": _about(here, one),
            "own": None if said is None else _both(said),
            "can_vote": can,
            "choice": choice,
            "code": here.ballots.code(one.name, member) if choice else None,
        }
    )


def _both(said: Said) -> Both:
    return Both(nl=said.nl, en=said.en)
