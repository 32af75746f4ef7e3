"""What is laid down beside a log is found whole or not at all, in a folder and in PostgreSQL."""

import hashlib
import stat
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from laag.adapters.stores.shelf import FileShelf, open_shelf

bodies = st.lists(st.binary(max_size=40), max_size=4)


def named(bodies):
    return {hashlib.sha256(body).hexdigest(): body for body in bodies}


@settings(max_examples=30, deadline=None)
@given(st.lists(st.tuples(st.binary(min_size=1, max_size=20), bodies), min_size=1, max_size=4))
def test_what_was_laid_down_last_is_found_and_nothing_else(fresh, versions):
    place = fresh()
    for head, some in versions:
        shelf = open_shelf(place)
        shelf.put(head, named(some))
        shelf.close()
    again = open_shelf(place)
    assert again.head() == head
    assert {name: again.piece(name) for name in named(some)} == named(some)
    for gone in named(body for _, earlier in versions for body in earlier).keys() - named(some).keys():
        with pytest.raises(Exception, match=gone):
            again.piece(gone)
    again.close()


def test_where_nothing_was_laid_down_there_is_nothing(fresh):
    shelf = open_shelf(fresh())
    assert shelf.head() is None
    shelf.close()


def test_pieces_that_are_there_are_not_written_again(fresh):
    shelf = open_shelf(fresh())
    assert shelf.put(b"head", named([b"one", b"two"])) == 10
    assert shelf.put(b"next", named([b"two", b"three"])) == 9
    shelf.close()


def test_a_log_in_memory_has_no_shelf():
    assert open_shelf(":memory:") is None


def test_files_are_for_us_alone_and_what_others_put_there_stays(tmp_path):
    shelf = open_shelf(tmp_path / "street.sqlite")
    shelf.put(b"head", {})
    folder = tmp_path / "street-checkpoint"
    (folder / "note.txt").write_text("ours")
    (folder / ("0" * 64)).write_bytes(b"left by one that was killed")
    (folder / f"{'1' * 64}.part").write_bytes(b"half")
    shelf.put(b"next", named([b"one"]))
    assert {one.name for one in folder.iterdir()} == {"head", "note.txt", *named([b"one"])}
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert {stat.S_IMODE((folder / name).stat().st_mode) for name in ("head", *named([b"one"]))} == {0o600}


def test_where_a_piece_cannot_be_written_the_last_head_stays_with_all_its_pieces(tmp_path, monkeypatch):
    shelf = FileShelf(tmp_path / "there")
    shelf.put(b"head", named([b"one"]))

    def full(*_):
        raise OSError(28, "no space left on device")

    with monkeypatch.context() as patch:
        patch.setattr("os.fsync", full)
        with pytest.raises(OSError, match="no space"):
            shelf.put(b"next", named([b"two"]))
    assert shelf.head() == b"head"
    assert shelf.piece(*named([b"one"])) == b"one"
    assert not list(Path(tmp_path / "there").glob("*.part"))
