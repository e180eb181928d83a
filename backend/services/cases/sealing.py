"""Seals: from time to time the heads of all changed cases are fixed under one hash that follows from the last."""

from __future__ import annotations

from typing import TYPE_CHECKING

from backend.domain import numbers
from backend.domain.audit import head_leaf, merkle_root, seal_hash, verify_chain
from backend.domain.standing import differences

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import datetime

    from backend.store.history import Chain
    from backend.store.work import UnitOfWork


def seal(work: UnitOfWork, *, at: datetime) -> int:
    """Seal what has changed; returns how many cases that were. Nothing changed: no seal."""
    last = work.seals.last()
    heads, upto = work.seals.changed_heads(last.upto if last else 0)
    if not heads:
        return 0
    root = merkle_root([head_leaf(*head) for head in heads])
    previous = last.hash if last else ""
    whole = seal_hash(previous, at=at, root=root, count=len(heads))
    work.seals.add(at=at, heads=heads, root=root, previous=previous, mark=whole, upto=upto)
    return len(heads)


def verify(work: UnitOfWork, *, expected: str = "") -> list[str]:
    """What is wrong with any case, its history or any seal, in sentences; nothing: all is whole.

    ``expected`` is the hash of a seal written down elsewhere, which must be among ours.
    """
    return [*_wrong_chains(work), *wrong_seals(work, expected), *lost_numbers(work)]


def wrong_among(
    work: UnitOfWork, sealed: Mapping[str, Sequence[tuple[int, str]]], *, after: str, limit: int
) -> tuple[list[str], list[str]]:
    """A part of ``verify``, for who has to tell how far they are: the next cases after that number, and what is wrong there.

    ``sealed``: all that ``sealed_heads`` gave.
    """
    some = work.seals.numbers(after=after, limit=limit)
    return some, list(_wrong_of(work, some, {number: sealed.get(number, ()) for number in some})) if some else []


def _wrong_chains(work: UnitOfWork) -> Iterator[str]:
    """Each history by itself, against the case's row, and against what the seals say it once was."""
    sealed = sealed_heads(work)
    after = ""
    while some := work.seals.numbers(after=after):
        for number in some:
            sealed.setdefault(number, [])
        yield from _wrong_of(work, some, {number: sealed.pop(number) for number in some})
        after = some[-1]
    yield from (f"{number} was sealed and is gone" for number in sealed)


def _wrong_of(work: UnitOfWork, some: Sequence[str], sealed: Mapping[str, Sequence[tuple[int, str]]]) -> Iterator[str]:
    try:
        chains, rows = work.seals.chains(some), work.seals.standing(some)
    except (ValueError, TypeError, OverflowError):  # SQLite keeps whatever it is given, in any column
        if len(some) == 1:
            yield f"{some[0]} cannot be read: a value in it is of no kind that was ever written there"
        else:
            for number in some:
                yield from _wrong_of(work, [number], sealed)
        return
    for chain in chains:
        broken = [*_wrong_chain(chain)]
        hashes = {link.seq: link.hash for link in chain.links}
        for seq, head in sealed[chain.number]:
            if hashes.get(seq) != head:
                yield f"{chain.number}, event {seq}: it is not the one that was sealed"
        yield from broken or differences(rows[chain.number][0], chain.links, rows[chain.number][1])


def _wrong_chain(chain: Chain) -> Iterator[str]:
    if not chain.links:
        yield f"{chain.number} has no history at all"
    yield from verify_chain(chain.links, head=(chain.seq, chain.head))


def sealed_heads(work: UnitOfWork) -> dict[str, list[tuple[int, str]]]:
    """Of each case, the events that seals have fixed, with their hashes."""
    heads: dict[str, list[tuple[int, str]]] = {}
    for each in work.seals.all():
        for number, seq, head in each.heads:
            heads.setdefault(number, []).append((seq, head))
    return heads


def wrong_seals(work: UnitOfWork, expected: str = "") -> Iterator[str]:
    """A part of ``verify``: each seal by itself, against the one before and the events it covers."""
    previous, upto, seen = "", 0, set()
    for each in work.seals.all():
        root = merkle_root([head_leaf(*head) for head in each.heads])
        whole = seal_hash(previous, at=each.at, root=root, count=len(each.heads))
        if (each.root, each.previous, each.hash) != (root, previous, whole):
            yield f"seal {each.id} of {each.at:%Y-%m-%d %H:%M} UTC does not hold"
        elif not work.seals.has_event(each.upto) or each.heads != work.seals.heads_between(upto, each.upto):
            yield f"seal {each.id} of {each.at:%Y-%m-%d %H:%M} UTC does not cover what it says"
        previous, upto = each.hash, each.upto
        seen.add(each.hash)
    if expected and expected not in seen:
        yield f"no seal has the hash {expected}"


def lost_numbers(work: UnitOfWork) -> Iterator[str]:
    """A part of ``verify``: numbers are given out one after the other, in the unit that makes the case: none may be missing."""
    for code, day, last in work.seals.counters():
        there = set(work.seals.numbers_of(code, day))
        for count in range(1, last + 1):
            if (number := numbers.make(day, code, count)) not in there:
                yield f"{number} was given out, and there is no such case"
