"""Citizens press for a case, take it back with a reason, accept or reject its answer, ask for a review."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from backend.services.cases import casework, visitback
from tests.backend.services.city import OFFICER, City

if TYPE_CHECKING:
    from backend.store.engine import Store

ANSWER = "已现场查处。"


@pytest.fixture
def city(store: Store) -> City:
    return City(store)


def told(city: City, number: str, what: str) -> list[Any]:
    """The events of that kind, oldest first."""
    return [event for event in city.store.read_now(lambda work: work.cases.history(number)) if event.what == what]


def test_a_case_is_pressed_for_once_a_day(city):
    citizen = city.citizen()
    number = citizen.files_a_case()
    citizen.says("催一下")
    said = citizen.says("怎么还没处理")

    assert "今天已经催过了" in said[0]
    assert [event.detail for event in told(city, number, "said")] == [{"urged": 1}]
    city.later(days=1)
    assert "已替您催办" in citizen.says("催一下")[0]
    assert told(city, number, "said")[-1].detail == {"urged": 2}
    assert city.case(number).urged == 2


def test_what_was_pressed_for_before_an_answer_presses_no_more_after_it(city):
    citizen = city.citizen()
    number = citizen.files_a_case()
    citizen.says("催一下")
    city.answer(number)

    assert (city.case(number).urged, city.case(number).decided_at) == (0, city.now)


def test_a_stranger_presses_for_nothing(city):
    number = city.citizen("li").files_a_case()
    before = city.history(number)
    city.citizen("stranger").says(choice=f"urge:{number}")

    assert city.history(number) == before


def test_the_reason_of_a_withdrawal_stands_on_the_case(city):
    citizen = city.citizen()
    number = citizen.files_a_case()
    for text in ("不用处理了", "撤回", "店家关小声了"):
        citizen.says(text)

    assert city.case(number).status == "withdrawn"
    assert (told(city, number, "said")[-1].detail, told(city, number, "said")[-1].private) == (
        {"about": "withdrawn"},
        {"text": "店家关小声了"},
    )


def test_a_rejected_answer_is_worked_on_again_with_its_reason(city):
    citizen = city.citizen(institution="property")
    number = citizen.files_a_case("3栋电梯按了不动，从前天到现在一直这样")
    city.answer(number)
    citizen.says("不接受")
    said = citizen.says("师傅没有来过")

    assert "重新办理" in said[0]
    assert (city.case(number).status, city.case(number).round) == ("reopened", 2)
    assert told(city, number, "said")[-1].private == {"text": "师傅没有来过"}


def test_who_accepts_is_asked_the_visit_back_at_once_and_the_case_is_closed(city):
    citizen = city.citizen(institution="property")
    number = citizen.files_a_case("3栋电梯按了不动，从前天到现在一直这样")
    city.answer(number)
    assert city.case(number).status == "answered"

    assert "联系过您吗" in citizen.says("可以了")[0]
    for text in ("联系过", "解决了", "很满意"):
        citizen.says(text)
    assert city.case(number).status == "closed"


def test_content_in_the_middle_of_the_visit_back_closes_the_case(city):
    citizen = city.citizen()
    number = citizen.files_a_case()
    city.answer(number)
    citizen.says("我接受")
    citizen.says("满意")

    assert city.case(number).status == "closed"


def test_a_review_is_asked_for_and_promised(city):
    citizen = city.citizen()
    number = citizen.files_a_case()
    city.answer(number)
    citizen.says("我要申请复核")
    said = citizen.says("没有看我发的照片")

    assert "异议已经登记" in said[0]
    assert city.case(number).status == "appealed"


def test_the_desk_s_question_is_answered_into_its_case_and_the_clock_goes_on(city):
    citizen = city.citizen()
    first = citizen.files_a_case()
    city.move(first, "supplementing", note="请告诉我们门牌号")

    said = citizen.says("12号门面，红色招牌那家")

    assert first in said[0]
    assert city.case(first).status == "received"
    assert told(city, first, "said")[-1].private == {"text": "12号门面，红色招牌那家"}


@pytest.mark.parametrize("text", ["没有", "没有了", "不知道"])
def test_nothing_to_add_is_an_answer_too(city, text):
    citizen = city.citizen()
    number = citizen.files_a_case()
    city.move(number, "supplementing", note="请发一张照片")
    citizen.says(text)

    assert city.case(number).status == "received"
    assert told(city, number, "said")[-1].private == {"text": text}


def test_a_word_from_the_desk_is_answered_into_its_case(city):
    citizen = city.citizen()
    number = citizen.files_a_case()
    city.unit(casework.say, city.institutions, number, "请问几楼？", by=OFFICER, at=city.now)
    citizen.says("2楼")

    assert told(city, number, "said")[-1].private == {"text": "2楼"}


def last(city: City, number: str) -> tuple[str, list[str]]:
    """The last notice about the case: its words and what its buttons do."""
    row = city.store.read_now(lambda work: work.outbox.of_case(number))[-1]
    return row.text, [choice["id"].partition(":")[0] for choice in row.choices]


@pytest.mark.parametrize(
    ("moves", "offered"),
    [
        (("accepted",), ["urge", "more", "withdraw"]),
        (("supplementing",), ["more", "withdraw"]),
        (("transferred",), []),
        (("refused",), ["appeal"]),
    ],
)
def test_a_notice_offers_what_can_be_done_with_the_case_now(city, moves, offered):
    number = city.citizen().files_a_case()
    for to in moves:
        city.move(number, to, note="请看", ground="不归我们管")

    assert last(city, number)[1] == offered


def test_an_answer_offers_to_accept_or_object_and_says_until_when(city):
    number = city.citizen(institution="property").files_a_case("3栋电梯总是按了不动，前天到现在")
    city.answer(number)

    text, offered = last(city, number)
    assert "12月21日" in text
    assert offered == ["accept", "reject", "appeal", "rate"]


def test_a_review_is_asked_for_in_time_or_not_at_all(city):
    citizen = city.citizen()
    number = citizen.files_a_case()
    city.move(number, "refused", ground="不归我们管")
    city.later(days=30, minutes=1)
    before = city.history(number)

    assert "已经过了时间" in citizen.says(choice=f"appeal:{number}")[0]
    assert city.history(number) == before


def test_why_a_case_was_refused_is_told_from_its_history(city):
    citizen = city.citizen()
    number = citizen.files_a_case()
    city.move(number, "refused", ground="那是物业的事", note="请找幸福里物业")

    said = citizen.says("凭什么不受理")[0]

    assert "那是物业的事。" in said
    assert "请找幸福里物业。" in said


def test_who_follows_a_case_from_another_phone_does_not_rate_it(city):
    number = city.citizen("li").files_a_case()
    other = city.citizen("other")
    other.says(number)
    other.says("13800138000")
    city.answer(number)

    assert "由登记的人来评价" in other.says(choice=f"visit:{number}:contacted:yes")[0]
    assert "由登记的人来评价" in other.says(choice=f"rate:{number}")[0]
    assert other.says(choice=f"accept:{number}")[0].startswith("好的，谢谢您告诉我们")


def test_after_silence_closed_the_case_it_is_no_longer_rated_but_can_be_reopened(city):
    citizen = city.citizen()
    number = citizen.files_a_case()
    city.answer(number)
    city.later(days=8)
    city.unit(visitback.expire, city.institutions, at=city.now)

    assert "评价时间已经过了" in citizen.says(choice=f"rate:{number}")[0]
    citizen.says("没解决")
    citizen.says("还是响")
    assert city.case(number).status == "reopened"
    assert "正在重新办理" in citizen.says(choice=f"rate:{number}")[0]


@pytest.mark.parametrize("verb", ["urge", "withdraw", "accept", "reject", "appeal", "rate", "more"])
@pytest.mark.parametrize("stands", ["received", "refused", "transferred", "answered", "withdrawn", "reopened"])
def test_a_button_of_an_old_notice_is_answered_and_never_breaks(city, verb, stands):
    citizen = city.citizen()
    number = citizen.files_a_case()
    match stands:
        case "refused" | "transferred" | "withdrawn":
            city.move(number, stands, note="请看", ground="不归我们管")
        case "answered" | "reopened":
            city.answer(number)
    if stands == "reopened":
        city.move(number, "reopened")

    assert "".join(citizen.says(choice=f"{verb}:{number}")).strip()
    assert city.case(number).status in {stands, "visiting_back"}


def test_all_that_can_be_pressed_for_is_pressed_for_at_once(city):
    citizen = city.citizen()
    first = citizen.files_a_case()
    citizen.says("人民路12号的路灯坏了一个星期，晚上太黑")
    citizen.says("新的事")
    while "submit" not in citizen.choices:
        citizen.says_next("13800138000")
    citizen.says("提交")
    said = citizen.says("催一下")
    assert said == ["要催哪一件？"]

    citizen.says("都催")

    numbers = [case.number for case in city.store.read_now(lambda work: work.cases.page(limit=9))[0]]
    assert first in numbers
    assert [city.case(number).urged for number in numbers] == [1, 1]
