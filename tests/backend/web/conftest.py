"""A running Jiesu for tests: the whole application over a real SQLite file, with a clock that the test moves."""

from __future__ import annotations

import io
from datetime import UTC, datetime, timedelta
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

import pytest
from aiohttp import FormData
from aiohttp.test_utils import TestClient, TestServer

from backend.services.files.evidence import EvidenceFiles
from backend.services.office.served import Served
from backend.settings import Settings, WebSettings
from backend.site import Site
from backend.store.engine import open_store
from backend.web.app import build
from bots.web import Web
from institutions.catalog import load_all
from tests.backend.web.officers import Officer, hire

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator
    from pathlib import Path

    from aiohttp import ClientResponse, web

    Client = TestClient[Any, Any]

START = datetime(2026, 11, 21, 1, 12, tzinfo=UTC)  # a Saturday, 9:12 in China


class ManualClock:
    """A clock that stands still until told to move."""

    def __init__(self, start: datetime = START) -> None:
        self.now = start

    def __call__(self) -> datetime:
        return self.now

    def advance(self, **by: float) -> datetime:
        """Let time pass, given as timedelta takes it."""
        self.now += timedelta(**by)
        return self.now


@pytest.fixture
def clock() -> ManualClock:
    return ManualClock()


@pytest.fixture
def settings(tmp_path: Path, sqlite_url: str) -> Settings:
    """Two web channels, of two institutions."""
    return Settings(
        database=sqlite_url,
        evidence=str(tmp_path / "evidence"),
        channel=(
            WebSettings(name="web"),
            WebSettings(name="estate", institution="property"),
        ),
        folder=tmp_path,
    )


@pytest.fixture
def site(settings: Settings, clock: ManualClock) -> Iterator[Site]:
    """A Site on a fresh SQLite file."""
    store = open_store(settings.database_url)
    yield Site(
        settings=settings,
        store=store,
        institutions=Served(load_all()),
        channels={channel.name: Web(channel.name) for channel in settings.channel},
        homes={channel.name: channel.institution or settings.institution for channel in settings.channel},
        evidence=EvidenceFiles(settings.evidence_place),
        clock=clock,
        secret=b"an invented secret of 32 letters",
    )
    store.close()


@pytest.fixture
def app(site: Site) -> web.Application:
    return build(site)


@pytest.fixture
async def client(app: web.Application) -> AsyncIterator[Client]:
    """Somebody's browser, which keeps its cookies."""
    async with TestClient(TestServer(app)) as browser:
        yield browser


class Citizen:
    """Somebody at the chat page: knows its token, and remembers what the bot said."""

    def __init__(self, browser: Client, channel: str = "web") -> None:
        self.browser, self.path = browser, f"/chat/{channel}"
        self.token = ""
        self.heard: list[str] = []
        self.choices: list[dict[str, str]] = []
        self.seq = 0

    async def opens(self, **headers: str) -> str:
        """Load the page; its HTML."""
        answer = await self.browser.get(self.path, headers=headers)
        html = await answer.text()
        assert answer.status == HTTPStatus.OK, html
        self.token = html.split('name="csrf-token" content="')[1].split('"')[0]
        return html

    async def posts(self, **how: Any) -> ClientResponse:
        """Send a message as the page does, and look at the bare answer."""
        if not self.token:
            await self.opens()
        headers = {"X-CSRF-Token": self.token} | how.pop("headers", {})
        return await self.browser.post(f"{self.path}/messages", headers=headers, **how)

    async def says(self, text: str, **more: Any) -> list[str]:
        """Send words; the bot's."""
        return await self.sends({"text": text} | more)

    async def sends(self, message: dict[str, Any]) -> list[str]:
        """Send any message; what the bot says."""
        return await self._hears(await self.posts(json=message))

    async def shows(self, *files: tuple[str, bytes], **fields: str) -> list[str]:
        """Send files, as (name, bytes); what the bot says."""
        form = FormData()
        for key, value in fields.items():
            form.add_field(key, value)
        for name, data in files:
            form.add_field("file", io.BytesIO(data), filename=name)
        return await self._hears(await self.posts(data=form))

    async def files_a_case(self, story: str = "昨晚十一点多幸福里3栋楼下烧烤店又在放音响，吵得孩子睡不着") -> str:
        """Talk until there is a case; its number."""
        said = await self.says(story)
        for _ in range(12):
            offered = {choice["label"] for choice in self.choices}
            said = await self.says(
                next((word for word in ("提交", "同意", "没有", "匿名", "跳过") if word in offered), "13800138000")
            )
            if "编号 " in said[0]:
                return said[0].split("编号 ")[1].split("。")[0]
        raise AssertionError(f"no case came of it: {said}")

    async def _hears(self, answer: ClientResponse) -> list[str]:
        told = await answer.json()
        assert answer.status == HTTPStatus.OK, told
        self.choices = told["say"][-1]["choices"] if told["say"] else []
        self.seq = max([self.seq, *(say["seq"] for say in told["say"])])
        self.heard = [say["text"] for say in told["say"]]
        return self.heard


def who(citizen: Citizen) -> str:
    """Their address in the store: the random id in their cookie."""
    url = citizen.browser.make_url("/chat/web")
    return str(citizen.browser.session.cookie_jar.filter_cookies(url)["jiesu_chat"].value).split(".")[0]


@pytest.fixture
def citizen(client: Client) -> Citizen:
    return Citizen(client)


@pytest.fixture
async def neighbour(client: Client) -> AsyncIterator[Citizen]:
    """Somebody else, at the same server."""
    browser: Client = TestClient(client.server)
    async with browser:
        yield Citizen(browser)


@pytest.fixture
async def officer(client: Client, site: Site) -> AsyncIterator[Officer]:
    """A handler of every institution, logged in, at the same server."""
    hire(site, "王主任")
    browser: Client = TestClient(client.server)
    async with browser:
        handler = Officer(browser)
        await handler.comes_in()
        yield handler


@pytest.fixture
async def colleague(client: Client, site: Site) -> AsyncIterator[Officer]:
    """Another one."""
    hire(site, "李科长")
    browser: Client = TestClient(client.server)
    async with browser:
        handler = Officer(browser)
        await handler.comes_in("李科长")
        yield handler
