"""An address is read whole or refused, and its password is never repeated."""

import pytest

from laag.adapters.stores.address import Address
from laag.foundation.errors import BadInput


def test_what_is_left_out_is_as_usual(monkeypatch):
    monkeypatch.delenv("PGPASSWORD", raising=False)
    assert Address.of("postgresql://ann@/street") == Address("localhost", 5432, "ann", None, "street", "laag", "disable")  # fmt: skip


def test_everything_can_be_said():
    url = "postgresql://ann%40street:a%2Fb%3A@db.example:6543/my%20street?schema=oak_2&sslmode=require"
    assert Address.of(url) == Address(
        "db.example", 6543, "ann@street", "a/b:", "my street", "oak_2", "require"
    )


@pytest.mark.parametrize(
    ("url", "tls"),
    [
        ("postgresql://a@db.example/d", "verify-full"),
        ("postgresql://a@db.example/d?sslmode=disable", "disable"),
        ("postgresql://a@127.0.0.1/d", "disable"),
        ("postgresql://a@[::1]/d", "disable"),
        ("postgresql://a@/d?host=/run/postgresql", "disable"),
        ("postgresql://a@localhost/d?sslmode=verify-full", "verify-full"),
    ],
)
def test_a_password_goes_over_a_network_to_a_verified_server_unless_told_otherwise(url, tls):
    assert Address.of(url).tls == tls


@pytest.mark.parametrize(
    "url",
    [
        "postgresql://ann:s3cret@db.example",
        "postgresql://ann:s3cret@db.example/",
        "postgresql://:s3cret@db.example/street",
        "postgresql://ann:s3cret/s3cret@db.example/street",
        "postgresql://ann:12/s3cret@db.example/street",
        "postgresql://ann:12#s3cret@db.example/street",
        "postgresql://ann:12?s3cret@db.example/street",
        "postgresql://ann:12?s3cret=1@db.example/street",
        "postgresql://ann:s3cret@db.example:port/street",
        "postgresql://ann:s3cret@db.example:99999/street",
        "postgresql://ann:s3cret@[db.example/street",
        "postgresql://ann:s3cret@db.example/street?schema=s3cret;drop",
        "postgresql://ann:s3cret@db.example/street?sslmode=s3cret",
        "postgresql://ann:s3cret@db.example/street?password=s3cret",
        "postgresql://ann:s3cret@db.example/street?s3cret",
    ],
)
def test_an_address_that_cannot_be_meant_is_refused_without_repeating_any_of_it(url):
    with pytest.raises(BadInput) as fault:
        Address.of(url)
    assert "s3cret" not in str(fault.value)
    assert fault.value.__suppress_context__ or fault.value.__context__ is None
