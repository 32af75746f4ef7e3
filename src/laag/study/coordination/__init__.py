"""Three ways of coordination and their neighbours, on the same homes: what each costs, whom it serves, and what it asks."""

from laag.study.coordination.homes import LIMIT_KW_PER_HOME, Neighbours
from laag.study.coordination.kept import as_data, from_data
from laag.study.coordination.page import page
from laag.study.coordination.picture import picture
from laag.study.coordination.row import Row, Study, gap_percent, study
from laag.study.coordination.said import NAMES, columns, markdown, optima_markdown, sentences, title
from laag.study.coordination.ways import WAYS, Optimum

__all__ = [
    "LIMIT_KW_PER_HOME",
    "NAMES",
    "WAYS",
    "Neighbours",
    "Optimum",
    "Row",
    "Study",
    "as_data",
    "columns",
    "from_data",
    "gap_percent",
    "markdown",
    "optima_markdown",
    "page",
    "picture",
    "sentences",
    "study",
    "title",
]
