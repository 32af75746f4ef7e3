"""What the pages of a neighbourhood say."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from laag.foundation.words import Said

STREET = Said("De buurt", "The neighbourhood")
OPERATE = Said("Beheer", "Operation")
HOMES = Said("Huizen", "Homes")
DAYS = Said("Dagen", "Days")
PEOPLE = Said("Toegang", "Access")
GRID = Said("Kabels", "Cables")
SUPERVISE = Said("Toezicht", "Supervision")

NOW = Said("Nu", "Now")
DAY = Said("Dag", "Day")
QUARTER = Said("Kwartier", "Quarter-hour")
SHOW = Said("Tonen", "Show")
BEFORE = Said("Vorig kwartier", "Previous quarter-hour")
AFTER = Said("Volgend kwartier", "Next quarter-hour")
MEMBERS = Said("huizen doen mee", "homes take part")
BUYERS_PAY = Said("betalen kopers in de buurt", "is what buyers pay inside")
SELLERS_GET = Said("krijgen verkopers in de buurt", "is what sellers receive inside")
LOCAL_SHARE = Said("van wat de buurt kocht kwam van buren", "of what was bought came from neighbours")
THROUGH_GATE_IN = Said("komt er van buiten", "comes in from outside")
THROUGH_GATE_OUT = Said("gaat er naar buiten", "goes outside")
MEASURED_IN = Said("kwam er van buiten, gemeten", "came in from outside, metered")
MEASURED_OUT = Said("ging er naar buiten, gemeten", "went outside, metered")
TOGETHER = Said("Wat het de buurt opleverde", "What it brought the neighbourhood")
TOGETHER_LEAD = Said(
    "Alle afgerekende dagen van de laatste vijf weken, voor alle huizen samen.",
    "All settled days of the last five weeks, for all homes together.",
)
NOT_CLEARED = Said(
    "Van dit kwartier is er nog geen marktuitkomst. Die komt er als de dag gesloten is en de prijs van het land bekend is: meestal de dag ervoor, na één uur ’s middags.",
    "This quarter-hour has no market result yet. It comes when the day is closed and the nation's prices are known: mostly the day before, after one in the afternoon.",
)
PRICES_OF_DAY = Said("Prijzen van deze dag", "Prices of this day")
PRICES_LEAD = Said(
    "Zonder btw. Buiten de buurt kost stroom de bovenste lijn, met energiebelasting; wie naar buiten levert krijgt de onderste. Binnen ligt de prijs daartussen.",
    "Without VAT. Outside the neighbourhood power costs the highest line, with energy tax; who gives to the outside receives the lowest. Inside, the price lies in between.",
)
BUYER = Said("kopers betalen", "buyers pay")
SELLER = Said("verkopers krijgen", "sellers receive")
LANDED = Said("van buiten, met belasting", "from outside, with tax")
EXPORT = Said("naar buiten", "to outside")
DAY_AHEAD = Said("prijs van het land (day-ahead)", "the nation's price (day-ahead)")
MERIT = Said("Vraag en aanbod in één kwartier", "Supply and demand in one quarter-hour")
MERIT_LEAD = Said(
    "Links het goedkoopste aanbod, rechts het duurste. De lijn is de vraag. Waar ze elkaar raken ligt de prijs. Wat niet doorging is bleek. Er staat niet bij van wie iets is.",
    "The cheapest supply stands left, the dearest right. The line is demand. Where they meet lies the price. What did not go through is pale. Whose it is is not said.",
)
FLOWS = Said("Door de poort naar buiten", "Through the gateway to the outside")
FLOWS_LEAD = Said(
    "Boven nul neemt de buurt stroom van het land, onder nul geeft zij die.",
    "Above zero the neighbourhood takes power from the country, below zero it gives.",
)
AGREED = Said("afgesproken op de markt", "agreed on the market")
METERED = Said("gemeten", "metered")
LIMIT_IN = Said("grens voor afname", "limit for taking")
LIMIT_OUT = Said("grens voor teruglevering", "limit for giving")
CHARTER = Said("Wat de buurt heeft afgesproken", "What the neighbourhood agreed")
WEAKER = Said("Wat nu minder zeker is", "What is less certain now")

ENERGY_ASKED = Said("gevraagd", "asked")
ENERGY_OFFERED = Said("aangeboden", "offered")
DEVICE = Said("Apparaat", "Device")
SIDE = Said("Kant", "Side")
LIMIT = Said("Grensprijs", "Limit price")
ENERGY = Said("Energie", "Energy")
WENT_THROUGH = Said("Ging door", "Went through")
ANY_PRICE = Said("tegen elke prijs", "at any price")
DEMAND = Said("vraag", "demand")
NOBODY = Said(
    "In dit kwartier vroeg niemand stroom en bood niemand stroom aan.",
    "In this quarter-hour nobody asked for electricity and nobody offered any.",
)
SUPPLY = Said("aanbod", "supply")
DEVICES: Mapping[str, Said] = MappingProxyType(
    {
        "load": Said("apparaten", "appliances"),
        "heat_pump": Said("warmtepompen", "heat pumps"),
        "ev": Said("auto’s", "cars"),
        "battery": Said("batterijen", "batteries"),
        "pv": Said("zonnepanelen", "solar panels"),
        "other": Said("andere apparaten", "other devices"),
        "import": Said("van buiten", "from outside"),
        "export": Said("naar buiten", "to outside"),
    }
)

HEALTH = Said("Hoe het ervoor staat", "How things stand")
MEMBERS_TITLE = Said("Leden", "Members")
MEMBER = Said("Lid", "Member")
CABLE = Said("Kabel", "Cable")
CONNECTION = Said("Aansluiting", "Connection")
FIRST_DAY = Said("Vanaf", "From")
LAST_DAY = Said("Tot en met", "Up to")
LAST_READING = Said("Laatste meting", "Last reading")
MISSING_TODAY = Said("Kwartieren gemist vandaag", "Quarter-hours missing today")
AT_TRANSFORMER = Said("direct aan de transformator", "directly at the transformer")
SILENT = Said("Stille meters", "Silent meters")
NOBODY_SILENT = Said("Alle meters zijn bij.", "All meters are up to date.")
REFUSED = Said("Geweigerde berichten", "Refused messages")
NOTHING_REFUSED = Said("Er is niets geweigerd.", "Nothing has been refused.")
REASON = Said("Reden", "Reason")
WHEN = Said("Wanneer", "When")
SOURCES = Said("Prijsbronnen", "Price sources")
SOURCE = Said("Bron", "Source")
STATE = Said("Toestand", "State")
ANSWERS = Said("antwoordt", "answers")
EVENTS_IN_LOG = Said("gebeurtenissen in het logboek", "events in the log")
REFUSED_COUNT = Said("berichten geweigerd", "messages refused")
STORE_OPEN = Said("het logboek neemt alles aan", "the log takes everything")
STORE_AWAY = Said("het logboek neemt niets aan", "the log takes nothing")
STORE = Said("Opslag", "Store")
WAITING = Said("berichten wachten", "messages wait")

ENROL = Said("Een huis laten meedoen", "Let a home take part")
ENROL_LEAD = Said(
    "Maak een code en geef die aan de bewoner. De code werkt één keer en verloopt na twee weken.",
    "Make a code and give it to the resident. It works once and runs out after two weeks.",
)
CHANGE = Said("Een andere kabel of aansluiting", "Another cable or connection")
CHANGE_LEAD = Said(
    "Vanaf een dag waarvoor de markt nog open is. Eerdere dagen blijven zoals ze zijn afgerekend; de aansluiting op de rekening wordt per dag gerekend.",
    "From a day on for which the market is still open. Earlier days stay as they were settled; the connection is on the bill day by day.",
)
CHANGE_NOW = Said("Veranderen", "Change")
CHANGE_DONE = Said("Het is vastgelegd.", "It is written down.")
CHANGE_FROM = Said("Vanaf welke dag", "From which day on")
DAY_NEEDED = Said("Kies een dag.", "Choose a day.")
MAKE_CODE = Said("Code maken", "Make a code")
NOTE = Said("Aantekening voor uzelf", "A note to yourself")
NOTE_HINT = Said(
    "Bijvoorbeeld het huisnummer. Alleen beheerders lezen dit.",
    "The house number, for example. Only operators read it.",
)
CODE = Said("Code", "Code")
EXPIRES = Said("Geldig tot", "Valid until")
USED_BY = Said("Gebruikt door", "Used by")
WITHDRAW = Said("Intrekken", "Withdraw")
CODES = Said("Codes", "Codes")
NO_CODES = Said("Er zijn geen codes.", "There are no codes.")
QR_ABOUT = Said("De link als vierkant dat een telefoon leest", "The link as a square that a phone reads")
CODE_MADE = Said("Deze code is voor één huis", "This code is for one home")
PRINT_HINT = Said(
    "Je kunt deze bladzijde afdrukken en meegeven.", "You can print this page and hand it over."
)

SETTLED = Said("Afgerekend", "Settled")
SETTLE_AGAIN = Said("Opnieuw afrekenen", "Settle again")
SETTLE_NOW = Said("Afrekenen", "Settle")
SETTLE_LEAD = Said(
    "Opnieuw afrekenen neemt mee wat sindsdien binnenkwam. Wat verschilt wordt als correctie geboekt; wat er stond blijft staan.",
    "Settling again takes in what came since. What differs is booked as a correction; what stood there stays.",
)
REVISION = Said("Versie", "Revision")
NOT_YET = Said("nog niet", "not yet")
GATE = Said("Orders", "Orders")
OPEN = Said("open", "open")
CLOSED = Said("gesloten", "closed")
NATION_PRICES = Said("Prijs van het land", "The nation's price")
IMBALANCE_PRICES = Said("Onbalansprijs", "Imbalance price")
KNOWN = Said("bekend", "known")
UNKNOWN = Said("onbekend", "unknown")
DEPARTED = Said("Afwijking", "Departure")
ACTION = Said("Doen", "Action")
NOMINATIONS = Said("Opgave naar buiten en wat werd gemeten", "Nominated to the outside, and metered")
NOMINATIONS_LEAD = Said(
    "Wat de buurt per kwartier van buiten zou nemen (+) of geven (-), zoals de markt het afsprak, en wat de meters zeiden. Een meting telt als alle meters van dat kwartier bekend zijn.",
    "What the neighbourhood was to take from outside (+) or give (-) in each quarter-hour, as agreed on the market, and what meters said. A reading counts when all meters of that quarter-hour are known.",
)
DONE_SETTLED = Said("De dag is opnieuw afgerekend.", "The day has been settled again.")
DONE_UNCHANGED = Said("Er kwam hetzelfde uit; er is niets geboekt.", "The same came out; nothing was booked.")
STORE_TROUBLE = Said(
    "Er kan nu niets worden vastgelegd; probeer het zo weer.",
    "Nothing can be written down now; try again in a moment.",
)

ACCOUNTS = Said("Wie zich kan aanmelden", "Who can sign in")
ROLE = Said("Rol", "Role")
REMOVE = Said("Weghalen", "Remove")
INVITE = Said("Iemand uitnodigen", "Invite somebody")
INVITE_LEAD = Said(
    "Een uitnodiging is een link die één keer werkt, een week lang. Geef hem alleen aan wie hij voor is.",
    "An invitation is a link that works once, for a week. Give it only to whom it is for.",
)
INVITE_MEMBER = Said("Lid, bij een bewoner", "Member, for a resident")
INVITE_MEMBER_HINT = Said(
    "Zoals m-1a2b3c4d. Leeg voor wie geen bewoner is.", "Like m-1a2b3c4d. Empty for who is not a resident."
)
INVITED = Said(
    "Geef deze link door; hij wordt maar één keer getoond", "Pass this link on; it is shown only once"
)
NO_SUCH_MEMBER = Said(
    "Dit lid is er niet; kijk bij Huizen hoe het heet.",
    "There is no such member; look under Homes what it is called.",
)
RESIDENT_NEEDS_MEMBER = Said(
    "Vul in van welk lid deze bewoner is.", "Say which member this resident belongs to."
)
KEYS = Said("Sleutels voor machines", "Keys for machines")
NO_KEYS = Said("Er zijn geen sleutels.", "There are no keys.")
KEY_FOR = Said("Waarvoor", "What for")
MAKE_KEY = Said("Sleutel maken", "Make a key")
KEY_MADE = Said(
    "Bewaar deze sleutel goed; hij wordt maar één keer getoond", "Keep this key safe; it is shown only once"
)
MADE_AT = Said("Gemaakt", "Made")
USED_AT = Said("Laatst gebruikt", "Last used")
COPY = Said("Kopiëren", "Copy")
NAME_NEEDED = Said(
    "Geef een naam, zodat je later weet waarvoor de sleutel was.",
    "Give a name, so that you know later what the key was for.",
)
LAST_OPERATOR = Said(
    "Dit is de enige beheerder; nodig eerst een ander uit.",
    "This is the only operator; invite another first.",
)

LOAD = Said("Hoe vol de kabels zijn", "How full the cables are")
LOAD_LEAD = Said(
    "Per kabel: wat de markt afsprak, wat werd gemeten, en wat de kabel kan dragen. Alleen totalen; geen enkel huis.",
    "For each cable: what was agreed on the market, what was metered, and what it can carry. Totals only; no single home.",
)
WIRES = Said("Het net als boom", "The grid as a tree")
WIRES_LEAD = Said(
    "Van de trafo naar de laatste mof: hoe vol elke kabel is, berekend uit wat afgesproken is, en waar alle meters gehoord zijn uit wat gemeten is. "
    "Groen: alleen de markt. Geel: de netbeheerder vraagt om hulp. Oranje: aansluitingen krijgen een grens. Rood: gevaar voor het net.",
    "From the transformer to the last joint: how full each cable is, computed from what was agreed, and where all meters were heard from what was measured. "
    "Green: the market alone. Yellow: the grid operator asks for help. Orange: connections get a limit. Red: the grid is in danger.",
)
VOLTAGE_FINE = Said(
    "De spanning ligt tussen {low} en {high}; {least} tot {most} mag.",
    "The voltage lies between {low} and {high}; {least} to {most} is allowed.",
)
VOLTAGE_OUT = Said(
    "De spanning ligt tussen {low} en {high}: buiten de {least} tot {most} die mag.",
    "The voltage lies between {low} and {high}: outside the {least} to {most} that is allowed.",
)
LIMITED_TAKES = Said(
    "Huizen met een grens op wat ze afnemen, in dit kwartier: {homes}. Niemand minder dan {kw}.",
    "Homes with a limit on what they take, in this quarter-hour: {homes}. Nobody less than {kw}.",
)
LIMITED_GIVES = Said(
    "Huizen met een grens op wat ze terugleveren, in dit kwartier: {homes}. Er is meer zon dan de kabel aankan.",
    "Homes with a limit on what they feed in, in this quarter-hour: {homes}. There is more sun than the cable can bear.",
)
LIMITED_FEW = Said(
    "Minder dan tien huizen hebben in dit kwartier een grens.",
    "Fewer than ten homes have a limit in this quarter-hour.",
)
CAUTION = Said("Wat deze server niet doet", "What this server does not do")
CAUTION_LEAD = Said(
    "Ook een fout van onszelf bereikt de straat in delen. Huizen begrenzen daarnaast zelf wat een signaal met ze kan doen.",
    "Even a mistake of ours reaches the street in parts. Homes themselves bound what a signal can do to them as well.",
)
SEND_PRICES = Said("Deze prijzen kloppen: verstuur ze", "These prices are right: send them")
YOUR_CABLE = Said("Jouw kabel", "Your cable")
NOWHERE = Said(
    "Van {count} leden is niet bekend waar ze op het net hangen; ze tellen hier niet mee.",
    "Of {count} members it is not known where they hang on the grid; they do not count here.",
)
WHOLE_STREET = Said("hele straat", "whole street")
FULLEST = Said("Volste kwartier", "Fullest quarter-hour")
OF_LIMIT = Said("Deel van de grens", "Share of the limit")
BEYOND = Said("Kwartieren boven de grens", "Quarter-hours above the limit")
HOMES_COUNT = Said("Huizen", "Homes")
NO_LIMIT = Said("geen grens", "no limit")
FEW_HOMES = Said("te weinig huizen", "too few homes")
LOAD_STEPS = Said(
    "afgesproken, als deel van de grens (in stappen van 10 %)",
    "agreed, as a share of the limit (in steps of 10%)",
)

RERUN = Said("Een kwartier opnieuw berekenen", "Compute a quarter-hour again")
RERUN_LEAD = Said(
    "Uit niets dan het logboek: dezelfde orders, dezelfde regels. Wat eruit komt wordt vergeleken met wat toen is vastgelegd.",
    "From nothing but the log: the same orders, the same rules. What comes out is compared with what was recorded then.",
)
RERUN_GO = Said("Opnieuw berekenen", "Compute again")
RULE = Said("Regel", "Rule")
CHANGED_LATER = Said("Wat huizen daarna nog veranderden", "What homes changed after that")
OWN_ORDERS = Said("Wat van de orders van één lid werd", "What became of one member’s orders")
OWN_ORDERS_LEAD = Said(
    "Dit zijn gegevens van één huis. Je zegt eerst waarvoor je ze nodig hebt; dat wordt vastgelegd en het lid kan het lezen.",
    "These are one home’s data. You first say what you need them for; that is written down, and the member can read it.",
)
MEMBER_HINT = Said("Zoals m-1a2b3c4d.", "Such as m-1a2b3c4d.")
NOTED = Said(
    "Dat je dit bekijkt is vastgelegd; het lid kan het lezen.",
    "That you look at this was written down; the member can read it.",
)
NO_ORDERS = Said(
    "Dit lid had in dit kwartier geen orders.", "This member had no orders in this quarter-hour."
)
PAID = Said("Betaald (+) of ontvangen (-)", "Paid (+) or received (-)")
LOOKS = Said("Wie keek in wiens gegevens", "Who looked at whose data")
LOOKED = Said("Wie keek", "Who looked")
NO_LOOKS = Said("Niemand keek in andermans gegevens.", "Nobody looked at anybody else's data.")
OWN_LOOKS = Said("Wie keek in jouw gegevens", "Who looked at your data")
OWN_LOOKS_LEAD = Said(
    "Iedere keer dat iemand anders dan jij je gegevens bekeek, staat hier, met de reden. Het werd opgeschreven voordat er iets te zien was.",
    "Every time somebody other than you looked at your data, it stands here, with the reason. It was written down before anything was shown.",
)
NOBODY_LOOKED = Said("Niemand anders keek in je gegevens.", "Nobody else looked at your data.")
ACCESS_LOG = Said("het logboek van wie in je gegevens keek", "the log of who looked at your data")
SOMETHING = Said("gegevens van jou", "data of yours")
WHOSE = Said("Van wie", "Whose")
WHO = Said("Wie", "Who")
PURPOSE = Said("Doel", "Purpose")
WHAT = Said("Wat", "What")

RULES: Mapping[str, Said] = MappingProxyType(
    {
        "layered": Said(
            "Eerst wordt binnen de buurt gehandeld, goedkoopste aanbod eerst. Wat er tekort is komt van buiten, met energiebelasting; wat over is gaat naar buiten.",
            "Trade goes inside the neighbourhood first, the cheapest supply first. What is short comes from outside, with energy tax; what is left goes outside.",
        ),
        "literal": Said(
            "Eén markt voor de buurt, naar de letter van het oorspronkelijke voorstel.",
            "One market for the neighbourhood, to the letter of the original proposal.",
        ),
        "uniform": Said("Alle kopers en verkopers krijgen dezelfde prijs.", "All buyers and sellers get the same price."),
        "pay_as_bid": Said("Iedere koper en verkoper handelt tegen de eigen prijs.", "Every buyer and seller trades at their own price."),
        "mid_market": Said(
            "De prijs ligt midden tussen wat stroom van buiten kost en wat hij naar buiten opbrengt.",
            "The price lies half-way between what power from outside costs and what it earns outside.",
        ),
        "peer_to_peer": Said("Buren handelen twee aan twee.", "Neighbours trade two by two."),
    }
)  # fmt: skip


def quarter_from(at: str) -> Said:
    """Which quarter-hour a figure is of."""
    return Said(f"in het kwartier vanaf {at}", f"in the quarter-hour from {at}")


def k(percent: int) -> Said:
    """How the advantage of trading inside is divided."""
    return Said(
        f"Van het voordeel van handel met buren gaat {percent} % naar verkopers en {100 - percent} % naar kopers.",
        f"Of the advantage of trading with neighbours {percent}% goes to sellers and {100 - percent}% to buyers.",
    )


def policy(name: str, day: str) -> Said:
    """Under which taxes and tariffs bills are made."""
    return Said(
        f"Belasting en tarieven volgen het beleid „{name}”, met de cijfers van {day}.",
        f"Taxes and tariffs follow the policy “{name}”, with the figures of {day}.",
    )


BANDS = Said(
    "Elk huis neemt een bandbreedte: zoveel kW mag zijn aansluiting in en uit. Wat het ervan overlaat, lenen buren zonder iets te "
    "betalen; wie ook boven wat er te lenen is uitkomt, betaalt de netbeheerder per kWh. Alle prijzen van bandbreedtes zijn "
    "voorbeelden: er is nooit een prijs vastgesteld.",
    "Each home takes a band: so many kW may go in and out of its connection. What it leaves of it neighbours borrow and pay "
    "nothing; who goes above what can be borrowed as well pays the grid operator per kWh. All prices of bands are examples: no "
    "price was ever set.",
)


def since(day: str, version: str) -> Said:
    """How old the agreement is."""
    return Said(
        f"De afspraken (versie {version}) gelden sinds {day}; ze staan als eerste in het logboek en kunnen niet stil veranderen.",
        f"The agreement (version {version}) has held since {day}; it stands first in the log and cannot change silently.",
    )


RECORD_LINK = Said("Lees hoe het gezamenlijke boek ervoor staat", "Read how the shared record stands")

MEMBER_KIND = Said("Soort lid", "Kind of member")
LIVED_IN = Said("Wordt er gewoond of gewerkt?", "Do people live or work there?")
AS_USUAL = Said("zoals gewoonlijk bij deze soort", "as is usual for this kind")
YES = Said("ja", "yes")
NO = Said("nee", "no")
FINAL_ACCOUNTS = Said("Vertrek, steun en eindafrekeningen", "Leaving, support and final accounts")
