"""The whole way of a complaint: told in the chat, worked on at the desk, answered in the chat, asked back, closed."""

from __future__ import annotations

from contextlib import AsyncExitStack
from typing import TYPE_CHECKING

from aiohttp import ClientSession
from playwright.async_api import expect

from tests.e2e.browsing import Watched
from tests.e2e.letters import BUS, FIVE, GRILL, LAMPS, WATER, photo
from tests.e2e.talking import Photo, WebCitizen
from tests.e2e.working import Handler, Phone

if TYPE_CHECKING:
    from pathlib import Path


PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "locale": "zh-CN"}
DESK = {"viewport": {"width": 1280, "height": 900}, "locale": "zh-CN"}
ANSWER = "已派人现场处理，并回访了附近居民。"


async def test_five_letters_are_filed_worked_on_answered_and_asked_back(server, browser):
    handler = Handler(await browser.new_page(**DESK), server.url)
    watched = Watched(handler.page)
    await handler.logs_in("zhang", server.user("zhang", "handler"))
    async with AsyncExitStack() as stack:
        citizens = [await stack.enter_async_context(WebCitizen(server.url, knows=each.knows)) for each in FIVE]
        picture = Photo("grill.jpg", photo())
        for citizen, letter in zip(citizens, FIVE, strict=True):
            await citizen.files(letter.subject, letter.detail, picture if letter is GRILL else None)
        for citizen, letter in zip(citizens, FIVE, strict=True):
            await handler.opens(citizen.number())
            await expect(handler.page.locator("blockquote.words")).to_contain_text(letter.detail)
            await expect(handler.page.locator(".chip").first).to_be_visible()
            if letter is GRILL:
                await sees_the_picture(handler)
            if letter is WATER:
                await handler.corrects("城乡建设 › 住房保障与房地产")
            await handler.accepts()
            await handler.assigns()
            await handler.answers(ANSWER)
        for citizen, letter in zip(citizens, FIVE, strict=True):
            await citizen.hears("已受理")
            await citizen.hears(ANSWER)
            await rates(citizen, "no" if letter is BUS else "yes")

        assert [await status(handler, each.number()) for each in citizens] == [
            "重新办理" if letter is BUS else "已办结" for letter in FIVE
        ]
        await citizens[FIVE.index(BUS)].hears("重新办理")
    assert watched.troubles == []
    async with ClientSession() as anybody, anybody.get(f"{server.url}/public?format=json") as answer:
        counts = await answer.json()
    assert (counts["filed"], counts["open"], counts["closed"]) == (0, 0, 0)  # cases of today are told tomorrow


async def sees_the_picture(handler: Handler) -> None:
    drawn = handler.page.locator(".pieces img")
    await drawn.scroll_into_view_if_needed()
    await expect(drawn).to_have_js_property("complete", value=True)
    assert await drawn.evaluate("image => image.naturalWidth") > 0


async def rates(citizen: WebCitizen, solved: str) -> None:
    """Tap through the visit-back."""
    await citizen.hears("办理人员联系过您吗")
    for question, value in (("contacted", "yes"), ("solved", solved), ("satisfied", "5" if solved == "yes" else "2")):
        await citizen.taps(f"visit:{citizen.number()}:{question}:{value}")
    if citizen.choices:
        await citizen.taps(citizen.choices[0])


async def status(handler: Handler, number: str) -> str:
    await handler.goes_to(number)
    return await handler.status()


async def test_a_citizen_with_a_phone_sees_the_answer_come_and_says_that_it_is_not_solved(server, browser, tmp_path):
    picture = tmp_path / "路灯.jpg"
    picture.write_bytes(photo())
    here, there = await browser.new_context(**PHONE), await browser.new_context(**DESK)
    phone, handler = Phone(await here.new_page(), server.url), Handler(await there.new_page(), server.url)
    watched = [Watched(phone.page), Watched(handler.page)]
    await handler.logs_in("wang", server.user("wang", "handler"))

    await phone.opens()
    number = await files(phone, picture)
    await handler.opens(number)
    await handler.accepts()
    await phone.hears("已受理")
    await handler.assigns("城市管理局")
    await handler.answers(ANSWER)
    await phone.hears(ANSWER)
    await phone.hears("办理人员联系过您吗")
    await phone.taps("联系过")
    await phone.hears("问题解决了吗")
    await phone.taps("没解决")

    await phone.hears("重新办理")
    await expect(handler.page.locator("h1 .badge").first).to_have_text("重新办理")  # without a reload
    await handler.goes_to(number)
    await expect(handler.page.locator("#answered-answer")).to_have_count(0)  # it is another hand's to answer now
    await phone.opens()
    await expect(phone.page.locator("li.line.citizen img")).to_be_visible()  # what was said is still there
    assert [each.troubles for each in watched] == [[], []]


async def files(phone: Phone, picture: Path) -> str:
    """Tell it, agree, show the picture, stay nameless; the number."""
    await phone.types(f"{LAMPS.subject}。{LAMPS.detail}")
    await phone.taps("同意")
    await phone.hears("有照片、视频或录音吗")
    await phone.uploads(picture)
    await phone.hears("怎么称呼您")
    await phone.taps("匿名")
    await phone.hears("请核对")
    await phone.taps("提交")
    receipt = await phone.hears("已登记")
    return await receipt.locator(".number").first.inner_text()
