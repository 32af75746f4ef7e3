"""What somebody reads who was given a code."""

from laag.foundation.words import Said

TITLE = Said("Een uitnodiging", "An invitation")
INVITED = Said(
    "Je bent uitgenodigd om met je huis mee te doen met {name}. Deze code is voor één huis en werkt één keer.",
    "You are invited to let your home take part in {name}. This code is for one home and works once.",
)
ASK = Said("Vul de code in die je van de beheerder kreeg.", "Fill in the code that the operator gave you.")
CODE = Said("Code", "Code")
CODE_HINT = Said("Acht letters en cijfers, zoals K7QP-3MXA.", "Eight letters and digits, such as K7QP-3MXA.")
LOOK = Said("Code bekijken", "Look at the code")
UNTIL = Said("Geldig tot", "Valid until")
NEXT = Said("Zo doet je huis mee", "How your home takes part")
STEP_NETWORK = Said(
    "Zorg dat je telefoon of computer op het netwerk van je huis zit, zoals je eigen wifi.",
    "See that your phone or computer is on your home’s network, such as your own Wi-Fi.",
)
STEP_OPEN = Said(
    "Open de bladzijde van je eigen huis en vul daar de code in. Daarvoor is deze knop:",
    "Open the page of your own home and fill in the code there. That is what this button is for:",
)
OPEN = Said("Naar mijn huis", "To my home")
STEP_KEY = Said(
    "Je huis maakt dan zelf een sleutel en meldt zich aan. Hier hoef je niets achter te laten, ook geen naam.",
    "Your home then makes a key of its own and joins. You leave nothing here, not even a name.",
)
ELSEWHERE = Said("Opent je huis niet?", "Does your home not open?")
ELSEWHERE_LEAD = Said(
    "Dan heeft het kastje een ander adres. Het staat bij de apparaten in je router, of op het papier dat erbij zat.",
    "Then the box has another address. It is among the devices in your router, or on the paper that came with it.",
)
HOME = Said("Adres van je huis", "Address of your home")
HOME_HINT = Said("Zoals laag.local of 192.168.1.20:8411.", "Such as laag.local or 192.168.1.20:8411.")
USE = Said("Dit adres gebruiken", "Use this address")
NOT_AT_HOME = Said(
    "Dit is geen adres binnen een huis; vul iets in als laag.local of 192.168.1.20.",
    "This is no address inside a home; fill in something like laag.local or 192.168.1.20.",
)
NO_CODE = Said(
    "Deze code is er niet. Kijk of je hem goed overnam, of vraag de beheerder om een nieuwe.",
    "There is no such code. See whether you copied it well, or ask the operator for a new one.",
)
USED = Said(
    "Deze code is gebruikt: er doet al een huis mee mee. Was dat jouw huis, dan hoef je niets meer te doen; vraag anders de beheerder om een nieuwe.",
    "This code was used: a home takes part with it. If that was yours, there is nothing left to do; if not, ask the operator for a new one.",
)
EXPIRED = Said(
    "Deze code is verlopen. Vraag de beheerder om een nieuwe.",
    "This code has run out. Ask the operator for a new one.",
)
