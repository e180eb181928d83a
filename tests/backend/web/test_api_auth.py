"""Who may call: tokens, scopes, roles, institutions, and how often."""

from __future__ import annotations

import pytest
from aiohttp.test_utils import TestClient, TestServer

from backend.web.app import build
from backend.web.limits import RATES, Rate
from tests.backend.services.city import City
from tests.backend.web.programs import Program, program


@pytest.fixture
def city(site):
    return City(site.store)


async def test_without_a_token_nothing_is_told(client):
    answer = await Program(client, "").get("/cases")

    assert answer.status == 401
    assert answer.headers["WWW-Authenticate"].startswith("Bearer")
    assert "Authorization: Bearer" in answer.detail


@pytest.mark.parametrize("token", ["wrong", "令牌", "x" * 4000])
async def test_a_wrong_token_is_refused(client, token):
    answer = await Program(client, token).get("/cases")

    assert answer.status == 401
    assert "unknown" in answer.detail


async def test_a_revoked_token_is_refused(site, client):
    sync = program(site, client)
    assert (await sync.get("/cases")).status == 200

    await site.store.run(lambda work: work.accounts.revoke_token("sync", at=site.clock()))

    assert (await sync.get("/cases")).status == 401


@pytest.mark.parametrize("scheme", ["Basic", "Token", ""])
async def test_only_bearer_tokens_count(site, client, scheme):
    program(site, client)

    answer = await Program(client, "").send("GET", "/cases", headers={"Authorization": f"{scheme} token-of-sync"})

    assert answer.status == 401


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("/cases/{n}/moves", {"to": "accepted"}),
        ("/cases/{n}/messages", {"text": "您好"}),
        ("/places", {"name": "电梯", "fill": {"where": "幸福里3栋"}}),
    ],
    ids=["moves", "messages", "places"],
)
async def test_writing_needs_the_scope_write_and_a_role_that_works(site, client, city, path, body):
    path = path.format(n=city.citizen().files_a_case())

    reading = await program(site, client, "reader", scope="read").post(path, body)
    auditing = await program(site, client, "audit", scope="personal", role="auditor").post(path, body)
    writing = await program(site, client, "writer", scope="write").post(path, body)

    assert (reading.status, auditing.status, writing.status) == (403, 403, 200)
    assert reading.detail == "this needs the scope write; the token reader has read"
    assert "auditor" in auditing.detail


async def test_phone_numbers_are_whole_only_with_the_scope_personal(site, client, city):
    number = city.citizen().files_a_case()

    masked = await program(site, client, "w", scope="write").get(f"/cases/{number}")
    listed = await Program(client, "token-of-w").get("/cases")
    whole = await program(site, client, "p", scope="personal").get(f"/cases/{number}")

    assert masked.json["who"]["contact"] == "138****8000"
    assert listed.json["items"] == [masked.json]
    assert whole.json["who"]["contact"] == "+8613800138000"
    assert "13800138000" not in masked.text


async def test_a_program_that_only_audits_sees_no_more_than_a_person_who_does(site, client, city):
    number = city.citizen().files_a_case()

    answer = await program(site, client, scope="personal", role="auditor").get(f"/cases/{number}")

    assert answer.json["who"]["contact"] == "138****8000"
    assert "13800138000" not in answer.text


async def test_who_sees_personal_data_is_on_record_once_in_eight_hours(site, client, clock, city):
    number = city.citizen().files_a_case()
    sync = program(site, client, "sync", scope="personal")
    other = program(site, client, "other", scope="personal")
    reader = program(site, client, "reader")

    def looked():
        history = site.store.read_now(lambda work: work.cases.history(number))
        return [(event.by, event.detail["program"], event.private) for event in history if event.what == "looked"]

    for each in (sync, sync, other, reader):
        assert (await each.get(f"/cases/{number}")).status == 200
    await sync.get(f"/cases/{number}/notices")
    assert looked() == [("sync", True, {}), ("other", True, {})]

    clock.advance(hours=8)
    told = await sync.get(f"/cases/{number}")
    assert [by for by, _, _ in looked()] == ["sync", "other", "sync"]
    assert told.json["events"][-1]["what"] == "looked"


async def test_a_role_that_may_not_make_a_move_is_told_who_may(site, client, city):
    number = city.citizen().files_a_case()

    answer = await program(site, client, scope="write", role="reviewer").move(number, "accepted")

    assert answer.status == 403
    assert "only" in answer.detail
    assert "dispatcher" in answer.detail


async def test_another_institutions_case_looks_as_if_it_were_not_there(site, client, city):
    number = city.citizen().files_a_case()
    estate = program(site, client, scope="personal", institution="property")

    answers = [
        await estate.get(f"/cases/{number}"),
        await estate.move(number, "accepted"),
        await estate.post(f"/cases/{number}/messages", {"text": "您好"}),
        await estate.get(f"/cases/{number}/notices"),
    ]

    assert {answer.status for answer in answers} == {404}
    assert {answer.detail for answer in answers} == {f"there is no case {number}"}
    assert (await estate.get("/cases")).json == {"items": [], "next": None}


async def test_another_institutions_list_is_refused(site, client):
    answer = await program(site, client, institution="property").get("/cases", institution="hotline")

    assert answer.status == 403
    assert "works for property" in answer.detail


async def test_a_token_that_calls_too_often_is_told_when_to_come_back(site):
    async with TestClient(TestServer(build(site, limits={**RATES, "api.token": Rate(2, 60)}))) as client:
        sync, other = program(site, client), program(site, client, "other")

        answers = [await sync.get("/lifecycle") for _ in range(3)]

        assert [answer.status for answer in answers] == [200, 200, 429]
        assert 0 < int(answers[2].headers["Retry-After"]) <= 60
        assert (await other.get("/lifecycle")).status == 200


async def test_who_tries_tokens_is_slowed_down(site):
    async with TestClient(TestServer(build(site, limits={**RATES, "api.wrong": Rate(1, 60)}))) as client:
        guesser = Program(client, "guess")

        assert [(await guesser.get("/cases")).status for _ in range(2)] == [401, 429]


async def test_a_list_read_whole_is_a_look_at_each_case_with_the_reason_that_the_program_gives(site, client, city):
    numbers = {city.citizen(name).files_a_case() for name in ("li", "zhou")}
    sync = program(site, client, "sync", scope="personal")

    told = await sync.send("GET", "/cases", headers={"X-Reason": "monthly call"})

    assert {item["number"]: item["who"]["contact"] for item in told.json["items"]}.keys() == numbers
    for number in numbers:
        (look,) = [e for e in site.store.read_now(lambda work, n=number: work.cases.history(n)) if e.what == "looked"]
        assert (look.by, look.private) == ("sync", {"reason": "monthly call"})
