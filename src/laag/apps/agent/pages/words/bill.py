"""The pages of the bill."""

from __future__ import annotations

from laag.foundation.words import Said

TITLE = Said("Rekening", "Bill")
OF = Said("Rekening van {first} tot en met {last}", "Bill from {first} through {last}")
NOTHING_YET = Said(
    "Er is nog geen dag afgerekend. De eerste komt zodra de onbalansprijzen van een hele dag bekend zijn, meestal de dag erna.",
    "No day has been settled yet. The first comes as soon as the imbalance prices of a whole day are known, usually the next day.",
)
TOTAL = Said("in totaal, btw erbij", "in total, VAT included")
TOTAL_BACK = Said("krijg je in totaal, btw erbij", "you receive in total, VAT included")
PAID_DAYS = Said("{count} dagen afgerekend", "{count} days settled")
CHARTERS = Said(
    "Berekend volgens het reglement van de buurt: {versions}.",
    "Worked out by the neighbourhood's charter: {versions}.",
)
CHARTER = Said("versie {version} vanaf {day}", "version {version} from {day}")
PAID_DAY = Said("1 dag afgerekend", "1 day settled")
TAKEN = Said("afgenomen", "taken")
GIVEN = Said("teruggeleverd", "fed in")
LINES = Said("Regel voor regel", "Line by line")
BENEFIT = Said("Wat meedoen scheelt", "What taking part saves")
DAYS = Said("Dag voor dag", "Day by day")
DAY = Said("Dag", "Day")
COST = Said("Energie, zonder btw", "Energy, without VAT")
ESTIMATED = Said("geschat: {count} kwartieren", "estimated: {count} quarter-hours")
CORRECTED = Said("gecorrigeerd", "corrected")
WHY = Said("Waarom?", "Why?")
WHY_DAY = Said("Waarom kostte {day} wat hij kostte?", "Why did {day} cost what it cost?")
WAITING = Said(
    "Nog niet afgerekend: {days}. Daarvan zijn de prijzen of de standen nog niet compleet.",
    "Not settled yet: {days}. Their prices or readings are not complete.",
)
CORRECTIONS = Said("Wat er later veranderde", "What changed later")
EARLIER = Said("Een maand eerder", "A month earlier")
LATER = Said("Een maand later", "A month later")
BACK_TO_BILL = Said("Terug naar de rekening", "Back to the bill")
YESTERDAY = Said("Waarom kostte gisteren wat het kostte?", "Why did yesterday cost what it cost?")

DAY_TITLE = Said("Waarom kostte {day} dit?", "Why did {day} cost this?")
DAY_TOTAL = Said("energie, zonder btw", "energy, without VAT")
DAY_TOTAL_BACK = Said("kreeg je voor energie, zonder btw", "you received for energy, without VAT")
BIGGEST = Said("De kwartieren die het meeste uitmaakten", "The quarter-hours that mattered most")
MADE_OF = Said("Waar het uit bestaat", "What it is made of")
DAY_CHART = Said("Wat je afnam en wat was afgesproken", "What you took and what was agreed")
METERED = Said("gemeten", "metered")
AGREED = Said("afgesproken", "agreed")
MONEY_CHART = Said("Wat elk kwartier kostte", "What each quarter-hour cost")
PAID = Said("betaald", "paid")
ESTIMATED_DAY = Said(
    "Van {count} kwartieren zweeg de meter; die zijn geschat.",
    "The meter was silent in {count} quarter-hours; those were estimated.",
)
DAY_NOT_THERE = Said(
    "Deze dag is nog niet afgerekend, of dit huis deed toen niet mee.",
    "This day is not settled yet, or this home took no part then.",
)
