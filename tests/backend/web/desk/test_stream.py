"""Live pages: told what changed, and nothing about it."""

from __future__ import annotations

import asyncio
import json

import pytest

from backend.web.desk import stream as desk_stream
from backend.web.desk.stream import FEED, Feed, Listener
from tests.backend.services.city import OFFICER, City
from tests.backend.web.officers import Officer, hire


@pytest.fixture
def city(site):
    made = City(site.store)
    made.now = site.clock()
    return made


@pytest.fixture(autouse=True)
def quick(monkeypatch):
    """A second is a long time."""
    monkeypatch.setattr(desk_stream, "EVERY", 0.02)


async def heard(answer):
    """The next event: (id, data)."""
    event = {}
    while True:
        line = (await asyncio.wait_for(answer.content.readline(), 5)).decode().strip()
        if line.startswith(("id:", "data:")):
            key, _, value = line.partition(": ")
            event[key] = value
        elif not line and "data" in event:
            return int(event["id"]), json.loads(event["data"])


async def test_a_new_case_is_told_by_number_and_version_alone(officer, city):
    async with officer.browser.get("/desk/stream") as answer:
        await asyncio.sleep(0.1)
        number = city.citizen().files_a_case()

        _, told = await heard(answer)

    assert answer.content_type == "text/event-stream"
    assert told == {"number": number, "version": 1}


async def test_what_happened_since_the_page_was_made_comes_first(officer, city):
    page = await officer.opens("/desk")
    place = page.html.split('data-stream="')[1].split('"')[0]
    number = city.citizen().files_a_case()
    city.move(number, "accepted")

    async with officer.browser.get(place) as answer:
        last, told = await heard(answer)
    city.move(number, "assigned", department=city.case(number).department_id)
    async with officer.browser.get(place, headers={"Last-Event-ID": str(last)}) as answer:
        _, more = await heard(answer)

    assert told == {"number": number, "version": 2}
    assert more == {"number": number, "version": 3}


async def test_an_institution_is_told_of_its_own_cases_only(site, city, client):
    hire(site, "物业", institution="property")
    officer = Officer(client)
    await officer.comes_in("物业")

    async with officer.browser.get("/desk/stream?after=0") as answer:
        city.citizen().files_a_case()
        number = city.citizen("周", "property").files_a_case("电梯坏了三天没人修，老人上下楼很难")
        _, told = await heard(answer)

    assert told["number"] == number


async def test_without_a_session_a_browser_is_told_not_to_ask_again(client):
    assert (await client.get("/desk/stream")).status == 204


async def test_a_stream_ends_with_its_session(officer, monkeypatch, client, site):
    monkeypatch.setattr(desk_stream, "HEARTBEAT", 0.05)
    async with officer.browser.get("/desk/stream") as answer:
        site.store.run_now(lambda work: work.accounts.end_sessions("王主任"))

        rest = await asyncio.wait_for(answer.content.read(), 5)

    assert b"data:" not in rest


async def test_a_shutdown_ends_every_stream(officer, app):
    async with officer.browser.get("/desk/stream") as answer:
        await asyncio.sleep(0.05)
        app[FEED].close()

        await asyncio.wait_for(answer.content.read(), 5)

        assert answer.content.at_eof()


async def test_each_event_is_told_once_although_it_is_looked_at_again(site, city):
    feed = Feed(site.store)
    listener = Listener(OFFICER)
    feed._listeners.add(listener)
    await feed.look(0.0)
    number = city.citizen().files_a_case()

    for second in range(1, 12):
        await feed.look(float(second))
    city.move(number, "accepted")
    await feed.look(12.0)

    told = [listener.queue.get_nowait() for _ in range(listener.queue.qsize())]
    assert [(change.number, change.version) for change in told if change] == [(number, 1), (number, 2)]


async def test_a_slow_reader_loses_the_oldest_and_keeps_the_newest(site, city):
    listener = Listener(OFFICER)
    city.citizen().files_a_case()
    change = site.store.read_now(lambda work: work.worklist.changes(0, limit=1))[0]

    for _ in range(desk_stream.MOST_WAITING + 5):
        listener.tell(change)
    listener.tell(None)

    assert listener.queue.qsize() == desk_stream.MOST_WAITING


async def test_there_is_an_end_to_how_many_listen(officer, monkeypatch):
    monkeypatch.setattr(desk_stream, "MOST", 0)

    assert (await officer.browser.get("/desk/stream")).status == 503
