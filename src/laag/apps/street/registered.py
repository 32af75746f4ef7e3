"""A server does not start with an answer that nobody registered: what it is for, and each of its fields."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import fields
from types import MappingProxyType
from typing import get_args

from fastapi import FastAPI
from fastapi.routing import APIRoute, iter_route_contexts
from pydantic import BaseModel

from laag.adapters.neighbourhood.bindings import BINDINGS, Bindings, Bound, check, field_of, ours, parts
from laag.apps.ledger.handing_in import Receipt, Receipts
from laag.apps.ledger.reading import Keys, Proof
from laag.apps.street.api.algorithms import Algorithms, OneAlgorithm
from laag.apps.street.api.fills import Fills, OneFill
from laag.apps.street.api.homes import SettledDay
from laag.apps.street.api.operator import (
    Changes,
    CodeMade,
    Member,
    RefusedMessage,
    SettledAgain,
    Status,
)
from laag.apps.street.api.public import Health, Market
from laag.apps.street.api.questions import Answer, MayAsk, OwnAnswers, Questions, Told
from laag.foundation.data import Purpose
from laag.foundation.errors import BadInput
from laag.foundation.register import REGISTER
from laag.ledger import kinds

ANSWERS: Bindings = MappingProxyType(
    {
        **BINDINGS,
        SettledDay: Bound("settled", Purpose.SETTLEMENT),
        Market: Bound("market", Purpose.PUBLIC),
        Algorithms: Bound("algorithms", Purpose.PUBLIC),
        OneAlgorithm: Bound("algorithms", Purpose.PUBLIC),
        Health: Bound("server", Purpose.PUBLIC),
        Fills: Bound("fills", Purpose.SUPERVISION),
        OneFill: Bound("fills", Purpose.SUPERVISION),
        Member: Bound("members", Purpose.MEMBERSHIP),
        Changes: Bound("members", Purpose.MEMBERSHIP),
        CodeMade: Bound("members", Purpose.MEMBERSHIP),
        RefusedMessage: Bound("members", Purpose.SUPPORT),
        Questions: Bound("questions", Purpose.PUBLIC),
        MayAsk: Bound("questions", Purpose.PUBLIC),
        Answer: Bound("told", Purpose.RESEARCH),
        Told: Bound("told", Purpose.RESEARCH),
        OwnAnswers: Bound("own_answers", Purpose.OWN),
        Proof: Bound("ledger", Purpose.RECORD),
        Keys: Bound("ledger", Purpose.RECORD),
        Receipts: Bound("ledger", Purpose.RECORD),
        Receipt: Bound("ledger", Purpose.RECORD),
    }
)
"""Every class that a server answers with, what it is for, and where its fields stand in the register."""
INSIDE = (Status, SettledAgain)
"""How the server itself runs, to its operator: nothing of a home, and nothing that leaves."""
PLAIN: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "/api/v1/stream": ("server.kind", "gateway.wh"),
        "/metrics": ("server.figures",),
        "/api/v1/openapi.json": ("server.version",),
        "/api/v1/audit/{day}": ("audit.record", "audit.event", "audit.tree"),
        "/api/v1/ledger/genesis": ("ledger.change",),
        "/api/v1/ledger/checkpoint": ("ledger.root", "ledger.size"),
        "/api/v1/ledger/entries": ("ledger.entries",),
        "/api/v1/ledger/consistency": ("ledger.path",),
        "/api/v1/codes/{code}": (),
    }
)
"""Routes that answer with other than a class, by what stands in their answers."""


def unregistered(app: FastAPI, answers: Bindings = ANSWERS) -> None:
    """Refuse to start with a route of the interface whose answer is in neither table, or with a field that is not registered."""
    wrong = [f"{path} answers with something that nobody registered" for path in _strangers(app)]
    wrong += [
        f"{name} is not in the register" for names in PLAIN.values() for name in names if name not in REGISTER
    ]
    wrong += [
        f"ledger.{field.name} is not in the register"
        for entry in get_args(kinds.Entry)
        for field in fields(entry)
        if field_of("ledger", field.name) is None
    ]
    if wrong:
        raise BadInput(
            f"{'; '.join(wrong)}: add its class with its purpose to the answers that are registered, and its fields to the register"
        )
    check([*ours(), *answers], answers)


def _strangers(app: FastAPI) -> Iterator[str]:
    for context in iter_route_contexts(app.routes):
        route = context.original_route
        if not isinstance(route, APIRoute) or not route.path.startswith("/api/") or route.path in PLAIN:
            continue
        said = list(_classes(route.response_model))
        if not said or any(one not in ANSWERS and one not in INSIDE for one in said):
            yield f"{'/'.join(sorted(route.methods or ()))} {route.path}"


def _classes(annotation: object) -> Iterator[type[BaseModel]]:
    """The classes of an answer, of their parts as well."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
        if annotation not in INSIDE:
            for name in annotation.model_fields:
                for part in parts(annotation, name):
                    yield from _classes(part)
    else:
        for inner in get_args(annotation):
            yield from _classes(inner)
