"""What is told of questions from outside: which there are, what was answered, and a home's own part in it."""

from __future__ import annotations

from laag.foundation.data import Kind, Party, Purpose, Scale, group
from laag.foundation.words import Said

_WHO = {
    "question": Said("welke vraag", "which question"),
    "what": Said("de vraag in woorden", "the question in words"),
    "first": Said("vanaf welke dag", "from which day on"),
    "last": Said("tot en met welke dag", "up to which day"),
    "cable": Said("welke kabel, of de hele straat", "which cable, or the whole street"),
    "unit": Said("wat er geteld wordt", "what is counted"),
    "epsilon": Said("wat het elk huis kostte", "what it cost each home"),
    "noise": Said("waarmee het toeval is gemaakt", "what the chance was made with"),
    "asked_by": Said("wie het vroeg", "who asked"),
    "why": Said("waarvoor", "what for"),
    "at": Said("wanneer", "when"),
    "key": Said("over welk deel", "about which part"),
    "said": Said("dat deel in woorden", "that part in words"),
    "value": Said("het antwoord, met toeval erbij", "the answer, with chance added"),
    "off_by": Said("hoe ver het ernaast kan zitten", "how far off it may be"),
}
_ANSWERS = group(
    "told",
    Kind.COMMONS,
    Scale.STREET,
    Party.EVERYBODY,
    (Purpose.PUBLIC, Purpose.RESEARCH),
    keeps=None,
    why=Said(
        "Zodat iedereen kan lezen wat onderzoekers en bedrijven vroegen en te horen kregen.",
        "So that everybody can read what researchers and companies asked and were told.",
    ),
    least=Said(
        "Een som, gemiddelde of telling van minstens tien huizen die ja zeiden, met toeval erbij zodat er geen huis uit te halen is.",
        "A sum, mean or count of at least ten homes that said yes, with chance added so that no home can be made out.",
    ),
    fields=_WHO,
)
_QUESTIONS = group(
    "questions",
    Kind.COMMONS,
    Scale.COMMUNITY,
    Party.EVERYBODY,
    (Purpose.PUBLIC,),
    keeps=None,
    why=Said("Zodat iedereen weet wat er gevraagd kan worden.", "So that everybody knows what can be asked."),
    least=Said("Er staat niets in van één huis.", "Nothing of a single home is in it."),
    fields={
        "name": Said("hoe de vraag heet", "what the question is called"),
        "what": Said("de vraag in woorden", "the question in words"),
        "said": Said("de voorwaarden in woorden", "the terms in words"),
        "approved": Said("of de bewoners haar hebben goedgekeurd", "whether those who live here approved it"),
        "over": Said("wat er wordt opgeteld", "what is added up"),
        "fields": Said("welke gegevens dat zijn", "which data those are"),
        "statistic": Said("som, gemiddelde of telling", "sum, mean or count"),
        "by": Said("waarnaar gesplitst", "split by what"),
        "least_homes": Said("hoeveel huizen minstens", "how many homes at least"),
        "least_days": Said("hoeveel dagen minstens", "how many days at least"),
        "most_days": Said("hoeveel dagen hoogstens", "how many days at most"),
        "most_wh_per_day": Said("voor hoeveel een huis hoogstens telt", "what a home counts for at most"),
        "epsilon": Said("wat een antwoord elk huis kost", "what an answer costs each home"),
        "floor_homes": Said("de ondergrens van de buurt", "the floor of the neighbourhood"),
        "epsilon_per_year": Said("het budget per huis en jaar", "the budget per home and year"),
        "cables": Said("welke kabels er zijn", "which cables there are"),
    },
)
_OWN = group(
    "own_answers",
    Kind.COMMONS,
    Scale.HOME,
    Party.HOME,
    (Purpose.OWN,),
    keeps=None,
    why=Said(
        "Zodat je weet in welke antwoorden jouw huis zit.", "So that you know which answers your home is in."
    ),
    least=Said(
        "Alleen dit huis en wie daar woont krijgen het te zien.",
        "Only this home and who lives there are shown it.",
    ),
    fields={"epsilon_left": Said("wat er over is van je budget", "what is left of your budget")},
)
FIELDS = (*_ANSWERS, *_QUESTIONS, *_OWN)
