"""The tables of the backtest, as lines to print."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from laag.study.backtest import Error, MixRow, Outcome

SERIES = {
    "load_kw": ("load", "% of mean"),
    "pv_kw": ("panels", "% of mean"),
    "outdoor_c": ("outside", "K"),
    "buy_eur_per_kwh": ("price to buy", "% of mean"),
}


def shares(rows: Sequence[MixRow]) -> Iterator[str]:
    """What each way gains of what perfect foresight gains on no control."""
    yield (
        f"{'mix':26}{'cases':>6}{'gain EUR':>10}{'thumb':>8}{'laag':>8}{'lowest':>8}   "
        "K.h outside the band; kWh the car lacked: none / thumb / laag / perfect"
    )
    for row in rows:
        cold = " / ".join(f"{one:.1f}" for one in row.discomfort_kh)
        lack = " / ".join(f"{one:.1f}" for one in row.missing_kwh)
        yield (
            f"{row.mix:26}{row.cases:6d}{row.gain_eur_per_4_weeks:10.2f}{row.thumb_share:8.1%}{row.laag_share:8.1%}"
            f"{row.lowest_share:8.1%}   {cold}; {lack}"
        )


def one_by_one(one: Outcome, seconds: float) -> str:
    """One home in one window."""
    euros = "  ".join(f"{way.cost_eur:8.2f}" for way in (one.none, one.thumb, one.laag, one.perfect))
    share = one.gained_eur(one.laag) / one.gain_eur if one.gain_eur > 0.005 else float("nan")
    return (
        f"{one.window:8}{one.mix:26}{one.home:10}{euros}  {share:7.1%}  {one.plans:5d} plans {seconds:5.1f} s"
    )


def errors(found: Sequence[tuple[str, str, Error]]) -> Iterator[str]:
    """Mean absolute error by how far ahead, per home and window."""
    yield f"{'series':14}{'window':8}{'home':10}" + "".join(
        f"{f'{first}-{last} h':>10}" for first, last in ((0, 1), (1, 6), (6, 24), (24, 48))
    )
    cells: dict[tuple[str, str, str], list[str]] = {}
    for window, home, one in found:
        _, unit = SERIES[one.series]
        said = f"{one.mean_absolute:.2f} K" if unit == "K" else f"{one.relative:.0%}"
        cells.setdefault((one.series, window, home), []).append(said)
    for (series, window, home), row in sorted(cells.items(), key=lambda cell: list(SERIES).index(cell[0][0])):
        yield f"{SERIES[series][0]:14}{window:8}{home:10}" + "".join(f"{one:>10}" for one in row)
