"""What the frame of every page says."""

from __future__ import annotations

from laag.foundation.words import Said

SKIP = Said("Naar de inhoud", "Skip to content")
MORE_PAGES = Said("Meer over deze buurt", "More about this neighbourhood")
PAGES = Said("Bladzijden", "Pages")
LANGUAGE = Said("Taal", "Language")
LANGUAGE_NAMES = Said("Nederlands", "English")
SIGN_IN = Said("Aanmelden", "Sign in")
SIGN_OUT = Said("Afmelden", "Sign out")
ACCOUNT = Said("Je toegang", "Your access")
FOOTER = Said(
    "laag, een open systeem voor energie in lagen. Elke prijs en elk bedrag is na te rekenen.",
    "laag, an open layered energy system. Every price and every amount can be computed again.",
)
RECONNECTING = Said(
    "De verbinding is even weg; deze bladzijde werkt zichzelf bij zodra het kan.",
    "The connection is gone for a moment; this page catches up as soon as it can.",
)
BACK = Said("Terug", "Back")
TABLE_BEHIND = Said("Dezelfde cijfers als tabel", "The same figures as a table")
TIME = Said("Tijd", "Time")

NAME = Said("Naam", "Name")
PASSWORD = Said("Wachtwoord", "Password")
NEW_PASSWORD = Said("Nieuw wachtwoord", "New password")
OLD_PASSWORD = Said("Huidig wachtwoord", "Current password")
PASSWORD_HINT = Said(
    "Minstens 12 tekens. Een paar woorden achter elkaar is goed; leestekens hoeven niet.",
    "At least 12 characters. A few words in a row will do; punctuation is not needed.",
)
NAME_HINT = Said(
    "Hiermee meld je je aan. Wie naar gegevens van een ander kijkt, staat onder deze naam in diens logboek.",
    "You sign in with it. Whoever looks at somebody else's data is written down in their log under this name.",
)
WELCOME = Said("Welkom", "Welcome")
WELCOME_LEAD = Said(
    "Kies een naam en een wachtwoord. Deze uitnodiging werkt één keer.",
    "Choose a name and a password. This invitation works once.",
)
INVITED_AS = Said("Je bent uitgenodigd als", "You are invited as")
MAKE_ACCOUNT = Said("Toegang maken", "Make my access")
CHANGE_PASSWORD = Said("Wachtwoord wijzigen", "Change password")
IN_THE_CLEAR = Said(
    "Deze bladzijde is niet versleuteld: wie op hetzelfde netwerk zit, kan meelezen wat je hier intypt. Kies een wachtwoord dat je nergens anders gebruikt, of open de bladzijde via https.",
    "This page is not encrypted: whoever is on the same network can read what you type here. Choose a password that you use nowhere else, or open the page by https.",
)
CHANGED = Said(
    "Je wachtwoord is gewijzigd. Je bent overal afgemeld; meld je hier opnieuw aan.",
    "Your password has been changed. You have been signed out everywhere; sign in again here.",
)
SIGN_OUT_EVERYWHERE = Said("Overal afmelden", "Sign out everywhere")
SIGN_OUT_EVERYWHERE_LEAD = Said(
    "Ben je een telefoon kwijt, of heb je je op een andere computer aangemeld? Zo meld je je op elk apparaat af.",
    "Lost a phone, or signed in on another computer? This signs you out on every device.",
)
SIGNED_IN_AS = Said("Aangemeld als", "Signed in as")
PURPOSE_TITLE = Said("Waarvoor heb je dit nodig?", "What do you need this for?")
PURPOSE_LABEL = Said("Doel", "Purpose")
PURPOSE_GO = Said("Vastleggen en bekijken", "Write this down and look")

_OTHER = (
    Said("Er ging iets mis", "Something went wrong"),
    Said(
        "Probeer het over een tijdje opnieuw. Er is niets verloren gegaan.",
        "Try again in a while. Nothing has been lost.",
    ),
)
_BY_STATUS = {
    401: (SIGN_IN, Said("Meld je eerst aan.", "Sign in first.")),
    403: (
        Said("Deze deur blijft dicht", "This door stays shut"),
        Said("Dit is niet voor jouw rol bedoeld.", "This is not meant for your role."),
    ),
    404: (
        Said("Deze bladzijde is er niet", "This page is not there"),
        Said("Misschien is het adres verkeerd overgenomen.", "Perhaps the address was copied wrongly."),
    ),
    405: (
        Said("Zo kan het niet", "Not in this way"),
        Said("Open de bladzijde opnieuw en probeer het nog eens.", "Open the page again and try once more."),
    ),
    429: (
        Said("Even wachten", "Wait a moment"),
        Said("Er werd te vaak achter elkaar iets gevraagd.", "Something was asked too often in a row."),
    ),
}


def of_status(status: int, why: Said | None) -> tuple[Said, Said]:
    """The title and the sentence of a page about what went wrong."""
    title, text = _BY_STATUS.get(status, _OTHER)
    return title, why or text
