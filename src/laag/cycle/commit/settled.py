"""Settled days: what each meter said, and what each account paid for it; all accounts together sum to zero."""

from __future__ import annotations

import numpy as np

from laag.cycle.commit.commit import STREET, Commit, Line, commits, listed
from laag.cycle.live import DaySettled, Live
from laag.cycle.live.charters import rule_of
from laag.settlement.books import Accounts, Cause, Ints, standing


def of_settled(state: Live, effect: DaySettled) -> tuple[Commit, Commit]:
    """The readings of a day and its settlement, as it stands after this; a correction has the next version.

    A member's line gives, cause by cause, what it took (Wh) and paid (1e-8 EUR): their sum is its day on the page.
    """
    period, version, accounts = effect.day.isoformat(), effect.revision, effect.accounts
    readings: dict[str, Line] = {
        member: {"wh": listed(effect.readings.wh[row]), "method": listed(effect.readings.method[row])}
        for row, member in enumerate(accounts.members)
    }
    posted = state.day(effect.day).posted
    assert posted is not None  # it was settled
    now = standing(posted)
    lines = {
        _whose(accounts, account): _account(now.cause[rows], now.energy_wh[rows], now.amount_units[rows])
        for account in range(len(accounts.names))
        if (rows := now.account == account).any() or account < len(accounts.members)
    }
    return (
        commits("meter", period, readings, version=version),
        commits(
            "settle",
            period,
            lines,
            version=version,
            rule=rule_of(state, effect.day, state.neighbourhood.terms.policy.name),
            meter=version,
        ),
    )


def _whose(accounts: Accounts, account: int) -> str:
    name = accounts.names[account]
    return accounts.members[account] if account < len(accounts.members) else STREET + name.replace("/", ".")


def _account(cause: Ints, energy_wh: Ints, amount_units: Ints) -> Line:
    """Cause by cause what moved: Wh and units."""
    which, at = np.unique(cause, return_inverse=True)
    moved_wh, paid_units = np.zeros((2, len(which)), np.int64)
    np.add.at(moved_wh, at, energy_wh)
    np.add.at(paid_units, at, amount_units)
    return {
        "causes": [Cause(one).name.lower() for one in which.tolist()],
        "energy_wh": listed(moved_wh),
        "amount_units": listed(paid_units),
    }
