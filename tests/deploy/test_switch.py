"""The switch to another version goes back by itself, and stops for nobody's log."""

import os
import subprocess
from pathlib import Path

import pytest

SWITCH = Path(__file__).parents[2] / "deploy" / "bin" / "laag-switch"


def script(path, text):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"#!/bin/sh\n{text}\n")
    path.chmod(0o755)


class Machine:
    """Two versions that do as they are told, beside a service manager that notes what it is asked."""

    def __init__(self, folder) -> None:
        self.folder = folder
        self.asked = folder / "asked"
        self.root = folder / "opt"
        for version in ("old", "new"):
            script(self.root / version / "bin" / "laag", f'echo "{version} $1 $2" >> {self.asked}; exit 0')
        (self.root / "current").symlink_to(self.root / "old")
        script(folder / "bin" / "systemctl", f'echo "$1" >> {self.asked}; exit 0')
        self.health("exit 0")

    def health(self, text):
        script(self.folder / "bin" / "curl", text)

    def laag(self, version, command, code):
        path = self.root / version / "bin" / "laag"
        path.write_text(
            path.read_text().replace("exit 0", f'[ "$1 $2" != "{command}" ] || exit {code}\nexit 0')
        )

    def switch(self, *config):
        environment = {
            **os.environ,
            "PATH": f"{self.folder / 'bin'}:{os.environ['PATH']}",
            "LAAG_ROOT": str(self.root),
            "LAAG_COPIES": str(self.folder / "copies"),
            "LAAG_TRIES": "6",
            "LAAG_PAUSE": "0",
            "LAAG_AS": "",
        }
        done = subprocess.run(
            [SWITCH, "laag-serve.service", self.root / "new", "http://127.0.0.1:1/health", *config],
            env=environment, capture_output=True, text=True, check=False, timeout=60,
        )  # fmt: skip
        asked = self.asked.read_text().splitlines() if self.asked.exists() else []
        return done.returncode, (self.root / "current").resolve().name, asked, done.stderr


@pytest.fixture
def machine(tmp_path):
    return Machine(tmp_path)


def test_a_version_that_is_well_stays(machine):
    code, current, asked, _ = machine.switch("/etc/laag/street.toml")
    assert (code, current) == (0, "new")
    assert asked == [
        "new check-config /etc/laag/street.toml",
        "old upgrade prepare",
        "new upgrade check",
        "stop",
        "old upgrade prepare",
        "start",
    ]


def test_a_home_is_switched_without_a_street_to_check(machine):
    code, current, asked, _ = machine.switch()
    assert (code, current, asked) == (0, "new", ["stop", "start"])


def test_nothing_is_stopped_where_something_comes_out_otherwise(machine):
    machine.laag("new", "upgrade check", 1)
    code, current, asked, said = machine.switch("street.toml")
    assert (code, current) == (1, "old")
    assert "stop" not in asked
    assert "nothing was stopped" in said


def test_a_version_that_is_not_well_gives_way_to_the_one_before(machine):
    counted = machine.folder / "calls"
    machine.health(f'echo x >> {counted}; n=$(wc -l < {counted}); [ "$n" = 1 ] || [ "$n" -gt 7 ]')
    code, current, asked, _ = machine.switch("street.toml")
    assert (code, current) == (1, "old")
    assert asked[-4:] == ["start", "stop", "new upgrade rollback", "start"]


def test_a_version_that_reads_a_long_log_first_is_given_the_time_that_its_check_took(machine):
    """The check takes two seconds: eight more times is asked whether it is well."""
    counted = machine.folder / "calls"
    machine.health(f'echo x >> {counted}; n=$(wc -l < {counted}); [ "$n" = 1 ] || [ "$n" -gt 10 ]')
    path = machine.root / "new" / "bin" / "laag"
    path.write_text(path.read_text().replace("exit 0", '[ "$1 $2" != "upgrade check" ] || sleep 2.1\nexit 0'))
    assert machine.switch("street.toml")[:2] == (0, "new")


def test_a_version_that_stands_only_now_and_then_is_not_well(machine):
    counted = machine.folder / "calls"
    machine.health(f'echo x >> {counted}; n=$(wc -l < {counted}); [ "$n" -gt 7 ] || [ $((n % 2)) = 1 ]')
    assert machine.switch()[:2] == (1, "old")


def test_a_home_whose_meter_was_silent_before_need_only_answer(machine):
    machine.health('case "$*" in *--fail*) exit 22;; *) exit 0;; esac')
    assert machine.switch()[:2] == (0, "new")


def test_where_something_would_be_lost_somebody_decides(machine):
    machine.health("exit 1")
    machine.laag("new", "upgrade rollback", 1)
    code, current, asked, said = machine.switch("street.toml")
    assert (code, current) == (3, "new")
    assert asked[-1] == "new upgrade rollback"
    assert "decide" in said


def test_what_is_not_installed_is_not_switched_to(machine):
    (machine.root / "new" / "bin" / "laag").unlink()
    code, current, asked, _ = machine.switch()
    assert (code, current, asked) == (2, "old", [])


def test_the_old_version_goes_on_where_the_last_copy_fails(machine):
    once = machine.folder / "once"
    path = machine.root / "old" / "bin" / "laag"
    path.write_text(path.read_text().replace("exit 0", f"[ ! -e {once} ] || exit 2; touch {once}; exit 0"))
    code, current, asked, _ = machine.switch("street.toml")
    assert (code, current) == (1, "old")
    assert asked[-3:] == ["stop", "old upgrade prepare", "start"]
