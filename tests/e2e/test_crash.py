"""Promise 1 and 2: kill -9 at any instant loses no message, no case, no notice, and files no case twice."""

from __future__ import annotations

import asyncio
import random
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import pytest
from aiohttp import ClientError, ClientSession

from backend.store.engine import open_store
from tests.e2e.letters import FIVE, GRILL, photo
from tests.e2e.serving import Server
from tests.e2e.talking import Photo, WebCitizen, origins

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from backend.store.journal import Saying
    from backend.store.work import UnitOfWork
    from tests.e2e.letters import Letter

SEED = 20261121
KILLS = 5
MOVED = 5  # every fifth case is worked on meanwhile
AGAIN = 0.2  # seconds until a citizen tries again
TOLD = ("已受理", "办理。", "有答复了")
PHOTO = Photo("grill.jpg", photo())


@dataclass(slots=True)
class Stubborn(WebCitizen):
    """Sends its last message again, under the same id, until it is answered."""

    answered: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    resent: int = 0

    async def sends(self, message: dict[str, Any], photo: Photo | None = None) -> list[dict[str, Any]]:
        while True:
            try:
                say = await WebCitizen.sends(self, message, photo)
            except (ClientError, TimeoutError, OSError):
                self.resent += 1
                await asyncio.sleep(AGAIN)
            else:
                self.answered[message["id"]] = say
                return say


@pytest.fixture(params=["sqlite", "postgresql"])
def fragile(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Server]:
    """A Jiesu that will be killed, on each database."""
    on_sqlite = request.param == "sqlite"
    server = Server(tmp_path) if on_sqlite else Server(tmp_path, request.getfixturevalue("pg_empty_dsn"))
    yield server
    server.kill()


@pytest.mark.timeout(300)  # seconds: six starts on a machine that may be busy with other tests
async def test_killing_it_at_any_instant_loses_nothing_and_doubles_nothing(fragile):
    chance = random.Random(SEED)
    token = fragile.token("clerk", "--scope", "write")
    fragile.start()
    async with AsyncExitStack() as open_browsers:
        citizens = [
            await open_browsers.enter_async_context(Stubborn(fragile.url, knows=letter.knows, origin=origin))
            for letter, origin in people()
        ]
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(killing(fragile, citizens, chance))
            whole = [tasks.create_task(story(fragile, token, c, n)) for n, c in enumerate(citizens)]
        numbers = [task.result() for task in whole]
        for citizen in citizens[::MOVED]:
            for words in TOLD:
                await citizen.hears(words, seconds=60)
        fragile.stop()

        assert sum(citizen.resent for citizen in citizens) >= KILLS
        assert len(set(numbers)) == len(citizens)
        assert kept(fragile, citizens) == [
            ([number], {m: [s["seq"] for s in say] for m, say in citizen.answered.items()})
            for citizen, number in zip(citizens, numbers, strict=True)
        ]
        assert [told_twice(citizen) for citizen in citizens] == [[]] * len(citizens)
        fragile.jiesu("audit", "verify")


def people() -> list[tuple[Letter, str]]:
    """A hundred letters and where they are sent from; thirty where one address has to do, which is limited."""
    places = origins()
    return [(FIVE[n % len(FIVE)], places[n % len(places)]) for n in range(100 if len(places) > 1 else 30)]


async def killing(server: Server, citizens: list[Stubborn], chance: random.Random) -> None:
    """Kill the server when so and so many messages are answered, and start it again."""
    for many in sorted(chance.sample(range(len(citizens), 6 * len(citizens)), KILLS)):
        while sum(len(citizen.answered) for citizen in citizens) < many:
            await asyncio.sleep(0.002)
        await asyncio.sleep(chance.uniform(0, 0.03))
        server.kill()
        await asyncio.to_thread(server.start)


async def story(server: Server, token: str, citizen: Stubborn, n: int) -> str:
    """One conversation; every fifth case is answered as soon as it is filed."""
    letter = FIVE[n % len(FIVE)]
    await persistently(citizen.opens)
    number = await citizen.files(letter.subject, letter.detail, PHOTO if letter is GRILL else None)
    if n % MOVED == 0:
        for move in (
            {"to": "accepted"},
            {"to": "assigned", "department": "城市管理局"},
            {"to": "answered", "answer": "已现场处理。"},
        ):
            await persistently(moved, server, token, number, move)
    return number


async def persistently(do: Any, *args: Any) -> None:
    """Again and again until it works."""
    while True:
        try:
            await do(*args)
        except (ClientError, TimeoutError, OSError):
            await asyncio.sleep(AGAIN)
        else:
            return


async def moved(server: Server, token: str, number: str, move: dict[str, str]) -> None:
    url, headers = f"{server.url}/api/v1/cases/{number}/moves", {"Authorization": f"Bearer {token}"}
    async with ClientSession() as program, program.post(url, json=move, headers=headers) as answer:
        assert answer.status == 200, await answer.text()


def kept(server: Server, citizens: list[Stubborn]) -> list[tuple[list[str], dict[str, list[int]]]]:
    """Of each citizen: the cases they have, and the bubbles that the journal holds for each message."""
    store = open_store(server.database_url)
    try:
        return [
            store.read_now(of_one, citizen.cookie.partition(".")[0], list(citizen.answered)) for citizen in citizens
        ]
    finally:
        store.close()


def of_one(work: UnitOfWork, address: str, messages: list[str]) -> tuple[list[str], dict[str, list[int]]]:
    person = work.people.find("web", address)
    assert person is not None
    answers: dict[str, list[Saying]] = {each: work.journal.answer(person.id, each) for each in messages}
    return [case.number for case in work.cases.bound_cases(person.id)], {
        m: [s.seq for s in said] for m, said in answers.items()
    }


def told_twice(citizen: Stubborn) -> list[str]:
    """Notices that stand in the chat more than once."""
    texts = [bubble["text"] for bubble in citizen.heard if citizen.number() in bubble["text"]]
    return [text for text in texts if texts.count(text) > 1]
