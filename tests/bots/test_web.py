"""The web channel translates the page's JSON and decides nothing."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bots import BadMessage
from bots.web import LONGEST_TEXT, Web
from dialogs.messages import Location, Outbound, Peer, Receipt, Say

PEER = Peer("web", "a visitor")
CHANNEL = Web("web")
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)


def parse(**payload):
    return CHANNEL.parse(PEER, {"id": "1", **payload})


def test_words_become_a_message_of_that_peer():
    message = parse(text="楼道灯坏了")

    assert (message.peer, message.message_id, message.text) == (PEER, "1", "楼道灯坏了")


def test_a_tapped_button_becomes_a_choice():
    assert parse(choice="submit").choice == "submit"


def test_a_pin_becomes_a_location():
    assert parse(location={"lat": 31.2, "lon": 121, "label": "幸福里"}).location == Location(31.2, 121.0, "幸福里")


def test_a_pin_needs_no_label():
    assert parse(location={"lat": -90, "lon": 180}).location == Location(-90.0, 180.0)


def test_a_shared_phone_becomes_a_contact():
    assert parse(contact="13800138000").contact == "13800138000"


def test_null_says_nothing():
    assert parse(text="好", choice=None, location=None).text == "好"


def test_empty_words_are_a_message_which_the_bot_answers():
    assert parse(text="").text == ""


def test_a_letter_of_the_largest_size_is_taken_whole():
    assert len(parse(text="长" * LONGEST_TEXT).text) == LONGEST_TEXT


def test_a_longer_letter_is_told_how_long_it_is():
    with pytest.raises(BadMessage) as refused:
        parse(text="长" * (LONGEST_TEXT + 1))

    assert refused.value.long
    assert "200001" in refused.value.zh


@pytest.mark.parametrize(
    "payload",
    [
        None,
        [],
        "text",
        {},
        {"id": "1"},
        {"id": "1", "text": 7},
        {"id": 1, "text": "a"},
        {"id": "", "text": "a"},
        {"id": " ", "text": "a"},
        {"id": "a\nb", "text": "a"},
        {"id": "x" * 201, "text": "a"},
        {"text": "no id"},
        {"id": "1", "text": "a", "choice": "b"},
        {"id": "1", "choice": ["b"]},
        {"id": "1", "choice": ""},
        {"id": "1", "contact": {}},
        {"id": "1", "words": "a"},
        {"id": "1", "location": "here"},
        {"id": "1", "location": {"lat": 1}},
        {"id": "1", "location": {"lat": True, "lon": 1}},
        {"id": "1", "location": {"lat": 91, "lon": 1}},
        {"id": "1", "location": {"lat": 1, "lon": -181}},
        {"id": "1", "location": {"lat": float("nan"), "lon": 1}},
        {"id": "1", "location": {"lat": float("inf"), "lon": 1}},
        {"id": "1", "location": {"lat": 1, "lon": 1, "height": 3}},
        {"id": "1", "location": {"lat": 1, "lon": 1, "label": 7}},
    ],
    ids=repr,
)
def test_what_is_no_message_is_refused_in_both_languages(payload):
    with pytest.raises(BadMessage) as refused:
        CHANNEL.parse(PEER, payload)

    assert refused.value.zh.endswith("。")
    assert refused.value.en.endswith(".")


@given(payload=JSON | st.dictionaries(st.sampled_from(["id", "text", "choice", "location", "contact", "x"]), JSON))
def test_whatever_comes_is_a_message_or_is_refused_with_a_sentence(payload):
    try:
        told = CHANNEL.parse(PEER, payload).message_id
    except BadMessage as refused:
        told = refused.zh

    assert told


async def test_sending_only_agrees_because_the_page_reads_the_record():
    receipt = await CHANNEL.send(Outbound(PEER, Say("已受理"), "outbox-1"))

    assert receipt == Receipt(way="web", delivered=False)
