"""What a camera tells, and where it does not fit what the citizen told."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.services.files import camera
from backend.services.files.camera import Told
from tests.backend.services.cameras import HERE, taken

CHINA = ZoneInfo("Asia/Shanghai")
SENT = datetime(2026, 11, 21, 1, 12, tzinfo=UTC)
LAST_NIGHT = {
    "when": {"start": "2026-11-20T23:00:00+08:00", "end": "2026-11-21T00:00:00+08:00", "recurring": False},
}


def wall(*told):
    """A time as a camera writes it, without a zone."""
    return datetime(*told)  # noqa: DTZ001


def doubts(told, facts=LAST_NIGHT, pin=HERE):
    return [doubt.key for doubt in camera.doubts(told, facts, sent_at=SENT, zone=CHINA, pin=pin)]


def test_time_and_place_are_read():
    told = camera.read(taken(place=HERE, at="2026:11:20 23:10:00", model="Phone 9", size=(120, 80), orientation=6))

    assert (told.width, told.height, told.model) == (80, 120, "Phone 9")
    assert told.at == wall(2026, 11, 20, 23, 10)
    assert told.place == pytest.approx(HERE, abs=1e-5)
    assert doubts(told) == []


def test_a_time_with_its_zone_is_taken_at_its_word():
    told = camera.read(taken(at="2026:11:20 15:10:00", offset="+00:00"))

    assert camera.when(told, CHINA) == datetime(2026, 11, 20, 15, 10, tzinfo=UTC)


def test_south_and_west_are_below_nought():
    assert camera.read(taken(place=(-12.5, -77.25))).place == pytest.approx((-12.5, -77.25), abs=1e-5)


@pytest.mark.parametrize(
    ("told", "key"),
    [
        (Told(place=(HERE[0] + 0.02, HERE[1])), "far"),
        (Told(at=wall(2026, 11, 18, 9)), "before"),
        (Told(at=wall(2026, 11, 21, 12)), "ahead"),
    ],
)
def test_what_does_not_fit_is_said(told, key):
    assert doubts(told) == [key]


def test_a_picture_of_long_after_is_doubted_unless_it_happens_again_and_again():
    old = {"when": {"start": "2026-11-01T08:00:00+08:00", "end": "2026-11-01T09:00:00+08:00"}}
    again = {"when": old["when"] | {"recurring": True}}
    told = Told(at=wall(2026, 11, 20, 9))

    assert (doubts(told, old), doubts(told, again)) == (["after"], [])


def test_without_a_time_told_only_an_old_picture_is_doubted():
    assert doubts(Told(at=wall(2026, 9, 1)), {}) == ["old"]
    assert doubts(Told(at=wall(2026, 11, 1)), {"when": {"text": "好久了", "start": None, "end": None}}) == []


def test_nothing_is_doubted_where_nothing_is_told():
    assert doubts(Told()) == doubts(Told(place=HERE), pin=None) == []


@given(st.binary(max_size=200))
def test_any_bytes_tell_something_or_nothing(data):
    assert camera.read(data) == Told()
