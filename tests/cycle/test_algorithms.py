"""The register of algorithms names every one that decides, and each name leads to it."""

from importlib import import_module
from pathlib import Path

from laag.apps.street.api.algorithms import told
from laag.cycle.algorithms import ALGORITHMS
from laag.foundation.register import REGISTER
from laag.neighbourhood.charter.articles import ARTICLES

DOCS = Path(__file__).parents[2] / "docs"
DECIDE = {
    "plan", "bid", "clear", "ladder", "estimate", "flexibility", "limits", "baseline", "sharing", "shapley", "comparison", "agreements", "jury",
}  # fmt: skip


def test_every_decision_maker_is_in_it_once():
    assert [one.name for one in ALGORITHMS] == list(dict.fromkeys(one.name for one in ALGORITHMS))
    assert {one.name for one in ALGORITHMS} == DECIDE


def test_each_leads_to_the_function_that_decides_to_registered_fields_to_an_article_and_to_a_page():
    articles = {one.name for one in ARTICLES}
    for one in ALGORITHMS:
        module, _, function = one.code.partition(":")
        assert callable(getattr(import_module(module), function)), one.code
        assert not [name for name in one.inputs if name not in REGISTER], one.name
        assert one.article in articles | {""}, one.article
        assert (DOCS / one.read).exists(), one.read
        for said in (one.called, one.decides, one.when):
            assert said.nl
            assert said.en


def test_another_rule_has_another_fingerprint():
    versions = [told(one, "1.0", "3").version for one in ALGORITHMS]
    assert len(set(versions)) == len(versions)
