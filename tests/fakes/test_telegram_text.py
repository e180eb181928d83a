"""Texts, queues and signatures of the fake Telegram keep what they are for, whatever goes in."""

from __future__ import annotations

import hashlib
import hmac
import html
from collections import defaultdict
from contextlib import suppress
from urllib.parse import parse_qsl

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.fakes.telegram_errors import Failure
from tests.fakes.telegram_miniapp import init_data
from tests.fakes.telegram_people import Person
from tests.fakes.telegram_queue import UpdateQueue
from tests.fakes.telegram_text import TEXT, commands, formatted, pieces, units
from tests.fakes.telegram_world import World

WORDS = st.text(st.characters(exclude_categories=["Cs"]), max_size=200)


@given(WORDS)
def test_what_is_escaped_is_read_as_it_was(text):
    assert formatted(html.escape(text), "HTML", None) == (text.strip(), [])


@given(WORDS, WORDS)
def test_a_mark_covers_its_words_in_utf16(before, words):
    text, marks = formatted(f".{html.escape(before)}<b>.{html.escape(words)}.</b>", "HTML", None)

    (bold,) = marks
    covered = text.encode("utf-16-le")[bold["offset"] * 2 : (bold["offset"] + bold["length"]) * 2].decode("utf-16-le")
    assert covered == f".{words}."


@given(WORDS)
def test_whatever_is_no_html_is_refused_or_read_and_never_breaks(text):
    with suppress(Failure):
        formatted(text, "HTML", None)


@pytest.mark.parametrize("mode", ["Markdown", "MarkdownV2", "nonsense"])
def test_other_ways_to_mark_are_not_modelled_and_say_so(mode):
    with pytest.raises(Failure, match="unsupported parse_mode"):
        formatted("*a*", mode, None)


@given(st.text("字😀a", min_size=1, max_size=50), st.integers(1, 400))
def test_a_long_text_is_cut_into_messages_and_nothing_is_lost(text, times):
    parts = pieces(text * times)

    assert "".join(parts) == text * times
    assert all(0 < units(part) <= TEXT for part in parts)


def test_commands_are_marked_where_they_stand():
    assert commands("😀 /start@jiesu_bot p_1 与/或") == [{"type": "bot_command", "offset": 3, "length": 16}]


@given(st.lists(st.tuples(st.integers(1, 3), st.booleans()), max_size=40), st.randoms())
def test_a_queue_gives_one_at_a_time_and_in_order_whatever_fails(added, random):
    queue, came, flying = UpdateQueue(lambda: 0.0), defaultdict[int, list[int]](list), []
    for chat, _ in added:
        queue.add("message", {"message": {"chat": chat}}, of=chat)

    while queue.pending:
        flying += list(queue.due())
        assert len({update.key for update in flying}) == len(flying)
        update = flying.pop(random.randrange(len(flying)))
        if random.random() < 0.3:
            queue.again(update, after=0.0)
        else:
            came[update.key].append(update.update_id)
            queue.drop(update)

    assert all(numbers == sorted(numbers) for numbers in came.values())
    assert sum(map(len, came.values())) == len(added)


def test_a_mini_app_is_handed_what_the_documented_recipe_finds_right():
    world = World(lambda: 1_760_000_000.0)
    bot = world.add_bot("222:secret", "second_bot")
    fields = dict(parse_qsl(init_data(Person(world, bot, world.user(7), world.private(7)), age=60)))
    claimed = fields.pop("hash")

    checked = "\n".join(f"{name}={fields[name]}" for name in sorted(fields)).encode()
    key = hmac.new(b"WebAppData", b"222:secret", hashlib.sha256).digest()

    assert hmac.new(key, checked, hashlib.sha256).hexdigest() == claimed
    assert fields["auth_date"] == "1759999940"
