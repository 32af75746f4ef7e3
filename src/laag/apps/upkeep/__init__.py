"""Looking after what runs: upgrades with a way back, copies that are kept, and what is known of a home's devices."""
