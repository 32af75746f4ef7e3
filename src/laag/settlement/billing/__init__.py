"""A period's bills written from the accounts: which lines, from which sums, compared with what."""

from laag.settlement.billing.draft import Draft, Outside
from laag.settlement.billing.write import bill, bills

__all__ = ["Draft", "Outside", "bill", "bills"]
