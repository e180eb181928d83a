"""Places over HTTP: a code that cannot be guessed, and links that carry it."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from aiohttp.test_utils import TestClient, TestServer

from backend.settings import TelegramSettings
from backend.web.app import build
from bots import NotSent
from tests.backend.web.programs import program

LIFT = {"name": "3栋2号电梯", "fill": {"where": "幸福里3栋2号电梯"}}


@pytest.fixture
def sync(site, client):
    return program(site, client, scope="write")


async def test_a_place_gets_a_code_and_the_links_that_carry_it(site, sync):
    told = (await sync.post("/places", LIFT)).json

    code = told["code"]
    assert re.fullmatch(r"[A-Za-z0-9_-]{16}", code)
    assert told == {
        "code": code,
        "wechat_scene": code,
        "telegram_link": None,
        "web_link": f"http://127.0.0.1:8080/chat/web?place={code}",
    }
    kept = await site.store.read(lambda work: work.places.get(code))
    assert (kept.name, kept.fill) == ("3栋2号电梯", LIFT["fill"])


class Bot:
    """A bot that tells its name, or cannot be asked."""

    def __init__(self, trouble=None):
        self.trouble = trouble

    async def username(self):
        if self.trouble is not None:
            raise self.trouble
        return "jiesu_bot"


@pytest.mark.parametrize(("trouble", "begins"), [(None, "https://t.me/jiesu_bot?start="), (NotSent("连不上"), None)])
async def test_a_bot_has_a_link_of_its_own_where_it_can_be_asked(settings, site, trouble, begins):
    told = TelegramSettings(name="bot", token="123456789:an-invented-one", mode="polling")
    settings = settings.model_copy(update={"channel": (*settings.channel, told)})
    site = replace(site, settings=settings, platforms={"bot": Bot(trouble)}, homes={**site.homes, "bot": "hotline"})

    async with TestClient(TestServer(build(site))) as browser:
        made = (await program(site, browser, scope="write").post("/places", LIFT)).json

    assert made["telegram_link"] == (begins and begins + made["code"])


async def test_two_places_never_share_a_code(sync):
    codes = {(await sync.post("/places", LIFT)).json["code"] for _ in range(3)}

    assert len(codes) == 3


async def test_an_institutions_token_makes_links_to_its_own_chat(site, client):
    estate = program(site, client, scope="write", institution="property")

    assert "/chat/estate?place=" in (await estate.post("/places", LIFT)).json["web_link"]


@pytest.mark.parametrize(
    ("body", "told"),
    [
        ({"name": "电梯"}, "fill is missing"),
        ({"name": "", "fill": {"where": "x"}}, "name is empty"),
        ({"name": "  ", "fill": {"where": "幸福里3栋"}}, "name is empty"),
        ({"name": "梯" * 129, "fill": {"where": "x"}}, "name must have at most 128 characters"),
        ({"name": "电梯", "fill": {}}, "fill is empty"),
        ({"name": "电梯", "fill": []}, "fill must be an object"),
        ({"name": "电梯", "fill": {"where": ""}}, "fill.where is empty"),
        ({"name": "电梯", "fill": {"where": 3}}, "fill.where must be text"),
        ({"name": "电梯", "fill": {"floor": "3"}}, "there is no slot 'floor'"),
        ({"name": "电梯", "fill": {"evidence": "照片"}}, "fill.evidence cannot be '照片'"),
        ({"name": "电梯", "fill": {"contact": "12"}}, "That does not look like a phone number"),
        ({"name": "电梯", "fill": {"where": "幸福里"}, "code": "mine"}, "there is no code"),
    ],
)
async def test_a_wrong_place_is_named(sync, body, told):
    answer = await sync.post("/places", body)

    assert answer.status == 422
    assert told in answer.detail
