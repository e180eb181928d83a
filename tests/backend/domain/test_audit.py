"""Nothing in a history can be changed, left out or put in between unnoticed."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from hashlib import sha256
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.domain.audit import Link, digest, event_hash, head_leaf, merkle_root, seal_hash, verify_chain

NOON = datetime(2026, 11, 21, 12, tzinfo=UTC)
NUMBER = "20261121-HL-000412-7"


def history(count: int = 4) -> list[Link]:
    links: list[Link] = []
    for seq in range(1, count + 1):
        texts = {"note": (bytes([seq]) * 16, f"第{seq}次现场检查")}
        said: dict[str, Any] = {
            "number": NUMBER,
            "seq": seq,
            "at": NOON + timedelta(minutes=seq),
            "by": "li",
            "what": "moved",
            "detail": {"to": "已受理", "from": seq},
            "digests": {key: digest(*text) for key, text in texts.items()},
        }
        previous = links[-1].hash if links else ""
        links.append(Link(**said, previous=previous, hash=event_hash(previous, **said), texts=texts))
    return links


def hashed(**changed: object) -> str:
    said: dict[str, Any] = {
        "number": NUMBER,
        "seq": 1,
        "at": NOON,
        "by": "li",
        "what": "moved",
        "detail": {},
        "digests": {},
    }
    return event_hash("", **(said | changed))


def test_an_untouched_history_is_whole():
    links = history()

    assert verify_chain(links, head=(4, links[-1].hash)) == []
    assert verify_chain([]) == []


@pytest.mark.parametrize(
    "change",
    [
        {"at": NOON},
        {"by": "wang"},
        {"what": "noted"},
        {"detail": {"to": "closed"}},
        {"digests": {}},
        {"seq": 9},
        {"number": "20261121-HL-000413-5"},
        {"previous": "0" * 64},
        {"hash": "0" * 64},
        {"texts": {"note": (bytes([2]) * 16, "没有检查")}},
        {"texts": {"note": (b"", "第2次现场检查")}},
        {"texts": {"more": (b"", "后来写的")}},
    ],
    ids=lambda change: next(iter(change)),
)
def test_any_changed_event_is_noticed(change):
    links = history()
    links[1] = replace(links[1], **change)

    assert verify_chain(links)


@given(st.integers(2, 8), st.data())
def test_an_event_left_out_or_moved_is_noticed(count, data):
    links = history(count)
    at = data.draw(st.integers(0, count - 1))
    to = data.draw(st.integers(0, count - 1).filter(lambda to: to != at))
    moved = links[:at] + links[at + 1 :]
    moved.insert(to, links[at])

    assert verify_chain(moved, head=(count, links[-1].hash))
    assert verify_chain(links[:at] + links[at + 1 :], head=(count, links[-1].hash))


def test_an_end_cut_off_is_noticed_by_the_head():
    links = history()

    assert verify_chain(links[:-1]) == []
    assert verify_chain(links[:-1], head=(4, links[-1].hash)) == [
        f"{NUMBER} has 3 events, but its head remembers 4 or another last one"
    ]


def test_a_history_that_vanished_whole_is_noticed_by_the_head():
    assert verify_chain([], head=(4, history()[-1].hash))


@pytest.mark.parametrize("texts", [{"note": None}, {}])
def test_an_erased_text_leaves_the_history_whole(texts):
    links = history()
    links[1] = replace(links[1], texts=texts)

    assert verify_chain(links) == []


def test_what_is_wrong_is_said_with_the_case_and_the_event():
    links = history()
    links[1] = replace(links[1], by="wang")

    assert verify_chain(links) == [f"{NUMBER}, event 2: what it says is not what was recorded"]


def test_a_hash_depends_on_the_moment_not_on_how_it_is_written():
    in_shanghai = NOON.astimezone(timezone(timedelta(hours=8)))

    assert hashed(at=NOON) == hashed(at=in_shanghai)
    assert hashed(at=NOON) != hashed(at=NOON + timedelta(microseconds=1))


def test_a_hash_does_not_depend_on_the_order_of_keys():
    assert hashed(detail={"a": 1, "b": 2}) == hashed(detail={"b": 2, "a": 1})


def test_an_event_hash_can_be_reckoned_by_anybody():
    line = (
        '{"at":1795262400000000,"by":"li","detail":{},"digests":{},'
        '"number":"20261121-HL-000412-7","seq":1,"what":"moved"}'
    )

    assert hashed() == sha256(("\n" + line).encode()).hexdigest()


def test_a_time_without_zone_cannot_be_recorded():
    with pytest.raises(ValueError, match="without zone"):
        hashed(at=NOON.replace(tzinfo=None))


@given(st.binary(max_size=20), st.text(max_size=20), st.binary(max_size=20), st.text(max_size=20))
def test_two_private_texts_never_share_a_digest(salt, value, other_salt, other_value):
    same = (salt, value) == (other_salt, other_value)

    assert (digest(salt, value) == digest(other_salt, other_value)) is same


def test_no_part_of_a_salt_passes_for_text():
    assert digest(b"ab", "c") != digest(b"a", "bc")


def test_half_an_emoji_has_a_digest():
    assert digest(b"", "\ud83d")


def test_the_roots_are_those_of_rfc_6962():
    one, two, three = (sha256(b"\0" + leaf).digest() for leaf in (b"a", b"b", b"c"))
    pair = sha256(b"\1" + one + two).digest()

    assert merkle_root([]) == sha256(b"").hexdigest()
    assert merkle_root(["a"]) == one.hex()
    assert merkle_root(["a", "b"]) == pair.hex()
    assert merkle_root(["a", "b", "c"]) == sha256(b"\1" + pair + three).hexdigest()


@given(st.lists(st.text(max_size=5), min_size=1, max_size=40), st.data())
def test_a_root_changes_with_any_leaf(leaves, data):
    at = data.draw(st.integers(0, len(leaves) - 1))
    other = data.draw(st.text(max_size=5).filter(lambda text: text != leaves[at]))

    roots = {
        merkle_root(leaves),
        merkle_root([*leaves[:at], other, *leaves[at + 1 :]]),
        merkle_root(leaves[:at] + leaves[at + 1 :]),
        merkle_root([*leaves, other]),
    }

    assert len(roots) == 4


def test_a_seal_depends_on_all_it_says():
    root = merkle_root([head_leaf(NUMBER, 4, "ab")])
    other = merkle_root([head_leaf(NUMBER, 5, "ab")])

    seals = {
        seal_hash("", at=NOON, root=root, count=1),
        seal_hash("00", at=NOON, root=root, count=1),
        seal_hash("", at=NOON + timedelta(seconds=1), root=root, count=1),
        seal_hash("", at=NOON, root=other, count=1),
        seal_hash("", at=NOON, root=root, count=2),
    }

    assert len(seals) == 5
