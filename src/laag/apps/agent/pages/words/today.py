"""The page of the plan."""

from __future__ import annotations

from laag.foundation.words import Said

TITLE = Said("Het plan voor vandaag en morgen", "The plan for today and tomorrow")
LEAD = Said(
    "Gemaakt om {made}, met wat toen bekend was. Elk kwartier komt er een nieuw plan; dit kijkt tot {until}.",
    "Made at {made}, with what was known then. Every quarter-hour there is a new plan; this one looks until {until}.",
)
NO_PLAN = Said(
    "Er is nog geen plan. Dat komt zodra de meter en de apparaten zijn gehoord.",
    "There is no plan yet. It comes as soon as meter and devices have been heard.",
)
PRICE_CHART = Said("Wat een kWh kost en opbrengt", "What a kWh costs and brings")
BUY = Said("kopen", "buying")
SELL = Said("terugleveren", "feeding in")
POWER_CHART = Said(
    "Wat er stroomt: gemeten tot nu, daarna gepland", "What flows: measured up to now, planned after"
)
CONNECTION = Said("door de meter", "through the meter")
SUN = Said("zon", "sun")
HOUSEHOLD = Said("huishouden", "household")
BATTERY = Said("batterij (laadt +)", "battery (charging +)")
CAR = Said("auto", "car")
HEAT_PUMP = Said("warmtepomp", "heat pump")
WATER = Said("warm water", "hot water")
REASONS = Said("Wat er gaat gebeuren, en waarom", "What will happen, and why")
NOTHING = Said("Er valt niets te regelen.", "There is nothing to arrange.")
SHORT = Said("Wat niet kan", "What cannot be met")
MET = Said("Alles wat je wilt, kan.", "Everything that you want can be done.")
UNSURE = Said(
    "Prijzen zijn bekend tot {until}; daarna zijn het verwachtingen.",
    "Prices are known until {until}; after that they are expectations.",
)
COST_UNTIL = Said("kost dit plan", "is what this plan costs")
