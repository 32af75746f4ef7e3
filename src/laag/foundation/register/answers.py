"""What a neighbourhood tells a home of what is the home's own, and everybody of what is everybody's."""

from __future__ import annotations

from collections.abc import Mapping

from laag.foundation.data import Field, Kind, Party, Purpose, Scale, group
from laag.foundation.words import Said

_NL = "Alleen dit huis en wie daar woont krijgen het te zien; ieder ander moet zeggen waarvoor, en dat kun je lezen."
_EN = "Only this home and who lives there are shown it; anybody else has to say what for, and you can read that."
_ONLY_YOU = Said(_NL, _EN)
_NOBODYS = Said("Er staat niets in van één huis.", "Nothing of a single home is in it.")


def _own(
    name: str, kind: Kind, purposes: tuple[Purpose, ...], why: Said, fields: Mapping[str, tuple[str, str]]
) -> tuple[Field, ...]:
    """Back to the home that it is about, which keeps the newest until it deletes it."""
    said = {field: Said(*both) for field, both in fields.items()}
    return group(
        name, kind, Scale.HOME, Party.HOME, purposes, keeps=None, why=why, least=_ONLY_YOU, fields=said
    )


def _open(name: str, why: Said, fields: Mapping[str, tuple[str, str]]) -> tuple[Field, ...]:
    said = {field: Said(*both) for field, both in fields.items()}
    return group(
        name,
        Kind.OPEN,
        Scale.COMMUNITY,
        Party.EVERYBODY,
        (Purpose.PUBLIC,),
        keeps=None,
        why=why,
        least=_NOBODYS,
        fields=said,
    )


_TAKEN = _own(
    "answer",
    Kind.TRANSACTION,
    (Purpose.MARKET, Purpose.RECORD),
    Said(
        "Zodat een huis weet wat van zijn berichten is geworden.",
        "So that a home knows what became of its messages.",
    ),
    {
        "number": ("van welk bericht", "of which message"),
        "status": ("of het is aangenomen", "whether it was taken"),
        "why": ("waarom niet", "why not"),
        "now": ("hoe laat het bij de buurt is", "what time it is at the neighbourhood"),
        "key": ("in welk boek de lijst komt", "in which book the list will be"),
        "leaf": ("de verzegelde lijst", "the list, sealed"),
        "by": ("wie het bewijs tekent", "who signs the receipt"),
        "signature": ("diens handtekening", "their signature"),
    },
)
_STANDING = _own(
    "standing",
    Kind.TRANSACTION,
    (Purpose.MEMBERSHIP,),
    Said("Zodat een huis weet hoe het bekendstaat.", "So that a home knows how it is known."),
    {
        "member": ("een naam die niets over je zegt", "a name that says nothing of you"),
        "first_day": ("vanaf wanneer", "from when on"),
        "last_day": ("tot wanneer", "until when"),
        "cable": ("aan welke kabel", "on which cable"),
        "connection": ("hoe groot de aansluiting is", "how big the connection is"),
        "last_number": ("het laatste volgnummer", "the last serial number"),
        "heard": (
            "van hoeveel kwartieren per dag iets is gehoord",
            "of how many quarter-hours a day something was heard",
        ),
        "stays": ("wat na vertrek blijft, en waarom", "what stays after leaving, and why"),
    },
)
_AGREED = _own(
    "agreed",
    Kind.COMMONS,
    (Purpose.OWN, Purpose.MEMBERSHIP),
    Said(
        "Zodat een huis ziet waarvoor de buurt toestemming mag vragen, en welke ze heeft.",
        "So that a home sees what the neighbourhood may ask consent for, and which it has.",
    ),
    {
        "asked": ("waarvoor de buurt mag vragen", "what the neighbourhood may ask for"),
        "given": ("wat dit huis heeft toegestaan", "what this home allowed"),
        "purpose": ("waarvoor", "what for"),
        "day": ("vanaf wanneer", "from when on"),
        "until": ("tot wanneer", "until when"),
    },
)
_POSITIONS = _own(
    "positions",
    Kind.TRANSACTION,
    (Purpose.MARKET, Purpose.OWN),
    Said("Zodat een huis weet wat het kocht en verkocht.", "So that a home knows what it bought and sold."),
    {
        "start": ("vanaf welk kwartier", "from which quarter-hour on"),
        "wh": ("hoeveel per kwartier", "how much per quarter-hour"),
        "band_kw": ("de bandbreedte van de aansluiting", "the band of the connection"),
    },
)
_BILL = _own(
    "bill",
    Kind.TRANSACTION,
    (Purpose.OWN, Purpose.SETTLEMENT, Purpose.SUPPORT),
    Said("Om te kunnen zien wat je betaalt en waarom.", "To be able to see what you pay and why."),
    {
        "first": ("de eerste dag", "the first day"),
        "last": ("de laatste dag", "the last day"),
        "total_units": ("het totaal", "the total"),
        "lines": ("de regels", "the lines"),
        "days": ("de dagen", "the days"),
        "corrections": ("wat later is verbeterd", "what was corrected later"),
        "waiting": ("dagen die er nog niet op staan", "days that are not on it yet"),
        "benefit": ("wat andere regels hadden gekost", "what other rules would have cost"),
        "charters": ("welke versies van het reglement golden", "which versions of the charter held"),
        "version": ("welke versie", "which version"),
        "code": ("welke soort regel", "which kind of line"),
        "text": ("de regel in woorden", "the line in words"),
        "amount_units": ("het bedrag", "the amount"),
        "energy_wh": ("hoeveel stroom", "how much power"),
        "because": ("waarom", "why"),
        "otherwise": ("hoe het anders had gekund", "how it could have been"),
        "day": ("welke dag", "which day"),
        "taken_wh": ("wat je afnam", "what you took"),
        "given_wh": ("wat je teruggaf", "what you gave"),
        "units": ("wat het kostte", "what it cost"),
        "estimated": ("welke kwartieren zijn geschat", "which quarter-hours are estimated"),
        "corrected": ("of het later is verbeterd", "whether it was corrected later"),
        "moments": ("de kwartieren die ertoe deden", "the quarter-hours that mattered"),
        "quarter": ("welk kwartier", "which quarter-hour"),
        "metered_wh": ("wat er door de meter ging", "what passed the meter"),
        "agreed_wh": ("wat was afgesproken", "what was agreed"),
        "units_each": ("wat elk kwartier kostte", "what each quarter-hour cost"),
        "unordered": (
            "wat voor je is gedaan als je niets bood",
            "what was done for you where you sent no orders",
        ),
    },
)
_SETTLED = _own(
    "settled",
    Kind.TRANSACTION,
    (Purpose.SETTLEMENT, Purpose.OWN, Purpose.SUPPORT, Purpose.SUPERVISION),
    Said("Om een dag te kunnen narekenen.", "To be able to compute a day again."),
    {
        "member": ("een naam die niets over je zegt", "a name that says nothing of you"),
        "day": ("welke dag", "which day"),
        "revision": ("de hoeveelste versie", "which version"),
        "metered_wh": ("wat er door de meter ging", "what passed the meter"),
        "estimated": ("welke kwartieren zijn geschat", "which quarter-hours are estimated"),
        "cleared_wh": ("wat je kocht en verkocht", "what you bought and sold"),
        "intraday_wh": ("waarvan op de dag zelf", "of it on the day itself"),
        "deviation_wh": ("hoeveel het anders liep", "how much it went otherwise"),
        "bought_units": ("wat kopen kostte", "what buying cost"),
        "sold_units": ("wat verkopen opbracht", "what selling brought"),
        "intraday_units": ("wat het handelen op de dag kostte", "what trading on the day cost"),
        "deviation_units": ("wat het verschil kostte", "what the difference cost"),
        "tax_units": ("de energiebelasting", "the energy tax"),
        "band_units": ("wat boven de bandbreedte ging", "what went beyond the band"),
        "charged_units": ("de hele dag", "all of the day"),
    },
)
_LIKE = _own(
    "like",
    Kind.DEVICE,
    (Purpose.OWN, Purpose.COMPARISON),
    Said("Om je verbruik naast dat van anderen te zien.", "To see your use beside that of others."),
    {
        "days": ("over hoeveel dagen", "of how many days"),
        "taken_wh": ("wat je afnam", "what you took"),
        "given_wh": ("wat je teruggaf", "what you gave"),
        "homes": (
            "hoeveel huizen het zijn; nooit minder dan tien",
            "how many homes they are; never fewer than ten",
        ),
        "theirs_wh": ("wat zij gemiddeld afnamen", "what they took on average"),
        "said": ("het geheel in woorden", "all of it in words"),
    },
)
_STREET = _own(
    "gateway",
    Kind.INFRASTRUCTURE,
    (Purpose.OWN, Purpose.MARKET),
    Said("Om te zien wat de straat nu doet.", "To see what the street does now."),
    {
        "start": ("welk kwartier", "which quarter-hour"),
        "wh": ("hoeveel er van of naar het land ging", "how much went from or to the country"),
    },
)
_LOOKS = _own(
    "looks",
    Kind.COMMONS,
    (Purpose.OWN,),
    Said("Om te zien wie er keek.", "To see who looked."),
    {
        "looks": ("alle keren", "every time"),
        "said": ("wie, wanneer, waarnaar en waarvoor", "who, when, at what and what for"),
    },
)
_DATA = _own(
    "data",
    Kind.COMMONS,
    (Purpose.OWN,),
    Said("Om alles mee te kunnen nemen.", "To be able to take everything along."),
    {"tables": ("alles wat de buurt van dit huis bewaart", "all that the neighbourhood keeps of this home")},
)
_GRID = _own(
    "grid",
    Kind.INFRASTRUCTURE,
    (Purpose.GRID, Purpose.FLEXIBILITY, Purpose.OWN),
    Said(
        "Zodat een huis weet wat de netbeheerder vraagt, koopt of begrenst.",
        "So that a home knows what the grid operator asks, buys or limits.",
    ),
    {
        "asked": ("de vragen", "the requests"),
        "ordered": ("wat is gekocht", "what was bought"),
        "limits": ("de grenzen", "the limits"),
        "id": ("welke vraag", "which request"),
        "request": ("op welke vraag", "on which request"),
        "day": ("welke dag", "which day"),
        "ptu": ("welke kwartieren", "which quarter-hours"),
        "less": ("minder of meer", "less or more"),
        "until": ("tot wanneer je kunt antwoorden", "until when you can answer"),
        "why": ("waarom", "why"),
        "less_wh": ("hoeveel minder of meer", "how much less or more"),
        "comes_back_ptu": ("wanneer het terugkomt", "when it comes back"),
        "comes_back_wh": ("hoeveel er terugkomt", "how much comes back"),
        "paid_units": ("wat je krijgt", "what you are paid"),
        "by": ("welke netbeheerder", "which grid operator"),
        "penalty_ticks": ("wat niet leveren kost", "what not delivering costs"),
        "way": ("afnemen of teruggeven", "taking or giving"),
        "begins": ("vanaf wanneer", "from when on"),
        "ends": ("tot wanneer", "until when"),
        "kw": ("tot hoeveel", "up to how much"),
        "source": ("op wiens woord", "on whose word"),
    },
)
_RECORD = _own(
    "record",
    Kind.TRANSACTION,
    (Purpose.RECORD,),
    Said(
        "Zodat een huis zelf kan nagaan of zijn regels in het gezamenlijke boek staan.",
        "So that a home can itself see whether its lines are on the shared record.",
    ),
    {
        "member": ("een naam die niets over je zegt", "a name that says nothing of you"),
        "secret": (
            "het geheim waarmee je regels verzegeld zijn",
            "the secret with which your lines are sealed",
        ),
        "ledger": ("welk boek", "which ledger"),
        "server": ("wie bewijzen tekent", "who signs receipts"),
        "server_key": ("met welke sleutel", "with which key"),
        "proofs": ("de bewijzen", "the proofs"),
        "key": ("welke post", "which entry"),
        "kind": ("welke soort", "which kind"),
        "day": ("welke dag", "which day"),
        "version": ("de hoeveelste versie", "which version"),
        "stands": ("hoe ver die is", "how far it is"),
        "evidence": ("het bewijs van jouw regel", "the evidence of your line"),
        "since": ("sinds wanneer die wacht", "since when it waits"),
        "late": ("of een boek te laat kwam", "whether a book came late"),
        "why": ("in woorden", "in words"),
        "public_key": ("met welke sleutel dit huis lid werd", "with which key this home joined"),
        "began": ("vanaf welke dag het boek er is", "from which day on there is a record"),
        "restored": ("wanneer het is teruggezet", "when it was put back"),
        "at": ("wanneer", "when"),
        "copied": ("van welke kopie", "from which copy"),
        "size": ("hoe groot die was", "how big that was"),
    },
)
_BOARD = _open(
    "board",
    Said("Om te kunnen plannen.", "To be able to plan."),
    {
        "start": ("vanaf welk kwartier", "from which quarter-hour on"),
        "made_at": ("wanneer gemaakt", "when it was made"),
        "buy_eur_per_kwh": ("wat kopen kost", "what buying costs"),
        "sell_eur_per_kwh": ("wat verkopen opbrengt", "what selling brings"),
        "above_eur_per_kwh": ("wat meer dan afgesproken kost", "what more than agreed costs"),
        "below_eur_per_kwh": ("wat minder dan afgesproken opbrengt", "what less than agreed brings"),
        "margin_eur_per_kwh": ("wat in de straat blijft", "what stays in the street"),
        "published_until": ("tot wanneer prijzen bekend zijn", "until when prices are known"),
        "bid_day": ("de dag waarvoor geboden wordt", "the day that is bid for"),
        "gate": ("wanneer het bieden sluit", "when bidding closes"),
        "surprise_eur_per_kwh": ("hoe prijzen kunnen meevallen of tegenvallen", "how prices may miss"),
        "spread_eur_per_kwh": (
            "het verschil tussen kopen en verkopen",
            "the spread between buying and selling",
        ),
        "vat": ("de btw", "VAT"),
        "notes": ("wat zwakker is dan het hoort", "what is weaker than it should be"),
        "beyond_eur_per_kwh": ("wat boven de bandbreedte kost", "what going beyond a band costs"),
        "ladder": ("wat in ieder huis voorgaat", "what goes first in every home"),
        "agreements": ("welke afspraken tussen buren gelden", "which agreements between neighbours hold"),
    },
)
_AGREED_HOURS = _open(
    "agreed_hours",
    Said(
        "Zodat een huis zich aan een afspraak kan houden zonder dat iemand eraan hoeft te denken.",
        "So that a home can keep an agreement without anybody having to think of it.",
    ),
    {
        "name": ("hoe de afspraak heet", "what the agreement is called"),
        "device": ("over welk soort apparaat", "about which kind of device"),
        "day": ("op welke dag", "on which day"),
        "ptu": ("in welke kwartieren", "in which quarter-hours"),
    },
)
_ABOUT = _open(
    "about",
    Said("Om te weten met wie je te maken hebt.", "To know whom you deal with."),
    {
        "name": ("de naam van de buurt", "the name of the neighbourhood"),
        "version": ("de versie van laag", "the version of laag"),
        "clock": ("de klok", "the clock"),
        "now": ("hoe laat het er is", "what time it is there"),
        "zone": ("de tijdzone", "the time zone"),
        "first_day": ("sinds wanneer de buurt er is", "since when the neighbourhood exists"),
        "members": ("hoeveel huizen meedoen", "how many homes take part"),
        "rule": ("de regel van de markt", "the rule of the market"),
        "policy": ("het beleid", "the policy"),
        "next_gate": ("wanneer het bieden sluit", "when bidding closes"),
    },
)
_SHARED = _open(
    "shared_record",
    Said("Om te zien of het gezamenlijke boek klopt.", "To see whether the shared record is right."),
    {
        "ledger": ("welk boek", "which ledger"),
        "name": ("hoe het heet", "what it is called"),
        "driver": ("hoe het wordt bijgehouden", "how it is kept"),
        "size": ("hoeveel posten", "how many entries"),
        "proven": ("hoeveel daarvan bewezen zijn", "how many of them are proven"),
        "waiting": ("hoeveel er wachten", "how many wait"),
        "since": ("sinds wanneer", "since when"),
        "late": ("welke boeken te laat kwamen", "which books came late"),
        "disputed": ("welke posten worden betwist", "which entries are disputed"),
        "well": ("of alles in orde is", "whether all is well"),
        "notes": ("alles in woorden", "all of it in words"),
        "id": ("wie het boek bijhoudt", "who keeps the ledger"),
        "group": ("van welke groep", "of which group"),
        "roles": ("in welke rol", "in which role"),
        "signed": ("hoe ver die tekende", "how far it signed"),
        "why": ("waarom niet", "why not"),
        "key": ("welke post", "which entry"),
        "by": ("wie betwist", "who disputes"),
        "reason": ("de vingerafdruk van diens woorden", "the fingerprint of their words"),
        "found": ("diens woorden, als die ze toont", "their words, where they show them"),
    },
)
_MARKET = group(
    "market",
    Kind.TRANSACTION,
    Scale.STREET,
    Party.EVERYBODY,
    (Purpose.PUBLIC, Purpose.MARKET),
    keeps=None,
    why=Said("Om de markt te kunnen narekenen.", "To be able to check the market."),
    least=Said(
        "Hoeveelheden van minder dan tien huizen samen zien alleen de leden.",
        "Quantities of fewer than ten homes together are shown to members only.",
    ),
    fields={
        "day": Said("welke dag", "which day"),
        "closed": Said("of het bieden gesloten is", "whether bidding has closed"),
        "regime": Said("hoe het net ervoor staat", "how the grid stands"),
        "day_ahead_ticks": Said("de prijs van het land", "the country's price"),
        "landed_ticks": Said("die prijs in de straat", "that price in the street"),
        "export_ticks": Said("wat naar het land opbrengt", "what selling to the country brings"),
        "buyer_centiticks": Said("wat kopers betalen", "what buyers pay"),
        "seller_centiticks": Said("wat verkopers krijgen", "what sellers get"),
        "margin_centiticks": Said("wat ertussen blijft", "what stays between"),
        "bought_wh": Said("hoeveel samen is gekocht", "how much was bought together"),
        "sold_wh": Said("hoeveel samen is verkocht", "how much was sold together"),
        "imported_wh": Said("hoeveel van het land kwam", "how much came from the country"),
        "exported_wh": Said("hoeveel naar het land ging", "how much went to the country"),
        "note": Said("dat het om weinig huizen gaat", "that they are few homes"),
    },
)
FIELDS = (
    *_TAKEN,
    *_STANDING,
    *_AGREED,
    *_POSITIONS,
    *_BILL,
    *_SETTLED,
    *_LIKE,
    *_STREET,
    *_LOOKS,
    *_DATA,
    *_GRID,
    *_RECORD,
    *_BOARD,
    *_AGREED_HOURS,
    *_ABOUT,
    *_SHARED,
    *_MARKET,
)
