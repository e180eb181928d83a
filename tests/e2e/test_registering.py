"""Somebody who takes calls registers one with the keyboard alone, in a real browser, and the caller follows it in the chat."""

from __future__ import annotations

import io
import re
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import pytest
import pytest_asyncio
from PIL import Image
from playwright.async_api import expect

from tests.e2e import browsing
from tests.e2e.browsing import Watched
from tests.e2e.working import Handler, Phone

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from playwright.async_api import Browser, BrowserContext, Page

    from tests.e2e.serving import Server

pytestmark = pytest.mark.asyncio(loop_scope="module")
LOOKS = (Path(__file__).parent / "looks.js").read_text(encoding="utf-8")
STORY = "昨晚十一点多幸福里3栋楼下烧烤店又在放音响，吵得孩子睡不着"
FIRE = "幸福里3栋着火了，有人困在里面"


@pytest.fixture(scope="module")
def password(server: Server) -> str:
    return server.settled("zhao", "intake")


@pytest_asyncio.fixture(loop_scope="module", scope="module")
async def browser(chromium: str) -> AsyncIterator[Browser]:
    """One for all tests here; each has windows of its own, which know nothing of each other."""
    async with browsing.opened(chromium) as running:
        yield running


@pytest_asyncio.fixture(loop_scope="module")
async def context(browser: Browser) -> AsyncIterator[BrowserContext]:
    context = await browser.new_context(viewport={"width": 1440, "height": 900}, locale="zh-CN")
    yield context
    await context.close()


async def at_the_form(page: Page, server: Server, password: str) -> Watched:
    watched = Watched(page)
    await Handler(page, server.url).logs_in("zhao", password)
    await page.goto(f"{server.url}/desk/register")
    return watched


async def types(page: Page, **fields: str) -> None:
    """Go from field to field with Tab, as one does who never leaves the keyboard."""
    await expect(page.locator("#slot-what")).to_be_focused()
    left = dict(fields)
    for _ in range(40):
        focused = await page.evaluate("document.activeElement.id.replace('slot-', '')")
        if focused in left:
            await page.keyboard.insert_text(left.pop(focused))
        if not left:
            return
        await page.keyboard.press("Tab")
    raise AssertionError(f"Tab never came to {', '.join(left)}")


async def test_a_call_is_registered_with_the_keyboard_and_followed_in_the_chat(
    server: Server, password: str, context: BrowserContext
):
    page = await context.new_page()
    watched = await at_the_form(page, server, password)

    await page.keyboard.press("Alt+4")
    await expect(page.locator("[name=source][value=email]")).to_be_checked()
    await page.keyboard.press("Alt+1")
    await expect(page.locator("[name=source][value=phone]")).to_be_checked()
    await types(page, what=STORY, who="李芳", contact="13800138000")
    await expect(page.locator("#look")).to_contain_text("幸福里3栋")
    await page.keyboard.press("Control+Enter")

    number = (await page.locator(".slip-number").inner_text()).strip()
    code = (await page.locator(".slip-code").inner_text()).strip()
    await expect(page.locator(".qr svg")).to_be_visible()
    assert await page.evaluate(LOOKS) == []
    phone = Phone(await context.new_page(), server.url)
    seen = Watched(phone.page)
    await phone.page.goto(f"{server.url}/chat/web?case={number}")
    await phone.page.locator("#send").click()
    await phone.hears("查询码")
    await phone.types(code)
    await phone.hears(number)
    assert (watched.troubles, seen.troubles) == ([], [])


async def test_two_presses_file_one_case_and_the_draft_is_gone(server: Server, password: str, context: BrowserContext):
    page = await context.new_page()
    await at_the_form(page, server, password)
    await types(page, what="人民路路灯坏了三天没人修", where="人民路", when="三天前", who="无", contact="无")

    await page.evaluate("form = document.getElementById('register'); form.requestSubmit(); form.requestSubmit()")
    await expect(page.locator(".slip-number")).to_be_visible()
    number = await page.locator(".slip-number").inner_text()
    await page.reload()

    assert await page.locator(".slip-number").inner_text() == number
    await page.goto(f"{server.url}/desk/register")
    await expect(page.locator("#slot-what")).to_have_value("")


async def test_what_was_typed_is_there_after_a_reload(server: Server, password: str, context: BrowserContext):
    page = await context.new_page()
    await at_the_form(page, server, password)
    await types(page, what=STORY, who="李芳")

    await page.reload()

    await expect(page.locator("#slot-what")).to_have_value(STORY)
    await expect(page.locator("#restored")).to_be_visible()
    await expect(page.locator("#look")).to_contain_text("幸福里3栋")
    await page.locator("#clear").click()
    await expect(page.locator("#slot-what")).to_have_value("")


async def test_danger_is_told_at_once(server: Server, password: str, context: BrowserContext):
    page = await context.new_page()
    watched = await at_the_form(page, server, password)

    await types(page, what=FIRE)

    await expect(page.locator("#danger")).to_contain_text("119")
    assert watched.troubles == []


async def test_a_wrong_phone_is_told_beside_its_field_and_the_focus_is_there(
    server: Server, password: str, context: BrowserContext
):
    page = await context.new_page()
    await at_the_form(page, server, password)
    await types(page, what=STORY, who="李芳", contact="138001")

    await page.keyboard.press("Control+Enter")

    await expect(page.locator("#wrong-contact")).to_be_visible()
    await expect(page.locator("#slot-contact")).to_be_focused()
    await expect(page.locator("#slot-what")).to_have_value(STORY)


async def test_scans_are_chosen_pasted_and_dropped(
    server: Server, password: str, context: BrowserContext, tmp_path: Path
):
    page = await context.new_page()
    watched = await at_the_form(page, server, password)
    kept = io.BytesIO()
    Image.new("RGB", (60, 40), "white").save(kept, "PNG")
    scan = tmp_path / "letter.png"
    scan.write_bytes(kept.getvalue())
    give = """([bytes, kind]) => {
        const data = new DataTransfer();
        data.items.add(new File([new Uint8Array(bytes)], `${kind}.png`, { type: "image/png" }));
        const how = { bubbles: true, cancelable: true };
        document.body.dispatchEvent(kind === "paste"
            ? new ClipboardEvent("paste", { ...how, clipboardData: data })
            : new DragEvent("drop", { ...how, dataTransfer: data }));
    }"""

    await page.locator("#files").set_input_files(str(scan))
    await expect(page.locator("#pieces li")).to_have_count(1)
    await page.evaluate(give, [list(kept.getvalue()), "paste"])
    await expect(page.locator("#pieces li")).to_have_count(2)
    await page.evaluate(give, [list(kept.getvalue()), "drop"])
    await expect(page.locator("#pieces li")).to_have_count(3)
    await page.locator("#pieces [data-remove]").first.click()

    await expect(page.locator("#pieces .name")).to_have_text(["paste.png", "drop.png"])
    assert watched.troubles == []


@pytest.mark.parametrize(
    ("width", "light"), [(390, "light"), (390, "dark"), (720, "light"), (1024, "light"), (1440, "light")]
)
async def test_form_and_slip_can_be_read_at_every_width(
    server: Server, password: str, browser: Browser, width: int, light: Literal["light", "dark"]
):
    """720 pixels are a window of 1440 at 200 %."""
    context = await browser.new_context(viewport={"width": width, "height": 900}, locale="zh-CN", color_scheme=light)
    page = await context.new_page()
    watched = await at_the_form(page, server, password)
    found: list[str] = []
    for language in ("zh", "en"):
        await page.goto(f"{server.url}/desk/language?to={language}&back=/desk/register")
        await page.locator("#slot-what").fill(f"{FIRE}{'x' * 120}")
        await expect(page.locator("#danger")).to_be_visible()
        found += await page.evaluate(LOOKS)
        await page.locator("#clear").click()
    await page.goto(f"{server.url}/desk/language?to=zh&back=/desk/register")
    await page.locator("#slot-what").fill(STORY)
    for key in ("who", "contact", "request"):
        if await page.locator(f"#slot-{key}").count():
            await page.locator(f"#slot-{key}").fill("无")
    await page.keyboard.press("Control+Enter")
    await expect(page.locator(".slip-code")).to_be_visible()
    found += await page.evaluate(LOOKS)
    await context.close()

    assert found == []
    assert watched.troubles == []


async def test_the_slip_fits_its_paper(server: Server, password: str, context: BrowserContext):
    page = await context.new_page()
    await at_the_form(page, server, password)
    await types(page, what=STORY, who="李芳", contact="13800138000")
    await page.keyboard.press("Control+Enter")
    await expect(page.locator(".slip-code")).to_be_visible()

    small = await page.pdf(prefer_css_page_size=True)
    await page.locator("#paper-a4").check()
    large = await page.pdf(prefer_css_page_size=True)

    assert sheets(small) == [(298, 420)]
    assert sheets(large) == [(595, 842)]


def sheets(document: bytes) -> list[tuple[int, int]]:
    """Width and height of each page, in points."""
    boxes = re.findall(rb"/MediaBox\s*\[\s*0\s+0\s+([\d.]+)\s+([\d.]+)\s*\]", document)
    return [(round(float(width)), round(float(height))) for width, height in boxes]
