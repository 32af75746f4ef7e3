"""What must never slip into the repository."""

import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
REGISTRIES = re.compile("|".join(["py" + "pi", "python" + "hosted", "npm" + "js", "--index" + "-url", "--extra" + "-index"]), re.IGNORECASE)  # fmt: skip


def tracked():
    try:
        listed = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True)
    except (OSError, subprocess.CalledProcessError):
        pytest.skip("not a git checkout: there is no list of tracked files")
    return [ROOT / name for name in listed.stdout.splitlines()]


def test_no_file_names_a_package_registry():
    named = [
        str(path.relative_to(ROOT))
        for path in tracked()
        if path.suffix not in {".png", ".parquet", ".gz"} and path.exists() and REGISTRIES.search(path.read_text(errors="replace"))
    ]  # fmt: skip
    assert named == []


@pytest.mark.parametrize("name", ["run.txt", "dev.txt"])
def test_every_locked_package_has_a_hash(name):
    blocks = re.split(r"\n(?=[a-z0-9])", (ROOT / "lock" / name).read_text())
    packages = [b for b in blocks if "==" in b]
    assert len(packages) > 20
    assert [b.split("==")[0] for b in packages if "--hash=sha256:" not in b] == []
