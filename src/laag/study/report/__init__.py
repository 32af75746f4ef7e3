"""One page that shows a run, or compares the runs of a study: self-contained, drawn from the public tables alone."""

from laag.study.report.compared import write_study
from laag.study.report.single import write

__all__ = ["write", "write_study"]
