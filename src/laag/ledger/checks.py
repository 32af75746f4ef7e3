"""Two ends of the evidence: the household's line under the entry's root, and the head beside what was seen before."""

from __future__ import annotations

from laag.ledger.entries import Lined, words
from laag.ledger.evidence import Pin, Shown, Since
from laag.ledger.heads import Head
from laag.ledger.lines import leaf, salt
from laag.ledger.proofs import consistent, included
from laag.ledger.refused import Code, Refusal

_ABOUT = ("kind", "market", "period", "version")


def is_committed(line: Shown, entry: Lined, secret: bytes | None) -> None:
    """Refuse a line that is not under the entry's root, or not the household's."""
    if secret is not None and salt(secret, entry.key) != line.salt:
        raise Refusal(
            Code.SALT,
            "het zout is niet van het geheim van dit huis gemaakt; het is de regel van een ander of een geraden regel",
            "the salt was not made of this home's secret; it is another's line or a guessed one",
        )
    found = leaf(line.salt, line.line)
    if found != line.leaf:
        raise Refusal(
            Code.LINE,
            f"de bedragen op deze regel, of het zout erbij, zijn niet die onder {entry.key}; vraag waarom ze veranderd zijn",
            f"the amounts on this line, or the salt with it, are not those under {entry.key}; ask why they were changed",
        )
    if not included(found, line.index, entry.leaves, line.path, bytes.fromhex(entry.root)):
        raise Refusal(
            Code.LINE_PATH,
            f"deze regel staat niet op plaats {line.index} onder {entry.key}; het pad erheen klopt niet",
            f"this line does not stand at place {line.index} under {entry.key}; the path to it does not hold",
        )
    said = {"version": 1, **words(entry)}  # a book has one version, and no field for it
    if other := [name for name in _ABOUT if name in line.says and line.says[name] != said.get(name)]:
        raise Refusal(
            Code.LINE,
            f"de regel zegt {other[0]} {line.says[other[0]]} en staat onder {entry.key}; het is een regel van iets anders",
            f"the line says {other[0]} {line.says[other[0]]} and stands under {entry.key}; it is a line of something else",
        )


def continues(head: Head, since: Since, pin: Pin | None) -> None:
    """Refuse a head that does not go on from what the household saw."""
    if pin is None:
        return
    if head.size < pin.size:
        raise Refusal(
            Code.ROLLED_BACK,
            f"je zag al {pin.size} inschrijvingen en dit bewijs kent er {head.size}; vraag een nieuwer bewijs, en waarom het grootboek korter werd",
            f"you saw {pin.size} entries before and this evidence knows {head.size}; ask for newer evidence, and why the ledger became shorter",
        )
    if head.size == pin.size and head.root != pin.root:
        raise Refusal(
            Code.SPLIT_VIEW,
            f"dit is een andere geschiedenis van {pin.size} inschrijvingen dan je zag; bewaar beide bewijzen en laat ze aan een ander lid zien",
            f"this is another history of {pin.size} entries than you saw; keep both and show them to another member",
        )
    if head.size == pin.size or not pin.size:
        return
    if since.size != pin.size or not consistent(pin.size, head.size, pin.root, head.root, since.path):
        raise Refusal(
            Code.UNCONNECTED,
            f"dit bewijs toont niet dat het grootboek verder gaat waar je het zag, bij {pin.size} inschrijvingen; vraag het bewijs vanaf daar, en als dat er niet is, laat beide aan een ander lid zien",
            f"this evidence does not show that the ledger goes on from where you saw it, at {pin.size} entries; ask for evidence from there, and if there is none, show both to another member",
        )
