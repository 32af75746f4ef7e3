"""A wish is one line of plain words, in two languages, and means the same wherever it goes."""

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from laag.foundation.errors import BadInput
from laag.foundation.words import Lang
from laag.home.preferences import KINDS, Misheard, cards, hear, of_plain, parse, say, to_plain
from laag.home.preferences.blanks.amount import Amount
from laag.home.preferences.blanks.choices import Choice, Machine, Store, Switch, Weather
from laag.home.preferences.blanks.clock import Clock
from laag.home.preferences.blanks.dates import OnDate
from laag.home.preferences.blanks.days import OnDays
from laag.home.preferences.form import Reach, heard, parsed
from laag.home.preferences.sentences import example
from laag.home.preferences.wishes import (
    CarAtMost,
    CarBy,
    ChargeWhen,
    HeatPumpWhen,
    HelpFullCable,
    KeepStored,
    NobodyHome,
    RunBefore,
    Travel,
    Warmth,
)
from laag.home.preferences.wishes.wished import blanks, unsaid

WEEKDAYS = (0, 1, 2, 3, 4)


def values_of(blank):
    match blank:
        case Amount():
            steps = round((blank.most - blank.least) / blank.step)
            return st.integers(0, steps).map(lambda n: blank.of_plain(round(blank.least + n * blank.step, 6)))
        case Clock():
            return st.integers(0, 95)
        case OnDays():
            return st.sets(st.integers(0, 6), min_size=1).map(lambda days: tuple(sorted(days)))
        case OnDate():
            return st.dates(date(2000, 1, 1), date(2099, 12, 31))
        case Choice():
            return st.sampled_from(list(blank.names))
        case Switch():
            return st.booleans()


@st.composite
def wishes(draw, kinds=KINDS):
    kind = draw(st.sampled_from(kinds))
    fields = {}
    for name, blank in blanks(kind).items():
        value = values_of(blank)
        if name in unsaid(kind):
            value = st.one_of(st.just(unsaid(kind)[name]), value)
        fields[name] = draw(value)
    if fields.get("first") and fields["last"] < fields["first"]:
        fields["first"], fields["last"] = fields["last"], fields["first"]
    try:
        return kind(**fields)
    except BadInput:
        return example(kind)  # two blanks that do not go together


@given(wishes(), st.sampled_from(Lang))
def test_what_is_said_of_a_wish_is_heard_as_that_wish(wish, lang):
    assert parse(say(wish, lang)) == wish


@given(wishes(), st.sampled_from(Lang))
def test_only_one_meaning_is_in_a_sentence(wish, lang):
    line = say(wish, lang).lower()
    meanings = set()
    for kind in KINDS:
        for language in Lang:
            for form in kind.FORMS[language]:
                for end, words in heard(parsed(form), line, 0, blanks(kind), language, Reach()):
                    if end == len(line):
                        read = {n: blanks(kind)[n].read(w, language) for n, w in words.items()}
                        meanings.add(kind.heard(read, words))
    assert meanings == {wish}


@given(
    wishes(),
    st.sampled_from(Lang),
    st.sampled_from([str.upper, str.title, "  {}. ".format, lambda s: s.replace(" ", "  ")]),
)
def test_capitals_spaces_and_full_stops_do_not_matter(wish, lang, written):
    assert parse(written(say(wish, lang))) == wish


@given(wishes())
def test_plain_data_and_back_is_the_same_wish(wish):
    sent = to_plain(wish)
    assert of_plain(sent) == wish
    assert all(isinstance(value, str | int | float | bool | list) for value in sent.values())


@given(st.text(max_size=60))
def test_any_line_is_a_wish_or_is_told_what_would_be(line):
    answer = hear(line)
    if isinstance(answer, Misheard):
        assert answer.nearest
        assert all(not isinstance(hear(each), Misheard) for each in answer.nearest)
        assert answer.said.nl
        assert answer.said.en


@given(wishes(), st.sampled_from(Lang), st.data())
def test_a_line_with_a_word_too_many_says_which(wish, lang, data):
    words = say(wish, lang).split()
    at = data.draw(st.integers(0, len(words)))
    answer = hear(" ".join([*words[:at], "qqq", *words[at:]]))
    assert isinstance(answer, Misheard)
    assert "qqq" in answer.rest
    assert "qqq" not in answer.understood


@given(wishes())
def test_every_blank_has_a_control_that_could_have_sent_its_value(wish):
    card = next(card for card in cards() if card.wish == to_plain(wish)["wish"])
    sent = to_plain(wish)
    for name, control, needed in card.controls:
        assert not needed or name in sent
        if control.kind == "slider" and name in sent:
            assert control.least <= sent[name] <= control.most
            assert abs(sent[name] / control.step - round(sent[name] / control.step)) < 1e-6
        if control.kind == "choice" and name in sent:
            assert sent[name] in {value for value, _ in control.options}


@pytest.mark.parametrize("kind", KINDS)
def test_each_kind_shows_itself_in_both_languages(kind):
    assert say(parse(kind.EXAMPLE), Lang.EN) == kind.EXAMPLE
    assert parse(say(example(kind), Lang.NL)) == example(kind)
    assert type(example(kind)) is kind


LINES = {
    "car at 80 % by seven on weekdays": CarBy(80, 28, WEEKDAYS),
    "auto op 80% om zeven uur op werkdagen": CarBy(80, 28, WEEKDAYS),
    "auto vol om half acht": CarBy(100, 30),
    "EV at least 60 percent by 7.30 am every weekday": CarBy(60, 30, WEEKDAYS),
    "car at 70 % by quarter to nine on Saturday": CarBy(70, 35, (5,)),
    "auto op 70 % om kwart over negen 's avonds op vrijdag en zondag": CarBy(70, 85, (4, 6)),
    "at most 80 % unless I travel": CarAtMost(80, True),
    "hoogstens 80 procent, tenzij ik op reis ga": CarAtMost(80, True),
    "I travel on 2027-07-12": Travel(date(2027, 7, 12), date(2027, 7, 12)),
    "we zijn op reis van 12 juli 2027 t/m 20 juli 2027": Travel(date(2027, 7, 12), date(2027, 7, 20)),
    "heat pump on when I am home, off above 20 °C outside": HeatPumpWhen(True, None, 20.0),
    "heat pump on when I am home, 15 when away and off above 18": HeatPumpWhen(True, 15.0, 18.0),
    "warmtepomp aan als ik thuis ben, uit boven de 20 graden buiten": HeatPumpWhen(True, None, 20.0),
    "charge when the sun shines or the wind blows": ChargeWhen(Weather.EITHER),
    "laad de auto als het waait": ChargeWhen(Weather.WIND, Store.CAR),
    "living room 20 °C from seven to ten, 17 at night": Warmth(20.0, 28, 88, 17.0),
    "woonkamer 20 graden van zeven tot tien, 's nachts 17": Warmth(20.0, 28, 88, 17.0),
    "living room 20 °C from seven to ten": Warmth(20.0, 28, 40),
    "living room 19,5 °C from 8 am to 10 pm on weekdays, 16 at night": Warmth(19.5, 32, 88, 16.0, WEEKDAYS),
    "woonkamer 20 °C": Warmth(20.0),
    "run the dishwasher before six": RunBefore(Machine.DISHWASHER, 24),
    "vaatwasser klaar om zes uur": RunBefore(Machine.DISHWASHER, 24),
    "draai de wasmachine tussen 9 uur en 17 uur in het weekend": RunBefore(
        Machine.WASHING_MACHINE, 68, 36, (5, 6)
    ),
    "keep 20 % for a power cut": KeepStored(20),
    "nobody home until 20 July 2027": NobodyHome(date(2027, 7, 20)),
    "I help when the cable is full for at least 10 ct, at most 2 kW, until 20 July 2027": HelpFullCable(
        10.0, 2.0, date(2027, 7, 20)
    ),
    "help als de kabel vol is voor 12,5 ct": HelpFullCable(12.5),
}


@pytest.mark.parametrize("line", LINES)
def test_people_say_it_their_own_way(line):
    assert parse(line) == LINES[line]


WRONG = {
    "car at 80 % by sevn": ("not 'sevn'", "car at 80 % by 07:00 on weekdays"),
    "car at 180 % by 07:00": ("give 1 to 100 %", "car at 80 % by 07:00"),
    "auto op 80 % om 07:10": ("zeg 07:00 of 07:15", "auto op 80 % om 07:00"),
    "living room 20,3 °C": ("in steps of 0.5", "living room 20 °C"),
    "nobody home until 32 July 2027": ("no date", "nobody home from 12 July 2027"),
    "I travel from 20 July 2027 to 12 July 2027": ("earlier day first", "I travel from"),
    "run the toaster before six": ("'run the'", "run the dishwasher before 06:00"),
    "living room 20 °C from 07:00 to 07:00": ("no length", "living room 20 °C from 07:00"),
    "auto op 80 % om 07:00 alstublieft": ("niet 'alstublieft'", "auto op 80 % om 07:00"),
    "make it nice": ("not understood", "'"),
}  # fmt: skip


@pytest.mark.parametrize("line", WRONG)
def test_what_is_not_understood_is_named_beside_what_would_be(line):
    with pytest.raises(BadInput) as said:
        parse(line)
    for part in WRONG[line]:
        assert part in str(said.value) or "wordt niet begrepen" in str(said.value)


@pytest.mark.parametrize(
    ("sent", "why"),
    [
        ({"wish": "fly"}, "there is no wish 'fly'"),
        ({"wish": "car_by", "percent": 80}, "needs by, percent"),
        ({"wish": "keep_stored", "percent": 20, "colour": "red"}, "it was given colour, percent"),
        ({"wish": "keep_stored", "percent": "20"}, "cannot be"),
        ({"wish": "keep_stored", "percent": float("nan")}, "cannot be"),
        ({"wish": "car_by", "percent": 80, "by": "7"}, "give HH:MM"),
        ({"wish": "car_for_usual_day", "days": ["mon", "someday"]}, "choose from mon"),
        ({"wish": "car_at_most", "percent": 80, "unless_travelling": "yes"}, "neither yes nor no"),
        ({"wish": "slider", "stop": 110}, "choose from 0, 25, 50"),
    ],
)
def test_data_that_is_no_wish_is_refused_with_the_way_out(sent, why):
    with pytest.raises(BadInput, match=why):
        of_plain(sent)


@pytest.mark.parametrize(
    "make",
    [
        lambda: CarBy(900, 28),
        lambda: CarBy(80, 96),
        lambda: CarBy(80, 28, ()),
        lambda: CarBy(80, 28, (3, 1)),
        HeatPumpWhen,
        lambda: HeatPumpWhen(False, 16.0, 20.0),
        lambda: Travel(date(1027, 1, 1), date(2027, 1, 1)),
    ],
)
def test_a_wish_that_nobody_can_mean_cannot_be_made(make):
    with pytest.raises(BadInput):
        make()


@given(wishes([CarBy]), st.sets(st.integers(0, 6)).map(lambda days: tuple(sorted(days))))
def test_a_wish_for_other_days_is_the_same_wish_on_those_days(wish, days):
    other = wish.only_on(days)
    assert (other is None) == (not days)
    assert other is None or (other.on, other.percent, other.by_quarter) == (
        days,
        wish.percent,
        wish.by_quarter,
    )


def test_the_documented_sentences_are_the_ones_that_are_understood():
    page = (Path(__file__).parents[2] / "docs" / "preferences.md").read_text("utf-8")
    rows = [
        line.split("|")[1:3] for line in page.splitlines() if line.startswith("| ") and line.count("|") == 4
    ]
    told = {tuple(cell.strip() for cell in row) for row in rows}
    assert {(say(example(kind), Lang.EN), say(example(kind), Lang.NL)) for kind in KINDS} <= told


@pytest.mark.parametrize(
    ("line", "first", "lang"),
    [
        ("I want it cheap", "save money", Lang.EN),
        ("zo goedkoop mogelijk", "bespaar geld", Lang.NL),
        ("a greener home", "live green", Lang.EN),
    ],
)
def test_whoever_asks_for_an_end_of_the_slider_is_shown_its_sentence(line, first, lang):
    answer = hear(line)
    assert isinstance(answer, Misheard)
    assert (answer.nearest[0], answer.lang, answer.understood) == (first, lang, "")


def test_a_line_that_is_understood_further_is_not_about_the_slider():
    assert hear("car at 80 % by a cheap hour").nearest[0].startswith("car at")
