"""Manners: buttons stop turning, groups are asked to talk in private, once a day."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from bots.telegram_api.courtesies import Courtesies

NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)
GROUP = {"id": -100123, "type": "supergroup"}


def courtesies(*, refuses=True):
    return Courtesies(bot="77", refuses=refuses)


def owed(manners, update, at=NOW):
    return manners.owed({"update_id": 1, **update}, username="JiesuBot", at=at)


def said(text, **more):
    return {"message": {"chat": GROUP, "text": text, **more}}


def test_a_pressed_button_is_answered():
    pressed = {"callback_query": {"id": "42"}}

    assert owed(courtesies(), pressed) == {"method": "answerCallbackQuery", "callback_query_id": "42"}


@pytest.mark.parametrize(
    "update",
    [
        said("/start"),
        said("/start@JiesuBot p_1"),
        said("@jiesubot 路灯坏了"),
        said("谢谢", reply_to_message={"from": {"id": 77}}),
        {"my_chat_member": {"chat": GROUP, "new_chat_member": {"status": "member"}}},
    ],
)
def test_a_group_that_turns_to_us_hears_where_to_talk(update):
    call = owed(courtesies(), update)

    assert (call["method"], call["chat_id"]) == ("sendMessage", GROUP["id"])
    assert call["reply_markup"]["inline_keyboard"][0][0]["url"] == "https://t.me/JiesuBot"


@pytest.mark.parametrize(
    "update",
    [
        said("大家好"),
        said("/start@OtherBot"),
        {"my_chat_member": {"chat": GROUP, "new_chat_member": {"status": "kicked"}}},
        {"message": {"chat": {"id": 5, "type": "private"}, "text": "/start"}},
        {"message": {"chat": "?", "text": 7}},
        {"message": []},
        {"callback_query": {"id": 7}},
    ],
)
def test_nobody_else_is_disturbed(update):
    assert owed(courtesies(), update) is None


def test_it_is_said_once_a_day():
    manners = courtesies()

    assert owed(manners, said("/start")) is not None
    assert owed(manners, said("/start"), NOW + timedelta(hours=23)) is None
    assert owed(manners, said("/start"), NOW + timedelta(hours=24)) is not None


def test_a_group_that_is_bound_is_not_refused():
    assert owed(courtesies(refuses=False), said("/start")) is None
