"""Cases over HTTP: lists and pages, moves and their refusals, words to the citizen, notices."""

from __future__ import annotations

import json
from datetime import datetime, timedelta

import pytest

from backend.services.cases import notices
from backend.web.api.models import LONGEST_TEXT
from tests.backend.services.city import City
from tests.backend.web.programs import program


@pytest.fixture
def city(site):
    return City(site.store)


@pytest.fixture
def number(city, clock):
    """A case of the hotline, filed a minute ago."""
    filed = city.citizen().files_a_case()
    clock.now = city.later(minutes=1)
    return filed


@pytest.fixture
def sync(site, client):
    return program(site, client, scope="write", role="coordinator")


async def test_a_case_is_told_with_every_key_of_the_contract(sync, number):
    case = (await sync.get(f"/cases/{number}")).json

    assert case["number"] == number
    assert (case["institution"], case["source"], case["status"]) == ("hotline", "web", "received")
    assert case["status_label"] == "待受理"
    assert case["filed_at"].endswith("+08:00")
    assert case["events"][0]["what"] == "filed"
    assert case["request"] is None


@pytest.mark.parametrize("typed", ["{n}", "{plain}", "{lower}", "{wide}"])
async def test_a_number_is_read_as_people_type_it(sync, number, typed):
    wide = number.translate({ord(c): ord(c) + 0xFEE0 for c in "0123456789-" if c != "-"})
    typed = typed.format(n=number, plain=number.replace("-", ""), lower=number.lower(), wide=wide)

    assert (await sync.get(f"/cases/{typed}")).json["number"] == number


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("20261121-HL-000412-7", "there is no case 20261121-HL-000412-7"),
        ("20261121-HL-000412-8", "its check digit does not fit"),
        ("hello", "holds no case number"),
        ("%00", "holds no case number"),
        ("%FF%FE", "holds no case number"),
    ],
)
async def test_a_wrong_number_is_no_case_and_the_reason_is_told(sync, typed, told):
    answer = await sync.get(f"/cases/{typed}")

    assert answer.status == 404
    assert told in answer.detail


async def test_cases_come_newest_first_and_page_by_page(site, sync, city):
    filed = [city.citizen(f"c{n}").files_a_case() for n in range(5)]

    seen, cursor = [], ""
    while True:
        page = (await sync.get("/cases", limit="2", cursor=cursor)).json
        seen += [case["number"] for case in page["items"]]
        if (cursor := page["next"]) is None:
            break

    assert seen == filed[::-1]


async def test_a_list_is_filtered_by_status_institution_and_time(sync, city):
    old, new = city.citizen("a").files_a_case(), city.citizen("b").files_a_case()
    theirs = city.citizen("c", "property").files_a_case(phone="13800138000")
    city.move(old, "accepted")
    when = city.case(new).filed_at

    async def found(**query):
        return {case["number"] for case in (await sync.get("/cases", **query)).json["items"]}

    assert await found(status="accepted") == {old}
    assert await found(status="accepted,received") == {old, new, theirs}
    assert await found(institution="property") == {theirs}
    assert await found(institution="hotline", status="received") == {new}
    assert await found(since=when.isoformat()) == {new, theirs}
    assert await found(since=(when + timedelta(seconds=1)).isoformat()) == {theirs}
    assert await found(status="", institution="", since="", limit="", cursor="") == {old, new, theirs}


@pytest.mark.parametrize("since", ["2026-11-21T00:00:00 08:00", "2026-11-21 00:00 0800", "2026-11-21T00:00:00.5 08:00"])
async def test_a_plus_that_the_url_turned_into_a_blank_is_read_as_one(sync, number, since):
    assert len((await sync.get("/cases", since=since)).json["items"]) == 1


async def test_a_status_may_be_repeated(sync, number):
    answer = await sync.send("GET", "/cases", params=[("status", "closed"), ("status", "received")])

    assert len(answer.json["items"]) == 1


async def test_a_limit_above_the_most_is_cut(sync, number):
    assert (await sync.get("/cases", limit="99999")).status == 200


@pytest.mark.parametrize(
    ("query", "told"),
    [
        ({"status": "open"}, "status 'open' is unknown; there are 'received'"),
        ({"institution": "nowhere"}, "there is no institution 'nowhere'"),
        ({"since": "2026-11-21T00:00:00"}, "since: this time has no offset"),
        ({"since": "2026-11-21"}, "since: this time has no offset"),
        ({"since": "2026-11-21 08:00"}, "since: this time has no offset"),
        ({"since": "yesterday"}, "since: this is no ISO time"),
        ({"since": "1700000000"}, "since: this is no ISO time"),
        ({"limit": "0"}, "limit must be 1 or more"),
        ({"limit": "-3"}, "limit must be 1 or more"),
        ({"limit": "many"}, "limit must be a whole number, not 'many'"),
        ({"stat": "closed"}, "there is no stat; there are status, institution"),
    ],
)
async def test_a_wrong_filter_is_named(sync, query, told):
    answer = await sync.get("/cases", **query)

    assert answer.status == 422
    assert told in answer.detail


@pytest.mark.parametrize("since", ["0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-12:00"])
async def test_a_time_at_either_end_of_the_calendar_is_a_time(sync, number, since):
    assert (await sync.get("/cases", since=since)).status == 200


@pytest.mark.parametrize("cursor", ["nonsense", "===", "令", "W10", "WzEsMl0"])
async def test_a_cursor_that_is_not_ours_is_malformed(sync, cursor):
    answer = await sync.get("/cases", cursor=cursor)

    assert answer.status == 400
    assert "start again without one" in answer.detail


async def test_a_case_walks_to_its_answer_and_the_citizen_is_told(sync, city, number):
    department = city.case(number).department_id
    assert (await sync.move(number, "accepted", note="已核实")).json["status"] == "accepted"
    assert (await sync.move(number, "assigned", department=department)).json["status"] == "assigned"
    answer = await sync.move(number, "answered", answer="已拆除音响")

    assert answer.json["status"] == "visiting_back"
    notices = (await sync.get(f"/cases/{number}/notices")).json["items"]
    assert [notice["kind"] for notice in notices] == ["status", "status", "status", "survey"]
    assert all(number in notice["text"] for notice in notices[:3])
    assert notices[0] | {"at": "", "text": ""} == {
        "id": notices[0]["id"], "kind": "status", "text": "", "channel": "web", "way": None, "state": "queued",
        "reason": None, "tries": 0, "at": "",
    }  # fmt: skip
    assert datetime.fromisoformat(notices[0]["at"]).utcoffset() == timedelta(hours=8)


async def test_the_same_move_twice_is_done_once(sync, number):
    first = await sync.move(number, "accepted", note="已核实")
    again = await sync.move(number, "accepted", note="已核实", answer=None)

    assert again.status == 200
    assert again.json == first.json


async def test_an_answer_sent_twice_is_one_answer_though_the_visit_back_has_begun(sync, city, number):
    await sync.move(number, "accepted")
    await sync.move(number, "assigned", department=city.case(number).department_id)
    first = await sync.move(number, "answered", answer="已拆除音响")
    again = await sync.move(number, "answered", answer="已拆除音响")

    assert (first.status, again.status) == (200, 200)
    assert again.json == first.json


async def test_a_move_that_is_not_allowed_says_who_brought_the_case_where(sync, number):
    await sync.move(number, "refused", ground="不在受理范围")

    answer = await sync.move(number, "accepted")

    assert answer.status == 409
    assert f"case {number} is refused; it cannot become accepted" in answer.detail
    assert "sync moved it to refused at 2026-11-21T09:" in answer.detail


async def test_a_move_from_where_a_new_case_stands_may_be_not_allowed_either(sync, number):
    answer = await sync.move(number, "closed")

    assert answer.status == 409
    assert "moved it" not in answer.detail


@pytest.mark.parametrize(
    ("body", "told"),
    [
        ({}, "to is missing"),
        ({"to": "done"}, "to 'done' is unknown; there are 'received'"),
        ({"to": None}, "to"),
        ({"to": "refused"}, "refused needs ground"),
        ({"to": "refused", "ground": "  "}, "refused needs ground"),
        ({"to": "accepted", "notes": "x"}, "there is no notes; there are to, note, answer, department, ground"),
        ({"to": "accepted", "note": 5}, "note must be text"),
        ({"to": "accepted", "note": "长" * (LONGEST_TEXT + 1)}, f"note must have at most {LONGEST_TEXT} characters"),
        ({"to": "accepted", "department": "nobody"}, "it has no 'nobody'"),
    ],
)
async def test_a_wrong_move_is_named(sync, number, body, told):
    answer = await sync.post(f"/cases/{number}/moves", body)

    assert answer.status == 422
    assert told in answer.detail


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"[]",
        b'"accepted"',
        b"null",
        b"\xff\xfe",
        b'{"to":"\xe4\xb8"}',
        b'{"to":"\\ud800"}',
        b"[" * 100_000,
        b"NaN",
    ],
    ids=["empty", "half", "list", "text", "null", "bytes", "cut", "surrogate", "deep", "NaN"],
)
async def test_a_body_that_is_no_json_object_is_malformed(sync, number, body):
    answer = await sync.send(
        "POST", f"/cases/{number}/moves", data=body, headers={"Content-Type": "application/json; charset=utf-8"}
    )

    assert answer.status == 400
    assert "body" in answer.detail


@pytest.mark.parametrize(
    "kind", ["text/plain", "application/x-www-form-urlencoded", "application/json; charset=gbk", ""]
)
async def test_another_media_type_is_refused(sync, number, kind):
    answer = await sync.send(
        "POST", f"/cases/{number}/moves", data=b'{"to":"accepted"}', headers={"Content-Type": kind}
    )

    assert answer.status == 415
    assert "application/json" in answer.detail


@pytest.mark.parametrize("chunked", [False, True], ids=["told", "chunked"])
async def test_a_body_that_is_too_large_is_refused(sync, number, chunked):
    whole = json.dumps({"to": "accepted", "note": "x" * 300_000}).encode()

    async def pieces():
        for start in range(0, len(whole), 50_000):
            yield whole[start : start + 50_000]

    data = pieces() if chunked else whole
    answer = await sync.send("POST", f"/cases/{number}/moves", data=data, headers={"Content-Type": "application/json"})

    assert answer.status == 413
    assert "262144 bytes" in answer.detail


async def test_control_characters_in_a_text_become_blanks(sync, number):
    answer = await sync.post(f"/cases/{number}/messages", {"text": "您好\u0000请\x07稍等"})

    assert answer.json["events"][-1]["detail"] == {"text": "您好 请 稍等"}


async def test_a_word_to_the_citizen_is_queued_and_stands_in_the_history(sync, city, number):
    answer = await sync.post(f"/cases/{number}/messages", {"text": "今天下午到现场"})

    assert answer.status == 200
    assert answer.json["events"][-1] | {"at": ""} == {
        "at": "", "by": "sync", "what": "said", "detail": {"text": "今天下午到现场"},
    }  # fmt: skip
    assert city.owed(number)[-1] == ("message", notices.spoken(number, "今天下午到现场", "zh"))


@pytest.mark.parametrize("text", ["", " \n\t"])
async def test_an_empty_word_is_refused(sync, number, text):
    answer = await sync.post(f"/cases/{number}/messages", {"text": text})

    assert answer.status == 422
    assert "text is empty" in answer.detail


async def test_an_act_is_done_once_and_stands_under_the_event(sync, number):
    body = {"act": "link", "given": {"case": number, "as": "related"}}

    itself = await sync.post(f"/cases/{number}/acts", body)
    unknown = await sync.post(f"/cases/{number}/acts", {"act": "fly"})
    moon = await sync.post(f"/cases/{number}/acts", {"act": "cohosts", "given": {"departments": ["moon"]}})
    noted = {"act": "transfer_note", "given": {"to": "王工", "text": "等检测报告"}}
    first, again = [await sync.post(f"/cases/{number}/acts", noted) for _ in range(2)]

    assert [answer.status for answer in (itself, unknown, moon, first, again)] == [422, 422, 422, 200, 200]
    assert "there is no act 'fly'" in unknown.detail
    assert "it has no 'moon'" in moon.detail
    assert first.json["events"][-1]["detail"] == {"act": "transfer_note", "to": "王工", "text": "等检测报告"}
    assert len(again.json["events"]) == len(first.json["events"])


async def test_an_act_that_cannot_be_done_now_is_a_conflict_and_one_of_others_is_forbidden(site, client, number):
    handler = program(site, client, scope="write", role="handler")

    conflict = await handler.post(f"/cases/{number}/acts", {"act": "interview", "given": {}})
    forbidden = await handler.post(f"/cases/{number}/acts", {"act": "supervise", "given": {"reason": "超期"}})

    assert (conflict.status, forbidden.status) == (409, 403)


@pytest.mark.parametrize("reason", [{"words": 1}, True, 1.5, [1], "长" * 10_001])
async def test_what_no_field_of_an_act_can_be_is_told_in_one_sentence(sync, number, reason):
    answer = await sync.post(f"/cases/{number}/acts", {"act": "supervise", "given": {"reason": reason}})

    assert answer.status == 422
    words = "given.reason: must be text of at most 10000 characters, a whole number or a list of texts"
    assert answer.json["detail"] == words
