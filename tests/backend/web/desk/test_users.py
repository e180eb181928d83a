"""Users kept at the desk: an admin and a manager, and what neither may do."""

from __future__ import annotations

import pytest

from tests.backend.web.officers import Form, Officer, hire

PAGE = "/desk/users"


@pytest.fixture
async def admin(site, client):
    hire(site, "老周", "admin")
    officer = Officer(client)
    await officer.logs_in("老周")
    return officer


def user(site, name):
    return site.store.read_now(lambda work: work.accounts.user(name))


async def test_somebody_new_gets_a_password_that_is_shown_once(site, admin):
    await admin.opens(PAGE)
    page = await admin.sends(PAGE, where={"name": ""}, name="小赵", roles="handler", institution="hotline")

    assert "小赵 的一次性密码" in page.text
    assert "data-done" in page.html  # so that the browser forgets what was typed
    assert (user(site, "小赵").roles, user(site, "小赵").must_change) == ({"handler"}, True)
    assert "一次性密码 只" not in (await admin.opens(f"{PAGE}/one?name=小赵")).text
    assert "小赵" in (await admin.opens(f"{PAGE}?role=handler&q=赵&state=fresh")).text
    assert "没有符合条件" in (await admin.opens(f"{PAGE}?role=auditor")).text


async def test_roles_and_departments_are_changed_and_the_account_blocked(site, admin):
    hire(site, "小赵", "handler", institution="hotline")
    office = site.institutions["hotline"].departments[0]
    await admin.opens(f"{PAGE}/one?name=小赵")
    page = await admin.sends("/change", roles="handler,reviewer", departments=office.id)

    assert "已保存" in page.text
    assert user(site, "小赵").departments == (office.id,)
    assert user(site, "小赵").roles == {"handler", "reviewer"}
    assert "账号已停用" in (await admin.sends("/block")).text
    assert user(site, "小赵").disabled


async def test_the_last_admin_is_told_why_they_stay(site, admin):
    await admin.opens(f"{PAGE}/one?name=老周")
    page = await admin.sends("/block")

    assert page.status == 409
    assert "最后一个全局管理员" in page.text


@pytest.mark.parametrize(
    ("told", "status", "words"),
    [
        ({"name": "小\u202e赵", "roles": "handler"}, 422, "看不见的字符"),
        ({"name": "小赵"}, 422, "至少选一个角色"),
        ({"name": "小赵", "roles": "boss"}, 422, "没有“boss”这个角色"),
        ({"name": "老周", "roles": "handler"}, 422, "已有用户叫“老周”"),
        ({"name": "小赵", "roles": "handler", "confidant": "yes"}, 403, "不能看保密案件"),
    ],
)
async def test_a_form_that_cannot_be_done_says_why(admin, told, status, words):
    await admin.opens(PAGE)
    page = await admin.sends(PAGE, where={"name": ""}, **told)

    assert (page.status, words in page.text) == (status, True), page.text


async def test_a_manager_gives_by_no_form_what_they_have_not(site, admin):
    hire(site, "陈经理", "manager", "handler", institution="hotline")
    hire(site, "远方", "handler", institution="property")
    manager = admin
    await manager.opens(PAGE)
    await manager.sends("/desk/logout")
    await manager.logs_in("陈经理")
    page = await manager.opens(PAGE)
    csrf = page.form(PAGE, name="").fields["csrf"]

    assert "老周" not in page.text
    assert "远方" not in page.text
    for told in ({"roles": "admin"}, {"roles": "auditor"}, {"roles": "handler", "institution": "property"}):
        form = Form(PAGE, {"csrf": csrf, "name": "小赵", "institution": "hotline"} | told)
        assert (await manager.presses(form)).status == 403
    assert user(site, "小赵") is None
    assert (await manager.presses(Form(f"{PAGE}/password", {"csrf": csrf, "user": "老周"}))).status == 422
    assert (await manager.opens(f"{PAGE}/one?name=远方")).status == 404
