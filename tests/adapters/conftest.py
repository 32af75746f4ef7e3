"""Files for importers: small ones written by a test, measured ones from beside the project."""

from pathlib import Path

import pytest

SHARED = Path(__file__).parents[3] / "shared" / "data"


@pytest.fixture
def write(tmp_path):
    """Write lines (or bytes) to a file and give its path."""

    def written(content, name="export.csv"):
        path = tmp_path / name
        if isinstance(content, bytes):
            path.write_bytes(content)
        else:
            path.write_text(content if isinstance(content, str) else "\n".join(content) + "\n", "utf-8")
        return path

    return written


@pytest.fixture
def shared():
    """The measured data beside the project, where they are."""
    if not SHARED.is_dir():
        pytest.skip("the measured data are not beside the project")
    return SHARED
