"""A handler with a browser that runs no script: reads pages, fills in the forms that stand there, presses buttons."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field
from functools import cache
from html.parser import HTMLParser
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from backend.services.office import accounts
from backend.web.keys import SITE
from backend.web.sessions import COOKIE

if TYPE_CHECKING:
    from aiohttp import web
    from aiohttp.test_utils import TestClient

    from backend.site import Site

    Client = TestClient[web.Request, web.Application]

PASSWORD = "correct horse battery"
BESIDE = frozenset({"p", "li", "td", "th", "dt", "dd", "h1", "h2", "h3", "option", "label", "div", "summary", "button"})


@cache
def password_hash() -> str:
    """The same for all invented users: hashing takes a tenth of a second."""
    return accounts.hash_password(PASSWORD)


def hire(site: Site, name: str, *roles: str, institution: str | None = None) -> str:
    """Somebody who can log in; their name."""
    roles = roles or ("handler", "coordinator", "dispatcher")
    site.store.run_now(accounts.add_user, name, password_hash(), roles, institution=institution, at=site.clock())
    return name


@dataclass
class Form:
    """A form as it stands on a page."""

    action: str
    fields: dict[str, str] = field(default_factory=dict)
    buttons: list[tuple[str, str]] = field(default_factory=list)


class Page(HTMLParser):
    """What the handler sees: words, forms, links."""

    def __init__(self, status: int, path: str, html: str) -> None:
        super().__init__()
        self.status, self.path, self.html = status, path, html
        self.forms: list[Form] = []
        self.links: list[str] = []
        self.words: list[str] = []
        self._select = self._area = ""
        self.feed(html)

    @property
    def text(self) -> str:
        """The words, one blank between them."""
        return " ".join("".join(self.words).split())

    def form(self, ending: str, **fields: str) -> Form:
        """The form whose action ends so and that holds these values already."""
        found = [f for f in self.forms if f.action.endswith(ending) and fields.items() <= f.fields.items()]
        assert found, f"no form …{ending} {fields} on {self.path}: {self.text}"
        return found[0]

    def offers(self) -> list[str]:
        """The statuses that the page's forms move to, the first one first."""
        return [form.fields["to"] for form in self.forms if form.action.endswith("/move")]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = {key: value or "" for key, value in attrs}
        if tag in BESIDE:
            self.words.append(" ")
        match tag:
            case "form":
                self.forms.append(Form(told.get("action", "")))
            case "a":
                self.links.append(told.get("href", ""))
            case "input" if told.get("type") == "checkbox" and "checked" not in told:
                pass
            case "input":
                self._set(told.get("name", ""), told.get("value", ""))
            case "select" | "textarea":
                self._select = told["name"]
                self._area = told["name"] if tag == "textarea" else ""
                self._set(told["name"], "")
            case "option" if "selected" in told:
                self._set(self._select, told["value"])
            case "button" if told.get("name"):
                self.forms[-1].buttons.append((told["name"], told["value"]))

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea":
            self._area = ""

    def handle_data(self, data: str) -> None:
        if self._area:
            self._set(self._area, self.forms[-1].fields[self._area] + data)
        else:
            self.words.append(data)

    def _set(self, name: str, value: str) -> None:
        if name and self.forms:
            self.forms[-1].fields[name] = value


class Officer:
    """One browser at the desk."""

    def __init__(self, browser: Client) -> None:
        self.browser = browser
        self.page = Page(0, "", "")

    async def opens(self, path: str, **headers: str) -> Page:
        """Go there; where it leads."""
        return await self._reads(await self.browser.get(path, headers=headers))

    async def comes_in(self, name: str = "王主任", path: str = "/desk") -> Page:
        """With the session of a login; the login page itself takes a fifth of a second for the password."""
        site, cookie = self.browser.app[SITE], secrets.token_urlsafe(32)
        kept = accounts.hash_secret(cookie), secrets.token_urlsafe(32)
        await site.store.run(accounts.sign_in, name, *kept, at=site.clock(), checked=password_hash())
        self.browser.session.cookie_jar.update_cookies({COOKIE: cookie}, self.browser.make_url("/desk/login"))
        return await self.opens(path)

    async def logs_in(self, name: str = "王主任", password: str = PASSWORD, path: str = "/desk") -> Page:
        """Through the login page."""
        await self.opens(path)
        return await self.sends("/desk/login", name=name, password=password)

    async def sends(self, ending: str, *, where: dict[str, str] | None = None, **fill: str) -> Page:
        """Fill in the form that ends so, leave the rest as it stands, and send it."""
        return await self.presses(self.page.form(ending, **(where or {})), **fill)

    async def sends_get(self, ending: str, **fill: str) -> Page:
        """The same with a form that only asks."""
        form = self.page.form(ending)
        return await self._reads(await self.browser.get(form.action, params=form.fields | fill))

    async def moves(self, to: str, **fill: str) -> Page:
        """One of the moves on the page of a case."""
        return await self.sends("/move", where={"to": to}, **fill)

    async def presses(self, form: Form, **fill: str) -> Page:
        """Send a form that was on some page, maybe an old one."""
        return await self._reads(await self.browser.post(form.action, data=form.fields | fill))

    async def _reads(self, answer: Any) -> Page:
        self.page = Page(answer.status, answer.url.path_qs, await answer.text())
        assert answer.status != HTTPStatus.INTERNAL_SERVER_ERROR, self.page.text
        return self.page
