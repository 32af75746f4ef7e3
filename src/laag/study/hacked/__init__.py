"""How far a signal that lies can move a street: attacks on homes that run the real live control, with and without caution."""

from laag.study.hacked.attacks import ATTACKS, Attack, Mood
from laag.study.hacked.bounds import Bound, bound
from laag.study.hacked.lived import WINDOWS_S, Lived, lived
from laag.study.hacked.picture import picture
from laag.study.hacked.search import Found, studied
from laag.study.hacked.street import Victim, victims

__all__ = [
    "ATTACKS",
    "WINDOWS_S",
    "Attack",
    "Bound",
    "Found",
    "Lived",
    "Mood",
    "Victim",
    "bound",
    "lived",
    "picture",
    "studied",
    "victims",
]
