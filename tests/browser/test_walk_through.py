"""From nothing to a bill that is understood and data that are gone: one resident, one browser, two real processes."""

import io
import re
import shutil
import time
import zipfile
from pathlib import Path

import pytest
from tests.browser.walking import Walk, days_on

playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
pytestmark = [
    pytest.mark.browser,
    pytest.mark.slow,
    pytest.mark.skipif(CHROMIUM is None, reason="there is no chromium on this machine"),
]
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"]  # fmt: skip
TOUR = Path(__file__).parents[2] / "docs" / "tour.md"
NIGHT_SPEED, DAY_SPEED = 1500, 20


@pytest.fixture
def walk(tmp_path):
    made = Walk(tmp_path / "live")
    made.begin(DAY_SPEED)
    yield made
    made.stop()


@pytest.fixture
def page(walk):
    complaints = []
    with playwright.sync_playwright() as player:
        browser = player.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        context = browser.new_context(
            viewport={"width": 390, "height": 844}, locale="en-GB", reduced_motion="reduce"
        )
        opened = context.new_page()
        opened.on("pageerror", lambda error: complaints.append(str(error)))
        opened.on("request", lambda asked: asked.url.startswith(walk.home) or complaints.append(asked.url))
        opened.set_default_timeout(30_000)
        yield opened
        context.close()
        browser.close()
    assert complaints == []


class Resident:
    """What somebody does, by what they read on the screen."""

    def __init__(self, walk, page) -> None:
        self.walk, self.page, self.before = walk, page, ""

    def make_the_home_yours(self):
        self.page.goto(self.walk.home)
        assert "nobody’s yet" in self.page.inner_text("h1")
        self.page.get_by_label("The link, or the code at its end").fill(self.walk.first_link)
        self.page.get_by_role("button", name="Go on").click()
        self.page.get_by_label("Name").fill("Ann")
        self.page.get_by_label("Password").fill("three green bicycles")
        self.page.get_by_role("button", name="Make my access").click()
        self.page.wait_for_selector("h1:text-is('Now')")

    def join_the_neighbourhood(self):
        self.page.get_by_role("link", name="Join the neighbourhood").click()
        self.page.get_by_label("Code").fill("AAAA-AAAA")
        self.page.get_by_role("button", name="Join").click()
        assert "There is no such code" in self.page.inner_text("main")
        self.page.get_by_label("Code").fill(self.walk.code.lower())
        self.page.get_by_role("button", name="Join").click()
        assert "This home takes part" in self.page.inner_text("h1")
        assert "Tuesday 2 June 2026" in self.page.inner_text("main")

    def say_what_you_want(self):
        self.page.goto(f"{self.walk.home}/today")
        self.before = self.page.inner_text("#reasons")
        self.page.get_by_role("link", name="What I want", exact=True).click()
        self.page.get_by_label("What do you want?").fill("car at 80 % by seven")
        self.page.get_by_role("button", name="See what it changes").first.click()
        assert self.page.inner_text("h1") == "You want: car at 80 % by 07:00"
        assert re.search(r"it (then )?costs .*€\d", self.page.inner_text("#cost"))
        assert "The car charges" in self.page.inner_text(".changes .new:has-text('The car')")
        self.page.get_by_role("button", name="That is what I want").click()
        assert "car at 80 % by 07:00" in self.page.inner_text("#mine")

    def see_the_plan_change_and_why(self):
        self.page.get_by_role("link", name="Plan", exact=True).click()
        changed = "before => document.getElementById('reasons').innerText !== before"
        self.page.wait_for_function(changed, arg=self.before, timeout=60_000)
        reasons = self.page.locator("#reasons li", has_text="The car charges").first
        assert "cent" in reasons.inner_text() or "sun" in reasons.inner_text()

    def find_why_yesterday_cost_what_it_cost(self):
        self.page.get_by_role("link", name="Bill", exact=True).click()
        self.page.get_by_role("link", name="Why did yesterday cost what it cost?").click()
        assert "Tuesday 2 June 2026" in self.page.inner_text("h1")
        moments = self.page.locator(".happens li").all_inner_texts()
        assert moments
        assert all("€" in one for one in moments)

    def take_everything_along(self):
        self.page.goto(f"{self.walk.home}/data")
        with self.page.expect_download() as download:
            self.page.get_by_role("link", name="As tables (zip with CSV)").click()
        archive = zipfile.ZipFile(io.BytesIO(Path(download.value.path()).read_bytes()))
        names = set(archive.namelist())
        assert {
            "quarters.csv",
            "wishes.csv",
            "neighbourhood/readings.csv",
            "neighbourhood/settled.csv",
        } <= names
        assert "car at 80 % by 07:00" in archive.read("wishes.csv").decode()
        assert len(archive.read("neighbourhood/readings.csv").decode().splitlines()) > 96

    def delete_it_and_leave(self):
        self.page.get_by_text("What this home measured and planned").click()
        self.page.get_by_label("Type ‘delete’ to confirm").fill("delete")
        self.page.get_by_role("button", name="Delete").click()
        assert re.search(r"Deleted: [\d,]+ quarter-hours", self.page.inner_text("main"))
        self.page.get_by_text("My membership of the neighbourhood").click()
        self.page.get_by_label("Type ‘leave’ to confirm").fill("leave")
        self.page.get_by_role("button", name="Leave the neighbourhood").click()
        assert "has left the neighbourhood" in self.page.inner_text("main")


def steps():
    """The walk as the tour tells it: its numbered lines, in their order."""
    told = TOUR.read_text("utf-8").partition("## A resident, a browser, two days")[2]
    return [
        one.lower().replace(" ", "_") for one in re.findall(r"^\d+\. \*\*(.+?)\.\*\*", told, re.MULTILINE)
    ]


def test_a_resident_walks_from_a_code_to_a_bill_and_out_again_as_the_tour_tells(walk, page):
    resident, took_s = Resident(walk, page), {}
    assert len(steps()) == 7
    for step in steps():
        if step == "find_why_yesterday_cost_what_it_cost":
            sleep_a_day(walk)
        began = time.monotonic()
        try:
            getattr(resident, step)()
        except Exception as fault:
            fault.add_note(
                f"in {step}; the page: {page.inner_text('body')[:2000]}; the processes: {walk.told()}"
            )
            raise
        took_s[step] = round(time.monotonic() - began, 1)
    assert max(took_s.values()) < 60, took_s


def sleep_a_day(walk):
    """A day and two nights pass; all processes are begun again in between, as after a power cut."""
    walk.stop()
    walk.begin(NIGHT_SPEED)
    walk.until(days_on(2))
    walk.stop()
    walk.begin(DAY_SPEED)
