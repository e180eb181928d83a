"""Talking at a terminal: lines in, bubbles out, notices while one waits; the store is the configured one."""

from __future__ import annotations

import asyncio
import os
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from backend import main
from backend.cli.terminal import Talk
from backend.settings import Settings

AT = datetime(2026, 11, 21, 1, 12, tzinfo=UTC)


@pytest.fixture
def site(tmp_path, sqlite_url):
    settings = Settings(
        database=sqlite_url, evidence=str(tmp_path / "evidence"), institution="property", folder=tmp_path
    )
    site = main.compose(settings, clock=lambda: AT)
    yield site
    site.store.close()


async def talk(site, *typed, prompt=""):
    """What li reads when they type these lines and leave."""
    lines: asyncio.Queue[str | None] = asyncio.Queue()
    for line in (*typed, None):
        lines.put_nowait(line)
    shown: list[str] = []
    await Talk(site, "li", shown.append, shown.append).converse(lines, prompt=prompt)
    return "".join(shown)


def owe(work, text):
    """Something said to li without being asked, as the delivery job leaves it."""
    li = work.people.find_or_add("terminal", "li", language="zh", at=AT)
    row = work.outbox.queue(li.id, number=None, kind="message", text=text, at=AT)
    work.outbox.record(row, state="accepted", at=AT)
    work.journal.say(li.id, text, [], at=AT, notice=row)


async def test_a_line_is_answered_with_numbered_choices_and_a_number_chooses(site):
    shown = await talk(site, "小区电梯坏了三天", "1")

    assert "[1] 同意" in shown
    assert shown.index("[1] 同意") < shown.rindex("< ")


async def test_what_cannot_be_understood_or_read_is_told_and_the_talk_goes_on(site):
    shown = await talk(site, "/dance", "/help", "电梯坏了", "1", "/photo nowhere.jpg")

    assert "/dance is not understood" in shown
    assert shown.count("/quit") == 2
    assert "nowhere.jpg没有收到" in shown


async def test_nothing_is_read_after_leaving(site):
    assert await talk(site, "/quit", "你好") == ""


async def test_the_talk_of_yesterday_is_shown_and_goes_on(site):
    await talk(site, "小区电梯坏了三天")

    before, _, after = (await talk(site, "同意", prompt="> ")).partition("/quit leaves")

    assert "> 小区电梯坏了三天\n" in before
    assert "you are li: your last conversation goes on; another citizen: --as NAME" in before
    assert "同意我们这样登记" not in after


async def test_who_has_not_talked_yet_is_told_that_a_talk_begins(site):
    assert "a new conversation begins" in await talk(site, prompt="> ")


async def test_a_notice_is_shown_while_one_waits_and_counts_as_delivered(site):
    lines: asyncio.Queue[str | None] = asyncio.Queue()
    shown: list[str] = []
    talking = asyncio.create_task(Talk(site, "li", shown.append, shown.append).converse(lines, prompt="> "))
    while not shown:
        await asyncio.sleep(0.01)

    await site.store.run(owe, "您的投诉有答复了。")
    while "有答复了" not in "".join(shown):
        await asyncio.sleep(0.01)
    lines.put_nowait(None)
    await talking

    assert "\n< 您的投诉有答复了。\n" in "".join(shown)
    assert await site.store.read(lambda work: work.outbox.not_arrived(limit=9)) == []


def test_a_talk_may_come_through_a_pipe(migrated, tmp_path):
    program = "import sys; from backend.cli import call; sys.exit(call(sys.argv[1:]))"
    environment = {**os.environ, "PYTHONPATH": str(Path(main.__file__).parent.parent)}
    words = [sys.executable, "-c", program, "chat", "--institution", "property"]

    typed = "电梯坏了\n1".encode()
    done = subprocess.run(words, input=typed, capture_output=True, check=True, cwd=tmp_path, env=environment)

    assert done.stdout.decode().startswith("< 您好")
    assert done.stdout.decode().count("\n< ") >= 1
    assert done.stderr == b""
