"""Timings beside a named reference, printed as ratios; nothing here is a test."""
