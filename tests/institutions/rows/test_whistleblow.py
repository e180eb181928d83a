"""Company reports (seeds 000, 001): eight wronged rights, twelve harms; sealed, no retaliation, rewarded on proof."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.institutions.rows.walking import Office

HARM = "采购部张某从上个月起收供应商回扣"
RIGHT = "部门经理从8月起克扣我的绩效奖金"
DAY = "2026-09-30 15:00"
RIGHTS = "pay dignity coercion appraisal harassment retaliation no_reply other_right".split()
HARMS = "secrets data seals gain fraud waste damage business speech neglect loss other_harm".split()


def test_there_are_eight_kinds_of_wronged_rights_and_twelve_of_harm(office: Office) -> None:
    rights, harm = (office.institution.category(key) for key in ("rights", "harm"))

    assert [matter.id for matter in rights.matters] == RIGHTS
    assert [matter.id for matter in harm.matters] == HARMS


@pytest.mark.parametrize(
    ("story", "matter"),
    [
        (RIGHT, "rights/pay"),
        ("主管当众辱骂我，还动手打人", "rights/dignity"),
        ("老员工拉帮结派，胁迫新人签字", "rights/coercion"),
        ("年终绩效考核打分不公，暗箱操作", "rights/appraisal"),
        ("经理对我动手动脚，性骚扰", "rights/harassment"),
        ("我上次举报之后被打击报复，调到仓库", "rights/retaliation"),
        ("报销问了三次都不答复，推诿", "rights/no_reply"),
        ("公司强制加班，不批年假", "rights/other_right"),
        ("有人把保密文件图纸外传给竞争对手", "harm/secrets"),
        ("同事盗用别人账号密码，导出客户资料卖掉", "harm/data"),
        ("有人偷盖公章，私刻合同章", "harm/seals"),
        (HARM, "harm/gain"),
        ("销售虚报业绩，用假发票虚假报销", "harm/fraud"),
        ("总监滥用职权，公款吃喝，铺张浪费", "harm/waste"),
        ("有人故意毁坏设备，砸了机床", "harm/damage"),
        ("他擅自以公司名义签合同，私下接单", "harm/business"),
        ("他在抖音发帖抹黑公司，散布不实信息", "harm/speech"),
        ("保安值班睡岗，玩忽职守", "harm/neglect"),
        ("投资失败造成重大损失，决策失误", "harm/loss"),
        ("他屡次违反规章制度，在宿舍赌博", "harm/other_harm"),
    ],
)
def test_each_kind_is_known_by_what_people_say_of_it(office: Office, story: str, matter: str) -> None:
    assert office.case(office.files(story, DAY, person="张某")).matter_id == matter


def test_a_report_is_looked_into_and_its_reporter_hears_the_result(office: Office) -> None:
    number = office.files(HARM, DAY, person="张某")
    assert office.case(number).kind == "report"

    office.walks(number, "accepted", "assigned", "investigating", "reviewing")
    office.does(number, "verdict", verdict="justified")
    office.does(number, "outcome", outcome="dismissal")
    office.move(number, "answered", answer="已经查实，解除了劳动合同。")

    assert "解除了劳动合同" in office.told(number)
    office.asks_back()
    assert office.rates(number).status == "closed"


def test_it_is_acknowledged_within_a_working_day(office: Office) -> None:
    number = office.files(HARM, DAY, person="张某")

    assert office.due(number)["accept"] == "2026-10-08 17:30"


def test_who_speaks_is_sealed_from_the_start(office: Office) -> None:
    number = office.files(HARM, DAY, person="张某")

    assert office.institution.confidential == "always"
    assert office.case(number).sealed


def test_it_may_come_without_a_name(office: Office) -> None:
    number = office.files(HARM, DAY, person="张某", who="匿名")

    assert office.case(number).facts["who"]["anonymous"]


def test_a_deliberate_false_report_is_recorded_after_somebody_else_has_looked(office: Office) -> None:
    number = office.files(HARM, DAY, person="张某")
    office.walks(number, "accepted", "assigned", "investigating")

    office.does(number, "malicious", reason="伪造聊天记录")
    assert office.case(number).record["malicious"] == "proposed"
    office.does(number, "malicious_review", by="reviewer", decision="confirmed", reason="核对了原始记录")

    assert office.case(number).record["malicious"] == "confirmed"


def test_a_proven_report_is_rewarded(office: Office) -> None:
    number = office.files(HARM, DAY, person="张某")
    office.walks(number, "accepted", "assigned", "investigating", "reviewing", "answered")

    office.does(number, "reward", offence="收供应商回扣", yuan="5000", by="manager")

    assert "5000 元" in office.told(number)


def test_retaliation_is_a_matter_of_its_own_and_not_for_those_it_came_from(office: Office) -> None:
    assert office.institution.matter("rights/retaliation").department == "audit"


def test_nothing_to_do_with_the_company_is_refused_with_where_to_go(office: Office) -> None:
    number = office.files(HARM, DAY, person="张某")

    office.move(number, "refused", ground="not_company")

    assert "110" in office.told(number)
    assert "12345" in office.told(number)
