"""What leaves a home, purpose by purpose, and the household's yes or no."""

from __future__ import annotations

from collections.abc import Mapping

from laag.foundation.data import Ground
from laag.foundation.words import Said

NEEDED = Said(
    "Wat bij meedoen hoort, of wat je zelf doet", "What belongs to taking part, or what you do yourself"
)
NEEDED_LEAD = Said(
    "Zonder handel en afrekening doet een huis niet mee: dat staat aan zolang je lid bent, en vertrekken kan altijd. Stemmen, steun vragen en helpen bij een volle kabel doe je alleen als je dat zelf wilt.",
    "Without trade and settlement a home takes no part: that is on for as long as you are a member, and you can leave at any time. You vote, ask for support and help with a full cable only where you want to yourself.",
)
CHOSEN = Said("Wat jij beslist", "What you decide")
CHOSEN_LEAD = Said(
    "Je wordt dit één keer gevraagd. Nee is net zo goed als ja: er verandert niets aan je rekening of je plek in de buurt. Een ja eindigt vanzelf na een jaar, en je kunt het elk moment intrekken.",
    "You are asked this once. No is as good as yes: nothing changes in your bill or your place in the neighbourhood. A yes ends by itself after a year, and you can take it back at any moment.",
)
NOTHING_ASKED = Said(
    "De buurt vraagt je op dit moment nergens toestemming voor.",
    "The neighbourhood asks your consent for nothing at the moment.",
)
ALONG = Said("Wat er bij elk bericht hoort", "What goes along with every message")
NEVER = Said("Wat nooit mag", "What is never allowed")
NEVER_SAID = Said(
    "Om reclame te maken of een profiel van iemand te maken gaat er niets naar buiten, ook niet als iemand ja zegt.",
    "Nothing leaves to advertise or to make a profile of somebody, not even where somebody says yes.",
)
IN_IT = Said("Wat erin staat", "What is in it")
WHY = Said("Waarom", "Why")
LEAST = Said("Waarom niet minder", "Why nothing less")
KEEPS = Said("Hoe lang bewaard", "How long it is kept")
LAST_SENT = Said("Laatst verstuurd", "Last sent")
NOTHING_YET = Said("Hiervoor gaat er nu nog niets.", "Nothing goes for this yet.")
NOT_SENT = Said("nog niet", "not yet")
YES = Said("Ja, een jaar lang", "Yes, for a year")
NO = Said("Nee", "No")
TAKE_BACK = Said("Trek mijn ja in", "Take back my yes")
CHANGE = Said("Toch ja, een jaar lang", "Yes after all, for a year")
UNTIL = Said("Je zei ja, tot en met {day}.", "You said yes, up to {day}.")
ENDED = Said("Je ja is afgelopen op {day}.", "Your yes ended on {day}.")
CHANGED = Said(
    "Je zei eerder ja, maar er is sindsdien veranderd waar het over gaat. Daarom geldt het niet meer tot je opnieuw kiest.",
    "You said yes before, but what it is about has changed since. So it holds no more until you choose anew.",
)
REFUSED = Said("Je zei nee: er gaat hiervoor niets naar buiten.", "You said no: nothing leaves for this.")
NOT_ASKED = Said(
    "Je hebt nog niet gekozen. Tot die tijd gaat er hiervoor niets naar buiten.",
    "You have not chosen yet. Until then nothing leaves for this.",
)
SAID_YES = Said(
    "Je ja staat. Wat er hiervoor wordt gebruikt, zie je hieronder.",
    "Your yes stands. What is used for it, you see below.",
)
SAID_NO = Said(
    "Je nee staat. Vanaf nu wordt er hiervoor niets van dit huis gebruikt; wat nog niet was vrijgegeven, gaat zonder jou.",
    "Your no stands. From now on nothing of this home is used for this; what was not released yet goes without you.",
)
NOT_KEPT = Said(
    "Dit kon niet worden opgeschreven. Probeer het later opnieuw.",
    "This could not be written down. Try again later.",
)
KEEPS_BOOKS = Said(
    "zolang de boeken van de buurt bestaan, onder een naam die niets over je zegt",
    "as long as the books of the neighbourhood exist, under a name that says nothing of you",
)
KEEPS_DAYS = Said("{days} dagen", "{days} days")
KEEPS_NOT = Said("wordt niet bewaard", "it is not kept")
LAST = Said("{day} om {at}", "{day} at {at}")
GROUNDS: Mapping[Ground, Said] = {
    Ground.CONTRACT: Said("Hoort bij meedoen.", "Belongs to taking part."),
    Ground.LAW: Said("Moet van de wet.", "The law asks it."),
    Ground.WISH: Said(
        "Staat aan of uit in je wensen of instellingen.", "Is turned on or off in your wishes or settings."
    ),
    Ground.ACT: Said("Alleen wanneer je het zelf doet.", "Only when you do it yourself."),
    Ground.OPEN: Said("Is van niemand.", "Is nobody's."),
    Ground.CONSENT: Said("Alleen als je ja zegt.", "Only if you say yes."),
    Ground.NEVER: Said("Mag nooit.", "Is never allowed."),
}
GROUPS: Mapping[str, Said] = {
    "orders": Said(
        "Biedingen: wat je morgen bij welke prijs wilt kopen of verkopen",
        "Orders: what you would buy or sell tomorrow at which price",
    ),
    "amendments": Said(
        "Wijzigingen: wat je de komende uren meer of minder wilt dan je kocht",
        "Amendments: what you want more or less of in the coming hours than you bought",
    ),
    "readings": Said(
        "Meterstanden: hoeveel er per kwartier door de meter ging",
        "Readings: how much passed the meter per quarter-hour",
    ),
    "offers": Said(
        "Aanbiedingen: wat je minder of meer kunt nemen als een kabel vol is, en voor hoeveel",
        "Offers: what you can take less or more of when a cable is full, and for how much",
    ),
    "consents": Said("Je ja of nee zelf", "Your yes or no itself"),
    "enrolment": Said("De aanmelding, één keer", "Joining, once"),
    "tellings": Said(
        "Hoe het met een afspraak tussen buren ging", "How an agreement between neighbours went"
    ),
    "comparison": Said("De som van een maand", "The sum of a month"),
    "moving": Said("Dat je verhuist", "That you move"),
    "support": Said("Dat je steun vraagt", "That you ask for support"),
    "vote": Said("Je stem", "Your vote"),
    "weather": Said(
        "De vraag om het weer, hooguit eens per uur", "The question for the weather, at most once an hour"
    ),
    "envelope": Said("Bij elk bericht", "With every message"),
    "call": Said("Bij elke vraag aan de buurt", "With every question to the neighbourhood"),
}
