"""Ctrl-C is heard between two steps."""

import os
import signal
import threading

import pytest

from laag.apps.interrupt import between_steps


def ctrl_c():
    os.kill(os.getpid(), signal.SIGINT)


def test_a_step_is_finished_before_a_run_stops():
    done = []

    def run():
        with between_steps() as heed:
            for step in range(3):
                if step == 1:
                    ctrl_c()
                done.append(step)
                heed()

    with pytest.raises(KeyboardInterrupt):
        run()
    assert done == [0, 1]


def test_a_second_ctrl_c_does_not_wait():
    def run():
        with between_steps():
            ctrl_c()
            ctrl_c()
            pytest.fail("it waited")

    with pytest.raises(KeyboardInterrupt):
        run()


def test_nobody_asked_nothing_happens_and_ctrl_c_is_what_it_was():
    before = signal.getsignal(signal.SIGINT)
    with between_steps() as heed:
        heed()
        assert signal.getsignal(signal.SIGINT) is not before
    assert signal.getsignal(signal.SIGINT) is before


def test_a_thread_that_cannot_hear_goes_on():
    heard = []

    def live():
        with between_steps() as heed:
            heed()
            heard.append("all")

    thread = threading.Thread(target=live)
    thread.start()
    thread.join()
    assert heard == ["all"]
