"""Managers see where citizens stop; nobody else does, and nobody's words stand there."""

from __future__ import annotations

import pytest

from tests.backend.services.city import STORY, City
from tests.backend.web.officers import Officer, hire

PAGE = "/desk/funnel"


@pytest.fixture
def city(site):
    """One case is filed, one citizen has refused."""
    city = City(site.store)
    city.now = site.clock()
    li = city.citizen()
    for text in (STORY, "同意", "没有", "李芳", "13800138000", "没有", "提交"):
        li.says(text)
    for text in (STORY, "不同意"):
        city.citizen("wang").says(text, message_id=text)
    return city


@pytest.fixture
async def manager(site, client):
    hire(site, "陈经理", "manager")
    officer = Officer(client)
    await officer.comes_in("陈经理")
    return officer


async def test_the_page_tells_what_became_of_each_question(manager, city):
    page = await manager.opens(f"{PAGE}?institution=hotline")

    assert PAGE in page.links
    assert "同意告知 停在这里 50%" in page.text
    assert "到达 2 · 答了 1 · 离开 1" in page.text
    assert "证据" in page.text
    assert "跳过 1" in page.text
    assert "半数不超过 7，九成不超过 7" in page.text
    assert "半数不超过 60 秒，九成不超过 60 秒" in page.text or "1 分钟" in page.text
    assert STORY not in page.text


async def test_the_page_speaks_english_too(manager, city):
    await manager.opens(f"/desk/language?to=en&back={PAGE}")

    page = await manager.opens(f"{PAGE}?institution=hotline")

    assert "Consent stopped here 50%" in page.text
    assert "asked 2 · answered 1 · left 1" in page.text
    assert "half within 7, nine in ten within 7" in page.text


async def test_where_nothing_is_counted_it_says_so(manager, city):
    page = await manager.opens(f"{PAGE}?institution=property&days=nonsense")

    assert "还没有登记完或离开的对话" in page.text


async def test_a_handler_does_not_see_it(site, client, city):
    hire(site, "小赵", "handler")
    officer = Officer(client)
    await officer.comes_in("小赵")

    page = await officer.opens(PAGE)

    assert page.status == 403
    assert "管理人员" in page.text
    assert "同意告知" not in page.text
    assert PAGE not in page.links


async def test_a_manager_of_one_institution_sees_no_other(site, client, city):
    hire(site, "钱经理", "manager", institution="property")
    officer = Officer(client)
    await officer.comes_in("钱经理")

    page = await officer.opens(f"{PAGE}?institution=hotline")

    assert page.status == 200
    assert "同意告知" not in page.text
