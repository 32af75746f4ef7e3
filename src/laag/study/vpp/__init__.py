"""A community as one power plant on real prices of imbalance: what it earns, what of its word it keeps, who gets it."""

from laag.study.vpp.outcome import Outcome, by_group, outcome
from laag.study.vpp.page import page
from laag.study.vpp.picture import picture
from laag.study.vpp.said import columns, sentence, whole, window
from laag.study.vpp.signals import Knows
from laag.study.vpp.weeks import Asked, Week, least_read, reads, week

__all__ = [
    "Asked",
    "Knows",
    "Outcome",
    "Week",
    "by_group",
    "columns",
    "least_read",
    "outcome",
    "page",
    "picture",
    "reads",
    "sentence",
    "week",
    "whole",
    "window",
]
