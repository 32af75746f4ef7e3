"""What the ledger does not take and what does not verify: a code for programs and a sentence for people."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from laag.foundation.errors import BadInput, Unfinished
from laag.foundation.words import Said


class Code(StrEnum):
    """Why something is refused; the sentence beside it says the particulars."""

    FORM = "form"
    """Not canonical, or a field that is not as it should be."""
    TOO_LONG = "too-long"
    OTHER_LEDGER = "other-ledger"
    """Written for another ledger, or from another genesis."""
    UNKNOWN_MEMBER = "unknown-member"
    ROLE = "role"
    """Not this member's to write."""
    SIGNATURE = "signature"
    """Altered after it was signed, or signed by somebody else."""
    WRITTEN = "written"
    """Something else stands under the key already."""
    OUT_OF_ORDER = "out-of-order"
    """What it follows on is not there."""
    OTHER_ROOT = "other-root"
    """An attestation of another root than the entry has."""
    STALE_VOTE = "stale-vote"
    """Another change passed meanwhile, or has still to pass."""
    CHANGE = "change"
    """A change that cannot be made of these members."""
    LINE = "line"
    """The amounts, or the salt, are not those that were committed."""
    SALT = "salt"
    """The salt is not made of the household's secret."""
    LINE_PATH = "line-path"
    ENTRY_PATH = "entry-path"
    STEP = "step"
    """A vote or rotation in the evidence does not hold."""
    ATTESTATION = "attestation"
    ANCHOR = "anchor"
    """The anchor is of another ledger, or of another history than this evidence's."""
    HEAD_SIGNATURE = "head-signature"
    COSIGNATURE = "cosignature"
    TOO_FEW = "too-few"
    """No more than two thirds of the members signed the head."""
    HEADER = "header"
    """A header that is not the one its validators signed."""
    VALIDATORS = "validators"
    """A header of other validators than the members' nodes."""
    APP_HASH = "app-hash"
    """A header for another log or other members."""
    ROLLED_BACK = "rolled-back"
    """Older than what was seen before."""
    UNCONNECTED = "unconnected"
    """No proof that it continues what was seen before."""
    SPLIT_VIEW = "split-view"
    """Another history than was seen before."""
    UPGRADE = "upgrade"
    """The ledger goes on by rules that this version does not know."""


@dataclass(frozen=True, slots=True)
class Refused:
    """It is not so, and why."""

    code: Code
    why: Said


class Refusal(BadInput):
    """A refusal on its way to whoever asked, where it becomes a value."""

    def __init__(self, code: Code, nl: str, en: str) -> None:
        super().__init__(en)
        self.refused = Refused(code, Said(nl, en))


class NeedsUpgrade(Unfinished):
    """The members voted to go on by rules that this version does not know."""

    def __init__(self, app: int, knows: int) -> None:
        self.why = Said(
            f"dit grootboek gaat verder volgens versie {app} van zijn regels en dit programma kent versie {knows}; "
            f"installeer een laag die versie {app} kent en start opnieuw, er is niets verloren",
            f"this ledger goes on by version {app} of its rules and this program knows version {knows}; "
            f"install a laag that knows version {app} and start again, nothing is lost",
        )
        super().__init__(self.why.en)
