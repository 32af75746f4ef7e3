"""What every test with a real browser shares: which browser, how a page is opened, and who listens to its complaints."""

import shutil

import pytest

playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
axe = pytest.importorskip(
    "axe_playwright_python.sync_playwright", reason="axe is not installed: it is in the group dev"
)
expect = playwright.expect
PATIENCE_MS = 60_000
"""How long a page may take to show what is claimed: the machine may be busy, and nobody waits longer than needed."""
expect.set_options(timeout=PATIENCE_MS)

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
IN_A_BROWSER = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="there is no chromium on this machine"),
]
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"]  # fmt: skip
LOCALES = {"nl": "nl-NL", "en": "en-GB"}


class Visits:
    """Pages that were opened; what they complained of, and what they asked of others than their own server."""

    def __init__(self, browser) -> None:
        self.browser, self.contexts, self.complaints = browser, [], []

    def open(self, home, language="en", width=1280, scheme="light", *, script=True, secret=None, fine=()):
        """A page in a browser of its own that may ask ``home`` only; ``secret`` signs somebody in, ``fine`` may be said."""
        context = self.browser.new_context(
            viewport={"width": width, "height": 900},
            color_scheme=scheme,
            locale=LOCALES[language],
            reduced_motion="reduce",
            java_script_enabled=script,
        )
        context.set_default_timeout(PATIENCE_MS)
        self.contexts.append(context)
        if secret is not None:
            context.add_cookies(
                [{"name": "laag_session", "value": secret, "url": home, "httpOnly": True}],
            )
        page = context.new_page()
        page.on("console", lambda said: any(part in said.text for part in fine) or self._hear(said.text))
        page.on("pageerror", lambda error: self._hear(str(error)))
        page.on("request", lambda asked: asked.url.startswith((home, "data:,")) or self._hear(asked.url))
        return page

    def _hear(self, complaint):
        self.complaints.append(complaint)

    def close(self):
        """All of them; a page that is being closed has nothing more to say that counts."""
        heard = list(self.complaints)
        for context in self.contexts:
            context.close()
        return heard


def faults(page):
    """What axe finds on a page as it stands, in words; empty is good."""
    found = axe.Axe().run(page)
    return found.generate_report() if found.response["violations"] else ""
