"""Every article has a name that people use, in both languages, and no two have the same."""

from laag.foundation.words import Lang
from laag.neighbourhood.charter import ARTICLES
from laag.neighbourhood.charter.names import CALLED


def test_each_article_is_called_something_of_its_own():
    assert set(CALLED) == {one.name for one in ARTICLES}
    for lang in Lang:
        names = [said.to(lang) for said in CALLED.values()]
        assert len(set(names)) == len(names)
        assert all(name and "_" not in name for name in names)
