"""An entry tells nothing of anybody, and is as it was signed or not used."""

import json
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError
from tests.adapters.catalogue.examples import FOLDER, made
from tests.neighbourhood.charter.strategies import charters

from laag.adapters.catalogue import (
    EXAMPLE,
    Community,
    Home,
    Words,
    community_of,
    example_key,
    home_of,
    parse,
    read,
    shareable,
    signed,
)
from laag.adapters.catalogue.entry import PERSONAL, is_personal
from laag.adapters.homefile.devices import DevicesWire
from laag.adapters.keys import Key
from laag.foundation.errors import BadInput
from laag.home.preferences import KINDS, of_plain, to_plain
from laag.home.preferences import parse as wish
from laag.home.preferences.plain import BY_NAME
from laag.neighbourhood.charter import ARTICLES, Agreement, Charter

KEY = Key.new()
WORDS = Words(nl="Een huis.", en="A home.")
SECRETS = [
    "Kanaalstraat 12",
    "871687140000000013",
    "tok-8f3a9c",
    "Jansen",
    "2026-12-24",
    "wasdroger van Jansen",
]


def entry(body, key=KEY):
    return signed(key, "A home", WORDS, "CC0-1.0", body)


WISHES = [
    "car at 80 % by 07:00 on weekdays",
    "no car charging from 17:00 to 20:00",
    "use my own sun first",
    "run the dishwasher before 06:00",
    "living room 20 °C",
]
DATED = [kind for kind in KINDS if issubclass(kind, PERSONAL)]


@st.composite
def homes(draw):
    """A home as its settings build it, with something personal in every field that anybody types."""
    devices = {}
    if draw(st.booleans()):
        devices["pv"] = {"peak_kw": 4.2}
    if draw(st.booleans()):
        devices["battery"] = {"capacity_kwh": 9.6, "charge_max_kw": 4.6, "discharge_max_kw": 4.6}
    if draw(st.booleans()):
        devices["appliances"] = [{"name": draw(st.sampled_from(SECRETS)), "programme_kw": [1.0, 0.5]}]
    lines = draw(st.lists(st.sampled_from(WISHES), unique=True))
    return DevicesWire.model_validate(devices), [wish(line) for line in lines]


@given(homes(), st.sampled_from([None, "family", "renter"]), st.sampled_from([None, "own_sun", "comfort"]))
def test_nothing_that_somebody_typed_gets_out_of_a_home(home, household, first):
    devices, wishes = home
    data = entry(home_of(devices, household, "nl-2026.11", wishes, first)).decode()
    assert not [secret for secret in SECRETS if secret in data]
    for number in ("4.2", "9.6", "4.6"):
        assert number not in json.dumps(json.loads(data)["body"])
    assert set(json.loads(data)["body"]) == {"kind", "household", "devices", "defaults", "wishes", "first"}


@given(charters(), st.sampled_from(SECRETS))
def test_nothing_that_is_called_after_somebody_gets_out_of_a_community(charter, secret):
    named = replace(charter, name=secret, agreements=(Agreement(secret, "ev", 17, 20),))
    data = entry(community_of(named, "layered", cables=2, import_max_kw=153.2)).decode()
    assert secret not in data
    assert json.loads(data)["body"]["grid"] == {"cables": 2, "transformer_kva": 160, "wires": False}


@pytest.mark.parametrize("kind", DATED, ids=lambda kind: kind.__name__)
def test_wishes_that_tell_of_somebodys_days_stay_at_home_and_are_refused_from_elsewhere(kind):
    told = _some(kind)
    assert home_of(DevicesWire(), None, "nl-2026.11", [told]).wishes == ()
    with pytest.raises(ValidationError, match="says when somebody is at home or away"):
        Home(defaults="nl-2026.11", wishes=(to_plain(told),))


def _some(kind):
    plain = {
        "travel": {"first": "2026-12-20", "last": "2027-01-03"},
        "nobody_home": {"last": "2027-01-03"},
        "at_home": {"from": "08:00", "until": "17:00"},
        "car_for_drive": {"km": 84, "by": "07:30"},
    }
    name = next(name for name, one in BY_NAME.items() if one is kind)
    return of_plain({"wish": name, **plain[name]})


def test_every_wish_with_a_date_is_personal():
    """A new kind of wish that has one has to be thought about."""
    with_date = {
        kind
        for kind in KINDS
        if any("First" in str(t) or "Last" in str(t) for t in kind.__annotations__.values())
    }
    assert {one.__name__ for one in with_date} == {"Travel", "NobodyHome", "HelpFullCable"}
    help_ = next(kind for kind in KINDS if kind.__name__ == "HelpFullCable")
    assert is_personal(help_(cents=20, last=date(2026, 12, 24)))
    assert not is_personal(help_(cents=20))


def test_a_word_that_is_ones_own_is_found_in_what_one_wrote_about_it():
    data = signed(
        KEY,
        "A home",
        Words(nl="Bij Jansen.", en="At Jansen's."),
        "CC0-1.0",
        home_of(DevicesWire(), None, "none", []),
    )
    with pytest.raises(BadInput, match="'jansen', which is yours"):
        shareable(data, ["Kade 12", "jansen"])
    assert shareable(data, ["Kade 12", ""]) == data


@given(st.data())
def test_a_changed_byte_is_refused(data):
    good = made()[data.draw(st.sampled_from(sorted(made())))]
    assert parse(good)
    at = data.draw(st.integers(0, len(good) - 1))
    other = data.draw(st.integers(0, 255).filter(lambda byte: byte != good[at]))
    with pytest.raises(BadInput):
        parse(good[:at] + bytes([other]) + good[at + 1 :])


@given(st.binary(max_size=60))
def test_anything_else_is_refused_in_one_sentence(data):
    with pytest.raises(BadInput) as refused:
        parse(data)
    assert "\n" not in str(refused.value)


def test_another_signature_for_the_same_words_is_refused():
    given_ = json.loads(entry(home_of(DevicesWire(), None, "none", [])))
    given_["key"] = Key.new().public
    with pytest.raises(BadInput, match="not as it was signed"):
        parse((json.dumps(given_, indent=1) + "\n").encode())


def test_what_the_examples_key_signs_says_that_it_is_an_example():
    assert parse(entry(home_of(DevicesWire(), None, "none", []), example_key())).example
    assert not parse(entry(home_of(DevicesWire(), None, "none", []))).example


@pytest.mark.parametrize("name", sorted(made()))
def test_the_examples_that_are_shipped_are_signed_marked_and_as_they_are_made(name):
    assert (FOLDER / name).read_bytes() == made()[name]
    shipped = read(FOLDER / name)
    assert shipped.key == EXAMPLE
    assert shipped.example


def test_no_more_is_shipped():
    assert sorted(path.name for path in FOLDER.iterdir()) == sorted(made())


@given(charters())
def test_a_community_comes_back_with_every_article_that_it_may_change(charter):
    body = parse(entry(community_of(charter, "layered"))).body
    assert isinstance(body, Community)
    plain = replace(
        charter, agreements=tuple(replace(one, name=f"{at + 1}") for at, one in enumerate(charter.agreements))
    )
    usual = Charter("")
    for one in ARTICLES:
        text = body.articles.get(one.name, one.text(usual))
        assert text == one.text(plain)


@pytest.mark.parametrize(
    ("articles", "says"),
    [
        ({"market.k_percent": "100"}, "a whole number from 0 to 99"),
        ({"market.k_procent": "30"}, "did you mean market.k_percent?"),
        ({"ladder.first": "minimum, safety, emergency"}, "nobody changes ladder.first"),
    ],
)
def test_an_entry_cannot_say_what_a_charter_cannot(articles, says):
    with pytest.raises(ValidationError) as refused:
        Community(policy="layered", articles=articles)
    assert says in str(refused.value)
