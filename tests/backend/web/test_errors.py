"""Every refusal is a sentence, in the reader's form and language; a fault of ours is logged and tells nothing."""

from __future__ import annotations

import pytest
import structlog
from aiohttp import BytesPayload, web
from aiohttp.http_exceptions import BadHttpMessage
from aiohttp.test_utils import TestClient, TestServer

from backend.domain.case import Missing, WrongMove
from backend.domain.lifecycle import Status
from backend.services.cases.casework import Empty, NotYours, Unknown
from backend.services.office import accounts
from backend.store.cases import NoSuchCase
from backend.store.errors import Busy, StoreUnavailable
from backend.web.errors import NAMED, STATUSES, Refused
from backend.web.limits import TooMany
from backend.web.patience import TooSlow

NUMBER = "20261121-HL-000001-9"
HTML = {"Accept": "text/html,application/xhtml+xml"}
ENGLISH = {"Accept-Language": "en-GB,en;q=0.9,zh;q=0.5"}


@pytest.fixture
async def asks(app):
    """Calls a path whose handler raises what the test wants."""
    raised: list[Exception] = []

    async def handler(request):
        raise raised[0]

    app.router.add_get("/raise", handler)
    app.router.add_get("/api/raise", handler)
    async with TestClient(TestServer(app)) as client:

        async def ask(error, path="/raise", **headers):
            raised[:] = [error]
            return await client.get(path, headers=headers)

        yield ask


@pytest.mark.parametrize(
    ("error", "status"),
    [
        (NoSuchCase(NUMBER), 404),
        (NotYours(NUMBER, "li"), 404),
        (WrongMove(NUMBER, Status.CLOSED, Status.RECEIVED), 409),
        (Missing(Status.ANSWERED, "answer"), 422),
        (Unknown("department", "moon"), 422),
        (Empty("note"), 422),
        (StoreUnavailable("the disk is full", "make room"), 503),
        (Refused(400, "不行。", "No."), 400),
        (TooSlow(60), 408),
        (web.RequestPayloadError("zip"), 400),
        (BadHttpMessage("what was sent"), 400),
        (web.HTTPMethodNotAllowed("GET", ["POST"]), 405),
        (web.HTTPGone(), 410),
    ],
    ids=lambda value: type(value).__name__ if isinstance(value, Exception) else "",
)
async def test_a_named_error_has_its_status_and_a_sentence(asks, error, status):
    answer = await asks(error)

    assert answer.status == status
    assert answer.content_type == "application/problem+json"
    assert (await answer.json())["detail"].endswith("。")


@pytest.mark.parametrize("path", ["/chat/web/messages", "/api/v1/places"])
@pytest.mark.parametrize("encoding", ["gzip", "deflate"])
async def test_a_body_that_is_not_what_its_encoding_says_is_told_once(site, citizen, path, encoding):
    site.store.run_now(
        accounts.add_token, accounts.hash_secret("t"), "t", role="coordinator", scope="write", at=site.clock()
    )
    await citizen.opens()
    headers = {
        "Content-Encoding": encoding,
        "Content-Type": "application/json",
        "X-CSRF-Token": citizen.token,
        "Authorization": "Bearer t",
    }

    with structlog.testing.capture_logs() as logs:
        answer = await citizen.browser.post(path, data=BytesPayload(b"no such thing"), headers=headers)

    assert answer.status in {400, 415}
    assert (await answer.json())["detail"]
    assert logs == []


async def test_half_a_character_in_a_key_is_refused_with_a_sentence(citizen):
    answer = await citizen.posts(data=b'{"\\ud800": 1, "text": "x"}', headers={"Content-Type": "application/json"})

    assert answer.status == 400
    assert (await answer.json())["detail"].endswith("。")


async def test_no_answer_tells_what_we_run(client):
    for path in ("/chat/web", "/nothing", "/api/v1/cases", "/static/nothing"):
        assert "Server" not in (await client.get(path)).headers


async def test_a_browser_gets_a_page(asks):
    answer = await asks(NoSuchCase(NUMBER), Accept="text/html")

    assert answer.status == 404
    assert answer.content_type == "text/html"
    assert "没有这个案件，请检查编号。" in await answer.text()


async def test_an_english_reader_gets_english(asks):
    page = await asks(NoSuchCase(NUMBER), **HTML, **ENGLISH)
    told = await asks(NoSuchCase(NUMBER), **ENGLISH)

    assert "There is no such case" in await page.text()
    assert (await told.json())["detail"] == "There is no such case; check the number."


@pytest.mark.parametrize(
    "error", [Busy("too much waits", retry_after=2.2), TooMany("chat.message", 2.2)], ids=["busy", "many"]
)
async def test_who_must_wait_is_told_how_long(asks, error):
    answer = await asks(error)

    assert answer.headers["Retry-After"] == "3"
    assert "3 秒" in (await answer.json())["detail"]


async def test_a_fault_of_ours_tells_nothing_and_is_logged_whole(asks):
    with structlog.testing.capture_logs() as logs:
        answer = await asks(RuntimeError("the password is hunter2"))

    assert answer.status == 500
    assert "hunter2" not in await answer.text()
    assert (await answer.json())["detail"] == STATUSES[500].zh
    assert [str(entry["exc_info"]) for entry in logs] == ["the password is hunter2"]


async def test_under_api_every_error_is_problem_json_with_its_own_sentence(asks):
    missing = await asks(NoSuchCase(NUMBER), "/api/raise", Accept="text/html")
    many = await asks(TooMany("chat.message", 7), "/api/raise")
    refused = await asks(Refused(403, "不行。", "No."), "/api/raise")
    with structlog.testing.capture_logs():
        ours = await asks(RuntimeError("hunter2"), "/api/raise")

    assert (missing.status, many.status, refused.status, ours.status) == (404, 429, 403, 500)
    assert {a.content_type for a in (missing, many, refused, ours)} == {"application/problem+json"}
    assert many.headers["Retry-After"] == "7"


@pytest.mark.parametrize(
    "path", ["/hooks/city-telegram", "/open311/v2/requests.json", "/nothing", "/chats", "/static/../app.py"]
)
async def test_a_path_not_yet_built_answers_404_with_a_sentence(client, path):
    answer = await client.get(path)

    assert answer.status == 404
    assert (await answer.json())["detail"]


async def test_a_chat_that_does_not_exist_is_a_page_that_says_so(client):
    answer = await client.get("/chat/moon", headers=HTML)

    assert answer.status == 404
    assert "没有这个聊天页面" in await answer.text()


@pytest.mark.parametrize("path", ["/", "/chat", "/chat/"])
async def test_who_names_no_channel_is_led_to_the_first_one(client, path):
    answer = await client.get(path, allow_redirects=False)

    assert (answer.status, answer.headers["Location"]) == (302, "/chat/web")


async def test_what_a_handler_does_not_find_is_told_in_their_language_and_leads_back_to_the_desk(officer):
    await officer.opens("/desk/language?to=en")
    page = await officer.opens("/desk/nowhere", Accept="text/html", **{"Accept-Language": "zh-CN"})

    assert page.status == 404
    assert "There is nothing here" in page.text
    assert "/desk" in page.links
    await officer.opens("/desk/language?to=zh")
    page = await officer.opens("/desk/nowhere", Accept="text/html", **ENGLISH)
    assert "回到工作台" in page.text


async def test_what_a_citizen_does_not_find_leads_to_the_chat(officer):
    page = await officer.opens("/nowhere", Accept="text/html")

    assert (page.links, "回到首页" in page.text) == (["/"], True)


@pytest.mark.parametrize("row", [*STATUSES.values(), *NAMED.values()], ids=lambda row: row.en[:40])
def test_every_sentence_stands_in_both_languages(row):
    assert row.zh.endswith("。")
    assert row.en.endswith(".")
    assert row.zh.count("{") == row.en.count("{")
