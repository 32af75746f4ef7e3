"""The shipped table: every figure on a bill has its rule, every rule a source, and nothing in it is twice or half said."""

from datetime import date, timedelta
from importlib.resources import files

import pytest

from laag.adapters import facts, rules
from laag.adapters.facts.load import File
from laag.adapters.rules.load import parsed
from laag.foundation.errors import BadInput
from laag.settlement.policy import POLICIES
from laag.settlement.rules import LINES, Standing, rule_of
from laag.settlement.sentences import WORDINGS

NOW = date(2026, 11, 22)
ROW = """
[[rule]]
key = "one"
title = { nl = "een titel", en = "a title" }
what = { nl = "een zin", en = "a sentence" }
scopes = ["home"]
whom = ["resident"]
source = "the law"
sure = "C"
read_on = 2026-11-01
"""


def shipped_figures():
    import tomllib

    text = files("laag.adapters.facts").joinpath("nl.toml").read_text("utf-8")
    return [name for name, rows in File.model_validate(tomllib.loads(text)).named() if rows.root]


def test_every_figure_that_a_bill_can_use_has_a_rule():
    for name in shipped_figures():
        assert rule_of(rules.load(), name).source, name


@pytest.mark.parametrize("policy", POLICIES.values(), ids=lambda one: one.name)
def test_every_figure_of_the_day_of_every_policy_has_one(policy):
    for name in facts.load(policy.facts_day).figures:
        rule_of(rules.load(), name)


def test_every_rule_that_names_figures_names_some_that_there_are():
    known = shipped_figures()
    for rule in rules.load():
        for name in rule.figures:
            assert any(one == name or one.startswith(f"{name}.") for one in known), (rule.key, name)


def test_every_line_that_leads_to_a_rule_leads_to_one_that_is_there():
    keys = {rule.key for rule in rules.load()}
    assert set(LINES.values()) <= keys
    assert set(LINES) <= {code.partition(".")[0] for code in WORDINGS}


def test_a_rule_says_everything_in_both_languages():
    for rule in rules.load():
        for said in (rule.title, rule.what, *([rule.value] if rule.value else [])):
            assert said.nl.strip(), rule.key
            assert said.nl != said.en or rule.key == "energiewet", rule.key


def test_netting_ends_with_the_year_2026_and_what_replaces_it_is_known_before():
    table = {rule.key: rule for rule in rules.load()}
    assert table["netting"].standing(date(2026, 12, 31)) is Standing.IN_FORCE
    assert table["netting"].standing(date(2027, 1, 1)) is Standing.EXPIRED
    assert table["feed-in-floor-ends"].standing(NOW) is Standing.ANNOUNCED
    assert table["time-weighted-tariff"].standing(NOW) is Standing.PROPOSAL
    assert table["paragraph-14a"].standing(NOW) is Standing.REFERENCE
    assert table["cra"].standing(NOW) is Standing.ANNOUNCED
    assert table["price-cap"].standing(NOW) is Standing.EXPIRED


def test_nothing_is_overdue_in_the_month_in_which_it_was_read_and_everything_is_a_year_later():
    assert not [rule for rule in rules.load() if rule.overdue(NOW)]
    assert all(rule.overdue(NOW + timedelta(days=365)) for rule in rules.load())


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (ROW + ROW, "two rules called one"),
        (ROW + "first = 2027-01-01\nlast = 2026-01-01\n", "before it begins"),
        (ROW.replace('"resident"', '"reident"'), "whom"),
        (ROW + 'colour = "red"\n', "colour"),
        ("[[rule]", "is not TOML"),
    ],
)
def test_a_table_that_cannot_be_meant_is_refused_by_its_place(text, says):
    with pytest.raises(BadInput, match=says):
        parsed("own.toml", text)
