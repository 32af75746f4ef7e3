"""What the shared record costs per home and month: measured load, stated prices, and a page that is computed from both."""
