"""From nothing to a bill that is understood and data that are gone: one resident, one browser, two real processes."""

import io
import re
import time
import zipfile
from pathlib import Path

import pytest
from tests.browser.browsing import IN_A_BROWSER, expect
from tests.browser.walking import Walk, days_on

pytestmark = [*IN_A_BROWSER, pytest.mark.slow]
TOUR = Path(__file__).parents[2] / "docs" / "tour.md"
NIGHT_SPEED, DAY_SPEED = 1500, 20


@pytest.fixture
def walk(tmp_path):
    made = Walk(tmp_path / "live")
    made.begin(DAY_SPEED)
    yield made
    made.stop()


@pytest.fixture
def page(visits, walk):
    # While all processes are begun again the browser finds nobody, and says so.
    return visits.open(walk.home, width=390, fine=("Failed to load resource", "net::ERR_"))


class Resident:
    """What somebody does, by what they read on the screen."""

    def __init__(self, walk, page) -> None:
        self.walk, self.page, self.before = walk, page, ""

    def reads(self, place, words):
        """What they see there, as soon as the page has come."""
        expect(self.page.locator(place).first).to_contain_text(words)

    def make_the_home_yours(self):
        self.page.goto(self.walk.home)
        self.reads("h1", "nobody’s yet")
        self.page.get_by_label("The link, or the code at its end").fill(self.walk.first_link)
        self.page.get_by_role("button", name="Go on").click()
        self.page.get_by_label("Name").fill("Ann")
        self.page.get_by_label("Password").fill("three green bicycles")
        self.page.get_by_role("button", name="Make my access").click()
        expect(self.page.locator("h1")).to_have_text("Now")

    def join_the_neighbourhood(self):
        self.page.get_by_role("link", name="Join the neighbourhood").click()
        self.page.get_by_label("Code").fill("AAAA-AAAA")
        self.page.get_by_role("button", name="Join").click()
        self.reads("main", "There is no such code")
        self.page.get_by_label("Code").fill(self.walk.code.lower())
        self.page.get_by_role("button", name="Join").click()
        self.reads("h1", "This home takes part")
        self.reads("main", "Tuesday 2 June 2026")

    def say_what_you_want(self):
        self.page.goto(f"{self.walk.home}/today")
        self.before = self.page.inner_text("#reasons")
        self.page.get_by_role("link", name="What I want", exact=True).click()
        self.page.get_by_label("What do you want?").fill("car at 80 % by seven")
        self.page.get_by_role("button", name="See what it changes").first.click()
        expect(self.page.locator("h1")).to_have_text("You want: car at 80 % by 07:00")
        self.reads("#cost", re.compile(r"it (then )?costs .*€\d"))
        self.reads(".changes .new:has-text('The car')", "The car charges")
        self.page.get_by_role("button", name="That is what I want").click()
        self.reads("#mine", "car at 80 % by 07:00")

    def see_the_plan_change_and_why(self):
        self.page.get_by_role("link", name="Plan", exact=True).click()
        expect(self.page.locator("#reasons")).not_to_have_text(self.before, use_inner_text=True)
        self.reads("#reasons li:has-text('The car charges')", re.compile("cent|sun"))

    def find_why_yesterday_cost_what_it_cost(self):
        self.page.get_by_role("link", name="Bill", exact=True).click()
        self.page.get_by_role("link", name="Why did yesterday cost what it cost?").click()
        self.reads("h1", "Tuesday 2 June 2026")
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
        self.reads("main", re.compile(r"Deleted: [\d,]+ quarter-hours"))
        self.page.get_by_text("My membership of the neighbourhood").click()
        self.page.get_by_label("Type ‘leave’ to confirm").fill("leave")
        self.page.get_by_role("button", name="Leave the neighbourhood").click()
        self.reads("main", "has left the neighbourhood")


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
