"""The ten steps work: every line of docs/running.md that begins with laag or curl is run, in order, on files of its own."""

import re
import shutil
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest
from tests.doors import free_port

ROOT = Path(__file__).parents[2]
TEXT = (ROOT / "docs" / "running.md").read_text()
LINES = re.findall(r"^    ((?:laag|curl|sudo) .*)$", TEXT, re.MULTILINE)
LAAG = Path(sys.executable).with_name("laag")
WITHIN_S = 90


def test_there_are_ten_steps():
    assert re.findall(r"^\*\*(\d+)\. ", TEXT, re.MULTILINE) == [str(number) for number in range(1, 11)]


def test_what_is_installed_from_the_project_is_in_it():
    named = {word for line in LINES for word in line.split() if word.startswith(("deploy/", "lock/"))}
    assert len(named) > 8
    assert [name for name in named if not (ROOT / name).exists()] == []


class Machine:
    """A disk of its own, a free port, and the server that step 4 starts."""

    def __init__(self, folder) -> None:
        self.folder = folder
        self.port = free_port()
        settings = folder / "etc/laag"
        settings.mkdir(parents=True)
        for name, given in (("street.toml", "street.toml"), ("kade-12.toml", "home.toml")):
            (settings / name).write_text(self.here((ROOT / "deploy/examples" / given).read_text()))
        street = settings / "street.toml"
        street.write_text(street.read_text().replace("[street]", f"[street]\nport = {self.port}", 1))
        (folder / "var/lib/laag").mkdir(parents=True)
        self.server = None

    def here(self, text):
        newest = sorted((self.folder / "var/lib/laag/copies").glob("street-*Z.sqlite"))
        text = text.replace("/etc/laag/", f"{self.folder}/etc/laag/").replace(
            "/var/lib/", f"{self.folder}/var/lib/"
        )
        text = text.replace("127.0.0.1:8400", f"127.0.0.1:{self.port}")
        return text.replace("street-NEWEST.sqlite", newest[-1].name if newest else "street-NEWEST.sqlite")

    def run(self, line):
        words = self.here(line).split()
        if words[0] == "laag":
            words[0] = str(LAAG)
        if words[1] == "serve":
            with (self.folder / "said").open("w") as said:
                self.server = subprocess.Popen(words, stdout=said, stderr=said)
            self.wait()
            return ""
        done = subprocess.run(words, capture_output=True, text=True, check=False, timeout=WITHIN_S)
        assert done.returncode == 0, f"{line}\n{done.stdout}{done.stderr}"
        return done.stdout

    def wait(self):
        """Until it answers; a busy machine may take its time."""
        until = time.monotonic() + WITHIN_S
        while time.monotonic() < until:
            assert self.server.poll() is None, (self.folder / "said").read_text()
            try:
                urllib.request.urlopen(f"http://127.0.0.1:{self.port}/api/v1/about", timeout=5).close()
            except OSError:
                time.sleep(0.2)
            else:
                return
        pytest.fail((self.folder / "said").read_text())


@pytest.fixture
def machine(tmp_path):
    one = Machine(tmp_path)
    yield one
    if one.server is not None:
        one.server.terminate()
        one.server.wait(WITHIN_S)


@pytest.mark.slow
def test_from_nothing_to_a_running_neighbourhood_a_copy_put_back_and_an_upgrade(machine):
    if shutil.which("curl") is None:
        pytest.skip("no curl here: apt-get install curl")
    said = [(line, machine.run(line)) for line in LINES if not line.startswith("sudo")]
    assert len(said) >= 8
    told = (machine.folder / "said").read_text()
    assert "The first operator makes an account at" in told
    assert any("Voorbeeldstraat" in answer for _, answer in said)
    assert "every hash is right" in machine.run("laag log verify /var/lib/laag/restored.sqlite")

    machine.run("laag upgrade prepare /etc/laag/street.toml --to /var/lib/laag/before")
    assert "it can be started" in machine.run("laag upgrade check /var/lib/laag/before")
    machine.server.terminate()
    assert machine.server.wait(WITHIN_S) == 0, "it ends in good order"
    assert "nothing is lost" in machine.run("laag upgrade rollback /var/lib/laag/before")

    lost = machine.folder / "lost"
    lost.mkdir()
    for path in (machine.folder / "var/lib/laag").glob("street*"):
        path.rename(lost / path.name)
    (back,) = [line.removeprefix("sudo -u laag ") for line in LINES if " laag put-back " in line]
    assert "everybody reads that it happened" in machine.run(back)
    machine.run("laag serve /etc/laag/street.toml")
    record = machine.run("curl --fail http://127.0.0.1:8400/api/v1/record")
    assert "was put back on" in record
    assert [
        one.stat().st_mode & 0o077 for one in (machine.folder / "var/lib/laag").glob("street-ledger.pem")
    ] == [0]
