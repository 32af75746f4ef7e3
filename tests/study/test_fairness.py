"""Who gains in a street: every euro that is shown is somebody's, and no few homes are shown."""

import re
from datetime import date
from html.parser import HTMLParser

import numpy as np
import pytest

from laag.foundation.errors import BadInput
from laag.foundation.words import Lang, Said
from laag.neighbourhood.sharing.fairness import FLOOR, alone_units
from laag.neighbourhood.sharing.trading import Trading

pytest.importorskip("pvlib", reason="the street extra (pvlib) is not installed")

from laag.apps.wiring import Options, terms_of
from laag.study.fairness import gains, guesses, page, picture, street, tables


@pytest.fixture(scope="module")
def days():
    """Twenty-four homes on a day in May, each planning for itself."""
    return street.days_of(
        date(2026, 5, 4), 1, 24, terms_of(Options()), terms_of(Options(policy="dynamic-2027"))
    )


@pytest.fixture(scope="module")
def found(days):
    return gains.found(days)


def test_the_market_and_every_key_share_the_same_pot(found):
    assert (
        found.pot_units == Trading(found.days.planned_wh, found.days.buy_ticks, found.days.sell_ticks).whole()
    )
    for column in (gains.MARKET, *gains.KEYS):
        assert found.columns[column].sum() == found.pot_units > 0


def test_what_homes_pay_in_the_market_is_the_streets_one_bill(days):
    together = alone_units(days.planned_wh.sum(axis=0)[None], days.buy_ticks, days.sell_ticks)[0]
    assert gains.paid_units(days, days.planned_wh).sum() == together


def test_what_a_home_gains_itself_and_the_others_by_it_is_what_the_street_gains(days, found):
    """For each home by itself, the others being as they planned."""
    row = int(np.argmax(np.abs(days.planned_wh - days.base_wh).sum(axis=1)))
    without = days.planned_wh.copy()
    without[row] = days.base_wh[row]
    one_bill = [
        int(alone_units(net.sum(axis=0)[None], days.buy_ticks, days.sell_ticks)[0])
        for net in (without, days.planned_wh)
    ]
    gained = found.columns[gains.OWN][row] + found.columns[gains.OTHERS][row]
    assert gained == one_bill[0] - one_bill[1]


def test_who_has_nothing_to_control_gains_nothing_by_controlling(found):
    for label, own, others in zip(
        found.ways["kind"], found.columns[gains.OWN], found.columns[gains.OTHERS], strict=True
    ):
        if label in {"nothing", "sun"}:
            assert (own, others) == (0, 0)


def test_where_half_of_the_gap_is_each_sides_the_market_is_the_key_by_contribution(found):
    """With k at a half and one gap all along, both share each quarter-hour by what was given and used."""
    market, by_key = found.columns[gains.MARKET], found.columns["pro_rata"]
    assert np.abs(market - by_key).max() <= 1e-4 * market.max()


def test_no_table_has_a_row_of_fewer_than_ten_homes(found):
    for way in tables.WAYS:
        _, *rows = tables.by_group(found, way, Lang.EN)
        assert all(int(row[1]) >= FLOOR for row in rows)


def test_whose_control_brings_what_adds_up(found):
    """What all groups gain by one group's control is what its homes pay less, and the rest with them."""
    (giver, row), *_ = [one for one in found.from_whom() if "both" in one[0].names]
    without = found.days.planned_wh.copy()
    without[list(giver.rows)] = found.days.base_wh[list(giver.rows)]
    gained = gains.paid_units(found.days, without) - gains.paid_units(found.days, found.days.planned_wh)
    told = sum(units * len(group.rows) for group, units in row)
    assert told == pytest.approx(gained.sum(), abs=24)


class Outline(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.headings, self.open, self.outside = [], [], []

    def handle_starttag(self, tag, attrs):
        if tag in {"h1", "h2"}:
            self.headings.append(tag)
        self.outside += [value for name, value in attrs if name in {"src", "href"} and "data:" not in value]


def test_the_page_is_whole_in_both_languages_and_fetches_nothing(found):
    html = page.page(found, Said("24 huizen", "24 homes"))
    outline = Outline()
    outline.feed(html)
    assert outline.headings.count("h1") == 2
    assert outline.outside == []
    assert "<script" not in html
    assert "<p>24 huizen</p>" in html
    assert "<p>24 homes</p>" in html
    assert "Wie wint er?" in html
    assert "Who gains?" in html


def test_pictures_tell_keys_apart_without_colour(found):
    curves = picture.lorenz_picture(found, Lang.NL)
    assert len(set(re.findall(r'stroke-dasharray="([^"]*)"', curves))) == 4
    marks = picture.groups_picture(found, Lang.NL)
    assert all(f"<{shape}" in marks for shape in ("rect", "circle", "path"))


def test_the_picture_of_guesses_has_a_bar_for_each():
    drawn = guesses.picture([("one roof", [0.3, 0.2, 0.1, 0.01])], "wrong")
    assert drawn.count("<rect") == 1 + 2 + 4
    assert "sampled, to 5 %: 1.0 %" in drawn


def test_of_fewer_than_ten_homes_nothing_is_lived():
    with pytest.raises(BadInput, match="fewer than 10 homes"):
        street.days_of(date(2026, 5, 4), 1, 9, terms_of(Options()))
