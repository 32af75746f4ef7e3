"""The page of who gains: groups of ten or more, told apart without colour, and to a resident its own."""

import re

import pytest
from tests.apps.street.paged_street import street
from tests.cycle.any_street import Street, after

from laag.apps.access import Role
from laag.apps.street.pages import gains_words as words
from laag.apps.street.pages.gains import Counted, parts
from laag.cycle.live.views.gains import gains
from laag.foundation.words import Lang


@pytest.fixture(scope="module")
def found():
    return gains(after(Street(36, 1, 4).messages()))


@pytest.fixture(scope="module")
def place(tmp_path_factory):
    with street(tmp_path_factory.mktemp("street")) as made:
        yield made


@pytest.mark.parametrize("lang", Lang)
def test_of_ten_homes_or_more_everything_is_shown(found, lang):
    shown = parts(found, lang)
    assert len(shown["tiles"]) == 5
    for _, heads, rows in shown["tables"]:
        assert rows
        assert all(len(row) == len(heads) and int(row[1]) >= 10 for row in rows)
    assert [row[0] for row in shown["unequal"]] == list(words.COLUMNS.values())


def test_the_four_ways_have_four_shapes_and_no_style_of_their_own(found):
    drawn = str(parts(found, Lang.EN)["picture"])
    legend = re.search(r"<ul.*?</ul>", drawn, re.DOTALL)[0]
    shapes = set(re.findall(r'<(?:rect|polygon|circle class="[^"]+")', legend))
    assert shapes == {"<rect", "<polygon", '<circle class="ring"', '<circle class="f-local"'}
    assert "style=" not in drawn
    assert drawn.count("<title") == 2


def test_every_label_of_a_group_has_words(found):
    for way in found.ways:
        for label in found.ways[way]:
            assert way == "cable" or label in words.LABELS


def test_of_six_homes_a_resident_sees_its_own_alone(place):
    page = place.ask(Role.RESIDENT, member=place.members[0], lang="nl").get("/gains")
    assert page.status_code == 200
    assert words.FEW.nl in page.text
    assert "door met buren te handelen" in page.text
    assert words.MEAN.nl not in page.text
    assert not any(name in page.text for name in place.members[1:])


def test_an_operator_has_no_home_of_its_own_there(place):
    assert words.YOURS.en not in place.ask(Role.OPERATOR).get("/gains").text


def test_it_is_counted_once_for_the_same_days():
    state, counted = after(Street(12, 1, 4).messages()), Counted()
    assert counted.of(state) is counted.of(state)
