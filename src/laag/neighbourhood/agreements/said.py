"""What members and jurors read of agreements, in both languages; kind words, and always the way out."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from laag.foundation.words import Said, dated
from laag.neighbourhood.agreements.book import Case
from laag.neighbourhood.agreements.motions import Appealed, Looked, Ruled, Told, Voiced
from laag.neighbourhood.charter.parts import ConsequencesTable

BECAUSE: Mapping[str, Said] = MappingProxyType(
    {
        "": Said("", ""),
        "minimum": Said(
            ", voor wat ieder huis altijd mag gebruiken", ", for what every home may always take"
        ),
        "safety": Said(", voor de veiligheid", ", for safety"),
        "emergency": Said(", omdat het net het vroeg", ", because the grid asked for it"),
        "comfort": Said(", voor wat het huishouden had gevraagd", ", for what the household had asked"),
        "own_sun": Said(", met eigen zon", ", with its own sun"),
    }
)


def found(case: Case, rules: ConsequencesTable) -> Said:
    """That an agreement was not kept, and what can be done."""
    about, because = kwh(case.wh), BECAUSE.get(case.because, BECAUSE[""])
    return Said(
        f"Op {dated(case.day).nl} is „{case.agreement}” in jouw huis niet gehaald: {about.nl} kWh in de afgesproken uren{because.nl}. "
        f"{follows(case, rules).nl} Klopt het niet, of was er een goede reden? Maak bezwaar tot en met {dated(case.until).nl}; zolang volgt er niets.",
        f"On {dated(case.day).en} “{case.agreement}” was not kept in your home: {about.en} kWh in the agreed hours{because.en}. "
        f"{follows(case, rules).en} Is that wrong, or was there a good reason? Appeal until the end of {dated(case.until).en}; nothing follows before.",
    )


def follows(case: Case, rules: ConsequencesTable) -> Said:
    """What a breach comes to."""
    if case.consequence == "warning":
        return Said("Dit is een waarschuwing: het kost niets.", "This is a warning: it costs nothing.")
    percent = rules.share_lost_permille / 10
    return Said(
        f"Dit kost {percent:.1f} % van je deel van de pot in die maand.".replace(".", ",", 1),
        f"This costs {percent:.1f} % of your share of the pot in that month.",
    )


def is_judged(case: Case) -> Said:
    """To who appealed."""
    many = len(case.jury)
    return Said(
        f"Je bezwaar is binnen. {many} buren, door het lot gekozen, kijken ernaar tot en met {dated(case.until).nl}. Zeggen er minder dan drie iets, "
        "of evenveel voor als tegen, dan krijg jij gelijk.",
        f"Your appeal has come in. {many} neighbours, drawn by lot, look at it until the end of {dated(case.until).en}. If fewer than three say "
        "anything, or as many for as against, it is granted.",
    )


def asked_to_judge(case: Case) -> Said:
    """To a juror: not whose it is, beyond what is needed."""
    return Said(
        f"Het lot koos jou om naar een bezwaar te kijken over „{case.agreement}” op {dated(case.day).nl}. Zeg tot en met {dated(case.until).nl} wat je vindt; "
        "het hoeft niet.",
        f"The lot chose you to look at an appeal about “{case.agreement}” on {dated(case.day).en}. Say until the end of {dated(case.until).en} what you think; "
        "you need not.",
    )


def stands(case: Case, rules: ConsequencesTable) -> Said:
    """That a breach counts."""
    looked = (
        Said("Er is geen bezwaar gemaakt", "Nobody appealed")
        if case.appealed is None
        else Said(
            f"Buren keken naar je bezwaar en gaven je geen gelijk ({_voices(case)})",
            f"Neighbours looked at your appeal and did not grant it ({_voices(case)})",
        )
    )
    return Said(
        f"{looked.nl}: „{case.agreement}” op {dated(case.day).nl} telt. {follows(case, rules).nl}",
        f"{looked.en}: “{case.agreement}” on {dated(case.day).en} counts. {follows(case, rules).en}",
    )


def dropped(case: Case) -> Said:
    """That an appeal was granted."""
    return Said(
        f"Je bezwaar is toegewezen: „{case.agreement}” op {dated(case.day).nl} telt niet en kost niets.",
        f"Your appeal is granted: “{case.agreement}” on {dated(case.day).en} does not count and costs nothing.",
    )


def _voices(case: Case) -> str:
    against = sum(not grants for grants in case.voices.values())
    return f"{len(case.voices) - against} : {against}"


def kwh(wh: int) -> Said:
    """With one decimal."""
    text = f"{wh / 1000:.1f}"
    return Said(text.replace(".", ","), text)


# Why something is not taken.


def no_such(motion: Told | Looked) -> Said:
    """An agreement that the charter of that day does not have."""
    return Said(
        f"op {dated(motion.day).nl} stond {motion.agreement!r} niet in het handvest; kijk daar welke afspraken er zijn",
        f"on {dated(motion.day).en} {motion.agreement!r} was not in the charter; see there which agreements there are",
    )


def looked_already(motion: Looked) -> Said:
    """A window is looked at once."""
    return Said(
        f"naar {motion.agreement!r} op {dated(motion.day).nl} is al gekeken",
        f"{motion.agreement!r} on {dated(motion.day).en} was looked at already",
    )


def too_late_to_tell(motion: Told) -> Said:
    """After the clock looked."""
    return Said(
        f"van {dated(motion.day).nl} kan niet meer worden verteld; wat niet bekend is, telt tegen niemand",
        f"nothing can be told of {dated(motion.day).en} any more; what is not known is held against nobody",
    )


def not_an_amount(motion: Told) -> Said:
    """Less than nothing."""
    return Said(
        f"{motion.wh} Wh is minder dan niets; vertel wat het apparaat nam",
        f"{motion.wh} Wh is less than nothing; tell what the device took",
    )


def no_case(motion: Appealed | Voiced | Ruled) -> Said:
    """Nothing was found."""
    return Said(
        f"over {motion.agreement!r} op {dated(motion.day).nl} is bij {motion.member} niets gevonden",
        f"nothing was found about {motion.agreement!r} on {dated(motion.day).en} at {motion.member}",
    )


def too_late_to_appeal(case: Case) -> Said:
    """Or a second time."""
    return Said(
        f"bezwaar maken kon één keer, tot en met {dated(case.until).nl}",
        f"one could appeal once, until the end of {dated(case.until).en}",
    )


def without_words(longest: int) -> Said:
    """An appeal says why."""
    return Said(
        f"schrijf bij een bezwaar waarom, in hoogstens {longest} tekens",
        f"say why you appeal, in {longest} characters at most",
    )


def not_drawn(case: Case) -> Said:
    """Somebody who is no juror."""
    return Said(
        f"over „{case.agreement}” op {dated(case.day).nl} oordelen alleen de buren die het lot koos",
        f"only the neighbours whom the lot chose judge “{case.agreement}” on {dated(case.day).en}",
    )


def closed(case: Case) -> Said:
    """A juror who comes late."""
    return Said(
        f"tot en met {dated(case.until).nl} kon er geoordeeld worden",
        f"one could judge until the end of {dated(case.until).en}",
    )


def nothing_to_decide(case: Case) -> Said:
    """The clock too early, or twice."""
    return Said(
        f"over „{case.agreement}” op {dated(case.day).nl} valt nu niets te beslissen",
        f"there is nothing to decide now about “{case.agreement}” on {dated(case.day).en}",
    )
