"""What the pages about leaving, support and final accounts say."""

from __future__ import annotations

from laag.foundation.words import Said

TITLE = Said("Vertrek, steun en eindafrekeningen", "Leaving, support and final accounts")
LEAD = Said(
    "Wie weggaat, krijgt een rekening die tot en met de laatste dag klopt. De aansluiting blijft, en gaat met een code over "
    "op wie volgt.",
    "Who leaves gets an account that is right through the last day. The connection stays, and goes over to who follows with a "
    "code.",
)
LET_LEAVE = Said("Laat een lid vertrekken", "Let a member leave")
MEMBER = Said("Lid", "Member")
WHY = Said("Waarom", "Why")
LAST_DAY = Said("Laatste dag", "Last day")
LEAVE = Said("Leg het vertrek vast", "Set the leaving down")
LEFT = Said("{member} doet mee tot en met {last}.", "{member} takes part through {last}.")
CODE = Said("Code voor wie volgt: {code}", "Code for who follows: {code}")
LINK = Said(
    "Link naar de eindafrekening, voor wie vertrekt; hij staat hier één keer:",
    "Link to the final account, for who leaves; it is here once:",
)
GONE = Said("Wie vertrokken is of vertrekt", "Who has left or is leaving")
NOBODY = Said("Er is niemand vertrokken.", "Nobody has left.")
STANDS = Said("Stand", "Standing")
FOLLOWED_BY = Said("Opgevolgd door", "Followed by")
NOT_YET = Said("nog niet afgerekend", "not settled yet")
OPEN = Said("open voor correcties tot {until}", "open for corrections until {until}")
CLOSED = Said("gesloten", "closed")
AMOUNTS = Said(
    "Bedragen staan hier niet: wie een eindafrekening van een ander wil zien, zegt waarvoor, en dat wordt vastgelegd.",
    "Amounts are not here: who wants to see somebody's final account says what for, and that is written down.",
)
SUPPORT = Said("Steun uit het buurtfonds", "Support from the community fund")
SUPPORT_LEAD = Said(
    "Huizen vragen zelf om steun; waarom is niet bekend. Eens per maand wordt geboekt wat het charter zegt: hoogstens {most} "
    "per huis, en hoogstens {percent} % van het fonds.",
    "Homes ask for support themselves; why is not known. Once a month what the charter says is booked: at most {most} a home, "
    "and at most {percent} % of the fund.",
)
MONTH = Said("Maand", "Month")
FUND = Said("Wat er in het fonds zit, in euro", "What is in the fund, in euros")
PAY = Said("Boek de steun", "Book the support")
PAID = Said("De steun van {month} is geboekt.", "The support of {month} is booked.")
PAID_ROWS = Said("Geboekte maanden", "Months booked")
HOMES = Said("Huizen", "Homes")
TOTAL = Said("Samen", "In all")
FEW = Said("minder dan tien", "fewer than ten")
WRONG = Said("Kijk de invoer na.", "Look at what was filled in.")
FINAL = Said("Eindafrekening", "Final account")
FINAL_LEAD = Said(
    "Van {member}, {first} tot en met {last}. Deze pagina is alleen met deze link te lezen.",
    "Of {member}, {first} through {last}. This page can be read with this link only.",
)
WITHOUT_VAT = Said("Zonder btw: {eur}", "Without VAT: {eur}")
LATER = Said("Wat later kwam", "What came later")
OVER = Said("Deze link werkt niet meer", "This link works no longer")
OVER_SAID = Said(
    "Een eindafrekening is te lezen tot vier weken nadat ze gesloten is. Vraag de beheerder als je haar nog nodig hebt.",
    "A final account can be read until four weeks after it was closed. Ask the operator if you still need it.",
)
LINE = Said("Regel", "Line")
AMOUNT = Said("Bedrag", "Amount")
WAITING = Said(
    "De laatste dag is nog niet afgerekend; kijk over een paar dagen weer.",
    "The last day is not settled yet; look again in a few days.",
)
