"""``make demo-channels``: a complaint is filed by either phone, worked on, and its notices arrive where it came from."""

from __future__ import annotations

import re
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from aiohttp import ClientSession
from playwright.async_api import expect

from tests.e2e.browsing import Watched
from tests.e2e.serving import JIESU, PATIENCE, answers, free_port, surroundings

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.async_api import Browser, Locator, Page

ROOT = Path(__file__).parents[2]
LOOKS = (Path(__file__).parent / "looks.js").read_text(encoding="utf-8")
NUMBER = re.compile(r"\d{8}-[A-Z]{2}-\d{6}-\d")
STORY = "滨河东路从三号桥到菜场这一段，路灯上周五起全部不亮，晚上摸黑走，希望尽快修好"
OTHER = "昨晚十一点多，幸福里3栋楼下的烧烤店放音响，一直吵到凌晨一点，希望管一管"
ANSWER = "已派人现场处理。"


class Demo:
    """The demonstration as a process of its own, with an empty city."""

    def __init__(self, folder: Path) -> None:
        port = free_port()
        self.folder, self.url, self.jiesu = folder, f"http://127.0.0.1:{port}", f"http://127.0.0.1:{port + 1}"
        self.log = folder / "demo.log"
        words = ["--port", str(port), "--cases", "0", "--folder", str(folder)]
        with self.log.open("wb") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "scripts.demo_channels", *words],
                cwd=ROOT,
                env=surroundings(),
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
            )
        until = time.monotonic() + PATIENCE
        while not answers(f"{self.jiesu}/health/ready"):
            assert self.process.poll() is None, self.log.read_text()
            assert time.monotonic() < until, self.log.read_text()
            time.sleep(0.1)

    def token(self) -> str:
        """For a program that works on cases."""
        words = [str(JIESU), "token", "add", "desk", "--scope", "write"]
        done = subprocess.run(
            words, cwd=self.folder, env=surroundings(), capture_output=True, text=True, check=True, timeout=PATIENCE
        )
        return done.stdout.split()[-1]

    def end(self) -> int:
        """As Ctrl-C does; the exit code."""
        self.process.send_signal(signal.SIGINT)
        return self.process.wait(timeout=PATIENCE)


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory, chromium: str) -> Iterator[Demo]:
    running = Demo(tmp_path_factory.mktemp("phones"))
    yield running
    assert running.end() == 0, running.log.read_text()


@pytest.fixture
async def page(demo: Demo, browser: Browser) -> Page:
    page = await browser.new_page(viewport={"width": 1280, "height": 860}, locale="zh-CN")
    page.set_default_timeout(15_000)
    await page.goto(demo.url)
    return page


class Held:
    """One of the two phones on the page."""

    def __init__(self, page: Page, name: str) -> None:
        self.box = page.locator(f"#{name}")

    async def taps(self, label: str) -> None:
        await self.box.get_by_role("button", name=label, exact=True).last.click()

    async def says(self, text: str) -> None:
        await self.box.locator("textarea").fill(text)
        await self.box.locator(".send").click()

    async def hears(self, words: str) -> Locator:
        heard = self.box.locator(".line.theirs", has_text=words).last
        await expect(heard).to_be_visible(timeout=20_000)
        return heard

    async def number(self) -> str:
        found = NUMBER.search(await (await self.hears("已登记")).inner_text())
        assert found
        return found[0]


class Desk:
    """The handler's program."""

    def __init__(self, demo: Demo, session: ClientSession) -> None:
        self.session = session
        self.home, self.headers = f"{demo.jiesu}/api/v1/cases", {"Authorization": f"Bearer {demo.token()}"}

    async def moves(self, number: str, to: str, **fields: Any) -> None:
        body = {"to": to, **fields}
        async with self.session.post(f"{self.home}/{number}/moves", json=body, headers=self.headers) as answer:
            assert answer.status == 200, await answer.text()


async def test_a_complaint_comes_by_either_phone_and_its_notices_go_back_there(demo: Demo, page: Page):
    watched, left, right = Watched(page), Held(page, "wechat"), Held(page, "telegram")

    await left.taps("关注公众号")
    await left.hears("您同意")
    await left.taps("投诉")
    for words, heard in (
        (STORY, "路灯"),
        ("1", "有照片"),
        ("没有", "怎么称呼"),
        ("匿名", "请核对"),
        ("提交", "已登记"),
    ):
        await left.says(words)
        await left.hears(heard)
    await right.taps("开始")
    await right.hears("您同意")
    await right.says(OTHER)
    await right.hears("记下了")
    for label, heard in (("同意", "有照片"), ("没有", "怎么称呼"), ("匿名", "请核对"), ("提交", "已登记")):
        await right.taps(label)
        await right.hears(heard)
    async with ClientSession() as session:
        desk, numbers = Desk(demo, session), [await left.number(), await right.number()]
        for number in numbers:
            await desk.moves(number, "accepted", note="已收到")
        await expect(await left.hears("已受理")).to_contain_text("客服消息")
        await right.hears("已受理")
        await page.locator("[data-seconds='176400']").click()
        for number in numbers:
            await desk.moves(number, "assigned", department="城市管理局")
        form = await left.hears("办理进度通知")
        await right.hears("已交城市管理局办理")
        for number in numbers:
            await desk.moves(number, "answered", answer=ANSWER)
        await right.hears(ANSWER)

    await expect(form).to_contain_text("模板消息")  # two days later nothing else is allowed
    await expect(form).to_contain_text(numbers[0])
    await right.hears("办理人员联系过您吗")
    await right.taps("联系过")
    await right.hears("问题解决了吗")
    assert watched.troubles == []


async def test_what_cannot_be_sent_waits_for_the_platform(demo: Demo, page: Page):
    right = Held(page, "telegram")
    fault = page.locator("[data-trouble=telegram-down]")
    await right.taps("安娜")
    await right.taps("开始")
    await right.hears("do you agree")
    before = await right.box.locator(".line.theirs").count()
    await fault.click()
    await expect(fault).to_have_attribute("aria-pressed", "true")
    await right.says("The street lamp is out")
    await expect(right.box.locator(".line.mine").last).to_contain_text("The street lamp is out")
    await page.wait_for_timeout(1500)

    assert await right.box.locator(".line.theirs").count() == before
    await fault.click()
    await page.locator("[data-seconds='3600']").click()
    await expect(right.box.locator(".line.theirs")).not_to_have_count(before, timeout=20_000)


@pytest.mark.parametrize("width", [360, 768, 1280])
async def test_the_page_can_be_read_and_used(demo: Demo, page: Page, width: int):
    watched = Watched(page)
    await page.set_viewport_size({"width": width, "height": 800})
    found: list[str] = []
    for _language in range(2):
        for tab in ("wechat", "strip", "telegram"):
            if width < 700:
                await page.locator(f"[data-to={tab}]").click()
            found += await page.evaluate(LOOKS)
        await page.locator("#language").click()

    assert found == []
    assert watched.troubles == []


async def test_what_people_write_is_text_and_no_other_page_steers_the_phones(demo: Demo, page: Page):
    right = Held(page, "telegram")
    await right.taps("阿明")
    await page.evaluate(
        "fetch('/telegram/ming/start', {method: 'POST', headers: {'Content-Type': 'application/json'}, body: '{}'})"
    )
    await expect(right.box.locator("textarea")).to_be_visible()
    await right.says("<img src=x onerror=alert(1)><b>粗</b>")

    await expect(right.box.locator(".line.mine").last).to_contain_text("<img src=x onerror=alert(1)><b>粗</b>")
    assert await right.box.locator("img[src=x]").count() == 0
    async with ClientSession() as session, session.post(f"{demo.url}/clock", data={"seconds": "1"}) as answer:
        assert answer.status == 415
