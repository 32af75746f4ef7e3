"""What is wrong with a file is said on the terminal, in run.json and in the report; the street goes on."""

import json

import pytest
from tests.apps import audit


def found(weekend, capsys, *, home_lost=False):
    """Run the street; the findings, the same three times."""
    assert weekend.run() == 0
    said = capsys.readouterr().err
    findings = weekend.about["findings"]
    page = (weekend.out / "report.html").read_text("utf-8")
    for finding in findings:
        assert f"{finding['source']}, {finding['where']}: {finding['what']}" in said
        assert all(json.dumps(finding[part], ensure_ascii=False)[1:-1] in page for part in ("where", "what"))
    assert not any(audit.residues(weekend.out).values())
    assert weekend.about["members"] == (2 if home_lost else 3)
    return [(finding["source"], finding["where"], finding["what"], finding["repair"]) for finding in findings]


def test_a_clean_weekend_has_nothing_to_say(weekend, capsys):
    assert found(weekend, capsys) == []


def test_an_hour_missing_is_a_straight_line(weekend, capsys):
    weekend.spoil("quarters.csv", lambda lines: lines[:220] + lines[224:])
    assert found(weekend, capsys) == [
        ("quarters.csv", "2025-03-29T05:45Z to 06:45Z", "4 quarter-hours missing", "linear interpolation")
    ]


def test_an_afternoon_missing_is_the_afternoon_before(weekend, capsys):
    weekend.spoil("quarters.csv", lambda lines: lines[:250] + lines[270:])
    assert found(weekend, capsys) == [
        ("quarters.csv", "2025-03-29T13:15Z to 18:15Z", "20 quarter-hours missing", "same quarter a day earlier")
    ]  # fmt: skip


def test_a_cell_that_is_no_number_is_named_by_its_line(weekend, capsys):
    weekend.spoil(
        "quarters.csv", lambda lines: [*lines[:299], lines[299].replace(",", ",n/a "), *lines[300:]]
    )
    first, second = found(weekend, capsys)
    assert first[:2] == ("quarters.csv", "line 300")
    assert second[3] == "linear interpolation"


def test_a_register_that_runs_backwards_is_not_believed(weekend, capsys):
    weekend.spoil("meter.csv", lambda lines: [*lines[:300], "2025-03-30 03:45,900.0,50.0", *lines[301:]])
    assert found(weekend, capsys) == [
        ("meter.csv", "line 301, 2025-03-30T01:45Z", "register runs backwards (reset or replaced)", "interval estimated"),
        ("meter.csv", "line 302, 2025-03-30T02:00Z", "register leaps by 520 kW, more than a connection carries", "interval estimated"),
        ("meter.csv", "2025-03-30T01:30Z to 02:00Z", "2 quarter-hours missing", "linear interpolation"),
    ]  # fmt: skip


def test_an_hour_that_the_clock_skips_is_left_out(weekend, capsys, naive_hours):
    weekend.write("hours.csv", ["time,load_kw", *(f"{at},0.4" for at in naive_hours)])
    assert found(weekend, capsys) == [
        ("hours.csv", "line 76", "local time 2025-03-30 02:00 does not exist", "left out")
    ]


def test_a_gap_in_the_prices_is_the_day_before(weekend, capsys):
    weekend.spoil("day_ahead.csv", lambda lines: lines[:250] + lines[262:])
    ((source, where, what, repair),) = found(weekend, capsys)
    assert (source, what, repair) == (
        "day_ahead.csv",
        "12 quarter-hours missing",
        "same quarter a day earlier",
    )
    assert where == "2025-03-29T13:15Z to 16:15Z"


def test_prices_twice_are_prices_once(weekend, capsys):
    weekend.spoil("day_ahead.csv", lambda lines: lines[:40] + lines[30:])
    again = "10 rows repeat an earlier one of the same instant, such as 2025-03-27T06:15Z"
    assert found(weekend, capsys) == [
        ("day_ahead.csv", "line 41", "rows out of order", "sorted by time"),
        ("day_ahead.csv", "lines 41-50", again, "dropped duplicate"),
    ]


def test_of_prices_that_contradict_each_other_the_first_is_kept(weekend, capsys):
    weekend.spoil("day_ahead.csv", lambda lines: [*lines, lines[9].replace(",", ",9")])
    odd = "1 row contradicts an earlier one of the same instant, such as 2025-03-27T01:00Z"
    assert ("day_ahead.csv", "line 382", odd, "kept the first") in found(weekend, capsys)


def test_a_load_a_thousand_times_too_large_is_divided(weekend, capsys):
    weekend.spoil("quarters.csv", lambda lines: ["start_utc,load_kw", *lines[1:]])
    ((source, _, what, repair),) = found(weekend, capsys)
    assert (source, repair) == ("quarters.csv", "divided by 1000")
    assert what.startswith("values look like W, column says kW")
    used = dict.fromkeys(["quarters", "meter", "hours"], 0)
    for member, wh in audit.Published(weekend.out).rows("readings", "member", "load_wh"):
        used[member] += wh
    assert used["quarters"] < 2 * used["meter"]


@pytest.mark.parametrize(
    ("name", "content", "why"),
    [
        ("hours.csv", b"\0\1\2", "hours.csv is binary"),
        ("hours.csv", b"", "hours.csv is empty"),
        ("hours.csv", b"just a note\n", "hours.csv"),
        ("meter.csv", b"time,gas\n2025-03-29 00:00,1\n", "meter.csv"),
    ],
)
def test_one_home_that_cannot_be_read_is_left_out_by_name(weekend, capsys, name, content, why):
    (weekend.folder / name).write_bytes(content)
    ((source, where, what, repair),) = found(weekend, capsys, home_lost=True)
    assert (source, where, repair) == (f"home {name.partition('.')[0]}", name, None)
    assert what.startswith("left out: ")
    assert why in what


def test_a_home_without_its_file_is_left_out_by_name(weekend, capsys):
    (weekend.folder / "hours.csv").unlink()
    assert found(weekend, capsys, home_lost=True) == [
        ("home hours", "hours.csv", "left out: hours.csv cannot be read (No such file or directory); check its path", None)
    ]  # fmt: skip


def test_a_home_measured_for_too_short_is_left_out(weekend, capsys):
    weekend.spoil("quarters.csv", lambda lines: lines[:150])
    ((source, _, what, repair),) = found(weekend, capsys, home_lost=True)
    assert (source, repair) == ("home quarters", None)
    assert "too many to estimate" in what


def test_a_home_with_a_device_that_cannot_be_meant_is_left_out(weekend, capsys):
    weekend.spoil(
        "street.toml", lambda lines: [line.replace("capacity_kwh", "capacity_kw") for line in lines]
    )
    ((source, _, what, repair),) = found(weekend, capsys, home_lost=True)
    assert (source, repair) == ("home quarters", None)
    assert "battery has no capacity_kw; it has capacity_kwh" in what
