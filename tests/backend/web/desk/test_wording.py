"""Managers change what their institution says, with a preview, a reason and a way back; nobody else does."""

from __future__ import annotations

import pytest

from dialogs.wording import LANGUAGES, ZH, phrase, voice
from tests.backend.web.officers import Officer, hire

PAGE = "/desk/wording"
THANKS = f"{PAGE}/hotline/said/thanks"
KIND = "不客气，有事再来。"


@pytest.fixture
async def manager(site, client):
    hire(site, "陈经理", "manager")
    officer = Officer(client)
    await officer.comes_in("陈经理", PAGE)
    return officer


def says(site, key="thanks", home="hotline"):
    return phrase(voice(ZH, site.institutions[home].wording), key)


async def writes(manager, text=KIND, why="更亲切", do="save"):
    await manager.opens(f"{THANKS}?language=zh")
    return await manager.sends("/said/thanks", text=text, why=why, do=do)


async def test_what_is_written_is_said_at_once_and_told_with_who_and_why(manager, site):
    page = await writes(manager)

    assert "已保存，一秒内全部生效" in page.text
    assert says(site) == KIND
    assert says(site, home="property") != KIND
    page = await manager.opens(f"{PAGE}/hotline/versions")
    assert "第 1 版 使用中 陈经理" in page.text
    assert "更亲切" in page.text


async def test_a_preview_changes_nothing_and_shows_what_would_be_said(manager, site):
    page = await writes(manager, text="不客气（再来。", do="preview")

    assert page.status == 200
    assert "“（”和“）”不成对" in page.text
    assert "微信" in page.text
    assert "删去" in page.text
    assert "加上" in page.text
    assert says(site) != KIND


async def test_while_typing_only_the_preview_comes(manager):
    page = await manager.opens(f"{THANKS}?language=zh")
    form = page.form("/said/thanks")

    answer = await manager.browser.post(
        THANKS, data=form.fields | {"text": KIND, "do": "preview"}, headers={"HX-Request": "true"}
    )

    told = await answer.text()
    assert "检查通过" in told
    assert "<html" not in told


async def test_what_cannot_be_said_is_not_saved_and_stays_in_the_form(manager, site):
    page = await writes(manager, text="不客气，{name}。")

    assert (page.status, "这里没有 {name} 这项内容" in page.text) == (422, True)
    assert page.form("/said/thanks").fields["text"] == "不客气，{name}。"
    assert says(site) != KIND


async def test_a_change_needs_a_reason(manager, site):
    page = await writes(manager, why=" ")

    assert (page.status, "请写清为什么改" in page.text) == (422, True)
    assert says(site) != KIND


async def test_the_later_of_two_sees_what_changed_and_may_insist(manager, site):
    page = await manager.opens(f"{THANKS}?language=zh")
    old = page.form("/said/thanks")
    await writes(manager)

    page = await manager.presses(old, text="不谢。", why="短些", do="save")
    assert (page.status, "别人也改了" in page.text, "更亲切" in page.text) == (409, True, True)
    assert page.form("/said/thanks").fields["text"] == "不谢。"

    await manager.sends("/said/thanks", do="save")
    assert says(site) == "不谢。"


async def test_a_version_is_put_back_and_the_file_as_well(manager, site):
    await writes(manager)
    await writes(manager, text="不谢。")
    await manager.opens(f"{PAGE}/hotline/versions")

    page = await manager.sends("/1/back", why="不合适")
    assert "已恢复" in page.text
    assert says(site) == KIND

    page = await manager.sends("/0/back", why="还是原来的好")
    assert "全部恢复为机构文件的话" in page.text
    assert says(site) == LANGUAGES[ZH]["thanks"]


async def test_one_sentence_goes_back_to_the_file(manager, site):
    await writes(manager)
    await manager.opens(f"{THANKS}?language=zh")

    await manager.sends("/said/thanks", why="原来的好", do="file")

    assert says(site) == LANGUAGES[ZH]["thanks"]


async def test_sentences_replies_and_answers_are_listed_and_found(manager, site):
    hotline = site.institutions["hotline"]
    page = await manager.opens(f"{PAGE}?institution=hotline&q=不客气")
    assert LANGUAGES[ZH]["thanks"] in page.text

    page = await manager.opens(f"{PAGE}?institution=hotline&part=reply")
    assert hotline.casework.replies[0].name in page.text

    page = await manager.opens(f"{PAGE}?institution=hotline&part=faq&language=en")
    assert hotline.faq[0].say_en in page.text

    page = await manager.opens(f"{PAGE}?institution=hotline&own=1")
    assert "还没有改过" in page.text

    page = await manager.opens(f"{PAGE}?part=no&topic=no&language=no&from=-1&q={'长' * 99}")
    assert (page.status, "没有找到" in page.text) == (200, True)


async def test_a_reply_is_changed_for_the_desk_too(manager, site):
    reply = site.institutions["hotline"].casework.replies[0]
    await manager.opens(f"{PAGE}/hotline/reply/{reply.id}?language=zh")

    await manager.sends(f"/reply/{reply.id}", text="您好，{number}已经办好。", why="短些", do="save")

    assert site.institutions["hotline"].casework.replies[0].text == "您好，{number}已经办好。"


async def test_words_that_are_none_are_not_found(manager):
    for path in ("said/no_such", "reply/no_such", "faq/thanks"):
        assert (await manager.opens(f"{PAGE}/hotline/{path}?language=zh")).status == 404
    assert (await manager.opens(f"{THANKS}?language=fr")).status == 404
    assert (await manager.opens(f"{PAGE}/nowhere/versions")).status == 404


async def test_a_handler_sees_no_link_and_is_refused(client, site):
    hire(site, "小赵", "handler")
    officer = Officer(client)
    page = await officer.comes_in("小赵", "/desk/duty")
    assert PAGE not in page.links
    for path in (PAGE, f"{THANKS}?language=zh", f"{PAGE}/hotline/versions"):
        page = await officer.opens(path)
        assert (page.status, "只有本机构的管理人员" in page.text) == (403, True)
    token = page.form("/desk/logout").fields

    answer = await officer.browser.post(THANKS, data=token | {"language": ZH, "text": KIND, "why": "好", "do": "save"})

    assert answer.status == 403
    assert says(site) != KIND


async def test_a_form_that_is_not_ours_changes_nothing(manager, site):
    page = await manager.opens(f"{THANKS}?language=zh")

    refused = await manager.presses(page.form("/said/thanks"), csrf="forged", text=KIND, why="好", do="save")

    assert refused.status == 403
    assert says(site) != KIND


async def test_a_manager_of_one_institution_reaches_no_other(site, client):
    hire(site, "钱经理", "manager", institution="property")
    officer = Officer(client)
    await officer.comes_in("钱经理", PAGE)

    assert (await officer.opens(f"{THANKS}?language=zh")).status == 404
    assert "property" in (await officer.opens(f"{PAGE}?institution=hotline")).html
    assert (await officer.opens(f"{PAGE}/hotline/versions")).status == 404


async def test_the_page_speaks_english_too(manager):
    await manager.opens(f"/desk/language?to=en&back={PAGE}")

    page = await manager.opens(f"{THANKS}?language=en")

    assert "What the citizen will see" in page.text
    assert "As the file says" in page.text
