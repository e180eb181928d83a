"""The whole house behind a WeChat account, a Telegram bot and the web: real hooks, store, channels and jobs.

Only the platforms are fakes, and the time, which stands still until a test lets
it pass; so a day is over at once and a slow machine changes nothing.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from aiohttp import ClientSession
from aiohttp.test_utils import TestServer
from sqlalchemy import func, select

from backend import main
from backend.domain.case import Actor
from backend.domain.lifecycle import Status
from backend.jobs import rounds
from backend.jobs.deliver import deliver
from backend.services.cases import casework
from backend.settings import Settings, TelegramSettings, WebSettings, WechatSettings
from backend.settings.channels import Template
from backend.store import tables as t
from backend.web.app import build
from backend.web.hooks import ARRIVALS, PASSING
from tests.fakes.telegram import TOKEN

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime
    from pathlib import Path

    from aiohttp import web

    from backend.arrivals import Arrivals
    from backend.domain.case import Case
    from backend.site import Site
    from backend.store.outbox import Row
    from backend.store.work import UnitOfWork
    from tests.fakes.clock import VirtualClock
    from tests.fakes.telegram import FakeTelegram
    from tests.fakes.wechat import FakeWechat

SECRET = "a_secret-token"
OTHER_TOKEN = "220201543:BBHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw"
STATUS = Template(id="T1", case="character_string1", state="phrase2", at="time3", note="thing4")
FIELDS = ("character_string1", "phrase2", "time3", "thing4")
OFFICER = Actor("王主任", frozenset({"coordinator", "handler", "dispatcher", "reviewer"}))
ROUNDS = (rounds.answer_albums, rounds.ask_back, rounds.look_after_results, rounds.catch_up, deliver)
MOST_TURNS = 200
STORY = "昨晚十一点多幸福里3栋楼下烧烤店又在放音响，吵得孩子睡不着，都一个礼拜了"


def settings(
    folder: Path, database: str, port: int, wechat: FakeWechat, telegram: FakeTelegram, **changed: Any
) -> Settings:
    """A web page, a bot, another bot of another institution, and an account; ``changed``: fields of the account's."""
    account = wechat.account
    told: dict[str, Any] = {
        "appid": account.appid,
        "secret": account.secret,
        "token": account.token,
        "aes_key": account.eak,
        "previous_aes_key": account.prev_eak,
        "mode": "plain" if account.mode == "plain" else "safe",
        "account": account.kind,
        "verified": account.verified,
        "api_base": wechat.url,
        "templates": {"status": STATUS, "message": STATUS} if account.full else {},
    }
    bot: dict[str, Any] = {"secret_token": SECRET, "api_base": telegram.url}
    return Settings(
        listen=f"127.0.0.1:{port}",
        public_url=f"http://127.0.0.1:{port}",
        database=database,
        evidence=str(folder / "evidence"),
        secret_key="an invented secret of 32 letters",
        channel=(
            WebSettings(name="web"),
            TelegramSettings(name="bot", token=TOKEN, groups="bind", **bot),
            TelegramSettings(name="estate-bot", token=OTHER_TOKEN, institution="property", **bot),
            WechatSettings(name="account", **(told | changed)),
        ),
        folder=folder,
    )


@dataclass
class House:
    """One deployment, with people of the fakes before it."""

    site: Site
    wechat: FakeWechat
    telegram: FakeTelegram
    port: int
    server: TestServer | None = None

    @property
    def clock(self) -> VirtualClock:
        """Of the platforms and of ours."""
        return self.wechat.clock

    @property
    def app(self) -> web.Application:
        """The application that serves now."""
        assert self.server is not None
        return self.server.app

    @property
    def arrivals(self) -> Arrivals:
        """What is under way at the hooks."""
        return self.app[ARRIVALS]

    def browser(self) -> ClientSession:
        """Somebody who calls our server."""
        return ClientSession(self.site.settings.url)

    async def opens(self) -> None:
        """Serve, and let the platforms know where."""
        self.server = TestServer(build(self.site), host="127.0.0.1", port=self.port)
        await self.server.start_server()
        self.wechat.account.callback_url = f"{self.site.settings.url}/hooks/account"
        for bot in ("bot", "estate-bot"):
            await self.site.platforms[bot].set_up()

    async def closes(self) -> None:
        """Serve no more."""
        if self.server is not None:
            await self.server.close()
            self.server = None

    async def ends(self) -> None:
        """Let go of everything."""
        await self.closes()
        for channel in self.site.platforms.values():
            await channel.close()
        self.site.store.close()

    async def settles(self) -> None:
        """All that is due now happens: pushes arrive, jobs run, answers go out."""
        for _ in range(MOST_TURNS):
            await self.telegram.idle()
            await self.wechat.settled()
            if self.server is not None:
                await self.app[PASSING].close()
            done = [await work(self.site, "postman") for work in ROUNDS]
            if not any(done):
                return
        raise AssertionError("it never comes to an end")

    async def later(self, seconds: float, *, step: float = 0.0) -> None:
        """Time passes, in steps or at once, and what falls due happens."""
        left = seconds
        while left > 0:
            self.clock.advance(min(step or left, left))
            left -= step or left
            await self.settles()

    # --- what stands in the store

    def asks(self, question: Callable[..., Any], *args: Any) -> Any:
        """Read something."""
        return self.site.store.read_now(question, *args)

    def cases(self, channel: str, address: str) -> list[str]:
        """The numbers of somebody's cases."""
        return list(self.asks(_numbers, channel, address))

    def case(self, number: str) -> Case:
        """A case as it stands."""
        found: Case = self.asks(_case, number)
        return found

    def notices(self, number: str) -> list[Row]:
        """What was owed for a case, oldest first."""
        return list(self.asks(_notices, number))

    def journal(self, channel: str, address: str) -> list[str]:
        """What somebody said, in the order in which we took it."""
        return list(self.asks(_said, channel, address))

    def talk(self, channel: str, address: str) -> list[tuple[str, str]]:
        """Both sides, as the desk shows them."""
        return list(self.asks(_talk, channel, address))

    def evidence(self, channel: str, address: str) -> int:
        """How many files of theirs we have."""
        return int(self.asks(_files, channel, address))

    def place(self, code: str, text: str) -> None:
        """A QR code that hangs there."""
        self.site.store.run_now(_place, code, text, at=self.site.clock())

    def rows(self, table: str) -> int:
        """How many there are."""
        return int(self.asks(_count, table))

    # --- the desk

    def moves(self, number: str, to: str, **given: str) -> Case:
        """An officer's move."""
        moved: Case = self.site.store.run_now(
            casework.move, self.site.institutions, number, Status(to), given, by=OFFICER, at=self.site.clock()
        )
        return moved

    async def files(self, citizen: Any, story: str = STORY) -> str:
        """Somebody of a fake talks until there is a case; its number."""
        await citizen.tells(story)
        for _ in range(12):
            word = next((w for w in ("提交", "同意", "没有", "匿名", "跳过") if w in citizen.offered), "13800138000")
            await citizen.tells(word)
            if "编号 " in citizen.heard[-1]:
                return str(citizen.heard[-1].split("编号 ")[1].split("。")[0])
        raise AssertionError(f"no case came of it: {citizen.heard}")


def build_house(
    folder: Path, database: str, port: int, wechat: FakeWechat, telegram: FakeTelegram, **changed: Any
) -> House:
    """Composed as a running Jiesu is; closed so far."""
    told = settings(folder, database, port, wechat, telegram, **changed)
    site = main.compose(told, clock=wechat.clock.utc)
    return House(replace(site, ring=asyncio.Event()), wechat, telegram, port)


def _numbers(work: UnitOfWork, channel: str, address: str) -> list[str]:
    person = work.people.find(channel, address)
    return [case.number for case in work.cases.bound_cases(person.id)] if person else []


def _case(work: UnitOfWork, number: str) -> Case:
    return work.cases.get(number)


def _said(work: UnitOfWork, channel: str, address: str) -> list[str]:
    person = work.people.find(channel, address)
    return [line.text for line in work.journal.talk(person.id) if line.who == "citizen"] if person else []


def _talk(work: UnitOfWork, channel: str, address: str) -> list[tuple[str, str]]:
    person = work.people.find(channel, address)
    return [(line.who, line.text) for line in work.journal.talk(person.id)] if person else []


def _files(work: UnitOfWork, channel: str, address: str) -> int:
    person = work.people.find(channel, address)
    mine = select(func.count()).select_from(t.evidence).where(t.evidence.c.person == (person.id if person else 0))
    return int(work.conn.execute(mine).scalar_one())


def _place(work: UnitOfWork, code: str, text: str, *, at: datetime) -> None:
    work.places.add(code, text, {"where": text}, at=at)


def _notices(work: UnitOfWork, number: str) -> list[Row]:
    return work.outbox.of_case(number)


def _count(work: UnitOfWork, table: str) -> int:
    return int(work.conn.exec_driver_sql(f'SELECT count(*) FROM "{table}"').scalar_one())
