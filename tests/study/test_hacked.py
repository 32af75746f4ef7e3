"""However a street is lied to: it moves no further than arithmetic says, and far less than it could."""

import csv

import numpy as np
import pytest

from laag.apps.cli import main
from laag.home.ladder import On
from laag.study import hacked
from laag.study.hacked import attacks
from laag.study.hacked.lived import BARE, PROTECTED

HOMES = 20


@pytest.fixture(scope="module")
def street():
    return hacked.victims(HOMES)


def swing(street):
    return sum(one.swing_kw for one in street)


def named(name):
    return next(one for one in attacks.ATTACKS if one.name == name)


ALL = [*attacks.ATTACKS, attacks.swinging(60)]


@pytest.mark.parametrize("attack", ALL, ids=lambda one: one.name)
def test_no_attack_exceeds_what_arithmetic_says(street, attack):
    steps = hacked.lived(street, attack, PROTECTED, 240).steps_kw()
    bound = hacked.bound(street, attack)
    for step, known, kept in zip(steps, bound.known_kw, bound.kept_kw, strict=True):
        assert step <= kept + 1e-6
        assert kept <= known + 1e-6


@pytest.mark.parametrize(
    "name", ["from giving all to taking all", "nobody may take anything", "all limits let go at once"]
)
def test_with_every_protection_off_the_same_control_moves_most_of_the_street_at_once(street, name):
    bare = hacked.lived(street, named(name), BARE, 60).steps_kw()
    careful = hacked.lived(street, named(name), PROTECTED, 120).steps_kw()
    assert bare[1] > 0.5 * swing(street)
    assert careful[1] < 0.5 * bare[1]


def test_the_same_attack_twice_is_the_same_attack(street):
    first, again = (hacked.lived(street[:5], ALL[0], PROTECTED, 60).kw for _ in range(2))
    assert np.array_equal(first, again)


def test_a_forged_limit_leaves_every_home_its_minimum(street):
    attack = attacks.Attack(
        "", attacks.Channel.DSO, attacks.Mood.MOST,
        lambda _: attacks.Says(attacks.Mood.MOST, (attacks.forged(On.IMPORT),)),
    )  # fmt: skip
    for one in street:
        after = hacked.lived([one], attack, PROTECTED, 300).kw[-1]
        before = hacked.lived([one], attack, PROTECTED, 20).kw[0]
        # The connection keeps 2 kW, of which the home's own load takes half a kW; a car takes whole amperes, six at least.
        assert after >= min(before, 2.0 - 0.5) - 1.4 - 0.2


def test_the_command_writes_table_and_picture(tmp_path, monkeypatch, capsys):
    monkeypatch.setattr("laag.study.hacked.search.ATTACKS", attacks.ATTACKS[:1])
    monkeypatch.setattr("laag.study.hacked.search.PERIODS_S", (60,))
    assert main(["study", "hacked", "--homes", "10", "--out", str(tmp_path)]) == 0
    assert "everything on" in capsys.readouterr().out
    rows = list(csv.DictReader((tmp_path / "hacked.csv").read_text().splitlines()))
    assert len(rows) == 2
    assert float(rows[0]["careful_10s_kw"]) <= float(rows[0]["bound_secrets_kept_10s_kw"])
    assert (tmp_path / "hacked.svg").read_text().startswith("<svg")


def test_a_street_of_nobody_is_refused(capsys):
    assert main(["study", "hacked", "--homes", "3"]) == 2
    assert "10 or more" in capsys.readouterr().err
