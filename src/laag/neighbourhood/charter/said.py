"""The sentence of every article: what a value means to those who live by it, in both languages."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from laag.foundation.data import PURPOSE_WORDS, Purpose
from laag.foundation.register import REGISTER
from laag.foundation.words import Lang, Said, pointed
from laag.neighbourhood.charter.parts import Agreement
from laag.neighbourhood.commons.questions import SHIPPED as QUESTIONS

RULES: Mapping[str, Said] = MappingProxyType(
    {
        "layered": Said(
            "Eerst wordt binnen de buurt gehandeld, goedkoopste aanbod eerst. Wat er tekort is komt van buiten, met energiebelasting; wat over is gaat naar buiten.",
            "Trade goes inside the neighbourhood first, the cheapest supply first. What is short comes from outside, with energy tax; what is left goes outside.",
        ),
        "literal": Said(
            "Eén markt voor de buurt, naar de letter van het oorspronkelijke voorstel.",
            "One market for the neighbourhood, to the letter of the original proposal.",
        ),
        "uniform": Said(
            "Alle kopers en verkopers krijgen dezelfde prijs.",
            "All buyers and sellers get the same price.",
        ),
        "pay_as_bid": Said(
            "Iedere koper en verkoper handelt tegen de eigen prijs.",
            "Every buyer and seller trades at their own price.",
        ),
        "mid_market": Said(
            "De prijs ligt midden tussen wat stroom van buiten kost en wat hij naar buiten opbrengt.",
            "The price lies half-way between what power from outside costs and what it earns outside.",
        ),
        "peer_to_peer": Said("Buren handelen twee aan twee.", "Neighbours trade two by two."),
    }
)


def rule(name: str) -> Said:
    """The market's rule."""
    return RULES[name]


def k(percent: int) -> Said:
    """How the advantage of trading inside is divided."""
    return Said(
        f"Van het voordeel van handel met buren gaat {percent} % naar verkopers en {100 - percent} % naar kopers.",
        f"Of the advantage of trading with neighbours {percent}% goes to sellers and {100 - percent}% to buyers.",
    )


def scarcity(ticks: int | None) -> Said:
    """The price of too little."""
    begin = Said(
        "Is er te weinig voor iedereen, dan geldt ", "Where there is too little for everybody, the price is "
    )
    if ticks is None:
        return Said(f"{begin.nl}de prijs van stroom van buiten.", f"{begin.en}that of power from outside.")
    return Said(f"{begin.nl}{_price(ticks, Lang.NL)}.", f"{begin.en}{_price(ticks, Lang.EN)}.")


def surplus(ticks: int | None) -> Said:
    """The price of too much."""
    begin = Said(
        "Is er te veel zon om kwijt te kunnen, dan geldt ",
        "Where there is more sun than can go anywhere, the price is ",
    )
    if ticks is None:
        return Said(f"{begin.nl}wat stroom naar buiten opbrengt.", f"{begin.en}what power earns outside.")
    return Said(f"{begin.nl}{_price(ticks, Lang.NL)}.", f"{begin.en}{_price(ticks, Lang.EN)}.")


def silent(nothing: bool | None) -> Said:  # noqa: FBT001 - the one value that this sentence is about
    """What is ordered for who says nothing."""
    if nothing:
        return Said(
            "Voor een huis dat niets laat weten, wordt niets besteld; wat het verbruikt, rekent het af als afwijking.",
            "For a home that sends nothing, nothing is ordered; what it takes it settles as a deviation.",
        )
    return Said(
        "Voor een huis dat niets laat weten, wordt besteld wat het in dezelfde uren van vorige week verbruikte.",
        "For a home that sends nothing, what it took in the same hours of last week is ordered.",
    )


RUNGS: Mapping[str, Said] = MappingProxyType(
    {
        "minimum": Said("wat ieder huis altijd mag afnemen", "what every home may always take"),
        "safety": Said("de veiligheid van mensen en apparaten", "the safety of people and devices"),
        "emergency": Said(
            "wat de netbeheerder in nood vraagt", "what the grid operator needs in an emergency"
        ),
        "comfort": Said("wat het huishouden wil hebben", "what the household wants to have"),
        "own_sun": Said("eerst de eigen zon", "own sun first"),
        "grid_margin": Said("wat de netbeheerder graag wil", "what the grid operator would like"),
        "agreement": Said("wat buren hebben afgesproken", "what neighbours agreed"),
        "market": Said("wat het minste kost", "what costs least"),
    }
)


def ladder_first(rungs: Sequence[str]) -> Said:
    """What law puts first."""
    return Said(
        f"In ieder huis gaat voor alles: {_rungs(rungs).nl}.",
        f"In every home before all else comes: {_rungs(rungs).en}.",
    )


def ladder_order(rungs: Sequence[str]) -> Said:
    """What may be put in order."""
    named = _rungs(rungs)
    return Said(
        f"Daarna, in deze volgorde: {named.nl}. Wat van het huishouden zelf is, mag het onderling omdraaien.",
        f"Then, in this order: {named.en}. What is the household's own it may put in its own order.",
    )


def ladder_last(rungs: Sequence[str]) -> Said:
    """What comes last."""
    return Said(f"Als laatste komt: {_rungs(rungs).nl}.", f"Last comes: {_rungs(rungs).en}.")


def when_full(word: str) -> Said:
    """What becomes of a full cable."""
    if word == "limits":
        return Said(
            "Is een kabel te vol, dan wordt verdeeld wat hij kan dragen: niemand komt onder de ondergrens die voor iedereen gelijk is.",
            "Where a cable is too full, what it bears is shared: nobody falls below the floor that is the same for all.",
        )
    return Said(
        "Is een kabel te vol, dan wordt er gekeken en gewaarschuwd, en niemand begrensd.",
        "Where a cable is too full it is watched and said, and nobody is limited.",
    )


def flexibility(bought: bool) -> Said:  # noqa: FBT001 - the one value that this sentence is about
    """Whether the grid operator may ask."""
    if bought:
        return Said(
            "Vragen van de netbeheerder om meer of minder te gebruiken, worden aan de leden voorgelegd; ieder huis kiest zelf of het meedoet.",
            "What the grid operator asks, more or less, is put before members; each home chooses whether it answers.",
        )
    return Said(
        "Vragen van de netbeheerder worden niet aan de leden voorgelegd.",
        "What the grid operator asks is not put before members.",
    )


def bands(pooled: bool) -> Said:  # noqa: FBT001 - the one value that this sentence is about
    """Whether bands are lent."""
    if pooled:
        return Said(
            "Wie een bandbreedte heeft, leent aan buren uit wat hij ervan overlaat, zonder dat iemand iets betaalt.",
            "Who has a band lends neighbours what is left of it, and nobody pays for that.",
        )
    return Said(
        "Wie een bandbreedte heeft, houdt die voor zichzelf.", "Who has a band keeps it to themselves."
    )


KEYS: Mapping[str, Said] = MappingProxyType(
    {
        "equal": Said("voor ieder huis evenveel", "the same for every home"),
        "pro_rata": Said("naar wat ieder huis heeft bijgedragen", "by what each home contributed"),
        "income_share": Said(
            "naar draagkracht, voor wie dat zelf heeft opgegeven",
            "by means, for those who said so themselves",
        ),
        "static_shares": Said(
            "naar de aandelen die vooraf zijn vastgelegd", "by the shares that were set beforehand"
        ),
        "shapley": Said(
            "naar wat ieder huis gemiddeld toevoegt aan elke groep buren",
            "by what each home adds on average to every group of neighbours",
        ),
    }
)


def key(name: str) -> Said:
    """How the pot is shared."""
    return Said(
        f"Wat samen is verdiend, wordt zo verdeeld: {KEYS[name].nl}.",
        f"What was earned together is shared like this: {KEYS[name].en}.",
    )


def fund(permille: int) -> Said:
    """What goes to the fund."""
    if not permille:
        return Said("Er gaat vooraf niets naar het buurtfonds.", "Nothing goes to the community fund first.")
    return Said(
        f"Van de pot gaat eerst {_percent(permille, Lang.NL)} naar het buurtfonds.",
        f"Of the pot {_percent(permille, Lang.EN)} goes to the community fund first.",
    )


POTS: Mapping[str, Said] = MappingProxyType(
    {
        "balancing": Said(
            "wat de buurt verdient met balanceren", "what the neighbourhood earns by balancing"
        ),
        "grid": Said("wat de netbeheerder voor hulp betaalt", "what the grid operator pays for help"),
        "shared_assets": Said(
            "wat gezamenlijke panelen en batterijen opbrengen",
            "what panels and batteries owned together earn",
        ),
    }
)


def pot(parts: Sequence[str]) -> Said:
    """What the pot is made of."""
    if not parts:
        return Said("Er is geen gezamenlijke pot.", "There is no common pot.")
    named = [POTS[part] for part in parts]
    return Said(
        f"In de pot gaat {_and([one.nl for one in named], 'en')}.",
        f"Into the pot goes {_and([one.en for one in named], 'and')}.",
    )


PRO_RATA: Mapping[str, Said] = MappingProxyType(
    {
        "given": Said("wat het aan buren gaf", "what it gave to neighbours"),
        "used": Said("wat het van buren gebruikte", "what it used from neighbours"),
        "both": Said(
            "wat het aan buren gaf en van buren gebruikte", "what it gave to neighbours and used from them"
        ),
    }
)


def pro_rata_by(name: str) -> Said:
    """What a contribution is."""
    return Said(
        f"Wordt er verdeeld naar bijdrage, dan is de bijdrage van een huis {PRO_RATA[name].nl}.",
        f"Where it is shared by contribution, a home's contribution is {PRO_RATA[name].en}.",
    )


def low_income(percent: int) -> Said:
    """How much more a low income weighs."""
    return Said(
        f"Wordt er verdeeld naar draagkracht, dan telt een laag inkomen voor {percent} %, en een midden voor 100 %.",
        f"Where it is shared by means, a low income counts for {percent}%, and a middle one for 100%.",
    )


def high_income(percent: int) -> Said:
    """How much less a high income weighs."""
    return Said(
        f"Een hoog inkomen telt dan voor {percent} %. Wie niets opgeeft, telt als midden.",
        f"A high income then counts for {percent}%. Whoever says nothing counts as middle.",
    )


LEAVING: Mapping[str, Said] = MappingProxyType(
    {
        "fund": Said("gaat terug naar de buurt", "returns to the neighbourhood"),
        "others": Said("wordt verdeeld over de andere eigenaren", "is divided over the other owners"),
        "kept": Said("blijft van het lid tot het verkocht is", "stays the member's until it is sold"),
    }
)


def part_of_who_leaves(name: str) -> Said:
    """Of what was bought together."""
    return Said(
        f"Het aandeel van een lid dat vertrekt, in wat samen is gekocht, {LEAVING[name].nl}.",
        f"The part of a member who leaves, in what was bought together, {LEAVING[name].en}.",
    )


def support_most(eur: int) -> Said:
    """How much a home gets a month that asked for support."""
    if not eur:
        return Said(
            "Het buurtfonds betaalt geen steun aan huizen.", "The community fund pays no support to homes."
        )
    return Said(
        f"Wie om steun vraagt, krijgt uit het buurtfonds hoogstens € {eur} per maand; waarom wordt niet gevraagd.",
        f"Who asks for support gets at most €{eur} a month from the community fund; why is not asked.",
    )


def support_fund(percent: int) -> Said:
    """How much of the fund goes to support."""
    return Said(
        f"In een maand gaat hoogstens {percent} % van wat er in het buurtfonds zit naar steun, gelijk verdeeld over wie erom vroeg.",
        f"In a month at most {percent} % of what is in the community fund goes to support, shared equally by who asked.",
    )


def takes_part(yes: bool) -> Said:  # noqa: FBT001 - the one value that this sentence is about
    """Whether there is a power plant of all together."""
    if yes:
        return Said(
            "De buurt doet als één geheel mee aan het in evenwicht houden van het landelijke net; ieder huis kiest zelf of het meedoet.",
            "The neighbourhood takes part as one in keeping the country's grid in balance; each home chooses whether it does.",
        )
    return Said(
        "De buurt doet niet mee aan het in evenwicht houden van het landelijke net.",
        "The neighbourhood takes no part in keeping the country's grid in balance.",
    )


def kept(permille: int) -> Said:
    """What stays with the home that earned it."""
    return Said(
        f"Van wat een huis daarmee verdient, blijft minstens {_percent(permille, Lang.NL)} bij dat huis zelf.",
        f"Of what a home earns by that, at least {_percent(permille, Lang.EN)} stays with that home.",
    )


def purposes(names: Sequence[str]) -> Said:
    """What consent may be asked for."""
    if not names:
        return Said(
            "Leden wordt voor geen enkel ander doel om gegevens gevraagd dan wat nodig is om de buurt te laten werken.",
            "Members are asked for data for nothing but what the neighbourhood needs to run.",
        )
    named = [PURPOSE_WORDS[Purpose(name)] for name in names]
    return Said(
        f"Leden mag om toestemming worden gevraagd {_and([one.nl for one in named], 'en')}.",
        f"Members may be asked for consent {_and([one.en for one in named], 'and')}.",
    )


def inside(names: Sequence[str]) -> Said:
    """What members see."""
    if not names:
        return Said("Leden zien geen cijfers van allen samen.", "Members see no figures of all together.")
    return Said(
        f"Van alle huizen samen zien leden: {_shown(names).nl}.",
        f"Of all homes together members see: {_shown(names).en}.",
    )


def outside(names: Sequence[str]) -> Said:
    """What others see."""
    if not names:
        return Said(
            "Wie geen lid is, ziet alleen de prijzen.", "Who is no member sees prices and nothing else."
        )
    return Said(
        f"Wie geen lid is, ziet van alle huizen samen: {_shown(names).nl}.",
        f"Who is no member sees of all homes together: {_shown(names).en}.",
    )


def floor(homes: int) -> Said:
    """How few homes are too few."""
    return Said(
        f"Er komt nooit een cijfer naar buiten over minder dan {homes} huizen samen.",
        f"No figure is ever told of fewer than {homes} homes together.",
    )


def questions(names: Sequence[str]) -> Said:
    """What outsiders may ask."""
    if not names:
        return Said(
            "Onderzoekers en bedrijven mogen niets over de huizen vragen.",
            "Researchers and companies may ask nothing about the homes.",
        )
    nl, en = (" ".join(QUESTIONS[name].what.to(lang) for name in names) for lang in Lang)
    return Said(
        f"Onderzoekers en bedrijven mogen dit vragen, en niets anders: {nl}",
        f"Researchers and companies may ask this, and nothing else: {en}",
    )


def epsilon(milli: int) -> Said:
    """How much questions may find out."""
    if not milli:
        return Said("Vragen van buiten worden niet beantwoord.", "Questions from outside are not answered.")
    return Said(
        f"Vragen van buiten mogen per huis en per jaar samen {_thousandths(milli, Lang.NL)} aan privacybudget gebruiken (epsilon).",
        f"Questions from outside may spend {_thousandths(milli, Lang.EN)} of privacy budget (epsilon) on each home in a year.",
    )


def retention(days: int) -> Said:
    """How long data are kept."""
    return Said(
        f"Kwartiergegevens van een huis worden na {days} dagen gewist.",
        f"Quarter-hour data of a home are erased after {days} days.",
    )


DEVICES: Mapping[str, Said] = MappingProxyType(
    {
        "ev": Said("laadt niemand de auto", "nobody charges a car"),
        "heat_pump": Said(
            "draait niemands warmtepomp voor extra warmte", "nobody's heat pump runs for extra warmth"
        ),
        "battery": Said("laadt niemand een batterij uit het net", "nobody charges a battery from the grid"),
        "appliance": Said("begint niemand een was- of afwasprogramma", "nobody starts a wash"),
        "all": Said("gebruikt niemand meer dan nodig is", "nobody takes more than is needed"),
    }
)
MONTHS = (
    Said("januari", "January"),
    Said("februari", "February"),
    Said("maart", "March"),
    Said("april", "April"),
    Said("mei", "May"),
    Said("juni", "June"),
    Said("juli", "July"),
    Said("augustus", "August"),
    Said("september", "September"),
    Said("oktober", "October"),
    Said("november", "November"),
    Said("december", "December"),
)


def agreement(one: Agreement) -> Said:
    """One agreement between neighbours."""
    when_nl = [f"van {one.from_hour} tot {one.to_hour} uur"]
    when_en = [f"from {one.from_hour}:00 to {one.to_hour}:00"]
    if one.months:
        named = [MONTHS[month - 1] for month in one.months]
        when_nl.append(f"in {_and([month.nl for month in named], 'en')}")
        when_en.append(f"in {_and([month.en for month in named], 'and')}")
    if one.below_c is not None:
        when_nl.append(f"op dagen die gemiddeld kouder zijn dan {one.below_c} °C")
        when_en.append(f"on days that are colder than {one.below_c} °C on average")
    device, warned = DEVICES[one.device], one.consequence == "warning"
    after = (
        Said("Wie dat toch doet, krijgt een waarschuwing", "Who does gets a warning")
        if warned
        else Said("Wie dat toch doet, verliest een deel van de pot", "Who does loses part of the pot")
    )
    return Said(
        f"„{one.name}”: {', '.join(when_nl)} {device.nl}. {after.nl}.",
        f"“{one.name}”: {', '.join(when_en)} {device.en}. {after.en}.",
    )


def agreements(every: Sequence[Agreement]) -> Said:
    """All agreements between neighbours."""
    if not every:
        return Said(
            "Buren hebben onderling niets afgesproken.",
            "Neighbours have made no agreements among each other.",
        )
    said = [agreement(one) for one in every]
    return Said(" ".join(one.nl for one in said), " ".join(one.en for one in said))


def warned_first(yes: bool) -> Said:  # noqa: FBT001 - the one value that this sentence is about
    """Whether a first breach is a warning."""
    if yes:
        return Said(
            "De eerste keer in een jaar dat iemand zich niet aan een afspraak houdt, volgt alleen een waarschuwing.",
            "The first time in a year that somebody does not keep to an agreement, there is a warning and no more.",
        )
    return Said(
        "Ook de eerste keer dat iemand zich niet aan een afspraak houdt, volgt wat bij die afspraak staat.",
        "The first time that somebody does not keep to an agreement, too, what stands with it follows.",
    )


def share_lost(permille: int) -> Said:
    """What a breach costs."""
    return Said(
        f"Elke keer daarna kost {_percent(permille, Lang.NL)} van iemands deel van de pot in die maand, waar dat zo is afgesproken.",
        f"Each time after that costs {_percent(permille, Lang.EN)} of one's share of the pot in that month, where that was agreed.",
    )


def appeal(days: int) -> Said:
    """How long one may appeal."""
    return Said(
        f"Wie het er niet mee eens is, heeft {days} dagen om bezwaar te maken; zolang volgt er niets.",
        f"Who does not agree has {days} days to appeal; until then nothing follows.",
    )


def one_vote_per(_: str) -> Said:
    """Who votes."""
    return Said(
        "Elke aansluiting heeft één stem. Wie een huishouden over twee aansluitingen verdeelt, heeft er twee: evenveel als er aansluitingen zijn, niet meer.",
        "Every connection has one vote. Who splits a household over two connections has two: as many as there are connections, no more.",
    )


def quorum(percent: int) -> Said:
    """How many have to vote."""
    return Said(
        f"Een stemming telt als minstens {percent} % van wie mag stemmen, stemt; anders verandert er niets.",
        f"A vote counts where at least {percent}% of those who may vote do; else nothing changes.",
    )


def majority(percent: int) -> Said:
    """How many have to be for it."""
    return Said(
        f"Een voorstel is aangenomen als meer dan {percent} % van de stemmen voor is; onthoudingen tellen niet mee.",
        f"A proposal is adopted where more than {percent}% of the votes is for it; abstentions are left out.",
    )


def days(many: int) -> Said:
    """How long a vote lasts."""
    return Said(f"Een stemming duurt {_days(many).nl}.", f"A vote lasts {_days(many).en}.")


def notice(many: int) -> Said:
    """How long before a change holds."""
    return Said(
        f"Tussen het einde van de stemming en de dag waarop een wijziging ingaat, zit minstens {_days(many).nl}.",
        f"Between the end of the vote and the day on which a change begins to hold lies at least {_days(many).en}.",
    )


def shadow(many: int) -> Said:
    """How many days are replayed."""
    return Said(
        f"Voor er wordt gestemd, wordt het voorstel nagespeeld op hoogstens {_days(many).nl} die de buurt al heeft gehad.",
        f"Before the vote a proposal is replayed on at most {_days(many).en} that the neighbourhood has lived.",
    )


def _rungs(rungs: Sequence[str]) -> Said:
    named = [RUNGS[rung] for rung in rungs]
    return Said(", ".join(one.nl for one in named), ", ".join(one.en for one in named))


def _shown(names: Sequence[str]) -> Said:
    named = [REGISTER[name].what for name in names]
    return Said(_and([one.nl for one in named], "en"), _and([one.en for one in named], "and"))


def _and(parts: Sequence[str], word: str) -> str:
    *most, last = parts
    return f"{', '.join(most)} {word} {last}" if most else last


def _price(ticks: int, lang: Lang) -> str:
    eur = pointed(f"{ticks / 100_000:.4f}", lang)
    return f"€ {eur} per kWh" if lang is Lang.NL else f"€{eur} per kWh"


def _percent(permille: int, lang: Lang) -> str:
    whole, tenth = divmod(permille, 10)
    number = pointed(f"{whole}.{tenth}" if tenth else str(whole), lang)
    return f"{number} %" if lang is Lang.NL else f"{number}%"


def _thousandths(milli: int, lang: Lang) -> str:
    return pointed(f"{milli / 1000:.3f}".rstrip("0").rstrip("."), lang)


def _days(many: int) -> Said:
    return Said("één dag", "one day") if many == 1 else Said(f"{many} dagen", f"{many} days")
