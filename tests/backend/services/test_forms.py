"""What a platform that lets us fill in a form only is told of each kind of notice."""

from __future__ import annotations

from datetime import timedelta

import pytest

from backend.services.cases import casework, visitback
from backend.services.talks import drafts, takeover
from bots.wechat_api.forms import Form
from tests.backend.services.city import OFFICER, City

FORM = Form("T1", {"case": "character_string1", "state": "phrase2", "at": "time3", "note": "thing4"})


@pytest.fixture
def city(store):
    return City(store)


@pytest.fixture
def number(city):
    return city.citizen().files_a_case()


def newest(city, kind):
    """The newest row of that kind."""
    rows = city.store.read_now(lambda work: work.outbox.not_arrived(limit=99))
    return [row for row in rows if row.kind == kind][-1]


def filled(row):
    return {key: value["value"] for key, value in FORM.filled(row.fields).items()}


def test_a_handlers_words_are_what_the_form_says(city, number):
    city.unit(casework.say, city.institutions, number, " 请补充门牌号 ", by=OFFICER, at=city.now)

    assert filled(newest(city, "message")) == {
        "character_string1": number,
        "phrase2": "等候处理",
        "time3": "2026年11月21日 9:13",
        "thing4": "请补充门牌号",
    }


def test_a_visit_back_asks_for_an_answer(city, number):
    city.answer(number)
    city.later(days=9)
    city.unit(visitback.send_due, city.institutions, at=city.now)

    told = filled(newest(city, "survey"))
    assert (told["character_string1"], told["phrase2"], told["thing4"]) == (number, "等您评价", "请回复评价办理结果")


def test_a_draft_that_was_left_has_no_number_and_is_not_submitted(city):
    citizen = city.citizen()
    for text in ("楼下烧烤店放音响，吵得睡不着", "同意"):
        citizen.says(text)
    city.later(hours=3)
    for key in city.store.read_now(drafts.waiting, at=city.now):
        city.unit(drafts.turn, city.institutions, {"web": timedelta(hours=48)}, key, at=city.now)

    told = filled(newest(city, "nudge"))
    assert (told["character_string1"], told["phrase2"], told["time3"]) == ("-", "待您提交", "2026年11月21日 12:12")


def test_words_in_a_chat_that_is_no_case_yet_fill_a_form_too(city):
    city.later(days=2)  # a Monday: somebody is on duty
    citizen = city.citizen()
    for text in ("楼下烧烤店放音响，吵得睡不着", "同意", "转人工"):
        citizen.says(text)
    (row,) = [talk.row for talk in city.unit(takeover.listed, by=OFFICER)]
    city.unit(takeover.take, city.institutions, row.id, by=OFFICER, at=city.now)
    city.unit(takeover.say, city.institutions, row.id, "您好，请讲", by=OFFICER, at=city.now)

    assert filled(newest(city, "message"))["thing4"] == "您好，请讲"
