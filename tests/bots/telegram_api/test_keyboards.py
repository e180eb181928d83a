"""Choices become buttons that Telegram takes."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from telegram import InlineKeyboardMarkup, ReplyKeyboardMarkup, ReplyKeyboardRemove

from bots.telegram_api.keyboards import LONGEST_DATA, data, markup
from dialogs.messages import Choice

YES, NO = Choice("consent.yes", "同意"), Choice("consent.no", "不同意")
PIN, PHONE, SKIP = Choice("location", "发送位置"), Choice("contact", "发送手机号"), Choice("skip", "跳过")


def rows(keyboard):
    if isinstance(keyboard, InlineKeyboardMarkup):
        return keyboard.inline_keyboard
    assert isinstance(keyboard, ReplyKeyboardMarkup)
    return keyboard.keyboard


def labels(keyboard):
    return [[button.text for button in row] for row in rows(keyboard)]


def test_short_choices_stand_side_by_side():
    assert labels(markup((YES, NO), private=True)) == [["同意", "不同意"]]


def test_a_long_choice_stands_alone():
    long = Choice("x", "小区物业收费与服务质量问题")

    assert labels(markup((YES, long, NO), private=True)) == [["同意"], [long.label], ["不同意"]]


def test_a_row_holds_three_at_most():
    five = [Choice(str(n), str(n)) for n in range(1, 6)]

    assert labels(markup(five, private=True)) == [["1", "2", "3"], ["4", "5"]]


def test_a_button_carries_the_id_of_its_choice():
    button = rows(markup((YES,), private=True))[0][0]

    assert button.callback_data == "consent.yes"


def test_a_place_is_asked_for_with_a_key_that_sends_it():
    keyboard = markup((PIN, SKIP), private=True)

    assert isinstance(keyboard, ReplyKeyboardMarkup)
    pin, skip = keyboard.keyboard[0]
    assert (pin.request_location, pin.request_contact, skip.request_location) == (True, None, None)
    assert keyboard.one_time_keyboard


def test_a_number_is_asked_for_with_a_key_that_sends_it():
    assert rows(markup((PHONE,), private=True))[0][0].request_contact


def test_in_a_group_nobody_is_asked_for_what_only_a_private_chat_can_send():
    assert labels(markup((PIN, SKIP), private=False)) == [["跳过"]]
    assert markup((PIN,), private=False) is None


def test_the_keys_of_the_question_before_go_away_with_the_answer():
    assert isinstance(markup((), private=True, answers=True), ReplyKeyboardRemove)
    assert markup((), private=True) is None


@given(st.text(st.characters(blacklist_categories=["Cs"]), max_size=200))
def test_every_id_fits_and_none_is_taken_for_another(choice_id):
    carried = data(choice_id)

    assert 1 <= len(carried.encode()) <= LONGEST_DATA
    assert (carried == choice_id) != carried.startswith("h:")
