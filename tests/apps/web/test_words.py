"""Every text of every page is there in both languages, and stands in no template."""

import re
from collections.abc import Mapping
from importlib import import_module
from itertools import chain
from pathlib import Path

import pytest

import laag.apps
from laag.foundation.words import Said

APPS = Path(laag.apps.__file__).parent
TEMPLATES = sorted(APPS.rglob("templates/*.html"))
CATALOGUES = ["laag.apps.web.words", "laag.apps.street.pages.words", "laag.apps.street.pages.enrol_words", "laag.apps.street.few", "laag.apps.access.roles", "laag.apps.access.doors", "laag.apps.access.accounts", "laag.apps.access.sessions", "laag.apps.access.passwords"]  # fmt: skip
SAME_IN_BOTH = {"Code", "Codes", "open", "Orders"}
NAMES = {"laag"}
ATTRIBUTES = re.compile(r'(?:aria-label|title|placeholder|alt)="([^"]*)"')


def sayings(value):
    if isinstance(value, Said):
        yield value
    elif isinstance(value, Mapping):
        yield from chain.from_iterable(map(sayings, value.values()))
    elif isinstance(value, tuple | list):
        yield from chain.from_iterable(map(sayings, value))


def said_in(module):
    return [one for name, value in vars(import_module(module)).items() if not name.startswith("__") for one in sayings(value) if not isinstance(value, type)]  # fmt: skip


@pytest.mark.parametrize("module", CATALOGUES)
def test_both_languages_are_there_and_are_two(module):
    found = said_in(module)
    assert found
    for one in found:
        assert one.nl.strip(), one
        assert one.en.strip(), one
        assert one.nl != one.en or one.nl in SAME_IN_BOTH, one
        assert (one.nl[-1] in ".?!") == (one.en[-1] in ".?!"), one
        assert " ." not in one.nl + one.en


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: path.name)
def test_no_template_holds_words_of_its_own(template):
    text = re.sub(r"\{#.*?#\}|\{\{.*?\}\}|\{%.*?%\}", "", template.read_text(), flags=re.DOTALL)
    assert [words for words in ATTRIBUTES.findall(text) if re.search(r"[A-Za-z]", words)] == []
    shown = re.sub(r"<[^>]*>", " ", text)
    assert [
        word for word in re.findall(r"[A-Za-z]{2,}", re.sub(r"&[a-z]+;", "", shown)) if word not in NAMES
    ] == []
