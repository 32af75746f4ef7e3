"""Who owes whom, exactly, and why: allocation, double entry, tariffs and bills."""
