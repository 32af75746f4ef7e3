"""The register of what leaves a home or a street: each field once, with a reason, for no purpose that is never allowed."""

import pytest

from laag.foundation.data import GROUNDS, PURPOSE_WORDS, Ground, Kind, Party, Purpose, Scale, group
from laag.foundation.errors import BadInput
from laag.foundation.register import REGISTER, least, registered
from laag.foundation.words import Said

BOTH = Said("iets", "something")


def test_every_field_says_in_both_languages_what_it_is_why_and_why_nothing_less_would_do():
    """A household reads them on the page of what leaves its home."""
    for field in REGISTER.values():
        for said in (field.what, field.why, field.least):
            assert said.nl, field.name
            assert said.en, field.name


def test_nothing_is_used_to_advertise_or_to_make_a_profile_of_somebody():
    """No field names them, and one that does is refused."""
    never = {purpose for purpose, ground in GROUNDS.items() if ground is Ground.NEVER}
    assert never == {Purpose.ADVERTISING, Purpose.PROFILING}
    assert not [one for one in REGISTER.values() if one.purposes & never]
    with pytest.raises(BadInput, match="nothing may be used"):
        group(
            "adverts",
            Kind.DEVICE,
            Scale.HOME,
            Party.EVERYBODY,
            (Purpose.ADVERTISING,),
            keeps=1,
            why=BOTH,
            least=BOTH,
            fields={"wh": BOTH},
        )


def test_a_field_is_registered_once():
    """Two entries for one field could say two things."""
    one = REGISTER["readings.wh"]
    with pytest.raises(BadInput, match=r"twice"):
        registered([one], [one])


def test_every_purpose_has_a_ground_and_words():
    """A purpose without a ground could neither be allowed nor refused."""
    assert set(GROUNDS) == set(PURPOSE_WORDS) == set(Purpose)


def test_every_field_is_in_the_least_of_its_purposes_at_its_own_scale_and_nowhere_else():
    """The tables per purpose and scale are the register, cut another way."""
    for purpose in Purpose:
        for scale in Scale:
            assert {one.name for one in least(purpose, scale)} == {
                name for name, one in REGISTER.items() if one.scale is scale and purpose in one.purposes
            }
