"""The report as people meet it: in a real browser, in two languages, narrow and wide, light and dark, by keyboard."""

import re
import runpy
from itertools import pairwise
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from tests.browser.browsing import IN_A_BROWSER, expect, faults

from laag.study import report

pytestmark = IN_A_BROWSER
SAMPLE = runpy.run_path(str(Path(__file__).parents[1] / "study" / "sample_run.py"))


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    folder = SAMPLE["write_run"](tmp_path_factory.mktemp("run"))
    report.write(folder)
    return folder


@pytest.fixture(scope="module")
def study(tmp_path_factory):
    folder = SAMPLE["write_study"](tmp_path_factory.mktemp("study"))
    report.write_study(folder)
    return folder


@pytest.fixture
def visit(visits):
    """Opens a report, which may ask nothing of anybody, and waits until it is drawn."""

    def opened(folder, language="en", width=1280, scheme="light"):
        address = (folder / "report.html").as_uri()
        page = visits.open(address, language, width, scheme)
        page.goto(address)
        page.wait_for_selector("html[data-ready=yes]")
        return page

    return opened


def test_a_dutch_report_says_in_dutch_what_our_own_code_found(visit, folder):
    page = visit(folder, "nl")
    found = page.locator("#findings-table").inner_text()
    assert "2 kwartieren zonder meting" in found
    assert "tot 08:30Z" in found
    assert "dubbele weggelaten" in found
    assert "everything" not in page.locator("#bills-table").inner_text()
    page.click("#language-en")
    assert "2 quarter-hours without a reading" in page.locator("#findings-table").inner_text()


@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("kind", ["folder", "study"])
def test_it_opens_quietly_and_fits(request, visit, kind, language, width):
    page = visit(request.getfixturevalue(kind), language, width)
    assert page.evaluate("document.documentElement.lang") == language
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    wide = page.evaluate(
        """() => [...document.querySelectorAll('table, figure, p, dl, ul, svg')].filter((each) => !each.closest('.scroll, .top'))
            .filter((each) => each.getBoundingClientRect().right > document.querySelector('main section').getBoundingClientRect().right + 1)
            .map((each) => each.outerHTML.slice(0, 80))"""
    )
    assert wide == []
    clipped = page.evaluate(
        """() => [...document.querySelectorAll('svg text')].map((text) => {
            const [inner, outer] = [text.getBoundingClientRect(), text.closest('svg').getBoundingClientRect()];
            return inner.width && (inner.left < outer.left - 1 || inner.right > outer.right + 1 ||
                inner.bottom > outer.bottom + 1 || inner.top < outer.top - 1) ? text.textContent : null;
        }).filter(Boolean)"""
    )
    assert clipped == []
    assert faults(page) == ""


def test_its_numbers_are_those_of_the_tables(visit, folder):
    page = visit(folder)

    def value(place):
        return int(page.get_attribute(place, "value"))

    def column(table, name):
        return pq.read_table(folder / "tables" / f"{table}.parquet")[name].to_pylist()

    codes = column("bills", "code")
    paid = sum(
        units for code, units in zip(codes, column("bills", "amount_units"), strict=True) if code == "total"
    )
    assert value("#figure-made") == -sum(column("readings", "pv_wh"))
    assert value("#figure-imported") == sum(wh for wh in column("gateway", "metered_wh") if wh > 0)
    assert value("#figure-negative") == sum(ticks < 0 for ticks in column("prices", "day_ahead_ticks"))
    assert value("#figure-paid") == value("#bills-sum") == paid
    assert value("#accounts-table .sum data") == 0
    assert page.inner_text("#figure-paid").replace("\u00a0", " ") == f"€ {paid / 1e8:,.2f}"


def test_every_order_of_a_chosen_quarter_hour_is_told(visit, folder):
    page = visit(folder)
    fills = pq.read_table(folder / "tables" / "fills.parquet").to_pylist()
    starts = pq.read_table(folder / "tables" / "prices.parquet")["ptu_start"].to_pylist()
    orders = pq.read_table(folder / "tables" / "orders.parquet").to_pylist()
    for ptu in (3, 51, 110, 195):
        page.select_option("#merit-day", str(int(ptu >= 96)))
        page.select_option("#merit-time", str(ptu))
        page.wait_for_selector(f"#merit-moment[data-ptu='{ptu}']")
        told = page.eval_on_selector_all(
            "#who-table tbody data", "(all) => all.map((each) => Number(each.value))"
        )
        assert len(told) == sum(order["ptu_start"] == starts[ptu] for order in orders)
        assert sum(told) == sum(fill["units"] for fill in fills if fill["ptu_start"] == starts[ptu])
        assert page.get_attribute("#money-sum", "value") == "0"


def test_what_was_announced_stands_beside_what_the_meters_showed(visit, folder):
    page = visit(folder)
    gateway = pq.read_table(folder / "tables" / "gateway.parquet").to_pylist()
    for ptu in (3, 51):
        page.select_option("#merit-day", "0")
        page.select_option("#merit-time", str(ptu))
        page.wait_for_selector(f"#merit-moment[data-ptu='{ptu}']")
        apart = abs(gateway[ptu]["deviation_wh"])
        assert apart > 0
        told = page.inner_text("#merit-afterwards").replace("\u00a0", " ")
        for wh in (gateway[ptu]["nominated_wh"], gateway[ptu]["metered_wh"]):
            way = "from outside" if wh > 0 else "to outside"
            assert (f"{abs(wh):,} Wh {way}" if wh else "nothing") in told
        assert f"the difference of {apart:,} Wh" in told


def test_a_quarter_hour_is_chosen_by_keyboard(visit, folder):
    page = visit(folder)
    slider = page.locator("#timeline-picture")
    slider.focus()
    seen = []
    for key, ptu in {"Home": 0, "ArrowRight": 1, "PageUp": 5, "End": 195, "ArrowLeft": 194}.items():
        page.keyboard.press(key)
        expect(page.locator("#merit-moment")).to_have_attribute("data-ptu", str(ptu))
        seen.append(
            (
                page.inner_text("#merit-moment"),
                page.inner_html("#merit-picture"),
                page.inner_text("#who-table"),
            )
        )
    assert [moment.split()[-1] for moment, _, _ in seen] == ["00:00", "00:15", "01:15", "23:45", "23:30"]
    assert len({picture for _, picture, _ in seen}) == len({table for _, _, table in seen}) == len(seen)
    expect(slider).to_be_focused()
    expect(slider).to_have_attribute("aria-valuenow", "194")
    expect(slider).to_have_attribute("aria-valuetext", re.compile("ct/kWh"))


def test_a_click_on_the_days_chooses_too(visit, folder):
    page = visit(folder)
    moment = page.locator("#merit-moment")
    before = moment.inner_text()
    page.locator("#timeline-picture").click(position={"x": 800, "y": 60})
    expect(moment).not_to_have_text(before)
    expect(page.locator("#home-readout")).to_contain_text(moment.inner_text())


def test_the_hour_that_comes_twice_has_two_names(visit, folder):
    page = visit(folder)
    page.select_option("#merit-day", "1")
    expect(page.locator("#merit-time option")).to_have_count(100)
    times = page.eval_on_selector_all("#merit-time option", "(all) => all.map((each) => each.textContent)")
    assert len(times) == len(set(times)) == 100
    assert {"02:15 A", "02:15 B"} <= set(times)


def test_a_bill_opens_to_its_lines_and_reasons(visit, folder):
    page = visit(folder, "nl")
    toggle = page.locator("#bill-home-03-toggle")
    toggle.press("Enter")
    expect(toggle).to_have_attribute("aria-expanded", "true")
    expect(page.locator("#bill-home-03")).to_contain_text("Uw dak en accu leverden")
    page.click("#language-en")
    expect(page.locator("#bill-home-03")).to_contain_text("Your roof and battery supplied")
    expect(page.locator("#language-en")).to_be_focused()


def test_light_and_dark_can_be_chosen(visit, folder):
    page = visit(folder, scheme="dark")
    paper = page.locator("body")
    dark = paper.evaluate("(body) => getComputedStyle(body).backgroundColor")
    page.click("#theme")
    expect(paper).not_to_have_css("background-color", dark)
    page.click("#theme")
    expect(paper).to_have_css("background-color", dark)


def test_headings_come_in_order_and_controls_have_names(visit, folder, study):
    for page in (visit(folder), visit(study)):
        levels = page.eval_on_selector_all(
            "h1, h2, h3, h4", "(all) => all.map((each) => Number(each.tagName[1]))"
        )
        assert levels[0] == 1
        assert levels.count(1) == 1
        assert all(after <= before + 1 for before, after in pairwise(levels))
        nameless = page.evaluate(
            """() => [...document.querySelectorAll('button, select, a[href], summary, [tabindex="0"], svg[role=img]')]
                .filter((each) => !(each.getAttribute('aria-label') || each.innerText?.trim() || each.labels?.length))
                .map((each) => each.outerHTML.slice(0, 80))"""
        )
        assert nameless == []
        doubles = page.evaluate(
            """() => { const ids = [...document.querySelectorAll('[id]')].map((each) => each.id);
                return ids.filter((id, i) => ids.indexOf(id) !== i); }"""
        )
        assert doubles == []


def test_everything_to_press_is_large_enough_to_hit(visit, folder):
    page = visit(folder, width=390)
    small = page.evaluate(
        """() => [...document.querySelectorAll('button, select, summary, nav a')]
            .map((each) => [each.textContent.slice(0, 20), each.getBoundingClientRect()])
            .filter(([, box]) => box.width && (box.width < 24 || box.height < 24)).map(([words]) => words)"""
    )
    assert small == []


CONTRAST = """() => {
    const canvas = new OffscreenCanvas(1, 1).getContext('2d', { willReadFrequently: true });
    const paint = (...colours) => {
        canvas.clearRect(0, 0, 1, 1);
        for (const colour of colours) { canvas.fillStyle = colour; canvas.fillRect(0, 0, 1, 1); }
        return canvas.getImageData(0, 0, 1, 1).data;
    };
    const light = ([r, g, b]) => [r, g, b].map((part) => part / 255)
        .map((part) => part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4)
        .reduce((sum, part, i) => sum + part * [0.2126, 0.7152, 0.0722][i], 0);
    const behind = (element) => {
        const found = [];
        for (let at = element; at; at = at.parentElement) found.unshift(getComputedStyle(at).backgroundColor);
        return found;
    };
    const poor = new Set();
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
        const element = walker.currentNode.parentElement;
        if (!walker.currentNode.data.trim() || element.closest('script, style, noscript, option, .skip, title, defs')) continue;
        if (element.closest('button')?.disabled || !element.checkVisibility?.()) continue;
        const style = getComputedStyle(element);
        const drawn = element.closest('svg');
        const circle = element.previousElementSibling?.tagName === 'circle' ? [getComputedStyle(element.previousElementSibling).fill] : [];
        const back = [...behind(drawn ? drawn.parentElement : element), ...circle];
        const [one, two] = [light(paint(...back)), light(paint(...back, drawn ? style.fill : style.color))];
        const ratio = (Math.max(one, two) + 0.05) / (Math.min(one, two) + 0.05);
        const size = parseFloat(style.fontSize);
        const needed = size >= 24 || (size >= 18.66 && style.fontWeight >= 700) ? 3 : 4.5;
        if (ratio < needed) poor.add(`${walker.currentNode.data.trim().slice(0, 30)}: ${ratio.toFixed(2)}`);
    }
    const marks = 'local import export tax good bad load pv battery ev heat_pump control accent'.split(' ');
    const paper = light(paint(getComputedStyle(document.body).backgroundColor));
    const probe = document.body.appendChild(document.createElement('i'));
    for (const mark of marks) {
        probe.style.color = `var(--${mark})`;
        const shade = light(paint(getComputedStyle(probe).color));
        const ratio = (Math.max(shade, paper) + 0.05) / (Math.min(shade, paper) + 0.05);
        if (ratio < 3) poor.add(`--${mark}: ${ratio.toFixed(2)}`);
    }
    return [...poor];
}"""


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("kind", ["folder", "study"])
def test_text_and_marks_stand_out(request, visit, kind, scheme):
    """WCAG 2.2 AA: 4.5 for text, 3 for large text and for what a picture is drawn with."""
    page = visit(request.getfixturevalue(kind), scheme=scheme)
    page.evaluate("() => document.querySelectorAll('details').forEach((each) => (each.open = true))")
    for toggle in page.query_selector_all(".more")[:2]:
        toggle.click()
    assert page.evaluate(CONTRAST) == []


def test_a_day_that_is_not_kept_says_where_to_look(visit, tmp_path, monkeypatch):
    folder = SAMPLE["write_run"](tmp_path, homes=2, days=6)
    monkeypatch.setattr("laag.study.report.single.DETAIL_BYTES", 20_000)
    report.write(folder)
    page = visit(folder)
    page.locator("#timeline-picture").focus()
    for key in ("Home", "End"):
        page.keyboard.press(key)
    page.select_option("#timeline-day", "2")
    page.locator("#timeline-picture").focus()
    for _ in range(2):
        page.keyboard.press("ArrowRight")
        expect(page.locator("#merit-near, #merit-picture")).to_have_count(1)
    full = page.locator("#merit-day option:not([disabled])").count()
    expect(page.locator("#merit-kept")).to_contain_text(f"of {full} of the 6 days")
    if page.locator("#merit-near").count():
        page.click("#merit-near")
        expect(page.locator("#merit-picture svg")).to_have_count(1)


def test_a_policy_without_a_market_shows_no_market(visit, tmp_path):
    folder = SAMPLE["write_run"](tmp_path, homes=3, days=1, policy="netting-2026")
    for table in ("orders", "fills", "clearings"):
        (folder / "tables" / f"{table}.parquet").unlink()
    report.write(folder)
    page = visit(folder)
    expect(page.locator("#orders")).to_contain_text("do not trade with each other")
    expect(page.locator("#merit-picture")).to_have_count(0)
    expect(page.locator("#home-picture svg")).to_have_count(1)


def test_a_study_compares_in_picture_and_table(visit, study):
    page = visit(study)
    rows = page.locator("#metric-table tbody tr")
    assert rows.count() == 2
    assert "Layered market" in rows.nth(0).inner_text()
    costs = page.eval_on_selector_all(
        "#metric-table tbody tr td:nth-child(2) data", "(all) => all.map((each) => Number(each.value))"
    )
    assert costs == [31.5, 35.5]
    assert page.locator("#mean-day polyline").count() == 2
    assert page.locator("#groups-picture circle").count() == 12


def test_a_street_that_was_really_run_reads_as_well(visit, tmp_path):
    """The built-in street with its cables, on the day the clock goes forward."""
    pytest.importorskip("pvlib", reason="the built-in street needs the extra street")
    from laag.apps.cli import main

    assert (
        main(
            [
                "run",
                "--homes",
                "8",
                "--days",
                "1",
                "--from",
                "2026-03-29",
                "--workers",
                "1",
                "--out",
                str(tmp_path),
            ]
        )
        == 0
    )
    for width in (390, 1280):
        page = visit(tmp_path, "nl", width)
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        assert page.locator("#checks .sign.bad").count() == 0
        expect(page.locator("#merit-time option")).to_have_count(92)
    for layer in range(page.locator("#merit-layer option").count()):
        page.select_option("#merit-layer", str(layer))
        expect(page.locator("#merit-picture svg")).to_have_count(1)
        expect(page.locator("#money-sum")).to_have_attribute("value", "0")
