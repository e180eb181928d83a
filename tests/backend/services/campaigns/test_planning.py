"""A manager makes a campaign: whom it could ask, what is left out and why, who is drawn, stopping and going on."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from backend.domain.campaign import Population, Schedule
from backend.domain.case import Actor
from backend.domain.questionnaire import Question, Questionnaire
from backend.services.campaigns import planning
from backend.services.campaigns.planning import BadCampaign
from backend.services.office.desk import OnlyLooks
from backend.store.campaigns import NoSuchCampaign
from tests.backend.services.campaigns.poll import ASKED, MANAGER, Poll
from tests.backend.services.city import City


@pytest.fixture
def city(store):
    """Three citizens have filed a case each."""
    city = City(store)
    for name in ("li", "wang", "zhao"):
        city.citizen(name).files_a_case()
    return city


def refused(city, what, *args, **kwargs):
    with pytest.raises(BadCampaign) as error:
        city.unit(what, *args, by=MANAGER, at=city.now, **kwargs)
    return error.value.key


def test_people_are_counted_before_anything_is_sent_with_who_is_left_out_and_why(city):
    wang = city.citizen("wang")
    wang.says("撤回同意", message_id="back")
    wang.says(choice=wang.choices[0], message_id="sure")
    city.citizen("zhao").says("不再问我", message_id="never")

    told = Poll(city).counts()

    assert (told.cases, told.may, told.now) == (3, 1, 1)
    assert dict(told.left_out) == {"no_consent": 1, "opted_out": 1}


def test_somebody_with_two_cases_is_asked_once(city):
    city.citizen("li").says("新的投诉：路灯坏了一个月了", message_id="two")
    poll = Poll(city)

    assert len(poll.sends().people) == 3


def test_nobody_is_asked_more_often_than_the_institution_allows(city):
    home = city.institutions["hotline"]
    survey = home.survey.model_copy(update={"most_asked": 1})
    city.institutions = {**city.institutions, "hotline": home.model_copy(update={"survey": survey})}
    first = Poll(city)
    first.sends()
    assert first.asks() == 3

    again = Poll(city).counts()

    assert (again.may, dict(again.left_out)) == (0, {"often": 3})


def test_a_campaign_with_nobody_in_it_is_refused(city):
    poll = Poll(city)
    day = city.now.date()
    about = Population(day, day, categories=("nothing",))
    city.unit(planning.narrow, poll.id, about, today=day, by=MANAGER, at=city.now)

    assert refused(city, planning.send, poll.home, poll.id) == "nobody"
    assert poll.state() == "draft"


def test_a_period_in_the_future_is_refused(city):
    poll, day = Poll(city), city.now.date()

    about = Population(day + timedelta(days=1), day + timedelta(days=2))
    assert refused(city, planning.narrow, poll.id, about, today=day) == "period.future"


def test_questions_that_run_in_a_circle_are_not_sent(city):
    poll = Poll(city)
    circle = replace(
        ASKED, questions=(replace(ASKED.questions[0], rules=(replace(ASKED.questions[0].rules[0], to="q1"),)),)
    )
    city.unit(planning.ask, poll.id, circle, by=MANAGER, at=city.now)

    assert refused(city, planning.send, poll.home, poll.id) == "circle"


def test_each_change_of_the_questions_is_a_version_of_its_own(city):
    poll = Poll(city)
    before = city.store.read_now(lambda work: work.campaigns.get(poll.id)).version
    city.unit(
        planning.ask, poll.id, Questionnaire("", "", (Question("q1", "text", "还好吗？"),)), by=MANAGER, at=city.now
    )
    city.unit(
        planning.ask, poll.id, Questionnaire("", "", (Question("q1", "text", "还好吗？"),)), by=MANAGER, at=city.now
    )

    row = city.store.read_now(lambda work: work.campaigns.get(poll.id))
    assert row.version == before + 1
    old = city.store.read_now(lambda work: work.campaigns.questions(poll.id, before))
    assert Questionnaire.from_json(old) == ASKED


def test_what_was_sent_is_not_changed_any_more(city):
    poll = Poll(city)
    poll.sends()

    assert refused(city, planning.ask, poll.id, ASKED) == "sent"
    assert refused(city, planning.send, poll.home, poll.id) == "sent"


def test_who_is_drawn_is_on_record_with_the_seed_and_a_fingerprint(city):
    poll = Poll(city, how="random", size=2)
    drawn = poll.sends()

    row = city.store.read_now(lambda work: work.campaigns.get(poll.id))
    assert (row.drawn["of"], row.drawn["size"], row.drawn["digest"]) == (3, 2, drawn.digest)
    deed = city.store.read_now(
        lambda work: work.deeds.last(MANAGER.name, "campaign_sent", f"{poll.id} 办理满意度", since=city.now)
    )
    assert deed.detail["digest"] == drawn.digest


def test_more_strata_than_people_are_refused(city):
    city.citizen("sun").files_a_case("小区门口的路灯坏了一个月了，晚上看不见路，昨天还摔了人")
    poll = Poll(city, how="strata", size=1)

    assert refused(city, planning.send, poll.home, poll.id) == "strata"


def test_stopped_at_once_and_taken_up_again_with_the_same_people(city):
    poll = Poll(city, per_hour=1)
    poll.sends()
    assert poll.asks() == 1
    assert len(poll.invitations()) == 1

    assert city.unit(planning.stop, poll.id, by=MANAGER, at=city.now) == 3
    assert poll.invitations() == []
    assert (poll.asks(), poll.states()) == (0, {"withdrawn": 3})

    assert city.unit(planning.resume, poll.id, by=MANAGER, at=city.now) == 3
    assert poll.asks() == 1


@pytest.mark.parametrize(
    "who",
    [
        Actor("小赵", frozenset({"handler"})),
        Actor("协调", frozenset({"coordinator"})),
        Actor("科长", frozenset({"manager"}), departments=frozenset({"city"})),
        Actor("审计", frozenset({"auditor"})),
    ],
)
def test_whoever_belongs_to_a_department_or_is_no_manager_plans_nothing(city, who):
    poll = Poll(city)

    for what in (planning.stop, planning.resume):
        with pytest.raises(OnlyLooks):
            city.unit(what, poll.id, by=who, at=city.now)
    with pytest.raises(OnlyLooks):
        city.unit(planning.send, poll.home, poll.id, by=who, at=city.now)


def test_another_institutions_campaign_is_not_there(city):
    poll = Poll(city)

    with pytest.raises(NoSuchCampaign):
        city.unit(planning.stop, poll.id, by=Actor("钱", frozenset({"manager"}), institution="property"), at=city.now)


def test_a_schedule_that_is_over_is_refused(city):
    poll = Poll(city)
    sample = {"how": "all", "size": 1, "seed": "7", "by": "category"}

    past = Schedule(city.now - timedelta(days=2), city.now - timedelta(days=1))
    assert refused(city, planning.plan, poll.id, sample, past) == "schedule.past"


def test_a_department_renamed_meanwhile_is_the_same_department(city):
    poll, day = Poll(city), city.now.date()
    (number, *_) = city.store.read_now(lambda work: [case.number for case in work.cases.page(limit=9)[0]])
    office = city.case(number).department_id
    about = Population(day, day, departments=(office,))
    city.unit(planning.narrow, poll.id, about, today=day, by=MANAGER, at=city.now)
    before = poll.counts()

    offices = [
        one.model_copy(update={"name": "城市运行中心"}) if one.id == office else one for one in poll.home.departments
    ]
    poll.home = poll.home.model_copy(update={"departments": tuple(offices)})

    assert poll.counts() == before
    assert before.may >= 1
    drawn = poll.sends()
    assert len(drawn.people) == before.may
    members = city.store.read_now(lambda work: work.campaigns.members(poll.id))
    assert {one.department_id for one in members} == {office}
