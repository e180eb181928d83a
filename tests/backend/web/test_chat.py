"""The citizen's web chat over its own HTTP calls: nothing lost, nothing doubled, every refusal a sentence."""

from __future__ import annotations

import io
import json
from dataclasses import replace

import pytest
import structlog
from aiohttp.test_utils import TestClient, TestServer

from backend.jobs.deliver import deliver
from backend.services.cases import casework
from backend.services.office.served import Served
from backend.services.talks import intake, places
from backend.store.errors import Busy
from backend.web.app import build
from backend.web.chat import topics
from backend.web.limits import RATES, Rate
from tests.backend.services.city import OFFICER
from tests.backend.web.conftest import Citizen, who

STORY = "昨晚十一点多幸福里3栋楼下烧烤店又在放音响"


class Stumbling:
    """A store on which one kind of unit fails, as a fault of ours would make it."""

    def __init__(self, store, unit, error):
        self._store, self._unit, self._error = store, unit, error

    async def run(self, f, *args, **kwargs):
        if f is self._unit:
            raise self._error
        return await self._store.run(f, *args, **kwargs)

    def __getattr__(self, name):
        return getattr(self._store, name)


async def browsing(site, **how):
    """A citizen at an application of their own."""
    client = TestClient(TestServer(build(site, **how)))
    await client.start_server()
    return Citizen(client)


# ---- talking


async def test_the_first_visit_writes_nothing(site, citizen):
    html = await citizen.opens()

    assert "您好，这里是市民服务热线。" in html
    assert site.store.read_now(lambda work: work.people.find("web", who(citizen))) is None


async def test_a_first_visit_may_begin_with_what_people_often_bring(site, citizen):
    html = await citizen.opens()
    english = await citizen.opens(**{"Accept-Language": "en"})

    assert 'data-fill="我想反映噪音扰民方面的问题："' in html
    assert 'data-fill="I want to report a problem. Noise: "' in english
    assert "党务政务" not in html


@pytest.mark.parametrize(("language", "named"), [("zh", "name"), ("en", "name_en")])
def test_an_institution_without_examples_begins_with_its_categories(site, language, named):
    bare = site.institutions["hotline"].model_copy(update={"examples": ()})

    assert topics(bare, language) == [getattr(category, named) for category in bare.categories[:6]]


async def test_the_bot_answers_with_numbered_bubbles_and_buttons(citizen):
    answer = await citizen.posts(json={"id": "1", "text": STORY})

    told = await answer.json()
    assert [say["seq"] for say in told["say"]] == list(range(1, len(told["say"]) + 1))
    assert {"id", "label"} == told["say"][-1]["choices"][0].keys()
    assert told.keys() == {"say"}


async def test_a_letter_becomes_a_case(site, citizen):
    number = await citizen.files_a_case()

    case = site.store.read_now(lambda work: work.cases.get(number))
    assert (case.source, case.institution) == ("web", "hotline")


async def test_the_same_message_twice_gets_the_same_answer_and_has_one_effect(site, citizen):
    first = await citizen.sends({"id": "once", "text": STORY})
    await citizen.says("同意")
    again = await citizen.sends({"id": "once", "text": STORY})

    assert again == first
    said = site.store.read_now(lambda work: work.journal.talk(work.people.find("web", who(citizen)).id))
    assert [line.text for line in said if line.who == "citizen"] == [STORY, "同意"]


async def test_messages_without_an_id_are_each_their_own(citizen):
    await citizen.says("你好")
    first = citizen.seq
    await citizen.says("你好")

    assert citizen.seq > first


async def test_a_tapped_button_answers_and_shows_its_label_after_a_reload(citizen):
    await citizen.says(STORY)
    await citizen.sends({"choice": citizen.choices[0]["id"]})

    assert '<p class="words">同意</p>' in await citizen.opens()


async def test_a_pin_is_understood_and_shown_again(citizen):
    await citizen.says(STORY)
    await citizen.says("同意")

    assert await citizen.sends({"location": {"lat": 31.23, "lon": 121.47, "label": "幸福里小区"}})
    assert '<p class="place">幸福里小区</p>' in await citizen.opens()


async def test_a_reload_shows_both_sides_of_the_talk(citizen):
    said = await citizen.says(STORY)

    html = await citizen.opens()

    assert STORY in html
    assert said[-1].splitlines()[0] in html
    assert f'data-seq="{citizen.seq}"' in html


async def test_two_channels_are_two_talks(client):
    hotline, estate = Citizen(client), Citizen(client, "estate")
    await hotline.says(STORY)

    assert STORY not in await estate.opens()
    assert (await estate.says("电梯坏了"))[0].startswith("您好")


async def test_an_english_browser_is_spoken_to_in_english(citizen):
    html = await citizen.opens(**{"Accept-Language": "en-US,en;q=0.9"})

    assert '<html lang="en">' in html
    assert "Citizens&#39; service hotline" in html


@pytest.mark.parametrize(
    "text",
    [
        "",
        "   \n",
        "😀😀😀",
        "\x00\x07\x1b[31m",
        "'; DROP TABLE cases; --",
        "<script>alert(1)</script>",
        "\ud83d",
        "a" * 5000,
    ],
    ids=["empty", "blank", "emoji", "control", "sql", "html", "half", "letters"],
)
async def test_any_words_get_an_answer_and_the_page_still_stands(citizen, text):
    said = await citizen.says(text)

    assert said
    assert all(said)
    assert "<script>alert" not in await citizen.opens()


async def test_a_letter_of_100000_characters_is_kept_whole(site, citizen):
    letter = f"{STORY}。" + "长" * (100_000 - len(STORY) - 1)

    await citizen.says(letter)

    line = site.store.read_now(lambda work: work.journal.talk(work.people.find("web", who(citizen)).id))[0]
    assert line.text == letter


async def test_a_code_on_a_wall_fills_in_where_somebody_is(site, citizen):
    at = site.clock()
    await site.store.run(places.add, "3栋电梯厅", {"where": "幸福里3栋电梯厅"}, code="abc-123", at=at)

    html = await (await citizen.browser.get("/chat/web?place=abc-123")).text()
    said = await citizen.says("昨晚电梯坏了，困了我半小时才出来")

    assert "您在：3栋电梯厅。" in html
    assert "幸福里3栋" in "".join(said)


@pytest.mark.parametrize("code", ["unknown", "<b>", "x" * 5000], ids=["unknown", "html", "long"])
async def test_a_code_of_nobodys_opens_the_chat_all_the_same(citizen, code):
    answer = await citizen.browser.get("/chat/web", params={"place": code})

    assert answer.status == 200
    assert "jiesu_place" not in answer.cookies
    assert await citizen.says("你好")


# ---- refusals


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"[]",
        b"7",
        b'"hi"',
        b"\xff\xfe",
        b'{"text": 7}',
        b'{"words": "hi"}',
        b'{"id": "1"}',
        b"[" * 100_000,
        b"1" * 6000,
    ],
    ids=["nothing", "half", "list", "number", "string", "bytes", "type", "key", "empty", "deep", "long"],
)
async def test_what_is_no_message_is_told_so(citizen, body):
    answer = await citizen.posts(data=body, headers={"Content-Type": "application/json"})

    assert answer.status == 400
    assert (await answer.json())["detail"].endswith("。")


@pytest.mark.parametrize(
    "kind", ["text/plain", "application/xml", "multipart/mixed; boundary=x", "multipart/form-data"]
)
async def test_another_kind_of_body_is_told_so(citizen, kind):
    answer = await citizen.posts(data=b"hello", headers={"Content-Type": kind})

    assert answer.status == 400
    assert (await answer.json())["detail"].endswith("。")


async def test_too_long_a_letter_is_told_how_much_may_be_sent(citizen):
    letter = json.dumps({"text": "长" * 200_001}, ensure_ascii=False).encode()
    answer = await citizen.posts(data=io.BytesIO(letter), headers={"Content-Type": "application/json"})

    assert answer.status == 413
    assert "200000" in (await answer.json())["detail"]


async def test_a_body_over_the_cap_is_refused(citizen):
    answer = await citizen.posts(
        data=io.BytesIO(b" " * (3 * 1024 * 1024 + 1)), headers={"Content-Type": "application/json"}
    )

    assert answer.status == 413


async def test_a_body_over_the_cap_that_does_not_say_so_is_refused_as_well(citizen):
    async def pieces():
        for _ in range(49):
            yield b" " * 65536

    answer = await citizen.posts(data=pieces(), headers={"Content-Type": "application/json"})

    assert answer.status == 413


async def test_whoever_writes_too_fast_is_told_when_to_go_on_and_loses_nothing(site):
    citizen = await browsing(site, limits={**RATES, "chat.message": Rate(2, 60)})
    await citizen.says("你好")
    await citizen.says(STORY)

    answer = await citizen.posts(json={"id": "3", "text": "同意"})

    assert answer.status == 429
    assert int(answer.headers["Retry-After"]) > 0
    assert "秒" in (await answer.json())["detail"]
    await citizen.browser.close()


async def test_new_faces_from_one_address_are_limited_too(site):
    citizen = await browsing(site, limits={**RATES, "chat.newcomer": Rate(1, 60)})
    await citizen.opens()
    citizen.browser.session.cookie_jar.clear()

    answer = await citizen.browser.get("/chat/web", headers={"Accept": "text/html"})

    assert answer.status == 429
    assert "操作太快了" in await answer.text()
    await citizen.browser.close()


@pytest.mark.parametrize("after", ["x", "-1", "1.5", "9999999999999999999", "１"])
async def test_a_wrong_number_to_ask_after_is_told_so(citizen, after):
    await citizen.says("你好")

    answer = await citizen.browser.get("/chat/web/messages", params={"after": after})

    assert answer.status == 400


# ---- faults of ours


async def test_a_message_that_we_could_not_digest_is_kept_and_the_citizen_told(site):
    stumbling = Stumbling(site.store, intake.receive, RuntimeError("a fault of ours"))
    citizen = await browsing(replace(site, store=stumbling))

    with structlog.testing.capture_logs() as logs:
        said = await citizen.sends({"id": "m1", "text": STORY})
        again = await citizen.sends({"id": "m1", "text": STORY})

    failed = site.store.read_now(lambda work: work.journal.failed())
    assert said == again
    assert "已经收到并保存" in said[0]
    assert [(row.message["text"], row.trouble) for row in failed] == [(STORY, "RuntimeError('a fault of ours')")]
    assert len(logs) == 2
    await citizen.browser.close()


async def test_when_too_much_waits_the_page_is_told_to_come_back(site):
    citizen = await browsing(replace(site, store=Stumbling(site.store, intake.receive, Busy("too much waits"))))

    answer = await citizen.posts(json={"id": "m1", "text": STORY})

    assert (answer.status, answer.headers["Retry-After"]) == (503, "1")
    assert site.store.read_now(lambda work: work.journal.failed()) == []
    await citizen.browser.close()


async def test_a_text_that_we_failed_to_understand_is_kept_whole(site):
    broken = site.institutions["hotline"].model_copy(update={"categories": ()})
    citizen = await browsing(replace(site, institutions=Served({**site.institutions, "hotline": broken})))

    with structlog.testing.capture_logs():
        said = await citizen.sends({"id": "m1", "text": STORY})

    assert "已经收到并保存" in said[0]
    assert [row.message["text"] for row in site.store.read_now(lambda work: work.journal.failed())] == [STORY]
    await citizen.browser.close()


async def test_messages_are_counted_by_channel(citizen):
    await citizen.says("你好")

    numbers = await (await citizen.browser.get("/metrics")).text()

    assert 'jiesu_messages_total{channel="web",outcome="done"} 1.0' in numbers


# ---- what comes later


async def test_a_notice_is_there_to_ask_for_and_delivered_once_it_was_seen(site, citizen, clock):
    number = await citizen.files_a_case()
    await site.store.run(
        casework.say, site.institutions, number, "请补一张照片", by=OFFICER, at=clock.advance(minutes=5)
    )
    await deliver(site, "postman")

    async def ask(after):
        return await (await citizen.browser.get("/chat/web/messages", params={"after": after})).json()

    told = (await ask(citizen.seq))["say"]
    first = site.store.read_now(lambda work: work.outbox.of_case(number))[-1].state
    nothing = await ask(told[-1]["seq"])
    then = site.store.read_now(lambda work: work.outbox.of_case(number))[-1].state

    assert "请补一张照片" in told[-1]["text"]
    assert (first, then) == ("accepted", "delivered")
    assert nothing == {"say": []}


async def test_somebody_who_said_nothing_has_no_news(citizen):
    await citizen.opens()

    answer = await citizen.browser.get("/chat/web/messages?after=0")

    assert json.loads(await answer.text()) == {"say": []}
