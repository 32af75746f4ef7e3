"""The page as a file: whole, the same twice, and nothing in it that is fetched or that breaks out."""

import base64
import gzip
import json
import re
import runpy
from importlib.resources import files
from pathlib import Path

import pytest

from laag.foundation.errors import BadInput
from laag.study import report
from laag.study.report import page, single

SAMPLE = runpy.run_path(str(Path(__file__).with_name("sample_run.py")))
WEB = files("laag.study.report") / "web"
WORDS = {
    language: json.loads((WEB / f"words.{language}.json").read_text("utf-8")) for language in page.LANGUAGES
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return SAMPLE["write_run"](tmp_path_factory.mktemp("run"))


def block(text, name):
    return re.search(rf'<script type="[^"]*" id="{name}">(.*?)</script>', text, re.DOTALL)[1]


def summary(path):
    return json.loads(block(path.read_text("utf-8"), "summary"))


def unpacked(path, name):
    return json.loads(gzip.decompress(base64.b64decode(block(path.read_text("utf-8"), f"packed-{name}"))))


def edited(folder, **changes):
    path = folder / "run.json"
    about = json.loads(path.read_text("utf-8")) | changes
    path.write_text(json.dumps({key: value for key, value in about.items() if value is not ...}), "utf-8")
    return folder


def test_the_same_run_gives_the_same_bytes(folder):
    first = report.write(folder).read_bytes()
    assert report.write(folder).read_bytes() == first


def test_the_page_fetches_nothing(folder):
    text = report.write(folder).read_text("utf-8")
    addresses = set(re.findall(r"https?://[^\s\"'<)]+", text))
    assert addresses == {"http://www.w3.org/2000/svg"}
    assert not re.search(r"\bsrc=|@import|url\((?!#)|\bfetch\(|XMLHttpRequest|\bimport\(", text)


def test_a_name_cannot_end_the_script_it_stands_in(tmp_path):
    name = "</script><img src=x onerror=alert(1)><!--"
    path = report.write(edited(SAMPLE["write_run"](tmp_path, homes=2, days=1), name=name))
    assert summary(path)["about"]["name"] == name
    assert "<img src=x" not in path.read_text("utf-8").replace(block(path.read_text("utf-8"), "summary"), "")


def test_optional_keys_of_run_json_may_be_absent(tmp_path):
    keys = (
        "policy",
        "rule",
        "k_percent",
        "seed",
        "version",
        "sources",
        "findings",
        "checks",
        "totals",
        "members",
    )
    path = report.write(edited(SAMPLE["write_run"](tmp_path, homes=2, days=1), **dict.fromkeys(keys, ...)))
    assert summary(path)["findings"] == []


def test_an_unknown_zone_is_one_sentence(tmp_path):
    with pytest.raises(BadInput, match=r"zone 'Mars/Olympus' is not a time zone"):
        report.write(edited(SAMPLE["write_run"](tmp_path, homes=2, days=1), zone="Mars/Olympus"))


def test_a_policy_without_a_market_has_a_report_too(tmp_path):
    folder = SAMPLE["write_run"](tmp_path, homes=2, days=1)
    for table in ("orders", "fills", "clearings"):
        (folder / "tables" / f"{table}.parquet").unlink()
    path = report.write(folder)
    assert unpacked(path, "day-0")["layers"] == {}
    assert "most_local" not in summary(path)["picks"]


def test_a_clock_change_day_has_its_hundred_quarter_hours(folder):
    path = report.write(folder)
    assert [day["count"] for day in summary(path)["days"]] == [96, 100]
    assert {len(row) for row in unpacked(path, "day-1")["homes"]["load_wh"]} == {100}


def test_a_long_run_keeps_the_telling_days_and_says_which(tmp_path, monkeypatch):
    folder = SAMPLE["write_run"](tmp_path, homes=2, days=6)
    whole = report.write(folder)
    assert all(day["full"] for day in summary(whole)["days"])
    size = whole.stat().st_size
    monkeypatch.setattr(single, "DETAIL_BYTES", 20_000)
    path = report.write(folder)
    days = summary(path)["days"]
    assert 0 < sum(day["full"] for day in days) < len(days)
    cheapest = summary(path)["picks"]["cheapest"]
    assert next(day for day in reversed(days) if day["first"] <= cheapest)["full"]
    assert path.stat().st_size < size


class TestWords:
    def test_both_languages_say_the_same_things(self):
        dutch, english = WORDS["nl"], WORDS["en"]
        assert set(dutch) == set(english)
        values = {
            key: (re.findall(r"\{\w+\}", dutch[key]), re.findall(r"\{\w+\}", english[key])) for key in dutch
        }
        assert {key: pair for key, pair in values.items() if sorted(pair[0]) != sorted(pair[1])} == {}

    def test_nothing_is_left_unsaid(self):
        used = set()
        for name in page.MODULES:
            used |= set(re.findall(r"""\bsay\("([\w.]+)"[,)]""", (WEB / f"{name}.js").read_text("utf-8")))
        assert used - set(WORDS["en"]) == set()


class TestStudy:
    def test_it_shows_what_the_study_says_and_adds_what_the_tables_say(self, tmp_path):
        path = report.write_study(SAMPLE["write_study"](tmp_path))
        first, second = summary(path)["policies"]
        assert (first["name"], second["name"]) == ("layered", "dynamic-2027")
        assert first["system_cost_eur"] == 31.5
        bills = summary(report.write(tmp_path / "layered"))["figures"]["paid_units"]
        assert first["bill_eur_per_home"] == pytest.approx(bills / 1e8 / 8)
        assert len(first["mean_day_w"]) == 96

    def test_the_mean_day_averages_to_the_mean_of_the_gateway(self, tmp_path):
        """Two ordinary days: every quarter of the day is seen as often."""
        folder = SAMPLE["write_study"](tmp_path, homes=2, days=1)
        first = summary(report.write_study(folder))["policies"][0]
        gateway = SAMPLE["pa_parquet"].read_table(folder / "layered" / "tables" / "gateway.parquet")
        metered = gateway["metered_wh"].to_pylist()
        assert sum(first["mean_day_w"]) == pytest.approx(sum(metered) * 4, abs=96)

    def test_it_links_to_the_reports_that_are_there(self, tmp_path):
        folder = SAMPLE["write_study"](tmp_path, homes=2, days=1)
        report.write(folder / "layered")
        links = [policy["report"] for policy in summary(report.write_study(folder))["policies"]]
        assert links == ["layered/report.html", None]

    @pytest.mark.parametrize("study", [{}, {"policies": []}])
    def test_a_study_without_policies_is_refused(self, tmp_path, study):
        (tmp_path / "study.json").write_text(json.dumps(study), "utf-8")
        with pytest.raises(BadInput, match="names no policies"):
            report.write_study(tmp_path)

    def test_a_policy_without_its_run_is_refused(self, tmp_path):
        (tmp_path / "study.json").write_text(json.dumps({"policies": [{"name": "layered"}]}), "utf-8")
        with pytest.raises(BadInput, match="a policy has no 'run'"):
            report.write_study(tmp_path)
