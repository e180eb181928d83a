"""Commands of Telegram are words of the dialog."""

from __future__ import annotations

import re

import pytest

from bots.telegram_api.commands import LANGUAGES, MENUS, WORDS, Asked, menu, read
from dialogs import commands as dialog


@pytest.mark.parametrize("word", sorted({*WORDS.values(), *LANGUAGES.values()}))
def test_the_dialog_understands_every_word(word):
    assert dialog.command(word)


@pytest.mark.parametrize("text", ["路灯坏了", "", "和/或", "/", "// 注释", "/反映"])
def test_what_is_no_command_stays_as_it_is(text):
    assert read(text, language="zh") == Asked(text)


def test_t16_start_with_the_code_of_a_place_is_a_greeting_from_there():
    assert read("/start p_8f3k", language="zh-hans") == Asked("你好", place="p_8f3k")


def test_t16_a_code_that_cannot_be_one_is_a_plain_greeting():
    assert read("/start ../etc/passwd ", language="zh") == Asked("你好")


def test_start_greets_in_the_language_of_the_phone():
    assert read("/start", language="en-GB").text == "hello"


def test_start_in_a_group_names_its_bot():
    assert read("/start@JiesuBot p_8f3k", language="zh") == Asked("你好", place="p_8f3k", to="JiesuBot")


def test_progress_with_a_number_is_that_number():
    assert read("/progress 20261122-HL-000001-7", language="zh").text == "20261122-HL-000001-7"


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("/progress", "progress"),
        ("/HELP", "help"),
        ("/cancel now", "cancel"),
        ("/settings", "help"),
        ("/lang en", "english"),
        ("/lang zh-Hant", "traditional"),
        ("/lang zh", "chinese"),
        ("/lang", "help"),
    ],
)
def test_a_command_is_its_word(text, word):
    assert read(text, language="zh").text == word


def test_a_command_we_do_not_have_is_text():
    assert read("/weather 明天", language="zh").text == "/weather 明天"


@pytest.mark.parametrize("language", MENUS)
def test_the_menu_offers_what_is_understood_and_fits_telegram(language):
    offered = menu(language)

    assert all(one.command == "start" or one.command in WORDS for one in offered)
    assert all(re.fullmatch(r"[a-z0-9_]{1,32}", one.command) and 1 <= len(one.description) <= 256 for one in offered)
