"""A line of a script is read whole, or refused with its number and a reason."""

from __future__ import annotations

import json
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.cli.script_lines import BadLine, Reader
from dialogs.messages import Location, Media

CHINA = ZoneInfo("Asia/Shanghai")
AT = "2026-11-21T08:30:00+08:00"


def reader():
    return Reader("s.jsonl", CHINA)


def read(**told):
    return reader().read(json.dumps({"user": "a", "at": AT, **told}).encode())


def test_a_line_without_time_is_one_second_later():
    lines = reader()
    lines.read(json.dumps({"user": "a", "at": AT, "text": "你好"}).encode())

    second = lines.read(b'{"user": "b", "text": "x"}')

    assert second.at == datetime.fromisoformat("2026-11-21T08:30:01+08:00")
    assert (second.number, second.id) == (2, "line 2")


def test_a_time_without_offset_is_the_institutions():
    assert read(at="2026-11-21T08:30:00", text="x").at == datetime.fromisoformat(AT)


def test_blank_lines_say_nothing_but_count():
    lines = reader()

    assert lines.read(b" \n") is None
    assert not lines.begun
    assert lines.read(json.dumps({"user": "a", "at": AT, "text": ""}).encode()).number == 2


def test_everything_a_citizen_can_send_is_read():
    line = read(
        text="看",
        photo="a.jpg",
        voice="b.amr",
        recognition="楼下太吵",
        album=7,
        id=1,
        contact="13800138000",
        location={"lat": 28, "lon": 112.9, "label": None} | {"label": "五一广场"},
    )

    assert line.media == (Media("photo", "a.jpg"), Media("voice", "b.amr", recognition="楼下太吵"))
    assert (line.text, line.contact, line.id) == ("看", "13800138000", "id 1")
    assert line.location == Location(28.0, 112.9, "五一广场")


def test_half_an_emoji_becomes_something_that_can_be_written():
    assert read(text="a\ud83d").text == "a?"


@pytest.mark.parametrize(
    ("told", "reason"),
    [
        ({}, "nothing is said"),
        ({"text": 3}, "text must be text"),
        ({"text": "x", "user": ""}, "user is missing"),
        ({"text": "x", "mood": "bad"}, "there is no key 'mood'"),
        ({"text": "x", "at": "soon"}, "at is no time: 'soon'"),
        ({"text": "x", "at": 7}, "at is no time"),
        ({"text": "x", "at": "0001-01-01T00:00:00+23:00"}, "at is no time"),
        ({"text": "x", "id": [1]}, "id must be text"),
        ({"text": "x", "recognition": "y"}, "recognition stands beside voice"),
        ({"photo": ""}, "photo must be the path"),
        ({"location": {"lat": 91, "lon": 0}}, "location.lat must be a number from -90 to 90"),
        ({"location": {"lat": 0, "lon": float("nan")}}, "location.lon"),
        ({"location": {"lat": True, "lon": 0}}, "location.lat"),
        ({"location": [0, 0]}, "location must be"),
    ],
)
def test_a_bad_line_is_refused_with_its_number(told, reason):
    with pytest.raises(BadLine, match=r"^s\.jsonl: line 1: ") as caught:
        read(**told)

    assert reason in caught.value.reason


@pytest.mark.parametrize("raw", [b"{", b"[]", b"\xff", b"[" * 100_000, b"1" * 5000, b"x" * 5_000_000])
def test_what_is_no_object_is_refused(raw):
    with pytest.raises(BadLine, match="line 1: "):
        reader().read(raw)


def test_the_first_line_must_say_when():
    with pytest.raises(BadLine, match="at is missing"):
        reader().read(b'{"user": "a", "text": "x"}')


def test_time_does_not_go_back():
    lines = reader()
    lines.read(json.dumps({"user": "a", "at": AT, "text": "x"}).encode())

    with pytest.raises(BadLine, match=r"line 2: at goes back"):
        lines.read(b'{"user": "a", "at": "2026-11-21T00:29:59Z", "text": "x"}')


@given(
    st.binary()
    | st.recursive(st.text() | st.integers(), lambda v: st.dictionaries(st.text(), v)).map(json.dumps).map(str.encode)
)
def test_no_line_breaks_the_reader(raw):
    try:
        line = reader().read(raw)
    except BadLine:
        return
    assert line is None or line.user


def test_half_a_character_in_an_id_can_be_kept():
    assert read(id="\ud800", text="x").id == "id ?"
