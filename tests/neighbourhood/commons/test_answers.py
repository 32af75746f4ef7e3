"""Whatever homes do, and however one of them differs, an answer moves no farther than its noise was made for."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.neighbourhood.commons.homes import FIRST, NOISY, fair, homes, last_of, none

from laag.cycle.layers import DEVICES
from laag.foundation.errors import BadInput
from laag.foundation.words import Said
from laag.neighbourhood.commons.answers import figures, most_wh, part, sensitivity, totals
from laag.neighbourhood.commons.bins import keys, positions, spoken
from laag.neighbourhood.commons.noise import off_by, scale
from laag.neighbourhood.commons.questions import SHIPPED, By, Over, Question, Statistic


def wide(question):
    return len(keys(question, FIRST, last_of(question), DEVICES))


def told(question):
    """As homes tell it: Wh in each figure, of one that counts homes a single total; never below zero."""
    count = 1 if question.edges_wh else wide(question)
    return homes(count).map(lambda found: {name: np.abs(wh) for name, wh in found.items()})


@pytest.mark.parametrize("question", NOISY, ids=lambda one: one.name)
@given(data=st.data())
def test_one_home_moves_an_answer_no_farther_than_its_bound(question, data):
    """Whether it is there or not, and whatever it did."""
    found = data.draw(told(question))
    days, one = question.least_days, min(found)
    other = data.draw(told(question))[one]
    here = totals(question, days, found)
    gone = totals(question, days, {name: wh for name, wh in found.items() if name != one})
    otherwise = totals(question, days, {**found, one: other})
    reach = sensitivity(question, days, wide(question))
    assert np.abs(here - gone).sum() <= reach
    assert np.abs(here - otherwise).sum() <= reach


@pytest.mark.parametrize("question", NOISY, ids=lambda one: one.name)
@given(data=st.data())
def test_no_home_counts_for_more_than_was_agreed(question, data):
    for wh in data.draw(told(question)).values():
        mine = part(question, question.least_days, wh)
        most = 1 if question.edges_wh else most_wh(question, question.least_days)
        assert 0 <= mine.sum() <= most
        assert (mine >= 0).all()


@pytest.mark.parametrize("question", NOISY, ids=lambda one: one.name)
@given(data=st.data(), seed=st.integers(0, 2**32))
def test_homes_in_another_order_give_the_same_answer(question, data, seed):
    found = data.draw(told(question))
    turned = dict(reversed(found.items()))
    days = question.least_days
    assert figures(question, days, found, fair(seed)) == figures(question, days, turned, fair(seed))


@pytest.mark.parametrize("question", NOISY, ids=lambda one: one.name)
def test_an_answer_is_within_what_it_says_in_nineteen_of_twenty(question):
    found = {f"m-{n}": np.full(1 if question.edges_wh else wide(question), 9_000 * n) for n in range(60)}
    days = question.least_days
    right = np.array(figures(question, days, found, none).values)
    noise = fair(7)
    tries = [figures(question, days, found, noise) for _ in range(400)]
    within = np.mean([np.abs(np.array(one.values) - right) <= np.array(one.off_by) for one in tries], axis=0)
    assert (within > 0.91).all()


def test_a_stated_error_is_as_often_right_as_it_says_and_no_oftener_than_need_be():
    for width in (0.3, 1.0, 12.0, 400_000.0):
        far = off_by(width)
        beyond = 2 * np.exp(-(far + 1) / width) / (1 + np.exp(-1 / width))
        closer = 2 * np.exp(-far / width) / (1 + np.exp(-1 / width))
        assert beyond <= 0.05 < closer or far == 0


def test_a_day_of_100_quarter_hours_still_has_24_hours():
    """The hour that comes twice in autumn counts in the same figure twice."""
    question = SHIPPED["taken-by-hour"]
    autumn = np.concatenate([np.arange(12), np.arange(8, 96)])
    (at,) = positions(question, FIRST, FIRST, [autumn])
    assert np.bincount(at).tolist() == [4, 4, 8, *[4] * 21]


def test_every_figure_has_a_name_in_both_languages():
    for question in SHIPPED.values():
        for key in keys(question, FIRST, last_of(question), DEVICES):
            assert spoken(key).nl
            assert spoken(key).en
        assert question.said.nl != question.said.en


def test_a_mean_says_how_far_homes_and_energy_can_be_off_together():
    question = SHIPPED["taken-by-hour"]
    found = {f"m-{n}": np.full(24, 9_000) for n in range(500)}
    answer = figures(question, 28, found, fair(3))
    least = scale(sensitivity(question, 28, 24), question.micro_epsilon * 4 // 5) * 3 / (500 * 28)
    assert min(answer.off_by) >= 0.9 * least


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"least_homes": 9}, "take ten homes"),
        ({"least_days": 0}, "a day at least"),
        ({"micro_epsilon": 0}, "costs more than"),
        ({"by": By.DEVICE}, "only orders name a device"),
        ({"edges_wh": (5,)}, "a sum or a mean none"),
        ({"statistic": Statistic.HISTOGRAM, "edges_wh": (5, 5)}, "let them rise"),
        ({"statistic": Statistic.COUNT, "edges_wh": (5,), "by": By.DAY}, "over the whole period"),
    ],
)
def test_a_question_that_would_tell_of_a_home_cannot_be_made(wrong, says):
    given_ = {"over": Over.TAKEN, "statistic": Statistic.SUM, **wrong}
    with pytest.raises(BadInput, match=says):
        Question("odd", Said("vreemd", "odd"), **given_)
