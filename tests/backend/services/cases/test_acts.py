"""Acts on cases: what officers do beside moving them, what stays on record, what citizens hear."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from backend.domain import numbers
from backend.domain.acts import ROWS
from backend.domain.case import Actor, WrongMove
from backend.domain.lifecycle import Status
from backend.domain.refusals import BadField, Missing, NoSuchAct, NoSuchDepartment, NotYourAct, WrongAct
from backend.services.cases import acts, batches, casework, rewards
from backend.services.cases.changing import save
from backend.services.office import accounts
from institutions.casework import Casework, Extension, Ground, Outcome, Reward, Verdict
from tests.backend.services.city import OFFICER, City

HANDLER = Actor("王工", frozenset({"handler"}))
BOSS = Actor("赵主任", frozenset({"manager"}))


@pytest.fixture
def city(store):
    made = City(store)
    hotline = made.institutions["hotline"]
    work = Casework(
        verdicts=(Verdict(id="true", name="属实", counts="valid"),),
        outcomes=(Outcome(id="order", name="责令整改", rectify=True), Outcome(id="fine", name="罚款", penalty=True)),
        reward=Reward(sum=50, claim="15d"),
        batch=("target",),
    )
    clocks = {
        **hotline.clocks,
        "answer": hotline.clocks["answer"].model_copy(update={"extension": Extension(by="7d", times=1)}),
    }
    made.institutions = {
        **made.institutions,
        "hotline": hotline.model_copy(
            update={
                "casework": work,
                "clocks": clocks,
                "stages": tuple(
                    {
                        *hotline.stages,
                        "planned",
                        "mediating",
                        "investigating",
                        "archived",
                        "refused",
                        "returned",
                        "reviewing",
                    }
                ),
            }
        ),
    }
    return made


@pytest.fixture
def number(city):
    return city.citizen().files_a_case()


def do(city, number, key, by=OFFICER, **given):
    return city.unit(acts.do, city.institutions, number, key, given, by=by, at=city.later(minutes=1))


def history(city, number):
    return city.store.read_now(lambda work: work.cases.history(number))


def last(city, number):
    return next(event for event in reversed(history(city, number)) if event.what not in {"notice", "clock"})


def assign(city, number):
    city.move(number, "accepted")
    city.move(number, "assigned", department=city.case(number).department_id)


def test_a_deadline_is_put_off_and_the_citizen_reads_why_and_until_when(city, number):
    until = city.case(number).due["answer"] + timedelta(days=3)

    case = do(city, number, "extend", clock="answer", until=until.isoformat(), reason="需要专家鉴定")

    assert case.due["answer"] == until
    assert "需要专家鉴定。最晚延到" in city.owed(number)[-1][1]
    assert last(city, number).detail["act"] == "extend"
    assert last(city, number).private == {"reason": "需要专家鉴定"}


@pytest.mark.parametrize(("days", "told"), [(-30, "过去"), (30, "最多只能延长 7 天")])
def test_a_deadline_in_the_past_or_too_far_is_refused_with_a_sentence(city, number, days, told):
    until = city.case(number).due["answer"] + timedelta(days=days)

    with pytest.raises(BadField) as refused:
        do(city, number, "extend", clock="answer", until=until.isoformat(), reason="忙")

    assert told in refused.value.zh


def test_the_same_act_twice_in_a_row_is_done_once(city, number):
    do(city, number, "supervise", reason="超期")
    before = history(city, number)

    do(city, number, "supervise", reason="超期")

    assert history(city, number) == before


def test_who_may_not_and_what_is_not_there_are_told_in_both_languages(city, number):
    with pytest.raises(NotYourAct) as role:
        do(city, number, "supervise", by=HANDLER, reason="超期")
    with pytest.raises(WrongAct) as now:
        do(city, number, "unsupervise", reason="好了")
    with pytest.raises(NoSuchAct, match="there is no act 'fly'"):
        do(city, number, "fly")
    with pytest.raises(BadField, match="wings is not asked for"):
        do(city, number, "supervise", reason="超期", wings="2")
    with pytest.raises(Missing, match="supervise needs reason"):
        do(city, number, "supervise")
    with pytest.raises(NoSuchDepartment, match="it has no 'moon'"):
        do(city, number, "cohosts", departments="moon")

    assert role.value.zh
    assert "没有在督办" in now.value.zh


def test_helping_departments_are_named_kept_and_told_at_assignment(city, number):
    city.move(number, "accepted")
    offices = [d for d in city.institutions["hotline"].departments if d.id != city.case(number).department_id][:2]

    city.move(number, "assigned", department=city.case(number).department_id, co="、".join(d.name for d in offices))

    assert sorted(d.id for d in offices) == city.store.read_now(lambda work: work.involved.cohosts(number))
    assert f"（{offices[0].name}、{offices[1].name}协办）" in city.owed(number)[-1][1]
    assert do(city, number, "cohosts", departments=[]).record["co"] == []


def test_a_case_goes_to_an_officer_of_its_department_or_who_stands_in_for_them(city, number):
    assign(city, number)
    for name in ("li", "wang"):
        city.unit(accounts.add_user, name, "hash", ["handler"], institution="hotline", at=city.now)

    assert do(city, number, "officer", user="li").officer == "li"
    with pytest.raises(BadField) as refused:
        do(city, number, "officer", user="nobody")
    assert "nobody" in refused.value.zh


def test_an_emergency_has_the_clocks_of_one_and_is_not_filed_away_unassessed(city, number):
    assign(city, number)

    case = do(city, number, "emergency", lead="孙局长", team="王工,李工")

    assert (case.grade, case.record["emergency"]["team"]) == ("emergency", ["王工", "李工"])
    assert "119" in city.owed(number)[-1][1]
    city.move(number, "answered", answer="险情已排除。")
    city.move(number, "closed")
    with pytest.raises(WrongMove, match="has not been assessed"):
        city.move(number, "archived")
    do(city, number, "assess", text="处置及时")
    assert city.move(number, "archived").status == "archived"


def test_verdict_measures_and_putting_right_are_on_record(city, number):
    assign(city, number)

    do(city, number, "verdict", verdict="true")
    with pytest.raises(BadField, match="due is needed"):
        do(city, number, "outcome", outcome="order")
    do(city, number, "outcome", outcome="order", due="2026-12-01")
    city.later(days=11)
    case = do(city, number, "rectified", outcome="0", on="2026-12-01", text="已拆除")

    assert case.record["verdict"] == "true"
    assert case.record["outcomes"] == [{"id": "order", "due": "2026-12-01", "done": "2026-12-01"}]
    with pytest.raises(WrongAct):
        do(city, number, "rectified", outcome="0", on="2026-12-02")


def test_mediation_that_failed_tells_of_the_legal_way(city, number):
    assign(city, number)

    do(city, number, "mediation", outcome="failed", parties="李芳、烧烤店", text="赔偿金额谈不拢")

    assert "人民法院" in city.owed(number)[-1][1]


def test_who_proposes_a_mark_of_malice_does_not_decide_it(city, number):
    do(city, number, "malicious", reason="多次虚构")

    with pytest.raises(WrongAct, match="does not decide"):
        do(city, number, "malicious_review", decision="confirmed", reason="查无此事")
    assert (
        do(city, number, "malicious_review", by=BOSS, decision="rejected", reason="确有其事").record["malicious"]
        == "rejected"
    )


def test_cases_handled_as_one_are_answered_as_one_each_under_its_own_number(city, number):
    second = city.citizen("zhou").files_a_case()
    assign(city, number)

    do(city, number, "batch", cases=second)
    city.move(number, "answered", answer="已查处。")

    child = city.case(second)
    assert (child.parent, child.answer, child.status) == (number, "已查处。", Status.VISITING_BACK)
    assert any("已查处。" in text and second in text for _, text in city.owed(second))
    with pytest.raises(WrongAct):
        do(city, number, "batch", cases=city.citizen("wu").files_a_case())


def test_a_case_is_split_and_its_citizen_told_the_new_number(city, number):
    case = do(city, number, "split", text="路灯也坏了", kind="report")
    child = city.case(case.record["children"][0])

    assert (child.parent, child.facts["what"], child.kind, child.status) == (number, "路灯也坏了", "report", "received")
    assert child.number in city.owed(child.number)[-1][1]
    assert child.due


def test_linked_cases_know_of_each_other(city, number):
    other = city.citizen("zhou").files_a_case()

    do(city, number, "link", case=other, **{"as": "related"})

    assert city.case(number).record["related"] == [other]
    assert city.case(other).record["related"] == [number]
    with pytest.raises(BadField, match="there is no case"):
        do(city, number, "link", case=numbers.make(date(2026, 1, 1), "HL", 1), **{"as": "related"})


def test_the_first_reporter_is_rewarded_and_an_unclaimed_reward_lapses(city, number):
    assign(city, number)
    second = city.citizen("zhou").files_a_case()
    assign(city, second)

    do(city, number, "reward", offence="皖A12345 11月20日9:12")

    assert "奖励 50 元" in city.owed(number)[-1][1]
    assert last(city, number).detail["act"] == "reward"
    with pytest.raises(WrongAct, match="reported that act first"):
        do(city, second, "reward", offence="皖A·12345 11月20日 9:12")
    city.later(days=16)
    assert city.unit(rewards.lapse, city.institutions, at=city.now) == 1
    assert city.case(number).record["reward"] == "lapsed"
    with pytest.raises(WrongAct):
        do(city, number, "claim")


def test_no_form_has_a_field_named_like_what_tells_which_act_it_is():
    assert not [act.key for act in ROWS for field in act.fields if field.key == "act"]


def test_joint_reporters_share_a_reward_to_the_fen(city, number):
    second, third = (city.citizen(name).files_a_case() for name in ("zhou", "wu"))
    assign(city, number)

    do(city, number, "reward", offence="皖A12345", **{"with": f"{second}, {third}"})

    sums = [row.sum for row in city.store.read_now(lambda work: work.rewards.of_act("hotline", "皖A12345"))]
    assert sorted(sums) == [1666, 1666, 1668]
    assert do(city, second, "claim", note="现金").record["reward"] == "claimed"


def test_a_case_that_was_rewarded_shares_in_no_other_reward(city, number):
    second = city.citizen("zhou").files_a_case()
    for one in (number, second):
        assign(city, one)
    do(city, number, "reward", offence="皖A12345")

    with pytest.raises(WrongAct, match="was rewarded already"):
        do(city, second, "reward", offence="皖A54321", **{"with": number})


def test_what_is_settled_on_the_spot_is_walked_to_its_end_and_told_once(city, number):
    before = len(city.owed(number))

    case = do(city, number, "settled", text="当面道歉，您表示满意")

    assert case.status == "closed"
    assert len(city.owed(number)) == before + 1
    moves = [event.detail["to"] for event in history(city, number) if event.what == "moved"]
    assert moves == ["accepted", "assigned", "answered", "closed"]


def test_only_named_officers_are_kept_for_a_sealed_case(city, number):
    city.unit(accounts.add_user, "li", "hash", ["handler"], institution="hotline", at=city.now)

    with pytest.raises(BadField):
        do(city, number, "name_officer", users="nobody")
    case = do(city, number, "name_officer", users="li")

    assert case.sealed
    assert city.store.read_now(lambda work: work.involved.named(number)) == ["li"]


def test_cases_that_agree_in_what_the_institution_names_are_offered_as_one(city, number):
    second = city.citizen("zhou").files_a_case()

    def same_target(work, key):
        case = work.cases.get(key, lock=True)
        case.facts = {**case.facts, "target": "老王烧烤店"}
        save(work, city.institutions["hotline"], case)

    for key in (number, second):
        city.unit(same_target, key)

    found = city.store.read_now(lambda work: batches.alike(work, city.institutions["hotline"], work.cases.get(number)))
    assert found == [second]


def test_an_emergency_starts_its_plan_as_soon_as_it_is_graded_so_and_the_numbers_are_told(city, number):
    case = city.unit(casework.correct, city.institutions, number, {"grade": "emergency"}, by=OFFICER, at=city.now)

    assert case.record["emergency"]["lead"] is None
    assert "120" in city.owed(number)[-1][1]
    assert ("system", "noted") in city.history(number)


def test_the_same_matter_of_the_same_person_is_marked_as_a_repeat_and_whose_answer_did_not_hold(city, number):
    citizen = city.citizen()
    city.answer(number)
    city.move(number, "closed")
    city.later(days=30)
    citizen.sent = 100

    again = citizen.files_a_case()

    record = city.case(again).record
    assert (record["repeat"], record["repeat_of_hand"]) == (number, OFFICER.name)


def test_a_case_of_another_institution_cannot_be_reached_through_ones_own(city, number):
    theirs = city.citizen("zhou", institution="property").files_a_case("电梯坏了三天没人修，老人上下楼很难")
    ours = Actor("王工", frozenset({"handler", "dispatcher"}), institution="hotline")

    for key, given in (("link", {"case": theirs, "as": "related"}), ("batch", {"cases": theirs})):
        with pytest.raises(BadField, match="there is no case"):
            do(city, number, key, by=ours, **given)


def test_the_decision_on_the_last_objection_says_that_it_is_final(city, number):
    city.answer(number)
    assert "最终结论" not in "".join(text for _, text in city.owed(number))
    city.move(number, "appealed")

    city.move(number, "answered", answer="维持原答复。")

    assert any("最终结论" in text for _, text in city.owed(number))
    with pytest.raises(WrongMove, match="that decision is final"):
        city.move(number, "appealed")


def test_a_ground_of_the_institutions_list_is_told_in_its_words_with_where_to_go(city, number):
    hotline = city.institutions["hotline"]
    ground = Ground(id="court", name="法院已受理", say="这件事法院已经受理，请等法院的结果。")
    work = hotline.casework.model_copy(update={"grounds": (ground,)})
    city.institutions = {**city.institutions, "hotline": hotline.model_copy(update={"casework": work})}

    city.move(number, "refused", ground="法院已受理")

    assert "这件事法院已经受理，请等法院的结果。" in city.owed(number)[-1][1]
    assert next(e for e in history(city, number) if e.what == "moved").detail["ground_id"] == "court"
