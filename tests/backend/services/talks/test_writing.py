"""Writing to a citizen from their case: told, asked, in the chat itself, and seen beforehand as it would be read."""

from __future__ import annotations

import pytest

from backend.domain.case import Actor
from backend.domain.refusals import BadField, WrongMove
from backend.services.office.desk import OnlyLooks
from backend.services.talks import takeover, writing
from backend.services.talks.takeover import NotHere
from tests.backend.services.city import OFFICER, City

AUDITOR = Actor("审计", frozenset({"auditor"}))
OTHER = Actor("李科长", frozenset({"handler"}))


@pytest.fixture
def city(store):
    return City(store)


@pytest.fixture
def citizen(city):
    return city.citizen()


@pytest.fixture
def number(citizen):
    return citizen.files_a_case()


def say(city, number, text, *, asks=False, by=OFFICER):
    at = city.later(minutes=1)
    return city.unit(writing.say, city.institutions, number, text, asks=asks, seen=0, by=by, at=at)


def begin(city, number, by=OFFICER):
    return city.unit(takeover.begin, city.institutions, number, by=by, at=city.later(minutes=1))


def would_read(city, number, mode="say", by=OFFICER, **given):
    return city.store.read_now(writing.would_read, city.institutions, number, mode, given, by=by, at=city.now)


def test_a_question_says_that_it_wants_an_answer_which_lands_in_the_case(city, citizen, number):
    say(city, number, "是哪一家店？", asks=True)

    assert "办理人员想问您：\n是哪一家店？\n直接在这里回复就行。" in city.owed(number)[-1][1]
    citizen.says("是楼下的老王烧烤")
    citizen.says(choice="sort.same")
    assert ("citizen", "said") in city.history(number)


@pytest.mark.parametrize("text", ["我们【时间】到现场", "查到的情况：……", "到【】看过"])
def test_a_blank_that_was_left_stops_the_words(city, number, text):
    owed = city.owed(number)
    with pytest.raises(BadField) as error:
        say(city, number, text)

    assert "还没有填" in error.value.zh
    assert city.owed(number) == owed


def test_the_chat_of_a_case_is_taken_over_and_the_bot_is_silent_until_it_is_back(city, citizen, number):
    begin(city, number)

    assert citizen.says("你们查了吗") == []
    say(city, number, "查了，店家已停用音响")
    assert city.owed(number)[-1][1] == "工作人员：查了，店家已停用音响"

    city.unit(writing.give_back, city.institutions, number, by=OFFICER, at=city.later(minutes=1))
    assert citizen.says("谢谢") != []
    told = [event.detail.get("talk") for event in city.store.read_now(lambda work: work.cases.history(number))]
    assert [one for one in told if one] == ["taken", "back"]


def test_two_handlers_cannot_have_the_same_chat(city, number):
    begin(city, number)
    with pytest.raises(NotHere):
        begin(city, number, by=OTHER)


def test_taking_it_twice_is_taking_it_once(city, number):
    assert begin(city, number) == begin(city, number)
    assert [what for _, what in city.history(number)].count("noted") == 1


def test_a_forgotten_chat_goes_back_by_itself_and_its_handler_is_told(city, citizen, number):
    key = begin(city, number)
    city.later(minutes=31)
    for due in city.store.read_now(takeover.due, at=city.now):
        city.unit(takeover.turn, city.institutions, due, at=city.now)

    assert citizen.says("有人吗") != []
    alerts = city.store.read_now(lambda work: work.alerts.of(number))
    assert [(one.kind, one.user) for one in alerts if one.kind == "chat_back"] == [("chat_back", OFFICER.name)]
    assert city.store.read_now(lambda work: work.handovers.get(key)).state == "ended"


def test_who_only_audits_neither_writes_nor_takes_nor_previews(city, number):
    for done in (
        lambda: say(city, number, "您好", by=AUDITOR),
        lambda: begin(city, number, by=AUDITOR),
        lambda: would_read(city, number, by=AUDITOR, note="您好"),
    ):
        with pytest.raises(OnlyLooks):
            done()


@pytest.mark.parametrize(("mode", "asks"), [("say", False), ("ask", True)])
def test_what_is_previewed_is_what_is_sent(city, number, mode, asks):
    letter = would_read(city, number, mode, note="今天下午到现场")
    say(city, number, "今天下午到现场", asks=asks)

    assert letter.text == city.owed(number)[-1][1]


def test_a_question_for_more_is_previewed_as_it_is_sent_and_nothing_is_kept(city, number):
    given = {"note": "请说明是哪一家店", "until": "2026-11-27", "lacks": "when"}
    letter = would_read(city, number, "supplement", **given)

    assert city.case(number).status == "received"
    city.move(number, "supplementing", **given)
    assert letter.text == city.owed(number)[-1][1]


def test_what_could_not_be_sent_is_refused_in_the_preview_too(city, number):
    city.answer(number)

    with pytest.raises(WrongMove):
        would_read(city, number, "supplement", note="请补充")
