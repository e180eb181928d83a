"""What makes a history provable: digests, hash chains, Merkle roots and seals, as pure functions.

An event's hash covers the event before it, so that nothing can be changed,
left out or put in between unnoticed. Private texts enter only as salted
digests, so that they can be erased and the chain stays whole. A seal fixes
the heads of many chains at once. Keeping all this is the store's work.

Hashes are SHA-256 in lower-case hex; a chain begins after "".
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_LEAF, _NODE = b"\x00", b"\x01"  # RFC 6962, 2.1: a leaf can never pass for a node


@dataclass(frozen=True, slots=True)
class Link:
    """One saved event, with what it claims and the private texts that are still there."""

    number: str
    seq: int  # 1, 2, 3 … within its case
    at: datetime
    by: str
    what: str
    detail: Mapping[str, Any]
    digests: Mapping[str, str]
    previous: str
    hash: str
    texts: Mapping[str, tuple[bytes, str] | None]  # key -> salt and value; None or absent: erased


def digest(salt: bytes, value: str) -> str:
    """What stands in the chain for a private text. The salt's length goes first, so none of it can pass for text."""
    return sha256(len(salt).to_bytes(4) + salt + _bytes(value)).hexdigest()


def event_hash(
    previous: str,
    *,
    number: str,
    seq: int,
    at: datetime,
    by: str,
    what: str,
    detail: Mapping[str, Any],
    digests: Mapping[str, str],
) -> str:
    """The hash of an event that follows the one with the hash *previous* ("" for the first).

    ``detail`` holds JSON values only. Raises: ValueError: the time is naive, or a number is not finite.
    """
    fields = {"number": number, "seq": seq, "at": _microseconds(at), "by": by, "what": what}
    return _chained(previous, fields | {"detail": detail, "digests": digests})


def head_leaf(number: str, seq: int, head: str) -> str:
    """How the head of one case stands among the leaves of a seal."""
    return f"{number} {seq} {head}"


def merkle_root(leaves: Sequence[str]) -> str:
    """The root of the tree over *leaves* (RFC 6962, 2.1); of none, the hash of nothing."""
    return _root([sha256(_LEAF + _bytes(leaf)).digest() for leaf in leaves]).hex()


def seal_hash(previous: str, *, at: datetime, root: str, count: int) -> str:
    """The hash of a seal over *count* heads that follows the seal with the hash *previous* ("" for the first).

    Raises: ValueError: the time is naive.
    """
    return _chained(previous, {"at": _microseconds(at), "root": root, "count": count})


def verify_chain(events: Sequence[Link], *, head: tuple[int, str] | None = None) -> list[str]:
    """What is wrong with the whole history of one case, in sentences; nothing: it is whole.

    ``head`` is the seq and hash that the case row or a seal remembers: with
    it, events cut off at the end are noticed too.
    """
    wrong = []
    previous, number = "", events[0].number if events else ""
    for seq, event in enumerate(events, start=1):
        wrong += [f"{event.number}, event {event.seq}: {what}" for what in _faults(event, number, seq, previous)]
        previous = event.hash
    if head is not None and head != (len(events), previous):
        wrong.append(
            f"{number or 'a case'} has {len(events)} events, but its head remembers {head[0]} or another last one"
        )
    return wrong


def _faults(event: Link, number: str, seq: int, previous: str) -> Iterator[str]:
    if event.number != number:
        yield f"it stands in the history of {number}"
    if event.seq != seq:
        yield f"event {seq} was expected here; one is missing, doubled or out of order"
    if event.previous != previous:
        yield "it does not follow the event before it"
    if event.hash != _hash_of(event):
        yield "what it says is not what was recorded"
    for key, text in event.texts.items():
        if key not in event.digests:
            yield f"its text {key!r} was never recorded"
        elif text is not None and digest(*text) != event.digests[key]:
            yield f"its text {key!r} is not what was recorded"


def _hash_of(event: Link) -> str:
    return event_hash(
        event.previous,
        number=event.number,
        seq=event.seq,
        at=event.at,
        by=event.by,
        what=event.what,
        detail=event.detail,
        digests=event.digests,
    )


def _root(hashes: list[bytes]) -> bytes:
    if not hashes:
        return sha256(b"").digest()
    if len(hashes) == 1:
        return hashes[0]
    split = 1 << (len(hashes) - 1).bit_length() - 1  # the largest power of two below their number
    return sha256(_NODE + _root(hashes[:split]) + _root(hashes[split:])).digest()


def _chained(previous: str, fields: Mapping[str, Any]) -> str:
    """Canonical JSON holds no line break, so nothing can move between the two lines."""
    text = json.dumps(fields, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False)
    return sha256(_bytes(f"{previous}\n{text}")).hexdigest()


def _bytes(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")  # half an emoji is evidence too


def _microseconds(at: datetime) -> int:
    if at.tzinfo is None:
        raise ValueError(f"a time without zone cannot be recorded: {at}")
    return (at - _EPOCH) // timedelta(microseconds=1)
