"""The hooks: only the platform gets in, nothing is acknowledged that is not kept, an answer goes out once."""

from __future__ import annotations

import asyncio
import io
import json
from datetime import timedelta

import pytest
from aiohttp.test_utils import TestClient, TestServer

from backend.arrivals import GRACE
from backend.jobs.deliver import deliver
from backend.web.app import build
from backend.web.hooks import ARRIVALS, MOST_BYTES, PASSING
from bots import Call, NotSent
from tests.backend.platform import START, Clock, Mail, behind

RIGHT = {"secret": "right"}


@pytest.fixture
def mail():
    return Mail()


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
async def hook(store, tmp_path, mail, clock):
    app = build(behind(mail, store, tmp_path, clock))
    async with TestClient(TestServer(app)) as caller:
        yield caller


async def calls(hook, headers=RIGHT, path="/hooks/mail", **told):
    async with hook.post(path, json=told, headers=headers) as answer:
        return answer.status, await answer.text()


def outbox(hook, *columns):
    query = f"SELECT {', '.join(columns)} FROM outbox ORDER BY id"
    site = hook.app[ARRIVALS].site
    return [tuple(row) for row in site.store.read_now(lambda work: work.conn.exec_driver_sql(query).fetchall())]


async def test_an_answer_that_is_ready_and_fits_stands_in_the_body_and_is_recorded(hook, mail, clock):
    status, said = await calls(hook, text="路灯坏了")

    assert (status, said.startswith("said: 您好")) == (200, True)
    await hook.app[PASSING].close()
    assert outbox(hook, "state", "way") == [("accepted", "passive")]
    clock.now += timedelta(minutes=1)
    assert await deliver(hook.app[ARRIVALS].site, "postman") == 0


async def test_a_call_that_comes_again_gets_the_same_body(hook):
    assert await calls(hook, text="路灯坏了") == await calls(hook, text="路灯坏了")
    assert len(outbox(hook, "id")) == 1


async def test_what_does_not_fit_goes_by_itself_at_once_and_rings(hook, mail):
    mail.fits = 10
    assert await calls(hook, text="路灯坏了") == (200, "success")

    assert hook.app[ARRIVALS].site.ring.is_set()
    assert await deliver(hook.app[ARRIVALS].site, "postman") == 1
    assert await calls(hook, text="路灯坏了") == (200, "success")
    assert len(mail.sent) == 1


async def test_an_answer_that_somebody_began_to_send_is_not_said_in_the_body_too(hook, mail, clock):
    mail.fits = 10
    await calls(hook, text="路灯坏了")
    await deliver(hook.app[ARRIVALS].site, "postman")
    mail.fits = 2000

    assert await calls(hook, text="路灯坏了") == (200, "success")


async def test_an_answer_that_may_still_stand_in_a_body_waits_for_it(hook, mail, clock):
    arrivals = hook.app[ARRIVALS]
    (arrived,) = await arrivals.take(mail, mail.read(call({"text": "路灯坏了"})), passively=True)

    assert await deliver(arrivals.site, "postman") == 0
    clock.now += GRACE
    assert await deliver(arrivals.site, "postman") == len(arrived.rows) == 1


def call(told):
    return Call("POST", {}, RIGHT, json.dumps(told).encode(), START)


async def test_what_takes_too_long_is_acknowledged_and_answered_by_itself(hook, mail, clock):
    arrivals = hook.app[ARRIVALS]
    arrivals.patience = timedelta(0)
    assert await calls(hook, text="路灯坏了") == (200, "success")
    await asyncio.sleep(0.2)
    for _ in range(2):
        clock.now += GRACE
        await arrivals.catch_up()
        await deliver(arrivals.site, "postman")

    assert len(mail.sent) == 1


async def test_a_platform_that_shows_no_body_is_called_back_at_once(hook, mail):
    mail.patient = False
    assert await calls(hook, text="路灯坏了") == (200, "success")
    await hook.app[ARRIVALS].postman.close()

    assert (len(mail.sent), outbox(hook, "state", "owner")) == (1, [("accepted", "")])
    assert await deliver(hook.app[ARRIVALS].site, "postman") == 0


async def test_what_could_not_be_sent_at_once_waits_for_the_postman_and_goes_before_the_next_answer(hook, mail, clock):
    mail.patient, mail.refusals = False, [NotSent("busy", retry_after=30)]
    arrivals = hook.app[ARRIVALS]
    for number in range(2):
        await calls(hook, text="路灯坏了" if number else "我要投诉", id=f"m{number}")
        await arrivals.postman.close()

    assert (mail.sent, [state for (state,) in outbox(hook, "state")]) == ([], ["deferred", "queued"])
    for _ in range(2):
        clock.now += timedelta(minutes=1)
        await deliver(arrivals.site, "postman")
    assert [state for (state,) in outbox(hook, "state")] == ["accepted", "accepted"]
    assert len(mail.sent) == 2


async def test_a_file_that_cannot_be_fetched_now_is_acknowledged(hook, mail):
    mail.troubles = [NotSent("busy")]

    assert await calls(hook, files=1, text="") == (200, "success")


async def test_who_is_not_the_platform_gets_nothing_and_is_counted(hook):
    assert await calls(hook, {"secret": "wrong"}, text="路灯坏了") == (403, "")
    assert outbox(hook, "id") == []
    async with hook.get("/metrics") as answer:
        assert 'jiesu_refused_total{channel="mail",status="403"} 1.0' in await answer.text()


async def test_what_is_too_large_is_not_read_to_its_end(hook):
    async with hook.post("/hooks/mail", data=io.BytesIO(b" " * (MOST_BYTES + 1)), headers=RIGHT) as answer:
        assert answer.status == 413


async def test_a_hook_that_does_not_exist_is_not_found(hook):
    assert (await calls(hook, path="/hooks/nobody", text="好"))[0] == 404


async def test_a_kind_that_is_not_known_is_kept_and_acknowledged(hook):
    assert await calls(hook, strange="yes") == (200, "success")
