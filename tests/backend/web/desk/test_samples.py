"""A reviewer scores a drawn talk on the page; its handler reads it there and replies."""

from __future__ import annotations

from contextlib import AsyncExitStack

import pytest
from aiohttp.test_utils import TestClient

from backend.domain.case import Actor
from backend.services.talks import takeover
from tests.backend.services.city import City
from tests.backend.web.officers import Officer, hire

PAGE = "/desk/samples"
HANDLER = Actor("小赵", frozenset({"handler"}), "hotline")


@pytest.fixture
async def officer_of(site, client):
    """Hires somebody and signs them in, each at a browser of their own."""
    async with AsyncExitStack() as browsers:

        async def come(name, role, institution="hotline"):
            hire(site, name, role, institution=institution)
            officer = Officer(await browsers.enter_async_context(TestClient(client.server)))
            await officer.logs_in(name)
            return officer

        yield come


@pytest.fixture
def talk(site, clock):
    """小赵 wrote in a citizen's chat, two weeks ago."""
    city = City(site.store)
    city.now = clock.advance(days=2)
    li = city.citizen()
    li.says("我要找人工")
    (row,) = city.store.read_now(takeover.listed, by=HANDLER)
    city.unit(takeover.take, city.institutions, row.row.id, by=HANDLER, at=city.later(minutes=1))
    li.says("水管坏了，我的电话13800138000")
    city.unit(takeover.say, city.institutions, row.row.id, "师傅下午到", by=HANDLER, at=city.later(minutes=1))
    city.unit(takeover.give_back, city.institutions, row.row.id, by=HANDLER, at=city.later(minutes=1))
    clock.advance(days=14)
    return row.row.id


def points(**but):
    return {
        "points-heard": "25",
        "points-right": "25",
        "points-settled": "20",
        "points-kind": "20",
        "points-safe": "10",
    } | but


async def test_a_score_is_given_with_reasons_read_by_its_handler_and_replied_to_once(officer_of, talk):
    reviewer = await officer_of("孙审核", "reviewer")
    page = await reviewer.opens(PAGE)
    assert f"{PAGE}/{talk}" in page.links
    page = await reviewer.opens(f"{PAGE}/{talk}")
    assert "水管坏了" in page.text
    assert "13800138000" not in page.html

    page = await reviewer.sends("/score", **points(**{"points-kind": "15"}))
    assert page.status == 422
    assert "“态度好”要给 0 到 20 的整数分" in page.text
    page = await reviewer.sends("/score", **points(**{"points-kind": "15", "why-kind": "=催了两次"}))
    assert "评分已保存" in page.text
    assert "合计 95 / 100" in page.text

    handler = await officer_of("小赵", "handler")
    assert f"{PAGE}/{talk}" in (await handler.opens(PAGE)).links
    page = await handler.opens(f"{PAGE}/{talk}")
    assert "催了两次" in page.text
    page = await handler.sends("/reply", text="当时线路断了")
    assert "当时线路断了" in page.text
    assert not any(form.action.endswith("/reply") for form in page.forms)

    answer = await reviewer.browser.get(f"{PAGE}/table.csv")
    told = (await answer.read()).decode("utf-8-sig")
    assert told.count("小赵") == 5
    assert "'=催了两次" in told
    page = await reviewer.opens(f"{PAGE}?heap=scored")
    assert "95%" in page.text


async def test_who_is_not_concerned_finds_nothing(officer_of, talk):
    stranger = await officer_of("李审核", "reviewer", "property")

    assert (await stranger.opens(f"{PAGE}/{talk}")).status == 404
    assert "还没有抽到对话" in (await stranger.opens(PAGE)).text
    handler = await officer_of("小钱", "handler")
    assert (await handler.opens(f"{PAGE}/{talk}")).status == 404
    assert (await handler.opens(f"{PAGE}/table.csv")).status == 403
    assert "还没有评分" in (await handler.opens(PAGE)).text
