"""What reasons say: complete, in both languages, short, with local clock times and cents, and without jargon."""

from string import Formatter

import pytest

from laag.foundation.errors import BadInput
from laag.foundation.words import Lang, Said
from laag.home.ladder import Rung
from laag.home.reasons import Alternative, Bound, Code, Doing, Moment, Reason, Subject, say
from laag.home.reasons.reason import Span
from laag.home.reasons.say import whose
from laag.home.reasons.sentences import KINDS, OTHERWISE
from laag.home.reasons.words import WRITTEN, at_moment, cents, moment, written

JARGON = {
    "ptu",
    "lp",
    "schaduwprijs",
    "shadow",
    "marginal",
    "marginaal",
    "optimum",
    "optimal",
    "solver",
    "setpoint",
}


def names(sentence):
    return {name for _, name, _, _ in Formatter().parse(sentence) if name}


@pytest.mark.parametrize("code", list(Code))
def test_every_code_has_its_words_in_both_languages(code):
    kind = KINDS[code]
    assert kind.because.nl
    assert kind.because.en
    for said in (kind.because, kind.claimed):
        assert bool(said.nl) == bool(said.en)
        assert names(said.nl) == names(said.en)
        assert names(said.en) <= {*kind.names, "who"}
        for sentence in (said.nl, said.en):
            assert len(sentence) < 190
            assert not JARGON & set(sentence.lower().replace(",", " ").split())
            assert sentence[-1:] not in {".", ";"}
    assert "who" not in names(kind.because.en)
    for name in kind.names:
        assert any(name.endswith(ending) for ending in WRITTEN)


@pytest.mark.parametrize("code", list(Code))
def test_a_subject_speaks_of_itself(code):
    subject = code.value.partition(".")[0]
    assert subject in {"any", *(one.value for one in Subject)}


@pytest.mark.parametrize("doing", list(Doing))
def test_every_alternative_has_its_words(doing):
    worse, same = OTHERWISE[doing]
    assert names(worse.nl) == names(worse.en) >= {"worse_eur_per_kwh"}
    assert names(same.nl) == names(same.en) <= {"other_at"}


def at(ptu, quarter, days, ptus):
    return Moment(ptu, quarter, days, ptus)


def test_tomorrows_tomorrow_is_not_called_tomorrow():
    """Under the heading of tomorrow "until tomorrow 03:45" would be read as that same night."""
    far = Moment(180, 15, 1, 60, from_today=False)
    assert (moment(far, Lang.NL), moment(far, Lang.EN)) == ("de dag erna 03:45", "the day after 03:45")
    assert moment(Moment(300, 15, 2, 180, from_today=False), Lang.NL) == "2 dagen later 03:45"
    assert moment(Moment(60, 60, -1, -60, from_today=False), Lang.EN) == "the day before 15:00"
    assert moment(Moment(130, 15, 1, 20, from_today=False), Lang.NL) == "03:45"


@pytest.mark.parametrize(
    ("when", "nl", "en"),
    [
        (at(40, 73, 0, 20), "18:15", "18:15"),
        (at(40, 28, 1, 36), "07:00", "07:00"),
        (at(90, 73, 1, 90), "morgen 18:15", "tomorrow 18:15"),
        (at(200, 73, 2, 190), "overmorgen 18:15", "the day after tomorrow 18:15"),
        (at(0, 73, -1, -32), "gisteren 18:15", "yesterday 18:15"),
        (at(400, 73, 4, 390), "over 4 dagen 18:15", "in 4 days 18:15"),
    ],
)
def test_a_moment_names_its_day_where_the_clock_could_be_misread(when, nl, en):
    assert (moment(when, Lang.NL), moment(when, Lang.EN)) == (nl, en)
    day, _, time = nl.rpartition(" ")
    assert at_moment(when, Lang.NL) == f"{day} om {time}".strip()


@pytest.mark.parametrize(
    ("eur", "en"),
    [(0.0, "0 cents"), (0.004, "0.4 cents"), (0.01, "1 cent"), (0.0996, "10 cents"), (0.234, "23 cents")],
)
def test_cents_are_rounded_as_one_would_say_them(eur, en):
    assert cents(eur, Lang.EN) == en
    assert cents(-0.0001, Lang.EN) == "0 cents"
    assert cents(4.0, Lang.EN) == "€4.00"


def test_a_span_is_said_once_where_its_ends_are_the_same():
    assert written("price_eur_per_kwh", Span(0.181, 0.184), Lang.EN) == "18 cents"
    assert written("price_eur_per_kwh", Span(0.004, 0.01), Lang.EN) == "0.4 cents to 1 cent"
    assert written("level_c", Span(19.5, 20.25), Lang.NL) == "19,5 tot 20,2 °C"


@pytest.mark.parametrize(
    ("eur", "nl", "en"),
    [
        (0.034, "3,4 cent per kWh opbrengen", "bring 3.4 cents per kWh"),
        (-0.004, "0,4 cent per kWh kosten", "cost 0.4 cents per kWh"),
        (Span(-0.06, -0.01), "1 tot 6 cent per kWh kosten", "cost 1 cent to 6 cents per kWh"),
        (
            Span(-0.011, 0.038),
            "tot 3,8 cent per kWh opbrengen of tot 1,1 cent kosten",
            "bring up to 3.8 cents per kWh or cost up to 1.1 cents",
        ),
    ],
)
def test_nothing_is_earned_below_zero(eur, nl, en):
    assert written("sold_would_bring", eur, Lang.NL) == nl
    assert written("sold_would_bring", eur, Lang.EN) == en


@pytest.mark.parametrize("code", list(Code))
def test_a_sentence_suits_one_neighbour_or_many(code):
    for said in (KINDS[code].because, KINDS[code].claimed):
        assert "says {who}" not in said.en
        assert not any(f"{{who}} {verb}" in said.en for verb in ("allows", "does", "asks"))
        assert "{who} laat" not in said.nl


def test_a_number_must_say_what_it_counts():
    with pytest.raises(BadInput, match="end its name in one of _eur_per_kwh"):
        written("speed", 3.0, Lang.NL)
    with pytest.raises(BadInput, match="is no moment"):
        written("then_at", 3.0, Lang.NL)


def reason(**given):
    usual = {
        "subject": Subject.CAR,
        "name": "",
        "ptu": 12,
        "power_kw": 7.4,
        "code": Code.CHEAPEST,
        "rung": Rung.MARKET,
        "bound": Bound.PRICE,
        "source": "",
        "numbers": {"taking_cheapest": 9.0, "until_by": at(28, 28, 0, 16)},
        "next_best": Alternative(Doing.CHARGE_THEN, at(73, 73, 0, 61), 0.12, 0.12),
        "unplanned": None,
    }
    return Reason(**(usual | given))


def test_a_reason_is_one_sentence_that_a_neighbour_understands():
    assert say(reason(), "en") == (
        "Charges because this is one of the 9 cheapest quarter-hours before 07:00; "
        "at 18:15 the same kWh would cost 12 cents more."
    )
    assert say(reason(), "nl") == (
        "Laadt, want dit is een van de 9 goedkoopste kwartieren vóór 07:00; "
        "om 18:15 zou dezelfde kWh 12 cent meer kosten."
    )


def test_what_is_as_good_is_said_to_be():
    even = Alternative(Doing.CHARGE_THEN, at(20, 20, 0, 8), 0.0002, 0.0002)
    assert say(reason(next_best=even), "en").endswith("; at 05:00 it would cost the same.")


@pytest.mark.parametrize(
    ("worse", "says"),
    [
        (0.0149, "starting at 05:00 would cost about 1 cent per kWh more."),
        (0.018, "would cost about 2 cents per kWh more."),
    ],
)
def test_another_start_of_a_whole_programme_is_only_about_so_much_dearer(worse, says):
    later = Alternative(Doing.START_THEN, at(20, 20, 0, 8), worse, worse)
    runs = reason(
        code=Code.RUN_CHEAPEST,
        numbers={"start_by": at(10, 10, 0, 0), "deadline_by": at(28, 28, 0, 16)},
        next_best=later,
    )
    assert say(runs, "en").endswith(says)
    assert "ongeveer" in say(runs, "nl")


def test_of_a_whole_programme_nothing_is_said_where_only_its_first_bit_is_known_to_cost_the_same():
    later = Alternative(Doing.START_THEN, at(20, 20, 0, 8), 0.0049, 0.0049)
    runs = reason(
        code=Code.RUN_CHEAPEST,
        numbers={"start_by": at(10, 10, 0, 0), "deadline_by": at(28, 28, 0, 16)},
        next_best=later,
    )
    assert say(runs, "en") == "Runs from 02:30, the cheapest way to be done before 07:00."


def test_two_prices_that_differ_are_not_said_to_be_the_same():
    close = {"all_told_eur_per_kwh": 0.237, "worth_eur_per_kwh": 0.242}
    said = say(reason(subject=Subject.BATTERY, code=Code.FILL_WORTH, numbers=close, next_best=None), "nl")
    assert "23,7 cent" in said
    assert "24,2 cent" in said
    apart = say(
        reason(
            subject=Subject.BATTERY,
            code=Code.FILL_WORTH,
            numbers=close | {"worth_eur_per_kwh": 0.31},
            next_best=None,
        ),
        "en",
    )
    assert "costs 24 cents and is worth 31 cents" in apart


def test_a_choice_says_what_it_costs_and_no_more():
    dearer = Alternative(Doing.CHARGE_THEN, at(20, 20, 0, 8), -0.03, 0.05)
    sentence = say(reason(code=Code.CHOSEN, bound=Bound.CHOICE, numbers={}, next_best=dearer), "en")
    assert sentence.endswith("; by money alone another choice would be 3 cents per kWh cheaper.")


def test_somebodys_claim_is_named_by_who_stands_behind_it():
    claimed = reason(code=Code.CLAIMED, source="dso:emergency 12", numbers={}, next_best=None)
    assert say(claimed, "nl") == "Zou hier meer doen, maar dat mag niet van de netbeheerder (emergency 12)."
    named = {"dso:emergency 12": Said("de oproep van 18:00", "the call of 18:00")}
    assert "mag niet van de oproep van 18:00" in say(claimed, "nl", named)
    assert whose("community").en == "the neighbourhood"


@pytest.mark.parametrize(("street_kw", "says"), [(1.94, "takes 1.9 kW"), (-1.2, "gives 1.2 kW")])
def test_the_street_is_a_comparison_where_its_average_is_known(street_kw, says):
    taken = reason(
        subject=Subject.CONNECTION,
        code=Code.AT_PEAK,
        numbers={"taken_kw": 3.0, "street_kw": street_kw},
        next_best=None,
    )
    assert say(taken, "en").endswith(f"; a home in the street {says} on average.")
