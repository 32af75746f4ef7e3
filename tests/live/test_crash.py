"""Whoever is killed, and whenever: what was acknowledged is there once, and the books are those of a quiet run."""

import importlib.util

import pytest
from tests.live.crash import crashed
from tests.ports.server import Server, binaries


@pytest.mark.slow
def test_twenty_kills_lose_nothing_and_book_nothing_twice(tmp_path):
    told = crashed(tmp_path, kills=20, seed=7)
    assert sum(told.kills.values()) == 20
    assert told.acknowledged > 100


@pytest.mark.slow
def test_nor_do_ten_where_the_database_is_killed_too(tmp_path):
    if importlib.util.find_spec("pg8000") is None or binaries() is None:
        pytest.skip("no PostgreSQL here: apt-get install postgresql, pip install 'laag[postgres]'")
    postgres = Server()
    postgres.start()
    try:
        told = crashed(tmp_path, kills=10, seed=8, postgres=postgres)
    finally:
        postgres.stop("immediate")
        postgres.remove()
    assert told.kills["database"] == 1
    assert told.acknowledged > 50
