"""Conversations without a case on the page: nothing of who has not agreed, a reason of six, and the way back."""

from __future__ import annotations

import pytest

from tests.backend.services.city import STORY, City
from tests.backend.web.officers import Officer, hire

PAGE = "/desk/ended"


@pytest.fixture
def city(site, clock):
    """One citizen stopped before consent, one after, whose phone stands in their last words."""
    city = City(site.store)
    city.now = clock()
    city.citizen("a").says(STORY)
    for text in ("中山路的路灯坏了一个星期，晚上太黑", "同意", "打13800138000找我"):
        city.citizen("b").says(text, message_id=text)
    clock.advance(hours=30)
    return city


@pytest.fixture
async def reviewer(site, client, city):
    hire(site, "孙审核", "reviewer", institution="hotline")
    officer = Officer(client)
    await officer.logs_in("孙审核")
    return officer


async def test_it_tells_where_each_stopped_and_nothing_of_who_has_not_agreed(reviewer, city):
    page = await reviewer.opens(PAGE)

    assert PAGE in page.links
    assert "停在“同意告知”" in page.text
    assert "没有同意，内容不显示" in page.text
    assert STORY not in page.html
    assert "可能想办：" in page.text
    assert "13800138000" not in page.html


async def test_one_is_marked_and_counted(reviewer, city):
    await reviewer.opens(PAGE)

    page = await reviewer.sends("/mark", why="")
    assert (page.status, "请选一个原因" in page.text) == (422, True)
    page = await reviewer.sends("/mark", why="tiresome")

    assert "已标记" in page.text
    assert "问题太多、嫌麻烦 1" in page.text
    assert "孙审核标记：问题太多、嫌麻烦" in (await reviewer.opens(f"{PAGE}?heap=done")).text
    page = await reviewer.sends("/mark", why="idle", begun="nonsense")
    assert (page.status, "已经继续" in page.text) == (409, True)


async def test_who_agreed_is_written_to(reviewer, city):
    await reviewer.opens(PAGE)

    page = await reviewer.sends("/follow")

    assert page.path.startswith("/desk/talks/")
    assert "说到一半，主动联系" in page.text


async def test_a_handler_does_not_see_it(site, client, city):
    hire(site, "小赵", "handler")
    officer = Officer(client)
    await officer.logs_in("小赵")

    page = await officer.opens(PAGE)

    assert (page.status, PAGE in page.links) == (403, False)
