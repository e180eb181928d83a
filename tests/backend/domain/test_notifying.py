"""What people at the desk are told elsewhere: which events, when, and within what a group chat takes."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import get_args
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.domain.notifying import KINDS, MOST_BYTES, News, Wanted, concerns, due, kind_of, letter
from backend.domain.rights import ROLES
from backend.settings import notify

CHINA = ZoneInfo("Asia/Shanghai")
NOON = datetime(2026, 11, 21, 4, 0, tzinfo=UTC)
URL = "https://12345.example.gov.cn/desk"


def news(n: int = 1, kind: str = "new", district: str = "朝阳区") -> News:
    return News(kind, f"20261121-HL-{n:06}-4", NOON, "hotline", "噪音扰民", district, "答复", NOON + timedelta(days=5))


def test_the_settings_know_the_same_kinds_and_roles():
    assert (set(get_args(notify.News)), get_args(notify.Role)) == (set(KINDS), ROLES)


@pytest.mark.parametrize(
    ("what", "detail", "kind"),
    [
        ("filed", {"grade": "ordinary"}, "new"),
        ("filed", {"grade": "emergency"}, "danger"),
        ("corrected", {"grade": ["ordinary", "emergency"]}, "danger"),
        ("corrected", {"category_id": ["a", "b"]}, ""),
        ("moved", {"from": "assigned", "to": "returned"}, "returned"),
        ("moved", {"from": "closed", "to": "reopened"}, "reopened"),
        ("moved", {"from": "received", "to": "accepted"}, ""),
        ("clock", {"clock": "answer", "warned": True}, "due_soon"),
        ("clock", {"clock": "answer", "late": 2}, "late"),
        ("notice", {"undelivered": 7}, "undelivered"),
        ("notice", {"status": "accepted"}, ""),
    ],
)
def test_an_event_is_news_of_one_kind_or_of_none(what, detail, kind):
    assert kind_of(what, detail) == kind


def test_a_step_of_the_ladder_concerns_whom_it_names():
    assert concerns("late", {"to": "manager"}) == {"manager"}
    assert concerns("late", {"to": "王主任"}) == {"handler"}


@pytest.mark.parametrize(
    ("digest", "after"),
    [("none", 0), ("15m", 15), ("2h", 120), ("daily 12:30", 30), ("daily 12:00", 24 * 60), ("daily 09:00", 21 * 60)],
)
def test_news_is_gathered_as_the_place_wants_it(digest, after):
    assert due("new", digest, NOON, CHINA) == NOON + timedelta(minutes=after)


@given(st.sampled_from(["none", "15m", "daily 09:00"]))
def test_danger_waits_for_nothing(digest):
    assert due("danger", digest, NOON, CHINA) == NOON


@given(st.lists(st.integers(1, 999999), min_size=1, max_size=200), st.sampled_from(["zh", "en"]), st.text(max_size=64))
def test_a_message_fits_and_tells_or_counts_everything(numbers, language, district):
    title, text = letter([news(n, district=district) for n in numbers], language, CHINA, url=URL)

    assert str(len(numbers)) in title
    assert len(text.encode("utf-8", "replace")) <= MOST_BYTES + 100
    told = text.count("/cases/")
    assert told == len(numbers) or str(len(numbers) - told) in text.splitlines()[-1]


def test_what_presses_most_stands_first():
    title, text = letter([news(1), news(2, "late"), news(3, "danger")], "zh", CHINA, url=URL)

    assert title == "接诉：有人身危险 1，新诉求 1，已超期限 1"
    assert text.splitlines()[0] == "有人身危险 · 20261121-HL-000003-4 · 噪音扰民 · 朝阳区 · 答复 11-26 12:00"


@given(
    kind=st.sampled_from(sorted(KINDS)),
    sealed=st.booleans(),
    trusted=st.booleans(),
    home=st.sampled_from(["", "hotline", "bank"]),
    office=st.sampled_from([(), ("law",), ("water",)]),
    role=st.sampled_from([(), ("handler",), ("auditor",)]),
)
def test_a_place_hears_only_what_it_asked_for(kind, sealed, trusted, *, home, office, role):
    wanted = Wanted(home, frozenset(office), frozenset(role), frozenset(), trusted)

    taken = wanted.takes(kind, KINDS[kind].roles, institution="hotline", department="law", sealed=sealed)

    if taken:
        assert trusted or not sealed
        assert home in ("", "hotline")
        assert "law" in office or not office
        assert not role or KINDS[kind].roles & set(role)
