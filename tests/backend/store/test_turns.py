"""Processes that write to one file take turns: who waits is next, and nobody waits for one that is gone."""

from __future__ import annotations

import subprocess
import sys
from threading import Event, Thread

from backend.store.turns import Turns

HOLD = """
import sys
from backend.store.turns import Turns
with Turns(sys.argv[1]).turn():
    print("mine", flush=True)
    sys.stdin.read()
"""


def other_process(path):
    process = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "mine\n"
    return process


def in_turn(turns, had):
    with turns.turn():
        had.set()


def taken(turns):
    """Whether who comes now need not wait for who has their turn."""
    had = Event()
    coming = Thread(target=in_turn, args=(turns, had))
    coming.start()
    coming.join(10)
    return had.is_set()


def test_who_comes_waits_until_the_other_has_finished(tmp_path):
    other, had = other_process(tmp_path / "turns"), Event()
    waiting = Thread(target=in_turn, args=(Turns(str(tmp_path / "turns")), had))
    waiting.start()

    assert not had.wait(0.1)
    other.communicate("")
    assert had.wait(10)
    waiting.join()


def test_a_process_that_is_killed_in_its_turn_holds_up_nobody(tmp_path):
    other, had = other_process(tmp_path / "turns"), Event()
    waiting = Thread(target=in_turn, args=(Turns(str(tmp_path / "turns")), had))
    waiting.start()
    other.kill()
    other.communicate()

    assert had.wait(10)
    waiting.join()


def test_in_memory_nobody_else_writes():
    mine, another = Turns(""), Turns("")
    with mine.turn():
        assert taken(another)


def test_where_no_file_can_be_had_it_is_left_to_the_database(tmp_path):
    path = str(tmp_path / "missing" / "turns")
    with Turns(path).turn():
        assert taken(Turns(path))
