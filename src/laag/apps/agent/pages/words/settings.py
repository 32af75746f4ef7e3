"""The pages of settings, of the first time, and of joining."""

from __future__ import annotations

from collections.abc import Mapping

from laag.foundation.words import Said

TITLE = Said("Instellingen", "Settings")
PAUSE = Said("Even niet sturen", "Pause")
PAUSE_LEAD = Said(
    "laag laat de apparaten met rust; ze doen wat ze uit zichzelf doen. Meten en plannen gaan door.",
    "laag leaves the devices alone; they do what they do by themselves. Measuring and planning go on.",
)
PAUSED = Said("laag stuurt weer vanaf {until}.", "laag steers again from {until} on.")
PAUSE_FOR = Said("Hoe lang", "For how long")
HOURS: Mapping[str, Said] = {
    "2": Said("2 uur", "2 hours"),
    "6": Said("6 uur", "6 hours"),
    "24": Said("een dag", "a day"),
}
DO_PAUSE = Said("Pauzeer", "Pause")
DO_RESUME = Said("Stuur weer", "Steer again")
DEVICES = Said("Apparaten in huis", "Devices in the home")
DEVICES_LEAD = Said(
    "Wat er staat, hoe lang de maker het bijhoudt, en of het zonder diens computers werkt. Wat niet bekend is, staat er ook.",
    "What there is, how long its maker looks after it, and whether it works without their computers. What is not known is said too.",
)
EVERYWHERE = Said("Voor al deze apparaten geldt nog:", "Of all these devices:")
NO_DEVICES = Said("Er is nog niets opgeschreven.", "Nothing has been written down yet.")
DEVICE_NAME = Said("Hoe noem je het?", "What do you call it?")
DEVICE_KIND = Said("Wat is het?", "What is it?")
DEVICE_MAKE = Said("Merk", "Make")
DEVICE_MODEL = Said("Model", "Model")
DEVICE_PROTOCOL = Said("Hoe laag ermee praat", "How laag speaks with it")
DEVICE_FIRMWARE = Said("Versie van de software", "Version of its software")
DEVICE_SUPPORT = Said("De maker houdt de beveiliging bij tot en met", "Its maker mends its security through")
DEVICE_CLOUD = Said("Werkt het zonder internet?", "Does it work without the internet?")
DEVICE_SOURCE = Said("Waar je dat las", "Where you read that")
CLOUD: Mapping[str, Said] = {
    "": Said("weet ik niet", "I do not know"),
    "yes": Said("ja", "yes"),
    "no": Said("nee", "no"),
}
KINDS: Mapping[str, Said] = {
    "battery": Said("thuisbatterij", "home battery"),
    "boiler": Said("ketel of boiler", "boiler"),
    "car": Said("auto", "car"),
    "charger": Said("laadpaal", "charger"),
    "gateway": Said("kastje dat apparaten verbindt", "box that links devices"),
    "heat_pump": Said("warmtepomp", "heat pump"),
    "appliance": Said("huishoudelijk apparaat", "household appliance"),
    "inverter": Said("omvormer van zonnepanelen", "inverter of solar panels"),
    "meter": Said("slimme meter", "smart meter"),
}
ADD_DEVICE = Said("Nog een apparaat", "One more device")
KEEP_DEVICE = Said("Bewaar", "Keep")
CHANGE_DEVICE = Said("Wijzig {name}", "Change {name}")
REMOVE_DEVICE = Said("Haal {name} weg", "Remove {name}")
KEPT = Said("Opgeslagen.", "Saved.")
PEOPLE = Said("Wie dit mag zien", "Who may see this")
PEOPLE_LEAD = Said(
    "Deze mensen kunnen zich bij dit huis aanmelden en alles zien en wijzigen.",
    "These people can sign in to this home, and see and change everything.",
)
INVITE = Said("Nodig een huisgenoot uit", "Invite a housemate")
INVITED = Said(
    "Geef deze link aan je huisgenoot. Hij werkt één keer, en een week lang.",
    "Give this link to your housemate. It works once, and for a week.",
)
HOUSE = Said("Dit huis", "This home")
CONNECTION = Said("Aansluiting", "Connection")
CONNECTION_SAID = Said(
    "{in_kw} van buiten, {out_kw} naar buiten", "{in_kw} from outside, {out_kw} to outside"
)
CLOCK = Said("Tijd", "Time")
CLOCK_SAID = Said(
    "het is {at}; de klok loopt {speed} keer zo snel", "it is {at}; the clock runs {speed} times as fast"
)
CLOCK_WALL = Said("het is {at}", "it is {at}")
VERSION = Said("Versie van laag", "Version of laag")
ACCESS = Said("Wachtwoord en afmelden", "Password and signing out")

FIRST = Said("Dit huis is nog van niemand", "This home is nobody’s yet")
FIRST_LEAD = Said(
    "Op het scherm waar laag is gestart staat een link waarmee je dit huis van jou maakt. Open die hier, of plak hem hieronder. "
    "Zo kan niemand anders op hetzelfde netwerk je voor zijn.",
    "On the screen where laag was started is a link with which you make this home yours. Open it here, or paste it below. "
    "So nobody else on the same network can be first.",
)
FIRST_CODE = Said("De link, of de code aan het eind ervan", "The link, or the code at its end")
FIRST_GO = Said("Ga verder", "Go on")

JOIN = Said("Meedoen met de buurt", "Join the neighbourhood")
JOIN_LEAD = Said(
    "Je krijgt een code van wie de buurt beheert. Dit huis maakt zelf een sleutel; die blijft hier, en daarmee ondertekent het wat "
    "het stuurt.",
    "You get a code from whoever runs the neighbourhood. This home makes a key of its own; it stays here, and with it the home signs "
    "what it sends.",
)
JOIN_AT = Said("De buurt staat op {url}.", "The neighbourhood is at {url}.")
JOIN_CODE = Said("Code", "Code")
JOIN_CODE_HINT = Said(
    "Acht letters en cijfers, zoals K7QP-3MXA.", "Eight letters and digits, such as K7QP-3MXA."
)
JOIN_GO = Said("Doe mee", "Join")
JOIN_NOWHERE = Said(
    "In de instellingen van dit huis staat nog niet waar de buurt te vinden is. Zet het adres onder [home.neighbourhood] en start laag "
    "opnieuw.",
    "The settings of this home do not say yet where the neighbourhood is. Write its address under [home.neighbourhood] and start laag "
    "again.",
)
JOINED = Said("Dit huis doet mee", "This home takes part")
JOINED_LEAD = Said(
    "Vanaf {day} koopt en verkoopt dit huis op de markt van de buurt. Er heet daar {member} op; wie dat is, weet alleen de beheerder.",
    "From {day} on this home buys and sells on the neighbourhood’s market. There it is called {member}; who that is, only the operator "
    "knows.",
)
JOINED_CABLE = Said("Het hangt aan de kabel {cable}.", "It is on the cable {cable}.")
JOINED_NEXT = Said("Kijk wat het huis nu doet", "See what the home does now")
JOIN_AWAY = Said(
    "De buurt is niet te bereiken op {url}. Kijk of je verbinding hebt, en probeer het zo weer; de code blijft geldig.",
    "The neighbourhood cannot be reached at {url}. See whether you are connected, and try again in a while; the code stays valid.",
)
JOIN_WRONG = Said(
    "Deze code is er niet, is al gebruikt of is verlopen. Kijk of je hem goed overnam, of vraag om een nieuwe.",
    "There is no such code, or it was used, or it is too old. See whether you copied it well, or ask for a new one.",
)
JOIN_SHORT = Said("Vul de code in die je kreeg.", "Fill in the code that you were given.")
