"""The pictures of the README, taken from the running product: ``make pictures``.

A citizen tells of a noisy grill on a phone, up to the receipt; a handler has
that case open at the desk. Both are real pages of a Jiesu that is started for
it and thrown away. The photo that the citizen sends is a drawing of ours.

    python -m scripts.pictures --all FOLDER    every page there is, for whoever looks after their looks
"""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, cast

from PIL import Image, ImageChops

from tests.e2e import browsing, rooms
from tests.e2e.serving import Server
from tests.e2e.working import Handler, Phone

if TYPE_CHECKING:
    from playwright.async_api import Browser, Page

HERE = Path(__file__).resolve().parent
PICTURES = HERE.parent / "docs" / "pictures"
SCENE = HERE / "night_grill.svg"
PHONE_WIDE, DESK_WIDE, DESK_HIGH = 430, 1280, 1412  # CSS pixels
SHARP = 2  # device pixels for each
KEPT = 32  # colours that are kept as they are
MARGIN = 8  # CSS pixels above the first bubble
MOST_BYTES = 400_000
STORY = (
    "昨晚十一点多，幸福里3栋楼下烧烤店又把音响搬到路边放，吵到凌晨一点，孩子没法睡，都一个礼拜了。希望晚上十点后别放。"
)
CITIZEN = "李女士，13800138000"
NOTE = "已电话联系您，今晚执法队员会到现场。"
ANSWER = "今晚已现场检查，店家当场拆除路边音响，签了夜间不外放的承诺书；本周我们每晚巡查一次。"


async def take(folder: Path) -> None:
    """Both pictures, into the folder."""
    path = browsing.chromium()
    if path is None or not browsing.has_fonts():
        raise SystemExit(f"jiesu: {browsing.MISSING}")
    with TemporaryDirectory() as place:
        server = Server(Path(place))
        password = server.user("王敏", "handler")
        server.start()
        try:
            async with browsing.opened(path) as browser:
                photo = await draw(browser, Path(place) / "IMG_2231.jpg")
                number = await chat(browser, server.url, photo, folder / "chat.png")
                await desk(browser, server.url, password, number, folder / "desk.png")
        finally:
            server.stop()


async def draw(browser: Browser, target: Path) -> Path:
    """The photo of the grill."""
    page = await browser.new_page(viewport={"width": 1200, "height": 900})
    await page.set_content(f"<style>body {{ margin: 0 }} svg {{ display: block }}</style>{read(SCENE)}")
    await page.screenshot(path=target, type="jpeg", quality=88)
    await page.close()
    return target


async def chat(browser: Browser, url: str, photo: Path, target: Path) -> str:
    """A conversation up to the receipt; the case's number."""
    page = await browser.new_page(
        viewport={"width": PHONE_WIDE, "height": 844},
        device_scale_factor=SHARP,
        locale="zh-CN",
        timezone_id="Asia/Shanghai",
        has_touch=True,
    )
    phone = Phone(page, url)
    await phone.opens()
    await phone.types("你好")
    await phone.taps("同意")
    await phone.hears("请说说您遇到的事")
    await phone.types(STORY)
    await phone.hears("有照片、视频或录音吗")
    await phone.uploads(photo)
    await phone.hears("怎么称呼您")
    await phone.types(CITIZEN)
    await phone.hears("请核对")
    await phone.taps("提交")
    receipt = await phone.hears("已登记")
    number = await receipt.locator(".number").first.inner_text()
    await whole(page)
    await shoot(page, target)
    return number


async def whole(page: Page) -> None:
    """As high as the talk from the story on is long."""
    story = page.locator("li.line.citizen", has_text=STORY[:10]).first
    hidden = await story.evaluate(
        "node => node.getBoundingClientRect().top - document.getElementById('scroll').getBoundingClientRect().top"
    )
    await page.set_viewport_size({"width": PHONE_WIDE, "height": 844 - round(hidden) + MARGIN})
    await page.evaluate("document.activeElement.blur()")


async def desk(browser: Browser, url: str, password: str, number: str, target: Path) -> None:
    """The case with the department, its answer being written."""
    size = {"width": DESK_WIDE, "height": DESK_HIGH}
    page = await browser.new_page(viewport=size, device_scale_factor=SHARP, locale="zh-CN")  # type: ignore[arg-type]
    handler = Handler(page, url)
    await handler.logs_in("王敏", password)
    await handler.opens(number)
    await handler.accepts()
    await handler.moves("assigned", "转办", note=NOTE)
    await handler.goes_to(number)
    await page.locator("#answered-answer").fill(ANSWER)
    await shoot(page, target)
    await page.close()


async def shoot(page: Page, target: Path) -> None:
    """What the page shows, with every picture drawn and every movement over."""
    await page.wait_for_function("[...document.images].every((image) => image.complete)")
    await page.screenshot(path=target, animations="disabled", caret="hide")


def shrink(target: Path) -> int:
    """Fewer colours, which nobody sees: the commonest stay as they are, the photo's are mixed. The bytes left."""
    with Image.open(target) as picture:
        true = picture.convert("RGB")
    mixed = true.quantize(256 - KEPT, method=Image.Quantize.MEDIANCUT)
    fewer = true.quantize(palette=mixed, dither=Image.Dither.FLOYDSTEINBERG)
    palette = (mixed.getpalette() or [])[: 3 * (256 - KEPT)]
    counted = sorted(true.getcolors(true.width * true.height) or [], reverse=True)
    for index, (_, colour) in enumerate(counted[:KEPT], 256 - KEPT):
        fewer.paste(index, mask=where(true, cast("tuple[int, int, int]", colour)))
        palette += cast("tuple[int, int, int]", colour)
    fewer.putpalette(palette)
    fewer.save(target, optimize=True)
    return target.stat().st_size


def where(picture: Image.Image, colour: tuple[int, int, int]) -> Image.Image:
    """A mask of the pixels that have exactly this colour."""
    red, green, blue = ImageChops.difference(picture, Image.new("RGB", picture.size, colour)).split()
    furthest = ImageChops.lighter(ImageChops.lighter(red, green), blue)
    return furthest.point([255] + 255 * [0])


def read(path: Path) -> str:
    """A text file of ours."""
    return path.read_text(encoding="utf-8")


async def take_all(folder: Path) -> None:
    """Every page of the example city, at three widths and in the dark, into the folder. The same walk is a test."""
    path = browsing.chromium()
    if path is None or not browsing.has_fonts():
        raise SystemExit(f"jiesu: {browsing.MISSING}")
    with TemporaryDirectory() as place:
        town = await asyncio.to_thread(rooms.town, Path(place))
        try:
            async with browsing.opened(path) as browser:
                inside, outside = await town.enters(browser), await browser.new_context(locale="zh-CN")
                for each in rooms.PLACES:
                    page = await (outside if each in rooms.OUTSIDE else inside).new_page()
                    await page.goto(town.path(each))
                    await rooms.photographs(page, folder, rooms.called(each))
                    await page.close()
        finally:
            town.server.stop()


def main() -> int:
    """Make both, or with ``--all FOLDER`` every page; 1 when one is too large for a README."""
    if sys.argv[1:2] == ["--all"] and len(sys.argv) == 3:
        (folder := Path(sys.argv[2])).mkdir(parents=True, exist_ok=True)
        asyncio.run(take_all(folder))
        return 0
    PICTURES.mkdir(parents=True, exist_ok=True)
    asyncio.run(take(PICTURES))
    sizes = {name: shrink(PICTURES / name) for name in ("chat.png", "desk.png")}
    for name, size in sizes.items():
        print(f"docs/pictures/{name}  {size // 1000} kB")
    return int(max(sizes.values()) > MOST_BYTES)


if __name__ == "__main__":
    sys.exit(main())
