"""Every call that a home makes to its neighbourhood, and what it is for; another one is not made."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from pydantic import BaseModel

from laag.adapters.neighbourhood import charter, committed, everyone, own, wire
from laag.foundation.data import Purpose

_OWN = "/members/{member}"


@dataclass(frozen=True, slots=True)
class Call:
    """One of them."""

    method: str
    path: str
    """Below ``/api/v1``; ``{name}`` stands for one step."""
    purpose: Purpose
    answer: type[BaseModel] | None = None
    """``None``: a stream, or what is not read here."""
    query: frozenset[str] = frozenset()
    """What may be asked, as ``call.`` has it in the register."""
    body: type[BaseModel] | None = None
    signed: bool = True


def _query(*names: str) -> frozenset[str]:
    return frozenset(names)


CALLS = (
    Call("GET", "/about", Purpose.PUBLIC, wire.About, signed=False),
    Call("GET", "/board", Purpose.PUBLIC, wire.Board, signed=False),
    Call("GET", "/stream", Purpose.PUBLIC, signed=False),
    Call("POST", "/enrolments", Purpose.MEMBERSHIP, wire.Enrolled, body=wire.Enrolment, signed=False),
    Call(
        "POST",
        "/messages",
        Purpose.MARKET,
        wire.Answers,
        _query("receipts"),
        body=wire.Messages,
        signed=False,
    ),
    Call("GET", _OWN, Purpose.MEMBERSHIP, wire.Standing),
    Call("DELETE", _OWN, Purpose.MEMBERSHIP, own.OwnGoodbye),
    Call("GET", f"{_OWN}/positions", Purpose.MARKET, wire.Positions, _query("start", "count")),
    Call("GET", f"{_OWN}/settled/{{day}}", Purpose.SETTLEMENT),
    Call("GET", f"{_OWN}/bill", Purpose.OWN, own.OwnBill, _query("first", "last")),
    Call("GET", f"{_OWN}/days/{{day}}", Purpose.OWN, own.OwnDay),
    Call("GET", f"{_OWN}/like", Purpose.OWN, own.OwnLike, _query("last", "days")),
    Call("GET", f"{_OWN}/street", Purpose.OWN, own.OwnStreet),
    Call("GET", f"{_OWN}/grid", Purpose.GRID, own.OwnGrid),
    Call("GET", f"{_OWN}/looks", Purpose.OWN, own.OwnLooks),
    Call("GET", f"{_OWN}/consents", Purpose.MEMBERSHIP, own.OwnConsents),
    Call("GET", f"{_OWN}/data", Purpose.OWN, own.OwnData),
    Call("POST", f"{_OWN}/move", Purpose.MEMBERSHIP, everyone.OwnMove, body=everyone.MovesOut),
    Call("GET", f"{_OWN}/final", Purpose.OWN, everyone.OwnFinal),
    Call("GET", f"{_OWN}/support", Purpose.FUND, everyone.OwnSupport),
    Call("POST", f"{_OWN}/support", Purpose.FUND, everyone.OwnSupport, body=everyone.SupportYes),
    Call("GET", f"{_OWN}/comparison", Purpose.COMPARISON, everyone.OwnBeside),
    Call("POST", f"{_OWN}/comparison", Purpose.COMPARISON, everyone.OwnBeside, body=everyone.MonthShared),
    Call("DELETE", f"{_OWN}/comparison", Purpose.MEMBERSHIP, everyone.Forgotten),
    Call("GET", f"{_OWN}/charter", Purpose.VOTING, charter.OwnCharter),
    Call("POST", f"{_OWN}/charter/votes", Purpose.VOTING, charter.OwnCharter, body=charter.Vote),
    Call("GET", f"{_OWN}/secret", Purpose.RECORD, committed.OwnSecret),
    Call("GET", f"{_OWN}/record", Purpose.RECORD, committed.OwnRecord),
    Call(
        "GET",
        f"{_OWN}/evidence",
        Purpose.RECORD,
        committed.OwnEvidence,
        _query("kind", "market", "first", "last", "since"),
    ),
)
"""A new way to ask something is added here, with what it is for; what it may name stands in the register."""


@lru_cache(256)
def call_of(method: str, path: str) -> Call | None:
    """The call that this is; ``None`` where a home makes no such call.

    >>> call_of("GET", "/members/m-1/bill").purpose.value, call_of("GET", "/members/m-1/diary")
    ('own', None)
    """
    return next(
        (one for one in CALLS if one.method == method and _pattern(one.path).fullmatch(path) is not None),
        None,
    )


@lru_cache(256)
def _pattern(path: str) -> re.Pattern[str]:
    return re.compile(re.sub(r"\\{[a-z]+\\}", "[^/]+", re.escape(path)))
