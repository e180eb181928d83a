"""A manager has reports sent to the office mailbox: chosen on a report's page, checked, shown with what became of each."""

from __future__ import annotations

from dataclasses import replace

import pytest

from backend.jobs import apprising
from backend.jobs import letters as carrying
from backend.reporting.table import ROWS
from backend.services.office import reporting
from backend.settings import MailSettings, NotifySettings
from backend.web.desk import reports_wished
from backend.web.desk.view import Reader
from tests.backend.web.conftest import START
from tests.backend.web.officers import Officer, hire
from tests.fakes import mail

PLACE = "/desk/reports"
KINDS = {row.key: row.period for row in ROWS}
MONTHLY = f"{PLACE}/monthly?institution=hotline&period=month&on=2026-11-01"


@pytest.fixture
def mails():
    with mail.smtp() as heard:
        yield heard


@pytest.fixture
def site(site, mails):
    """With a mail server, and a group chat of its own and one of another institution."""
    url = f"mailto://127.0.0.1:{mails.port}?from=jiesu@example.gov.cn&mode=insecure"
    server = MailSettings(url=url, domains=("example.gov.cn",))
    places = (
        NotifySettings(name="leaders", url="wecombot://BOTKEY1234", institution="hotline", reports=True),
        NotifySettings(name="estate-chat", url="wecombot://BOTKEY1234", institution="property", reports=True),
        NotifySettings(name="news", url="wecombot://BOTKEY1234"),
    )
    return replace(site, settings=site.settings.model_copy(update={"mail": server, "notify": places}))


@pytest.fixture
async def manager(site, client):
    officer = Officer(client)
    await officer.comes_in(hire(site, "陈经理", "manager"))
    return officer


async def passes(site, clock, manager, **by: float) -> str:
    """Time goes by, and the jobs do what is due then; the page of reports after that."""
    clock.advance(**by)
    site.store.run_now(reporting.tell, site.institutions, KINDS, at=clock.now)
    await carrying.send(site, "job")
    page = await manager.comes_in("陈经理", PLACE)
    assert "SECRET" not in page.html
    told: str = page.text
    return told


async def test_the_way_is_chosen_below_a_report_and_stands_there_afterwards(manager):
    page = await manager.opens(MONTHLY)
    assert "leaders" in page.text
    assert "estate-chat" not in page.text
    assert "news" not in page.text

    listed = await manager.sends("/want", way="mail", address="  chen＠Example.gov.cn ")
    assert "月报 · " in listed.text
    assert "电子邮件 chen@example.gov.cn" in listed.text
    assert (await manager.opens(MONTHLY)).form("/want").fields | {"csrf": ""} == {
        "csrf": "", "institution": "hotline", "way": "mail", "address": "chen@example.gov.cn",
    }  # fmt: skip
    listed = await manager.sends("/want", way="", address="")
    assert "chen@example.gov.cn" not in listed.text


@pytest.mark.parametrize(
    ("way", "address", "why"),
    [
        ("mail", "", "不像邮箱地址"),
        ("mail", "chen@example.gov.cn\r\nBcc: x@example.gov.cn", "不像邮箱地址"),
        ("mail", "a..b@example.gov.cn", "不像邮箱地址"),
        ("mail", "x" * 300 + "@example.gov.cn", "不像邮箱地址"),
        ("mail", "chen@elsewhere.cn", "只发到这些单位邮箱：@example.gov.cn"),
        ("place:estate-chat", "", "没有这种接收方式"),
        ("pigeon", "", "没有这种接收方式"),
    ],
)
async def test_a_wrong_way_or_address_is_refused_with_a_sentence(manager, way, address, why):
    await manager.opens(MONTHLY)

    page = await manager.sends("/want", way=way, address=address)

    assert page.status == 422
    assert why in page.text


async def test_what_became_of_it_stands_beside_the_wish_and_can_be_sent_again(site, manager, clock, mails):
    await manager.opens(MONTHLY)
    await manager.sends("/want", way="mail", address="chen@example.gov.cn")
    mails.no, mails.answer = 99, "550 SECRET"

    told = await passes(site, clock, manager, days=10)  # Tuesday, 1 December
    assert "等待发出 2026年11月" in told
    assert "邮件服务器不收，答复码 550" in told
    for _ in range(6):
        told = await passes(site, clock, manager, days=1)
    assert "没有发出去" in told

    mails.no = 0
    assert "再发一次" in (await manager.sends("/again")).text
    assert "已发出 2026年11月" in await passes(site, clock, manager, days=2)
    assert mails.to == ["chen@example.gov.cn"]


async def test_there_is_nothing_to_send_again_where_nothing_failed(manager):
    await manager.opens(MONTHLY)
    await manager.sends("/want", way="mail", address="chen@example.gov.cn")
    form = manager.page.form("/want")
    form.action = form.action.replace("/want", "/again")

    page = await manager.presses(form)

    assert page.status == 409
    assert "没有要再发的报告" in page.text


@pytest.mark.parametrize(
    ("reason", "zh"),
    [
        ("the mail server answered 550", "邮件服务器不收，答复码 550"),
        ("its url is no mailto:// or mailtos://", "系统设置里的地址不对"),
        ("the service failed: OSError", "发送程序出错：OSError"),
        ("something quite new", "something quite new"),
    ],
)
def test_a_reason_is_told_in_the_readers_language(reason, zh):
    assert reports_wished._why(reason, Reader("zh", START)) == zh
    assert reports_wished._why(reason, Reader("en", START)) == reason


def test_every_reason_that_a_letter_may_have_has_chinese_words():
    kept = [carrying.GONE, carrying.NOBODY, carrying.NO_REPORT, carrying.NOT_COUNTED]
    for reason in (*(one.reason for one in kept), apprising.NOT_TAKEN, apprising.UNREACHABLE):
        assert not reports_wished._why(reason, Reader("zh", START)).isascii()
