"""A complaint and a report in one message: two cases by consent, each asked for its own, nothing twice."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from dialogs.conversation import Stage
from dialogs.effects import FileCase
from institutions.catalog import load_all
from tests.dialogs.talking import HOTLINE, Citizen

if TYPE_CHECKING:
    from dialogs.conversation import Draft

MARKET = load_all()["market"]
BOTH = "昨天在幸福超市买的牛奶过期了，我要投诉，要求退一赔十，同时举报他们卖过期食品，请依法查处"
TOLD = {"who": "李芳", "contact": "13800138000", "respondent_address": "解放路2号", "address": "人民路1号"}


def told(text: str = BOTH) -> Citizen:
    citizen = Citizen(MARKET)
    citizen.says(text)
    citizen.says("同意")
    return citizen


def answered(citizen: Citizen) -> list[str]:
    """The questions until the summary, each answered."""
    asked = []
    while citizen.now.stage is Stage.ASKING:
        asked.append(citizen.now.asking)
        citizen.says(TOLD.get(citizen.now.asking, "没有"))
    return asked


def filed(citizen: Citizen) -> list[Draft]:
    return [effect.draft for effect in citizen.did(FileCase)]


def test_nothing_is_split_unasked():
    citizen = told()

    assert citizen.now.stage is Stage.SPLITTING
    assert citizen.choices == ["分开登记", "只投诉", "只举报"]
    assert filed(citizen) == []


@pytest.mark.parametrize("answer", ["分开登记", "分开", "好的", "都要", "1"])
def test_apart_they_are_two_cases_of_their_kinds_and_the_report_asks_nothing_again(answer):
    citizen = told()
    citizen.says(answer)
    asked = answered(citizen)
    citizen.says("提交")
    again = answered(citizen)
    citizen.says("提交")

    complaint, report = filed(citizen)
    assert (complaint.kind, report.kind) == ("complaint", "report")
    assert complaint.values["what"] == report.values["what"]
    assert complaint.values["contact"] == report.values["contact"]
    assert {"raised_before", "address"} <= set(asked)
    assert again == []
    assert citizen.now.waiting == ()


def test_each_has_the_facts_that_its_kind_needs_and_no_others():
    citizen = told()
    citizen.says("分开")
    answered(citizen)
    citizen.says("提交")
    citizen.says("提交")

    complaint, report = filed(citizen)
    assert "退一赔十" in complaint.values["request"]
    assert complaint.values["address"] == "人民路1号"
    assert not {"request", "address", "raised_before"} & report.values.keys()
    assert report.values["respondent_address"] == "解放路2号"


def test_the_report_remembers_the_complaint_and_its_files():
    citizen = told()
    citizen.says("分开")
    citizen.says(photos=2)
    answered(citizen)
    citizen.says("提交")
    citizen.says("提交")

    complaint, report = filed(citizen)
    assert complaint.evidence == report.evidence
    assert report.twin == citizen.now.number
    assert not complaint.twin


@pytest.mark.parametrize(
    ("answer", "kind"),
    [("只投诉", "complaint"), ("只举报", "report"), ("不举报，只要退款", "complaint"), ("3", "report")],
)
def test_who_wants_one_of_them_gets_that_one_alone(answer, kind):
    citizen = told()
    citizen.says(answer)
    answered(citizen)
    citizen.says("提交")

    (one,) = filed(citizen)
    assert one.kind == kind


@pytest.mark.parametrize("kind", ["report", "consult"])
def test_a_kind_is_asked_for_what_it_needs_and_nothing_more(kind):
    story = {"report": "我要举报幸福超市卖过期牛奶", "consult": "请问退货需要什么手续"}[kind]
    citizen = Citizen(MARKET)
    citizen.says(story)
    citizen.says("同意")
    asked = answered(citizen)

    assert citizen.now.draft.kind == kind
    assert set(asked) <= {*MARKET.required_by[kind], *MARKET.optional}


def test_a_report_that_turns_up_later_is_asked_about_too():
    citizen = told("昨天在幸福超市买的牛奶过期了，要求退款")
    assert citizen.now.to_json()["stage"] == Stage.ASKING

    citizen.says("我还要举报他们，请依法查处")

    assert citizen.now.stage is Stage.SPLITTING


def test_who_answers_with_a_fact_is_asked_once_more_and_then_it_stays_one():
    citizen = told()
    citizen.says("我叫李芳")
    assert citizen.now.to_json()["stage"] == Stage.SPLITTING

    citizen.says("13800138000")

    assert citizen.now.stage is Stage.ASKING
    assert citizen.now.waiting == ()


def test_who_drops_the_complaint_can_go_on_with_the_report():
    citizen = told()
    citizen.says("分开")
    citizen.says("取消")
    assert "举报" in citizen.says("取消登记")

    citizen.says("接着上次")

    assert citizen.now.draft.kind == "report"


def test_an_office_that_does_not_keep_them_apart_asks_nothing():
    citizen = Citizen(HOTLINE)
    citizen.says(BOTH)
    citizen.says("同意")

    assert citizen.now.stage is not Stage.SPLITTING
