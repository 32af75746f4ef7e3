"""What cannot be meant is refused in one sentence with a way out, exit code 2, and nothing stands in the way of a later run."""

import json
import sqlite3

import pytest

from laag.apps.cli import main

SMALL = ["run", "--homes", "2", "--days", "1", "--workers", "1"]


def exit_code(arguments):
    try:
        return main([str(argument) for argument in arguments])
    except SystemExit as stopped:  # what argparse itself refuses
        return stopped.code


def refused(capsys, arguments):
    """The one sentence on standard error."""
    assert exit_code(arguments) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert "Traceback" not in said.err
    *_, last = said.err.splitlines()
    assert last.startswith("laag")
    assert said.err.count("laag: ") <= 1
    return last


@pytest.mark.parametrize(
    ("options", "why"),
    [
        (["--policy", "feudalism"], "invalid choice: 'feudalism'"),
        (["--rule", "first_come"], "market.rule is 'first_come'; it may be one of layered, literal"),
        (["--k", "2"], "k is 2; give a number between 0 and 1"),
        (["--k", "1"], "market.k_percent is 100; it may be a whole number from 0 to 99"),
        (["--days", "0"], "--days 0 leaves nothing to run; give at least one"),
        (["--days", "-3"], "--days -3 leaves nothing to run; give at least one"),
        (["--days", "two"], "invalid int value: 'two'"),
        (["--homes", "0"], "at least one"),
        (["--from", "13-04-2026"], "'13-04-2026' is no date; write it as 2026-04-13"),
        (["--imbalance", "x.csv"], "--imbalance needs --prices as well"),
        (["--street", "none.toml"], "--homes is about the built-in street; leave it out with --street"),
        (["--facts", "none.toml"], "none.toml"),
        (["--resume"], "holds no run to resume; leave --resume out, or name the folder with --out"),
        (["--resume", "--fresh"], "not allowed with argument"),
    ],
)
def test_an_option_that_cannot_be_meant(capsys, tmp_path, options, why):
    assert why in refused(capsys, [*SMALL, "--out", tmp_path / "out", *options])
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("this is no TOML", "own.toml"),
        ("[tax]\nvat = 21", "own.toml"),
        ('[tax]\nvat = [{ value = "twenty", unit = "%", valid_from = 2020-01-01, status = "C", source = "me" }]', "own.toml"),
        ("[wealth]\ntax = 1", "own.toml"),
    ],
)  # fmt: skip
def test_facts_of_ones_own_that_cannot_be_read(capsys, tmp_path, text, why):
    own = tmp_path / "own.toml"
    own.write_text(text, "utf-8")
    assert why in refused(capsys, [*SMALL, "--out", tmp_path / "out", "--facts", own])
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize(
    ("old", "new", "why"),
    [
        ("days = 2", "days = 2\nwarm_up = 2", "street.toml: warm_up is not a setting; remove it or mend its name"),
        ("days = 2", "days = 0", "street.toml: days: Input should be greater than or equal to 1"),
        ('name = "hours"', 'name = "meter"', "homes share the name meter"),
        ('name = "Weekend"', 'name = "Weekend', "street.toml is not TOML"),
        ("weather =", 'grid.feeders = [{ name = "a" }, { name = "a" }]\nweather =', "two layers are called 'a'"),
        ("weather =", 'grid.feeders = [{ name = "street" }]\nweather =', "two layers are called 'street'"),
        ('name = "hours"', 'name = "hours"\nfeeder = "north"', "homes hang on north"),
        ('name = "hours"', 'name = "hours"\nconnection = "9x9A"\nimport_max_kw = 9', "home hours: no network.Liander.9x9A is known"),
    ],
)  # fmt: skip
def test_a_street_file_that_cannot_be_meant(capsys, weekend, old, new, why):
    text = "\n".join(weekend.lines("street.toml"))
    assert old in text
    weekend.write("street.toml", [text.replace(old, new, 1)])
    assert why in refused(capsys, ["run", "--street", weekend.folder / "street.toml", "--out", weekend.out])
    assert not weekend.out.exists()


@pytest.mark.parametrize("name", ["day_ahead.csv", "settlement.csv"])
@pytest.mark.parametrize("content", [b"\0\1", b"", b"a,b\n1,2\n", None])
def test_prices_that_cannot_be_read_stop_the_run_and_not_the_next_one(capsys, weekend, name, content):
    good = (weekend.folder / name).read_bytes()
    (weekend.folder / name).unlink()
    if content is not None:
        (weekend.folder / name).write_bytes(content)
    run = ["run", "--street", weekend.folder / "street.toml", "--out", weekend.out]
    assert name in refused(capsys, run)
    assert not weekend.out.exists()
    (weekend.folder / name).write_bytes(good)
    assert weekend.run() == 0


def test_days_that_the_prices_do_not_cover_are_refused(capsys, weekend):
    weekend.spoil("day_ahead.csv", lambda lines: lines[:200])
    run = ["run", "--street", weekend.folder / "street.toml", "--out", weekend.out]
    assert "day_ahead.csv lacks 181 of the 380 quarter-hours needed" in refused(capsys, run)


def test_a_run_is_not_written_over_by_mistake(capsys, weekend):
    assert weekend.run() == 0
    before = (weekend.out / "run.json").read_bytes()
    capsys.readouterr()
    run = ["run", "--street", weekend.folder / "street.toml", "--out", weekend.out]
    assert "holds a run already; continue it with --resume" in refused(capsys, run)
    assert "the stored run has days = 2, this one 1" in refused(capsys, [*run, "--resume", "--days", 1])
    assert (weekend.out / "run.json").read_bytes() == before
    assert weekend.run("--fresh") == 0
    assert (weekend.out / "run.json").read_bytes() == before


def test_a_typing_error_throws_no_run_away(capsys, weekend):
    assert weekend.run() == 0
    before = (weekend.out / "run.json").read_bytes()
    capsys.readouterr()
    run = ["run", "--street", weekend.folder / "street.toml", "--out", weekend.out, "--fresh"]
    refused(capsys, [*run, "--rule", "layerd"])
    assert (weekend.out / "run.json").read_bytes() == before


def test_a_street_file_that_is_not_there_is_named(capsys, tmp_path):
    said = refused(capsys, ["run", "--street", tmp_path / "none.toml", "--out", tmp_path / "out"])
    assert "none.toml cannot be read (No such file or directory); check the path" in said


def test_a_member_is_found_however_it_is_typed(capsys, finished):
    capsys.readouterr()
    assert exit_code(["bill", "NR-01", "--out", finished]) == 0
    assert capsys.readouterr().out.startswith("nr-01")


def test_a_street_whose_files_changed_is_not_gone_on_with(capsys, weekend):
    assert weekend.run() == 0
    capsys.readouterr()
    weekend.spoil("quarters.csv", lambda lines: [*lines[:-1], lines[-1].replace(",", ",9")])
    said = refused(capsys, ["run", "--resume", "--out", weekend.out])
    assert (
        "the stored run is of another street: its homes, seed, weather, prices or files were different"
        in said
    )
    assert "replace it with --fresh, or give another --out folder" in said


def test_out_must_be_a_folder_that_can_be_written(capsys, tmp_path):
    (tmp_path / "note").write_text("mine", "utf-8")
    for out in (tmp_path / "note", tmp_path / "note" / "out"):
        assert "check the path and its rights" in refused(capsys, [*SMALL, "--out", out])
    assert (tmp_path / "note").read_text("utf-8") == "mine"


@pytest.mark.parametrize("content", [b"my diary, not a database at all", bytes(4096)])
def test_another_file_by_the_name_of_the_log_is_left_alone(capsys, tmp_path, content):
    place = tmp_path / "run.sqlite"
    place.write_bytes(content)
    assert "holds a run already" in refused(capsys, [*SMALL, "--out", tmp_path])
    assert "is not an event log of laag" in refused(capsys, [*SMALL, "--out", tmp_path, "--resume"])
    assert place.read_bytes() == content


def test_somebody_elses_database_is_left_alone(capsys, tmp_path):
    place = tmp_path / "run.sqlite"
    with sqlite3.connect(place) as db:
        db.execute("CREATE TABLE recipes (name TEXT)")
    db.close()
    before = place.read_bytes()
    assert "it holds recipes" in refused(capsys, [*SMALL, "--out", tmp_path, "--resume"])
    assert place.read_bytes() == before


@pytest.fixture(scope="module")
def finished(tmp_path_factory):
    out = tmp_path_factory.mktemp("finished") / "out"
    assert main([*SMALL, "--out", str(out)]) == 0
    return out


def test_damage_to_the_log_is_found_wherever_it_matters(capsys, finished, tmp_path):
    whole = (finished / "run.sqlite").read_bytes()
    found = 0
    for at in range(0, len(whole), len(whole) // 12):
        (tmp_path / "run.sqlite").write_bytes(whole[:at] + b"\xa5" * 64 + whole[at + 64 :])
        capsys.readouterr()
        code = exit_code([*SMALL, "--resume", "--out", tmp_path])
        said = capsys.readouterr().err
        if code == 0:
            assert (tmp_path / "run.json").read_bytes() == (finished / "run.json").read_bytes()
        else:
            found += 1
            assert (code, "Traceback" in said, said.count("laag: ")) == (2, False, 1)
            assert "--fresh" in said or "is not an event log" in said
    assert found > 4
    assert exit_code([*SMALL, "--fresh", "--out", tmp_path]) == 0
    assert (tmp_path / "run.json").read_bytes() == (finished / "run.json").read_bytes()


def test_an_event_that_was_changed_is_named(capsys, finished, tmp_path):
    capsys.readouterr()
    (tmp_path / "run.sqlite").write_bytes((finished / "run.sqlite").read_bytes())
    with sqlite3.connect(tmp_path / "run.sqlite") as db:
        db.execute("UPDATE event SET body = (SELECT body FROM event WHERE seq = 3) WHERE seq = 2")
    db.close()
    assert "event 2 (stepped 2026-04-12) of" in refused(capsys, [*SMALL, "--resume", "--out", tmp_path])


@pytest.mark.parametrize(
    ("asked", "why"),
    [
        (["bill", "nobody"], "no member 'nobody' in this run; members are nr-01, nr-02"),
        (["explain", "nr-01", "love"], "the bill of nr-01 has no line 'love'; it has "),
    ],
)
def test_a_question_about_nothing_names_what_there_is(capsys, finished, asked, why):
    capsys.readouterr()
    assert why in refused(capsys, [*asked, "--out", finished])


def test_a_bill_before_its_run_and_a_damaged_one_say_what_to_do(capsys, finished, tmp_path):
    capsys.readouterr()
    assert "holds no finished run; laag run --out" in refused(capsys, ["bill", "nr-01", "--out", tmp_path])
    (tmp_path / "run.sqlite").touch()
    assert "go on with it: laag run --resume --out" in refused(capsys, ["bill", "nr-01", "--out", tmp_path])
    (tmp_path / "bills.json").write_bytes((finished / "bills.json").read_bytes()[:999])
    assert "is damaged" in refused(capsys, ["bill", "nr-01", "--out", tmp_path])


def test_options_that_were_damaged_are_asked_for_again(capsys, finished, tmp_path):
    capsys.readouterr()
    (tmp_path / "run.sqlite").write_bytes((finished / "run.sqlite").read_bytes())
    (tmp_path / "options.json").write_text(json.dumps({"days": "soon"}), "utf-8")
    assert "remove it and repeat the options" in refused(capsys, [*SMALL, "--resume", "--out", tmp_path])
