"""Citizens who tell what others have told: shown what may be shown, joined on their word, told and asked like them."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

import pytest

from backend.services.cases import likeness, reporters
from backend.services.office import desk, listing
from tests.backend.services.city import OFFICER, City

if TYPE_CHECKING:
    from backend.store.engine import Store
    from tests.backend.services.city import Citizen

FIRST = "昨晚十一点多幸福里3栋2单元楼下烧烤店又在放音响，吵得我女儿睡不着，我是李芳，13800138000"
SECOND = "幸福里楼下那家烧烤店每天半夜放音响，太吵了睡不着"
SECRETS = ("李芳", "13800138000", "8000", "3栋", "2单元", "女儿", "十一点")


@pytest.fixture
def city(store: Store) -> City:
    return City(store)


def offered(citizen: Citizen, story: str = SECOND) -> str:
    """What is said to the consent of somebody who tells that."""
    citizen.says(story)
    return citizen.says("同意")[0]


def joins(citizen: Citizen, story: str = SECOND) -> str:
    """Tell it and join; what is said last."""
    offered(citizen, story)
    citizen.says("是同一件")
    return citizen.says("加入这件")[0]


def told(city: City, number: str, what: str) -> list[Any]:
    """The events of that kind, oldest first."""
    return [event for event in city.store.read_now(lambda work: work.cases.history(number)) if event.what == what]


def roles(city: City, number: str) -> list[str]:
    """What those who follow the case are to it."""
    found: list[str] = city.store.read_now(
        lambda work: sorted(work.cases.roles(one.id)[number] for one in work.cases.people_of(number))
    )
    return found


def test_the_same_is_offered_without_a_word_of_who_told_it_first(city):
    city.citizen("li").files_a_case(FIRST)
    neighbour = city.citizen("wang")
    said = offered(neighbour) + neighbour.says("看看")[0]

    assert "附近已有1人反映了类似的事：幸福里，烧烤店" in said
    assert not [secret for secret in SECRETS if secret in said]


def test_what_goes_to_the_chat_holds_only_what_may_be_shown(city):
    number = city.citizen("li").files_a_case(FIRST)
    hotline = city.institutions["hotline"]
    shown = city.store.read_now(lambda work: likeness.shown(work, hotline, work.cases.get(number)))

    assert not [secret for secret in SECRETS if secret in str(asdict(shown) | {"number": "", "since": ""})]


def test_who_joins_is_bound_told_and_kept_apart(city):
    number = city.citizen("li").files_a_case(FIRST)
    neighbour = city.citizen("wang")
    said = joins(neighbour)

    assert f"已加入 {number}，现在共有2人反映" in said
    assert roles(city, number) == ["citizen", "joint"]
    assert told(city, number, "joined")[0].private["text"] == SECOND
    assert city.case(number).facts["who"]["name"] == "李芳"
    assert SECOND in neighbour.says("进度")[0].replace("…", "")
    city.move(number, "accepted")
    assert [kind for kind, _ in city.owed(number)].count("status") == 2
    assert "".join(text for _, text in city.owed(number)).count("李芳") == 0


def test_nobody_is_asked_twice_and_what_is_told_instead_goes_on(city):
    city.citizen("li").files_a_case(FIRST)
    for name, answer in (("wang", "不是"), ("zhao", "希望晚上10点后不放音响"), ("chen", "单独登记")):
        neighbour = city.citizen(name)
        offered(neighbour)
        said = neighbour.says(answer)[0]
        assert "类似的事" not in said
        while "submit" not in neighbour.choices:
            said = neighbour.says_next("13800138000")[0]
            assert "类似的事" not in said
        assert "已登记" in neighbour.says("提交")[0]


def test_ones_own_case_is_never_offered_as_somebody_elses(city):
    citizen = city.citizen("li")
    number = citizen.files_a_case(FIRST)
    citizen.says(SECOND)
    assert "类似的事" not in citizen.says("新的事")[0]

    elsewhere = city.citizen("li-other")
    elsewhere.says("幸福里楼下那家烧烤店每天半夜放音响，太吵了，我的电话13800138000")
    assert "类似的事" not in elsewhere.says("同意")[0]
    assert roles(city, number) == ["citizen"]


@pytest.mark.parametrize(
    "story",
    [
        "幸福里的电梯坏了三天没人修",
        "翠竹苑楼下烧烤店每天半夜放音响，太吵了睡不着",
        "我要举报幸福里楼下烧烤店放音响，给我保密",
    ],
)
def test_other_matters_other_places_and_reports_are_offered_nothing(city, story):
    city.citizen("li").files_a_case(FIRST)

    assert "类似的事" not in offered(city.citizen("wang"), story)


def test_what_is_closed_long_ago_or_told_in_confidence_is_not_offered(city):
    number = city.citizen("li").files_a_case(FIRST)
    city.later(days=31)
    assert "类似的事" not in offered(city.citizen("wang"))

    number = city.citizen("zhao").files_a_case(FIRST.replace("李芳", "赵红").replace("13800138000", "19900001234"))
    city.answer(number)
    assert "类似的事" not in offered(city.citizen("chen"))


def test_an_institution_may_switch_it_off(city):
    joining = city.institutions["hotline"].joining.model_copy(update={"offered": False})
    hotline = city.institutions["hotline"].model_copy(update={"joining": joining})
    city.institutions = dict(city.institutions) | {"hotline": hotline}
    city.citizen("li").files_a_case(FIRST)

    assert "类似的事" not in offered(city.citizen("wang"))


def test_a_case_that_was_closed_meanwhile_is_not_joined(city):
    number = city.citizen("li").files_a_case(FIRST)
    neighbour = city.citizen("wang")
    offered(neighbour)
    neighbour.says("看看")
    city.answer(number)

    assert "接着登记您的" in neighbour.says("加入这件")[0]
    assert roles(city, number) == ["citizen"]


def test_a_resent_yes_joins_once(city):
    number = city.citizen("li").files_a_case(FIRST)
    neighbour = city.citizen("wang")
    offered(neighbour)
    neighbour.says("看看")
    first = neighbour.says("加入这件", message_id="again")

    assert neighbour.says("加入这件", message_id="again") == first
    assert len(told(city, number, "joined")) == 1


def test_who_joined_may_leave_and_the_case_goes_on(city):
    number = city.citizen("li").files_a_case(FIRST)
    neighbour = city.citizen("wang")
    joins(neighbour)
    neighbour.says("退出")
    neighbour.says("退出")

    assert (roles(city, number), city.case(number).status) == (["citizen"], "received")
    (one,) = reporters.joint(city.store.read_now(lambda work: work.cases.history(number)))
    assert (one.voice, one.left) == (2, True)
    assert "还没有您登记过" in neighbour.says("进度")[0]


def test_who_filed_it_leaves_while_others_are_in_it_and_takes_back_what_is_theirs_alone(city):
    citizen, neighbour = city.citizen("li"), city.citizen("wang")
    number = citizen.files_a_case(FIRST)
    joins(neighbour)
    citizen.says("撤回")
    citizen.says("退出")

    assert (roles(city, number), city.case(number).status) == (["joint"], "received")

    alone = city.citizen("zhao")
    own = alone.files_a_case("望江花园从昨天晚上开始停水，到现在没来")
    alone.says("撤回")
    alone.says("撤回")
    assert city.case(own).status == "withdrawn"


def test_each_is_asked_once_for_each_answer_and_only_the_first_answer_counts(city):
    citizen, neighbour = city.citizen("li"), city.citizen("wang")
    number = citizen.files_a_case(FIRST)
    joins(neighbour)
    city.answer(number)

    assert [kind for kind, _ in city.owed(number)].count("survey") == 2
    for answer in ("联系过", "解决了", "很满意"):
        neighbour.says(answer)
    assert city.case(number).status == "visiting_back"
    for answer in ("联系过", "解决了", "很满意"):
        citizen.says(answer)
    assert city.case(number).status == "closed"
    survey = city.store.read_now(lambda work: work.surveys.get(number, 1))
    assert (survey.solved, survey.satisfied) == ("yes", 5)
    assert [event.detail.get("voice") for event in told(city, number, "rated")] == [2, 2, None, None]


def test_not_solved_for_who_joined_reopens_it_even_closed(city):
    citizen, neighbour = city.citizen("li"), city.citizen("wang")
    number = citizen.files_a_case(FIRST)
    joins(neighbour)
    city.answer(number)
    for answer in ("联系过", "解决了", "很满意"):
        citizen.says(answer)
    neighbour.says("没有联系")
    said = neighbour.says("没解决")[0]

    assert "重新办理" in said
    assert city.case(number).status == "reopened"
    assert city.store.read_now(lambda work: work.surveys.get(number, 1)).solved == "yes"


def test_who_filed_it_and_rates_by_themselves_lets_the_others_be_asked_too(city):
    citizen, neighbour = city.citizen("li"), city.citizen("wang")
    patient = city.institutions["hotline"].survey.model_copy(update={"after": "5d"})
    hotline = city.institutions["hotline"].model_copy(update={"survey": patient})
    city.institutions = dict(city.institutions) | {"hotline": hotline}
    number = citizen.files_a_case(FIRST)
    joins(neighbour)
    city.answer(number)
    citizen.says("可以了")

    assert [kind for kind, _ in city.owed(number)].count("survey") == 1


def test_the_desk_lists_who_joined(city):
    number = city.citizen("li").files_a_case(FIRST)
    joins(city.citizen("wang"), SECOND + "，我叫王红，19900001234")
    whole = city.store.read_now(lambda work: desk.whole(work, city.institutions, number, by=OFFICER))

    (one,) = reporters.joint(whole.history)
    assert (one.voice, one.facts["who"], one.facts["contact"]) == (2, "王红", "+8619900001234")


def test_what_was_erased_leaves_a_voice_without_words(city):
    number = city.citizen("li").files_a_case(FIRST)
    joins(city.citizen("wang"))
    seq = told(city, number, "joined")[0].seq
    city.unit(lambda work: work.cases.erase(number, seq=seq))

    (one,) = reporters.joint(city.store.read_now(lambda work: work.cases.history(number)))
    assert (one.voice, one.person, one.facts) == (2, None, {})


def test_the_desk_counts_whose_matter_it_is(city):
    number = city.citizen("li").files_a_case(FIRST)
    joins(city.citizen("wang"))
    asked = listing.Asked("new")
    found = city.store.read_now(listing.listing, {"web": "hotline"}, city.institutions, asked, by=OFFICER, at=city.now)

    assert found.people == {number: 2}


def test_another_device_of_who_joined_proves_itself_with_their_phone_and_takes_nothing_back(city):
    number = city.citizen("li").files_a_case(FIRST)
    neighbour, device = city.citizen("wang"), city.citizen("wang-other")
    neighbour.says("我叫王红，电话19900001234")
    joins(neighbour)
    device.says(number)
    device.says("19900001234")

    assert roles(city, number) == ["citizen", "joint", "joint_device"]
    device.says("撤回")
    device.says("退出")
    assert (roles(city, number), city.case(number).status) == (["citizen", "joint"], "received")


def test_the_code_of_who_joined_and_wants_no_more_of_it_opens_their_own_words_and_takes_nothing_back(city):
    number = city.citizen("li").files_a_case(FIRST)
    neighbour, device = city.citizen("wang"), city.citizen("wang-other")
    joins(neighbour)
    neighbour.says("忘记我")
    code = neighbour.says(choice="forget.all")[0].split("查询代码 ")[1][:9]
    device.says(number)
    said = device.says(code)[0]

    assert not [secret for secret in SECRETS if secret in said.replace(number, "")]
    device.says("撤回")
    device.says("退出")
    assert (roles(city, number), city.case(number).status) == (["citizen"], "received")


def test_another_device_of_who_filed_it_alone_takes_it_back_for_good(city):
    number = city.citizen("li").files_a_case(FIRST)
    device = city.citizen("li-other")
    device.says(number)
    device.says("13800138000")
    device.says("撤回")
    said = device.says("是")[0]

    assert ("已撤回" in said, city.case(number).status) == (True, "withdrawn")


def test_a_case_in_which_somebody_joined_is_not_taken_back_by_who_filed_it_and_was_forgotten(city):
    filer, device = city.citizen("li"), city.citizen("li-other")
    number = filer.files_a_case(FIRST)
    joins(city.citizen("wang"))
    filer.says("忘记我")
    filer.says(choice="forget.all")
    device.says(number)
    device.says("13800138000")
    said = device.says("撤回")[0]
    device.says("是")

    assert "确定退出" in said
    assert (roles(city, number), city.case(number).status) == (["joint"], "received")
