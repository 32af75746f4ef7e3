"""What stands on the page of agreements between neighbours."""

from __future__ import annotations

from laag.foundation.words import Said

TITLE = Said("Beloften tussen buren", "What neighbours promise")
LEAD = Said(
    "Wat buren elkaar beloven. Je huis houdt zich er zelf aan waar het kan; wat je echt nodig hebt, gaat voor.",
    "What neighbours promise each other. Your home keeps to it by itself where it can; what you really need goes first.",
)
WHERE = Said(
    "Waar dit is afgesproken, en hoe je het verandert", "Where this was agreed, and how to change it"
)
NONE_MADE = Said(
    "Er is nu geen afspraak. Iedereen die meedoet kan er een voorstellen, op de pagina van het handvest.",
    "There is no agreement now. Whoever takes part can propose one, on the page of the charter.",
)
TODAY, TOMORROW = Said("vandaag", "today"), Said("morgen", "tomorrow")
HOLDS = Said("Geldt {day}, van {hours} uur.", "Holds {day}, from {hours}.")
HOLDS_NOT = Said("Geldt {day} niet.", "Does not hold {day}.")
UNKNOWN_COLD = Said(
    "Of het {day} koud genoeg wordt is niet verteld, dus geldt het dan niet.",
    "Whether it will be cold enough {day} was not told, so it does not hold then.",
)
YOURS = Said("Jouw huis", "Your home")
ALL_WELL = Said(
    "Van jouw huis is de laatste tijd niets gevonden dat niet klopte.",
    "Nothing was found of your home lately that was not as agreed.",
)
JUDGED = Said(
    "Buren kijken naar je bezwaar, tot en met {until}. Zolang volgt er niets.",
    "Neighbours look at your appeal, until the end of {until}. Nothing follows before.",
)
WHY = Said("Waarom klopt het niet, of wat was de reden?", "Why is it wrong, or what was the reason?")
WHY_HINT = Said(
    "Buren die het lot kiest lezen dit, zonder je naam.",
    "Neighbours whom the lot chooses read this, without your name.",
)
APPEAL = Said("Maak bezwaar", "Appeal")
APPEALED = Said("Je bezwaar is binnen.", "Your appeal has come in.")
DRAWN = Said("Jij bent gekozen om te kijken", "You were chosen to look")
DRAWN_LEAD = Said(
    "Het lot koos jou om te zeggen wat je van een bezwaar vindt. Het hoeft niet, en je kunt het tot het eind veranderen.",
    "The lot chose you to say what you think of an appeal. You need not, and you can change it until the end.",
)
ABOUT = Said(
    "„{agreement}”, {day}: {kwh} kWh in de afgesproken uren. Antwoord tot en met {until}.",
    "“{agreement}”, {day}: {kwh} kWh in the agreed hours. Answer until the end of {until}.",
)
GRANT = Said("Het bezwaar klopt", "The appeal is right")
REFUSE = Said("Het bezwaar klopt niet", "The appeal is not right")
SAID_GRANT = Said("Je zei: het klopt.", "You said: it is right.")
SAID_REFUSE = Said("Je zei: het klopt niet.", "You said: it is not right.")
HEARD = Said("Dank je, het is opgeschreven.", "Thank you, it is written down.")
LATELY = Said("De laatste weken", "The last weeks")
DAY = Said("Dag", "Day")
AGREEMENT = Said("Afspraak", "Agreement")
KEPT = Said("gehaald", "kept")
BROKEN = Said("niet gehaald", "not kept")
NOT_KNOWN = Said("niet bekend", "not known")
FEW = Said(
    "Met minder dan {floor} huizen laten we geen aantallen zien: dan zou je een buur kunnen herkennen.",
    "With fewer than {floor} homes no numbers are shown: you could recognise a neighbour.",
)
NOBODY_BLAMED = Said(
    "Niet bekend telt tegen niemand: wie niets vertelt en wiens meter het niet laat zien, wordt niets verweten.",
    "Not known is held against nobody: who tells nothing and whose meter does not show it is not blamed.",
)
COLD = Said("Hoe koud wordt het?", "How cold will it be?")
COLD_LEAD = Said(
    "Afspraken voor koude dagen gelden als dit voor de sluiting van die dag is verteld.",
    "Agreements for cold days hold where this was told before the gate of that day closed.",
)
COLD_DAY = Said("Welke dag", "Which day")
COLD_C = Said("Verwacht daggemiddelde buiten, °C", "Expected mean outdoors, °C")
COLD_SOURCE = Said("Volgens wie", "According to whom")
COLD_SAY = Said("Vertel het", "Tell it")
COLD_TOLD = Said("Verteld.", "Told.")
COLD_ODD = Said(
    "Geef een dag, een temperatuur zoals -2,5, en wie dat verwacht.",
    "Give a day, a temperature such as -2.5, and who expects it.",
)
