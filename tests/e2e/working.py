"""A handler at the desk and a citizen at the chat page, each in a real browser. What they see is read off the page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from playwright.async_api import expect

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.async_api import Locator, Page

PATIENCE = 15_000
"""Milliseconds until something on a page must be there."""


class Handler:
    """Somebody who works on cases."""

    def __init__(self, page: Page, url: str) -> None:
        self.page = page
        page.set_default_timeout(PATIENCE)
        self.desk = f"{url}/desk"

    async def logs_in(self, name: str, password: str) -> None:
        """From the login page to the list; a one-time password is changed on the way."""
        await self.page.goto(self.desk)
        await self.page.get_by_label("用户名").fill(name)
        await self.page.get_by_label("密码").fill(password)
        await self.page.get_by_role("button", name="登录").click()
        arrived = self.page.locator("#list")
        await expect(arrived.or_(self.page.locator("#again"))).to_be_visible()
        if not await arrived.is_visible():
            await self.chooses_a_password(password, f"own {password}")
        await expect(arrived).to_be_visible()

    async def chooses_a_password(self, now: str, new: str) -> None:
        """On the page that asks for one."""
        for field, words in (("#now", now), ("#new", new), ("#again", new)):
            await self.page.locator(field).fill(words)
        await self.page.get_by_role("button", name="保存新密码").click()

    async def opens(self, number: str) -> None:
        """The case, from the list of the new ones."""
        await self.page.goto(f"{self.desk}?tab=new")
        await self.page.locator(f"#case-{number} a").click()
        await expect(self.page.locator("h1")).to_contain_text(number)

    async def goes_to(self, number: str) -> None:
        """The case, by its address."""
        await self.page.goto(f"{self.desk}/cases/{number}")

    async def corrects(self, place: str) -> None:
        """Choose another category and matter."""
        await self.page.locator("#correct summary").click()
        await self.page.get_by_label("类别").select_option(label=place)
        await self.page.get_by_role("button", name="保存更正").click()
        await self.sees("更正已保存")

    async def moves(self, to: str, verb: str, **fields: str) -> None:
        """Take the case to another status; the words by their fields' names."""
        form = self.page.locator("form", has=self.page.locator(f'input[name="to"][value="{to}"]'))
        folded = self.page.locator(f"#move-{to}")
        if await folded.count() and await folded.get_attribute("open") is None:
            await folded.locator("summary").click()
        for name, words in fields.items():
            field = form.locator(f'[name="{name}"]')
            if name == "department":
                await field.select_option(label=words)
            else:
                await field.fill(words)
            if name != "note":
                await expect(form.locator(".told")).to_contain_text(words)  # what the citizen will read
        await form.get_by_role("button", name=verb, exact=True).click()
        await self.sees("状态已改为")

    async def accepts(self) -> None:
        """The case is ours."""
        await self.moves("accepted", "受理")

    async def assigns(self, department: str = "") -> None:
        """To a department; to the proposed one where none is named."""
        await self.moves("assigned", "转办", **({"department": department} if department else {}))

    async def answers(self, words: str) -> None:
        """What was done about it."""
        await self.moves("answered", "答复市民", answer=words)

    async def sees(self, words: str) -> None:
        """The desk says so, and a screen reader reads it."""
        said = self.page.locator("[data-done]")
        await expect(said).to_contain_text(words)
        await expect(said).to_be_focused()

    async def status(self) -> str:
        """Where the case on the page stands."""
        return await self.page.locator("h1 .badge").first.inner_text()


class Phone:
    """A citizen with the chat page open."""

    def __init__(self, page: Page, url: str, channel: str = "web") -> None:
        self.page = page
        page.set_default_timeout(PATIENCE)
        self.home = f"{url}/chat/{channel}"

    async def opens(self) -> None:
        """The page, for the first time or again."""
        await self.page.goto(self.home)

    async def types(self, words: str) -> None:
        """Write and send."""
        await self.page.locator("#text").fill(words)
        await self.page.locator("#send").click()

    async def taps(self, label: str) -> None:
        """The button below the last bubble that says so."""
        button = self.last.get_by_role("button", name=label, exact=True)
        await button.click()

    async def uploads(self, *photos: Path) -> None:
        """Through the button with the camera and the browser's own dialog."""
        async with self.page.expect_file_chooser() as chooser:
            await self.page.locator("#photo").click()
        await (await chooser.value).set_files([str(photo) for photo in photos])

    async def hears(self, words: str, *, seconds: float = 20) -> Locator:
        """A bubble of the bot with these words."""
        bubble = self.page.locator("li.line.bot", has_text=words).last
        await expect(bubble).to_be_visible(timeout=seconds * 1000)
        return bubble

    @property
    def last(self) -> Locator:
        """The newest bubble of the bot, with its buttons."""
        return self.page.locator("li.line.bot").last
