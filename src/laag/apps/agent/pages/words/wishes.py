"""The page of what the household wants."""

from __future__ import annotations

from laag.foundation.words import Said

TITLE = Said("Wat ik wil", "What I want")
LEAD = Said(
    "Zeg het in een zin. Het huis maakt er meteen een nieuw plan van, en laat eerst zien wat dat verandert.",
    "Say it in a sentence. The home makes a new plan of it at once, and first shows what that changes.",
)
SAY = Said("Wat wil je?", "What do you want?")
SAY_HINT = Said(
    "Bijvoorbeeld: auto op 80 % om 07:00 op werkdagen.", "For example: car at 80 % by 07:00 on weekdays."
)
TRY = Said("Kijk wat het verandert", "See what it changes")
MINE = Said("Dit heb je gezegd", "This is what you said")
NOTHING_SAID = Said(
    "Je hebt nog niets gezegd. Dat hoeft ook niet: dan geldt wat hieronder staat.",
    "You have said nothing yet. You need not: then what is below holds.",
)
CHANGE = Said("Anders", "Change")
REMOVE = Said("Weg", "Remove")
CHANGE_THIS = Said("Verander: {wish}", "Change: {wish}")
REMOVE_THIS = Said("Haal weg: {wish}", "Remove: {wish}")
DEFAULTS = Said("Dit geldt zolang je niets anders zegt", "This holds as long as you say nothing else")
DEFAULTS_LEAD = Said(
    "Publieke standaarden: door mensen opgesteld, met bron, en altijd te overrulen door zelf iets te zeggen.",
    "Public defaults: written by people, with sources, and always overruled by saying something yourself.",
)
ALL = Said("Alles wat je kunt zeggen", "All that you can say")
ALL_LEAD = Said(
    "Open een zin en vul hem in zoals jij het wilt.", "Open a sentence, and fill it in as you want it."
)
LADDER = Said("Wie gaat er voor?", "Who goes first?")
LADDER_LEAD = Said(
    "Als niet alles kan, gaat wat hoger staat voor. Geld komt altijd het laatst. Wat van jou is, kun je omwisselen.",
    "Where not everything can be had, what stands higher goes first. Money always comes last. What is yours you can swap.",
)
BY_LAW = Said("dat zegt de wet", "the law says so")
BY_COMMUNITY = Said("dat besliste de buurt", "the neighbourhood decided")
BY_HOUSEHOLD = Said("van jou", "yours")
HIGHER = Said("Zet hoger", "Move up")
YOU_PUT_FIRST = Said("Je wilt: ‘{first}’ gaat voor ‘{then}’", "You want: ‘{first}’ goes before ‘{then}’")
MOVED = Said(
    "Opgeslagen. Het nieuwe plan houdt zich aan deze volgorde.", "Saved. The new plan goes by this order."
)
NOT_YOURS = Said(
    "Deze plek bepaalt de wet of de buurt. Je kunt ‘comfort’ en ‘eigen zon eerst’ verschuiven.",
    "The law or the neighbourhood sets this place. You can move ‘comfort’ and ‘own sun first’.",
)

PREVIEW = Said("Wat dit verandert", "What this changes")
YOU_WANT = Said("Je wilt: {wish}", "You want: {wish}")
YOU_NO_LONGER_WANT = Said("Je wilt niet meer: {wish}", "You no longer want: {wish}")
INSTEAD_OF = Said("In plaats van: {wish}", "Instead of: {wish}")
MORE = Said(
    "Van nu tot {until} kost het dan {then} in plaats van {now}: {more} meer.",
    "From now until {until} it then costs {then} instead of {now}: {more} more.",
)
LESS = Said(
    "Van nu tot {until} kost het dan {then} in plaats van {now}: {more} minder.",
    "From now until {until} it then costs {then} instead of {now}: {more} less.",
)
SAME = Said(
    "Van nu tot {until} kost het evenveel: {now}.", "From now until {until} it costs the same: {now}."
)
ALL_DEARER = Said("Alles bij elkaar is dat {eur} duurder.", "All in all that is {eur} dearer.")
ALL_CHEAPER = Said("Alles bij elkaar is dat {eur} goedkoper.", "All in all that is {eur} cheaper.")
ALL_SAME = Said("Alles bij elkaar maakt het niets uit.", "All in all it makes no difference.")
TOMORROW = Said("morgen", "tomorrow")
CHANGES = Said("Wat er dan anders gaat", "What then goes differently")
NOW = Said("nu", "now")
THEN = Said("dan", "then")
NO_CHANGES = Said("Aan wat er gebeurt verandert niets.", "Nothing changes in what happens.")
NOT_MET = Said("Wat dan niet kan", "What then cannot be met")
SAVE = Said("Zo wil ik het", "That is what I want")
REALLY_REMOVE = Said("Haal weg", "Remove")
NEVER_MIND = Said("Toch niet", "Never mind")
OTHERWISE = Said(
    "Zeg het anders, of kies hieronder wat er het meest op lijkt.",
    "Say it otherwise, or choose below what comes nearest.",
)
NOT_UNDERSTOOD = Said("Dat heb ik niet begrepen", "I did not understand that")
DID_YOU_MEAN = Said("Bedoel je misschien?", "Did you mean?")
SAVED = Said("Opgeslagen. Het nieuwe plan is er zo.", "Saved. The new plan will be there in a moment.")
REMOVED = Said("Weggehaald. Het nieuwe plan is er zo.", "Removed. The new plan will be there in a moment.")
GONE = Said("Deze wens is er niet meer.", "This wish is no longer there.")
FILL_IN = Said("Vul alles in wat er staat.", "Fill in everything that is asked.")
EVERY_DAY = Said("geen dag aangekruist: elke dag", "no day ticked: every day")
DAYS_SHORT = Said("ma di wo do vr za zo", "Mon Tue Wed Thu Fri Sat Sun")
