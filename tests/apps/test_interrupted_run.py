"""Killed or interrupted at any moment, a run goes on to the same bytes, and leaves no process behind."""

import os
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest
from tests.apps import audit
from tests.situations.faults.weekend import Weekend

from laag.apps.cli import main

BUILT_IN = ["--homes", "3", "--days", "3", "--workers", "2"]
PATIENCE_S = 120

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="processes are counted in /proc"),
]


def contents(out):
    """Everything a run leaves for people, file by file; the log's own file may lie differently on disk."""
    return {
        path.relative_to(out).as_posix(): path.read_bytes()
        for path in sorted(out.rglob("*"))
        if path.is_file() and not path.name.startswith("run.sqlite")
    }


@pytest.fixture(scope="module")
def begin(tmp_path_factory):
    """Three homes with files of their own: nothing to build, so that most of a run's time is living and publishing."""
    weekend = Weekend(tmp_path_factory.mktemp("files"))
    return ["--street", str(weekend.folder / "street.toml"), "--workers", "2"]


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory, begin):
    """The same run, never interrupted."""
    return never_interrupted(tmp_path_factory, begin)


def never_interrupted(tmp_path_factory, begin):
    out = tmp_path_factory.mktemp("undisturbed") / "out"
    assert main(["run", *begin, "--out", str(out)]) == 0
    assert not any(audit.residues(out).values())
    return out


class Group:
    """`laag run` in a process group of its own, as a terminal would start it."""

    def __init__(self, out, *options) -> None:
        self.out = out
        self.process = subprocess.Popen(
            [sys.executable, "-m", "laag.apps.cli", "run", "--out", str(out), *options],
            start_new_session=True,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def wait_for(self, reached):
        """Wait until something has come so far, or the run has ended."""
        until = time.monotonic() + PATIENCE_S
        while self.process.poll() is None and not reached(self.out):
            assert time.monotonic() < until
            time.sleep(0.005)

    def end(self, number):
        """Send a signal to the whole group; exit code and standard error, when nothing of the group is left."""
        if self.process.poll() is None:
            os.killpg(self.process.pid, number)
        _, said = self.process.communicate(timeout=PATIENCE_S)
        self.gone()
        return self.process.returncode, said

    def gone(self):
        """Wait until no process of the group lives."""
        until = time.monotonic() + PATIENCE_S
        while self._alive():
            assert time.monotonic() < until, f"still there: {self._alive()}"
            time.sleep(0.02)

    def _alive(self):
        alive = []
        for stat in Path("/proc").glob("[0-9]*/stat"):
            try:
                state, _, group, *_ = stat.read_text().rpartition(")")[2].split()
            except OSError:
                continue  # it ended while we looked
            if int(group) == self.process.pid and state not in "ZX":
                alive.append(stat.parent.name)
        return alive


def events(out):
    """How many events the log holds."""
    if not (out / "run.sqlite").exists():
        return 0
    try:
        with sqlite3.connect(f"file:{out / 'run.sqlite'}?mode=ro", uri=True) as db:
            count = db.execute("SELECT count(*) FROM event").fetchone()[0]
        db.close()
    except sqlite3.OperationalError:
        return 0  # the table is only just being made
    return count


def go_on(out, begin):
    """The options with which a person begins, or goes on."""
    return ["--resume", "--workers", "2"] if (out / "run.sqlite").exists() else begin


def nothing_half_done(out, reference):
    """Where run.json says that a run is complete, it is."""
    if (out / "run.json").exists():
        assert {name: data for name, data in contents(out).items() if name in reference} == reference


def finished_like(out, reference):
    """Go on to the end, undisturbed, and find what was never interrupted."""
    code, said = Group(out, "--resume").end(0)
    assert (code, "Traceback" in said) == (0, False)
    assert contents(out) == contents(reference)


def copy_of_the_log(run, out):
    """A run that lived all its days and published nothing."""
    out.mkdir(exist_ok=True)
    for name in ("run.sqlite", "options.json"):
        shutil.copy(run / name, out)


def killed_at(moments, out, begin, reference):
    """Kill the run each time when its log holds so many events, and a little later."""
    for written, later_s in moments:
        group = Group(out, *go_on(out, begin))
        group.wait_for(lambda out, least=written: events(out) >= least)
        time.sleep(later_s)
        group.end(signal.SIGKILL)
        nothing_half_done(out, reference)


def test_killed_while_homes_live(undisturbed, begin, tmp_path):
    chance, out = random.Random(7), tmp_path / "out"
    moments = [(written, chance.uniform(0.0, 0.1)) for written in (0, 1, 3, 5)]
    killed_at(moments, out, begin, contents(undisturbed))
    finished_like(out, undisturbed)


def test_the_built_in_street_goes_on_as_well(tmp_path_factory, tmp_path):
    reference, out = never_interrupted(tmp_path_factory, BUILT_IN), tmp_path / "out"
    killed_at([(1, 0.3), (4, 0.0)], out, BUILT_IN, contents(reference))
    finished_like(out, reference)


def test_killed_while_publishing(undisturbed, tmp_path):
    chance, out = random.Random(11), tmp_path / "out"
    copy_of_the_log(undisturbed, out)
    settled = {name: data for name, data in contents(undisturbed).items() if name != "report.html"}
    for sign in ("tables.part", "tables", "bills.json", "run.json"):
        group = Group(out, "--resume")
        group.wait_for(lambda out, sign=sign: (out / sign).exists())
        time.sleep(chance.uniform(0.0, 0.05))
        group.end(signal.SIGKILL)
        nothing_half_done(out, settled)
    finished_like(out, undisturbed)


def test_interrupted_by_hand(undisturbed, begin, tmp_path):
    out = tmp_path / "out"
    for written in (1, 3):
        group = Group(out, *go_on(out, begin))
        group.wait_for(lambda out, least=written: events(out) >= least)
        code, said = group.end(signal.SIGINT)
        assert (code, "Traceback" in said) == (130, False)
        last = said.splitlines()[-1]
        assert (
            last
            == f"laag: interrupted; nothing that was done is lost, go on with: laag run --resume --out {out}"
        )
    finished_like(out, undisturbed)


def test_a_worker_does_not_outlive_its_run(tmp_path):
    group = Group(tmp_path / "out", *BUILT_IN, "--days", "99")
    group.wait_for(lambda out: events(out) >= 3)
    group.process.kill()
    group.process.communicate(timeout=PATIENCE_S)
    group.gone()


def test_a_finished_run_publishes_the_same_again(undisturbed, tmp_path):
    out = shutil.copytree(undisturbed, tmp_path / "out")
    assert main(["run", "--resume", "--out", str(out)]) == 0
    assert contents(out) == contents(undisturbed)


class Killed(BaseException):
    """The power goes."""


@pytest.mark.parametrize("lacking", [1, 2, 3, 12, 99])
@pytest.mark.parametrize("published", [False, True])
def test_the_power_goes_between_two_files(undisturbed, tmp_path, monkeypatch, lacking, published):
    """With the last one lacking, the last two and so on; whether tables were published before or not."""
    out = tmp_path / "out"
    if published:
        shutil.copytree(undisturbed, out)
    copy_of_the_log(undisturbed, out)
    files = len(list((undisturbed / "tables").iterdir())) + len(["bills.json", "run.json"])
    left = [max(files - lacking, 0)]

    def in_time(path, to, really=Path.replace):
        left[0] -= 1
        if left[0] < 0:
            raise Killed
        return really(path, to)

    with monkeypatch.context() as patch:
        patch.setattr(Path, "replace", in_time)
        with pytest.raises(Killed):
            main(["run", "--resume", "--out", str(out)])
    assert not (out / "run.json").exists()
    assert main(["run", "--resume", "--out", str(out)]) == 0
    assert contents(out) == contents(undisturbed)
