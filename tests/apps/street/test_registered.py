"""A server with an answer that nobody registered does not start."""

import asyncio

import pytest
from fastapi import APIRouter
from tests.apps.street.recorded import server

from laag.adapters.neighbourhood.bindings import BINDINGS
from laag.adapters.neighbourhood.wire import Wire
from laag.apps.street.registered import ANSWERS, _strangers, unregistered
from laag.foundation.errors import BadInput


class Diary(Wire):
    """What nobody agreed to tell."""

    slept_h: float


async def app_of(folder):
    async with server(folder) as (_, caller):
        return caller._transport.app


def test_every_answer_of_a_server_with_a_ledger_is_registered(tmp_path):
    unregistered(asyncio.run(app_of(tmp_path)))


def test_a_route_whose_answer_nobody_registered_keeps_the_server_from_starting(tmp_path):
    app, router = asyncio.run(app_of(tmp_path)), APIRouter()

    @router.get("/api/v1/members/{member}/diary")
    async def diary(member: str) -> Diary:
        del member
        return Diary(slept_h=8.0)

    app.include_router(router)
    assert list(_strangers(app)) == ["GET /api/v1/members/{member}/diary"]
    with pytest.raises(BadInput, match=r"diary answers with something that nobody registered"):
        unregistered(app)


def test_what_a_home_reads_is_what_a_server_answers():
    """The two tables agree."""
    assert BINDINGS.items() <= ANSWERS.items()
