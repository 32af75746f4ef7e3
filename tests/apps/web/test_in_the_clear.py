"""Where a password would cross a network unencrypted, the page that asks for it says so."""

import pytest
from tests.apps.web.small_site import GOOD, sign_in, site

IN_CLEAR = {"en": "This page is not encrypted", "nl": "Deze bladzijde is niet versleuteld"}


@pytest.fixture
def place():
    with site() as made:
        yield made


@pytest.mark.parametrize(
    ("address", "scheme", "says"),
    [
        ("192.168.1.20", "http", True),
        ("2001:db8::7", "http", True),
        ("192.168.1.20", "https", False),
        ("127.0.0.1", "http", False),
        ("::1", "http", False),
        ("::ffff:127.0.0.1", "http", False),
    ],
)
@pytest.mark.parametrize("lang", ["nl", "en"])
def test_a_page_that_asks_for_a_password_says_who_reads_along(place, address, scheme, says, lang):
    client = place.client(address, f"{scheme}://street.example")
    secret = place.accounts.first_operator()
    for path in ("/sign-in", f"/welcome/{secret}"):
        text = client.get(f"{path}?lang={lang}").text
        assert (IN_CLEAR[lang] in text) == says, path


def test_also_where_another_password_is_chosen(place):
    place.somebody()
    client = place.client("192.168.1.20")
    sign_in(client, "Ann", GOOD)
    assert IN_CLEAR["en"] in client.get("/account").text
    assert IN_CLEAR["en"] not in client.get("/").text
