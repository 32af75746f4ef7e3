"""The public register of algorithms: what decides here, from what, by whose leave, and which version of it runs."""

from __future__ import annotations

import hashlib
import inspect
from functools import cache
from importlib import import_module

from fastapi import APIRouter, Request

from laag.adapters.neighbourhood.wire import Both, Wire
from laag.apps.access import Door, Doors, Role
from laag.apps.street.running import running
from laag.cycle.algorithms import ALGORITHMS, Algorithm
from laag.foundation.words import Said

router = APIRouter(tags=["everybody"])
_PATH = "/api/v1/algorithms"
ALGORITHM_DOORS: Doors = {("GET", _PATH): Door.of(Role.ANYBODY)}


class OneAlgorithm(Wire):
    """One of them."""

    name: str
    called: Both
    decides: Both
    version: str
    """Of the package, and the fingerprint of the module that decides: another rule is another fingerprint."""
    inputs: list[str]
    """By their names in the register of fields."""
    when: Both
    approved: Both
    """By whom: the version of the charter and its article, or the home itself."""
    read: str


class Algorithms(Wire):
    """All of them."""

    algorithms: list[OneAlgorithm]


@router.get(_PATH)
async def algorithms(request: Request) -> Algorithms:
    """What decides here."""
    here = running(request)
    state = here.keeper.live
    today = here.now().astimezone(state.neighbourhood.zone).date()
    charter = state.charter_on(today).version
    return Algorithms(algorithms=[told(one, here.version, charter) for one in ALGORITHMS])


def told(one: Algorithm, version: str, charter: str) -> OneAlgorithm:
    """As it runs here now."""
    return OneAlgorithm(
        name=one.name,
        called=_both(one.called),
        decides=_both(one.decides),
        version=f"{version} {fingerprint(one.code)}",
        inputs=list(one.inputs),
        when=_both(one.when),
        approved=_both(_approved(one, charter)),
        read=one.read,
    )


@cache
def fingerprint(code: str) -> str:
    """Of the text of the module in which a function stands.

    >>> len(fingerprint("laag.settlement.estimate:filled"))
    12
    """
    module = import_module(code.partition(":")[0])
    return hashlib.sha256(inspect.getsource(module).encode()).hexdigest()[:12]


def _approved(one: Algorithm, charter: str) -> Said:
    if not one.article:
        return Said("het huis zelf, of de wet", "the home itself, or the law")
    return Said(
        f"de leden: versie {charter} van het reglement, artikel {one.article}",
        f"the members: version {charter} of the charter, article {one.article}",
    )


def _both(said: Said) -> Both:
    return Both(nl=said.nl, en=said.en)
