"""What the pages of questions and answers say."""

from laag.foundation.words import Said

TITLE = Said("Vragen en antwoorden", "Questions and answers")
LEAD = Said(
    "Onderzoekers en bedrijven krijgen hier geen gegevens van huizen. Ze mogen vragen stellen die de bewoners hebben goedgekeurd, "
    "en het antwoord gaat altijd over veel huizen samen.",
    "Researchers and companies get no data of homes here. They may ask questions that those who live here approved, and the "
    "answer is always about many homes together.",
)
NOISE = Said(
    "Bij elk antwoord over huizen is toeval opgeteld, zodat er niet aan te zien is of één huis meedeed en wat het deed. Daarom staat "
    "erbij hoe ver het ernaast kan zitten: in 19 van de 20 antwoorden niet verder dan dat. Een klein aantal kan zo ook onder nul uitkomen.",
    "Chance is added to every answer about homes, so that it does not show whether one home was in it and what it did. Therefore it says "
    "how far off it may be: in 19 of 20 answers no farther than that. A small number can also come out below zero by it.",
)
BUDGET = Said(
    "Elk antwoord kost elk huis dat erin zit iets van zijn budget. Per jaar mogen antwoorden van één huis samen niet meer dan {epsilon} "
    "verklappen (epsilon), wie er ook vraagt en wanneer ook. Is dat op, dan wordt er over dat jaar niets meer beantwoord. Dezelfde vraag "
    "over dezelfde dagen geeft hetzelfde antwoord en kost niets.",
    "Every answer costs each home that is in it some of its budget. Of one year answers may give away no more than {epsilon} of a "
    "home in all (epsilon), whoever asks and whenever. Once that is used up nothing more is answered about that year. The same question about "
    "the same days gives the same answer and costs nothing.",
)
MAY_BE_ASKED = Said("Wat gevraagd mag worden", "What may be asked")
APPROVED = Said("Goedgekeurd", "Approved")
YES, NO = Said("ja", "yes"), Said("nee", "no")
NONE_APPROVED = Said(
    "De bewoners hebben geen enkele vraag goedgekeurd; er wordt dus niets beantwoord.",
    "Those who live here have approved no question; so nothing is answered.",
)
LACKING = Said(
    "Op deze server ontbreekt wat het toeval maakt. Alleen vragen die geen toeval nodig hebben, worden beantwoord.",
    "This server lacks what makes the chance. Only questions that need none are answered.",
)
ASKED = Said("Wat gevraagd is, en wat het antwoord was", "What was asked, and what the answer was")
NOBODY_ASKED = Said("Nog niemand heeft iets gevraagd.", "Nobody has asked anything yet.")
FIGURE = Said("Waarover", "Of what")
VALUE = Said("Antwoord", "Answer")
OFF = Said("Kan ernaast zitten", "May be off by")
EXACT = Said("precies", "exact")
BY = Said(
    "Gevraagd door {name} op {at}, met als reden: {why}. Het gaat over {first} tot en met {last} en {group}. {cost}",
    "Asked by {name} on {at}, for this reason: {why}. It is about {first} up to {last} and {group}. {cost}",
)
STREET = Said("de hele straat", "the whole street")
CABLE = Said("de kabel {name}", "the cable {name}")
COST = Said(
    "Het kostte elk huis dat erin zit {epsilon}.",
    "It cost each home that is in it {epsilon}.",
)
NO_COST = Said("Het kostte niemand iets.", "It cost nobody anything.")
HOMES = Said("{count} huizen", "{count} homes")
PLUS_MINUS = "± "
OWN = Said("Antwoorden waar jouw huis in zit", "Answers that your home is in")
OWN_LEAD = Said(
    "Je huis zit alleen in een antwoord als je ja hebt gezegd tegen vragen van onderzoekers, en dat de hele periode gold. Wat al is "
    "beantwoord, blijft staan als je je ja intrekt; in nieuwe antwoorden zit je huis dan niet meer.",
    "Your home is in an answer only if you said yes to questions of researchers, and that held for the whole period. What was answered "
    "already stays when you take your yes back; your home is in no new answer then.",
)
OWN_NONE = Said("Je huis zit in geen enkel antwoord.", "Your home is in no answer.")
OWN_BUDGET = Said("Wat er over is van je budget", "What is left of your budget")
YEAR = Said("Jaar van je gegevens", "Year of your data")
LEFT = Said("Over (epsilon)", "Left (epsilon)")
USED = Said("Gebruikt", "Used")
EVERYBODYS = Said("Alle vragen en antwoorden", "All questions and answers")
HOW = Said(
    "Vragen gaat met een sleutel die de beheerder geeft, via POST /api/v1/questions/NAAM.",
    "Asking goes by a key that the operator gives, by POST /api/v1/questions/NAME.",
)
