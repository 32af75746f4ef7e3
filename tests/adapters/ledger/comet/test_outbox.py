"""What was handed in survives, in its order, until it is known to stand."""

import os
import signal
import subprocess
import sys
from contextlib import closing

from hypothesis import given
from hypothesis import strategies as st

from laag.adapters.ledger.comet.outbox import Outbox

entries = st.lists(st.binary(min_size=1, max_size=6).map(lambda data: (data.hex(), data)), max_size=20)


@given(st.lists(entries, max_size=4), st.data())
def test_it_holds_what_came_in_its_order_less_what_is_done(handed, data):
    with closing(Outbox(":memory:")) as box:
        expected = []
        for some in handed:
            box.put(some)
            expected += [one for one in dict(some).values() if one not in expected]
            gone = data.draw(st.lists(st.sampled_from(expected), unique=True)) if expected else []
            box.done(gone)
            expected = [one for one in expected if one not in gone]
        assert [one.data for one in box.waiting()] == expected


def test_two_that_would_stand_under_one_key_wait_both():
    """Only the ledger says which of them it takes."""
    with closing(Outbox(":memory:")) as box:
        box.put([("book/a", b"one"), ("book/a", b"other")])
        box.done([b"other"])
        assert [one.data for one in box.waiting()] == [b"one"]


def test_what_was_put_is_there_after_a_kill(tmp_path):
    script = """
import sys
from laag.adapters.ledger.comet.outbox import Outbox
box = Outbox(sys.argv[1])
for number in range(10**6):
    box.put([(str(number), b"%d" % number)])
    print(number, flush=True)
"""
    place = tmp_path / "outbox.sqlite"
    child = subprocess.Popen([sys.executable, "-c", script, str(place)], stdout=subprocess.PIPE)
    said = [int(child.stdout.readline()) for _ in range(20)]
    os.kill(child.pid, signal.SIGKILL)
    child.stdout.close()
    child.wait()
    with closing(Outbox(place)) as box:
        assert [one.data for one in box.waiting()][:20] == [b"%d" % number for number in said]


def test_what_will_never_be_taken_is_kept_to_be_looked_at():
    with closing(Outbox(":memory:")) as box:
        box.put([("vote/0/a/dso", b"vote")])
        box.refused(box.waiting()[0], "stale-vote", "another change passed meanwhile")
        assert (len(box), box.refusals()) == (
            0,
            [("vote/0/a/dso", "stale-vote", "another change passed meanwhile")],
        )
