"""Any charter that its articles allow."""

from hypothesis import strategies as st

from laag.neighbourhood.charter import ARTICLES, Agreement, Charter
from laag.neighbourhood.charter.said import DEVICES
from laag.neighbourhood.charter.values import Agreements, OneOf, Ordered, SomeOf, Truth, Whole

_NAMES = st.text("abcdefghijklmnopqrstuvwxyz éë€'\"=[]#\\", min_size=1, max_size=20).filter(
    lambda text: text == text.strip()
)
_HOURS = st.tuples(st.integers(0, 24), st.integers(0, 24)).filter(lambda at: at[0] != at[1] and at != (24, 0))


@st.composite
def agreements(draw):
    """One between neighbours."""
    first, last = draw(_HOURS)
    return Agreement(
        draw(_NAMES),
        draw(st.sampled_from(sorted(DEVICES))),
        first,
        last,
        tuple(draw(st.lists(st.integers(1, 12), unique=True, max_size=4))),
        draw(st.none() | st.integers(-30, 40)),
        draw(st.sampled_from(["warning", "share"])),
    )


def values(article):
    """Any value that an article may be."""
    match article.may:
        case Whole(least, most, nothing):
            some = st.integers(least, most)
            return some if nothing is None else st.none() | some
        case Truth(unsaid):
            return st.sampled_from([None, True]) if unsaid else st.booleans()
        case OneOf(words):
            return st.sampled_from(words)
        case Ordered(words, fixed):
            return st.just(words) if fixed else st.permutations(words).map(tuple)
        case SomeOf(words):
            return st.lists(st.sampled_from(words), unique=True).map(tuple)
        case Agreements():
            return st.lists(agreements(), max_size=3, unique_by=lambda one: one.name).map(tuple)
    raise AssertionError(article.may)


@st.composite
def charters(draw):
    """Any of them."""
    some = draw(st.lists(st.sampled_from(ARTICLES), unique_by=lambda one: one.name, max_size=8))
    charter = Charter(draw(_NAMES))
    for article in some:
        charter = article.put(charter, draw(values(article)))
    return charter
