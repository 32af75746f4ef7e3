"""The page of this moment."""

from __future__ import annotations

from laag.foundation.words import Said

TITLE = Said("Nu", "Now")
METER = Said("aan de meter", "at the meter")
FROM_STREET = Said("komt van buiten", "comes from outside")
TO_STREET = Said("gaat naar buiten", "goes outside")
NOTHING = Said("er gaat bijna niets door de meter", "next to nothing passes the meter")
PRICE = Said("voor een kWh nu", "for a kWh now")
PRICE_BACK = Said("terugleveren brengt {price} op", "feeding in brings {price}")
IN_BATTERY = Said("in de batterij", "in the battery")
IN_CAR = Said("in de auto", "in the car")
INDOORS = Said("binnen", "indoors")
IN_TANK = Said("in het boilervat", "in the tank")
OF = Said("van {whole}", "of {whole}")
COUNTRY_IN = Said(
    "Alle huizen van de straat samen namen van {first} tot {last} gemiddeld {kw} van het land.",
    "All homes of the street together took {kw} on average from the country between {first} and {last}.",
)
COUNTRY_OUT = Said(
    "Alle huizen van de straat samen gaven van {first} tot {last} gemiddeld {kw} aan het land.",
    "All homes of the street together gave {kw} on average to the country between {first} and {last}.",
)
DOING = Said("Wat elk apparaat doet, en waarom", "What each device does, and why")
NO_DEVICES = Said(
    "Er is niets aangesloten dat laag kan sturen. Wat de meter zegt, staat hierboven; bij Verbruik staat hoe dat per dag was.",
    "Nothing is connected that laag can steer. What the meter says is above; under Use is how it was day by day.",
)
GIVES = Said("geeft {kw}", "gives {kw}")
TAKES = Said("neemt {kw}", "takes {kw}")
RESTS = Said("doet niets", "does nothing")
UNKNOWN = Said("nog niets gehoord", "nothing heard yet")
AWAY_CAR = Said("niet thuis", "not at home")
HEARD = Said("{age} geleden gehoord", "heard {age} ago")
HEARD_NOW = Said("net gehoord", "heard just now")
NOT_TOLD = Said("Er is nog geen opdracht gegeven.", "It has been told nothing yet.")
NOT_HEARD = Said(
    "Deze opdracht kwam niet aan: het apparaat is niet te bereiken.",
    "This instruction did not arrive: the device cannot be reached.",
)
PAUSED = Said("laag laat de apparaten met rust tot {until}.", "laag leaves the devices alone until {until}.")
STANDING = Said("Hoe het ermee staat", "How things stand")
METER_HEARD = Said("De meter is {age} geleden gehoord.", "The meter was heard {age} ago.")
METER_HEARD_NOW = Said("De meter praat.", "The meter is speaking.")
METER_NEVER = Said(
    "De meter heeft nog niets gezegd; kijk of de kabel goed zit.",
    "The meter has said nothing yet; see whether the cable sits well.",
)
METER_SILENT = Said(
    "De meter zwijgt al {age}; het huis gaat uit van schattingen. Kijk of de kabel goed zit.",
    "The meter has been silent for {age}; the home goes by estimates. See whether the cable sits well.",
)
PLAN_MADE = Said("Het plan is van {at}.", "The plan is of {at}.")
NO_PLAN = Said(
    "Er is nog geen plan; elk apparaat doet wat het uit zichzelf doet.",
    "There is no plan yet; each device does what it does by itself.",
)
STREET_HEARD = Said(
    "De buurt is bereikbaar; haar prijzen zijn van {at}.",
    "The neighbourhood can be reached; its prices are of {at}.",
)
STREET_AWAY = Said(
    "De buurt is sinds {since} niet te bereiken. Het huis gaat verder op wat het weet, en haalt alles in zodra het kan.",
    "The neighbourhood has been away since {since}. The home goes on by what it knows, and catches up as soon as it can.",
)
STREET_NONE = Said(
    "Dit huis doet nog niet mee met een buurt.", "This home has not joined a neighbourhood yet."
)
STREET_WAITS = Said(
    "{count} berichten aan de buurt wachten op antwoord.",
    "{count} messages to the neighbourhood wait for an answer.",
)
STREET_WAITS_ONE = Said(
    "Eén bericht aan de buurt wacht op antwoord.", "One message to the neighbourhood waits for an answer."
)
STREET_REFUSED = Said(
    "{count} berichten heeft de buurt geweigerd; bij Gegevens staat waarom.",
    "The neighbourhood refused {count} messages; under My data is why.",
)
SECONDS = Said("{n} seconden", "{n} seconds")
MINUTES = Said("{n} minuten", "{n} minutes")
HOURS = Said("{n} uur", "{n} hours")
A_MINUTE = Said("een minuut", "a minute")
AN_HOUR = Said("een uur", "an hour")
