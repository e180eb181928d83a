"""A report that takes long: how far it is, stopped from the page, left and found again, shared, and begun anew after a restart."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from threading import Event

import pytest
from aiohttp.test_utils import TestClient, TestServer

from backend.reporting.table import TABLE
from backend.reports.written import Chapter, Said
from backend.services.office import accounts
from backend.web.app import build
from backend.web.desk import reports_made
from tests.backend.web.officers import Officer, hire

PLACE = "/desk/reports"
SLOW = f"{PLACE}/capacity?institution=hotline&period=month&on=2026-11-01"
SECONDS = 20.0
"""Longer than any test waits for a thread; reached only where something is wrong."""


class Gate:
    """A chapter that stays shut until it is opened, and knows how often somebody wrote it."""

    def __init__(self) -> None:
        self.open, self.begun, self.asked = Event(), Event(), 0
        self.after = self

    def chapter(self, _figures: object) -> Chapter:
        self.asked += 1
        self.begun.set()
        assert self.open.wait(SECONDS)
        return Chapter("gate", Said("大门", "Gate"), (Said("门开了。", "It is open."),))

    async def reached(self) -> None:
        """Somebody stands before it."""
        assert await asyncio.to_thread(self.begun.wait, SECONDS)
        self.begun.clear()


@pytest.fixture
def gate(monkeypatch):
    """The report of arrivals is made of a chapter that waits, and of one after it; its page does not wait long."""
    gate, after = Gate(), Gate()
    after.open.set()
    names = (Said("大门", "Gate"), Said("院子", "Yard"))
    chapters = tuple(zip(names, (gate.chapter, after.chapter), strict=True))
    monkeypatch.setitem(TABLE, "capacity", replace(TABLE["capacity"], chapters=chapters))
    monkeypatch.setattr(reports_made, "PATIENCE", 0.05)
    gate.after = after
    yield gate
    gate.open.set()


@pytest.fixture
async def manager(site, client):
    return await working(site, client, "陈经理")


async def working(site, client, name):
    """A confidant: of the others each may know other sealed cases, and gets numbers of their own."""
    officer = Officer(client)
    hire(site, name, "manager")
    site.store.run_now(accounts.set_reach, name, institution=None, departments=(), confidant=True)
    await officer.comes_in(name)
    return officer


async def ready(officer, path=SLOW):
    """The page, once the report is there."""
    for _ in range(200):
        page = await officer.opens(path)
        if "正在生成报告" not in page.text:
            return page
    raise AssertionError("it never came")


async def test_the_page_tells_how_far_it_is(manager, gate):
    await manager.opens(SLOW)
    await gate.reached()

    page = await manager.opens(SLOW)

    assert "已完成 0/2 部分，正在写：大门" in page.text
    assert '<progress max="2" value="0"' in page.html
    assert '<noscript><meta http-equiv="refresh"' in page.html
    assert "report-wait.js" in page.html
    assert 'role="status"' in page.html
    gate.open.set()
    assert "门开了。" in (await ready(manager)).text


async def test_stop_on_the_page_ends_it_before_its_next_part(manager, gate):
    await manager.opens(SLOW)
    await gate.reached()

    page = await stops(manager)
    assert page.path == f"{PLACE}?done=stopped"
    assert "已停止生成" in page.text
    gate.open.set()
    made = manager.browser.app[reports_made.MADE]
    await until(lambda: made.turn._value == reports_made.AT_ONCE)
    assert (gate.asked, gate.after.asked) == (1, 0)

    assert "门开了。" in (await ready(manager)).text, "who asks anew gets it anew"
    assert (gate.asked, gate.after.asked) == (2, 1)


async def test_who_stops_takes_nothing_from_a_colleague_who_waits_for_the_same(site, app, manager, gate):
    async with TestClient(manager.browser.server) as other:
        colleague = await working(site, other, "李经理")
        await manager.opens(SLOW)
        await gate.reached()
        await colleague.opens(SLOW)

        await stops(manager)
        gate.open.set()

        assert "门开了。" in (await ready(colleague)).text
        assert gate.asked == 1


async def test_a_browser_that_goes_away_loses_nothing(manager, gate, monkeypatch):
    monkeypatch.setattr(reports_made, "PATIENCE", SECONDS)
    with pytest.raises(TimeoutError):
        await asyncio.wait_for(manager.opens(SLOW), 0.2)
    gate.open.set()

    assert "门开了。" in (await manager.opens(SLOW)).text
    assert gate.asked == 1


async def test_two_reports_are_made_at_once_and_a_third_waits_its_turn(manager, gate):
    days = [SLOW.replace("11-01", f"{month:02}-01") for month in (11, 10, 9)]
    for day in days:
        await manager.opens(day)
    await until(lambda: gate.asked == reports_made.AT_ONCE)

    assert "前面还有报告在生成" in (await manager.opens(days[2])).text
    await stops(manager)
    gate.open.set()
    for day in days[:2]:
        assert "门开了。" in (await ready(manager, day)).text
    assert gate.asked == reports_made.AT_ONCE, "what was stopped before its turn is never begun"


async def test_nobody_has_more_reports_made_than_anybody_reads(manager, gate):
    for month in range(1, reports_made.EACH + 1):
        await manager.opens(SLOW.replace("11-01", f"{month:02}-01"))

    page = await manager.opens(SLOW)

    assert page.status == 429
    assert "您有 4 份报告正在生成" in page.text


async def test_after_a_restart_the_waiting_page_gets_the_report_anew(site, gate):
    async with TestClient(TestServer(build(site))) as before:
        manager = await working(site, before, "陈经理")
        await manager.opens(SLOW)
        await gate.reached()
        made, cookies = (
            before.app[reports_made.MADE],
            before.session.cookie_jar.filter_cookies(before.make_url("/desk")),
        )
        gate.open.set()
    assert all(job.task is None or job.task.done() for job in made.jobs.values()), (
        "nothing goes on behind the back of a process that ended"
    )

    async with TestClient(TestServer(build(site))) as after:
        after.session.cookie_jar.update_cookies(cookies, after.make_url("/desk"))
        assert "门开了。" in (await ready(Officer(after))).text


async def test_a_report_that_cannot_be_made_says_so_and_is_tried_anew(manager, gate, monkeypatch):
    broken = replace(TABLE["capacity"], chapters=((Said("坏", "broken"), nothing),))
    with monkeypatch.context() as now:
        now.setitem(TABLE, "capacity", broken)
        async with manager.browser.get(SLOW) as answer:
            assert answer.status == 500
    gate.open.set()

    assert "门开了。" in (await ready(manager)).text


def nothing(_figures: object) -> Chapter:
    raise ZeroDivisionError


async def stops(officer):
    """The button of the waiting page."""
    return await officer.presses(next(form for form in officer.page.forms if "/stop?" in form.action))


async def until(so):
    """Wait for another thread."""
    for _ in range(400):
        if so():
            return
        await asyncio.sleep(0.01)
    raise AssertionError("it never was so")
