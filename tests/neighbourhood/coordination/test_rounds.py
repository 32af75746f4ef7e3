"""Rounds with homes made of a few numbers: late, silent, lying and well-behaved ones."""

from dataclasses import fields, replace
from itertools import permutations
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from laag.foundation.errors import BadInput
from laag.neighbourhood.coordination import (
    Answer,
    Ask,
    Connection,
    Coordination,
    Gate,
    Terms,
    closed,
    heard,
    opened,
)

COUNT = 8
GATE = Gate(
    np.array([0.30, 0.28, 0.22, 0.20, 0.20, 0.24, 0.30, 0.32]),
    np.array([0.10, 0.08, 0.02, 0.00, 0.00, 0.04, 0.10, 0.12]),
    import_max_kw=12.0,
)


class Car:
    """Needs so many kWh, in any quarter-hours, at most ``most_kw``; panels give what they give."""

    def __init__(self, name: str, need_kwh: float, most_kw: float = 7.0, sun_kw: float = 0.0) -> None:
        self.name, self.need, self.most = name, need_kwh * 4, most_kw
        self.sun = sun_kw * np.sin(np.linspace(0, np.pi, COUNT))
        self.last: np.ndarray | None = None

    def answer(self, ask: Ask) -> Answer:
        """The projection of a step against the prices on all days it could live: exact for a car."""
        if self.last is None or ask.round == 0:
            kw = np.zeros(COUNT)
            left = self.need
            for at in np.argsort(ask.buy_ticks, kind="stable"):
                kw[at] = min(self.most, left)
                left -= kw[at]
        else:
            wished = self.last - ask.buy_ticks / 1e5 / ask.weight_eur_per_kwh_per_kw
            low, high = wished.min() - self.most, wished.max()
            for _ in range(60):
                level = (low + high) / 2
                kw = np.clip(wished - level, 0, self.most)
                low, high = (level, high) if kw.sum() > self.need else (low, level)
        self.last = kw
        return Answer(
            self.name, ask.round, np.rint((kw - self.sun) * 250).astype(np.int64), moves=self.need > 0
        )


HOMES = (("a", 8.0, 0.0), ("b", 6.0, 0.0), ("c", 5.0, 2.0), ("d", 0.0, 3.0))


def cars() -> dict[str, Car]:
    return {name: Car(name, need, sun_kw=sun) for name, need, sun in HOMES}


def terms(**other: Any) -> Terms:
    connections = tuple(Connection(name, 4300, 4300) for name, *_ in HOMES)
    return replace(Terms(GATE, connections), **other)


def told_to(now: Coordination, answers: list[Answer]) -> Coordination:
    for answer in answers:
        now, _ = heard(now, answer)
    return now


def through(post=lambda _, answers: answers, **other) -> Coordination:
    """All rounds; ``post`` is what becomes of the answers of a round."""
    now, homes = opened(terms(**other)), cars()
    while now.done is None:
        now, _ = closed(told_to(now, post(now, [homes[name].answer(now.ask) for name in now.asked])))
    return now


def paid(wh: np.ndarray) -> float:
    return GATE.cost_eur(wh / 250)


def test_the_herd_in_the_cheapest_quarter_is_undone():
    """Alone all cars charge in the same quarter-hours, beyond the limit; together they stay within it."""
    now = through()
    alone = now.past[0].sum_wh / 250
    assert alone.max() > GATE.import_max_kw
    assert now.done.street_wh.max() / 250 <= GATE.import_max_kw + 0.05
    assert now.done.saved_eur > 0


def test_what_stands_costs_what_a_program_of_all_finds_at_least():
    """Within one percent of the least that these cars could cost, found by scipy with everything known."""
    from scipy.optimize import linprog

    homes, T = list(cars().values()), COUNT
    slopes = [piece / 4 for piece in GATE.slopes[1:]]
    cost = np.concatenate([np.zeros(len(homes) * T), -slopes[0], slopes[1], slopes[2]])
    eye = np.eye(T)
    balance = np.hstack([*(eye for _ in homes), eye, -eye, -eye])
    need = np.zeros((len(homes), len(cost)))
    for i in range(len(homes)):
        need[i, i * T : (i + 1) * T] = 1
    bounds = [(0, 7.0)] * (len(homes) * T) + [(0, None)] * T + [(0, 12.0)] * T + [(0, None)] * T
    best = linprog(
        cost,
        A_eq=np.vstack([balance, need]),
        b_eq=[*sum(home.sun for home in homes), *(home.need for home in homes)],
        bounds=bounds,
    )
    assert best.fun > 0
    assert best.fun * 0.999 <= paid(through().done.street_wh) <= best.fun * 1.01


def test_in_which_order_answers_come_changes_nothing():
    """Bit for bit."""
    first = through()
    for order in list(permutations(range(4)))[::7]:
        other = through(lambda _, answers, order=order: [answers[i] for i in order if i < len(answers)])
        assert other.done.price_ticks.tolist() == first.done.price_ticks.tolist()
        assert other.course == first.course
        assert other.done.shares == first.done.shares


def test_who_has_nothing_to_move_is_asked_once():
    """Home d has panels and nothing else."""
    now = opened(terms())
    homes = cars()
    assert now.asked == ("a", "b", "c", "d")
    now, _ = closed(told_to(now, [home.answer(now.ask) for home in homes.values()]))
    assert now.asked == ("a", "b", "c")


def nonsense(answer: Answer) -> list[Answer]:
    wh = answer.wh
    return [
        replace(answer, wh=wh[:-1]),
        replace(answer, wh=wh.astype(np.float64)),
        replace(answer, wh=np.where(np.arange(COUNT) == 2, np.nan, wh)),
        replace(answer, wh=np.full(COUNT, 4301)),
        replace(answer, wh=np.full(COUNT, -(2**60))),
        replace(answer, beside_cents=10**9),
        replace(answer, round=answer.round + 1),
        replace(answer, round=answer.round - 1),
    ]


@pytest.mark.parametrize("kind", range(8))
def test_nonsense_is_refused_in_both_languages_and_moves_nobody(kind):
    """What the home told last stands, and it is told so."""
    now, homes = opened(terms()), cars()
    now, _ = closed(told_to(now, [home.answer(now.ask) for home in homes.values()]))
    before = now.told["a"]
    bad = nonsense(homes["a"].answer(now.ask))[kind]
    after, refused = heard(now, bad)
    assert refused is not None
    assert refused.why.nl.endswith("blijft staan.")
    assert refused.why.en.endswith("stands.")
    assert after is now
    now, absent = closed(now)
    assert now.told["a"] is before
    assert [one.home for one in absent] == ["a", "b", "c"]


def test_a_day_far_from_the_first_is_nonsense():
    """A car does not suddenly need ten kWh less than nothing."""
    now, homes = opened(terms(moved_kwh=2.0)), cars()
    now, _ = closed(told_to(now, [home.answer(now.ask) for home in homes.values()]))
    good = homes["a"].answer(now.ask)
    assert heard(now, good)[1] is None
    refused = heard(now, replace(good, wh=good.wh + 400))[1]
    assert refused is not None
    assert "2 kWh" in refused.why.nl


def test_two_different_days_in_one_round_count_for_none_whatever_comes_first():
    """The same day twice is one answer."""
    homes = cars()
    now = opened(terms())
    one = homes["a"].answer(now.ask)
    other = replace(one, wh=one.wh[::-1].copy())
    assert not np.array_equal(one.wh, other.wh)
    assert heard(told_to(now, [one]), one)[1] is None
    for pair in ((one, other), (other, one), (one, other, one)):
        both = told_to(now, list(pair))
        assert "a" not in both.arrived
        assert both.void == {"a"}


def test_what_was_told_cannot_be_changed_afterwards():
    """Not even by who holds the numbers it came in."""
    now, homes = opened(terms()), cars()
    answer = homes["a"].answer(now.ask)
    now, _ = heard(now, answer)
    answer.wh[0] = 4000
    assert now.arrived["a"].wh[0] != 4000
    with pytest.raises(ValueError, match="read-only"):
        now.arrived["a"].wh[0] = 4000


def test_a_stranger_and_an_answer_after_the_end_are_told_so():
    """And change nothing."""
    now = through()
    late = Answer("a", now.round, np.zeros(COUNT, np.int64))
    assert "afgelopen" in heard(now, late)[1].why.nl
    assert "takes no part" in heard(opened(terms()), replace(late, home="x", round=0))[1].why.en
    assert closed(now) == (now, ())


def test_a_home_that_never_answers_keeps_the_place_it_had():
    """Its expected day is reckoned with, and the others still find theirs."""
    expected = np.full(COUNT, 900, np.int64)
    now, homes = opened(terms(), {"a": expected}), cars()
    while now.done is None:
        answers = [homes[name].answer(now.ask) for name in now.asked if name != "a"]
        now, absent = closed(told_to(now, answers))
        assert [one.home for one in absent] == ["a"]
    assert now.done.silent == ("a",)
    assert now.done.stands["a"].tolist() == expected.tolist()
    assert now.done.street_wh.max() / 250 <= GATE.import_max_kw + 0.05


def test_nobody_answering_ends_at_once():
    """There is nothing to wait for, and no price but the gateway's."""
    now, absent = closed(opened(terms()))
    assert len(absent) == 4
    assert now.done.why.en == "Nobody has anything to move."
    assert now.done.saved_eur == 0


def test_who_is_first_heard_later_begins_the_count_anew():
    """Earlier rounds were of another street."""
    now, homes = opened(terms()), cars()
    now, _ = closed(told_to(now, [homes[name].answer(now.ask) for name in "bcd"]))
    now, _ = closed(told_to(now, [homes[name].answer(now.ask) for name in "bc"]))
    now, _ = closed(told_to(now, [homes[name].answer(now.ask) for name in "abc"]))
    assert len(now.past) == len(now.course) == 1
    while now.done is None:
        now, _ = closed(told_to(now, [homes[name].answer(now.ask) for name in now.asked]))
    assert min(now.done.shares) >= 2
    assert now.done.silent == ()


@settings(max_examples=30, deadline=None)
@given(st.data())
def test_whatever_becomes_of_answers_it_ends_and_is_never_dearer_than_alone(data):
    """Lost, late, doubled, garbled: the rounds are bounded, and what stands is a mixture of days that homes told."""
    worst = data.draw(st.integers(0, 3))

    def post(now, answers):
        if now.round == 0:
            return answers
        sent = []
        for answer in answers:
            fate = data.draw(st.sampled_from(["arrives", "lost", "garbled", "twice"][: worst + 1]))
            if fate == "garbled":
                sent.append(data.draw(st.sampled_from(nonsense(answer))))
            elif fate != "lost":
                sent += [answer] * (2 if fate == "twice" else 1)
        return sent

    now = through(post, most_rounds=12)
    done = now.done
    assert done.rounds <= 13
    assert done.saved_eur >= 0
    assert paid(done.street_wh) <= paid(now.past[0].sum_wh) + 0.01
    for name, wh in done.stands.items():
        told = np.stack([one.told[name].wh for one in now.past])
        assert (wh >= told.min(axis=0)).all()
        assert (wh <= told.max(axis=0)).all()
        assert abs(wh.sum() - told[0].sum()) <= COUNT


def test_all_that_is_told_is_named_here():
    """Down: a round, prices and a weight. Up: a name, a round, energy per quarter-hour, one amount, a yes or no."""
    assert [one.name for one in fields(Ask)] == [
        "round",
        "buy_ticks",
        "sell_ticks",
        "weight_eur_per_kwh_per_kw",
    ]
    assert [one.name for one in fields(Answer)] == ["home", "round", "wh", "beside_cents", "moves"]


def test_prices_depend_on_the_sum_alone():
    """Two homes that swap what they told leave every price as it is: masked sums would do."""
    now, homes = opened(terms()), cars()
    answers = {name: home.answer(now.ask) for name, home in homes.items()}
    swapped = [
        answers["c"],
        answers["d"],
        replace(answers["a"], wh=answers["b"].wh),
        replace(answers["b"], wh=answers["a"].wh),
    ]
    one, _ = closed(told_to(now, list(answers.values())))
    other, _ = closed(told_to(now, swapped))
    assert one.ask.buy_ticks.tolist() == other.ask.buy_ticks.tolist()
    assert one.price.tolist() == other.price.tolist()


def test_terms_that_cannot_be_held_are_refused():
    """With the way out."""
    with pytest.raises(BadInput, match="cannot be held"):
        terms(relax=2.0)
    with pytest.raises(BadInput, match="own name"):
        terms(homes=(Connection("a", 1, 1), Connection("a", 1, 1)))
    with pytest.raises(BadInput, match="give both for the same"):
        opened(terms(), {"a": np.zeros(3, np.int64)})
