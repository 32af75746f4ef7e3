"""A configuration is read strictly, and what is wrong is said in one sentence with its place."""

from pathlib import Path

import pytest

from laag.apps.cli import main
from laag.apps.street.config import parse, read
from laag.foundation.errors import BadInput

GOOD = """
[street]
name = "Kade"
first_day = 2026-03-28
store = "kade.sqlite"
prices = ["entsoe", { day_ahead = "prices.csv" }, "model"]

[[street.cable]]
name = "north"
import_max_kw = 80
"""


def test_a_configuration_says_what_the_neighbourhood_is(tmp_path, monkeypatch):
    monkeypatch.setenv("LAAG_ENTSOE_TOKEN", "1d9cd4bd-f8aa-476c")
    path = tmp_path / "street.toml"
    path.write_text(GOOD)
    config = read(path)
    assert config.place.name == "Kade"
    assert config.place.cables[0].import_max_kw == 80
    assert config.place.cables[0].export_max_kw == float("inf")
    assert config.store == str(tmp_path / "kade.sqlite")
    assert len(config.wire.sources) == 3
    assert main(["check-config", str(path)]) == 0


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        ({"nmae": "Kade"}, 'street has no "nmae"; did you mean name'),
        ({"first_day": "tomorrow"}, "street.first_day"),
        ({"rule": "auction"}, "it may be one of layered"),
        ({"policy": "netting-2026"}, "do not trade"),
        ({"k_percent": 100}, "market.k_percent is 100"),
        ({"clock": "fast"}, "write wall"),
        ({"prices": "guess"}, "choose model, entsoe"),
        ({"port": 99_999}, "street.port"),
        ({"grid_operator": "Nobody"}, "choose Enexis, Liander, Stedin"),
        ({"cable": [{"name": "a"}, {"name": "a"}]}, "two layers are called 'a'"),
        ({"cable": [{"name": "a", "import_max_kw": -1}]}, "import_max_kw"),
    ],
)
def test_what_cannot_be_meant_is_refused_by_its_place(changed, says):
    given = {"name": "Kade", "first_day": "2026-03-28"} | changed
    with pytest.raises(BadInput) as refused:
        parse({"street": given}, Path())
    assert says in str(refused.value)
    assert "\n" not in str(refused.value)


def test_a_source_that_asks_for_a_key_is_refused_where_there_is_none(tmp_path, capsys, monkeypatch):
    for name in ("LAAG_ENTSOE_TOKEN", "LAAG_ENTSOE_TOKEN_FILE"):
        monkeypatch.delenv(name, raising=False)
    path = tmp_path / "street.toml"
    path.write_text(GOOD)
    assert main(["check-config", str(path)]) == 2
    assert "LAAG_ENTSOE_TOKEN_FILE" in capsys.readouterr().err
    assert main(["check-config", "--no-keys", str(path)]) == 0


@pytest.mark.parametrize(("text", "says"), [("[streets]", "neither [street]"), ("a =", "not TOML")])
def test_check_config_says_what_a_file_is_not(tmp_path, capsys, text, says):
    path = tmp_path / "x.toml"
    path.write_text(text)
    assert main(["check-config", str(path)]) == 2
    assert says in capsys.readouterr().err


def test_a_log_is_verified_copied_and_shown_and_a_missing_one_is_not_made(tmp_path, capsys):
    from laag.adapters.stores import open_log
    from laag.foundation.ports import Event

    place = tmp_path / "log.sqlite"
    with open_log(place) as log:
        log.append([Event("ordered", "m-1", {"signature": "ab" * 64, "number": 1}, {})])
    assert main(["log", "verify", str(place)]) == 0
    assert main(["backup", str(place), str(tmp_path / "copy.sqlite")]) == 0
    assert main(["restore", str(tmp_path / "copy.sqlite"), str(place)]) == 2
    assert main(["log", "show", str(tmp_path / "copy.sqlite")]) == 0
    said = capsys.readouterr()
    assert "1 events, every hash is right" in said.out
    assert "abab" not in said.out
    assert "holds events already" in said.err
    assert main(["log", "verify", str(tmp_path / "none.sqlite")]) == 2
    assert not (tmp_path / "none.sqlite").exists()


CHARTER = """
name = "Kade"
[market]
k_percent = 30
"""


def begins(folder, **street):
    return parse({"street": {"name": "Kade", "first_day": "2026-03-28"} | street}, folder).place.terms.charter


def test_a_charter_is_a_file_of_its_own_a_table_or_the_words_there_were_before(tmp_path):
    (tmp_path / "charter.toml").write_text(CHARTER, "utf-8")
    table = {"name": "Kade", "market": {"k_percent": 30}}
    given = {"street": {"name": "Kade", "first_day": "2026-03-28"}, "charter": table}
    in_a_file = begins(tmp_path, charter="charter.toml")
    assert in_a_file == parse(given, tmp_path).place.terms.charter
    assert in_a_file.k_percent == begins(tmp_path, k_percent=30).k_percent == 30
    assert begins(tmp_path, charter="charter.toml", k_percent=30) == in_a_file


@pytest.mark.parametrize(
    ("more", "says"),
    [
        (
            {"street": {"k_percent": 50}},
            "street.k_percent is 50 and charter.toml says 30; leave street.k_percent out",
        ),
        ({"street": {"rule": "uniform"}}, "street.rule is 'uniform'"),
        ({"grid": {"grid": "limits"}}, "grid.grid is 'limits' and charter.toml says 'watches'"),
        ({"charter": {"name": "Kade"}}, "keep one of them"),
        ({"street": {"charter": "other.toml"}}, "there is no charter at"),
    ],
)
def test_two_words_that_contradict_each_other_are_refused(tmp_path, more, says):
    (tmp_path / "charter.toml").write_text(CHARTER, "utf-8")
    street = {"name": "Kade", "first_day": "2026-03-28", "charter": "charter.toml"} | more.pop("street", {})
    with pytest.raises(BadInput) as refused:
        parse({"street": street} | more, tmp_path)
    assert says in str(refused.value)
