"""Whatever the post does, and whenever a side dies: every message acts once, and both sides end where they would have."""

from contextlib import suppress
from datetime import timedelta

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.adapters.uftp.peers import AGR, DAY, DSO, POINT, Pair, evening

from laag.adapters.uftp.conversation import Phase


class Died(Exception):
    pass


class Mortal:
    """A log under which the power fails before or after its nth append; what it returned from is kept."""

    def __init__(self, log, dies_at, *, kept) -> None:
        self._log, self._left, self._kept = log, dies_at, kept

    def append(self, events):
        self._left -= 1
        if self._left == 0:
            if self._kept:
                self._log.append(events)
            raise Died
        return self._log.append(events)

    def __getattr__(self, name) -> object:
        return getattr(self._log, name)


def outcome(pair):
    (request,) = pair.dso.books.days("FlexRequest", mine=True)
    return (
        len([*pair.agr.books.days("D-Prognosis", mine=True)]),
        [
            (one.reference, one.watts.tolist(), one.price_eur)
            for one in pair.aggregator.ordered(pair.agr, POINT, DAY)
        ],
        [one.standing for one in pair.dso.books.days("FlexOrder", mine=True)],
        pair.dso.books.phase(request, mine=True),
        [
            pair.dso.books.settled(AGR, one.message.order_reference)
            for one in pair.dso.books.days("FlexOrder", mine=True)
        ],
    )


def whole_conversation(pair, alive=lambda does: does()):
    alive(lambda: pair.aggregator.prognose(pair.agr, POINT, DAY, evening(), pair.now))
    for later in (timedelta(0), timedelta(minutes=31), timedelta(days=2)):
        pair.now += later
        alive(pair.settle_down)


def undisturbed():
    pair = Pair()
    whole_conversation(pair)
    return outcome(pair)


def test_an_undisturbed_conversation_is_settled():
    assert undisturbed()[3] is Phase.SETTLED


@given(who=st.sampled_from([AGR, DSO]), at=st.integers(1, 14), kept=st.booleans())
@settings(deadline=None, max_examples=25)
def test_a_side_that_dies_at_any_write_goes_on_and_doubles_nothing(who, at, kept):
    pair = Pair()
    real = pair.logs[who]
    pair.logs[who] = Mortal(real, at, kept=kept)
    pair.restart(who)

    def alive(does):
        with suppress(Died):
            return does()
        pair.logs[who] = real
        pair.restart(who)
        return does()

    whole_conversation(pair, alive)
    assert outcome(pair) == undisturbed()


@given(data=st.data())
@settings(deadline=None, max_examples=25)
def test_letters_that_come_twice_or_turned_round_change_nothing(data):
    pair = Pair()

    def shuffled_post():
        old = []
        while letters := [(who, one) for who, desk in pair.desks.items() for one in desk.waiting()]:
            for who, letter in data.draw(st.permutations(letters)):
                pair.deliver(who, letter)
                old.append((who, letter))
                if data.draw(st.booleans()):
                    pair.deliver(*data.draw(st.sampled_from(old)))

    pair.post = shuffled_post
    whole_conversation(pair)
    assert outcome(pair) == undisturbed()


@given(times=st.integers(1, 3))
@settings(deadline=None, max_examples=5)
def test_starting_again_any_number_of_times_says_nothing_new(times):
    pair = Pair()
    whole_conversation(pair)
    digests = [pair.logs[who].digest() for who in (AGR, DSO)]
    for _ in range(times):
        for who in (AGR, DSO):
            pair.restart(who)
        pair.settle_down()
    assert [pair.logs[who].digest() for who in (AGR, DSO)] == digests
