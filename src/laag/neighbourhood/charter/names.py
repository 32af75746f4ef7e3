"""What people call each article: a few words, as the heading over its sentence."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from laag.foundation.words import Said

CALLED: Mapping[str, Said] = MappingProxyType(
    {
        "market.rule": Said("De regel van de markt", "The rule of the market"),
        "market.k_percent": Said(
            "Deel van het voordeel voor verkopers, in %", "Sellers' part of the advantage, in %"
        ),
        "market.scarcity_ticks": Said(
            "Prijs als er te weinig door de poort kan", "Price when too little fits in"
        ),
        "market.surplus_ticks": Said("Prijs als er te veel is", "Price when there is too much"),
        "market.silent_order_nothing": Said("Wie geen bod doet", "Who sends no orders"),
        "ladder.first": Said("Wat altijd eerst gaat", "What always goes first"),
        "ladder.order": Said("Wat daarna voorgaat", "What goes first after that"),
        "ladder.last": Said("Wat het laatst komt", "What comes last"),
        "grid.when_full": Said("Als een kabel vol is", "When a cable is full"),
        "grid.flexibility_bought": Said("Vragen van de netbeheerder", "Requests of the grid operator"),
        "grid.bands_pooled": Said("Ruimte lenen van elkaars aansluiting", "Lending room of connections"),
        "sharing.key": Said("Hoe de pot wordt verdeeld", "How the pot is shared"),
        "sharing.fund_permille": Said("Deel voor het buurtfonds, in ‰", "Part for the community fund, in ‰"),
        "sharing.pot": Said("Wat er in de pot gaat", "What goes into the pot"),
        "sharing.pro_rata_by": Said("Wat als bijdrage telt", "What counts as a contribution"),
        "sharing.low_income_percent": Said(
            "Gewicht van een laag inkomen, in %", "Weight of a low income, in %"
        ),
        "sharing.high_income_percent": Said(
            "Gewicht van een hoog inkomen, in %", "Weight of a high income, in %"
        ),
        "sharing.part_of_who_leaves": Said("Het deel van wie vertrekt", "The part of who leaves"),
        "support.most_eur_per_home": Said("Hoogste steun per huis, in €", "Most support for a home, in €"),
        "support.fund_percent": Said(
            "Deel van het fonds voor steun, in %", "Part of the fund for support, in %"
        ),
        "vpp.takes_part": Said("Samen één energiecentrale", "One power plant together"),
        "vpp.least_gain_kept_permille": Said(
            "Wat een huis van zijn verdienste houdt, in ‰", "What a home keeps of what it earns, in ‰"
        ),
        "data.purposes": Said("Waarvoor toestemming mag worden gevraagd", "What consent may be asked for"),
        "data.visible_inside": Said("Wat leden samen zien", "What members see together"),
        "data.visible_outside": Said("Wat buitenstaanders zien", "What outsiders see"),
        "data.floor_homes": Said("Minste huizen achter een getal", "Fewest homes behind a figure"),
        "data.questions": Said("Vragen die onderzoekers mogen stellen", "Questions that researchers may ask"),
        "data.epsilon_milli": Said(
            "Wat antwoorden van een huis mogen verraden, in duizendsten",
            "What answers may give away of a home, in thousandths",
        ),
        "data.retention_days": Said("Hoe lang gegevens blijven, in dagen", "How long data are kept, in days"),
        "agreements": Said("Beloften tussen buren", "What neighbours promise"),
        "consequences.warned_first": Said("Eerst een waarschuwing", "A warning first"),
        "consequences.share_lost_permille": Said(
            "Wat een verbroken belofte kost, in ‰", "What a broken promise costs, in ‰"
        ),
        "consequences.appeal_days": Said("Tijd voor bezwaar, in dagen", "Time to appeal, in days"),
        "voting.one_vote_per": Said("Wie een stem heeft", "Who has a vote"),
        "voting.quorum_percent": Said(
            "Hoeveel er minstens moeten stemmen, in %", "How many have to vote, in %"
        ),
        "voting.majority_percent": Said(
            "Hoeveel er voor moeten zijn, in %", "How many have to be in favour, in %"
        ),
        "voting.days": Said("Hoe lang er gestemd wordt, in dagen", "How long a vote is open, in days"),
        "voting.notice_days": Said(
            "Tijd tussen stemming en begin, in dagen", "Time from vote to beginning, in days"
        ),
        "voting.shadow_days": Said("Dagen die worden nagespeeld", "Days that are replayed"),
    }
)
