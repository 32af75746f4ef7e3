"""The same days on wires that are too thin for them: what each way of living them leaves to wires, homes and purses.

A street's homes are hung on a network of somebody else's, its days are lived once for every way, and each is replayed
from its log and looked at with a power flow: as it was agreed, and as it was metered.
"""

from laag.study.grid.stressed.measure import outcome
from laag.study.grid.stressed.outcomes import Outcome
from laag.study.grid.stressed.place import hung, nested, sunnier
from laag.study.grid.stressed.tables import table

__all__ = ["Outcome", "hung", "nested", "outcome", "sunnier", "table"]
