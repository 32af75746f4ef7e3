"""A home checks its own lines on the shared record: nobody else's server is believed for it."""
