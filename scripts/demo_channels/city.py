"""The example city: its cases, its settings with both platforms, its desk users, and the codes on its walls."""

from __future__ import annotations

import secrets
import subprocess
import sys
from typing import TYPE_CHECKING

from backend.cli.passwords import one_time_password
from backend.services.office import accounts
from backend.services.talks import places
from backend.settings import load
from backend.store import schema
from bots.wechat import Wechat
from institutions.catalog import BUILT_IN

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from backend.settings import Settings
    from backend.site import Site
    from tests.fakes.telegram import FakeTelegram
    from tests.fakes.wechat import FakeWechat

DATABASE = "sqlite:///var/demo.db"
"""Where ``make demo`` puts its town."""
USERS: dict[str, Sequence[str]] = {"admin": accounts.ROLES, "handler": ("handler",)}
WECHAT, TELEGRAM = "city-wechat", "city-telegram"
HOTLINE, PLACES, HOMES = "hotline.toml", "places/demo_city.csv", "homes"
FORM = {"case": "character_string1", "state": "phrase2", "at": "time3", "note": "thing4"}
KINDS = {"status": "办理进度通知", "message": "工作人员留言提醒", "survey": "满意度回访通知", "nudge": "待补充材料提醒"}
WALLS = (
    ("东湖公园西门", "Donghu Park, west gate", {"where": "东湖公园西门"}),
    ("12路公交车 3号车厢", "Bus 12, car 3", {"where": "12路公交车上", "target": "12路公交车"}),
    ("政务服务中心 5号窗口", "Service centre, counter 5", {"where": "政务服务中心5号窗口", "target": "5号窗口"}),
)
"""What hangs where: its name, and what a scan fills in."""


class NotFilled(Exception):
    """The example city could not be made."""

    def __init__(self, why: str) -> None:
        super().__init__(f"the example city cannot be filled: {why}; see above")


class Wall:
    """A code on a wall."""

    def __init__(self, name: str, english: str, code: str) -> None:
        self.name, self.english, self.code = name, english, code


def fill(folder: Path, cases: int) -> None:
    """The town of ``make demo``, smaller. Raises: NotFilled."""
    if cases:
        words = [sys.executable, "-m", "backend.demo", "--fill-only", "--cases", str(cases)]
        done = subprocess.run(words, cwd=folder, stdin=subprocess.DEVNULL, check=False)
        if done.returncode:
            raise NotFilled(f"python -m backend.demo ended with {done.returncode}")


def settings(folder: Path, port: int, wechat: FakeWechat, telegram: FakeTelegram) -> Settings:
    """Written as an operator would, read as ever; the platforms are told where we are."""
    file = folder / "jiesu.toml"
    file.write_text(_toml(port, wechat, telegram), encoding="utf-8")
    _no_night(folder / HOMES)
    made = load(file, {}, here=folder)
    schema.upgrade(made.database_url)
    wechat.account.callback_url = f"{made.url}/hooks/{WECHAT}"
    for kind, title in KINDS.items():
        wechat.add_template(f"DEMO_{kind.upper()}", *FORM.values(), title=title)
    return made


def _no_night(homes: Path) -> None:
    """The hotline's notices arrive at any hour: a demo is looked at when there is time for it."""
    homes.mkdir(exist_ok=True)
    told = (BUILT_IN / HOTLINE).read_text(encoding="utf-8")
    (homes / PLACES).parent.mkdir(exist_ok=True)
    (homes / PLACES).write_bytes((BUILT_IN / PLACES).read_bytes())
    (homes / HOTLINE).write_text(f'{told}\n[drafts]\nquiet = ["00:00", "00:00"]\n', encoding="utf-8")


def _toml(port: int, wechat: FakeWechat, telegram: FakeTelegram) -> str:
    account = wechat.account
    forms = "\n".join(
        f'[channel.templates.{kind}]\nid = "DEMO_{kind.upper()}"\n'
        + "\n".join(f'{ours} = "{field}"' for ours, field in FORM.items())
        for kind in KINDS
    )
    return f"""listen = "127.0.0.1:{port}"
database = "{DATABASE}"
institutions = "{HOMES}"
evidence = "var/demo-evidence"

[[channel]]
name = "web"
kind = "web"

[[channel]]
name = "owners"
kind = "web"
institution = "property"

[[channel]]
name = "{TELEGRAM}"
kind = "telegram"
token = "{telegram.bot.token}"
secret_token = "{secrets.token_hex(16)}"
api_base = "{telegram.url}"

[[channel]]
name = "{WECHAT}"
kind = "wechat"
appid = "{account.appid}"
secret = "{account.secret}"
token = "{account.token}"
aes_key = "{account.eak}"
account = "{account.kind}"
verified = true
api_base = "{wechat.url}"

{forms}
"""


def let_in(site: Site) -> dict[str, str]:
    """The desk users, with passwords that they change at the first login."""
    passwords = {name: one_time_password() for name in USERS}
    known = site.store.read_now(lambda work: {user.name for user in work.accounts.users()})
    for name, password in passwords.items():
        hashed = accounts.hash_password(password)
        if name not in known:
            site.store.run_now(accounts.add_user, name, hashed, USERS[name], at=site.clock())
        else:
            site.store.run_now(accounts.set_password, name, hashed)
    return passwords


def hang_out(site: Site) -> list[Wall]:
    """Keep the places, each with a code of its own."""
    walls = []
    for name, english, fill in WALLS:
        told = places.check(fill, site.institutions[site.homes[WECHAT]], at=site.clock())
        walls.append(Wall(name, english, secrets.token_urlsafe(places.CODE_BYTES)))
        site.store.run_now(places.add, name, told, code=walls[-1].code, at=site.clock())
    return walls


async def make_codes(site: Site, walls: Sequence[Wall]) -> None:
    """What an operator does with ``jiesu wechat menu`` and ``jiesu wechat qr``."""
    channel = site.channels[WECHAT]
    if not isinstance(channel, Wechat):
        raise TypeError(WECHAT)
    await channel.make_menu()
    for wall in walls:
        await channel.make_code(wall.code)
