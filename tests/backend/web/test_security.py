"""What protects the reader stands on every answer; a chat belongs to whoever holds its cookie."""

from __future__ import annotations

import pytest
from aiohttp.test_utils import TestClient, TestServer

from backend.web.app import build
from tests.backend.web.conftest import Citizen


@pytest.fixture
def settings(settings, request):
    """The same city, reached through https where a test asks for it."""
    url = getattr(request, "param", "")
    return settings.model_copy(update={"public_url": url})


@pytest.mark.parametrize(
    "path", ["/chat/web", "/nothing/here", "/static/chat.css", "/health/live", "/chat/web/messages", "/api/v1/none"]
)
async def test_every_answer_forbids_scripts_from_elsewhere(client, path):
    answer = await client.get(path)

    assert "script-src 'self';" in answer.headers["Content-Security-Policy"]
    assert "unsafe" not in answer.headers["Content-Security-Policy"]
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Referrer-Policy"] == "same-origin"


async def test_nobody_learns_which_versions_run(client):
    assert "Server" not in (await client.get("/chat/web")).headers


async def test_the_page_has_no_script_and_no_style_of_its_own(citizen):
    html = await citizen.opens()

    assert "<style" not in html
    assert " style=" not in html
    assert " onclick=" not in html
    assert "<script>" not in html


async def test_the_cookie_is_kept_from_scripts_and_other_sites(client):
    cookie = (await client.get("/chat/web")).cookies["jiesu_chat"]

    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"
    assert cookie["path"] == "/chat"
    assert not cookie["secure"]


@pytest.mark.parametrize("settings", ["https://12345.example.gov.cn"], indirect=True)
async def test_under_https_the_cookie_never_travels_in_the_open(client):
    answer = await client.get("/chat/web")

    assert answer.cookies["jiesu_chat"]["secure"]
    assert "max-age" in answer.headers["Strict-Transport-Security"]


async def test_under_http_nothing_is_promised_about_https(client):
    assert "Strict-Transport-Security" not in (await client.get("/chat/web")).headers


async def test_a_cookie_that_somebody_made_up_is_replaced(client):
    made_up = f"{'0' * 32}.{'f' * 64}"

    answer = await client.get("/chat/web", cookies={"jiesu_chat": made_up})

    assert answer.cookies["jiesu_chat"].value.split(".")[0] != "0" * 32


async def test_the_pages_token_is_no_cookie(client, citizen):
    await citizen.opens()
    who = client.session.cookie_jar.filter_cookies(client.make_url("/chat/web"))["jiesu_chat"].value.split(".")[0]
    forged = {"Cookie": f"jiesu_chat={who}.{citizen.token}"}

    async with TestClient(client.server) as other:
        answer = await other.get("/chat/web/messages", headers=forged)

    assert answer.status == 403


@pytest.mark.parametrize("token", ["", "f" * 64, "é"])
async def test_a_message_without_the_pages_token_is_refused_with_a_sentence(citizen, token):
    await citizen.opens()

    answer = await citizen.posts(json={"text": "你好"}, headers={"X-CSRF-Token": token})

    assert answer.status == 403
    assert (await answer.json())["detail"] == "页面已经过期，请刷新后再发。"


async def test_a_message_without_a_cookie_is_refused_with_a_sentence(client):
    answer = await client.post("/chat/web/messages", json={"text": "你好"})

    assert answer.status == 403
    assert "Cookie" in (await answer.json())["detail"]


async def test_one_persons_token_does_not_serve_another(citizen, neighbour):
    await citizen.opens()
    await neighbour.opens()

    answer = await neighbour.posts(json={"text": "你好"}, headers={"X-CSRF-Token": citizen.token})

    assert answer.status == 403


async def test_a_restart_with_the_same_secret_knows_everybody_again(site, citizen, client):
    await citizen.says("你好")
    jar = client.session.cookie_jar

    async with TestClient(TestServer(build(site)), cookie_jar=jar) as after:
        html = await Citizen(after).opens()

    assert "你好" in html
