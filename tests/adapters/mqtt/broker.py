"""A real mosquitto of a test's own, on a free port of this machine."""

import datetime as dt
import ipaddress
import os
import shutil
import socket
import subprocess
import time
from contextlib import suppress

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from tests.doors import free_port

PASSWORD = "s3cret-of-the-broker"


def program(name="mosquitto"):
    """Where it is; Debian puts it where not every user looks."""
    return shutil.which(name, path=f"{os.environ.get('PATH', '')}:/usr/sbin:/usr/local/sbin")


def needed():
    if program() is None:
        pytest.skip("no mosquitto here: apt-get install mosquitto")


class Mosquitto:
    """Started and stopped at will, always on the same port."""

    def __init__(self, folder, *, secured=False, tls=False) -> None:
        self.folder, self.port, self._process = folder, free_port(), None
        lines = [
            f"listener {self.port} 127.0.0.1",
            f"allow_anonymous {str(not secured).lower()}",
            "persistence false",
        ]
        if os.geteuid() == 0:
            lines.append("user root")
        if secured:
            words = folder / "words"
            subprocess.run(
                [program("mosquitto_passwd"), "-b", "-c", words, "laag", PASSWORD],
                check=True,
                capture_output=True,
            )
            lines.append(f"password_file {words}")
        if tls:
            certificate(folder)
            lines += [f"certfile {folder / 'cert.pem'}", f"keyfile {folder / 'key.pem'}"]
        (folder / "mosquitto.conf").write_text("\n".join(lines) + "\n")

    def start(self):
        with (self.folder / "log").open("ab") as log:
            self._process = subprocess.Popen(
                [program(), "-c", self.folder / "mosquitto.conf"], stdout=log, stderr=log
            )
        until = time.monotonic() + 30
        while True:
            with suppress(OSError), socket.create_connection(("127.0.0.1", self.port), 1):
                return
            assert time.monotonic() < until, (self.folder / "log").read_text()
            time.sleep(0.02)

    def stop(self):
        if self._process is not None:
            self._process.kill()
            self._process.wait(30)
            self._process = None


def certificate(folder):
    """A certificate for this machine that signs for itself."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "broker of a test")])
    now = dt.datetime.now(dt.UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - dt.timedelta(days=1))
        .not_valid_after(now + dt.timedelta(days=1))
        .add_extension(
            x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]), critical=False
        )
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    (folder / "cert.pem").write_bytes(made.public_bytes(serialization.Encoding.PEM))
    (folder / "key.pem").write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
    )
