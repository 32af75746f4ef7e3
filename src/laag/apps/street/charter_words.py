"""What people read of their charter and of how it changes."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from laag.foundation.words import Said
from laag.neighbourhood.charter import names

CALLED = names.CALLED
"""Each article, as people call it."""
TITLE = Said("Afspraken", "Charter")
HEAD = Said("Wat de buurt heeft afgesproken", "What the neighbourhood agreed")
LEAD = Said(
    "Alle regels van deze buurt in gewone zinnen. Wie hier woont, kan er iets van zeggen, een wijziging voorstellen en erover stemmen.",
    "All rules of this neighbourhood in plain sentences. Whoever lives here can say something about them, propose a change, and vote on it.",
)
VERSION = Said("Versie", "Version")
SINCE = Said("Geldt sinds", "Holds since")
HASH = Said("Naam van deze tekst", "Name of this text")
HASH_NOTE = Said(
    "Elke verrekende dag noemt deze naam: zo is later na te gaan welke regels er golden.",
    "Every settled day names it: so it can be checked later which rules held.",
)
DOWNLOAD = Said("Download als TOML", "Download as TOML")
FIXED = Said("Staat vast", "Fixed")
SOURCE = Said("Bron", "Source")
TWO_THIRDS = Said(
    "Verandert alleen met twee derde van de stemmen.", "Changes by two thirds of the votes only."
)
SAY = Said("Zeg er iets van of stel een wijziging voor", "Say something about it or propose a change")
HOW_KEPT = Said("Kijk hoe het gaat", "See how it goes")
READ_MORE = Said("Lees meer over deze regel", "Read more about this rule")
COMING = Said("Gaat veranderen", "Is going to change")
OPEN_NOW = Said("Voorstellen die nu lopen", "Proposals that are open now")
ALL = Said("Alle voorstellen tot nu toe", "All proposals so far")
NONE_YET = Said("Er is nog nooit iets voorgesteld.", "Nothing has ever been proposed.")
PROPOSAL = Said("Voorstel", "Proposal")
RESULT = Said("Uitkomst", "Outcome")
WHEN = Said("Wanneer", "When")
HISTORY = Said("Eerdere versies", "Earlier versions")
CHANGED_BY = Said("Gewijzigd door", "Changed by")
BEGAN_WITH = Said("Hiermee begon de buurt.", "The neighbourhood began with this.")

TABLES: Mapping[str, Said] = MappingProxyType(
    {
        "market": Said("De markt", "The market"),
        "ladder": Said("Wat voorgaat", "What goes first"),
        "grid": Said("Het net", "The grid"),
        "sharing": Said("Delen van de opbrengst", "Sharing what is earned"),
        "support": Said("Steun uit de kas van de buurt", "Support from the neighbourhood's fund"),
        "vpp": Said("Samen één centrale", "Together one power plant"),
        "data": Said("Gegevens", "Data"),
        "agreements": Said("Afspraken tussen buren", "Agreements between neighbours"),
        "consequences": Said("Als iemand zich er niet aan houdt", "Where somebody does not keep to it"),
        "voting": Said("Hoe deze afspraken veranderen", "How this charter changes"),
        "": Said("Verder", "Further"),
    }
)
"""By the part of an article's name before the point."""

NOW = Said("Nu", "Now")
MAY_BE = Said("Dit mag het zijn", "It may be")
IN_THE_FILE = Said("In het bestand", "In the file")
FEEDBACK = Said("Wat buren ervan zeggen", "What neighbours say about it")
NO_FEEDBACK = Said("Er heeft nog niemand iets over gezegd.", "Nobody has said anything about it yet.")
YOUR_WORDS = Said("Wat vind je van deze regel?", "What do you think of this rule?")
WORDS_HINT = Said(
    "Alle buren kunnen dit lezen, zonder je naam. Het blijft in het logboek staan: schrijf niets over jezelf of een ander dat weg moet kunnen. Hoogstens 500 tekens.",
    "All neighbours can read this, without your name. It stays in the log: write nothing about yourself or others that must be erasable. At most 500 characters.",
)
SEND = Said("Verstuur", "Send")
SENT = Said("Dank je. Het staat er nu bij.", "Thank you. It is there now.")
PROPOSE = Said("Stel een wijziging voor", "Propose a change")
NEW_VALUE = Said("Wat moet het worden?", "What should it be?")
FROM_DAY = Said("Vanaf welke dag?", "From which day?")
WHY = Said("Waarom? Alle buren kunnen dit lezen.", "Why? All neighbours can read this.")
PREVIEW = Said("Lees eerst wat er zou staan", "First read what it would say")
IT_SAYS = Said("Nu staat er", "Now it says")
WOULD_SAY = Said("Met dit voorstel staat er", "With this proposal it says")
HANDS_IN = Said("Dien dit voorstel in", "Hand in this proposal")
CHANGE_IT = Said("Verander het nog", "Change it first")
ONLY_RESIDENTS = Said(
    "Bewoners kunnen hier iets voorstellen en stemmen. Andere rollen lezen mee.",
    "Residents can propose and vote here. Other roles read along.",
)
NO_MEMBER = Said(
    "Je account hoort bij geen aansluiting die nu meedoet; daarom kun je niets voorstellen en niet stemmen.",
    "Your account belongs to no connection that takes part now; that is why you cannot propose or vote.",
)
TOO_LONG = Said(
    "Dat is te lang; schrijf hoogstens 500 tekens.", "That is too long; write 500 characters at most."
)
EMPTY = Said("Er staat niets; schrijf eerst iets op.", "There is nothing in it; write something first.")
NO_DAY = Said("Dat is geen dag; schrijf hem als 2026-12-31.", "That is no day; write it as 2026-12-31.")
STEPS_TITLE = Said("Zo gaat het verder", "How it goes on")
STEPS = (
    Said(
        "Het voorstel wordt nagespeeld op dagen die de buurt al heeft gehad. Iedereen ziet wie erop vooruit- en achteruitgaat, en voor zichzelf hoeveel.",
        "The proposal is replayed on days that the neighbourhood has lived. Everybody sees who gains and who loses, and how much for themselves.",
    ),
    Said(
        "Dan stemt de buurt; je stem kun je veranderen tot het einde.",
        "Then the neighbourhood votes; you can change your vote until the end.",
    ),
    Said(
        "Is het aangenomen, dan gaat het in op de genoemde dag en nooit eerder.",
        "Where it is adopted, it begins on the day named and never before.",
    ),
)

BY_YOU = Said("Dit voorstel is van jou.", "This proposal is yours.")
REASON = Said("Waarom", "Why")
CHANGES = Said("Wat het verandert", "What it changes")
TIMETABLE = Said("Wanneer wat gebeurt", "What happens when")
PROPOSED = Said("Voorgesteld", "Proposed")
SHADOW_DONE = Said("Nagespeeld", "Replayed")
VOTE_ENDS = Said("Stemmen tot", "Voting until")
VOTE_ENDED = Said("Stemming gesloten", "Vote closed")
BEGINS = Said("Gaat in op", "Begins on")
BEGAN = Said("Ging in op", "Began on")
WOULD_BEGIN = Said("Zou ingaan op", "Would begin on")
SHADOW = Said("Wat het op onze eigen dagen had uitgemaakt", "What it would have made of our own days")
SHADOW_RUNS = Said("Het voorstel wordt nu nagespeeld.", "The proposal is being replayed now.")
SHADOW_LEAD = Said(
    "De dagen die de buurt al heeft gehad, nog eens gerekend met dezelfde orders, metingen en prijzen.",
    "The days that the neighbourhood has lived, worked out again with the same orders, readings and prices.",
)
YOUR_HOME = Said("Jouw huis", "Your home")
NOT_THEN = Said("Jouw huis deed op die dagen nog niet mee.", "Your home did not take part on those days.")
WHO = Said("Wie", "Who")
EVERYBODY = Said("iedereen", "everybody")
HOMES = Said("Huizen", "Homes")
GAIN = Said("Gaan vooruit", "Gain")
LOSE = Said("Gaan achteruit", "Lose")
SAME = Said("Blijft gelijk", "Stay the same")
MEDIAN = Said("Middelste huis, per jaar", "Home in the middle, a year")
MOST_GAIN = Said("Meeste winst, per jaar hoogstens", "Most gained, a year at most")
MOST_LOSE = Said("Meeste verlies, per jaar hoogstens", "Most lost, a year at most")
MEDIAN_NOTE = Said(
    "Een bedrag met een min is minder betalen. Groepen waaruit één huis te herleiden is, staan er niet bij.",
    "An amount with a minus is paying less. Groups from which one home could be worked out are left out.",
)
TOTALS = Said("De hele buurt, over deze dagen", "The whole neighbourhood, over these days")
WAS = Said("Zoals het was", "As it was")
WOULD = Said("Met het voorstel", "With the proposal")
FIGURE = Said("Wat", "What")
IMPORTED = Said("van buiten", "from outside")
EXPORTED = Said("naar buiten", "to outside")
TAX = Said("energiebelasting", "energy tax")
FUND = Said("naar de kas van de buurt", "to the neighbourhood's fund")
WITH = MappingProxyType(
    {
        "pv": Said("met zonnepanelen", "with solar panels"),
        "battery": Said("met een batterij", "with a battery"),
        "ev": Said("met een laadpaal", "with a charging point"),
        "heat_pump": Said("met een warmtepomp", "with a heat pump"),
        "water": Said("met een boiler", "with a hot-water tank"),
        "appliance": Said("met een slim apparaat", "with a smart appliance"),
        "": Said("zonder zulke apparaten", "without such devices"),
    }
)
"""Groups by device."""

VOTING = Said("Stemmen", "Vote")
YES, NO, ABSTAIN = Said("Voor", "For"), Said("Tegen", "Against"), Said("Onthouding", "Abstain")
CHOICES: Mapping[str, Said] = MappingProxyType({"yes": YES, "no": NO, "abstain": ABSTAIN})
YOUR_VOTE = Said("Je stem", "Your vote")
YOU_VOTED = Said("Je stemde", "You voted")
CAN_CHANGE = Said("Je kunt je stem veranderen tot het einde.", "You can change your vote until the end.")
VOTE = Said("Stem", "Vote")
VOTED = Said("Je stem is vastgelegd.", "Your vote is written down.")
RECEIPT = Said("Je controlecode", "Your check code")
RECEIPT_NOTE = Said(
    "Bewaar deze code als je wilt nagaan of je stem meetelt. Na de stemming staat hier een lijst met alle codes en wat er bij elke code is gestemd; alleen jij weet welke van jou is.",
    "Keep this code if you want to check that your vote counts. After the vote a list appears here with all codes and what was voted with each; only you know which is yours.",
)
COUNT_LIST = Said("De telling, om na te gaan", "The count, to be checked")
COUNT_NOTE = Said(
    "Elke regel is een stem. De namen staan er niet bij; wie stemde kent de eigen code. Tel zelf na.",
    "Every line is a vote. Names are left out; who voted knows their own code. Count for yourself.",
)
SECRECY = Said(
    "Buren zien niet wat je stemde. In het logboek van de buurt staat je stem onder de codenaam van je aansluiting; wie de server beheert, kan die lezen.",
    "Neighbours do not see what you voted. In the neighbourhood's log your vote stands under the code name of your connection; who runs the server can read it.",
)
NO_VOTE_HERE = Said(
    "Je aansluiting kan bij dit voorstel niet stemmen.", "Your connection cannot vote on this proposal."
)
WITHDRAW = Said("Trek dit voorstel in", "Withdraw this proposal")
WITHDRAWN_SAID = Said("Het voorstel is ingetrokken.", "The proposal is withdrawn.")
HANDED_IN = Said(
    "Het voorstel is ingediend en wordt nu nagespeeld.",
    "The proposal is handed in and is being replayed now.",
)
BACK = Said("Terug naar alle afspraken", "Back to the whole charter")
TO_PROPOSAL = Said("Lees en stem", "Read and vote")
ON_ARTICLE = Said("Over deze regel loopt een voorstel", "There is a proposal on this rule")
CHECK_CODE = Said("Code", "Code")


def days_of(done: int, of: int) -> Said:
    """How far a shadow run is."""
    return Said(f"{done} van {of} dagen zijn nagerekend.", f"{done} of {of} days are worked out.")


def voted(votes: int, of: int, needed: int) -> Said:
    """How many have voted so far, never who or what."""
    return Said(
        f"{votes} van {of} aansluitingen hebben gestemd; er zijn er minstens {needed} nodig.",
        f"{votes} of {of} connections have voted; at least {needed} are needed.",
    )


def on_cable(name: str) -> Said:
    """A group by cable."""
    return (
        Said(f"op kabel {name}", f"on cable {name}")
        if name
        else Said("direct aan de transformator", "at the transformer")
    )


def version(number: str) -> Said:
    """A version by its number."""
    return Said(f"versie {number}", f"version {number}")


def who_gains(name: str, gain: int, same: int, lose: int) -> Said:
    """A bar in words."""
    return Said(
        f"{name}: {gain} vooruit, {same} gelijk, {lose} achteruit",
        f"{name}: {gain} gain, {same} the same, {lose} lose",
    )


TAKEN_BACK = Said("Ingetrokken door wie het voorstelde.", "Taken back by who proposed it.")


def voting_until(day: str) -> Said:
    """A vote that is open."""
    return Said(f"Er wordt gestemd tot en met {day}.", f"The vote is open until the end of {day}.")


def holds(day: str, version: str) -> Said:
    """In force."""
    return Said(
        f"Aangenomen en van kracht vanaf {day}, als versie {version}.",
        f"Adopted, and in force from {day} on, as version {version}.",
    )


def overtaken(by: str) -> Said:
    """Another one came first."""
    return Said(
        f"Ingehaald: voorstel {by} veranderde dezelfde regel eerder. Stel het opnieuw voor op de nieuwe tekst als je het nog wilt.",
        f"Overtaken: proposal {by} changed the same rule first. Propose it again on the new text if you still want it.",
    )


def earliest(day: str) -> Said:
    """From when on something can hold."""
    return Said(
        f"Op zijn vroegst {day}: er wordt eerst gestemd, en daarna is er tijd om eraan te wennen.",
        f"At the earliest {day}: there is a vote first, and then time to get used to it.",
    )
