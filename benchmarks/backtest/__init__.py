"""Measured homes under the prices of 2025, run by rules, by laag and by perfect foresight."""
