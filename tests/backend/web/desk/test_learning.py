"""Managers look through what was learnt, take it back and put it live again; nobody else does."""

from __future__ import annotations

import pytest

from backend.services.office import learning
from institutions.taught import version_of
from nlp.category.classify import Classifier
from tests.backend.services.school import School
from tests.backend.web.officers import Officer, hire

PAGE = "/desk/learning"


@pytest.fixture
def school(site):
    """The hotline has learnt one word."""
    school = School(site.store, "hotline")
    school.now = site.clock()
    hotline = school.institutions["hotline"]
    first = Classifier(hotline).propose("唢呐").best.category_id
    second, third = [category.id for category in hotline.categories if category.id != first][:2]
    school.files([("唢呐", first)] * 40 + [("灯笼", second)] * 140, closed=True)
    school.correct(third, *school.files([("腰鼓", first)] * 60))
    lesson = learning.lesson(site.store.read_now(learning.ground, "hotline"), hotline)
    site.store.run_now(learning.record, lesson, by="system", at=school.now)
    site.institutions.follow(site.store.read_now(learning.live))
    return school


@pytest.fixture
async def manager(site, client):
    hire(site, "陈经理", "manager")
    officer = Officer(client)
    await officer.comes_in("陈经理")
    return officer


async def test_the_page_tells_words_figures_and_history(manager, school):
    page = await manager.opens(PAGE)

    assert "第 1 版 使用中" in page.text
    assert "其中 " in page.text
    assert "腰鼓" in page.text
    assert "原来判对" in page.text
    assert "系统：使用中" in page.text
    assert PAGE in page.links


async def test_the_page_speaks_english_too(manager, school):
    await manager.opens(f"/desk/language?to=en&back={PAGE}")

    page = await manager.opens(PAGE)

    assert "Version 1 Live" in page.text
    assert "Right before" in page.text


async def test_a_version_is_taken_back_and_put_live_again_on_record(manager, school, site):
    await manager.opens(PAGE)
    page = await manager.sends("/hotline/1/back")

    assert "已撤回，一分钟内全部生效" in page.text
    assert version_of(site.institutions["hotline"]) == 0
    page = await manager.sends("/hotline/1/live")

    assert "已启用" in page.text
    assert version_of(site.institutions["hotline"]) == 1
    moves = site.store.read_now(lambda work: work.models.moves("hotline"))
    assert [(move.by, move.state) for move in moves] == [
        ("system", "live"),
        ("陈经理", "rolled_back"),
        ("陈经理", "live"),
    ]


async def test_an_old_page_takes_nothing_back_twice(manager, school):
    page = await manager.opens(PAGE)
    form = page.form("/hotline/1/back")
    await manager.presses(form)

    page = await manager.presses(form)

    assert (page.status, "这一版现在没有在使用" in page.text) == (409, True)


async def test_a_form_that_is_not_ours_changes_nothing(manager, school):
    page = await manager.opens(PAGE)

    refused = await manager.presses(page.form("/hotline/1/back"), csrf="forged")

    assert refused.status == 403
    assert "使用中" in (await manager.opens(PAGE)).text


async def test_a_handler_sees_no_link_and_is_refused(officer, school, site):
    assert PAGE not in (await officer.opens("/desk")).links

    page = await officer.opens(PAGE)

    assert (page.status, "只有本机构的管理人员" in page.text) == (403, True)
    assert "腰鼓" not in page.text


async def test_a_manager_of_another_institution_sees_only_their_own(client, school, site):
    hire(site, "周经理", "manager", institution="property")
    manager = Officer(client)
    await manager.comes_in("周经理")

    page = await manager.opens(f"{PAGE}?institution=hotline")

    assert "还没有学到新词" in page.text
    assert "腰鼓" not in page.text
    token = page.form("/desk/logout").fields
    answer = await manager.browser.post(f"{PAGE}/hotline/1/back", data=token)
    assert answer.status == 403


async def test_a_version_that_is_none_is_told(manager, school):
    page = await manager.opens(PAGE)

    answer = await manager.browser.post(f"{PAGE}/hotline/9/live", data=page.form("/hotline/1/back").fields)

    assert answer.status == 404
    assert "没有这一版" in await answer.text()
