"""The page of what the household uses."""

from __future__ import annotations

from laag.foundation.words import Said

TITLE = Said("Verbruik", "Use")
DAY = Said("dag", "day")
WEEK = Said("week", "week")
MONTH = Said("maand", "month")
SPAN = Said("Periode", "Period")
FROM_TO = Said("{first} tot en met {last}", "{first} through {last}")
TAKEN = Said("stroom van buiten", "electricity from outside")
GIVEN = Said("stroom naar buiten", "electricity to outside")
SUN = Said("zon van eigen dak", "sun from your own roof")
GAS = Said("gas", "gas")
THEN = Said("{span} eerder: {amount}", "{span} earlier: {amount}")
A_WEEK = Said("een week", "a week")
FOUR_WEEKS = Said("vier weken", "four weeks")
A_YEAR = Said("een jaar", "a year")
SO_FAR = Said("tot nu toe", "so far")
MISSING = Said(
    "Van {percent} % van de kwartieren is iets bekend; de rest zweeg de meter, of was laag er nog niet.",
    "Something is known of {percent}% of the quarter-hours; for the rest the meter was silent, or laag was not there yet.",
)
NOTHING = Said("Van deze dagen is niets bekend.", "Nothing is known of these days.")
CHART_DAY = Said("Wat er door de meter ging", "What passed the meter")
THIS_DAY = Said("deze dag", "this day")
WEEK_EARLIER = Said("een week eerder", "a week earlier")
CHART_DAYS = Said(
    "Per dag van buiten (omhoog) en naar buiten (omlaag)", "Per day from outside (up) and to outside (down)"
)
TABLE = Said("Per dag", "Per day")
BASE = Said("Wat er altijd aanstaat", "What is always on")
BASE_SAID = Said(
    "Vannacht tussen 1 en 5 uur nam het huis steeds minstens {watt} af, apparaten die laag stuurt niet meegerekend. "
    "Dat is {kwh} per jaar; met de prijzen van de laatste week ongeveer {eur}.",
    "Last night between 1 and 5 o'clock the home never took less than {watt}, devices that laag steers not counted. "
    "That is {kwh} a year; at the prices of last week about {eur}.",
)
BASE_UNKNOWN = Said(
    "Daarvoor moet de meter een hele nacht gehoord zijn.",
    "For that the meter has to be heard for a whole night.",
)
LIKE = Said("Naast andere huizen", "Beside other homes")
LIKE_NOT_JOINED = Said(
    "Dit komt van de buurt, en dit huis doet nog met geen buurt mee.",
    "This comes from the neighbourhood, and this home has not joined one yet.",
)
LIKE_NOTHING_YET = Said(
    "Dit komt van de buurt. Die heeft voor dit huis nog geen dag afgerekend; daarna staat het hier.",
    "This comes from the neighbourhood. It has settled no day of this home yet; once it has, it is here.",
)
EARLIER = Said("Eerder", "Earlier")
LATER = Said("Later", "Later")
