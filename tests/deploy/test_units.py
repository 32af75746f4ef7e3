"""The units of systemd name commands that exist, hold what they promise, and keep a fault inside its own house."""

import configparser
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from laag.apps.cli import parser

UNITS = Path(__file__).parents[2] / "deploy" / "systemd"
SERVICES = sorted(UNITS.glob("*.service"))
LAAG = "/opt/laag/current/bin/laag"
EXPOSED_AT_MOST = 20
"""Tenths; systemd calls 0 to 20 safe, and a service that nobody looked at is 96."""


def unit(path):
    read = configparser.ConfigParser(strict=False, interpolation=None)
    read.optionxform = str
    read.read_string(path.read_text())
    return read


def commands(path):
    return re.findall(rf"^Exec\w+={re.escape(LAAG)} (.*)$", path.read_text(), re.MULTILINE)


def installed(folder):
    """The units as they would be where laag is installed here."""
    for path in UNITS.iterdir():
        if path.suffix in {".service", ".timer"}:
            here = Path(sys.executable).with_name("laag")
            (folder / path.name).write_text(path.read_text().replace(LAAG, str(here)))
    return folder


def systemd_analyze(*arguments):
    if shutil.which("systemd-analyze") is None:
        pytest.skip("no systemd here: apt-get install systemd")
    return subprocess.run(
        ["systemd-analyze", "--no-pager", *map(str, arguments)], capture_output=True, text=True, check=False
    )


def test_there_are_units():
    assert [path.name for path in SERVICES] == [
        "laag-backup.service",
        "laag-home@.service",
        "laag-serve.service",
    ]


@pytest.mark.parametrize("path", SERVICES, ids=lambda path: path.name)
def test_every_command_is_one_that_laag_knows(path):
    given = commands(path)
    assert given
    for command in given:
        parser().parse_args(command.replace("%i", "kade-12").replace("%S", "/var/lib").split())


def test_systemd_reads_them_without_a_word(tmp_path):
    folder = installed(tmp_path)
    files = [folder / name for name in ("laag-serve.service", "laag-backup.service", "laag-backup.timer")]
    shutil.copy(folder / "laag-home@.service", folder / "laag-home@kade.service")
    done = systemd_analyze(
        "verify", "--man=no", "--recursive-errors=no", *files, folder / "laag-home@kade.service"
    )
    assert (done.returncode, done.stderr, done.stdout) == (0, "", "")


@pytest.mark.parametrize("path", SERVICES, ids=lambda path: path.name)
def test_systemd_finds_little_that_they_could_do_to_the_machine(path, tmp_path):
    file = installed(tmp_path) / path.name
    done = systemd_analyze("security", "--offline=true", f"--threshold={EXPOSED_AT_MOST}", file)
    if "--offline" in done.stderr:
        pytest.skip("this systemd cannot look at a unit that is not installed; 250 can")
    assert done.returncode == 0, done.stdout[-400:]


@pytest.mark.parametrize("path", SERVICES, ids=lambda path: path.name)
def test_a_service_has_bounds_an_end_and_a_place_of_its_own(path):
    service = unit(path)["Service"]
    assert {"MemoryMax", "NoNewPrivileges", "PrivateTmp", "RestrictAddressFamilies", "StateDirectory"} <= set(
        service
    )
    assert service["ProtectSystem"] == "strict"
    assert service["User"] in {"laag", "laag-home"}
    if service["Type"] != "oneshot":
        assert service["Restart"] == "on-failure"
        assert int(service["TimeoutStopSec"].rstrip("s")) >= 30


def test_who_they_run_as_is_made_and_a_home_may_read_its_meter():
    said = (UNITS / "laag-sysusers.conf").read_text()
    for path in SERVICES:
        assert re.search(rf"^u {unit(path)['Service']['User']} ", said, re.MULTILINE)
    assert "m laag-home dialout" in said
    assert unit(UNITS / "laag-home@.service")["Service"]["SupplementaryGroups"] == "dialout"


def test_port_80_takes_one_right_and_no_other():
    service = unit(UNITS / "laag-home-port-80.conf")["Service"]
    assert set(service.values()) == {"CAP_NET_BIND_SERVICE"}


def test_the_timer_starts_the_backup_every_night():
    timer = unit(UNITS / "laag-backup.timer")["Timer"]
    assert timer["Persistent"] == "true"
    done = systemd_analyze("calendar", "--iterations=2", timer["OnCalendar"])
    assert done.returncode == 0
