"""The slip of a registered case: number, what was told, the promised time, a code and a QR that opens the chat.

The code is on the page that is the answer to making it, and nowhere after that.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import segno

from backend.domain import numbers
from backend.services.cases import casework, registering
from backend.services.cases.filing import promised
from backend.services.office.desk import OnlyLooks
from backend.services.talks import slips
from backend.store.cases import NoSuchCase
from backend.web import chat, sessions
from backend.web.desk.pages import page, reader_of
from backend.web.desk.view import first_line
from backend.web.errors import Refused
from backend.web.keys import SITE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from aiohttp import web

    from backend.domain.case import Case
    from backend.services.cases.registering import Registered
    from backend.site import Site

PAGE = "/desk/cases/{number}/slip"


def setup(app: web.Application) -> None:
    """The slip without its code, and the button that makes a new one."""
    app.router.add_get(PAGE, show)
    app.router.add_post(PAGE, again)


async def show(request: web.Request) -> web.Response:
    """All but the code. Raises: Refused."""
    actor, site = await sessions.require(request), request.app[SITE]
    try:
        number = numbers.read(request.match_info["number"])
        case = await site.store.read(casework.opened, number, by=actor)
    except (numbers.NotANumber, numbers.WrongCheckDigit, NoSuchCase, casework.NotYours) as error:
        raise _none() from error
    if case.source not in slips.SOURCES:
        raise _none()
    return await _slip(request, case, "", [])


async def again(request: web.Request) -> web.Response:
    """A new code; the one before no longer counts. Raises: Refused."""
    await sessions.form(request)
    actor, site = await sessions.require(request), request.app[SITE]
    try:
        number = numbers.read(request.match_info["number"])
        made = await site.store.run(registering.printed_again, site.institutions, number, by=actor, at=site.clock())
    except (numbers.NotANumber, numbers.WrongCheckDigit, NoSuchCase, casework.NotYours) as error:
        raise _none() from error
    except OnlyLooks as error:
        raise Refused(403, "您的角色不能打印回执。", "Your role may not print slips.") from error
    return await _slip(request, made.case, made.code, [])


async def printed(request: web.Request, made: Registered, *, said: Sequence[str]) -> web.Response:
    """The answer to a form that was saved. ``said``: what is to be said of its files."""
    t = reader_of(request).t
    done = t("slip.done" if made.voice == 1 else "slip.joined", number=made.case.number)
    return await _slip(request, made.case, made.code, said, done=done)


async def _slip(request: web.Request, case: Case, code: str, said: Sequence[str], *, done: str = "") -> web.Response:
    site, reader = request.app[SITE], reader_of(request)
    institution = site.institutions[case.institution]
    reader = reader.of(case, institution)
    told = " ".join(str(case.facts.get("what") or "").split())
    until, link = promised(case), _link(site, case)
    context = {
        "number": case.number,
        "case_open": not case.sealed,
        "institution": reader.name(institution),
        "phone": institution.phone,
        "at": reader.moment(case.filed_at, institution),
        "what": first_line(reader.private(told)),
        "until": reader.moment(until, institution) if until else None,
        "code": code,
        "qr": segno.make(link, error="m").svg_inline(border=2, light="#fff", omitsize=True) if link else "",
        "said": said,
        "done": done,
        "source": reader.t(f"source.{case.source}") if case.source in slips.SOURCES else "",
        "user": reader.actor.name if reader.actor else "",
    }
    return await page(request, "slip.html", context)


def _link(site: Site, case: Case) -> str:
    """The chat page of the institution, or the first one, with the number to send; empty: there is no such page."""
    pages = [channel.name for channel in site.settings.channel if channel.kind == chat.KIND]
    own = [name for name in pages if site.homes.get(name) == case.institution]
    return f"{site.settings.url}/chat/{(own or pages)[0]}?case={case.number}" if pages else ""


def _none() -> Refused:
    return Refused(404, "没有这份回执，请核对编号。", "There is no such slip; please check the number.")
