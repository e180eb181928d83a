"""Chats that wait for a person: the list, one chat with all that was said, and what a handler does there.

The page of a chat looks for new words by itself every few seconds; without any
script it still works, by reloading.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from backend.domain.refusals import Missing
from backend.services.cases.casework import Empty
from backend.services.office.desk import OnlyLooks
from backend.services.talks import takeover
from backend.services.talks.takeover import NotHere
from backend.store.handovers import NoSuchHandover
from backend.web import sessions
from backend.web.api.models import LONGEST_TEXT
from backend.web.desk import channels as desk_channels
from backend.web.desk import history as desk_history
from backend.web.desk import preview, talking
from backend.web.desk.pages import go, page, reader_of
from backend.web.desk.wrong import TooLong
from backend.web.errors import Refused
from backend.web.keys import SITE

if TYPE_CHECKING:
    from collections.abc import Callable

    from aiohttp import web

    from backend.domain.case import Actor
    from backend.services.talks.takeover import Talk
    from backend.web.desk.view import Reader

TALKS = "/desk/talks"
DONE = frozenset({"taken", "sent", "back", "settled"})
TONES = {"waiting": "warn", "missed": "bad", "taken": "good", "ended": "over"}
REFUSED = (NotHere, OnlyLooks, Empty, TooLong, Missing)


def setup(app: web.Application) -> None:
    """The list, the page of a chat, and its buttons."""
    one = TALKS + r"/{id:\d{1,18}}"
    app.router.add_get(TALKS, show_all)
    app.router.add_get(one, show)
    app.router.add_post(one + "/take", take)
    app.router.add_post(one + "/say", say)
    app.router.add_post(one + "/back", give_back)
    app.router.add_post(one + "/settle", settle)
    talking.setup(app)
    preview.setup(app)


async def show_all(request: web.Request) -> web.Response:
    """Everybody who waits or has somebody."""
    actor, site, reader = await sessions.require(request), request.app[SITE], reader_of(request)
    try:
        found = await site.store.read(takeover.listed, by=actor)
    except OnlyLooks:
        return await page(request, "talks.html", {"rows": [], "problem": reader.t("wrong.looks")}, status=403)
    rows = [_row(request, talk, reader) for talk in found if talk.row.institution in site.institutions]
    return await page(request, "talks.html", {"rows": rows, "done": _done(request, reader)})


async def show(request: web.Request) -> web.Response:
    """One chat."""
    return await _page(request, await sessions.require(request))


async def take(request: web.Request) -> web.Response:
    """Take it; a danger's chat too, whose citizen has not asked for anybody."""
    await sessions.form(request)
    actor, site, key = await sessions.require(request), request.app[SITE], int(request.match_info["id"])
    try:
        now = await site.store.run(takeover.join, site.institutions, key, by=actor, at=site.clock())
    except REFUSED as error:
        return await _page(request, actor, error=error)
    return go(f"{TALKS}/{now}?done=taken")


async def say(request: web.Request) -> web.Response:
    """Words to the citizen."""
    typed = await sessions.form(request)
    text = typed.get("text", "")
    if len(text) > LONGEST_TEXT:
        return await _page(request, await sessions.require(request), error=TooLong(LONGEST_TEXT), typed=text)
    return await _change(request, takeover.say, request.app[SITE].institutions, text=text, done="sent")


async def give_back(request: web.Request) -> web.Response:
    """Back to the bot."""
    await sessions.form(request)
    return await _change(request, takeover.give_back, request.app[SITE].institutions, done="back")


async def settle(request: web.Request) -> web.Response:
    """Nobody need come any more."""
    await sessions.form(request)
    return await _change(request, takeover.settle, done="settled")


async def _change(
    request: web.Request, f: Callable[..., None], *before: Any, text: str | None = None, done: str
) -> web.Response:
    actor, site, key = await sessions.require(request), request.app[SITE], int(request.match_info["id"])
    words = () if text is None else (text,)
    try:
        await site.store.run(f, *before, key, *words, by=actor, at=site.clock())
    except REFUSED as error:
        return await _page(request, actor, error=error, typed=text or "")
    return go(f"{TALKS}?done={done}" if done in {"back", "settled"} else f"{TALKS}/{key}?done={done}")


async def _page(request: web.Request, actor: Actor, *, error: Exception | None = None, typed: str = "") -> web.Response:
    site, reader = request.app[SITE], reader_of(request)
    try:
        talk = await site.store.read(takeover.opened, int(request.match_info["id"]), by=actor)
    except (NoSuchHandover, OnlyLooks) as gone:
        raise Refused(404, "没有这个聊天。", "There is no such chat.") from gone
    institution = site.institutions[talk.row.institution]
    status, problem = _why(error, reader) if error else (200, "")
    mine = talk.row.state == "taken" and talk.row.taken_by == actor.name
    context = {
        "row": _row(request, talk, reader),
        "bubbles": desk_history.bubbles(talk.lines, talk.evidence, institution, reader.beside(talk.who, institution)),
        "mine": mine,
        "free": talk.row.state in {"waiting", "missed"},
        "typed": typed,
        "problem": problem,
        "done": _done(request, reader),
        "most": LONGEST_TEXT,
    }
    return await page(request, "talk.html", context, status=status)


def _row(request: web.Request, talk: Talk, reader: Reader) -> dict[str, Any]:
    site, row = request.app[SITE], talk.row
    reader = reader.beside(talk.who, site.institutions[row.institution])
    last = next((line.text for line in reversed(talk.lines) if line.who == "citizen" and line.text), "")
    return {
        "id": row.id,
        "reason": reader.t(f"talk.reason.{row.reason}"),
        "danger": row.kind == "danger" or row.reason == "self_harm",
        "state": reader.t(f"talk.state.{row.state}"),
        "tone": TONES[row.state],
        "number": row.number,
        "taken_by": row.taken_by if row.state == "taken" else None,
        "missed": row.state == "missed",
        "words": reader.private(last),
        "at": reader.moment(row.asked_at, site.institutions[row.institution]),
        "institution": reader.name(site.institutions[row.institution]),
        "channel": partial(desk_channels.called, site.settings, reader=reader)(talk.person.channel),
    }


def _done(request: web.Request, reader: Reader) -> str:
    done = request.query.get("done", "") if request.method == "GET" else ""
    return reader.t(f"done.{done}") if done in DONE else ""


def _why(error: Exception, reader: Reader) -> tuple[int, str]:
    match error:
        case NotHere(taken_by=name):
            return 409, reader.t("wrong.not_here", name=name or reader.t("wrong.nobody"))
        case OnlyLooks():
            return 403, reader.t("wrong.looks")
        case TooLong(most=most):
            return 422, reader.t("wrong.long", most=most)
        case Missing(zh=zh) if zh:
            return 422, str(error) if reader.language == "en" else zh
    return 422, reader.t("wrong.empty")
