"""`laag catalogue`: an entry made, read, and used by somebody who said yes."""

import pytest
from tests.adapters.catalogue.examples import FOLDER

from laag.adapters.charterfile import read
from laag.apps.cli import main

HOME = '[home]\nname = "Kade 12"\nmeter = "/dev/ttyUSB0"\nhousehold = "family"\n'
STREET = '[street]\nname = "Kade"\nfirst_day = 2026-03-28\nk_percent = 30\n'


def test_what_is_shipped_is_listed_and_verified(capsys):
    assert main(["catalogue", "list", str(FOLDER)]) == 0
    said = capsys.readouterr().out
    assert said.count("signed as an example, with a key that everybody has") == 3
    assert main(["catalogue", "verify", str(FOLDER / "street-that-shares.json"), "--key", "ab"]) == 2
    assert "ask whose key that is" in capsys.readouterr().err


def test_a_charter_is_made_of_an_entry_after_it_was_shown_and_asked(tmp_path, capsys, monkeypatch):
    file, charter = str(FOLDER / "street-that-shares.json"), tmp_path / "charter.toml"
    monkeypatch.setattr("builtins.input", lambda _: "n")
    assert main(["catalogue", "import", file, "--charter", str(charter)]) == 1
    assert not charter.exists()
    assert "market.k_percent: 50 -> 40" in capsys.readouterr().out
    monkeypatch.setattr("builtins.input", lambda _: "ja")
    assert main(["catalogue", "import", file, "--charter", str(charter), "--nl"]) == 0
    assert read(charter).k_percent == 40
    assert main(["catalogue", "import", file, "--charter", str(charter), "--nl"]) == 0
    assert "Er verandert niets." in capsys.readouterr().out


def test_a_home_takes_over_wishes_and_gives_its_own_without_its_name(tmp_path, capsys):
    config = tmp_path / "home.toml"
    config.write_text(HOME, "utf-8")
    file = str(FOLDER / "family-with-sun-and-car.json")
    assert main(["catalogue", "import", file, "--home", str(config), "--yes"]) == 0
    said = capsys.readouterr().out
    assert "+ no car charging from 17:00 to 20:00" in said
    out = tmp_path / "ours.json"
    made = [
        "catalogue",
        "export",
        "--home",
        str(config),
        "--title",
        "Ours",
        "--key",
        str(tmp_path / "key.pem"),
    ]
    assert main([*made, "--nl", "Kade 12.", "--en", "Ours.", "--out", str(out)]) == 2
    assert "would tell 'Kade 12'" in capsys.readouterr().err
    assert not out.exists()
    assert main([*made, "--nl", "Ons huis.", "--en", "Our home.", "--out", str(out)]) == 0
    assert "Kade" not in out.read_text("utf-8")
    assert "own_sun" in out.read_text("utf-8")
    capsys.readouterr()
    assert main(["catalogue", "import", str(out), "--home", str(config)]) == 0
    assert "Nothing changes." in capsys.readouterr().out


def test_a_community_gives_its_charter_and_not_its_name(tmp_path, capsys):
    config, out = tmp_path / "street.toml", tmp_path / "ours.json"
    config.write_text(STREET, "utf-8")
    args = ["--title", "Ours", "--nl", "Onze.", "--en", "Ours.", "--key", str(tmp_path / "key.pem")]
    assert main(["catalogue", "export", "--community", str(config), *args, "--out", str(out)]) == 0
    assert "Kade" not in out.read_text("utf-8")
    assert '"market.k_percent": "30"' in out.read_text("utf-8")
    assert main(["catalogue", "verify", str(out), "--nl"]) == 0
    assert "Ours (buurt): Onze." in capsys.readouterr().out


@pytest.mark.parametrize(
    ("file", "says"), [("renter-with-a-meter", "--home"), ("street-that-shares", "--charter")]
)
def test_an_entry_needs_somewhere_to_go(file, says, capsys):
    assert main(["catalogue", "import", str(FOLDER / f"{file}.json")]) == 2
    assert says in capsys.readouterr().err
