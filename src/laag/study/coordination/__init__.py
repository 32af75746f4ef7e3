"""Three ways of coordination and their neighbours, on the same homes: what each costs, whom it serves, and what it asks."""

from laag.study.coordination.homes import LIMIT_KW_PER_HOME, Neighbours
from laag.study.coordination.row import Row, Study, gap_percent, study
from laag.study.coordination.ways import WAYS, Optimum

__all__ = ["LIMIT_KW_PER_HOME", "WAYS", "Neighbours", "Optimum", "Row", "Study", "gap_percent", "study"]
