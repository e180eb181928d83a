"""Managers look through what was learnt, take it back and put it live again; nobody else does."""

from __future__ import annotations

import shutil

import pytest

from backend.services.office import learning
from backend.store.engine import open_store
from institutions.taught import version_of
from nlp.category.classify import Classifier
from tests.backend.services.city import START
from tests.backend.services.school import School
from tests.backend.web.officers import Officer, hire

PAGE = "/desk/learning"


@pytest.fixture(scope="module")
def taught_file(tmp_path_factory, sqlite_template):
    """A database in which the hotline has learnt one word, to be copied: 240 cases take a second."""
    file = shutil.copy(sqlite_template, tmp_path_factory.mktemp("learnt") / "jiesu.db")
    store = open_store(f"sqlite:///{file}")
    school = School(store, "hotline")
    school.now = START
    hotline = school.institutions["hotline"]
    first = Classifier(hotline).propose("唢呐").best.category_id
    second, third = [category.id for category in hotline.categories if category.id != first][:2]
    school.files([("唢呐", first)] * 40 + [("灯笼", second)] * 140, closed=True)
    school.correct(third, *school.files([("腰鼓", first)] * 60))
    lesson = learning.lesson(store.read_now(learning.ground, "hotline"), hotline)
    store.run_now(learning.record, lesson, by="system", at=START)
    store.close()
    return file


@pytest.fixture
def sqlite_url(request, tmp_path, sqlite_template):
    """The database that the test begins with."""
    begun = request.getfixturevalue("taught_file") if "school" in request.fixturenames else sqlite_template
    return f"sqlite:///{shutil.copy(begun, tmp_path / 'jiesu.db')}"


@pytest.fixture
def school(site):
    """The hotline has learnt one word."""
    site.institutions.follow(site.store.read_now(learning.live))


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


@pytest.fixture
def learnt(site):
    """The hotline uses one learnt word, which eight corrections have taught."""
    school = School(site.store, "hotline")
    school.now = site.clock()
    first, second = [category.id for category in site.institutions["hotline"].categories][:2]
    numbers = school.files([("楼下腰鼓太吵，我电话13800138000", first)] * 8)
    school.correct(second, *numbers)
    how = {"figures": {}, "examples": 8, "corrected": 8, "state": "live", "by": "system", "at": school.now}
    rows = [[second, "腰鼓", 2.5, 8, 0.5, 0.0]]
    school.unit(lambda work: work.models.add("hotline", words=rows, **how))
    site.institutions.follow(site.store.read_now(learning.live))
    return school


async def test_a_word_without_a_tick_is_taken_out_and_not_learnt_again(manager, learnt, site):
    form = (await manager.opens(PAGE)).form("/hotline/1/words")
    form.fields.pop("keep")

    page = await manager.presses(form)

    assert "已记下，使用中的词没有再变" in page.text
    assert version_of(site.institutions["hotline"]) == 0
    page = await manager.opens(f"{PAGE}/hotline/lexicon")
    assert "腰鼓" in page.text
    assert "允许再学" in page.text
    page = await manager.sends("/hotline/allow")
    assert "已允许" in page.text
    assert "腰鼓" not in page.text


async def test_a_word_is_told_with_what_it_comes_from_masked(manager, learnt):
    page = await manager.opens(PAGE)
    (link,) = [link for link in page.links if "/word?" in link]

    page = await manager.opens(link)

    assert "说到“腰鼓”的案件" in page.text
    assert sum("/desk/cases/" in link for link in page.links) == 5
    assert "13800138000" not in page.html
    page = await manager.opens(f"{PAGE}/hotline/word?category=urban&word=没有这个")
    assert "没有您能看到的更正案件" in page.text


async def test_the_lexicon_is_searched_by_word_category_and_source(manager, learnt):
    page = await manager.opens(f"{PAGE}/hotline/lexicon?learnt=1")
    assert "腰鼓" in page.text
    assert "第 1 版学到" in page.text
    assert "1 个词" in page.text

    page = await manager.opens(f"{PAGE}/hotline/lexicon?q=噪")
    assert "机构文件" in page.text
    page = await manager.opens(f"{PAGE}/hotline/lexicon?q={'长' * 99}&from=xyz&category=no")
    assert (page.status, "没有这样的词" in page.text) == (200, True)


async def test_a_sentence_is_tried_with_the_words_in_use_and_with_the_file(manager, learnt):
    await manager.opens(f"{PAGE}/hotline/try")

    page = await manager.sends("/hotline/try", text="腰鼓", version="0")

    assert page.status == 200
    assert "不一样" in page.text
    assert "没有说明类别的词" in page.text

    page = await manager.sends("/hotline/try", text="长" * 1001)
    assert (page.status, "最多 1000 个字" in page.text) == (422, True)


async def test_corrections_that_wait_are_told_masked(manager, learnt, site, clock):
    learnt.now = clock.advance(hours=1)
    first, second = [category.id for category in site.institutions["hotline"].categories][:2]
    (number,) = learnt.files([("锣声太吵，我电话13800138000", first)])
    learnt.correct(second, number)

    page = await manager.opens(PAGE)

    assert "等待学习的更正：1 件" in page.text
    assert number in page.text
    assert "13800138000" not in page.html


async def test_nobody_else_opens_the_lexicon(site, client):
    hire(site, "小赵", "handler")
    officer = Officer(client)
    await officer.comes_in("小赵", "/desk/duty")
    for path in ("lexicon", "try", "word?word=腰鼓"):
        assert (await officer.opens(f"{PAGE}/hotline/{path}")).status == 403
    hire(site, "周经理", "manager", institution="property")
    await officer.comes_in("周经理", PAGE)
    for path in ("lexicon", "try", "word?word=腰鼓"):
        assert (await officer.opens(f"{PAGE}/hotline/{path}")).status == 404
