"""Places for logs: files, and schemas of a real PostgreSQL where there is one."""

import importlib.util
from itertools import count

import pytest
from tests.ports.server import Server, binaries


@pytest.fixture(scope="session")
def postgres():
    if importlib.util.find_spec("pg8000") is None:
        pytest.skip("no pg8000 here: pip install 'laag[postgres]'")
    if binaries() is None:
        pytest.skip("no PostgreSQL here: apt-get install postgresql")
    server = Server()
    server.start()
    yield server
    server.stop("immediate")
    server.remove()


@pytest.fixture(scope="session", params=["sqlite", "postgres"])
def fresh(request, tmp_path_factory):
    """Gives the place of a log that nobody has opened yet, in each kind of store."""
    if request.param == "postgres":
        return request.getfixturevalue("postgres").fresh
    folder, numbers = tmp_path_factory.mktemp("logs"), count(1)
    return lambda: str(folder / f"{next(numbers)}.sqlite")


@pytest.fixture
def quiet(request, fresh):
    """Waits until the server has noticed that a killed process is gone; a file needs no waiting for."""
    if request.node.callspec.params["fresh"] == "postgres":
        return request.getfixturevalue("postgres").alone
    return lambda: None
