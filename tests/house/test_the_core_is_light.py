"""The market and its command line need nothing of the `street` extra."""

import subprocess
import sys

import pytest

HEAVY = ["pandas", "pyarrow", "pvlib", "demandlib", "hplib", "holidays", "scipy", "simbench", "h5py"]
WITHOUT = (
    f"import sys; sys.modules.update(dict.fromkeys({HEAVY})); "
    "from laag.apps.cli import main; sys.exit(main(sys.argv[1:]))"
)
BOOK = (
    '{"gateway":{"import_price":80,"export_price":70,"levy":100,"import_max_wh":null,"export_max_wh":null},'
    '"orders":[{"id":"a","member":"a","side":"buy","quantity_wh":1,"limit":null}]}'
)


def laag(*arguments, given=""):
    return subprocess.run(
        [sys.executable, "-c", WITHOUT, *arguments], input=given, capture_output=True, text=True, check=False
    )


def test_a_book_clears_without_the_extra():
    done = laag("market", "clear", "-", given=BOOK)
    assert (done.returncode, done.stderr) == (0, "")
    assert '"imported_wh":1' in done.stdout


@pytest.mark.parametrize("command", ["run", "study", "grid", "bill", "explain", "market"])
def test_every_command_explains_itself_without_the_extra(command):
    assert laag(command, "--help").returncode == 0


def test_a_run_says_what_to_install(tmp_path):
    done = laag("run", "--days", "1", "--homes", "1", "--out", str(tmp_path / "out"))
    assert done.returncode == 2
    assert "laag[street]" in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1
