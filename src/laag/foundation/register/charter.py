"""What is told of the charter and of what is proposed, and the votes of homes."""

from __future__ import annotations

from collections.abc import Mapping

from laag.foundation.data import Field, Kind, Party, Purpose, Scale, group
from laag.foundation.words import Said


def _group(
    name: str,
    scale: Scale,
    to: Party,
    said: tuple[Said, Said],
    fields: Mapping[str, tuple[str, str]],
) -> tuple[Field, ...]:
    why, least = said
    return group(
        name,
        Kind.COMMONS,
        scale,
        to,
        (Purpose.VOTING,),
        keeps=None,
        why=why,
        least=least,
        fields={field: Said(*both) for field, both in fields.items()},
    )


_VOTE = _group(
    "vote",
    Scale.HOME,
    Party.NEIGHBOURHOOD,
    (
        Said("Zodat de stem van dit huis meetelt.", "So that the vote of this home counts."),
        Said(
            "Alleen welk voorstel en wat je stemt; wie in huis stemde, staat er niet bij.",
            "Only which proposal and what you vote; who in the house voted is not said.",
        ),
    ),
    {
        "proposal": ("over welk voorstel", "on which proposal"),
        "choice": ("voor, tegen of onthouding", "for, against or abstaining"),
    },
)
_CHARTER = _group(
    "charter",
    Scale.COMMUNITY,
    Party.MEMBERS,
    (
        Said(
            "Zodat wie hier woont weet wat er geldt en wat er verandert.",
            "So that who lives here knows what holds and what changes.",
        ),
        Said("Er staat niets in van één huis.", "Nothing of a single home is in it."),
    ),
    {
        "version": ("welke versie van de afspraken", "which version of the charter"),
        "since": ("sinds wanneer die geldt", "since when it holds"),
        "digest": ("de naam van die tekst", "the name of that text"),
        "article": ("welke regel", "which rule"),
        "value": ("wat hij nu is", "what it is now"),
        "said": ("de regel als zin", "the rule as a sentence"),
        "may": ("wat hij mag zijn", "what it may be"),
        "fixed": ("waarom hij vaststaat", "why it is fixed"),
        "before": ("de zin zoals hij is", "the sentence as it is"),
        "after": ("de zin zoals hij zou worden", "the sentence as it would be"),
        "proposal": ("de naam van een voorstel", "the name of a proposal"),
        "title": ("waar het over gaat", "what it is about"),
        "stage": ("hoe ver het is", "how far it is"),
        "standing": ("hetzelfde als zin", "the same as a sentence"),
        "why": ("waarom iemand het voorstelt", "why somebody proposes it"),
        "shadow": (
            "wat het op eerdere dagen had uitgemaakt, voor groepen",
            "what it would have made of earlier days, for groups",
        ),
        "from_day": ("vanaf welke dag", "from which day on"),
        "voted": ("hoeveel er stemden", "how many voted"),
        "may_vote": ("hoeveel er mochten", "how many could"),
        "needed": ("hoeveel er nodig zijn", "how many are needed"),
        "votes": ("de uitslag", "the result"),
    },
)
_OWN = _group(
    "own_charter",
    Scale.HOME,
    Party.HOME,
    (
        Said(
            "Zodat een huis weet wat een voorstel voor dit huis uitmaakt.",
            "So that a home knows what a proposal makes of it.",
        ),
        Said(
            "Alleen dit huis en wie daar woont krijgen het te zien.",
            "Only this home and who lives there are shown it.",
        ),
    ),
    {
        "version": ("welke versie van de afspraken", "which version of the charter"),
        "since": ("sinds wanneer die geldt", "since when it holds"),
        "own": (
            "wat het op eerdere dagen voor dit huis had uitgemaakt",
            "what it would have made of this home on earlier days",
        ),
        "can_vote": ("of dit huis nu kan stemmen", "whether this home can vote now"),
        "choice": ("wat dit huis stemde", "what this home voted"),
        "code": ("waarmee dit huis zijn stem terugvindt", "by which this home finds its vote"),
    },
)
FIELDS = (*_VOTE, *_CHARTER, *_OWN)
