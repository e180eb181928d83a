"""Bubbles come to the open page as they are said, in order, each once, and nothing is held for it."""

from __future__ import annotations

import asyncio
import json
from typing import TYPE_CHECKING, Any

import pytest

from backend.jobs.deliver import deliver
from backend.services.cases import casework
from backend.store.errors import Busy
from backend.web.limits import TooMany
from backend.web.live import AGAIN, MOST_OF_ONE, Live
from tests.backend.services.city import OFFICER

if TYPE_CHECKING:
    from tests.backend.web.conftest import Citizen


async def hear(stream, count: int) -> list[tuple[str, Any]]:
    """The next so many events: (id, data)."""
    heard: list[tuple[str, Any]] = []
    while len(heard) < count:
        event = (await asyncio.wait_for(stream.content.readuntil(b"\n\n"), 5)).decode()
        fields = dict(line.split(": ", 1) for line in event.splitlines() if ": " in line)
        if "data" in fields:
            heard.append((fields["id"], json.loads(fields["data"])))
    return heard


def listens(citizen: Citizen, **how):
    return citizen.browser.get("/chat/web/stream", **how)


async def tell(site, clock, number: str, text: str) -> None:
    """A word from the desk, delivered."""
    await site.store.run(casework.say, site.institutions, number, text, by=OFFICER, at=clock.advance(minutes=1))
    await deliver(site, "postman")


async def test_a_notice_comes_to_the_open_page(site, citizen, clock):
    number = await citizen.files_a_case()
    async with listens(citizen, params={"after": citizen.seq}) as stream:
        await tell(site, clock, number, "请补一张照片")
        [(key, told)] = await hear(stream, 1)

    assert stream.content_type == "text/event-stream"
    assert key == str(told["seq"]) == str(citizen.seq + 1)
    assert "请补一张照片" in told["text"]
    assert [choice["label"] for choice in told["choices"]] == ["催一下", "补充", "撤回这件"]


async def test_a_page_that_comes_back_gets_what_it_missed_and_nothing_twice(site, citizen, clock):
    number = await citizen.files_a_case()
    await tell(site, clock, number, "第一句")
    await tell(site, clock, number, "第二句")
    missed = {"Last-Event-ID": str(citizen.seq + 1)}

    async with listens(citizen, params={"after": 0}, headers=missed) as stream:
        [(_, told)] = await hear(stream, 1)

    assert "第二句" in told["text"]


async def test_two_pages_of_one_person_both_hear_it(site, citizen, clock):
    number = await citizen.files_a_case()
    after = {"after": citizen.seq}
    async with listens(citizen, params=after) as one, listens(citizen, params=after) as two:
        await tell(site, clock, number, "请补一张照片")
        heard = await asyncio.gather(hear(one, 1), hear(two, 1))

    assert heard[0] == heard[1]


async def test_a_neighbour_hears_nothing_of_it(site, citizen, neighbour, clock):
    number = await citizen.files_a_case()
    await neighbour.says("你好")
    async with listens(neighbour, params={"after": neighbour.seq}) as stream:
        await tell(site, clock, number, "请补一张照片")
        with pytest.raises(TimeoutError):
            await asyncio.wait_for(hear(stream, 1), 1.5)


async def test_somebody_who_said_nothing_has_nothing_to_listen_to(citizen):
    await citizen.opens()

    assert (await listens(citizen)).status == 204


async def test_a_wrong_last_number_is_told_so(citizen):
    await citizen.says("你好")

    assert (await listens(citizen, headers={"Last-Event-ID": "x"})).status == 400


async def test_one_person_may_open_some_pages_but_not_any_number(citizen):
    await citizen.says("你好")
    streams = [await listens(citizen) for _ in range(MOST_OF_ONE)]

    refused = await listens(citizen)
    for stream in streams:
        stream.close()

    assert refused.status == 429
    assert int(refused.headers["Retry-After"]) > 0


async def test_pages_that_were_closed_do_not_count(citizen):
    await citizen.says("你好")
    statuses = []
    for _ in range(MOST_OF_ONE + 2):
        stream = await listens(citizen)
        statuses.append(stream.status)
        stream.close()
        await asyncio.sleep(0.02)

    assert set(statuses) == {200}


async def test_streams_end_when_the_server_goes_down(citizen):
    await citizen.says("你好")
    stream = await listens(citizen)

    began = asyncio.get_running_loop().time()
    await citizen.browser.server.close()
    rest = await stream.content.read()

    assert asyncio.get_running_loop().time() - began < 5
    assert rest.startswith(b"retry: 3000")


class Record:
    """A store of which only the newest rows are asked."""

    def __init__(self) -> None:
        self.rows: list[tuple[int, int]] = []  # (person, seq); the row's number is its place
        self.asked: list[int] = []
        self.trouble: list[Exception] = []

    async def read(self, f, *args):
        if self.trouble:
            raise self.trouble.pop()
        return f(self, *args)

    @property
    def journal(self):
        return self

    def newest(self) -> int:
        return len(self.rows)

    def told_since(self, row: int) -> tuple[dict[int, int], int]:
        self.asked.append(row)
        return dict(self.rows[row:]), len(self.rows)


@pytest.fixture
async def looking():
    """A record and a Live that looks at it a hundred times a second."""
    record: Any = Record()
    live = Live(record, every=0.01)
    task = asyncio.create_task(live.run())
    yield record, live
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)


async def woken(listener, seconds: float = 1.0) -> bool:
    began = asyncio.get_running_loop().time()
    await listener.wait(seconds)
    return asyncio.get_running_loop().time() - began < seconds


async def test_nobody_is_asked_about_while_nobody_listens(looking):
    record, _ = looking
    await asyncio.sleep(0.05)

    assert record.asked == []


async def test_trouble_with_the_database_does_not_end_the_watch(looking):
    record, live = looking
    record.trouble = [Busy("too much waits"), RuntimeError("a fault of ours")]
    listener = live.add(1, 0)

    assert await woken(listener)


async def test_who_has_seen_everything_is_left_alone():
    record: Any = Record()
    live = Live(record)
    await live._look(0.0)
    old, fresh = live.add(1, 5), live.add(1, 4)
    live._fresh.clear()
    record.rows = [(1, 5)]

    await live._look(1.0)

    assert await woken(fresh, 0.05)
    assert not await woken(old, 0.05)


async def test_rows_of_the_last_seconds_are_looked_at_again():
    record: Any = Record()
    live = Live(record)
    for second in range(int(AGAIN) + 3):
        await live._look(float(second))
        record.rows.append((9, second))

    assert record.asked == [0] * (int(AGAIN)) + [1, 2]


async def test_places_are_given_back():
    record: Any = Record()
    live = Live(record)
    listeners = [live.add(1, 0) for _ in range(MOST_OF_ONE)]
    with pytest.raises(TooMany):
        live.add(1, 0)
    for listener in listeners:
        live.remove(listener)
        live.remove(listener)

    live.add(1, 0)

    assert live.count == 1
