"""Limits count callers, not addresses: who has a million of them waits like everybody."""

from ipaddress import IPv4Address, IPv6Address

import pytest
from fastapi import FastAPI, Request
from hypothesis import given
from hypothesis import strategies as st
from tests.apps.web.asking import Asking
from tests.apps.web.small_site import GOOD, sign_in, site
from uvicorn.middleware.proxy_headers import ProxyHeadersMiddleware

from laag.apps.access.addresses import address, counted

v4, v6 = st.integers(0, 2**32 - 1).map(IPv4Address), st.integers(0, 2**128 - 1).map(IPv6Address)


@given(v6, st.integers(0, 2**64 - 1))
def test_all_addresses_of_a_network_of_64_bits_are_one_caller(one, rest):
    neighbour = IPv6Address(int(one) >> 64 << 64 | rest)
    if one.ipv4_mapped is None and neighbour.ipv4_mapped is None:
        assert counted(str(one)) == counted(str(neighbour)) == counted(str(one).upper())
        assert counted(str(one)) != counted(str(IPv6Address(int(one) ^ 1 << 64)))


@given(v4)
def test_an_address_is_the_same_in_ipv4_and_in_ipv6(one):
    assert counted(f"::ffff:{one}") == counted(str(one)) == str(one)


@given(st.text(max_size=50))
def test_whatever_stands_there_is_counted_somehow(odd):
    assert isinstance(counted(odd), str)


@pytest.fixture
def told():
    """Where calls come from, as the server counts them, behind a proxy on its own machine."""
    app = FastAPI()

    @app.get("/")
    def where(request: Request):
        return address(request)

    trusting = ProxyHeadersMiddleware(app, trusted_hosts="127.0.0.1")

    def asks(caller, forwarded=None):
        headers = {} if forwarded is None else {"x-forwarded-for": forwarded}
        return Asking(trusting, headers, caller).get("/").json()

    return asks


def test_behind_a_proxy_on_the_same_machine_its_word_counts_and_a_strangers_does_not(told):
    assert told("127.0.0.1", "203.0.113.9") == "203.0.113.9"
    assert told("127.0.0.1", "2001:db8:1:2:3:4:5:6") == "2001:db8:1:2::/64"
    assert told("198.51.100.7", "203.0.113.9") == "198.51.100.7"
    # A proxy adds whom it saw at the end: what the caller wrote before it counts for nothing.
    assert told("127.0.0.1", "10.0.0.1, 203.0.113.9") == "203.0.113.9"


def test_who_guesses_from_many_addresses_of_one_network_waits_and_another_network_does_not():
    with site() as place:
        place.somebody()
        names = [f"Nobody {number}" for number in range(14)]
        answers = [
            sign_in(place.client(f"2001:db8:1:2::{number + 1:x}"), name, "guess after guess").status_code
            for number, name in enumerate(names)
        ]
        assert answers[:10] == [401] * 10
        assert answers[-1] == 429
        assert sign_in(place.client("2001:db8:1:3::1"), "Ann", GOOD).status_code == 303
