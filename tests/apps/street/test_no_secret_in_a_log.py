"""What makes somebody of somebody is in no line that a server or its proxy writes."""

import json
import os
import re
import subprocess
import sys
import time
from datetime import date, timedelta
from pathlib import Path

import httpx
import pytest

CADDYFILE = Path(__file__).parents[3] / "deploy" / "container" / "Caddyfile"
SECRETS = {
    "invitation": "Xq0p_-invitation-Zm9vYmFyMTIzNDU2Nzg5MGFi",
    "password": "correct-horse-Zm9vYmFy",
    "key": "laag_Zm9vYmFyMTIzNDU2Nzg5MGFiY2RlZg",
    "session": "c2Vzc2lvbi1zZWNyZXQtMTIzNDU2Nzg5MA",
    "code": "K7QP3MXA",
}


@pytest.fixture
def server(tmp_path):
    """A real one; what it writes is read when it has stopped."""
    settings = tmp_path / "street.toml"
    first = date.today() + timedelta(days=2)  # noqa: DTZ011 - a day that is still to come, on the wall
    settings.write_text(
        f'[street]\nname = "Kade"\nfirst_day = {first}\nport = 0\nstore = "{tmp_path}/street.sqlite"\nprices = "model"\n'
    )
    words = (tmp_path / "stderr").open("wb+")
    out = (tmp_path / "stdout").open("wb+")
    command = [sys.executable, "-m", "laag.apps.cli", "serve", str(settings)]
    with words, out, subprocess.Popen(command, stdout=out, stderr=words, env=os.environ) as running:
        try:
            yield _url(tmp_path / "stderr", running), running, tmp_path
        finally:
            running.kill()


def _url(words, running):
    until = time.monotonic() + 90
    while time.monotonic() < until:
        assert running.poll() is None, words.read_text()
        for line in words.read_text().splitlines():
            if '"what": "listening"' in line:
                return json.loads(line)["url"]
        time.sleep(0.1)
    raise AssertionError(words.read_text())


def test_no_secret_that_is_said_to_a_server_is_in_its_log(server):
    url, running, folder = server
    one = SECRETS
    with httpx.Client(
        base_url=url, cookies={"laag_session": one["session"]}, follow_redirects=True
    ) as caller:
        for accept in ("text/html", "application/json"):
            caller.headers["accept"] = accept
            caller.get(f"/welcome/{one['invitation']}")
            caller.post(f"/welcome/{one['invitation']}", data={"name": "Ann", "password": one["password"]})
            caller.post("/sign-in", data={"name": "Ann", "password": one["password"]})
            caller.get(f"/enrol?code={one['code']}")
            caller.get(f"/sign-in?next=/welcome/{one['invitation']}")
            caller.get("/api/v1/status", headers={"authorization": f"Bearer {one['key']}"})
            caller.request(
                "DELETE", f"/api/v1/codes/{one['code']}", headers={"authorization": f"Bearer {one['key']}"}
            )
            caller.get(f"/welcome/{one['invitation']}", headers={"host": "["})
            odd = {"code": one["code"], "public_key": "0" * 64, "signature": "0" * 128}
            caller.post("/api/v1/enrolments", json=odd)
            caller.post("/api/v1/enrolments", content=json.dumps(odd).encode()[:-5])
    running.terminate()
    assert running.wait(60) == 0
    written = (folder / "stderr").read_text()
    assert '"what": "stopped"' in written
    for what, secret in SECRETS.items():
        assert secret not in written, what
    # The first operator's own link is printed once, for whoever started the server, and is no line of the log.
    assert "/welcome/" not in written
    assert (folder / "stdout").read_text().count("/welcome/") == 1


def test_nor_is_it_in_what_the_proxy_of_the_example_writes():
    """What its filter leaves of an address."""
    (pattern, instead) = re.search(r'request>uri regexp "([^"]+)" "([^"]+)"', CADDYFILE.read_text()).groups()
    kept = re.compile(pattern)
    for address in (
        f"/welcome/{SECRETS['invitation']}", f"/welcome/{SECRETS['invitation']}?lang=nl", f"/enrol?code={SECRETS['code']}",
        f"/enrol?lang=en&code={SECRETS['code']}", f"/join?code={SECRETS['code']}", f"/api/v1/codes/{SECRETS['code']}",
        f"/sign-in?next=%2Fwelcome%2F{SECRETS['invitation']}", f"/sign-in?next=%2Fenrol%3Fcode%3D{SECRETS['code']}",
    ):  # fmt: skip
        written = kept.sub(instead, address)
        assert not any(secret in written for secret in SECRETS.values()), written
    assert kept.sub(instead, "/api/v1/board?x=1") == "/api/v1/board?x=1"
    assert all(one in CADDYFILE.read_text() for one in ("request>headers delete", "resp_headers delete"))
