"""What these pages say."""

from __future__ import annotations

from laag.foundation.words import Said

TITLE = Said("Advies uit je eigen meter", "Advice from your own meter")
LEAD = Said(
    "Wat je meter en het weer samen vertellen over dit huis, en wat minder kan. Alles is hier in huis uitgerekend; niets "
    "hiervan gaat naar buiten.",
    "What your meter and the weather together tell of this home, and what could be less. All of it is worked out here at "
    "home; nothing of it leaves.",
)
SEEN = Said("Wat er te zien is", "What can be seen")
NOTHING_YET = Said(
    "Er is nog geen hele nacht gemeten. Kom over een week terug, dan staat hier wat er altijd aan staat.",
    "No whole night was measured yet. Come back in a week, and what is always on will be here.",
)
FIRST_DAYS = Said(
    "Er is van {days} dagen iets gemeten. Na een week is te zien wat er altijd aan staat; na een paar koude weken ook wat "
    "verwarmen kost.",
    "{days} days were measured so far. After a week you see what is always on; after some cold weeks also what heating takes.",
)
MEASURES = Said("Wat je kunt doen", "What you can do")
NO_MEASURES = Said(
    "Er is nu niets wat genoeg scheelt om te noemen. Vul hieronder iets in over je huis, dan wordt er meer gekeken.",
    "There is nothing now that would make enough of a difference. Say something of your home below, and more is looked at.",
)
SAVES = Said(
    "ongeveer {about} per jaar, tussen {low} en {high} ({amount} {unit})",
    "about {about} a year, between {low} and {high} ({amount} {unit})",
)
DONE = Said("Dit heb ik gedaan", "I did this")
EXAMPLE_PRICES = Said(
    "Gas is gerekend met een voorbeeldprijs van {gas} per m³; vul hieronder je eigen prijs in.",
    "Gas was counted at an example price of {gas} a m³; write your own price below.",
)
NOT_SUMMED = Said(
    "Tel de maatregelen niet bij elkaar op: wat de een bespaart, kan de ander niet nog eens besparen.",
    "Do not add the measures up: what one saves, another cannot save again.",
)
EFFECT = Said("Wat het bracht", "What it brought")
EFFECT_LEAD = Said(
    "Vóór en na naast elkaar, met de kou eruit gerekend. Van elke stap apart, vergeleken met de stap ervoor.",
    "Before and after side by side, with the cold taken out. Each step on its own, beside the step before it.",
)
EFFECT_SURE = Said(
    "{what} (sinds {since}): {unit_what} ongeveer {saved} {unit} per jaar {way}, met negen van de tien kans tussen {low} en "
    "{high}. Dat was {before} {unit}.",
    "{what} (since {since}): about {saved} {unit} of {unit_what} a year {way}, nine times in ten between {low} and {high}. It "
    "was {before} {unit}.",
)
EFFECT_UNSURE = Said(
    "{what} (sinds {since}): van {unit_what} is nog niet te zeggen of het scheelt; het ligt tussen {low} en {high} {unit} per "
    "jaar minder.",
    "{what} (since {since}): of {unit_what} it cannot be said yet whether it makes a difference; it is between {low} and {high} "
    "{unit} a year less.",
)
EFFECT_LATER = Said(
    "{what} (sinds {since}): van {unit_what} is nog niets te zeggen. Daarvoor zijn ervoor en erna drie weken nodig, met koude "
    "en minder koude dagen.",
    "{what} (since {since}): nothing can be said of {unit_what} yet. It takes three weeks before and after, with cold and less "
    "cold days.",
)
LESS = Said("minder", "less")
MORE = Said("meer", "more")
POWER = Said("stroom", "electricity")
GAS = Said("gas", "gas")
FORGET_STEP = Said("Haal ‘{what}’ weg", "Take away ‘{what}’")
ADD_STEP = Said("Een stap opschrijven", "Write down a step")
STEP = Said("Wat is er veranderd?", "What changed?")
SINCE = Said("Sinds", "Since")
KEEP = Said("Bewaren", "Keep")
INSIGHT = Said("We gingen op ons verbruik letten (inzicht)", "We began to watch our use (insight)")
CONTROL = Said("laag ging apparaten sturen (sturing)", "laag began to steer devices (control)")
CONTROL_NOTE = Said(
    "Sturen schuift vooral naar goedkopere uren; wat dat scheelt, staat op je rekening.",
    "Steering mostly moves to cheaper hours; what that makes is on your bill.",
)
HOME = Said("Over je huis", "About your home")
HOME_LEAD = Said(
    "Je hoeft niets in te vullen. Wat je invult, blijft hier en maakt het advies preciezer.",
    "You need not say anything. What you say stays here and makes the advice more precise.",
)
BUILT = Said("Bouwjaar", "Building year")
SIZE = Said("Woonoppervlak in m²", "Floor area in m²")
KIND = Said("Soort woning", "Kind of home")
PEOPLE = Said("Aantal bewoners", "Number of people")
HEATED = Said("Verwarming", "Heating")
RENTS = Said("Huur of koop", "Rented or owned")
RENTED = Said("huur", "rented")
OWNED = Said("koop", "owned")
LAMPS = Said("Gloei- en halogeenlampen die er nog zijn", "Bulbs and halogen lamps that are still there")
GAS_PRICE = Said("Je gasprijs in euro per m³", "Your gas price in euros a m³")
UNSAID = Said("zeg ik niet", "not said")
WRONG = Said(
    "Een van de getallen kan niet kloppen; kijk ze na of laat ze leeg.",
    "One of the numbers cannot be right; look at them again or leave them empty.",
)
WRONG_DAY = Said("Kies een dag die er al was.", "Choose a day that has been.")
TENANT = Said("Wat je als huurder mag", "What you may do as a tenant")
TENANT_SAID = Said(
    "laag stuurt alleen apparaten die hier zijn aangesloten. Wat van de verhuurder is, zoals de ketel of de zonnepanelen op "
    "het dak, sturen we alleen als die het goedvindt. Panelen van de verhuurder staan hier niet als de jouwe; jouw deel "
    "ervan, als de buurt dat verdeelt, staat op je rekening.",
    "laag steers only devices that are connected here. What is the landlord's, such as the boiler or the panels on the roof, "
    "we steer only with the landlord's leave. The landlord's panels are not shown as yours; your share of them, where the "
    "neighbourhood shares it out, is on your bill.",
)
MORE_PAGES = Said("Verder", "Further")
TO_COACH = Said("Een energiecoach uitnodigen", "Invite an energy coach")
TO_MEANS = Said("Weegt energie zwaar?", "Does energy weigh heavily?")
TO_COMPARE = Said("Vergelijken met huizen zoals het jouwe", "Compare with homes like yours")
TO_MOVE = Said("Verhuizen of vertrekken", "Move or leave")
TO_ADVICE = Said("Advies uit je eigen meter", "Advice from your own meter")

MEANS_TITLE = Said("Weegt energie zwaar?", "Does energy weigh heavily?")
MEANS_LEAD = Said(
    "Je kunt hier nagaan hoe zwaar energie weegt op wat er binnenkomt. Wat je invult en wat eruit komt, blijft in dit huis: "
    "het gaat niet naar de buurt, niet naar een coach en niet in een rapport.",
    "Here you can see how heavily energy weighs on what comes in. What you say and what comes of it stays in this home: it "
    "goes to no neighbourhood, no coach and no report.",
)
MEANS_BAND = Said("Wat er per maand netto binnenkomt", "What comes in a month, net")
MEANS_COST = Said(
    "Wat je per maand aan energie betaalt, in euro", "What you pay for energy a month, in euros"
)
MEANS_COST_HINT = Said(
    "Leeg: gerekend met de laatste vier weken van je meter, zonder vaste kosten.",
    "Empty: worked out from the last four weeks of your meter, without fixed costs.",
)
MEANS_LOOK = Said("Uitrekenen", "Work it out")
MEANS_FORGET = Said("Vergeet wat ik invulde", "Forget what I said")
MEANS_UNKNOWN = Said(
    "Er is nog te weinig gemeten; vul zelf in wat je per maand betaalt.",
    "Too little was measured yet; write down what you pay a month.",
)
MEANS_RULES = Said(
    "Gerekend naar de monitor van CBS en TNO: een laag inkomen met een hoge rekening. De grenzen zijn voorbeelden en niet "
    "nagelezen bij de bron; het is een teken voor jou, geen oordeel.",
    "Worked out after the monitor of CBS and TNO: a low income with a high bill. The lines are examples and were not checked "
    "at the source; it is a sign for you, no verdict.",
)
SUPPORT = Said("Steun uit de buurt", "Support from the neighbourhood")
SUPPORT_LEAD = Said(
    "Wie dat wil, kan om steun uit het buurtfonds vragen. Alleen je ja gaat naar de buurt: niet waarom, en niet wat er "
    "binnenkomt. Wie het fonds beheert, ziet welk lid ja zei; anderen lezen alleen hoeveel er samen uitging, en pas vanaf "
    "tien huizen.",
    "Who wants to can ask for support from the community fund. Only your yes goes to the neighbourhood: not why, and not what "
    "comes in. Who keeps the fund sees which member said yes; others read only how much went out in all, and only from ten "
    "homes on.",
)
SUPPORT_MONTHS = Said("Voor hoeveel maanden", "For how many months")
SUPPORT_ASK = Said("Vraag om steun", "Ask for support")
SUPPORT_STOP = Said("Ik heb het niet meer nodig", "I need it no longer")
SUPPORT_ASKED = Said("Je hebt steun gevraagd tot en met {month}.", "You asked for support through {month}.")
SUPPORT_GIVEN = Said("In {month} kreeg je {eur}.", "In {month} you received {eur}.")
SUPPORT_ALL = Said(
    "In {month} ging er {eur} steun naar {homes} huizen samen.",
    "In {month} {eur} of support went to {homes} homes in all.",
)
SUPPORT_STOPPED = Said("Je vraag is ingetrokken.", "Your request was taken back.")
NEEDS_STREET = Said(
    "Dit gaat via de buurt, en dit huis doet nog met geen buurt mee.",
    "This goes through the neighbourhood, and this home has not joined one yet.",
)
STREET_AWAY = Said(
    "De buurt antwoordt nu niet; probeer het later nog eens.",
    "The neighbourhood does not answer now; try again later.",
)

COMPARE_TITLE = Said("Huizen zoals het jouwe", "Homes like yours")
COMPARE_LEAD = Said(
    "Met je toestemming stuurt dit huis één keer per maand hoeveel stroom en gas er die maand door de meter ging, en in "
    "welke ruime klassen je huis valt. Daarvoor krijg je de vergelijking terug.",
    "With your consent this home sends once a month how much electricity and gas passed the meter that month, and which wide "
    "classes your home is of. In return you get the comparison.",
)
COMPARE_SENDS = Said("Dit gaat dan weg", "This is what goes then")
COMPARE_YES = Said("Ja, vergelijk mee", "Yes, compare")
COMPARE_NO = Said("Stop en vergeet wat er gestuurd is", "Stop and forget what was sent")
COMPARE_ON = Said("Je vergelijkt mee tot en met {until}.", "You compare through {until}.")
COMPARE_STOPPED = Said(
    "Je vergelijkt niet meer mee; wat er gestuurd was, is in de buurt gewist.",
    "You compare no longer; what was sent was erased in the neighbourhood.",
)
COMPARE_MONTH = Said("In {month}", "In {month}")
COMPARE_NOTHING = Said(
    "Er is nog geen hele maand gestuurd. In de eerste dagen van een nieuwe maand staat het hier.",
    "No whole month was sent yet. In the first days of a new month it is here.",
)
COMPARE_WEATHER = Said(
    "Iedereen hier had hetzelfde weer, dus dat maakt binnen een maand niet uit. Je eigen verbruik naast dat van vorig jaar, "
    "met de kou eruit gerekend, staat bij het advies.",
    "Everybody here had the same weather, so within a month it makes no difference. Your own use beside last year's, with the "
    "cold taken out, is with the advice.",
)

COACH_TITLE = Said("Een energiecoach", "An energy coach")
COACH_LINK_WORD = Said("Meekijken", "Look along")
COACH_LEAD = Said(
    "Je kunt iemand laten meekijken die er verstand van heeft. Jij bepaalt wat die ziet en tot wanneer, je leest hier "
    "wanneer er gekeken is, en je kunt het meteen weer stoppen.",
    "You can let somebody look along who knows about energy. You decide what they see and until when, you read here when they "
    "looked, and you can stop it at once.",
)
COACH_SEES = Said("Wat mag de coach zien?", "What may the coach see?")
COACH_DAYS = Said("Hoe lang", "For how long")
COACH_INVITE = Said("Maak een link voor de coach", "Make a link for the coach")
COACH_LINK = Said(
    "Geef deze link aan de coach; die maakt er één keer een account mee. De link werkt drie dagen:",
    "Give this link to the coach, who makes an account with it, once. The link works for three days:",
)
COACH_UNTIL = Said("De coach mag kijken tot {until}, naar:", "The coach may look until {until}, at:")
COACH_END = Said("Stop nu", "Stop now")
COACH_ENDED = Said("De coach kan niets meer zien.", "The coach can see nothing any more.")
COACH_LOOKS = Said("Wanneer er gekeken is", "When they looked")
COACH_NO_LOOKS = Said("Er is nog niet gekeken.", "Nobody looked yet.")
COACH_LOOKED = Said("{at}: {name} keek naar {what}.", "{at}: {name} looked at {what}.")
COACH_ONE = Said(
    "Er is al een coach; stop die eerst als je een ander wilt.",
    "There is a coach already; stop that one first if you want another.",
)
COACH_PICK = Said(
    "Kies minstens één ding dat de coach mag zien.", "Choose at least one thing that the coach may see."
)
COACH_OVER = Said("Meekijken is voorbij", "Looking along is over")
COACH_OVER_SAID = Said(
    "De bewoner heeft het gestopt, of de tijd is om. Er is niets meer te zien.",
    "The resident stopped it, or the time is over. There is nothing to see any more.",
)
COACH_PAGE = Said("Meekijken bij {name}", "Looking along at {name}")
COACH_PAGE_LEAD = Said(
    "De bewoner laat je dit zien tot {until}. Elke keer dat je kijkt, kan de bewoner dat lezen.",
    "The resident lets you see this until {until}. The resident can read each time that you look.",
)
COACH_DAY = Said("Dag", "Day")
COACH_KWH = Said("Stroom, kWh", "Electricity, kWh")
COACH_M3 = Said("Gas, m³", "Gas, m³")
COACH_C = Said("Buiten, °C", "Outside, °C")
COACH_BASE = Said("Altijd aan, W", "Always on, W")
COACH_PROFILE = Said("Gisteren per kwartier", "Yesterday by quarter-hour")
COACH_FOUR_WEEKS = Said("De laatste vier weken, per dag", "The last four weeks, by day")

MOVE_TITLE = Said("Verhuizen of vertrekken", "Move or leave")
MOVE_LEAD = Said(
    "Je kunt op elke dag weg, met een rekening die tot en met die dag klopt. Bij een verhuizing blijft de aansluiting, en "
    "begint de volgende bewoner schoon.",
    "You can leave on any day, with an account that is right through that day. When you move the connection stays, and who "
    "lives here next begins clean.",
)
MOVE_WHY = Said("Waarom", "Why")
MOVE_LAST = Said("Laatste dag", "Last day")
MOVE_GO = Said("Leg dit vast", "Set this down")
MOVE_SET = Said("Je doet mee tot en met {last}.", "You take part through {last}.")
MOVE_CODE = Said(
    "Voor de volgende bewoner is er een code; geef die door bij de sleuteloverdracht: {code}",
    "There is a code for who lives here next; hand it over with the keys: {code}",
)
MOVE_TAKE = Said(
    "Neem eerst je gegevens mee, als je ze wilt houden. Daarna kun je dit huis leegmaken voor wie na je komt.",
    "Take your data along first, if you want to keep them. Then you can clear this home for who comes after you.",
)
MOVE_CLEAR = Said("Maak dit huis leeg", "Clear this home")
MOVE_CLEAR_LEAD = Said(
    "Alles wat van jullie is, gaat weg: metingen, plannen, wensen, toestemmingen, wat je over het huis en over geld invulde, "
    "jullie accounts en de sleutel van dit huis. De apparaten blijven. Dit kan niet terug.",
    "All that is yours goes: measurements, plans, wishes, consents, what you said of the home and of money, your accounts and "
    "this home's key. The devices stay. This cannot be undone.",
)
MOVE_WORD = Said("leegmaken", "clear")
MOVE_TYPE = Said("Typ ‘{word}’", "Type ‘{word}’")
MOVE_MISTYPED = Said("Typ ‘{word}’ om het zeker te weten.", "Type ‘{word}’ to be sure.")
MOVE_TOO_EARLY = Said(
    "Dat kan na {last}, als alle standen van die dag verstuurd zijn; anders mist je eindafrekening ze.",
    "That can be done after {last}, once all readings of that day were sent; your final account would miss them otherwise.",
)
MOVE_WAITS = Said(
    "Er wachten nog {count} berichten aan de buurt. Maak leeg als die weg zijn.",
    "{count} messages to the neighbourhood still wait. Clear once they are gone.",
)
MOVE_CLEARED = Said("Dit huis is leeg", "This home is clear")
MOVE_CLEARED_SAID = Said(
    "Er is niets meer van jullie. Wie hier nu komt wonen, maakt het huis van zich met deze link, een week lang: {link}",
    "Nothing of yours is left. Who lives here now makes the home theirs with this link, for a week: {link}",
)
FINAL = Said("Je eindafrekening", "Your final account")
FINAL_NONE = Said(
    "Je eindafrekening staat hier zodra je laatste dag is afgerekend.",
    "Your final account is here once your last day is settled.",
)
FINAL_KEEP = Said(
    "Later nog kijken, ook als je hier niet meer woont: {link}",
    "To look again later, also when you live here no longer: {link}",
)
FINAL_LINE = Said("Regel", "Line")
FINAL_AMOUNT = Said("Bedrag", "Amount")
