"""Without the extra the package says what to install; the rest of laag does not need it."""

import subprocess
import sys

LACKING = "import sys; sys.modules['dsmr_parser'] = None; "


def run(code):
    return subprocess.run([sys.executable, "-c", LACKING + code], capture_output=True, text=True, check=False)


def test_it_says_what_to_install():
    done = run("import laag.adapters.dsmr")
    assert done.returncode == 1
    said = done.stderr.strip().splitlines()[-1]
    assert "reading a smart meter needs dsmr_parser" in said
    assert said.endswith("pip install 'laag[live]' adds it")


def test_registers_from_files_do_not_need_it():
    assert run("import laag.adapters.p1, laag.apps.cli").returncode == 0
