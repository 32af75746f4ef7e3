"""A neighbourhood and the shared record: what is committed of its days, receipts for its homes, and their evidence."""
