"""Seals: from time to time the heads of all changed cases are fixed under one hash that follows from the last."""

from __future__ import annotations

from typing import TYPE_CHECKING

from backend.domain.audit import head_leaf, merkle_root, seal_hash, verify_chain

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

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
    """What is wrong with any case's history or any seal, in sentences; nothing: all is whole.

    ``expected`` is the hash of a seal written down elsewhere, which must be among ours.
    """
    return [*_wrong_chains(work), *_wrong_seals(work, expected)]


def _wrong_chains(work: UnitOfWork) -> Iterator[str]:
    """Each history by itself, and against what the seals say it once was."""
    sealed = _sealed_heads(work)
    after = ""
    while chains := work.seals.chains(after=after):
        for chain in chains:
            yield from verify_chain(chain.links, head=(chain.seq, chain.head))
            hashes = {link.seq: link.hash for link in chain.links}
            for seq, head in sealed.pop(chain.number, ()):
                if hashes.get(seq) != head:
                    yield f"{chain.number}, event {seq}: it is not the one that was sealed"
        after = chains[-1].number
    yield from (f"{number} was sealed and is gone" for number in sealed)


def _sealed_heads(work: UnitOfWork) -> dict[str, list[tuple[int, str]]]:
    heads: dict[str, list[tuple[int, str]]] = {}
    for each in work.seals.all():
        for number, seq, head in each.heads:
            heads.setdefault(number, []).append((seq, head))
    return heads


def _wrong_seals(work: UnitOfWork, expected: str) -> Iterator[str]:
    previous, seen = "", set()
    for each in work.seals.all():
        root = merkle_root([head_leaf(*head) for head in each.heads])
        whole = seal_hash(previous, at=each.at, root=root, count=len(each.heads))
        if (each.root, each.previous, each.hash) != (root, previous, whole):
            yield f"seal {each.id} of {each.at:%Y-%m-%d %H:%M} UTC does not hold"
        previous = each.hash
        seen.add(each.hash)
    if expected and expected not in seen:
        yield f"no seal has the hash {expected}"
