"""What a matter needs: asked for with its reason, brought later if need be, said again while it is missing."""

from __future__ import annotations

from datetime import timedelta

import pytest

from dialogs.conversation import Conversation, Draft, Stage
from dialogs.draft import papers
from dialogs.effects import FileCase
from dialogs.engine import step
from dialogs.events import CaseFiled
from dialogs.messages import Say
from institutions.catalog import load_all
from tests.dialogs.talking import NOW, NUMBER, Citizen

ALL = load_all()
KETTLE = "你们的电热水壶漏电，型号X-100，上个月在百货商场买的"


@pytest.fixture
def buyer():
    citizen = Citizen(ALL["product"])
    citizen.now = Conversation(consented=True)
    return citizen


def evidence_asked(citizen, text=KETTLE):
    said = citizen.says(text)
    while citizen.now.asking != "evidence":
        said = citizen.says("电热水壶")
    return said


def test_the_paper_is_asked_for_with_its_reason(buyer):
    said = evidence_asked(buyer)

    assert "购买发票" in said
    assert "从发票上的日期算起" in said


def test_without_it_the_case_is_filed_and_the_receipt_says_by_when_to_bring_it(buyer):
    evidence_asked(buyer)
    later = buyer.says("没有")
    shown, before = buyer.to_summary(), buyer.now
    buyer.says("提交")

    assert "7个工作日内" in later
    assert "还缺：购买发票" in shown
    assert len(buyer.did(FileCase)) == 1
    _, (receipt,) = step(ALL["product"], before, CaseFiled(NUMBER, "x", None, {"invoice": NOW + timedelta(9)}))
    assert isinstance(receipt, Say)
    assert "11月30日 9:12 前" in receipt.text


def test_with_it_nothing_more_is_said(buyer):
    evidence_asked(buyer)
    buyer.says(photos=1)

    shown = buyer.to_summary()

    assert "还缺" not in shown


def test_it_is_asked_for_once(buyer):
    evidence_asked(buyer)

    said = buyer.says("我叫李芳")

    assert buyer.now.asking == "evidence"
    assert "从发票上的日期算起" not in said


def test_a_number_told_stands_for_the_paper():
    draft = Draft({"what": "行李丢了", "booking": "ABC123"})

    assert papers.lacking(ALL["airline"], draft) == ()


def test_a_video_of_the_whole_pass_is_no_photo():
    proposal = {"top": [{"category_id": "red_light", "category": "闯红灯", "score": 0.9}], "why": [1]}
    shown = Draft({"what": "闯红灯"}, evidence=((1, "photo"),), proposal=proposal, kind="report")

    assert [paper.id for paper in papers.lacking(ALL["bus_reward"], shown)] == ["pass"]


def test_two_papers_take_two_files():
    invoice = ALL["product"].papers[0].model_copy(update={"categories": ()})
    both = ALL["product"].model_copy(
        update={"papers": (invoice, invoice.model_copy(update={"id": "b", "name": "合同"}))}
    )

    assert len(papers.lacking(both, Draft(evidence=((1, "photo"),)))) == 1
    assert papers.lacking(both, Draft(evidence=((1, "photo"), (2, "document")))) == ()


def test_where_a_rule_forbids_it_nothing_is_filed_and_all_is_kept():
    invoice = ALL["product"].papers[0].model_copy(update={"must": True})
    citizen = Citizen(ALL["product"].model_copy(update={"papers": (invoice,)}))
    citizen.now = Conversation(consented=True)
    evidence_asked(citizen)
    citizen.to_summary()

    said = citizen.says("提交")

    assert "没有购买发票还不能登记" in said
    assert citizen.did(FileCase) == []
    assert citizen.now.stage is Stage.CONFIRMING
    citizen.says(photos=1)
    citizen.says("提交")
    assert len(citizen.did(FileCase)) == 1


def test_what_came_too_late_is_said_on_the_receipt():
    proposal = {"top": [{"category_id": "red_light", "category": "闯红灯", "score": 0.9}], "why": [1], "decided": True}
    now = Conversation(consented=True, draft=Draft({"what": "闯红灯"}, proposal=proposal, kind="report"))

    _, (receipt,) = step(ALL["bus_reward"], now, CaseFiled(NUMBER, "x", None, {}, frozenset({"pass"})))

    assert isinstance(receipt, Say)
    assert "已经过了3个工作日" in receipt.text
