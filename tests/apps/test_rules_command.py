"""`laag rules`, and where else people meet a rule: a configuration that is checked, and a line that is explained."""

from datetime import date

import pytest

from laag.adapters import rules
from laag.apps import rulebook
from laag.apps.cli import main


def said(capsys, *asked):
    assert main(["rules", *asked]) == 0
    return capsys.readouterr().out


def test_a_home_reads_what_it_pays_now(capsys):
    out = said(capsys, "--home", "--role", "resident", "--on", "2026-11-22")
    assert "energy-tax: Energy tax on electricity [in force" in out
    assert "9.161 ct/kWh" in out
    assert "netting: Netting [in force; up to and including 2026-12-31]" in out
    assert "\nprice-cap:" not in out
    assert "\ntime-weighted-tariff:" not in out


def test_and_what_is_on_its_way_in_dutch(capsys):
    out = said(capsys, "--announced", "--nl", "--on", "2026-11-22")
    assert "time-weighted-tariff: Tijdafhankelijk nettarief [voorstel; vanaf 2029-01-01]" in out
    assert "feed-in-floor-ends" in out
    assert "\nvat:" not in out


def test_in_2027_netting_is_gone_and_the_floor_holds(capsys):
    out = said(capsys, "--on", "2027-03-01", "--home")
    assert "\nnetting:" not in out
    assert "minimum feed-in compensation 50%" in out or "50 %" in out


def test_one_rule_is_shown_however_it_stands(capsys):
    assert "[expired" in said(capsys, "price-cap")


def test_a_rule_that_is_not_there_is_said(capsys):
    assert main(["rules", "bread"]) == 2
    assert "there is no rule 'bread'" in capsys.readouterr().err


def test_an_odd_day_is_said(capsys):
    with pytest.raises(SystemExit):
        main(["rules", "--on", "tomorrow"])
    assert "write it as 2027-01-01" in capsys.readouterr().err


def test_a_year_later_every_rule_says_that_its_source_is_old():
    late = date(2028, 1, 1)
    assert all(one.overdue is not None for one in rulebook.told(rules.load(), late))
    assert "more than a year ago" in rulebook.to_be_read(late).en
    assert rulebook.to_be_read(date(2026, 11, 22)) is None


def test_what_follows_next_year_stands_beside_what_holds():
    (tax,) = rulebook.told([one for one in rules.load() if one.key == "energy-tax"], date(2026, 11, 22))
    assert any("from 2027-01-01 (a proposal" in value.en for value in tax.values)


def test_only_the_tariffs_of_ones_own_grid_operator_are_shown():
    network = [one for one in rules.load() if one.key == "network-tariff"]
    (own,) = rulebook.told(network, date(2026, 11, 22), network="Stedin.*")
    assert own.values
    assert all("Stedin" in value.en for value in own.values)


def test_checking_a_configuration_minds_old_sources(capsys, tmp_path, monkeypatch):
    file = tmp_path / "street.toml"
    file.write_text('[street]\nname = "Kade"\nfirst_day = 2026-03-28\n')
    monkeypatch.setattr(rulebook, "overdue", lambda _: list(rules.load()))
    assert main(["check-config", str(file)]) == 0
    assert "mind: of 41 of the 41 rules" in capsys.readouterr().out
