"""Who stands for a head: its signatures against the members that the evidence leads to."""

from __future__ import annotations

from laag.ledger.comet_header import Header, chain_id, validators_hash
from laag.ledger.heads import CometHead, Head, NoteHead
from laag.ledger.history import History
from laag.ledger.members import Member, Role, quorum
from laag.ledger.refused import Code, Refusal
from laag.ledger.rules import Verify
from laag.ledger.state import State, app_hash


def signers(head: Head, ledger: str, past: History, verify: Verify) -> tuple[str, ...]:
    """Who signed the head: more than two thirds of the members, or a refusal."""
    now = past.latest(head.size)
    if isinstance(head, NoteHead):
        _note(head, ledger, now, verify)
        members: tuple[Member, ...] = now.members
    else:
        members = _block(head, ledger, past, verify)
    if len(head.signers) < quorum(len(members)):
        raise Refusal(
            Code.TOO_FEW,
            f"{len(head.signers)} van {len(members)} leden tekenden de stand van het grootboek en het moeten er {quorum(len(members))} zijn; wacht op de anderen en vraag het bewijs opnieuw",
            f"{len(head.signers)} of {len(members)} members signed the head of the ledger and it takes {quorum(len(members))}; wait for the others and ask for the evidence again",
        )
    return head.signers


def _note(head: NoteHead, ledger: str, now: State, verify: Verify) -> None:
    said = head.checkpoint(ledger)
    source = _among(now.members, head.by)
    if Role.OPERATOR not in source.roles or not verify(source.key, head.signature, said.text):
        raise Refusal(
            Code.HEAD_SIGNATURE,
            f"de stand van het grootboek is niet zo door {head.by} als operator ondertekend; zij is veranderd of nagemaakt",
            f"the head of the ledger was not signed so by {head.by} as an operator; it is altered or made up",
        )
    for one in head.cosigned:
        if not verify(_among(now.members, one.by).key, one.signature, said.cosigned(one.time)):
            raise _not_signed(one.by)


def _block(head: CometHead, ledger: str, past: History, verify: Verify) -> tuple[Member, ...]:
    said = head.header
    if said.app_hash != app_hash(head.size, head.root, head.state):
        raise Refusal(
            Code.APP_HASH,
            "het blok zegt iets anders over omvang, wortel of leden van het grootboek dan dit bewijs; vraag het opnieuw",
            "the block says something else of the ledger's size, root or members than this evidence; ask for it again",
        )
    if said.hash != head.block.hash or said.chain != chain_id(ledger):
        raise Refusal(
            Code.HEADER,
            "deze kop is niet van het blok dat de leden ondertekenden; hij is veranderd of van een andere keten",
            "this header is not of the block that the members signed; it is altered or of another chain",
        )
    if past.latest(head.size).digest != head.state:
        raise Refusal(
            Code.STEP,
            "de stemmen en sleutelwissels in dit bewijs leiden niet tot de leden van nu; er ontbreekt er een",
            "the votes and rotations in this evidence do not lead to the members of now; one is missing",
        )
    members = past.latest(head.size).members
    _made_by(said, members, past)
    for one in head.commits:
        node = _among(members, one.by).node
        if not verify(node, one.signature, one.signed(said.chain, said.height, head.round, head.block)):
            raise _not_signed(one.by)
    return members


def _made_by(said: Header, members: tuple[Member, ...], past: History) -> None:
    """Refuse a block that others than these were to make.

    What a block says of the state, and who is to make the next one, is as of the block before it; who is to make it
    itself is as of one block earlier. So while a change is on its way the two differ, and the block stands for nobody:
    who left would sign what came after, and those who once were enough could go on for ever.
    """
    those = _nodes(members)
    if said.validators == said.next_validators == those:
        return
    if said.next_validators == those and said.validators in {_nodes(one.members) for one in past.states}:
        raise Refusal(
            Code.VALIDATORS,
            "dit blok is van de knopen van wie lid waren vóór de laatste wijziging en telt niet; vraag het bewijs een blok later opnieuw, en toon het een ander lid als dat zo blijft",
            "this block is of the nodes of who were members before the last change and does not count; ask for the evidence again a block later, and show it to another member if that stays so",
        )
    raise Refusal(
        Code.VALIDATORS,
        "dit blok, of het volgende, is van andere knopen dan die van de leden",
        "this block, or the one after it, is of other nodes than the members'",
    )


def _nodes(members: tuple[Member, ...]) -> bytes:
    return validators_hash([one.node for one in members if one.node])


def _among(members: tuple[Member, ...], who: str) -> Member:
    for one in members:
        if one.id == who:
            return one
    raise Refusal(
        Code.UNKNOWN_MEMBER,
        f"{who} tekende de stand van het grootboek en is geen lid; leden zijn {', '.join(one.id for one in members)}",
        f"{who} signed the head of the ledger and is no member; members are {', '.join(one.id for one in members)}",
    )


def _not_signed(who: str) -> Refusal:
    return Refusal(
        Code.COSIGNATURE,
        f"de handtekening van {who} onder de stand van het grootboek klopt niet; zij is veranderd of hoort bij een andere",
        f"the signature of {who} under the head of the ledger does not hold; it is altered or belongs to another",
    )
