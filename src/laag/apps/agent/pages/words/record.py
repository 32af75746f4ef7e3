"""What pages say of the shared record: never more than this home checked."""

from __future__ import annotations

from collections.abc import Mapping

from laag.foundation.words import Said

TITLE = Said("Het gezamenlijke boek", "The shared record")
LEAD = Said(
    "De buurt legt elke dag vast wat iedereen bestelde, wat de meters zeiden en wat het kostte, in een boek dat de leden samen bewaken. "
    "Er staat niets persoonlijks in; dit huis heeft de sleutel tot zijn eigen regels en controleert die zelf.",
    "Every day the neighbourhood commits what everybody ordered, what the meters said and what it cost, to a record that its members "
    "watch together. Nothing personal is in it; this home has the key to its own lines and checks them itself.",
)
NAME = Said("Naam van het boek", "Name of the record")
COMPARE = Said(
    "Vraag een buur of het boek daar net zo heet. Zo niet, dan worden er twee boeken getoond, en klopt er iets niet.",
    "Ask a neighbour whether the record has the same name there. If not, two records are being shown, and something is wrong.",
)
WHOLE_NAME = Said("Voluit", "In full")
SEEN = Said("Het nieuwste dat dit huis ervan zag", "The newest that this home saw of it")
SEEN_SAID = Said("{count} inschrijvingen", "{count} entries")
NOT_SEEN = Said("nog niets", "nothing yet")
NONE = Said(
    "Dit huis kent nog geen gezamenlijk boek van deze buurt. Het vraagt ernaar zodra de buurt er is.",
    "This home knows no shared record of this neighbourhood yet. It asks for it as soon as the neighbourhood is there.",
)

HOLDS = Said("Vastgelegd en nagerekend", "Committed and recomputed")
HOLDS_NOT_FINAL = Said("Vastgelegd", "Committed")
NOT_YET = Said("Nog niet vastgelegd", "Not committed yet")
BAD = Said("Dit klopt niet", "This does not hold")
LOST = Said("Niet meer te laten zien", "Can no longer be shown")
BEFORE = Said("Van voor het gezamenlijke boek", "From before the shared record")
BEFORE_SAID = Said(
    "Deze buurt houdt het gezamenlijke boek bij vanaf {began}. Van eerdere dagen is niets vastgelegd; daar gold alleen de rekening zelf.",
    "This neighbourhood has kept the shared record since {began}. Of earlier days nothing was committed; of those there is the bill alone.",
)
NOW_DAY = Said("{day}: {why}", "{day}: {why}")
NOW_MORE_ONE = Said("Er is nog één melding.", "There is one more notice.")
NOW_MORE = Said("Er zijn nog {count} meldingen.", "There are {count} more notices.")
NOW_LINK = Said("Lees wat er is gevonden en wat je kunt doen", "Read what was found and what you can do")

METER_SAME = Said(
    "De metingen in het boek zijn kwartier voor kwartier die van je eigen meter.",
    "The readings in the record are, quarter-hour by quarter-hour, those of your own meter.",
)
METER_SAME_MEASURED = Said(
    "Wat er als meting in het boek staat en dit huis ook zelf mat, is kwartier voor kwartier hetzelfde.",
    "What stands in the record as a reading and this home measured too is the same, quarter-hour by quarter-hour.",
)
METER_OTHER_ONE = Said(
    "Eén kwartier staat anders in het boek dan je eigen meter zei, {off} Wh; tot {most} Wh per dag kan afronding zijn.",
    "One quarter-hour stands otherwise in the record than your own meter said, by {off} Wh; up to {most} Wh a day may be rounding.",
)
METER_OTHER = Said(
    "{count} kwartieren staan anders in het boek dan je eigen meter zei, samen {off} Wh; tot {most} Wh per dag kan afronding zijn.",
    "{count} quarter-hours stand otherwise in the record than your own meter said, {off} Wh together; up to {most} Wh a day may be rounding.",
)
METER_ESTIMATED_ONE = Said(
    "Eén kwartier is geschat: daarvan had de buurt geen meting.",
    "One quarter-hour is estimated: the neighbourhood had no reading of it.",
)
METER_ESTIMATED = Said(
    "{count} kwartieren zijn geschat: daarvan had de buurt geen meting.",
    "{count} quarter-hours are estimated: the neighbourhood had no reading of them.",
)
METER_ESTIMATED_OFF = Said(
    "De schatting is {off} Wh naast wat je eigen meter zei (plus is meer afgenomen); een correctie volgt zodra de buurt de meting heeft.",
    "The estimate is {off} Wh beside what your own meter said (plus is more taken); a correction follows once the neighbourhood has the reading.",
)
METER_ESTIMATED_RIGHT = Said(
    "De schatting komt uit op wat je eigen meter zei.", "The estimate comes to what your own meter said."
)
METER_UNKNOWN_ONE = Said(
    "Van één kwartier heeft dit huis zelf geen meting meer, dus dat is niet vergeleken.",
    "Of one quarter-hour this home has no reading of its own any more, so that was not compared.",
)
METER_UNKNOWN = Said(
    "Van {count} kwartieren heeft dit huis zelf geen meting meer, dus die zijn niet vergeleken.",
    "Of {count} quarter-hours this home has no reading of its own any more, so those were not compared.",
)

IN = Said("Deze dag staat in het gezamenlijke boek.", "This day is in the shared record.")
SIGNED = Said(
    "{signed} van de {members} leden tekenden ervoor; {recomputed}.",
    "{signed} of the {members} members signed for it; {recomputed}.",
)
RECOMPUTED: Mapping[int, Said] = {
    0: Said("niemand rekende het nog na", "nobody has recomputed it yet"),
    1: Said("één rekende het zelf na", "one recomputed it"),
}
RECOMPUTED_MORE = Said("{count} rekenden het zelf na", "{count} recomputed it themselves")
ALONE = Said(
    "Dat boek houdt de buurt alleen bij: er kijkt niemand anders mee.",
    "The neighbourhood keeps that record alone: nobody else watches.",
)
SELF = Said("Jouw huis controleerde dit zelf {at}.", "Your home checked this itself {at}.")
AT = Said("om {time}", "at {time}")
AT_DAY = Said("op {day} om {time}", "on {day} at {time}")
WAITS = Said(
    "Nog niet: deze dag wacht sinds {since} tot hij in het gezamenlijke boek staat en genoeg leden ervoor tekenden. Het huis kijkt vanzelf opnieuw.",
    "Not yet: since {since} this day has been waiting to be in the shared record with enough members' signatures. The home looks again by itself.",
)
ERASED = Said(
    "Het geheim van dit huis is op verzoek gewist. Dat deze dag in het boek van jou was, kan niemand meer laten zien.",
    "This home's secret was erased at its wish. That this day in the record was yours, nobody can show any more.",
)
UNKNOWN = Said(
    "Dit huis heeft deze dag nog niet gecontroleerd; dat doet het vanzelf.",
    "This home has not checked this day yet; it will by itself.",
)
OTHER_NOW = Said(
    "Het bedrag op deze bladzijde is een ander dan dit huis {at} controleerde. Er kwam een correctie, of er klopt iets niet: het huis kijkt opnieuw.",
    "The amount on this page is another than this home checked {at}. A correction came, or something is wrong: the home looks again.",
)
BY_LATE = Said(
    "De orders van deze dag stonden pas in het boek toen de prijzen al bekend waren: dat ze daarna niet veranderd zijn, is niet bewezen.",
    "The orders of this day came into the record only when prices were known: that they were not changed after that is not proven.",
)

HOW = Said("Wat er is nagegaan", "What was checked")
PARTS: Mapping[str, Said] = {
    "settle": Said("Wat de dag kostte", "What the day cost"),
    "meter": Said("Wat de meter zei", "What the meter said"),
    "book": Said("Wat je huis bestelde", "What your home ordered"),
    "clear": Said("Wat de markt ervan maakte", "What the market made of it"),
}
PART_HOLDS = Said("klopt: {key}, inschrijving {index} van {size}", "holds: {key}, entry {index} of {size}")
PART_WAITS = Said("nog niet vastgelegd", "not committed yet")
PART_NONE = Said("niet gecontroleerd", "not checked")
RECEIPT = Said("Kwitantie voor je orders", "Receipt for your orders")
RECEIPT_HOLDS = Said(
    "{by} tekende vooraf voor deze lijst, en precies die staat in het boek",
    "{by} signed for this list beforehand, and exactly that one is in the record",
)
RECEIPT_KEPT = Said(
    "{by} tekende ervoor; het boek is nog niet gecontroleerd",
    "{by} signed for it; the book was not checked yet",
)
LIMITS = Said(
    "Zo weet je dat dit bedrag is wat er vastligt, en dat niemand het daarna ongezien kan veranderen. Dat het ook juist is, weet je van "
    "de leden die het narekenden, of als je het zelf laat narekenen.",
    "So you know that this amount is what was committed, and that nobody can change it unseen after that. That it is right as well you "
    "know from the members who recomputed it, or by having it recomputed yourself.",
)
SIGNERS = Said("Wie tekenden", "Who signed")
RECOMPUTERS = Said("Wie het narekenden", "Who recomputed it")
NOBODY = Said("niemand", "nobody")
DOWNLOAD = Said("Neem het bewijs mee", "Take the evidence along")
DOWNLOAD_HOW = Said(
    "Iedereen kan het nakijken, zonder netwerk: laag verify {file}",
    "Anybody can check it, without a network: laag verify {file}",
)
SQUARE = Said(
    "Met je telefoon ophalen, op het netwerk van dit huis", "Fetch it with your phone, on this home's network"
)
SQUARE_TITLE = Said("Vierkantje met het adres van dit bewijs", "Square with the address of this evidence")
NO_SQUARE = Said(
    "Op je telefoon ophalen kan als je deze bladzijde opent onder het adres dat dit huis op je netwerk heeft.",
    "To fetch it on a phone, open this page by the address that this home has on your network.",
)
NOTHING_TO_TAKE = Said("Van deze dag is nog geen bewijs.", "There is no evidence of this day yet.")

ALARM = Said("Het gezamenlijke boek klopt niet", "The shared record does not hold")
ALARM_SINCE = Said("Sinds {since}:", "Since {since}:")
EARLIER = Said("Wat eerder niet klopte", "What did not hold before")
EARLIER_ONE = Said(
    "{day}: {why} Het klopt weer sinds {over}.", "{day}: {why} It has held again since {over}."
)
MORE = Said("Meer over het gezamenlijke boek", "More of the shared record")
ON_BILL = Said(
    "Dagen op deze rekening: {days}. Daarvan met het bedrag dat hier staat in het gezamenlijke boek: {held}; door meer dan twee derde van de "
    "leden bevestigd: {final}. Jouw huis controleerde dat zelf.",
    "Days on this bill: {days}. Of these in the shared record with the amount that is shown here: {held}; confirmed by more than two thirds of "
    "the members: {final}. Your home checked that itself.",
)
ON_BILL_ALONE = Said(
    "Dagen op deze rekening: {days}. Daarvan met het bedrag dat hier staat in het boek van de buurt: {held}. Jouw huis controleerde dat zelf. Er "
    "kijkt niemand anders mee.",
    "Days on this bill: {days}. Of these in the neighbourhood's record with the amount that is shown here: {held}. Your home checked that itself. "
    "Nobody else watches.",
)
ON_BILL_BAD = Said(
    "Dagen waarbij iets niet klopt: {bad}; bij de dag staat wat.",
    "Days with which something is wrong: {bad}; the day says what.",
)
DAY_BAD = Said("klopt niet met het gezamenlijke boek", "does not agree with the shared record")

_SHOW = Said(
    "Neem het bewijs mee, laat het aan een ander lid van het boek zien, en vraag de beheerder om uitleg.",
    "Take the evidence along, show it to another member of the record, and ask the operator to explain.",
)
_STOP = Said(
    "Vertrouw geen nieuwe dagen voordat de leden hebben uitgezocht wat er gebeurde; vraag een buur of het daar ook zo is.",
    "Trust no new days before the members have found out what happened; ask a neighbour whether it is so there as well.",
)
_WAIT = Said(
    "Een lid kan weg zijn. Duurt het langer dan een paar dagen, vraag dan wie er niet meer meetekent.",
    "A member may be away. If it takes more than a few days, ask who no longer signs.",
)
MEANS: Mapping[str, tuple[Said, Said]] = {
    "amount": (
        Said("De rekening en het boek noemen voor deze dag een ander bedrag.", "The bill and the record give different amounts for this day."),
        _SHOW,
    ),
    "line": (
        Said("De bedragen die getoond worden zijn niet die in het boek staan.", "The amounts that are shown are not those in the record."),
        _SHOW,
    ),
    "salt": (
        Said("De regel die getoond wordt is niet van dit huis.", "The line that is shown is not this home's."),
        _SHOW,
    ),
    "line-path": (
        Said("De getoonde regel staat niet in het boek van die dag.", "The line that is shown is not in that day's book."),
        _SHOW,
    ),
    "other-line": (
        Said("Er wordt een andere regel getoond dan gevraagd was.", "Another line is shown than was asked for."),
        _SHOW,
    ),
    "no-line": (
        Said("Deze dag staat op je rekening en niet in het boek.", "This day is on your bill and not in the record."),
        _SHOW,
    ),
    "unlike": (
        Said("De buurt zegt zelf dat haar logboek en het boek verschillen.", "The neighbourhood says itself that its log and the record differ."),
        _SHOW,
    ),
    "unsigned": (
        Said("Na een dag hebben nog te weinig leden voor het boek getekend.", "After a day too few members have signed for the record."),
        _WAIT,
    ),
    "too-few": (
        Said("Te weinig leden tekenden voor wat hier getoond wordt.", "Too few members signed for what is shown here."),
        _WAIT,
    ),
    "rolled-back": (
        Said("Het boek is korter dan toen dit huis het eerder zag: er is iets uit verdwenen.", "The record is shorter than when this home saw it before: something is gone from it."),
        _STOP,
    ),
    "split-view": (
        Said("Dit huis ziet een andere geschiedenis dan eerder: er zijn twee boeken.", "This home is shown another history than before: there are two records."),
        _STOP,
    ),
    "unconnected": (
        Said("Het boek gaat niet verder waar dit huis het eerder zag.", "The record does not go on from where this home saw it before."),
        _STOP,
    ),
    "other-ledger": (
        Said("Er wordt een ander boek getoond dan waar dit huis bij hoort.", "Another record is shown than the one this home belongs to."),
        _STOP,
    ),
    "receipt-broken": (
        Said("Vooraf werd getekend voor jouw orders, en in het boek staan andere.", "Your orders were signed for beforehand, and others are in the record."),
        _SHOW,
    ),
    "receipt-unshown": (
        Said("Vooraf werd getekend voor jouw orders, en het boek ervan wordt niet getoond.", "Your orders were signed for beforehand, and their book is not shown."),
        _SHOW,
    ),
    "receipt-other": (
        Said("Er werd getekend voor andere orders dan dit huis stuurde.", "Other orders were signed for than this home sent."),
        _SHOW,
    ),
    "list-not-ours": (
        Said("In het boek staan orders op naam van dit huis die dit huis niet stuurde.", "The book has orders in this home's name that this home did not send."),
        _SHOW,
    ),
    "list-left-out": (
        Said("Orders van dit huis werden aangenomen en staan niet in het boek.", "Orders of this home were taken and are not in the book."),
        _SHOW,
    ),
    "meter": (
        Said("In het boek staan andere metingen dan je eigen meter gaf.", "The record has other readings than your own meter gave."),
        Said("Neem het bewijs mee en vraag de beheerder om uitleg; wat je meter zei, staat bij ‘Gegevens’.", "Take the evidence along and ask the operator to explain; what your meter said is under ‘My data’."),
    ),
    "other-key": (
        Said("De buurt houdt een andere sleutel voor die van dit huis: iemand anders kan er in naam van dit huis mee tekenen.", "The neighbourhood holds another key to be this home's: somebody else can sign in this home's name."),
        Said("Vraag de beheerder wanneer en door wie die sleutel is opgegeven, en word met een nieuwe code opnieuw lid.", "Ask the operator when and by whom that key was given, and join again with a new code."),
    ),
    "made-anew": (
        Said("Deze dag is in het boek opnieuw gemaakt nadat dit huis hem had nagekeken.", "This day was made anew in the record after this home had verified it."),
        _SHOW,
    ),
    "restored": (
        Said("De buurt is teruggezet van een kopie, en het boek is daardoor korter dan toen dit huis het eerder zag.", "The neighbourhood was put back from a copy, so the record is shorter than when this home saw it before."),
        Said("Vraag de beheerder wat er gebeurde. Klopt dat niet met wat je buren zien, laat dan aan een ander lid zien wat dit huis bewaarde.", "Ask the operator what happened. If that is not what your neighbours see, show another member what this home kept."),
    ),
    "lost": (
        Said("De buurt is teruggezet van een kopie en kan van deze dag niet meer alles laten zien.", "The neighbourhood was put back from a copy and can no longer show everything of this day."),
        Said("Wat dit huis eerder nakeek, blijft geldig. Komt er een correctie, dan kijkt het die vanzelf na.", "What this home verified before stays valid. If a correction comes, it checks that by itself."),
    ),
    "receipt-lost": (
        Said("Je orders gingen verloren toen de buurt werd teruggezet van een kopie.", "Your orders were lost when the neighbourhood was put back from a copy."),
        Said("Kostte dat geld, vraag de beheerder dan om het recht te zetten; de kwitantie is je bewijs.", "If that cost money, ask the operator to put it right; the receipt is your proof."),
    ),
    "upgrade": (
        Said("De leden gaan verder met regels die dit huis nog niet kent.", "The members go on by rules that this home does not know yet."),
        Said("Werk laag bij op dit huis; er is niets verloren.", "Update laag on this home; nothing is lost."),
    ),
}  # fmt: skip
FORGED = (
    Said(
        "Handtekeningen, plaatsen of leden in wat getoond wordt kloppen niet: het is veranderd of nagemaakt.",
        "Signatures, places or members in what is shown do not hold: it was altered or made up.",
    ),
    _SHOW,
)
"""Of every other code."""
