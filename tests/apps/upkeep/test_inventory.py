"""A household is told what is known of its devices, and what is not."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from laag.apps.agent.config import parse
from laag.apps.upkeep.concerns import SOON, STALE, Weight, concerns
from laag.apps.upkeep.inventory import Device, of_tables, of_text, read
from laag.foundation.errors import BadInput

TODAY = date(2026, 11, 22)
KNOWN = {
    "name": "charger",
    "kind": "charger",
    "make": "Acme",
    "model": "C1",
    "protocol": "OCPP 1.6",
    "firmware": "1.2",
    "support_until": date(2031, 6, 30),
    "works_without_cloud": True,
    "source": "letter of 1 May 2026",
    "checked": date(2026, 5, 1),
}
DAYS = st.dates(date(2000, 1, 1), date(2099, 12, 31))


def said(**facts):
    return concerns([Device(**{**KNOWN, **facts})], TODAY)


def test_a_device_of_which_all_is_known_and_well_needs_no_word():
    assert said() == ()


@pytest.mark.parametrize(
    ("facts", "weight", "nl", "en"),
    [
        ({"support_until": date(2024, 6, 30)}, Weight.DANGER, "zondag 30 juni 2024 niet meer", "stopped mending"),
        ({"support_until": date(2027, 1, 31)}, Weight.WARNING, "nog bij tot en met", "until Sunday 31 January 2027"),
        ({"support_until": None}, Weight.WARNING, "niet bekend tot wanneer", "not known until when"),
        ({"works_without_cloud": False}, Weight.WARNING, "computers van de maker", "without its maker's computers"),
        ({"works_without_cloud": None}, Weight.NOTE, "zonder internet", "without the internet"),
        ({"firmware": None}, Weight.NOTE, "de versie van de software", "the version of its software"),
        ({"source": None}, Weight.NOTE, "zet de bron", "add the source"),
        ({"checked": TODAY - STALE - timedelta(days=1)}, Weight.NOTE, "laatst nagekeken", "last looked up"),
    ],
)  # fmt: skip
def test_what_is_missing_or_ended_is_said_in_both_languages(facts, weight, nl, en):
    (only,) = said(**facts)
    assert only.weight is weight
    assert only.device == "charger"
    assert nl in only.said.nl
    assert en in only.said.en


@given(DAYS, DAYS)
def test_support_is_ended_after_its_last_day_and_not_on_it(until, today):
    """Danger after the last day, a warning in the year before it, silence earlier."""
    heaviest = max(
        (one.weight for one in concerns([Device(**{**KNOWN, "support_until": until, "checked": today})], today)),
        default=None,
    )  # fmt: skip
    left = until - today
    expected = Weight.DANGER if left < timedelta(0) else Weight.WARNING if left < SOON else None
    assert heaviest == expected


def test_the_heaviest_is_said_first():
    devices = [
        Device(name="meter", kind="meter"),
        Device(**{**KNOWN, "support_until": date(2020, 1, 1)}),
    ]
    assert [one.weight for one in concerns(devices, TODAY)] == [
        Weight.DANGER,
        Weight.WARNING,
        Weight.NOTE,
        Weight.NOTE,
    ]


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ('[[device]]\nname = "a"\nkind = "toaster"', "device[0].kind"),
        ('[[device]]\nname = "a"\nkind = "meter"\nfirmwear = "1"', "did you mean firmware?"),
        ('[[device]]\nkind = "meter"', "device[0].name is missing"),
        ('[[device]]\nname = "a"\nkind = "meter"\nchecked = "yesterday"', "device[0].checked"),
        ('[[device]]\nname = "a"\nkind = "meter"\nworks_without_cloud = "yes"', "works_without_cloud"),
        ('[[device]]\nname = "a"\nkind = "meter"\n' * 2, "two devices are called a"),
        ("[device", "is not TOML"),
        ("device = 3", "device"),
    ],
)
def test_what_cannot_be_meant_is_refused_with_its_place_and_a_way_out(text, says):
    with pytest.raises(BadInput, match=r"docs/device-inventory\.md") as fault:
        of_text(text)
    assert says in str(fault.value)


def understood(text):
    try:
        return of_text(text)
    except BadInput as fault:
        return str(fault)


@given(st.text(max_size=60))
def test_any_text_is_an_inventory_or_a_sentence_with_a_way_out(text):
    heard = understood(text)
    assert not isinstance(heard, str) or "docs/device-inventory.md" in heard


def test_devices_may_stand_in_a_file_that_says_more(tmp_path):
    (tmp_path / "home.toml").write_text('[home]\nname = "Kade 12"\n[[device]]\nname = "m"\nkind = "meter"\n')
    assert [one.name for one in read(tmp_path / "home.toml").devices] == ["m"]
    assert of_tables([]).devices == ()


def test_a_homes_own_settings_may_hold_its_devices(tmp_path):
    text = '[home]\nname = "Kade 12"\nmeter = "/dev/ttyUSB0"\n[[device]]\nname = "m"\nkind = "meter"\n'
    assert [one.name for one in parse(text, tmp_path).inventory] == ["m"]
    with pytest.raises(BadInput, match="did you mean firmware"):
        parse(text + 'firmwear = "1"\n', tmp_path)
