"""Pictures say what their figures say, for any figures, and stay inside their frame."""

import math
import re
from itertools import pairwise
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st
from tests.apps.web.reading import Page

import laag.apps.web
import laag.study.report
from laag.apps.web import Flow, Line, chart, flow_picture
from laag.apps.web.charts import COLOURS, ticks
from laag.apps.web.files import contents
from laag.apps.web.flow import NODES, flow_values
from laag.foundation.words import Lang, Said
from laag.study.report import page as report_page

TIMES = [f"{hour:02}:{quarter}" for hour in range(2) for quarter in ("00", "15", "30", "45")]
numbers = st.one_of(st.none(), st.just(math.nan), st.floats(-1e6, 1e6))
lines = st.builds(
    Line,
    st.just(Said("<b>&", "<b>&")),
    st.lists(numbers, min_size=len(TIMES), max_size=len(TIMES)),
    st.sampled_from(COLOURS),
    st.booleans(),
)
flows = st.lists(st.builds(Flow, st.sampled_from(sorted(NODES)), st.none() | st.floats(-50, 50)), max_size=7, unique_by=lambda flow: flow.node)  # fmt: skip


@given(st.floats(-1e6, 1e6), st.floats(-1e6, 1e6))
def test_an_axis_holds_all_and_is_evenly_cut(one, other):
    low, high = min(one, other), max(one, other)
    marks = ticks(low, high)
    slack = 1e-6 * max(1.0, abs(low), abs(high))
    assert marks[0] <= low + slack
    assert marks[-1] >= high - slack
    assert 2 <= len(marks) <= 9
    assert len({round(b - a, 6) for a, b in pairwise(marks)}) <= 2


@given(st.lists(lines, min_size=1, max_size=3), st.sampled_from(Lang), st.none() | st.integers(0, 7))
def test_a_chart_shows_what_is_known_and_has_it_all_in_its_table(given_lines, lang, now):
    drawn = chart("one", Said("Titel", "Title"), given_lines, TIMES, "kW", lang, now=now)
    known = [v for line in given_lines for v in line.values if v is not None and math.isfinite(v)]
    if not known:
        assert drawn == ""
        return
    page = Page(str(drawn))
    assert "<b>" not in drawn
    assert len(page.all("td")) == len(TIMES) * len(given_lines)
    assert drawn.count("–") >= sum(v is None or math.isnan(v) for line in given_lines for v in line.values)
    for path in re.findall(r'class="line [^"]*" d="([^"]*)"', drawn):
        heights = [
            float(y) for y in re.findall(r"V(-?[\d.]+)", path) + re.findall(r"M[\d.]+ (-?[\d.]+)", path)
        ]
        assert all(11 <= y <= 289 for y in heights)


@given(flows, st.sampled_from(Lang))
def test_what_keeps_a_flow_picture_right_is_what_it_shows(given_flows, lang):
    drawn = str(flow_picture(given_flows, lang))
    for name, words in flow_values(given_flows, lang).items():
        if name.startswith("way."):
            assert f'data-flow="{name}" data-way="{words}"' in drawn
        elif name != "flow.about":
            assert re.search(rf'data-value="{name}">{re.escape(words)}<', drawn)
    Page(drawn)


def test_a_picture_of_several_days_names_each_of_them():
    times = [f"{hour:02}:00" for hour in range(24)]
    days = [*["ma 1 juni"] * 24, *["di 2 juni"] * 24]
    drawn = str(
        chart(
            "two",
            Said("t", "t"),
            [Line(Said("a", "a"), [1.0] * 48)],
            [*times, *times],
            "kW",
            Lang.NL,
            days=days,
        )
    )
    wide, narrow = (
        re.findall(r'text-anchor="(?:start|middle)">([^<]+)<', one) for one in drawn.split("</svg>")[1:3]
    )
    assert wide == [of for day in ("ma 1 juni", "di 2 juni") for of in (day, "06:00", "12:00", "18:00")]
    assert narrow == ["ma 1", "12:00", "di 2", "12:00"]
    assert '<th scope="row">di 2 juni 13:00</th>' in drawn


def palette(css):
    return dict(re.findall(r"--(\w+): (light-dark\([^)]*\));", css))


def test_the_pages_and_the_report_are_painted_alike(tmp_path):
    ours = palette(contents()["style.css"].decode())
    page = report_page.write(tmp_path / "report.html", {"kind": "run", "about": {}}, {})
    report = palette(page.read_text("utf-8").partition("</style>")[0])
    assert len(ours) > 15
    assert {name: report.get(name) for name in ours} == ours
    assert set(COLOURS) <= {*ours}


def test_no_colour_of_the_palette_is_mixed_a_second_time():
    for package in (laag.apps.web, laag.study.report):
        for style in Path(package.__file__).parent.rglob("*.css"):
            assert palette(style.read_text("utf-8")).keys() <= {f"p{at}" for at in range(8)}, style
