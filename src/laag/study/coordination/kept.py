"""A study as plain data and back: what a long run found is drawn again without running it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from laag.study.coordination.row import Row, Study
from laag.study.coordination.ways import Optimum


def as_data(study: Study) -> dict[str, Any]:
    """Numbers, texts and lists."""
    return asdict(study)


def from_data(data: Mapping[str, Any]) -> Study:
    """The study that ``as_data`` was given."""
    return Study(
        **{name: value for name, value in data.items() if name not in {"rows", "optima"}},
        rows=tuple(Row(**{**row, "street_kw": tuple(row["street_kw"])}) for row in data["rows"]),
        optima=tuple(Optimum(**one) for one in data["optima"]),
    )
