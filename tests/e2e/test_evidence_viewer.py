"""Evidence in a real browser: looked at closely, gone through, and covered with mouse, finger and keys."""

from __future__ import annotations

import asyncio
import io
from typing import TYPE_CHECKING, NamedTuple

import pytest
from PIL import Image
from playwright.async_api import expect

from tests.backend.services.cameras import HERE, taken
from tests.e2e.browsing import Watched
from tests.e2e.letters import GRILL
from tests.e2e.talking import Photo, WebCitizen
from tests.e2e.test_pages import LOOKS
from tests.e2e.working import Handler

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from playwright.async_api import Browser, Page

    from tests.e2e.serving import Server

BLACK = 16  # of 255: darker is covered


class Told(NamedTuple):
    """A case with two photos of an orange wall, and one with a pin nearby."""

    number: str
    near: str
    password: str


@pytest.fixture(scope="module")
def told(server: Server) -> Told:
    number, near = asyncio.run(_told(server.url))
    return Told(number, near, server.settled("zhang", "handler"))


async def _told(url: str) -> tuple[str, str]:
    async with WebCitizen(url) as neighbour:
        await neighbour.says("小区门口的井盖坏了三天，没有人来修")
        await neighbour.sends({"id": "pin", "location": {"lat": HERE[0] + 0.004, "lon": HERE[1]}})
        near = await neighbour.files("井盖坏了", "小区门口的井盖坏了三天，没有人来修")
    photo = taken(size=(800, 600), at="2026:01:02 09:00:00", place=HERE, model="Phone 9")
    async with WebCitizen(url, knows=GRILL.knows) as citizen:
        await citizen.says(f"{GRILL.subject}\n{GRILL.detail}")
        await citizen.sends({"id": "pin", "location": {"lat": HERE[0] - 0.004, "lon": HERE[1]}})
        await citizen.shows(Photo("two.jpg", taken(size=(300, 500))))
        await citizen.shows(Photo("wall.jpg", photo))
        return await citizen.files(GRILL.subject, GRILL.detail), near


@pytest.fixture
async def desk(server: Server, told: Told, browser: Browser) -> AsyncIterator[Handler]:
    """A handler with the case open, and nothing wrong on the page by the end."""
    context = await browser.new_context(viewport={"width": 1280, "height": 900}, locale="zh-CN", has_touch=True)
    handler = Handler(await context.new_page(), server.url)
    watched = Watched(handler.page)
    await handler.logs_in("zhang", told.password)
    await handler.goes_to(told.number)
    yield handler
    assert watched.troubles == []
    await context.close()


async def view(page: Page, nth: int = 0) -> None:
    """Open a piece of evidence over its case."""
    await page.locator(".pieces a[data-view]:has(img)").nth(nth).click()
    await expect(page.locator("dialog .stage.live img")).to_be_visible()
    await expect(page.locator("dialog [data-stage]")).to_be_focused()


async def covered(page: Page, spots: list[tuple[float, float]]) -> list[bool]:
    """Whether the first picture, as it is served to this reader, is black there; spots as shares of its sides."""
    link = await page.locator(".pieces img").first.get_attribute("src") or ""
    answer = await page.request.get(f"{page.url.split('/desk')[0]}{link.replace('/small', '/whole')}")
    picture = Image.open(io.BytesIO(await answer.body())).convert("L")
    shades = [picture.getpixel((int(x * picture.width), int(y * picture.height))) for x, y in spots]
    return [isinstance(shade, int) and shade < BLACK for shade in shades]


async def test_the_viewer_lies_over_the_case_and_gives_the_focus_back(desk: Handler):
    page = desk.page
    await view(page)

    await page.keyboard.press("ArrowRight")
    await expect(page.locator("dialog h1")).to_contain_text("第 2 个，共 2 个")
    await page.keyboard.press("ArrowLeft")
    await expect(page.locator("dialog h1")).to_contain_text("第 1 个，共 2 个")
    await page.keyboard.press("Escape")

    await expect(page.locator("dialog#viewer-over")).not_to_be_visible()
    await expect(page.locator(".pieces a[data-view]:has(img)").first).to_be_focused()


async def test_a_picture_is_zoomed_turned_and_moved(desk: Handler):
    page = desk.page
    await view(page)
    scale, sheet = page.locator("dialog [data-scale]"), page.locator("dialog [data-sheet]")
    await expect(scale).to_have_text("100%")

    await page.keyboard.press("+")
    await expect(scale).to_have_text("125%")
    await page.locator("dialog [data-stage]").hover()
    await page.mouse.wheel(0, -100)
    await expect(scale).to_have_text("156%")
    before = await sheet.bounding_box()
    await page.keyboard.press("Shift+ArrowRight")
    after = await sheet.bounding_box()
    await page.keyboard.press("r")
    turned = await sheet.bounding_box()
    await page.keyboard.press("0")

    assert before is not None
    assert after is not None
    assert turned is not None
    assert before["x"] - after["x"] == pytest.approx(60, abs=1)
    assert (turned["width"] > turned["height"]) != (before["width"] > before["height"])
    await expect(scale).to_have_text("100%")


async def test_what_the_camera_says_is_told_with_its_doubts(desk: Handler):
    page = desk.page
    await view(page, 1)

    known = page.locator("dialog .known")
    await expect(known).to_contain_text("800 × 600 像素")
    await expect(known).to_contain_text("1月2日 9:00")
    await expect(known).to_contain_text("说明理由查看身份后才显示")
    await expect(known.locator(".message.warn").first).to_be_visible()
    await page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    await known.locator("[data-copy]").click()
    assert await page.evaluate("navigator.clipboard.readText()") == await known.locator(".hash").inner_text()


async def test_faces_are_covered_with_mouse_finger_and_keys(desk: Handler, told: Told):
    page = desk.page
    await view(page)
    dialog = page.locator("dialog:not(#keys)")
    await dialog.get_by_role("button", name="画框").click()
    seen = await dialog.locator("[data-sheet] img").bounding_box()
    assert seen is not None

    def spot(x: float, y: float) -> tuple[float, float]:
        return seen["x"] + x * seen["width"], seen["y"] + y * seen["height"]

    await page.mouse.move(*spot(0.05, 0.05))
    await page.mouse.down()
    await page.mouse.move(*spot(0.15, 0.1))
    await page.mouse.move(*spot(0.25, 0.2))
    await page.mouse.up()
    await expect(dialog.locator(".box")).to_have_count(1)
    await drag_with_a_finger(page, spot(0.7, 0.7), spot(0.9, 0.9))
    await expect(dialog.locator(".box")).to_have_count(2)
    await dialog.get_by_role("button", name="在中间加一个框").focus()
    await page.keyboard.press("Enter")
    await expect(dialog.get_by_role("button", name="遮盖框 3")).to_be_focused()
    for _ in range(30):
        await page.keyboard.press("ArrowUp")  # from the middle to near the top
    await page.keyboard.press("Shift+ArrowRight")
    await page.keyboard.press("Tab")
    await dialog.get_by_role("button", name="保存遮盖件").click()
    await desk.sees("遮盖件已保存")

    await desk.goes_to(told.number)
    assert await covered(page, [(0.15, 0.12), (0.8, 0.8), (0.5, 0.2), (0.5, 0.55), (0.05, 0.9)]) == [
        True,
        True,
        True,
        False,
        False,
    ]
    await view(page)
    await expect(page.locator("dialog:not(#keys)")).to_contain_text("您看到的是遮盖件（3 处）")
    await expect(page.locator("dialog [data-redact]")).to_have_count(0)


async def drag_with_a_finger(page: Page, start: tuple[float, float], end: tuple[float, float]) -> None:
    """As a phone tells it: down, some way, up."""
    session = await page.context.new_cdp_session(page)
    middle = ((start[0] + end[0]) / 2, (start[1] + end[1]) / 2)
    for kind, place in (("touchStart", start), ("touchMove", middle), ("touchMove", end), ("touchEnd", None)):
        points = [{"x": place[0], "y": place[1]}] if place else []
        await session.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})


@pytest.mark.parametrize("width", [1440, 1024, 390])
async def test_viewer_and_map_are_readable_at_every_width(
    desk: Handler, told: Told, server: Server, width: int, tmp_path_factory: pytest.TempPathFactory
):
    page = desk.page
    await page.set_viewport_size({"width": width, "height": 844})
    pictures = tmp_path_factory.mktemp(f"viewer-{width}")
    await page.screenshot(path=pictures / "case.png", full_page=True)
    await expect(page.locator(".map-view")).to_be_visible()
    await expect(page.locator(f'.map-view a[href$="{told.near}"]')).to_be_visible()
    link = await page.locator(".pieces a[data-view]:has(img)").nth(1).get_attribute("href")
    for language in ("zh", "en"):
        await page.goto(f"{server.url}/desk/language?to={language}&back={link}")
        await page.wait_for_load_state("load")
        await expect(page.locator(".stage.live")).to_be_visible()
        await page.screenshot(path=pictures / f"{language}.png", full_page=True)
        assert await page.evaluate(LOOKS) == []
    await page.goto(f"{server.url}/desk/language?to=zh&back=/desk")


async def test_without_a_script_boxes_are_numbers(server: Server, told: Told, browser: Browser):
    context = await browser.new_context(java_script_enabled=False, locale="zh-CN")
    handler = Handler(await context.new_page(), server.url)
    await handler.page.goto(f"{server.url}/desk")
    await handler.page.get_by_label("用户名").fill("zhang")
    await handler.page.get_by_label("密码").fill(told.password)
    await handler.page.get_by_role("button", name="登录").click()
    await handler.goes_to(told.number)
    await handler.page.locator(".pieces a[data-view]:has(img)").nth(1).click()

    await handler.page.get_by_label("框（左,上,宽,高").fill("10,10,30,30; 60,60,20,20")
    await handler.page.get_by_role("button", name="保存遮盖件").click()

    await expect(handler.page.locator("main")).to_contain_text("您看到的是遮盖件（2 处）")
    await context.close()
