"""What residents want, each wish one line in plain Dutch or English, and what it makes of a plan."""

from laag.home.preferences.effects.apply import Applied, applied
from laag.home.preferences.effects.scene import Signals, SliderWeights, UsualDay
from laag.home.preferences.effects.slider import meaning
from laag.home.preferences.meant import Contradiction, Meant, Remark, Rule, Why
from laag.home.preferences.plain import Card, cards, of_plain, to_plain
from laag.home.preferences.sentences import Misheard, hear, parse, say
from laag.home.preferences.wishes import KINDS, Wished

__all__ = [
    "KINDS",
    "Applied",
    "Card",
    "Contradiction",
    "Meant",
    "Misheard",
    "Remark",
    "Rule",
    "Signals",
    "SliderWeights",
    "UsualDay",
    "Why",
    "Wished",
    "applied",
    "cards",
    "hear",
    "meaning",
    "of_plain",
    "parse",
    "say",
    "to_plain",
]
