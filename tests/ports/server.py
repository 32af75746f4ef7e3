"""A real PostgreSQL of a test's own, on a unix socket in a temporary folder."""

import os
import pwd
import shutil
import subprocess
import tempfile
import time
from itertools import count
from pathlib import Path
from urllib.parse import quote

PASSWORD = "s3cret/and:odd?#@%"


def binaries():
    """The folder with initdb and pg_ctl, wherever Debian or another has put it; None where there is none."""
    asked = shutil.which("pg_config")
    told = subprocess.run([asked, "--bindir"], capture_output=True, text=True, check=False).stdout.strip() if asked else ""  # fmt: skip
    installed = sorted(
        Path("/usr/lib/postgresql").glob("*/bin"), key=lambda b: float(b.parent.name), reverse=True
    )
    on_path = [
        Path(found).resolve().parent for found in [shutil.which("postgres"), shutil.which("initdb")] if found
    ]
    folders = [*([Path(told)] if told else []), *installed, *on_path]
    return next((f for f in folders if all((f / b).exists() for b in ("initdb", "pg_ctl", "postgres"))), None)


class Server:
    """Started by the first test that asks, stopped after the last; PostgreSQL refuses to be run by root."""

    def __init__(self) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="laag-pg-"))
        self._said = self.folder / "said"
        self._bin = binaries()
        self._owner = {}
        self._numbers = count(1)
        if os.geteuid() == 0:
            owner = next(pwd.getpwnam(n) for n in ("postgres", "nobody") if _known(n))
            self._owner = {"user": owner.pw_uid, "group": owner.pw_gid, "extra_groups": []}
            os.chown(self.folder, owner.pw_uid, owner.pw_gid)
        word = self.folder / "word"
        word.write_text(PASSWORD)
        word.chmod(0o644)
        self._run("initdb", "-U", "laag", "-A", "scram-sha-256", f"--pwfile={word}", "-E", "UTF8", "--locale=C", "--no-sync")  # fmt: skip
        word.unlink()

    def _run(self, name, *arguments):
        # Into a file: the server inherits what its starter writes to, and a pipe would stay open.
        with self._said.open("a") as said:
            done = subprocess.run(
                [self._bin / name, "-D", self.folder / "data", *arguments],
                cwd=self.folder,
                stdin=subprocess.DEVNULL,
                stdout=said,
                stderr=said,
                check=False,
                **self._owner,
            )
        assert done.returncode == 0, self._said.read_text()

    def start(self):
        self._run("pg_ctl", "start", "-w", "-l", str(self.folder / "log"), "-o", f"-k {self.folder} -c listen_addresses='' -c shared_buffers=16MB")  # fmt: skip

    def stop(self, mode="fast"):
        self._run("pg_ctl", "stop", "-w", "-m", mode)

    def fresh(self):
        """The URL of a log that nobody has opened yet."""
        return self.url(f"log_{next(self._numbers)}")

    def url(self, schema, *, password=PASSWORD, folder=None, port=5432):
        return f"postgresql://laag:{quote(password, safe='')}@:{port}/postgres?host={folder or self.folder}&schema={schema}"

    def run(self, statement, **given):
        """Ask the server something, past any log."""
        from pg8000.native import Connection

        session = Connection("laag", password=PASSWORD, database="postgres", unix_sock=f"{self.folder}/.s.PGSQL.5432", ssl_context=False)  # fmt: skip
        try:
            return session.run(statement, **given)
        finally:
            session.close()

    def alone(self):
        """Return when no log has a session any more."""
        until = time.monotonic() + 10
        while self.run("SELECT 1 FROM pg_stat_activity WHERE application_name = 'laag'"):
            assert time.monotonic() < until, "a session outlives its process"
            time.sleep(0.01)

    def remove(self):
        shutil.rmtree(self.folder)


def _known(name):
    try:
        return pwd.getpwnam(name)
    except KeyError:
        return None
