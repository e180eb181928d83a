"""What needs a hand: messages nobody understood, notices that did not arrive."""

from __future__ import annotations

import pytest

from backend.services.talks import intake
from dialogs.messages import Inbound, Peer
from tests.backend.services.city import City
from tests.backend.web.officers import Form, Officer, hire


@pytest.fixture
def city(site):
    made = City(site.store)
    made.now = site.clock()
    return made


@pytest.fixture
def broken(city):
    message = Inbound(Peer("web", "zhang"), "x1", "我的电话13800138000，<b>楼道</b>漏水")
    prepared = intake.prepare(message, city.institutions["hotline"], at=city.now)
    city.unit(intake.keep, prepared, "AssertionError: no rule", at=city.now)


@pytest.fixture
def lost(city):
    """A case whose first notice did not arrive; its number."""
    number = city.citizen().files_a_case()
    city.move(number, "accepted")
    (row,) = city.store.read_now(lambda work: work.outbox.of_case(number))
    city.unit(lambda work: work.outbox.record(row.id, state="undelivered", at=city.now, reason="对方已取消关注。"))
    return number


async def test_a_message_nobody_understood_is_announced_shown_and_marked(officer, broken):
    page = await officer.opens("/desk")
    assert "有 1 条市民消息系统没能处理" in page.text

    page = await officer.opens("/desk/failed")
    assert "我的电话138****8000，<b>楼道</b>漏水" in page.text
    assert "<b>楼道</b>" not in page.html
    page = await officer.sends("/desk/failed/1")

    assert "已标记为处理过" in page.text
    assert "没有需要人工处理的消息" in page.text
    assert "没能处理" not in (await officer.opens("/desk")).text


async def test_another_institution_hears_nothing_of_it(site, client, broken, lost):
    hire(site, "物业", institution="property")
    officer = Officer(client)
    page = await officer.comes_in("物业")

    assert "没能处理" not in page.text
    assert "没有送到" not in page.text
    assert "没有需要人工处理的消息" in (await officer.opens("/desk/failed")).text
    assert "所有通知都已送达" in (await officer.opens("/desk/notices")).text


async def test_who_only_audits_marks_nothing(site, client, broken, lost):
    hire(site, "审计员", "auditor")
    auditor = Officer(client)
    await auditor.comes_in("审计员", path="/desk/failed")

    refused = await auditor.sends("/desk/failed/1")
    assert (refused.status, "只能查看" in refused.text) == (403, True)
    page = await auditor.opens("/desk/notices")
    assert [form for form in page.forms if "/notices/" in form.action] == []
    csrf = page.forms[-1].fields["csrf"]
    for path in (f"/desk/cases/{lost}/notices/1", f"/desk/cases/{lost}/notices/1/done"):
        refused = await auditor.presses(Form(path, {"csrf": csrf, "how": "phone", "note": "说了"}))
        assert (refused.status, "只能查看" in refused.text) == (403, True)


async def test_a_notice_that_did_not_arrive_is_sent_again_from_the_list(officer, city, lost):
    page = await officer.opens("/desk")
    assert "有 1 条通知没有送到" in page.text

    page = await officer.opens("/desk/notices")
    assert "对方已取消关注。" in page.text
    page = await officer.presses(page.forms[-1])

    assert "已重新排队发送" in page.text
    assert "所有通知都已送达或正在发送" in page.text
    assert city.history(lost)[-1] == ("王主任", "notice")


async def test_who_has_phoned_says_so_and_the_notice_is_off_the_list(officer, city, lost):
    first = await officer.opens("/desk/notices")
    assert "请打电话、寄信或当面告诉市民" in first.text

    refused = await officer.sends(f"/desk/cases/{lost}/notices/1/done", how="phone", note=" ")
    assert (refused.status, "写明结果" in refused.text) == (422, True)
    page = await officer.sends(f"/desk/cases/{lost}/notices/1/done", how="phone", note="电话里说了")

    assert "这条通知办好了" in page.text
    assert "所有通知都已送达或正在发送" in page.text
    page = await officer.opens(f"/desk/cases/{lost}")
    assert "没送达的通知已用其他方式告诉市民" in page.text
    form = next(form for form in first.forms if form.action.endswith("/done"))
    again = await officer.presses(form, how="phone", note="电话里说了")
    assert "已经办好" in again.text


async def test_a_notice_is_sent_again_from_its_case_and_a_second_press_says_so(officer, lost):
    page = await officer.opens(f"/desk/cases/{lost}")
    assert "没有送达" in page.text
    form = next(form for form in page.forms if "/notices/" in form.action)

    page = await officer.presses(form)
    assert (page.path.split("?")[0], "已重新排队发送" in page.text) == (f"/desk/cases/{lost}", True)
    assert "再次发送通知" in page.text

    page = await officer.presses(form)
    assert "现在不需要再发" in page.text


@pytest.fixture
def secret(city):
    """Somebody who asked for confidence, and a case of theirs."""
    li = city.citizen("li")
    for text in ("我叫李芳，幸福里3栋楼下烧烤店昨晚11点放音响吵得睡不着，请一定替我保密", "同意"):
        li.says(text)
    while "submit" not in li.choices:
        li.says_next("13800138000")
    return li.says("提交")[0].split("编号 ")[1].split("。")[0]


async def test_who_asked_for_confidence_is_not_named_by_a_message_that_failed(officer, city, secret):
    message = Inbound(Peer("web", "li"), "x9", "我是李芳，楼道还在漏水")
    prepared = intake.prepare(message, city.institutions["hotline"], at=city.now)
    city.unit(intake.keep, prepared, "AssertionError: no rule", at=city.now)

    page = await officer.opens("/desk/failed")

    assert "我是李*，楼道还在漏水" in page.text
    assert "李芳" not in page.html


async def test_who_asked_for_confidence_is_not_named_by_a_notice_that_was_lost(officer, city, secret):
    city.move(secret, "accepted", note="李芳您好，请等我们电话。")
    for row in city.store.read_now(lambda work: work.outbox.of_case(secret)):
        city.unit(lambda work, key=row.id: work.outbox.record(key, state="undelivered", at=city.now, reason="没送到。"))

    page = await officer.opens("/desk/notices")

    assert "李*您好" in page.text
    assert "李芳" not in page.html
