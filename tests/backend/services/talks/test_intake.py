"""One message, one transaction; the same message twice, one effect."""

from __future__ import annotations

from dataclasses import replace

import pytest

from backend.services.talks import carrying, intake
from backend.services.talks.intake import StoredFile
from dialogs.effects import Add, Rate, Reopen, Withdraw
from dialogs.messages import Inbound, Peer
from tests.backend.services.city import STORY, City

PHOTO = StoredFile("photo", "image/png", "楼下.png", "ab" * 32, 1200)


@pytest.fixture
def city(store):
    return City(store)


def test_a_conversation_becomes_a_case_with_all_that_was_told(city):
    citizen = city.citizen()
    citizen.says(STORY, files=(PHOTO,))
    number = citizen.files_a_case()

    case = city.case(number)
    assert case.status == "received"
    assert case.facts["where"]["text"] == "幸福里3栋楼下"
    assert case.facts["who"] == {"name": "李芳", "contact": "+8613800138000", "anonymous": False, "confidential": False}
    assert case.due["answer"] > case.filed_at
    assert [what for _, what in city.history(number)] == ["filed", "evidence"]


def test_the_same_message_twice_gets_the_same_answer_and_files_one_case(city):
    citizen = city.citizen()
    for text in (STORY, "同意"):
        citizen.says(text)
    while "submit" not in citizen.choices:
        citizen.says_next("13800138000")

    first = citizen.says("提交", message_id="once")
    again = citizen.says("提交", message_id="once")

    assert first == again
    cases, _ = city.store.read_now(lambda work: work.cases.page(limit=10))
    assert len(cases) == 1


def test_two_citizens_get_different_numbers_on_the_same_day(city):
    numbers = {city.citizen(name).files_a_case() for name in ("li", "wang", "zhao")}

    assert len(numbers) == 3


def test_a_message_that_breaks_us_is_kept_and_answered(city):
    message = Inbound(Peer("web", "li"), "m1", STORY)
    prepared = intake.prepare(message, city.institutions["hotline"], at=city.now)

    said = city.unit(intake.keep, prepared, "ValueError", at=city.now)
    again = city.unit(intake.keep, prepared, "ValueError", at=city.now)

    assert "已经收到并保存" in said[0].text
    assert said == again
    failed = city.store.read_now(lambda work: work.journal.failed())
    assert [row.message["text"] for row in failed] == [STORY]


@pytest.mark.parametrize("text", ["\x00\x07hi", "\ud800 broken", "a\r\nb", "x" * 100_000])
def test_any_text_can_be_stored(city, text):
    citizen = city.citizen()

    assert citizen.says(text)


def test_a_case_number_is_read_however_it_is_typed(city):
    citizen = city.citizen()
    number = citizen.files_a_case()

    typed = number.replace("-", "").lower()
    said = citizen.says(f"编号{typed}")

    assert number in said[0]
    assert "等候处理" in said[0]


def test_a_mistyped_number_is_said_to_be_wrong(city):
    citizen = city.citizen()
    number = citizen.files_a_case()
    wrong = number[:-1] + str((int(number[-1]) + 1) % 10)

    assert "打错" in citizen.says(wrong)[0]


def test_a_number_alone_opens_nothing_and_the_phone_on_file_opens_it(city):
    number = city.citizen("li").files_a_case()
    device = city.citizen("tablet")

    device.says(number)
    refused = device.says("19900000001")
    device.says(number)
    shown = device.says("13800138000")

    assert "对不上" in refused[0]
    assert number in "".join(shown)
    assert {p.address for p in city.store.read_now(lambda work: work.cases.people_of(number))} == {"li", "tablet"}


def test_wrong_tries_are_limited(city):
    number = city.citizen("li").files_a_case()
    device = city.citizen("tablet")
    for _ in range(5):
        device.says(number)
        device.says("19900000001")

    device.says(number)
    locked = device.says("13800138000")

    assert "试错次数太多" in locked[0]


def test_a_photo_after_filing_is_added_to_the_case(city):
    citizen = city.citizen()
    number = citizen.files_a_case()

    said = citizen.says(files=(PHOTO,))

    assert number in said[0]
    assert ("citizen", "evidence") in city.history(number)
    assert len(city.store.read_now(lambda work: work.evidence.of_case(number))) == 1


def test_a_case_is_withdrawn_by_its_citizen(city):
    citizen = city.citizen()
    number = citizen.files_a_case()
    citizen.says("进度")
    citizen.says("撤回这件")
    said = citizen.says("撤回")

    assert "已撤回" in said[0]
    assert city.case(number).status == "withdrawn"


def test_a_code_on_a_wall_fills_in_the_place(city):
    message = Inbound(Peer("web", "li"), "m1", "昨晚电梯坏了，困了我半小时才出来", place="code")
    hotline = city.institutions["hotline"]
    prepared = intake.prepare(message, hotline, at=city.now, place={"where": "幸福里3栋电梯厅"})

    said = city.unit(intake.receive, city.institutions, prepared, at=city.now)

    assert "幸福里3栋" in said[0].text


@pytest.mark.parametrize("choice", ["withdraw:{number}", "case:{number}", "visit:{number}:solved:no"])
def test_a_stranger_cannot_touch_a_case_by_its_number(city, choice):
    number = city.citizen("li").files_a_case()
    before = city.history(number)
    stranger = city.citizen("stranger")

    stranger.says("你好")
    stranger.says(choice=choice.format(number=number))
    stranger.says(choice="withdraw.yes")
    stranger.says("撤回")

    assert city.case(number).status == "received"
    assert city.history(number) == before


@pytest.mark.parametrize(
    "effect", [Withdraw("{}"), Add("{}", "x"), Reopen("{}", "x"), Rate("{}", contacted=True, solved="no", satisfied=1)]
)
def test_no_effect_touches_a_case_of_somebody_else(city, effect):
    number = city.citizen("li").files_a_case()
    before = city.history(number)

    def carry_out(work):
        person = work.people.find_or_add("web", "stranger", language="zh", at=city.now)
        wanted = replace(effect, number=number)
        carrying.carry_out(work, city.institutions, city.institutions["hotline"], person, wanted, at=city.now)

    with pytest.raises(carrying.NotBound):
        city.unit(carry_out)
    assert city.history(number) == before


@pytest.mark.parametrize(
    "choice", ["visit:x", "visit:a:b:c:d", "withdraw:nope", "case:<b>", "category:none", "change:"]
)
def test_a_choice_nobody_offered_is_answered_kindly(city, choice):
    citizen = city.citizen()
    citizen.files_a_case()

    assert "之前的" in citizen.says(choice=choice)[0]
    assert city.store.read_now(lambda work: work.journal.failed()) == []


def test_one_number_cannot_be_guessed_at_from_many_phones(city):
    number = city.citizen("li").files_a_case()
    for n in range(10):
        device = city.citizen(f"tablet{n}")
        device.says(number)
        device.says(f"1990000000{n}")

    last = city.citizen("last")
    last.says(number)

    assert "试错次数太多" in last.says("13800138000")[0]


def test_what_is_no_phone_is_not_noted_as_one(city):
    message = Inbound(Peer("web", "li"), "m1", "", contact="<b>")

    assert intake.prepare(message, city.institutions["hotline"], at=city.now).message.contact == ""
