"""Who knows nearly everything asks what may be asked, and guesses one home's quarter-hour as well as can be."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
from numpy.typing import NDArray
from scipy.stats import beta

from benchmarks.differencing.street import DAYS, FIRST, QUARTERS
from laag.cycle.layers import DEVICES
from laag.foundation.contracts import Ints
from laag.neighbourhood.commons.answers import figures, most_wh
from laag.neighbourhood.commons.bins import keys
from laag.neighbourhood.commons.budget import Cost, exhausted
from laag.neighbourhood.commons.noise import Noise, scale
from laag.neighbourhood.commons.questions import MICRO, SHIPPED, Question

Floats = NDArray[np.float64]
TOTAL = SHIPPED["taken-total"]
BUDGET = MICRO
"""One epsilon for a home's data of a year, as the charter has it where nobody changed it."""
AFFORDED = BUDGET // TOTAL.micro_epsilon
"""So many answers about a home until its year is spent."""


def bare(values: Sequence[int], reach: int, micro_epsilon: int) -> tuple[int, ...]:
    """No noise: what the attacks are tried against to see that they work."""
    del reach, micro_epsilon
    return tuple(values)


def told(homes: Ints, days: int, noise: Noise) -> int:
    """The answer to "how much did these take together"; ``homes`` are their Wh over the period."""
    each = {f"m-{row}": np.array([wh]) for row, wh in enumerate(homes.tolist())}
    return figures(TOTAL, days, each, noise).values[0]


@dataclass(frozen=True, slots=True)
class Guesses:
    """How far off one and another who guess are, in Wh, a row per try."""

    before: Floats
    """Who knows everything but this: by what is usual."""
    after: Floats
    """The same who has read the answers as well."""


def pairs(wh: Ints, noise: Noise, tries: int, seed: int = 2) -> tuple[Guesses, Guesses]:
    """Pairs of answers that differ by one home: what it took over the period, and one of its quarter-hours.

    Who guesses the period knows what all others took; who guesses the quarter-hour knows that home's others too.
    """
    draw, homes = np.random.default_rng(seed), len(wh)
    rows = []
    for _ in range(tries):
        days = int(draw.integers(TOTAL.least_days, 61))
        first, home = int(draw.integers(0, DAYS - days)), int(draw.integers(0, homes))
        period = wh[:, first : first + days].sum(axis=(1, 2))
        without = np.delete(period, home)
        difference = told(period, days, noise) - told(without, days, noise)
        width = 0.0 if noise is bare else scale(most_wh(TOTAL, days), TOTAL.micro_epsilon)
        usual = without.astype(np.float64)
        guess = likeliest(usual, difference, width, 2)
        truth = float(period[home])
        day, quarter = first + int(draw.integers(0, days)), int(draw.integers(0, QUARTERS))
        own = np.delete(wh[home, :, quarter], day).astype(np.float64)
        mine = float(wh[home, day, quarter])
        rest = period[home] - wh[home, day, quarter]
        finer = likeliest(own, difference - float(rest), width, 2)
        rows.append(
            (
                abs(likeliest(usual, 0, np.inf, 1) - truth),
                abs(guess - truth),
                abs(likeliest(own, 0, np.inf, 1) - mine),
                abs(finer - mine),
            )
        )
    table = np.array(rows)
    return Guesses(table[:, 0], table[:, 1]), Guesses(table[:, 2], table[:, 3])


def year_of_answers(wh: Ints, noise: Noise, tries: int, seed: int = 3) -> Guesses:
    """All answers that a year's budget affords, every one about days in which the quarter-hour lies; all else is known."""
    draw, homes = np.random.default_rng(seed), len(wh)
    days = TOTAL.least_days
    width = 0.0 if noise is bare else scale(most_wh(TOTAL, days), TOTAL.micro_epsilon)
    rows = []
    for _ in range(tries):
        home, day = int(draw.integers(0, homes)), int(draw.integers(AFFORDED, DAYS - AFFORDED))
        quarter = int(draw.integers(0, QUARTERS))
        mine = float(wh[home, day, quarter])
        own = np.delete(wh[home, :, quarter], day).astype(np.float64)
        heard = []
        for step in range(AFFORDED):
            # Days and members differ from answer to answer, or it would be the same answer.
            first = day - step % days
            among = np.delete(np.arange(homes), draw.choice(homes, step, replace=False))
            among = np.union1d(among, [home])
            period = wh[among, first : first + days].sum(axis=(1, 2))
            known = int(np.minimum(period, most_wh(TOTAL, days)).sum()) - mine
            heard.append(told(period, days, noise) - known)
        rows.append(
            (abs(likeliest(own, 0, np.inf, 1) - mine), abs(_of_all(own, np.array(heard), width) - mine))
        )
    table = np.array(rows)
    return Guesses(table[:, 0], table[:, 1])


def likeliest(usual: Floats, heard: float, width: float, answers: int) -> float:
    """The middle of what is likely after hearing one difference of so many answers; with no noise what was heard."""
    if width == 0:
        return heard
    if np.isinf(width):
        return float(np.median(usual))
    far = np.abs(heard - usual) / width
    # The difference of two Laplace draws: (1 + |x|) e^-|x|.
    weight = np.exp(-far) * ((1 + far) if answers == 2 else 1)
    return _middle(usual, weight)


def _of_all(usual: Floats, heard: Floats, width: float) -> float:
    if width == 0:
        return float(np.median(heard))
    far = np.abs(heard[:, None] - usual[None, :]).sum(axis=0) / width
    return _middle(usual, np.exp(far.min() - far))


def _middle(values: Floats, weight: Floats) -> float:
    order = np.argsort(values)
    share = np.cumsum(weight[order])
    return float(values[order][int(np.searchsorted(share, share[-1] / 2))])


@dataclass(frozen=True, slots=True)
class Reconstruction:
    """Of each home its days of a week by least squares over many answers."""

    answers: int
    before_wh: float
    """Median distance of who takes everybody for the mean of all."""
    after_wh: float


def reconstruction(
    wh: Ints, noise: Noise, answers: int, seed: int = 4, *, budget: bool = True
) -> Reconstruction:
    """Somebody who can even choose who takes part asks over and over; ``budget`` ends it where the year is spent.

    Truths are pulled towards the mean of all by as much as the noise asks for, which is the best that least squares
    can do.
    """
    draw, homes = np.random.default_rng(seed), len(wh)
    names = tuple(f"m-{row}" for row in range(homes))
    days = TOTAL.least_days
    period = np.minimum(wh[:, :days].sum(axis=(1, 2)), most_wh(TOTAL, days))
    mean, spread = float(period.mean()), float(period.std())
    costs: list[Cost] = []
    who, heard = [], []
    for _ in range(answers):
        there = draw.random(homes) < 0.5
        cost = Cost(
            tuple(name for name, one in zip(names, there, strict=True) if one),
            FIRST,
            _last(days),
            TOTAL.micro_epsilon,
        )
        if budget and exhausted(costs, cost, BUDGET) is not None:
            continue
        costs.append(cost)
        who.append(there)
        heard.append(told(period[there], days, noise))
    asked = np.array(who, np.float64)
    width = 0.0 if noise is bare else scale(most_wh(TOTAL, days), TOTAL.micro_epsilon)
    ridge = 2 * width**2 / spread**2
    left = np.array(heard) - asked @ np.full(homes, mean)
    found = mean + np.linalg.lstsq(asked.T @ asked + ridge * np.eye(homes), asked.T @ left, rcond=None)[0]
    return Reconstruction(
        len(heard), float(np.median(np.abs(mean - period))), float(np.median(np.abs(found - period)))
    )


@dataclass(frozen=True, slots=True)
class Told:
    """How well somebody tells a street with a home from one without it."""

    name: str
    stated: float
    """What the answers may give away together."""
    at_least: float
    """What they surely do: with 95 % certainty no less than this."""


def measured_epsilon(
    question: Question, noise: Noise, tries: int, seed: int = 5, certainty: float = 0.95
) -> Told:
    """The worst case: a home at its bound, told from its absence or its opposite by the likelihood of what was answered.

    Half of the tries choose where to draw the line, the other half say how often the line is right (Clopper-Pearson).
    """
    one, other = _worst(question)
    exact = [_added(question, street) for street in (one, other)]

    def heap(street: Mapping[str, Ints]) -> Floats:
        return np.array([_likelihood(question, street, noise, exact) for _ in range(tries)])

    surely = lower_bound(heap(one), heap(other), np.random.default_rng(seed), certainty)
    return Told(question.name, question.micro_epsilon / MICRO, surely)


def measured_year(noise: Noise, tries: int, seed: int = 6) -> Told:
    """The same of all answers that a year's budget affords; the noise of many tries is drawn at once."""
    streets = _worst(TOTAL)
    (first, width), (second, _) = (_added(TOTAL, street)[0] for street in streets)
    reach = most_wh(TOTAL, TOTAL.least_days)

    def heap(exact: int) -> Floats:
        drawn = noise([exact] * (tries * AFFORDED), reach, TOTAL.micro_epsilon)
        said = np.array(drawn, np.float64).reshape(tries, AFFORDED)
        found: Floats = (np.abs(said - second[0]) - np.abs(said - first[0])).sum(axis=1) / width
        return found

    surely = lower_bound(heap(first[0]), heap(second[0]), np.random.default_rng(seed))
    return Told(
        f"{TOTAL.name}, a year's budget of {AFFORDED}", TOTAL.micro_epsilon * AFFORDED / MICRO, surely
    )


Added = list[tuple[tuple[int, ...], float]]
"""What was added up and how wide the noise over it is, in the order in which an answer is put together."""


def _added(question: Question, street: Mapping[str, Ints]) -> Added:
    heard: Added = []

    def listens(values: Sequence[int], reach: int, micro_epsilon: int) -> tuple[int, ...]:
        heard.append((tuple(values), scale(reach, micro_epsilon)))
        return tuple(values)

    figures(question, question.least_days, street, listens)
    return heard


def _likelihood(question: Question, street: Mapping[str, Ints], noise: Noise, exact: list[Added]) -> float:
    """How much likelier what was heard is of the first street than of the second; heard is more than what is told."""
    heard: list[tuple[int, ...]] = []

    def listens(values: Sequence[int], reach: int, micro_epsilon: int) -> tuple[int, ...]:
        heard.append(noise(values, reach, micro_epsilon))
        return heard[-1]

    figures(question, question.least_days, street, listens)
    found: float = sum(
        float(np.abs(np.subtract(said, other)).sum() - np.abs(np.subtract(said, one)).sum()) / width
        for said, (one, width), (other, _) in zip(heard, *exact, strict=True)
    )
    return found


def _worst(question: Question) -> tuple[dict[str, Ints], dict[str, Ints]]:
    """Two streets that differ by one home, as far as one home can differ."""
    days = question.least_days
    wide = len(keys(question, FIRST, _last(days), DEVICES))
    count = 1 if question.edges_wh else wide
    others = {f"m-{row}": np.full(count, 3_000 * days // count, np.int64) for row in range(12)}
    most = most_wh(question, days)
    first, last = np.zeros(count, np.int64), np.zeros(count, np.int64)
    first[0], last[-1] = most, most
    if wide == 1:
        return {**others, "m": first}, others
    return {**others, "m": first}, {**others, "m": np.zeros(1, np.int64) if question.edges_wh else last}


def lower_bound(here: Floats, gone: Floats, draw: np.random.Generator, certainty: float = 0.95) -> float:
    """What two heaps of likelihoods surely differ by, as an epsilon; ``inf`` where a line parts them for good."""
    half = len(here) // 2
    order = draw.permutation(len(here))
    here, gone = here[order], gone[order]
    best, line = -np.inf, 0.0
    for at in np.quantile(np.concatenate([here[:half], gone[:half]]), np.linspace(0.01, 0.99, 99)):
        right, wrong = (here[:half] > at).mean(), (gone[:half] > at).mean()
        gain = np.log((right + 1e-9) / (wrong + 2 / half))
        if gain > best:
            best, line = float(gain), float(at)
    rights, wrongs, count = int((here[half:] > line).sum()), int((gone[half:] > line).sum()), len(here) - half
    miss = (1 - certainty) / 2
    least_right = float(beta.ppf(miss, rights, count - rights + 1)) if rights else 0.0
    most_wrong = float(beta.ppf(1 - miss, wrongs + 1, count - wrongs)) if wrongs < count else 1.0
    return float(np.log(max(least_right, 1e-300) / most_wrong))


def _last(days: int) -> date:
    return FIRST + timedelta(days=days - 1)
