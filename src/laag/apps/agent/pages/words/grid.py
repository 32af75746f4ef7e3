"""What the pages say of the grid operator: what it asks, what is offered, what was sold, and what a full cable leaves."""

from __future__ import annotations

from laag.foundation.words import Said

TITLE = Said("De kabel in de straat", "The cable in the street")
TODAY = Said("vandaag", "today")
TOMORROW = Said("morgen", "tomorrow")
SPAN = Said("{day} van {begins} tot {ends}", "{day} from {begins} to {ends}")

COUNTS = Said(
    "Je kunt {until} antwoorden; dit huis doet dat zelf.",
    "It can be answered {until}; this home does so itself.",
)
UNTIL = Said("tot {at}", "until {at}")
THINKS = Said("Het huis rekent uit wat het kan doen.", "The home works out what it can do.")
NOT_AGREED = Said(
    "Dit huis biedt niets aan, want daar heb je niet mee ingestemd.",
    "This home offers nothing, because you have not agreed to it.",
)
NOTHING = Said(
    "Dit huis biedt niets aan: wat het dan gebruikt kan niet wachten zonder dat het comfort kost.",
    "This home offers nothing: what it uses then cannot wait without costing comfort.",
)
OFFERS_LESS = Said(
    "Dit huis biedt aan dan tot {much} minder te nemen, voor {price}.",
    "This home offers to take up to {much} less then, for {price}.",
)
OFFERS_MORE = Said(
    "Dit huis biedt aan dan tot {much} meer te nemen, voor {price}.",
    "This home offers to take up to {much} more then, for {price}.",
)
PRICES = Said("{low} tot {high}", "{low} to {high}")
WHY_PRICE = Said(
    "Zoveel kost het dit huis om het op een ander moment te doen, of zoveel als je zelf hebt gevraagd. Ter vergelijking: een kWh kopen kost dan {buy}.",
    "That is what it costs this home to do it at another time, or what you asked yourself. For comparison: buying a kWh then costs {buy}.",
)
WHY_PRICE_PLAIN = Said(
    "Zoveel kost het dit huis om het op een ander moment te doen, of zoveel als je zelf hebt gevraagd.",
    "That is what it costs this home to do it at another time, or what you asked yourself.",
)
WASH = Said(
    "Met {much} draait een vaatwasser {times} keer.", "{much} is what {times} runs of a dishwasher take."
)

SOLD_LESS = Said(
    "{by} heeft van je gekocht dat je {span} {much} minder neemt{instead}. Lukt dat, dan krijg je {paid}.",
    "{by} bought of you that you take {much} less {span}{instead}. If that succeeds you are paid {paid}.",
)
SOLD_MORE = Said(
    "{by} heeft van je gekocht dat je {span} {much} meer neemt{instead}. Lukt dat, dan krijg je {paid}.",
    "{by} bought of you that you take {much} more {span}{instead}. If that succeeds you are paid {paid}.",
)
INSTEAD = Said(": {then} in plaats van {agreed}", ": {then} instead of {agreed}")
BACK = Said(
    "Wat wacht, komt later terug: {much}, en dat is al voor je gekocht.",
    "What waits comes back later: {much}, and that has been bought for you already.",
)
NOT_NOW = Said("Niet nu", "Not now")
NOT_NOW_COSTS = Said(
    "Komt het slecht uit? Met ‘niet nu’ gaat comfort voor. Je loopt dan hoogstens {paid} mis{fine}, en wat je toch gebruikt koop je terug voor de prijs van dat moment.",
    "Is it a bad moment? With ‘not now’ comfort goes first. You then miss {paid} at most{fine}, and what you use all the same you buy back at the price of that moment.",
)
FINE = Said(
    " en betaalt hoogstens {fine} boete aan de netbeheerder",
    " and pay the grid operator a fine of {fine} at most",
)
LET_GO = Said(
    "Je koos ‘niet nu’ voor {span}. Het huis houdt zich er niet meer aan: je loopt hoogstens {paid} mis{fine}, en wat je toch gebruikt koop je terug voor de prijs van dat moment.",
    "You chose ‘not now’ for {span}. The home no longer keeps to it: you miss {paid} at most{fine}, and what you use all the same you buy back at the price of that moment.",
)
DONE_LET_GO = Said("Goed: comfort gaat nu voor.", "All right: comfort goes first now.")
GONE = Said("Hier is niets meer van beloofd.", "Nothing of this is promised any more.")
TAKES_COMPARED = Said(
    "Ter vergelijking: een waterkoker vraagt 2 kW. Eerst wacht wat kan wachten, en warmte pas als het niet anders kan.",
    "For comparison: a kettle takes 2 kW. First waits what can wait, and warmth only where nothing else is left.",
)
GIVES_COMPARED = Said(
    "Ter vergelijking: tien panelen geven in volle zon zo’n 4 kW. Wat je zelf gebruikt telt niet mee.",
    "For comparison: ten panels give some 4 kW in full sun. What you use yourself does not count.",
)

QUESTION = Said(
    "Mag dit huis helpen als een kabel vol is, tegen betaling?",
    "May this home help when a cable is full, for money?",
)
QUESTION_WHAT = Said(
    "Dan biedt het aan iets later (of eerder) te doen wat kan wachten: de auto, de batterij, de warmtepomp. Nooit ten koste van warmte of een auto die klaar moet zijn, en nooit voor minder dan het kost. Vragen en betalen doet de netbeheerder; die ziet stappen en prijzen van meerdere huizen samen, en niets van je dag.",
    "It then offers to do a little later (or earlier) what can wait: the car, the battery, the heat pump. Never at the cost of warmth or of a car that has to be ready, and never for less than it costs. The grid operator asks and pays; it sees steps and prices of several homes together, and nothing of your day.",
)
YES = Said("Ja, vanaf {price}", "Yes, from {price}")
NO = Said("Nee", "No")
OWN_TERMS = Said(
    "Ja, maar met een eigen prijs, grens of einddatum", "Yes, but with my own price, limit or last day"
)
DONE_YES = Said("Goed. Dat staat nu bij je wensen.", "All right. It is among your wishes now.")
DONE_NO = Said(
    "Goed. Je kunt het altijd nog zeggen bij je wensen.",
    "All right. You can still say so among your wishes at any time.",
)
