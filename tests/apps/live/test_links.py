"""Where a street lives everybody finds a way in: each link works once, and who has an account signs in."""

import socket
from datetime import UTC, datetime
from time import monotonic

import pytest

from laag.adapters.clocks import Wall
from laag.adapters.stores import open_records
from laag.apps.access import Accounts, Role
from laag.apps.live.links import answers, first_link, roles, welcome
from laag.apps.live.making import Made

HERE = "http://127.0.0.1:8400"
NOON = datetime(2026, 6, 1, 10, tzinfo=UTC)


@pytest.fixture
def made(tmp_path):
    (tmp_path / "street").mkdir()
    return Made(tmp_path, 14, 60.0, 8400, NOON, NOON)


def accept(made, link, name):
    with open_records(str(made.street_settings.parent / "street.sqlite")) as records:
        return Accounts(records, Wall()).accept(link.rpartition("/")[2], name, "fiets regen kaasplank")


def test_each_role_comes_in_by_a_link_that_works_once(made):
    links = dict(roles(made, HERE))
    assert list(links) == ["operator", "grid operator", "regulator"]
    assert accept(made, links["operator"], "Ann").role is Role.OPERATOR
    assert not hasattr(accept(made, links["operator"], "Bob"), "role")
    assert accept(made, links["regulator"], "Cor").role is Role.REGULATOR


def test_a_role_that_somebody_has_signs_in_and_is_not_invited_again(made):
    accept(made, dict(roles(made, HERE))["operator"], "Ann")
    again = dict(roles(made, HERE))
    assert again["operator"] == f"{HERE}/sign-in"
    assert "/welcome/" in again["grid operator"]


def test_a_home_that_is_nobodys_is_shown_with_its_first_link_and_another_with_its_page(made):
    told = first_link(made, 1)
    told.parent.mkdir(parents=True)
    told.write_text("http://127.0.0.1:8411/welcome/secret\n")
    lines = list(welcome(made))
    assert any(line.split() == ["home", "1", "http://127.0.0.1:8411/welcome/secret"] for line in lines)
    assert any(line.split() == ["home", "2", "http://127.0.0.1:8412"] for line in lines)
    assert "homes 13 to 14" in lines[-1]
    assert HERE in lines[0]


def test_a_port_where_nobody_listens_is_waited_for_and_given_up():
    with socket.create_server(("127.0.0.1", 0)) as door:
        port = door.getsockname()[1]
        assert answers(port, monotonic() + 30, lambda: False)
    assert not answers(port, monotonic() + 0.3, lambda: False)
    assert not answers(port, monotonic() + 30, lambda: True)
