"""A period's bills written from the accounts: which lines, from which sums, compared with what."""

from laag.settlement.billing.draft import Outside
from laag.settlement.billing.write import bills

__all__ = ["Outside", "bills"]
