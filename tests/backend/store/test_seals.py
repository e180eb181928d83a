from __future__ import annotations

import threading
import time

import pytest

from backend.domain.audit import head_leaf, merkle_root, seal_hash, verify_chain
from backend.store.seals import SealedMeanwhile
from tests.backend.store.samples import CITY, NOON, a_citizen, filed, later, moved


def seal(work, at=NOON):
    last = work.seals.last()
    heads, upto = work.seals.changed_heads(last.upto if last else 0)
    root, previous = merkle_root([head_leaf(*head) for head in heads]), last.hash if last else ""
    mark = seal_hash(previous, at=at, root=root, count=len(heads))
    work.seals.add(at=at, heads=heads, root=root, previous=previous, mark=mark, upto=upto)
    return heads


def test_a_seal_fixes_the_heads_that_changed_since_the_last(work):
    assert work.seals.last() is None
    second, first = filed(work, "B"), filed(work, "A")

    assert seal(work) == [("A", 1, first.head), ("B", 1, second.head)]
    assert seal(work, later(1)) == []

    second.note(moved("accepted"))
    work.cases.save(second, zone=CITY)

    assert seal(work, later(2)) == [("B", 2, second.head)]
    one, two, three = work.seals.all()
    assert three == work.seals.last()
    assert [two.previous, three.previous] == [one.hash, two.hash]
    assert one.heads == (("A", 1, first.head), ("B", 1, one.heads[1][2]))
    assert three.hash == seal_hash(two.hash, at=three.at, root=merkle_root([head_leaf(*three.heads[0])]), count=1)


def test_the_chain_of_seals_cannot_fork(work):
    seal(work)

    with pytest.raises(SealedMeanwhile):
        work.seals.add(at=NOON, heads=[], root="r", previous="", mark="h", upto=0)


def test_chains_are_walked_a_few_at_a_time(work):
    for number in "CABD":
        filed(work, number)

    first = work.seals.chains(work.seals.numbers(limit=3))
    rest = work.seals.chains(work.seals.numbers(after=first[-1].number, limit=3))

    assert [chain.number for chain in [*first, *rest]] == ["A", "B", "C", "D"]
    assert work.seals.numbers(after="D") == []
    assert all(verify_chain(chain.links, head=(chain.seq, chain.head)) == [] for chain in first)


def test_a_seal_passes_over_no_event_that_is_being_written(store):
    store.run_now(a_citizen)
    written = threading.Event()

    def slow(work):
        filed(work, "SLOW")
        written.set()
        time.sleep(0.1)

    writer = threading.Thread(target=store.run_now, args=(slow,))
    writer.start()
    written.wait()
    store.run_now(filed, "QUICK")
    heads = store.run_now(seal)
    writer.join()

    assert [number for number, _, _ in heads] == ["QUICK", "SLOW"]
