"""The card of a Raspberry Pi: what its first start names is on it, and the settings are such as the agent takes."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from laag.apps.agent.config import read

ROOT = Path(__file__).parents[2]
HERE = ROOT / "deploy" / "raspberry-pi"
USER_DATA = (HERE / "user-data").read_text()


def script(path, text):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"#!/bin/sh\n{text}\n")
    path.chmod(0o755)


@pytest.fixture(scope="module")
def card(tmp_path_factory):
    """The first partition of a card, with an empty package in place of the real one."""
    card, tools = tmp_path_factory.mktemp("card"), tmp_path_factory.mktemp("tools")
    script(
        tools / "python",
        'while [ "$1" != --wheel-dir ]; do shift; done; touch "$2/laag-0.1.0-py3-none-any.whl"',
    )
    environment = {**os.environ, "PYTHON": str(tools / "python")}
    subprocess.run([HERE / "prepare", card], check=True, env=environment)
    return card


def test_it_is_told_by_cloud_init_and_lets_nobody_sign_in_from_the_network():
    assert USER_DATA.startswith("#cloud-config\n")
    said = yaml.safe_load(USER_DATA)
    assert said["hostname"] == "laag"
    assert said["ssh_pwauth"] is False
    assert all(user["lock_passwd"] for user in said["users"])
    assert {"avahi-daemon", "python3-venv", "unattended-upgrades"} <= set(said["packages"])


def test_its_firewall_lets_in_the_page_that_the_settings_open():
    home = read(HERE / "home.toml")
    assert (home.page.host, home.page.port) == ("0.0.0.0", 80)
    assert f"tcp dport {home.page.port} accept" in USER_DATA
    assert "policy drop" in USER_DATA


def test_what_the_first_start_names_is_on_the_card(card):
    on_card = {path.name for path in (card / "laag").iterdir()}
    named = set(re.findall(r'"\$card/([\w@.-]+)"', (HERE / "first-boot").read_text()))
    assert len(named) > 5
    assert (
        named - {"wheels", "first-link.txt"} <= on_card
    )  # the one only where asked for, the other made by it
    assert (card / "user-data").read_text() == USER_DATA
    assert str(Path("/boot/firmware/laag") / "first-boot") in USER_DATA


def test_a_first_start_leaves_a_home_that_starts_every_time(card, tmp_path):
    """With a machine of paper: what would need root, a network or systemd only notes that it was asked."""
    asked, tools, disk = tmp_path / "asked", tmp_path / "tools", tmp_path / "disk"
    for name in ("systemctl", "systemd-sysusers"):
        script(tools / name, f'echo "{name} $*" >> {asked}')
    real = subprocess.run(["which", "install"], capture_output=True, text=True, check=True).stdout.strip()
    script(
        tools / "install",
        f'[ "$*" = "${{*#*-g laag-home}}" ] || set -- $(echo "$@" | sed "s/-g laag-home//"); exec {real} "$@"',
    )
    python = f'''[ "$1 $2" = "-m venv" ] || {{ echo "python $*" >> {asked}; exit 0; }}
mkdir -p "$3/bin"; cp "$0" "$3/bin/python"
printf '#!/bin/sh\\nexec {sys.executable} -m laag.apps.cli "$@"\\n' > "$3/bin/laag"; chmod +x "$3/bin/laag"'''
    script(tools / "python3", python)
    environment = {
        **os.environ,
        "PATH": f"{tools}:{os.environ['PATH']}",
        "LAAG_DISK": str(disk),
        "LAAG_CARD": str(card / "laag"),
    }
    (disk / "opt" / "laag").mkdir(parents=True)
    store = disk / "var/lib/laag-home/home"
    store.mkdir(parents=True)
    (store / "first-link").write_text("http://0.0.0.0:80/first?code=k7qp\n")
    done = subprocess.run(
        ["sh", card / "laag" / "first-boot"], env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert (disk / "opt/laag/current").resolve() == (disk / "opt/laag/0.1.0").resolve()
    assert read(disk / "etc/laag/home.toml").name == "Thuis"
    assert (disk / "etc/systemd/system/laag-home@.service.d/port-80.conf").exists()
    assert (card / "laag" / "first-link.txt").read_text() == "http://laag.local/first?code=k7qp\n"
    said = asked.read_text().splitlines()
    assert said[-1] == "systemctl enable --now laag-home@home.service"
    assert any("--require-hashes" in line for line in said)
