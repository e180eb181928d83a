"""Tokens at the desk: given once, used, taken back."""

from __future__ import annotations

import pytest

from tests.backend.web.officers import Officer, hire

PAGE = "/desk/tokens"


@pytest.fixture
async def admin(site, client):
    hire(site, "老周", "admin")
    officer = Officer(client)
    await officer.logs_in("老周")
    return officer


async def test_a_token_is_shown_once_opens_the_api_and_is_taken_back(admin, client):
    await admin.opens(PAGE)
    told = {"role": "handler", "scope": "read", "institution": "hotline", "expires": "2026-12-31"}
    page = await admin.sends(PAGE, name="crm", departments="", **told)
    secret = page.html.split('class="secret">')[1].split("<")[0]
    headers = {"Authorization": f"Bearer {secret}"}
    assert "data-done" in page.html  # so that the browser forgets what was typed

    assert (await client.get("/api/v1/cases", headers=headers)).status == 200
    page = await admin.opens(PAGE)
    assert secret not in page.html
    assert "上次使用 11月21日" in page.text or "11月21日 9:12" in page.text
    assert "12月31日 23:59" in page.text
    assert "已收回" in (await admin.sends("/revoke", where={"name": "crm"})).text
    assert (await client.get("/api/v1/cases", headers=headers)).status == 401


@pytest.mark.parametrize(
    ("told", "words"),
    [
        ({"expires": "tomorrow"}, "看不懂这个日期"),
        ({"expires": "2026-11-01"}, "有效期已经过了"),
        ({"scope": "everything"}, "没有这种权限"),
        ({"departments": "atlantis", "institution": "hotline"}, "没有“atlantis”这个部门"),
        ({"name": "a b"}, "用户名不能用"),
    ],
)
async def test_a_form_that_cannot_be_done_says_why(admin, told, words):
    await admin.opens(PAGE)
    page = await admin.sends(PAGE, **({"name": "crm", "role": "handler", "scope": "read"} | told))

    assert (page.status, words in page.text) == (422, True), page.text
