"""Who gets to the desk, who does not, and how they leave."""

from __future__ import annotations

import time
from datetime import timedelta

import pytest
from aiohttp.test_utils import TestClient, TestServer

from backend.services.office import accounts
from backend.web.app import build
from backend.web.limits import RATES, Rate
from tests.backend.web.officers import PASSWORD, Officer, hire, password_hash

HOUR = timedelta(hours=1)
NEW = "a new and longer sentence"


@pytest.fixture
def stranger(client, site):
    """Somebody at the login page, who has an account."""
    hire(site, "王主任")
    return Officer(client)


async def test_nobody_sees_the_desk_without_logging_in(stranger):
    for path in ("/desk", "/desk/cases/20261121-HL-000001-9", "/desk/failed", "/desk/notices", "/desk/password"):
        page = await stranger.opens(path)

        assert page.path.startswith("/desk/login?next=")


async def test_the_right_password_leads_to_where_one_wanted_to_go(stranger):
    page = await stranger.logs_in(path="/desk?tab=all")

    assert (page.status, page.path) == (200, "/desk?tab=all")
    assert "王主任" in page.text


async def test_a_wrong_password_and_an_unknown_name_are_told_apart_by_nobody(stranger):
    wrong = await stranger.logs_in(password="not the password")
    unknown = await stranger.sends("/desk/login", name="nobody", password=PASSWORD)

    assert wrong.status == unknown.status == 401
    assert "用户名或密码不对" in wrong.text
    assert wrong.text == unknown.text
    assert "not the password" not in wrong.html


async def test_an_unknown_name_takes_as_long_as_a_known_one(stranger):
    async def took(name):
        begun = time.perf_counter()
        await stranger.logs_in(name, "not the password")
        return time.perf_counter() - begun

    await took("王主任")
    known, unknown = await took("王主任"), await took("nobody")

    assert unknown > known / 3


async def test_a_disabled_user_is_not_let_in(stranger, site):
    site.store.run_now(lambda work: work.accounts.disable("王主任"))

    assert (await stranger.logs_in()).status == 401


@pytest.mark.parametrize(
    "wanted", ["//evil.example", "https://evil.example", "/chat/web", "/desk\\evil", "/desk//evil", "/desk/../chat/web"]
)
async def test_logging_in_leads_nowhere_but_to_the_desk(stranger, wanted):
    await stranger.opens("/desk/login")

    page = await stranger.sends("/desk/login", name="王主任", password=PASSWORD, next=wanted)

    assert page.path == "/desk"


async def test_the_cookie_is_hidden_from_scripts_and_from_other_sites(stranger):
    await stranger.opens("/desk/login")
    form = stranger.page.form("/desk/login")
    answer = await stranger.browser.post(
        form.action, data=form.fields | {"name": "王主任", "password": PASSWORD}, allow_redirects=False
    )

    cookie = answer.cookies["jiesu_desk"]
    assert (answer.status, cookie["httponly"], cookie["samesite"], cookie["path"]) == (303, True, "Lax", "/desk")


async def test_a_login_that_did_not_come_from_our_page_is_refused(stranger):
    page = await stranger.opens("/desk/login")
    forged = page.form("/desk/login")
    forged.fields["csrf"] = "0" * 64

    page = await stranger.presses(forged, name="王主任", password=PASSWORD)

    assert page.status == 403
    assert (await stranger.opens("/desk")).path.startswith("/desk/login")


async def test_too_many_tries_are_told_to_wait(stranger):
    for _ in range(RATES["login.pair"].most):
        await stranger.logs_in(password="guess")

    page = await stranger.logs_in()

    assert page.status == 429
    assert "请过" in page.text


async def test_a_stranger_who_guesses_elsewhere_shuts_nobody_out(stranger):
    for _ in range(RATES["login.pair"].most + 1):
        await stranger.opens("/desk/login")
        form = stranger.page.form("/desk/login")
        told = form.fields | {"name": "王主任", "password": "guess"}
        await stranger.browser.post(form.action, data=told, headers={"X-Forwarded-For": "198.51.100.7"})

    assert (await stranger.logs_in()).path == "/desk"


async def test_right_passwords_are_not_counted(stranger):
    for _ in range(RATES["login.pair"].most + 2):
        assert (await stranger.logs_in()).path == "/desk"
        await stranger.sends("/desk/logout")


@pytest.mark.parametrize("cookie", ["jiesu_desk", "jiesu_login"])
async def test_a_cookie_of_no_characters_counts_as_none(stranger, cookie):
    path = "/desk" if cookie == "jiesu_desk" else "/desk/login"
    answer = await stranger.browser.get(path, headers={"Cookie": f"{cookie}=\udcff"}, allow_redirects=False)

    assert answer.status in {200, 303}


@pytest.mark.parametrize(
    ("kind", "body"),
    [
        ("application/x-www-form-urlencoded; charset=moon", b"name=a"),
        ("application/x-www-form-urlencoded; charset=utf-8", b"name=\xff\xfe"),
        ("multipart/form-data; boundary=x", b"no form at all"),
        ("multipart/form-data", b"--x"),
        ("multipart/form-data; boundary=x", b"--x\r\nbad header\r\n\r\n1\r\n--x--\r\n"),
        ("multipart/form-data; boundary=x", b"--x\r\nContent-Disposition: form-data\r\n\r\n1\r\n--x--\r\n"),
    ],
)
async def test_a_body_that_is_no_form_is_told_so(stranger, kind, body):
    answer = await stranger.browser.post("/desk/login", data=body, headers={"Content-Type": kind})

    assert answer.status == 400
    assert (await answer.json())["detail"].endswith("。")


async def test_a_csrf_token_of_no_characters_is_refused(officer):
    answer = await officer.browser.post("/desk/logout", headers={"X-CSRF-Token": "\udcff"})

    assert answer.status == 403


async def test_who_logs_out_leaves_nothing_in_the_browser(officer):
    await officer.opens("/desk")
    form = officer.page.form("/desk/logout")

    answer = await officer.browser.post(form.action, data=form.fields, allow_redirects=False)

    assert answer.headers["Clear-Site-Data"] == '"cache"'


async def test_what_nobody_can_be_called_is_wrong_and_no_fault(stranger):
    for name in ("\x00", "'; DROP TABLE users --", "长" * 41):
        assert (await stranger.logs_in(name)).status == 401
    assert (await stranger.logs_in("x" * 5000)).status == 422


async def test_a_session_ends_after_a_working_day(stranger, clock):
    await stranger.logs_in()
    clock.now += timedelta(hours=12, seconds=1)

    assert (await stranger.opens("/desk")).path.startswith("/desk/login")


async def test_logging_out_ends_the_session_for_whoever_kept_the_cookie(stranger):
    await stranger.logs_in()
    kept = stranger.browser.session.cookie_jar.filter_cookies(stranger.browser.make_url("/desk"))

    page = await stranger.sends("/desk/logout")

    assert "已退出" in page.text
    assert (await stranger.opens("/desk", Cookie=f"jiesu_desk={kept['jiesu_desk'].value}")).path.startswith(
        "/desk/login"
    )


async def test_a_new_login_ends_the_old_one(officer, client):
    elsewhere = Officer(client)
    await elsewhere.logs_in()

    assert (await officer.opens("/desk")).path.startswith("/desk/login")
    assert (await elsewhere.opens("/desk")).path == "/desk"


async def test_a_new_password_ends_the_sessions_elsewhere_and_keeps_this_one(officer, site, client):
    at = site.clock()
    hashed = accounts.hash_secret("elsewhere")
    site.store.run_now(lambda work: work.accounts.add_session(hashed, "王主任", "x", at=at, expires=at + HOUR))
    elsewhere = Officer(client)
    assert (await elsewhere.opens("/desk", Cookie="jiesu_desk=elsewhere")).path == "/desk"

    await officer.opens("/desk/password")
    page = await officer.sends("/desk/password", now=PASSWORD, new=NEW, again=NEW)

    assert "密码已修改" in page.text
    assert (await officer.opens("/desk")).path == "/desk"
    assert (await elsewhere.opens("/desk", Cookie="jiesu_desk=elsewhere")).path.startswith("/desk/login")
    assert (await elsewhere.logs_in(password=PASSWORD)).status == 401
    assert (await elsewhere.logs_in(password=NEW)).path == "/desk"


async def test_a_one_time_password_opens_nothing_but_the_page_for_a_new_one(stranger, site):
    site.store.run_now(accounts.set_password, "王主任", password_hash(), one_time=True)

    page = await stranger.logs_in(path="/desk?tab=all")
    assert page.path.startswith("/desk/password?next=")
    assert "一次性密码" in page.text
    for path in ("/desk", "/desk/cases/20261121-HL-000001-9", "/desk/failed", "/desk/notices"):
        assert (await stranger.opens(path)).path.startswith("/desk/password?next=")
    assert (await stranger.browser.get("/desk/stream")).status == 204

    await stranger.opens("/desk/password?next=/desk?tab=all")
    page = await stranger.sends("/desk/password", now=PASSWORD, new="short", again="short")
    assert page.status == 422
    page = await stranger.sends("/desk/password", now=PASSWORD, new=NEW, again=NEW)
    assert page.path == "/desk?tab=all"
    assert (await stranger.opens("/desk/notices")).path == "/desk/notices"


async def test_who_has_a_one_time_password_may_leave(stranger, site):
    site.store.run_now(accounts.set_password, "王主任", password_hash(), one_time=True)
    await stranger.logs_in()

    assert "已退出" in (await stranger.sends("/desk/logout")).text


@pytest.mark.parametrize(
    ("told", "why"),
    [
        ({"now": "wrong", "new": NEW, "again": NEW}, "现在的密码不对"),
        ({"now": PASSWORD, "new": "short", "again": "short"}, "至少 10 个字符"),
        ({"now": PASSWORD, "new": PASSWORD, "again": PASSWORD}, "请换一个"),
        ({"now": PASSWORD, "new": NEW, "again": NEW + "!"}, "两遍新密码不一样"),
    ],
)
async def test_an_unfit_password_is_refused_with_the_reason(officer, told, why):
    await officer.opens("/desk/password")

    page = await officer.sends("/desk/password", **told)

    assert page.status == 422
    assert why in page.text


async def test_the_desk_speaks_english_when_asked_to_and_remembers(officer):
    page = await officer.opens("/desk/language?to=en&back=/desk?tab=all")

    assert page.path == "/desk?tab=all"
    assert "Closed" in page.text
    assert 'lang="en"' in page.html
    assert "In progress" in (await officer.opens("/desk")).text


async def test_a_script_of_ours_is_told_to_go_to_the_login_page(client):
    answer = await client.get("/desk", headers={"HX-Request": "true"}, allow_redirects=False)

    assert answer.status == 204
    assert answer.headers["HX-Redirect"].startswith("/desk/login")


async def test_an_address_that_tries_too_many_names_waits_too(site):
    app = build(site, limits={**RATES, "login.address": Rate(2, 60)})

    async with TestClient(TestServer(app)) as browser:
        officer = Officer(browser)
        statuses = [(await officer.logs_in(name)).status for name in ("a", "b", "c")]

    assert statuses == [401, 401, 429]
